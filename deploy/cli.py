"""The `reintegration` command: what it offers; each command's work is in a module of its own."""

import sys
from importlib.metadata import version
from pathlib import Path
from typing import Annotated

import typer
from pydantic import ValidationError
from rich.markup import escape

from deploy import asking, reconcile, telling
from deploy.chaos.command import chaos
from deploy.errors import PlatformError, TopicError
from deploy.parked import parked
from deploy.republish import republish
from deploy.terminal import FAILED, INTERRUPTED, UNCLEAN, AsJson, Data, Failure, console, show

app = typer.Typer(
    name="reintegration",
    help="""Bring returned migrant workers back to decent work: run the system, feed it, and check it.

    [b]Exit codes[/b]: 0 done; 1 it could not be done, standard error says why in a sentence; 2 the command line is
    wrong; 3 done, but something does not reconcile (demo, verify, reconcile) or rows were refused (submit); 130 ended
    by Ctrl-C. With --json the last line of standard output is one JSON object.""",
    add_completion=False,
    no_args_is_help=True,
    rich_markup_mode="rich",
    pretty_exceptions_enable=False,
)


def _show_version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"reintegration {version('reintegration')}")
        raise typer.Exit


@app.callback()
def root(
    show_version: Annotated[
        bool, typer.Option("--version", callback=_show_version, is_eager=True, help="Show the version and end.")
    ] = False,
) -> None:
    """Only what all commands share."""


@app.command()
def up(
    data: Data = None,
    port: Annotated[int | None, typer.Option(help="First of the four HTTP ports; 0 for free ones.")] = None,
) -> None:
    """Run everything until Ctrl-C: Kafka, PostgreSQL, topics, and the four services.

    Data stay in the folder. Set REINTEGRATION_KAFKA and REINTEGRATION_POSTGRES (an administrator's address) to use
    servers of your own.
    """
    from deploy.up import run_until_interrupted

    run_until_interrupted(data, port, console)


@app.command()
def serve(service: Annotated[str, typer.Argument(help="intake, training, employment or notifications")]) -> None:
    """Run one service in this process, with its settings from the environment (REINTEGRATION_...).

    It ends with 0 after a signal, 69 when its address is taken, 70 when one of its loops died, 78 when a setting is
    wrong.
    """
    from services.__main__ import main as run

    raise typer.Exit(run([service]))


@app.command()
def migrate(service: Annotated[str, typer.Argument(help="intake, training, employment or notifications")]) -> None:
    """Bring a service's database (REINTEGRATION_DATABASE_URL) to the schema of this build. Harmless when it is."""
    from services.__main__ import main as run

    raise typer.Exit(run([service, "migrate"]))


@app.command()
def topics(
    partitions: Annotated[int | None, typer.Option(help="Of topics made anew; by default the file's.")] = None,
    replication: Annotated[int | None, typer.Option(help="Copies of each; by default the file's.")] = None,
    as_json: AsJson = False,
) -> None:
    """Make the topics of deploy/kafka/topics.yaml that are missing in REINTEGRATION_KAFKA. May be run again."""
    from deploy.topics import provision
    from shared.settings import KafkaSettings

    done = provision(KafkaSettings(), partitions=partitions, replication=replication)
    result = {"made": done.made, "corrected": done.corrected, "found": done.found}
    show(result, as_json, f"made {len(done.made)}, corrected {len(done.corrected)}, found {len(done.found)}")


@app.command()
def demo(
    seed: Annotated[int, typer.Option(help="Another number makes other people, files and faults.")] = 1,
    keep: Annotated[
        bool, typer.Option("--keep", help="Keep the system's folder: data, logs, messages, files.")
    ] = False,
    out: Annotated[
        Path | None, typer.Option(help="Folder for the files that are sent and the reports on refused rows; it stays.")
    ] = None,
    on: Annotated[
        Path | None,
        typer.Option(help="Folder of a running system that is empty: the demo is taken there.", show_default=False),
    ] = None,
    as_json: AsJson = False,
) -> None:
    """A pilot from the centres' intake files to jobs, through the whole real system, in about a minute.

    Kafka, PostgreSQL and the four services start in a folder that is thrown away. Three centres send 600 made-up
    returnees in files as dirty as real ones, agencies 300 vacancies, providers their completions; people accept jobs,
    employers confirm, the social security fund decides. Then every count is compared from every side, and shown with
    each refused row, one whole journey, and what the oracle says.

    [b]Exit codes[/b]: 0 everything reconciles; 3 something does not; 1 it could not be run.
    """
    from deploy.demo import run as running
    from deploy.demo import showing

    def told(result: running.Run) -> None:
        if not as_json:
            showing.show(result, showing.paper())

    if on is not None and keep:
        raise Failure("With --on the system is not the demo's own: leave --keep away, it stays as it is.")
    result = running.run(seed, keep, out, console, told) if on is None else running.run_on(on, seed, out, console, told)
    if as_json:
        show(showing.as_json(result), as_json)
    if result.outcome.problems:
        raise typer.Exit(UNCLEAN)


