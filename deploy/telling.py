"""The commands that tell what happened: logs and trace."""

import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from deploy.terminal import AsJson, Data, Failure

if TYPE_CHECKING:
    from deploy.logs import Line


def logs(
    source: Annotated[
        str | None,
        typer.Argument(metavar="[FOLDER|-]", help="A folder of logs, or - for standard input.", show_default=False),
    ] = None,
    follow: Annotated[bool, typer.Option("--follow", "-f", help="Go on with what is written, until Ctrl-C.")] = False,
    person: Annotated[str | None, typer.Option(help="Only lines of this person (its id).")] = None,
    case: Annotated[str | None, typer.Option(help="Only lines of this case.")] = None,
    correlation: Annotated[str | None, typer.Option(help="Only lines of this correlation.")] = None,
    service: Annotated[str | None, typer.Option(help="Only lines of this service, or program: intake, kafka.")] = None,
    level: Annotated[str | None, typer.Option(help="Only lines as bad as this: debug, info, warning, error.")] = None,
    since: Annotated[str | None, typer.Option(help="Only lines since: 90s, 10m, 2h, 3d, or a moment.")] = None,
    as_json: AsJson = False,
    data: Data = None,
) -> None:
    """What all services say, by time, a line each; filtered by person, case, correlation, service, level.

    Reads the logs of the running system, those of a folder, or standard input:
    docker compose logs --no-log-prefix | reintegration logs - --level warning
    """
    from deploy import logs as reading

    if level is not None and level not in reading.LEVELS:
        raise Failure(f"{level!r} is no level: one of {', '.join(reading.LEVELS)}.")
    wanted = reading.Wanted(person, case, correlation, service, level, reading.ago(since) if since else None)
    try:
        for line in lines(source, follow, service, data):
            if wanted.holds(line):
                told = line.said or {"time": line.time, "service": line.service, "event": line.plain}
                print(json.dumps(told, ensure_ascii=False) if as_json else reading.as_text(line), flush=follow)
    except BrokenPipeError:
        sys.stderr.close()  # whoever read has seen enough; else the interpreter would complain at its end


def lines(source: str | None, follow: bool, service: str | None, data: Path | None) -> "Iterator[Line]":
    """The lines of a folder, of standard input (`-`), or of the running system (None). Raises Failure."""
    from deploy import logs as reading
    from deploy.addresses import Addresses, default_data

    if source == "-":
        sys.stdin.reconfigure(errors="replace")  # type: ignore[union-attr]
        # As it comes: who writes there has merged already, and may never end.
        yield from reading.parse(sys.stdin, "-")
        return
    folder = Path(source or Addresses.read(data or default_data()).logs)
    if not folder.is_dir():
        raise Failure(
            f"{folder} is no folder: in containers, `docker compose logs --no-log-prefix | reintegration logs -`."
        )
    if follow:
        yield from reading.follow(folder, service)
    else:
        yield from reading.merged(
            reading.of_files(paths, name) for name, paths in reading.files(folder, service).items()
        )


def add_to(app: typer.Typer) -> None:
    """Make these commands of the command line."""
    app.command()(logs)
