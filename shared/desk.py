"""The repair desk over HTTP: what is parked and why, corrected, replayed or dropped, each on record.

Every service has it under `/parked`, for operators. What fails its contract is never shown, since it may hold
anything; what meets it holds no personal data, and is.
"""

from collections.abc import Callable, Sequence
from typing import Annotated, Any, Final, Literal

import orjson
from fastapi import APIRouter
from fastapi import Query as Parameter

from shared.access import OPERATOR, allow
from shared.commands import Answer, Command, Query, Row, Unit
from shared.correcting import corrected
from shared.desk_shapes import (
    Action,
    Correction,
    Drop,
    DroppedElsewhere,
    DroppedElsewhereList,
    Number,
    ParkedList,
    ParkedRecord,
    ParkedWhole,
    Replay,
)
from shared.dropping import tell_owner
from shared.events.decoding import Decoder, KeptRecord, headers_of
from shared.events.envelope import Code, Event, Id
from shared.explaining import faults, words
from shared.outcome import Outcome
from shared.rejections import Absent, Conflict, Rejected
from shared.repair import apply_waiting
from shared.telemetry import log
from shared.unreadable import kept_batch

MOST_SHOWN: Final = 200

COLUMNS = """number, id::text, owner, subject::text as person, sequence, type, reason, detail, topic, partition,
       "offset", last_offset, state, parked_at, settled_at, settled_by, settled_why"""
LIST = f"""
select {COLUMNS} from parked
where number > $1 and state = $2 and ($3::text is null or reason = $3) and ($4::text is null or type = $4)
  and ($5::uuid is null or subject = $5)
order by number limit $6
"""  # noqa: S608  # our own constants
COUNTS = "select reason, count(*) from parked where state = $1 group by reason order by 2 desc, 1"
ONE = f"select {COLUMNS}, key, headers::text, value from parked where number = $1 and consumer = $2"  # noqa: S608
BEHIND_IT = f"""
select {COLUMNS} from parked
where owner = $1 and subject = $2::uuid and state = 'waiting' and number > $3 order by number limit {MOST_SHOWN}
"""  # noqa: S608
ELSEWHERE = """
select told::text, consumer, event::text, type, subject::text as person, code, reason, topic, partition, first_offset,
       last_offset, dropped_at
from dropped_elsewhere where ($1::uuid is null or subject = $1) order by told desc limit $2
"""
ACTIONS = "select action, done_at, done_by, why, code, fields::text from repair where parked = $1 order by number"
CORRECT = """
update parked set headers = $2::text::jsonb, value = $3, key = $4, reason = 'corrected', detail = '' where number = $1
"""
RENAME = """
with told as (update subject set parked = true where subject = $5::uuid and not parked)
update parked set id = $2::uuid, type = $3, sequence = $4, subject = $5::uuid where number = $1
"""
CLAIM_ID = """
insert into inbox (consumer, id, batch, place) values ($1, $2, nextval('inbox_batch'), 0) on conflict do nothing
returning true
"""
DROP = """
update parked set state = 'dropped', settled_at = $2, settled_by = $3, settled_why = $4 where number = $1
"""
NOTE = """
insert into repair (parked, action, done_at, done_by, why, code, fields, headers, value)
values ($1, $2, $3, $4, $5, $6, $7::text::jsonb, $8::text::jsonb, $9)
"""


