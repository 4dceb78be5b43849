"""`reintegration parked`: what services could not apply, seen, corrected, replayed or dropped by an operator."""

import json
import os
import sys
from pathlib import Path
from typing import Annotated, Any

import typer

from deploy.terminal import AsJson, Data, Failure, show

CODES = ("obsolete", "duplicate", "wrong-person", "not-ours", "unreadable")
SERVICES = ("intake", "training", "employment", "notifications")

parked = typer.Typer(help="See what services could not apply, and correct, replay or drop it.", no_args_is_help=True)

Number = Annotated[int, typer.Argument(help="The record's number, as the list shows it.", min=1)]
Service = Annotated[str, typer.Option(help="intake, training, employment or notifications", show_default=False)]
Why = Annotated[str, typer.Option(help="Kept on record; for operators only.", show_default=False)]


@parked.command("list")
def list_parked(
    service: Annotated[str, typer.Option(help="One service, or all.")] = "all",
    reason: Annotated[str | None, typer.Option()] = None,
    person: Annotated[str | None, typer.Option(help="The person's id.")] = None,
    state: Annotated[str, typer.Option(help="waiting, replayed or dropped")] = "waiting",
    after: Annotated[int, typer.Option(help="Go on behind this number.")] = 0,
    as_json: AsJson = False,
    data: Data = None,
) -> None:
    """What is parked, a page for each service, oldest first, and how many for each reason; then what other services'
    operators gave up of its own events, as they told."""
    asked = {"reason": reason, "person": person, "state": state, "after": after}
    wanted = {name: value for name, value in asked.items() if value is not None}
    found = {}
    for name in SERVICES if service == "all" else (_known(service),):
        found[name] = _ask("GET", name, "/parked", data, wanted)
        elsewhere = _ask("GET", name, "/parked/elsewhere", data, {} if person is None else {"person": person})
        found[name]["dropped_elsewhere"] = elsewhere["dropped"]
    lines = []
    for name, page in found.items():
        lines.append(f"{name}: " + (", ".join(f"{n} {why}" for why, n in page["counts"].items()) or "nothing"))
        lines += [_line(each) for each in page["parked"]]
        lines += [_dropped(each) for each in page["dropped_elsewhere"]]
    show(found, as_json, "\n".join(lines))


@parked.command("show")
def show_one(number: Number, service: Service, as_json: AsJson = False, data: Data = None) -> None:
    """One of them: why, which field, what waits behind it, what was done; data only where they meet the contract."""
    found = _ask("GET", _known(service), f"/parked/{number}", data)
    record = found["record"]
    lines = [_line(record), f"  {record['words']}", f"  {record['words_km']}"]
    for fault in found["faults"]:
        lines += [f"  {fault['field']}: {fault['fix']}", f"  {' ' * len(fault['field'])}  {fault['fix_km']}"]
    if not found["faults"] and record["detail"]:
        lines.append(f"  {record['detail']}")
    if record["person"] is None and record["last_offset"] is None and record["state"] == "waiting":
        lines.append("  It names nobody. If you know whom it is about: correct it with --field ce_subject=PERSON.")
        lines.append("  If not: drop it with --code unreadable; its owner is told where it stood.")
    if found["data"] is not None:
        lines.append(f"  data: {json.dumps(found['data'], ensure_ascii=False)}")
    lines += ["  behind it:", *(_line(each) for each in found["behind"])] if found["behind"] else []
    lines += [f"  {each['done_at']} {each['action']} by {each['done_by']}: {each['why']}" for each in found["actions"]]
    show(found, as_json, "\n".join(lines))


@parked.command()
def correct(
    number: Number,
    service: Service,
    field: Annotated[list[str], typer.Option(help="NAME=VALUE, e.g. code=1111-1111-1111; the value as JSON or text.")],
    why: Why,
    as_json: AsJson = False,
    data: Data = None,
) -> None:
    """Give named fields of this service's copy new values; then replay it."""
    body = {"why": why, "fields": dict(map(_field, field))}
    _done(_ask("POST", _known(service), f"/parked/{number}/correct", data, body), as_json)


@parked.command()
def replay(number: Number, service: Service, why: Why, as_json: AsJson = False, data: Data = None) -> None:
    """Try it again, with all that waits of the same person, in order, as far as it goes."""
    _done(_ask("POST", _known(service), f"/parked/{number}/replay", data, {"why": why}), as_json)


@parked.command()
def drop(
    number: Number,
    service: Service,
    code: Annotated[
        str | None, typer.Option(help=f"The reason: {', '.join(CODES)}. Asked for where it is left out.")
    ] = None,
    why: Annotated[
        str | None, typer.Option(help="Kept on record; for operators only. Asked for where it is left out.")
    ] = None,
    as_json: AsJson = False,
    data: Data = None,
) -> None:
    """Give it up for good, on record. Its owner is told, with the code; what waits behind it goes on.

    Codes: obsolete (it no longer holds), duplicate (it was said twice), wrong-person, not-ours, unreadable.
    """
    chosen = code or _asked(f"The reason ({', '.join(CODES)})", "--code")
    if chosen not in CODES:
        raise Failure(f"{chosen!r} is no reason: one of {', '.join(CODES)}.")
    body = {"why": why or _asked("Why, in words", "--why"), "code": chosen}
    _done(_ask("POST", _known(service), f"/parked/{number}/drop", data, body), as_json)


def _asked(what: str, option: str) -> str:
    """What whoever sits at a terminal says. Raises BadParameter where nobody does."""
    if not sys.stdin.isatty():
        raise typer.BadParameter(f"{what.lower()} is needed", param_hint=option)
    answer: str = typer.prompt(what, err=True)
    return answer


def _ask(method: str, service: str, path: str, data: Path | None, content: Any = None) -> Any:
    from deploy.addresses import Addresses, default_data
    from deploy.client import Client

    with Client(Addresses.read(data or default_data())) as client:
        actor = client.acting(f"command-line-{os.getuid()}", "operator")
        if method == "GET":
            return actor.get(service, path, **(content or {}))
        return actor.post(service, path, content)


def _known(service: str) -> str:
    if service not in SERVICES:
        raise Failure(f"There is no service {service}: name one of {', '.join(SERVICES)}.")
    return service


def _field(text: str) -> tuple[str, Any]:
    name, given, value = text.partition("=")
    if not name or not given:
        raise Failure("A field is given as NAME=VALUE, for example --field code=1111-1111-1111.")
    try:
        return name, json.loads(value)
    except ValueError:
        return name, value


def _line(record: dict[str, Any]) -> str:
    names = ("number", "reason", "type", "person", "sequence", "state", "parked_at")
    return "  " + "  ".join(str(record[name] or "-") for name in names)


def _dropped(each: dict[str, Any]) -> str:
    """An event of the service's own that another's operator gave up."""
    event = each["event"] or f"{each['topic']}/{each['partition']} from {each['first_offset']} to {each['last_offset']}"
    return f"  dropped by {each['consumer']} at {each['dropped_at']} as {each['code']}: {each['type'] or '-'}  {event}"


def _done(answer: dict[str, Any], as_json: bool) -> None:
    told = ", ".join(f"{name} {value}" for name, value in answer.get("ids", {}).items())
    show(answer, as_json, f"{answer.get('status', 'done')}: {told}")
