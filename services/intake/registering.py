"""Forms taken up by the hundred: each row accepted, repeated or refused by itself, all in a few statements.

A form is known by its centre and number. The same form sent again is `repeated`; the same number with other content is
refused as `changed`. Contents are compared by a keyed digest of their normal form, so that another spelling of the same
date is the same form, and nobody who reads the table can try out names.
"""

import asyncio
import hashlib
import hmac
from collections.abc import Collection, Mapping, Sequence
from datetime import date, datetime
from typing import Annotated, Any, Final, NamedTuple

import orjson
from pydantic import BaseModel, ConfigDict, Field

from services.intake import history, identity, storage
from services.intake.domain import merging, offices, plans, records, registration, rows
from services.intake.domain.assessments import first_moment
from services.intake.domain.model import Identity
from services.intake.domain.registration import Ids
from services.intake.domain.rows import Form, RowFaults
from services.intake.history import Changed
from services.intake.questionnaires import norms
from services.intake.storage import PERSONS, FormKey, KnownForm
from shared.commands import Answer, Row, Unit
from shared.faults import fault
from shared.gathering import Gathered
from shared.local_time import day
from shared.work import Cause, new_id

BREATH: Final = 50
"""Rows that are checked at a stretch."""

Cells = Annotated[dict[str, Annotated[str, Field(max_length=40_000)]], Field(max_length=100)]
"""A row's cells as typed, by the name of their column. How long each may be is the row's affair: one cell that is too
long refuses its row, not the file."""


class FormRow(BaseModel):
    """A line of a file; `line` is told back with what became of it."""

    model_config = ConfigDict(extra="forbid")

    line: int = Field(ge=1, le=10_000_000)
    fields: Cells


async def read(sent: Sequence[FormRow], today: date) -> list[Form | Row]:
    """Each row's form, or the row refused with everything to correct.

    Half a millisecond a row; the service's other work gets its turn in between.
    """
    forms: list[Form | Row] = []
    for row in sent:
        if len(forms) % BREATH == BREATH - 1:
            await asyncio.sleep(0)
        try:
            forms.append(rows.check(row.fields, today))
        except RowFaults as found:
            forms.append(Row.refused(row.line, *[fault(field, reason) for field, reason in found.faults]))
    return forms


class Batch(NamedTuple):
    """What one command brings: a centre's rows and what was read of them; `person` is who they are new cases of.
    `secret` keys the digests. `author` is the account that sent them, `device_at` when they were written
    down, where its device said so."""

    centre: str
    sent: Sequence[FormRow]
    read: Sequence[Form | Row]
    secret: str
    author: str
    device_at: datetime | None = None
    person: str | None = None


class New(NamedTuple):
    """A form that nobody took before, what it becomes, and what its facts follow from."""

    centre: str
    form: Form
    known: KnownForm
    cause: Cause
    author: str
    device_at: datetime | None


async def take(unit: Unit, gathered: Sequence[Gathered[Batch]]) -> list[Answer]:
    """Register what the rows of these commands say, each as a new person, or as a new case of the command's `person`,
    who comes back once more. Returns each command's answer."""
    first: dict[FormKey, New] = {}
    for (centre, _, read, secret, author, device_at, person), cause in gathered:
        for form in read:
            if isinstance(form, Form) and (centre, form.form_no) not in first:
                known = KnownForm(digest(form, secret), person or new_id(), new_id())
                first[centre, form.form_no] = New(centre, form, known, cause, author, device_at)
    claimed = await storage.claim_forms(unit.connection, {key: new.known for key, new in first.items()})
    standing = {key: first[key].known for key in claimed}
    standing |= await storage.known_forms(unit.connection, first.keys() - claimed)
    if claimed:
        persons = {batch.person for batch, _ in gathered if batch.person}
        await _register(unit, [new for key, new in first.items() if key in claimed], persons, secret)
    made = {id(first[key].form) for key in claimed}
    return [Answer(rows=_told(batch, standing, made)) for batch, _ in gathered]


def _told(batch: Batch, standing: Mapping[FormKey, KnownForm], made: Collection[int]) -> list[Row]:
    """What became of each row. `made`: the forms that became somebody just now, each by its identity in memory."""
    told = []
    for row, form in zip(batch.sent, batch.read, strict=True):
        if not isinstance(form, Form):
            told.append(form)
            continue
        known = standing[batch.centre, form.form_no]
        ids = {"person": known.person, "case": known.caseid}
        if id(form) in made:
            told.append(Row(line=row.line, status="accepted", ids=ids))
        elif hmac.compare_digest(known.digest, digest(form, batch.secret)):
            told.append(Row(line=row.line, status="repeated", ids=ids))
        else:
            told.append(Row.refused(row.line, fault("form_no", "changed")))
    return told


def digest(form: Form, secret: str) -> bytes:
    """HMAC-SHA256 of a form's normal form."""
    return hmac.new(secret.encode(), orjson.dumps(form._asdict(), default=_plain), hashlib.sha256).digest()


OF_FORM: Final = Identity._fields[: Identity._fields.index("note") + 1]
"""What a form says of an identity: the same digest comes of it as when there was nothing else."""


def _plain(value: Any) -> Any:
    if isinstance(value, Identity):
        return dict(zip(OF_FORM, value, strict=False))
    raise TypeError


async def _register(unit: Unit, new: Sequence[New], persons: Collection[str], secret: str) -> None:
    """`persons`: those among them who are known."""
    minted = {each.known.person for each in new}.difference(persons)
    working = await unit.hold(persons, [PERSONS(person) for person in persons], minted)
    returning = {person: working.get(PERSONS, person) for person in persons}
    offered = await storage.all_offers(unit.connection)
    asking = any(plans.asks_offices(each.form.needs) for each in new)
    directory = await storage.directory(unit.connection) if asking else offices.NONE
    prepared = []
    for centre, form, known, *_ in new:
        ids = Ids(known.person, known.caseid, contact=new_id(), plan=new_id())
        before = working.find(PERSONS, known.person)
        prepared.append(registration.prepare(form, ids, centre, before, offered, day(working.now), directory))
        directory = offices.taking(directory, prepared[-1].proposal.wanted)
    codes = await storage.reserve_codes(unit.connection, sum(len(each.proposal.wanted) for each in prepared))
    written_down: dict[str, datetime] = {}
    for each, of in zip(prepared, new, strict=True):
        # What a batch does for one person has nothing to do with the next; the trace stays that of the request.
        apart = of.cause._replace(correlationid=new_id())
        taken = registration.register(each, codes, working.now).and_then(first_moment(each.case, norms()))
        recorded = unit.apply(taken, apart)
        if of.device_at is not None:
            written_down.update(dict.fromkeys(recorded, of.device_at))
    if written_down:
        await history.note_times(unit.connection, written_down)
    who = [each.ids.person for each in prepared if each.known]
    befores = await identity.read(unit.connection, who)
    kept = [
        identity.Kept(
            each.ids.person, each.ids.contact, each.form.identity.over(befores.get(each.ids.person, Identity()))
        )
        for each in prepared
    ]
    await identity.keep(unit.connection, kept, secret)
    changes = []
    for each, of, now in zip(prepared, new, kept, strict=True):
        if (before := returning.get(each.ids.person)) is not None:
            was = records.of_person(before, befores.get(each.ids.person, Identity()))
            fields = merging.change(was, records.of_person(each.person, now.identity))
            version = each.person.version
            changes.append(
                Changed(each.ids.person, version, "person", each.ids.person, of.author, None, working.now, fields)
            )
    await history.write(unit.connection, changes)
