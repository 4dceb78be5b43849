"""A service for these tests: a board of notes and of desks, small enough to see that one command had one effect."""

from collections.abc import Sequence
from pathlib import Path
from typing import Annotated, Literal, NamedTuple

from fastapi import APIRouter
from pydantic import BaseModel, ConfigDict, Field
from sqlalchemy import Column, Integer, MetaData, Table, Text, Uuid

from shared import gathering
from shared.access import CENTRE_LEAD, COUNSELLOR, EMPLOYMENT_OFFICER, OPERATOR, allow
from shared.commands import MOST_ROWS, Answer, Command, DryRun, Query, Row, Unit
from shared.events.envelope import Code, Commune, Id, NewEvent
from shared.events.intake import NeedsAssessed
from shared.gathering import Gathered
from shared.handling import Handlers
from shared.kinds import Decision, Kind, Working
from shared.rejections import Absent, Conflict, LookAgain, Rejected
from shared.service import Service
from shared.work import new_id

allow(
    "board",
    {
        "write-note": {COUNSELLOR, CENTRE_LEAD},
        "write-notes": {COUNSELLOR},
        "gather-note": {COUNSELLOR},
        "use-desk": {COUNSELLOR, EMPLOYMENT_OFFICER},
        "fail": {OPERATOR},
        "read-notes": {COUNSELLOR, EMPLOYMENT_OFFICER},
    },
)


class Note(NamedTuple):
    note: str
    person: str
    centre: str
    words: str


class Desk(NamedTuple):
    desk: str
    person: str
    uses: int


tables = MetaData()
NOTES = Kind(
    Note,
    Table("note", tables, Column("note", Uuid), Column("person", Uuid), Column("centre", Text), Column("words", Text)),
    minted=True,
)
DESKS = Kind(Desk, Table("desk", tables, Column("desk", Text), Column("person", Uuid), Column("uses", Integer)))

router = APIRouter()
OnNote = Annotated[str, Field(min_length=1, max_length=200)]


class NewNote(BaseModel):
    model_config = ConfigDict(extra="forbid")

    person: Id
    words: OnNote
    kind: Literal["plain", "urgent"] = "plain"
    seats: int = Field(default=1, ge=1, le=10)
    commune: Commune | None = None
    tags: list[Code] = Field(default=[], max_length=3)
    refuse: Literal["rejected", "conflict", "absent", "catalogue"] | None = None


def write(centre: str, body: NewNote, note: str) -> tuple[Decision, Answer]:
    match body.refuse:
        case "rejected":
            raise Rejected("no-room", "Take another board.", "សូមប្រើក្តារផ្សេង។", field="words")
        case "conflict":
            raise Conflict("closed-today", "Come back tomorrow.", "សូមមកម្តងទៀតថ្ងៃស្អែក។", allowed=["wait"])
        case "absent":
            raise Absent
        case "catalogue":
            raise Rejected("wrong-check-digits", field="code")
    decision = Decision(
        [Note(note, body.person, centre, body.words)], [NewEvent(body.person, NeedsAssessed(questionnaire="board-1"))]
    )
    return decision, Answer(status="written", ids={"note": note}, links={"note": f"/notes/{note}"})


@router.post("/notes", status_code=201)
async def write_note(body: NewNote, command: Annotated[Command, Command.of("board.write-note")]) -> Answer:
    """Pin a note for a person."""
    centre, note = command.principal.centre or "", new_id()
    return await command.decide([body.person], [], lambda _: write(centre, body, note))


class NewNotes(BaseModel):
    rows: Annotated[list[NewNote], Field(min_length=1, max_length=MOST_ROWS)]


@router.post("/batches")
async def write_notes(
    body: NewNotes, command: Annotated[Command, Command.of("board.write-notes")], dry_run: DryRun = False
) -> Answer:
    """Pin many notes: each row is written or refused by itself."""

    async def act(unit: Unit) -> Answer:
        known = await unit.connection.fetch("select words from note where centre = $1", command.principal.centre)
        seen = {row[0] for row in known}
        await unit.hold((), minted={row.person for row in body.rows})
        rows = []
        for line, row in enumerate(body.rows, 1):
            if row.words in seen:
                rows.append(Row(line=line, status="repeated"))
                continue
            try:
                decision, answer = write(command.principal.centre or "", row, new_id())
            except Rejected as refusal:
                rows.append(Row.refused(line, refusal))
                continue
            unit.apply(decision)
            rows.append(Row(line=line, status="accepted", ids=answer.ids))
        return Answer(rows=rows)

    return await command.run(act, dry_run)


@router.post("/gathered", status_code=201)
async def gather_note(body: NewNote, command: Annotated[Command, Command.of("board.gather-note")]) -> Answer:
    """Pin a note, together with those that others pin right now."""
    return await gathering.run(command, write_gathered, body)


async def write_gathered(unit: Unit, gathered: Sequence[Gathered[NewNote]]) -> list[Answer]:
    await unit.hold({note.person for note, _ in gathered})
    answers = []
    for note, cause in gathered:
        decision, answer = write("pursat", note, new_id())
        unit.apply(decision, cause)
        answers.append(answer)
    return answers


@router.post("/desks/{desk}/uses")
async def use_desk(desk: Code, command: Annotated[Command, Command.of("board.use-desk")]) -> Answer:
    """Use a desk, in the name of whoever it belongs to."""

    async def act(unit: Unit) -> Answer:
        person = await unit.connection.fetchval("select person::text from desk where desk = $1", desk)
        if person is None:
            raise Absent
        await before_hold(unit)
        working = await unit.hold([person], [DESKS(desk)])
        if working.get(DESKS, desk).person != person:
            raise LookAgain
        unit.apply(use(working, desk))
        return Answer(status="used", ids={"person": person})

    return await command.run(act)


def use(working: Working, desk: str) -> Decision:
    held = working.get(DESKS, desk)
    used = NewEvent(held.person, NeedsAssessed(questionnaire="board-1"))
    return Decision([held._replace(uses=held.uses + 1)], [used])


async def before_hold(unit: Unit) -> None:
    """Where a test comes in between the look-up and the locks."""


@router.post("/failures")
async def fail(command: Annotated[Command, Command.of("board.fail")]) -> Answer:
    """A fault of our own, with a value in its text."""

    async def act(unit: Unit) -> Answer:
        raise RuntimeError("Sok Canary-7731 was here")

    return await command.run(act)


@router.get("/notes/{note}")
async def read_note(note: Id, query: Annotated[Query, Query.of("board.read-notes")]) -> dict[str, str]:
    """One note."""
    rows = await query.fetch("select person::text, centre, words from note where note = $1", note)
    if not rows:
        raise Absent
    query.access.require(centre=rows[0][1])
    return dict(rows[0])


@router.get("/notes")
async def read_notes(query: Annotated[Query, Query.of("board.read-notes")]) -> list[str]:
    """The notes that the asker may see."""
    only = query.access.only("centre")
    rows = await query.fetch("select note::text from note where $1::text is null or centre = $1 order by note", only)
    return [row[0] for row in rows]


MIGRATIONS = Path(__file__).with_name("board_migrations")


class Board(Service):
    @property
    def migrations(self) -> Path:
        return MIGRATIONS


SERVICE = Board("board", Path(__file__).parent, Handlers(), (DESKS, NOTES), (NeedsAssessed,), router)