def repair_desk(service: str) -> APIRouter:
    """The routes, with their actions declared for this service."""
    allow(service, {"read-parked": (OPERATOR,), "repair-parked": (OPERATOR,)})
    router = APIRouter(prefix="/parked", tags=["repair"])

    @router.get("", summary="What is parked, oldest first, and how many for each reason")
    async def list_parked(
        query: Annotated[Query, Query.of(f"{service}.read-parked")],
        reason: Code | None = None,
        type: Annotated[str | None, Parameter(max_length=150)] = None,
        person: Id | None = None,
        state: Literal["waiting", "replayed", "dropped"] = "waiting",
        after: Annotated[int, Parameter(ge=0, le=2**62)] = 0,
        limit: Annotated[int, Parameter(ge=1, le=MOST_SHOWN)] = 50,
    ) -> ParkedList:
        rows = await query.fetch(LIST, after, state, reason, type, person, limit)
        counts = {row[0]: row[1] for row in await query.fetch(COUNTS, state)}
        return ParkedList(counts=counts, parked=_shown(rows), after=rows[-1]["number"] if len(rows) == limit else None)

    @router.get("/elsewhere", summary="Events of this service that others gave up, as they told, newest first")
    async def list_dropped_elsewhere(
        query: Annotated[Query, Query.of(f"{service}.read-parked")],
        person: Id | None = None,
        limit: Annotated[int, Parameter(ge=1, le=MOST_SHOWN)] = 50,
    ) -> DroppedElsewhereList:
        rows = await query.fetch(ELSEWHERE, person, limit)
        return DroppedElsewhereList(dropped=[DroppedElsewhere(**dict(row)) for row in rows])

    @router.get("/{number}", summary="One parked record: why, what waits behind it, and what was done about it")
    async def show_parked(number: Number, query: Annotated[Query, Query.of(f"{service}.read-parked")]) -> ParkedWhole:
        rows = await query.fetch(ONE, number, service)
        if not rows:
            raise Absent
        (row,) = rows
        event = query.running.consumer.decoder.decode(_record(row))
        behind = await query.fetch(BEHIND_IT, row["owner"], row["person"], number) if row["person"] else []
        actions = [
            Action(**{**dict(each), "fields": orjson.loads(each["fields"])})
            for each in await query.fetch(ACTIONS, number)
        ]
        data = event.data.model_dump(mode="json") if isinstance(event, Event) else None
        wrong = faults(query.running.consumer.decoder, _record(row), row["reason"], row["detail"])
        return ParkedWhole(record=_shown([row])[0], faults=wrong, data=data, behind=_shown(behind), actions=actions)

    @router.post("/{number}/correct", summary="Give named fields of the copy new values")
    async def correct(
        number: Number, body: Correction, command: Annotated[Command, Command.of(f"{service}.repair-parked")]
    ) -> Answer:
        """The result must meet its contract. The bytes before are kept on record. Replay it afterwards."""

        async def act(unit: Unit) -> Answer:
            decoder = command.running.consumer.decoder
            row = await _held(unit, number, service, lambda row: _named(row, decoder, body))
            if kept_batch(row) is not None:
                raise Conflict("whole-batch", "A batch that cannot be read is not corrected: replay or drop it.")
            copy, event = corrected(decoder, _record(row), body.fields)
            if event.subject != (row["person"] or event.subject):
                raise Rejected("wrong-person", "It would be about somebody else: drop it.", field="ce_subject")
            if row["id"] is None:
                if await unit.connection.fetchval(CLAIM_ID, service, event.id) is None:
                    raise Conflict("known-already", "An event of this id came before: drop this one as a duplicate.")
            elif event.id != row["id"]:
                raise Rejected("wrong-id", "An event's id is never changed.", field="ce_id")
            await _note(unit, command, row, "corrected", body.why, fields=list(body.fields), before=row)
            await unit.connection.execute(CORRECT, number, copy.headers_json(), copy.value, copy.key)
            await unit.connection.execute(RENAME, number, event.id, event.type, event.sequence, event.subject)
            return Answer(status="corrected", ids={"event": event.id})

        answer = await command.run(act)
        log.info("parked event corrected", parked=number, fields=len(body.fields))
        return answer

    @router.post("/{number}/replay", summary="Try it again, with all that waits of the same person, in order")
    async def replay(
        number: Number, body: Replay, command: Annotated[Command, Command.of(f"{service}.repair-parked")]
    ) -> Answer:
        """As far as it goes: what fails again keeps waiting, and so does what stands behind it."""
        told = Outcome()

        async def act(unit: Unit) -> Answer:
            nonlocal told
            row = await _held(unit, number, service)
            await _note(unit, command, row, "replayed", body.why)
            told, answer = await _again(unit, command, row, body.why)
            return answer.model_copy(update={"status": "replayed"})

        answer = await command.run(act)
        command.running.consumer.tell(told, 0.0)
        return answer

    @router.post("/{number}/drop", summary="Give it up for good; its owner is told, what waits behind it goes on")
    async def drop(
        number: Number, body: Drop, command: Annotated[Command, Command.of(f"{service}.repair-parked")]
    ) -> Answer:
        told = Outcome()

        async def act(unit: Unit) -> Answer:
            nonlocal told
            row = await _held(unit, number, service)
            by = command.principal.subject
            await unit.connection.execute(DROP, number, unit.working.now, by, body.why)
            await _note(unit, command, row, "dropped", body.why, code=body.code)
            event = await tell_owner(command.running.consumer, unit.connection, row, body.code)
            told, answer = await _again(unit, command, row, f"number {number} before it was dropped")
            ids = answer.ids | ({"told": event} if event is not None else {})
            return answer.model_copy(update={"status": "dropped", "ids": ids})

        answer = await command.run(act)
        log.warning("parked event dropped", parked=number, code=body.code)
        command.running.consumer.tell(told, 0.0)
        return answer

    return router


