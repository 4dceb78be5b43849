"""`reintegration chaos`."""

from pathlib import Path
from typing import Annotated, Any, Final

import typer

from deploy.terminal import FAILED, AsJson, Failure, console, interruptible, show

RATE: Final = 30.0
SOAK_RATE: Final = 200.0


def chaos(
    faults: Annotated[str, typer.Option(help="Numbers with commas, as F1,F3; without: all that are built.")] = "",
    seed: Annotated[int, typer.Option(help="Decides order, targets and moments: the same strikes the same way.")] = 1,
    seconds: Annotated[float, typer.Option(min=5, max=86_400, help="Of load, shared by the faults.")] = 300,
    rate: Annotated[
        float | None, typer.Option(min=1, max=500, help="Calls a second, by default 30; of a soak events, 200.")
    ] = None,
    brokers: Annotated[int, typer.Option(min=1, max=3, help="Of Kafka: 1, or 3 with a copy each.")] = 1,
    at_random: Annotated[bool, typer.Option("--random", help="In an order of the seed, two at once.")] = False,
    plant: Annotated[str, typer.Option(help="Damage the run's own data afterwards: it must be counted, exit 1.")] = "",
    soak: Annotated[
        bool, typer.Option("--soak", help="No fault: hold the rate, and look whether all stays flat.")
    ] = False,
    table: Annotated[Path | None, typer.Option(help="Write the table of the run to this file as well.")] = None,
    as_json: AsJson = False,
) -> None:
    """Hurt the real system under steady load, and count what was lost, doubled, out of order or out of thin air.

    Kafka, PostgreSQL and the four services start in a folder that is thrown away. Clients register people, open
    vacancies, post completions and decide referrals, and write down what was acknowledged; faults strike meanwhile;
    after each the system drains by itself and everything is read and compared.

    [b]Exit codes[/b]: 0 all counts are 0 and each fault was recovered from within its bounds; 1 something was counted,
    a fault was not run, or the run could not be judged (here not 3). Of a soak: 0 the rate was held, memory,
    connections and open files stayed flat, and all counts are 0; else 1.
    """
    if soak:
        if faults or at_random or plant or brokers > 1:
            raise Failure("A soak has no faults: --soak goes with --seed, --seconds, --rate, --table and --json only.")
        _soak(seed, seconds, rate or SOAK_RATE, table, as_json)
        return
    if brokers == 2:
        raise Failure("--brokers 1 or 3: of two, neither can do without the other.")
    from deploy.chaos import run as running
    from deploy.chaos.plant import PLANTS, Plant
    from deploy.chaos.table import as_markdown

    wanted: list[Plant] = [kind for kind in PLANTS if kind in plant.split(",")]
    if plant and len(wanted) != len(plant.split(",")):
        raise Failure(f"--plant knows {', '.join(PLANTS)}.")
    names = [name.strip().upper() for name in faults.split(",") if name.strip()]

    calls = rate or RATE
    options: dict[str, Any] = {"at_random": at_random, "rate": calls, "brokers": brokers}
    with interruptible():
        result = running.run(names, seed, seconds, plants=wanted, say=_say, **options)
    text = as_markdown(result.faults, running.replay(seed, seconds, names, **options))
    if table is not None:
        table.write_text(text, encoding="utf-8")
    show(result.as_json(), as_json, text)
    if not result.clean:
        raise typer.Exit(FAILED)


def _soak(seed: int, seconds: float, rate: float, table: Path | None, as_json: bool) -> None:
    from deploy.chaos.soak import soak

    result = soak(seed, seconds, rate, _say)
    text = result.as_text(f"reintegration chaos --soak --seed {seed} --seconds {seconds:g} --rate {rate:g}")
    if table is not None:
        table.write_text(text, encoding="utf-8")
    show(result.as_json(), as_json, text)
    if not result.clean:
        raise typer.Exit(FAILED)


def _say(said: str) -> None:
    console.print(said, markup=False, soft_wrap=True)
