"""What persons' and cases' records hold is changed: merged field by field, or kept as a conflict."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, Final, NamedTuple

from services.intake import history, identity, sealed, storage
from services.intake.commands.holding import hold_case, hold_person
from services.intake.domain import cases, children, conflicts, consents, merging, partial, proposals, records
from services.intake.domain.conflicts import Conflict
from services.intake.domain.merging import Merged
from services.intake.domain.model import Case, Identity, Person
from services.intake.history import Changed
from services.intake.requests.records import CaseEdit, Member, MemberEdit, MemberGone, NewMember, PersonEdit
from services.intake.storage import CASES, PERSONS
from shared.commands import Answer, Command, Unit
from shared.kinds import Decision
from shared.local_time import day
from shared.rejections import Absent, Rejected
from shared.work import new_id

CONFLICTED: Final = 202
"""The HTTP status of an edit of which something waits for a decision."""


class Edit(NamedTuple):
    """What somebody wants a record to hold, and the version she had before her."""

    fields: Mapping[str, Any]
    based_on: int
    device_at: datetime | None


Noted = tuple[str, str, int, Mapping[str, Any], Mapping[str, Any]]
"""Sort, record, its new version, what it held, and what it holds now."""


async def edit_person(command: Command, person: str, body: PersonEdit) -> Answer:
    """What is different now about a person."""

    async def act(unit: Unit) -> Answer:
        held = await hold_person(unit, command, person)
        fields = body.fields_of(day(unit.working.now))
        return await edit_held(unit, command, held, Edit(fields, body.based_on, body.device_time or command.device_at))

    return await command.run(act)


async def edit_case(command: Command, caseid: str, body: CaseEdit) -> Answer:
    """What is different now about a case that is open."""

    async def act(unit: Unit) -> Answer:
        person, case = await hold_case(unit, command, caseid)
        cases.require_open(case)
        edit = Edit(body.fields_of(), body.based_on, body.device_time or command.device_at)
        confided = await confided_of(unit, caseid)
        merged = await _merged(unit, caseid, case.version, records.of_case(case, confided), edit)
        version = await change_case(unit, command, person, case, merged.applied, edit.device_at)
        ids = {"case": caseid, "version": str(version)}
        return await _answer(unit, command, ("case", person, caseid), ids, edit, merged)

    return await command.run(act)


async def add_member(command: Command, person: str, body: NewMember) -> Answer:
    """Somebody else she lives with: a field of its own, which nobody can have changed before."""

    async def act(unit: Unit) -> Answer:
        held = await hold_person(unit, command, person)
        member = new_id()
        await change_person(unit, command, held, _member(unit, member, body), body.device_time or command.device_at)
        return Answer(status="added", ids={"person": person, "member": member})

    return await command.run(act)


async def edit_member(command: Command, person: str, member: str, body: MemberEdit | MemberGone) -> Answer:
    """Somebody she lives with, in place of what was known; or no longer."""

    async def act(unit: Unit) -> Answer:
        held = await hold_person(unit, command, person)
        known = await identity_of(unit, person)
        gone = isinstance(body, MemberGone)
        if member not in (known.household or {}) and not gone:
            raise Absent
        fields = {f"household.{member}": None} if gone else _member(unit, member, body)
        return await edit_held(unit, command, held, Edit(fields, body.based_on, body.device_time or command.device_at))

    return await command.run(act)


def _member(unit: Unit, member: str, body: Member | MemberGone) -> dict[str, Any]:
    assert isinstance(body, Member)
    return {f"household.{member}": body.kept(day(unit.working.now))}


async def edit_held(unit: Unit, command: Command, held: Person, edit: Edit) -> Answer:
    """Edit a held person; what became of it."""
    record = records.of_person(held, await identity_of(unit, held.person))
    merged = await _merged(unit, held.person, held.version, record, edit)
    version = await change_person(unit, command, held, merged.applied, edit.device_at)
    ids = {"person": held.person, "version": str(version)}
    return await _answer(unit, command, ("person", held, held.person), ids, edit, merged)


async def _merged(unit: Unit, record: str, version: int, current: Mapping[str, Any], edit: Edit) -> Merged:
    if edit.based_on > version:
        raise Rejected("unknown-version", field="based_on")
    since = await history.since(unit.connection, record, edit.based_on) if edit.based_on < version else []
    return merging.merge(current, edit.fields, since)


async def touched(unit: Unit, record: str, version: int, based_on: int, field: str) -> bool:
    """Whether somebody changed a field of a held record after this version. Raises Rejected for one yet to come."""
    if based_on > version:
        raise Rejected("unknown-version", field="based_on")
    return any(field in change for change in await history.since(unit.connection, record, based_on))


async def _answer(
    unit: Unit, command: Command, of: tuple[str, Person, str], ids: dict[str, str], edit: Edit, merged: Merged
) -> Answer:
    """What became of an edit; what waits for a decision is kept."""
    sort, person, record = of
    links = {sort: f"/{sort}s/{record}"}
    command.answer_with(CONFLICTED if merged.conflicting else 200)
    if not merged.conflicting:
        return Answer(status="changed" if merged.applied else "unchanged", ids=ids, links=links)
    now = unit.working.now
    conflict = Conflict(
        new_id(),
        sort,
        person.person,
        record,
        None,
        command.principal.subject,
        tuple(sorted(merged.conflicting)),
        edit.based_on,
        edit.device_at,
        now,
        now + conflicts.OPEN_FOR,
    )
    unit.apply(conflicts.open_(conflict))
    content = {field: list(versions) for field, versions in merged.conflicting.items()}
    await sealed.seal(
        unit.connection,
        [sealed.Sealed("conflict", conflict.conflict, person.person, content, conflict.expires_at)],
    )
    links["conflict"] = f"/conflicts/{conflict.conflict}"
    return Answer(status="conflict", ids={**ids, "conflict": conflict.conflict}, links=links)


async def change_person(
    unit: Unit, command: Command, held: Person, fields: Mapping[str, Any], device_at: datetime | None
) -> int:
    """Give a held person's record these values; returns its version. Raises Rejected for what cannot be."""
    if not fields:
        return held.version
    before = await identity_of(unit, held.person)
    record = records.of_person(held, before)
    person, known = records.person_with(held, before, fields)
    today = day(unit.working.now)
    records.check_person(records.of_person(person, known), today)
    person = person._replace(version=held.version + 1)
    case = (await storage.of_persons(unit.connection, CASES, [held.person]))[held.caseid]
    if records.CONTACT & fields.keys():
        channel = consents.channel(known.phone is not None, known.phone_owner, case.needs or ())
        unit.apply(consents.change_contact(person, new_id(), channel, person.language or partial.LANGUAGE))
    else:
        unit.apply(Decision((person,)))
    if (watched := children.watch_over(known, case, False, today)) != case and case.state == "open":
        unit.apply(Decision((watched,)))
    contact = unit.working.get(PERSONS, held.person).contact
    secret = command.running.settings.digest_key.get_secret_value()
    await identity.keep(unit.connection, [identity.Kept(held.person, contact, known)], secret)
    unit.apply(proposals.ask_later(case, fields, unit.working.now))
    await note(unit, command, held.person, [("person", held.person, person.version, record, fields)], device_at)
    return person.version


