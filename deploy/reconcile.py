"""`reintegration reconcile`: who should have each recent event, who has it, and the gaps; for every day."""

import json
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Annotated, Final

import typer

from deploy.terminal import UNCLEAN, AsJson, Data, Failure, console, show
from shared.local_time import CAMBODIA

if TYPE_CHECKING:
    from deploy.oracle.reconciling import Flow, Found, Reconciliation, State

FIRST_YEAR: Final = 2000
LONGEST_GRACE: Final = 7 * 86_400
MEANINGS: Final[dict["State", str]] = {
    "missing": "MISSING",
    "on_their_way": "on their way, younger than the grace",
    "unsent": "not sent by their owner yet",
    "waiting": "parked, waiting for an operator",
    "dropped": "dropped on record",
}

Since = Annotated[
    str,
    typer.Option(
        help="A date, from its midnight in Cambodia on, or an ISO time (in Cambodia's time where it names no offset).",
        show_default=False,
    ),
]
Grace = Annotated[
    int, typer.Option(min=0, max=LONGEST_GRACE, help="Seconds in which an event may still be on its way.")
]


def reconcile(since: Since, grace: Grace = 60, as_json: AsJson = False, data: Data = None) -> None:
    """For every event since a moment: who should have it, who has it, and what is missing. For every day.

    Told by owner, type and consumer, with count, age of the oldest, and ids of events and persons. Counted apart, and
    no gaps: what is parked and waits (`reintegration parked list`), what was dropped on record, what its owner has not
    sent yet, and what is younger than --grace seconds. Reads the databases only, may be asked while the system runs;
    behind an outage what a consumer has yet to catch up with counts as missing: `reintegration verify` tells late from
    lost.

    [b]Exit codes[/b], for monitoring: 0 nothing is missing; 3 something is; 1 it could not be read; 2 the command line
    is wrong.
    """
    import asyncio

    from deploy.addresses import Addresses, default_data
    from deploy.checking import FLOWS
    from deploy.oracle.reconciling import OracleError
    from deploy.oracle.reconciling import reconcile as read

    begin = moment(since)
    addresses = Addresses.read(data or default_data())
    try:
        flows = json.loads(FLOWS.read_text(encoding="utf-8"))
        found = asyncio.run(
            read(
                addresses.databases,
                flows,
                begin,
                timedelta(seconds=grace),
                progress=_tell,
            )
        )
    except OSError as error:
        raise Failure(f"The map of events {FLOWS} cannot be read: {error.strerror}.") from None
    except (OracleError, ValueError) as error:
        raise Failure(str(error)) from None
    show(found.as_json(), as_json, as_text(found))
    if found.count("missing"):
        raise typer.Exit(UNCLEAN)


def _tell(said: str) -> None:
    if console.is_terminal:  # else whatever runs it every day would mail it
        console.print(f"[dim]{said}[/dim]")


def moment(text: str) -> datetime:
    """The moment that --since names; Cambodia's time where it names no offset, midnight where it names a day only.

    Raises BadParameter for what is no moment, lies ahead, or is older than any system of this kind."""
    try:
        named = datetime.fromisoformat(text.strip())
    except ValueError:
        raise typer.BadParameter(
            "a date such as 2026-11-24, or a time such as 2026-11-24T06:30+07:00", param_hint="--since"
        ) from None
    named = named if named.tzinfo else named.replace(tzinfo=CAMBODIA)
    if named.year < FIRST_YEAR:
        raise typer.BadParameter(f"no event is older than {FIRST_YEAR}", param_hint="--since")
    if named > datetime.now(CAMBODIA):
        raise typer.BadParameter(f"{named.isoformat()} lies ahead", param_hint="--since")
    return named


def as_text(found: "Reconciliation") -> str:
    """The verdict first, then each flow of which something is not where it should be, then how much was looked at."""
    from deploy.oracle.reconciling import STATES

    missing = found.count("missing")
    lines = [f"missing: {missing}" if missing else "nothing is missing"]
    for state in STATES:
        lines += [_line(found, state, flow, each) for flow, each in found.rows(state)]
    for consumer, count in found.unreadable.items():
        lines.append(f"parked at {consumer} without a readable id: {count}; what is missing may be among them")
    begin = found.since.astimezone(CAMBODIA)
    lines.append(
        f"{found.written.total()} events written since {begin:%Y-%m-%d %H:%M:%S} in Cambodia; "
        f"{found.expected.total()} effects expected, {found.held} found"
    )
    return "\n".join(lines)


def _line(found: "Reconciliation", state: "State", flow: "Flow", each: "Found") -> str:
    line = (
        f"{MEANINGS[state]}: {each.count} {flow.type} from {flow.owner} to {flow.consumer}, "
        f"the oldest {_age(found.age(each))} old"
    )
    examples = (f"{example['id']} of {example['subject']}" for example in each.examples)
    return f"{line}: {', '.join(examples)}" + (" …" if each.count > len(each.examples) else "")


def _age(age: timedelta) -> str:
    seconds = age.total_seconds()
    for unit, size in (("days", 86_400), ("h", 3_600), ("min", 60)):
        if seconds >= 2 * size:
            return f"{seconds / size:.1f} {unit}"
    return f"{seconds:.1f} s"


def add_to(app: typer.Typer) -> None:
    """Make it a command of the command line."""
    app.command()(reconcile)
