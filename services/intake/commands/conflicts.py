"""Conflicts decided; and requests kept whose key came back with other content."""

from typing import Any

from services.intake import sealed
from services.intake.commands.editing import change_case, change_person
from services.intake.domain import cases, conflicts
from services.intake.domain.conflicts import Conflict
from services.intake.requests.records import Resolution
from services.intake.storage import CASES, CONFLICTS, PERSONS
from shared.access import CENTRE_LEAD, Access
from shared.commands import Answer, Command, Unit
from shared.rejections import Absent
from shared.rejections import Conflict as Refusal

WHOSE = """
select person::text, record::text, sort, author, coalesce(person.centre, conflict.centre)
from conflict left join person using (person) where conflict = $1
"""


def require_may_see(access: Access, author: str, centre: str | None) -> None:
    """Only who submitted it, and the lead of the centre that the person is with. Raises Absent for others."""
    mine = author == access.principal.subject
    lead = CENTRE_LEAD in access.roles
    if not (mine or lead) or not access.covers(centre=centre):
        raise Absent


async def resolve(command: Command, conflict: str, body: Resolution) -> Answer:
    """Somebody decides on each field; what was submitted and is chosen becomes a new version of the record."""

    async def act(unit: Unit) -> Answer:
        row = await unit.connection.fetchrow(WHOSE, conflict)
        if row is None:
            raise Absent
        person, record, sort, author, centre = row
        require_may_see(command.access, author, centre)
        keys: list[Any] = [CONFLICTS(conflict)]
        if person is not None:
            keys += [PERSONS(person), *([CASES(record)] if sort == "case" else [])]
        # A request belongs to nobody who is known: its own lock is enough.
        working = await unit.hold([person or conflict], keys)
        held = working.get(CONFLICTS, conflict)
        if person is not None:
            require_may_see(command.access, author, working.get(PERSONS, person).centre)
        by, now = command.principal.subject, unit.working.now
        unit.apply(conflicts.resolve(held, body.choices, by, now))
        ids = {"conflict": conflict}
        if person is not None:
            ids |= {sort: record, "version": str(await _apply(unit, command, held, body))}
        await sealed.forget(unit.connection, "conflict", [conflict])
        return Answer(status="resolved", ids=ids)

    return await command.run(act)


async def _apply(unit: Unit, command: Command, conflict: Conflict, body: Resolution) -> int:
    """Give the record what was chosen of the submitted values; returns its version.

    Raises Conflict `stale-version` where the record changed since the conflict was looked at.
    """
    assert conflict.person is not None
    assert conflict.record is not None
    person = unit.working.get(PERSONS, conflict.person)
    record = unit.working.get(CASES, conflict.record) if conflict.sort == "case" else person
    if body.based_on != record.version:
        raise Refusal("stale-version", field="based_on", allowed=[str(record.version)])
    content = (await sealed.unseal(unit.connection, "conflict", [conflict.conflict]))[conflict.conflict]
    fields = {field: content[field][2] for field, choice in body.choices.items() if choice == "submitted"}
    if conflict.sort == "person":
        return await change_person(unit, command, person, fields, body.device_time or command.device_at)
    case = unit.working.get(CASES, conflict.record)
    cases.require_open(case)
    return await change_case(unit, command, person, case, fields, body.device_time or command.device_at)