async def change_case(
    unit: Unit, command: Command, person: Person, held: Case, fields: Mapping[str, Any], device_at: datetime | None
) -> int:
    """Give a held case's record these values; returns its version. Raises Rejected for what cannot be."""
    if not fields:
        return held.version
    before = await confided_of(unit, held.caseid)
    case, confided = records.case_with(held, before, fields)
    known = records.of_person(person, await identity_of(unit, person.person))
    records.check_case(records.of_case(case, confided), known, day(unit.working.now))
    case = case._replace(version=held.version + 1)
    unit.apply(partial.change_case(held, case))
    if confided != before:
        await confide(unit, case, confided)
    changed = ("case", held.caseid, case.version, records.of_case(held, before), fields)
    await note(unit, command, person.person, [changed], device_at)
    return case.version


async def note(
    unit: Unit,
    command: Command,
    person: str,
    changed: Sequence[Noted],
    device_at: datetime | None,
) -> None:
    """Note changes of a person's records."""
    author, now = command.principal.subject, unit.working.now
    await history.write(
        unit.connection,
        [
            Changed(record, version, sort, person, author, device_at, now, merging.change(before, fields))
            for sort, record, version, before, fields in changed
        ],
    )


async def identity_of(unit: Unit, person: str) -> Identity:
    """Who a held person is."""
    return (await identity.read(unit.connection, [person])).get(person, Identity())


async def confided_of(unit: Unit, caseid: str) -> dict[str, Any]:
    """The sealed fields of a case whose person is held."""
    return dict((await sealed.unseal(unit.connection, "case", [caseid])).get(caseid, {}))


async def confide(unit: Unit, case: Case, confided: Mapping[str, Any]) -> None:
    """Keep the sealed fields of a case."""
    await sealed.seal(unit.connection, [sealed.Sealed("case", case.caseid, case.person, dict(confided))])
