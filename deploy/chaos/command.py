"""`reintegration chaos`."""

from pathlib import Path
from typing import Annotated

import typer

from deploy.terminal import FAILED, AsJson, Failure, console, show


def chaos(
    faults: Annotated[str, typer.Option(help="Numbers with commas, as F1,F3; without: all that are built.")] = "",
    seed: Annotated[int, typer.Option(help="Decides order, targets and moments: the same strikes the same way.")] = 1,
    seconds: Annotated[float, typer.Option(min=5, max=86_400, help="Of load, shared by the faults.")] = 300,
    rate: Annotated[float, typer.Option(min=1, max=500, help="Calls a second.")] = 30.0,
    at_random: Annotated[bool, typer.Option("--random", help="In an order of the seed, two at once.")] = False,
    plant: Annotated[str, typer.Option(help="Damage the run's own data afterwards: it must be counted, exit 1.")] = "",
    table: Annotated[Path | None, typer.Option(help="Write the table of the run to this file as well.")] = None,
    as_json: AsJson = False,
) -> None:
    """Hurt the real system under steady load, and count what was lost, doubled, out of order or out of thin air.

    Kafka, PostgreSQL and the four services start in a folder that is thrown away. Clients register people, open
    vacancies, post completions and decide referrals, and write down what was acknowledged; faults strike meanwhile;
    after each the system drains by itself and everything is read and compared.

    [b]Exit codes[/b]: 0 all counts are 0; 1 something was counted, a fault was not run, or the run could not be judged
    (here not 3).
    """
    from deploy.chaos import run as running
    from deploy.chaos.plant import PLANTS, Plant
    from deploy.chaos.table import as_markdown

    wanted: list[Plant] = [kind for kind in PLANTS if kind in plant.split(",")]
    if plant and len(wanted) != len(plant.split(",")):
        raise Failure(f"--plant knows {', '.join(PLANTS)}.")
    names = [name.strip().upper() for name in faults.split(",") if name.strip()]

    def say(said: str) -> None:
        console.print(said, markup=False, soft_wrap=True)

    result = running.run(names, seed, seconds, at_random=at_random, plants=wanted, rate=rate, say=say)
    text = as_markdown(result.faults, running.replay(seed, seconds, names, at_random, rate))
    if table is not None:
        table.write_text(text, encoding="utf-8")
    show(result.as_json(), as_json, text)
    if not result.clean:
        raise typer.Exit(FAILED)
