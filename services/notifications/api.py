"""Notifications' HTTP API: what a person was told, and how many messages there are of each sort."""

from datetime import date, datetime
from typing import Annotated, Any, Final, cast

import orjson
from fastapi import APIRouter
from fastapi import Query as Parameter
from pydantic import BaseModel, Field

from services.notifications import texts
from services.notifications.storage import COUNTS, OF_PERSON, RECIPIENT_OF_PERSON, WAITING
from shared.access import CENTRE_LEAD, COUNSELLOR, OPERATOR, allow
from shared.commands import Query
from shared.desk import repair_desk
from shared.events.envelope import Code, Id
from shared.reference import Language
from shared.rejections import Absent

MOST_SHOWN: Final = 500
"""Messages of one person that an answer holds, the latest facts first."""

allow(
    "notifications",
    {"read-messages": (COUNSELLOR, CENTRE_LEAD, OPERATOR), "count-messages": (CENTRE_LEAD, OPERATOR)},
)

ROUTER = APIRouter(tags=["messages"])
ROUTER.include_router(repair_desk("notifications"))


class Told(BaseModel):
    """A message, or one that waits: `state` is waiting, ready, delivered, failed or withheld."""

    message: Id | None = None
    about: Id = Field(description="id of the event it tells of")
    template: Code
    state: Code
    reason: Code | None = None
    channel: Code | None = None
    language: Code
    happened_at: datetime
    settled_at: datetime | None = None
    text: str | None = Field(description="as the person reads it; null where this version has no text for it")


class Messages(BaseModel):
    """How a person is reached, and what she was told."""

    person: Id
    channel: Code | None = None
    language: Code
    consented: bool | None = Field(description="null while nothing was heard of her consent to messages")
    consent_expires: date | None = None
    silent: bool = Field(description="the person died; nothing is sent any more")
    messages: list[Told]


class Counts(BaseModel):
    """Messages by state, and by template and state; `waiting` ones have no consent or contact yet."""

    states: dict[str, int]
    templates: dict[str, dict[str, int]]


@ROUTER.get("/messages", summary="What a person was told, the latest first, and what waits to be told")
async def read_messages(
    person: Annotated[Id, Parameter(description="the person's id")],
    query: Annotated[Query, Query.of("notifications.read-messages")],
) -> Messages:
    """A counsellor sees the messages of persons whom her centre registered; others do not exist for her."""
    found = await query.fetch(RECIPIENT_OF_PERSON, person)
    if not found:
        raise Absent
    recipient = found[0]
    centres = orjson.loads(recipient["centres"])
    if not any(query.access.covers(centre=centre) for centre in (*centres, None)):
        raise Absent
    waiting = [_waiting(intent, recipient) for intent in reversed(orjson.loads(recipient["waiting"]))]
    rows = await query.fetch(OF_PERSON, person, MOST_SHOWN)
    return Messages(
        person=person,
        channel=recipient["channel"],
        language=recipient["language"],
        consented=recipient["consented"],
        consent_expires=recipient["consent_expires"],
        silent=recipient["silent"],
        messages=[*waiting, *[_told(row) for row in rows]],
    )


@ROUTER.get("/counts", summary="How many messages there are of each sort")
async def count_messages(query: Annotated[Query, Query.of("notifications.count-messages")]) -> Counts:
    """Whole numbers over all persons and centres."""
    states: dict[str, int] = {"waiting": (await query.fetch(WAITING))[0][0]}
    templates: dict[str, dict[str, int]] = {}
    for template, state, number in await query.fetch(COUNTS):
        states[state] = states.get(state, 0) + number
        templates.setdefault(template, {})[state] = number
    return Counts(states=states, templates=templates)


def _told(row: Any) -> Told:
    text = _text(row["template"], orjson.loads(row["fields"]), row["language"])
    return Told(text=text, **{name: row[name] for name in Told.model_fields if name != "text"})


def _waiting(intent: Any, recipient: Any) -> Told:
    return Told(
        about=intent["about"],
        template=intent["template"],
        state="waiting",
        channel=recipient["channel"],
        language=recipient["language"],
        happened_at=intent["happened_at"],
        text=_text(intent["template"], intent["fields"], recipient["language"]),
    )


def _text(template: str, fields: dict[str, Any], language: str) -> str | None:
    try:
        return texts.text(template, fields, cast(Language, language))
    except texts.NoText:
        return None