asking.add_to(app)
reconcile.add_to(app)
app.add_typer(parked, name="parked")
app.command()(republish)
app.command()(chaos)
telling.add_to(app)

bench = typer.Typer(help="Measure, beside a floor in the same run.", no_args_is_help=True)
app.add_typer(bench, name="bench")

Rounds = Annotated[int, typer.Option(min=1, max=9, help="Medians of so many rounds, the floor's in turn with ours.")]
Floor = Annotated[Path | None, typer.Option(help="Folder of the floor's files; without them ours alone is measured.")]


@bench.command()
def hop(
    events: Annotated[int, typer.Option(min=1_000, max=5_000_000)] = 200_000,
    rounds: Rounds = 3,
    floor: Floor = None,
    as_json: AsJson = False,
) -> None:
    """Training's whole consuming path at full speed, in events a second, and the ratio to the floor."""
    from deploy.bench import hop as measurement
    from deploy.bench.stage import FLOOR

    result = measurement.run(events, rounds, floor or FLOOR, lambda said: console.print(said))
    show(result, as_json, "\n".join(f"{name}: {value}" for name, value in result.items()))


@bench.command()
def latency(
    rate: Annotated[int, typer.Option(min=1, max=5_000, help="Events a second.")] = 400,
    events: Annotated[int, typer.Option(min=100, max=1_000_000)] = 8_000,
    rounds: Rounds = 3,
    floor: Floor = None,
    as_json: AsJson = False,
) -> None:
    """Commit to effect in another service at a steady rate, in milliseconds, and the ratio to the floor."""
    from deploy.bench import latency as measurement
    from deploy.bench.stage import FLOOR

    result = measurement.run(rate, events, rounds, floor or FLOOR, lambda said: console.print(said))
    show(result, as_json, "\n".join(f"{name}: {value}" for name, value in result.items()))


@bench.command()
def api(
    requests: Annotated[int, typer.Option(min=400, max=1_000_000)] = 4_000,
    rounds: Rounds = 3,
    floor: Floor = None,
    as_json: AsJson = False,
) -> None:
    """Registrations through the public API, one POST each, beside two inserts and a commit, with the same client."""
    from deploy.bench import api as measurement
    from deploy.bench.stage import FLOOR

    result = measurement.run(requests, rounds, floor or FLOOR, lambda said: console.print(said))
    show(result, as_json, "\n".join(f"{name}: {value}" for name, value in result.items()))


@bench.command()
def clock(
    open_: Annotated[
        int, typer.Option("--open", min=1_000, max=5_000_000, help="Referrals that wait for their offices.")
    ] = 1_000_000,
    due: Annotated[int, typer.Option(min=3, max=100_000, help="Referrals whose clock goes off now.")] = 1_000,
    rounds: Rounds = 7,
    as_json: AsJson = False,
) -> None:
    """The sweep of the referrals' clock in seconds, among so many open ones and among a tenth, and their ratio."""
    from deploy.bench import clock as measurement

    result = measurement.run(open_, due, rounds, lambda said: console.print(said))
    show(result, as_json, "\n".join(f"{name}: {value}" for name, value in result.items()))


def main() -> None:
    """Entry point of the console script: errors become sentences."""
    try:
        app()
    except ValidationError as wrong:
        # Which settings are wrong and how; never what they hold.
        for each in wrong.errors(include_input=False, include_url=False, include_context=False):
            name = "_".join(str(part) for part in each["loc"]).upper()
            _tell(f"REINTEGRATION_{name}: {each['msg']}.")
        sys.exit(FAILED)
    except (Failure, PlatformError, TopicError, ValueError) as failure:
        _tell(str(failure))
        sys.exit(FAILED)
    except KeyboardInterrupt:
        sys.exit(INTERRUPTED)


def _tell(sentence: str) -> None:
    console.print(f"[red]error:[/red] {escape(sentence)}", soft_wrap=True)
