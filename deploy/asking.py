"""The commands that ask or feed a system that runs: submit, sheet, trace, verify, token."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from deploy.terminal import UNCLEAN, AsJson, Data, Failure, console, show

if TYPE_CHECKING:
    from deploy.client import Actor, Client
    from shared.reference import FileKind

File = Annotated[Path, typer.Argument(help="CSV or .xlsx; the first row names the columns.", show_default=False)]
DryRun = Annotated[bool, typer.Option("--dry-run", help="Check every row, keep nothing.")]
Report = Annotated[
    Path | None,
    typer.Option(help="Where refused rows go; by default FILE.report.csv, numbered where that exists."),
]

submit = typer.Typer(
    help="""Send a file's rows to the service that takes them, and get back what to correct.

    Each row is accepted, repeated (it was taken before: sending a file twice does no harm), waiting (a completion whose
    referral nobody has heard of yet), or refused. Refused rows come back as a CSV file that only you can read, with
    what to do beside each: correct the cells and send that file. docs/files.md tells of columns and reasons.

    [b]Exit codes[/b]: 0 all rows were taken; 3 rows were refused; 1 the file could not be read or sent.""",
    no_args_is_help=True,
    rich_markup_mode="rich",
)


@submit.command("intake")
def submit_intake(
    file: File,
    centre: Annotated[str, typer.Option(help="Code of the centre whose forms these are, e.g. pursat.")],
    dry_run: DryRun = False,
    report: Report = None,
    as_json: AsJson = False,
    data: Data = None,
) -> None:
    """A centre's registration forms."""
    with _client(data) as client:
        _send(client.acting(_account(), "centre-lead", centre=centre), "intake", file, report, dry_run, as_json)


@submit.command("completions")
def submit_completions(
    file: File,
    provider: Annotated[
        str | None, typer.Option(help="Code of the provider whose sheet this is; without it, as operator.")
    ] = None,
    dry_run: DryRun = False,
    report: Report = None,
    as_json: AsJson = False,
    data: Data = None,
) -> None:
    """A provider's sheet, filled in: who completed which course, by referral code."""
    role = "training-provider" if provider else "operator"
    with _client(data) as client:
        _send(client.acting(_account(), role, provider=provider), "completions", file, report, dry_run, as_json)


@submit.command("vacancies")
def submit_vacancies(
    file: File,
    employer: Annotated[
        str | None, typer.Option(help="Code of the one employer; without it, as an agency with vacancies of many.")
    ] = None,
    dry_run: DryRun = False,
    report: Report = None,
    as_json: AsJson = False,
    data: Data = None,
) -> None:
    """Vacancies of an employer or agency."""
    role = "employer" if employer else "employment-officer"
    with _client(data) as client:
        _send(client.acting(_account(), role, employer=employer), "vacancies", file, report, dry_run, as_json)


def _send(actor: "Actor", kind: "FileKind", file: Path, report: Path | None, dry_run: bool, as_json: bool) -> None:
    from deploy.submit import submit_with_bar

    result = submit_with_bar(actor, kind, file, report=report, dry_run=dry_run)
    show(result.as_json(), as_json, result.as_text())
    if result.refused:
        raise typer.Exit(UNCLEAN)


def sheet(
    provider: Annotated[str, typer.Argument(help="Code of a training provider, e.g. provider-a.")],
    out: Annotated[Path | None, typer.Option(help="Write it there instead of printing it.")] = None,
    data: Data = None,
) -> None:
    """Who is referred to a training provider: a CSV table of referral codes, without names.

    The provider adds completed_on, result and, where not all of a course was shown, skills; then
    `reintegration submit completions` sends it.
    """
    with _client(data) as client:
        actor = client.acting(_account(), "training-provider", provider=provider)
        text = actor.text("intake", f"/providers/{provider}/sheet")
    if out is None:
        print(text, end="")
        return
    try:
        out.write_text(text, encoding="utf-8-sig", newline="")  # with the mark that spreadsheets look for
    except OSError as error:
        raise Failure(f"{out} cannot be written: {error.strerror}.") from None


def trace(
    number: Annotated[
        str, typer.Argument(metavar="PERSON|CASE|CORRELATION", help="The id of a person, a case or a correlation.")
    ],
    logs: Annotated[
        str | None,
        typer.Option(metavar="FOLDER|-|system", help="From logs: a folder's, standard input, the running system's."),
    ] = None,
    as_json: AsJson = False,
    data: Data = None,
) -> None:
    """What happened to one person, in one case, or from one cause on, across all services.

    Each line: time, wait since its cause (or since the line before where it has none), service, fact, and after -> the
    services that have applied it, with how long after it was recorded. Effects stand below their causes; the number at
    the end is the correlation, by which the logs are searched. Then what is parked and why, which timers are set, and
    what other services gave up. Read from the databases, while services and Kafka may be away; or from logs.
    """
    import uuid

    from deploy import journeys, stories, telling
    from deploy.addresses import Addresses, default_data

    try:
        known = str(uuid.UUID(number.strip()))
    except ValueError:
        raise Failure("An id looks like 0190c0de-0000-7000-8000-000000000000.") from None
    if logs is None:
        found = journeys.read(Addresses.read(data or default_data()).databases, known)
    else:
        found = stories.read(telling.lines(None if logs == "system" else logs, False, None, data), known)
    show(found, as_json, journeys.as_text(found))


def verify(as_json: AsJson = False, data: Data = None) -> None:
    """Read all databases and topics, and say what is lost, doubled, out of order or out of thin air.

    Works on plain SQL and Kafka alone, not on the system's own code, and may be asked while the system runs.

    [b]Exit codes[/b]: 0 clean; 3 something is wrong, each anomaly with its name and where to look; 1 it could not be
    read.
    """
    from deploy import checking
    from deploy.addresses import Addresses, default_data

    report = checking.check(Addresses.read(data or default_data()), lambda said: console.print(f"[dim]{said}[/dim]"))
    show(report.as_json(), as_json, checking.as_text(report))
    if not report.clean:
        raise typer.Exit(UNCLEAN)


def token(
    subject: Annotated[str, typer.Argument(help="Who the token speaks for, e.g. counsellor-1")],
    role: Annotated[list[str], typer.Option(help="May be given several times; docs/access.md lists the roles.")],
    centre: Annotated[str | None, typer.Option()] = None,
    provider: Annotated[str | None, typer.Option()] = None,
    employer: Annotated[str | None, typer.Option()] = None,
    scheme: Annotated[str | None, typer.Option()] = None,
    data: Data = None,
) -> None:
    """Print a bearer token of the running system's development issuer, good for eight hours."""
    from deploy.addresses import Addresses, default_data

    offices = {"centre": centre, "provider": provider, "employer": employer, "scheme": scheme}
    addresses = Addresses.read(data or default_data())
    print(addresses.token(subject, *role, **{name: code for name, code in offices.items() if code}))


@contextmanager
def _client(data: Path | None) -> "Iterator[Client]":
    from deploy.addresses import Addresses, default_data
    from deploy.client import Client

    with Client(Addresses.read(data or default_data())) as client:
        yield client


def _account() -> str:
    """Whoever runs the command: what a batch's key is bound to."""
    return f"command-line-{os.getuid()}"


def add_to(app: typer.Typer) -> None:
    """Make these commands of the command line."""
    app.add_typer(submit, name="submit")
    commands: list[Any] = [sheet, trace, verify, token]
    for command in commands:
        app.command()(command)