async def _held(unit: Unit, number: int, service: str, person: Callable[[Any], str | None] = lambda _: None) -> Any:
    """The waiting record, its person locked as every consumer locks her; `person`: who it is where the record does not
    say. Raises Absent, or Conflict when settled."""
    row = await unit.connection.fetchrow(ONE, number, service)
    if row is None:
        raise Absent
    who = row["person"] or person(row)
    await unit.hold([who] if who else [])
    row = await unit.connection.fetchrow(ONE + " for update", number, service)
    if row["state"] != "waiting":
        raise Conflict("settled-already", f"It was {row['state']} before: nothing is to be done.")
    return row


def _named(row: Any, decoder: Decoder, body: Correction) -> str | None:
    """Whom a record that named nobody is about once it is corrected; a batch is about nobody."""
    if row["person"] or kept_batch(row) is not None:
        return None
    return corrected(decoder, _record(row), body.fields)[1].subject


async def _note(
    unit: Unit,
    command: Command,
    row: Any,
    action: str,
    why: str,
    *,
    code: str | None = None,
    fields: Sequence[str] = (),
    before: Any = None,
) -> None:
    kept = (before["headers"], before["value"]) if before is not None else (None, None)
    named = orjson.dumps(list(fields)).decode()
    by = command.principal.subject
    await unit.connection.execute(NOTE, row["number"], action, unit.working.now, by, why, code, named, *kept)


async def _again(unit: Unit, command: Command, row: Any, why: str) -> tuple[Outcome, Answer]:
    """Apply what waits of the same owner and person; a record of nobody known stands alone."""
    consumer, by = command.running.consumer, command.principal.subject
    outcome, applied, waiting = await apply_waiting(
        consumer, unit.connection, row["owner"], row["person"], row["number"], unit.working.now, by, why
    )
    rows = [Row(line=number, status="applied") for number in applied]
    rows += [Row(line=number, status="waiting") for number in waiting]
    return outcome, Answer(ids={"applied": str(len(applied)), "waiting": str(len(waiting))}, rows=rows[:500])


def _shown(rows: Sequence[Any]) -> list[ParkedRecord]:
    names = ParkedRecord.model_fields.keys() - {"words", "words_km"}
    told = [words(row["reason"]) for row in rows]
    return [
        ParkedRecord(words=en, words_km=km, **{name: row[name] for name in names})
        for row, (en, km) in zip(rows, told, strict=True)
    ]


def _record(row: Any) -> KeptRecord:
    return KeptRecord(
        row["topic"], row["partition"], row["offset"], row["key"], row["value"], headers_of(row["headers"])
    )
