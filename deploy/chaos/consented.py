"""Whether anything left without consent: a referral that intake made while the person did not agree, or a message that
notifications sent after it had recorded the withdrawal.

Orders of events are those of each owner's ledger for one person, which no clock can change. Only whether a message went
out before its sender was killed, and was told of afterwards, goes by its file's time.
"""

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Final, NamedTuple

import asyncpg

from deploy.addresses import Addresses

SERVICES, MESSAGES = "services", "messages"
TICK: Final = 0.01
"""Seconds by which a file's time may be behind the clock that it was written by."""

INTAKE: Final = """
select subject::text, split_part(type, '.', 3), sequence, data::jsonb ->> 'purpose', id::text, 0.0, null::text
from ledger
where type in ('reintegration.intake.consent-given.v1', 'reintegration.intake.consent-withdrawn.v1')
   or type like 'reintegration.intake.%' and id = any($1::uuid[])
   or type = 'reintegration.intake.referral-requested.v1' and data::jsonb ->> 'kind' = 'other-service'
order by subject, sequence
"""
NOTIFICATIONS: Final = """
select subject::text, split_part(type, '.', 3), sequence, data::jsonb ->> 'purpose',
       coalesce(data::jsonb ->> 'about', ''), extract(epoch from time)::float8, data::jsonb ->> 'message'
from ledger
where subject in (select subject from ledger where type = 'reintegration.notifications.withdrawal-confirmed.v1')
order by subject, sequence
"""


class Fact(NamedTuple):
    """A fact of a ledger. `about`: of intake its id, of a message the id of the event it tells of; `at` in seconds
    since 1970."""

    subject: str
    fact: str
    sequence: int
    purpose: str | None
    about: str
    at: float
    message: str | None


async def unconsented(addresses: Addresses) -> dict[str, int]:
    """By name, how much left without consent."""
    told = await _facts(addresses.databases["notifications"], NOTIFICATIONS)
    about = [fact.about for fact in told if fact.about]
    intake = await _facts(addresses.databases["intake"], INTAKE, about)
    sent = {fact.message: at for fact in told if (at := _sent_at(Path(addresses.outbox), fact.message)) is not None}
    found = {
        "referral made without consent": referred(intake),
        "message sent after its withdrawal was recorded": messaged(intake, told, sent),
    }
    return {name: number for name, number in found.items() if number}


def referred(intake: Iterable[Fact]) -> int:
    """Referrals that were made between a withdrawal and the next consent; `intake` in the order of sequences."""
    agreed: dict[str, bool] = {}
    number = 0
    for fact in intake:
        if fact.purpose == SERVICES:
            agreed[fact.subject] = fact.fact == "consent-given"
        elif fact.fact == "referral-requested" and not agreed.get(fact.subject, False):
            number += 1
    return number


def messaged(intake: Iterable[Fact], told: Iterable[Fact], sent: Mapping[str | None, float]) -> int:
    """Messages that went out after notifications had recorded that she wants none, about what was before she agreed
    anew. `told`: notifications' facts in the order of sequences; `sent`: when each message's file was written."""
    facts = list(intake)
    at = {fact.about: fact.sequence for fact in facts}
    given: dict[str, int] = {}
    for fact in facts:
        if fact.purpose == MESSAGES and fact.fact == "consent-given":
            given[fact.subject] = fact.sequence
    withdrawn: set[str] = set()
    number = 0
    for fact in told:
        if fact.fact == "withdrawal-confirmed" and fact.purpose == MESSAGES:
            withdrawn.add(fact.subject)
        elif fact.fact == "message-delivered" and fact.subject in withdrawn:
            anew = given.get(fact.subject, 0) > _withdrawn_at(facts, fact.subject)
            after = fact.about not in at or at[fact.about] > given.get(fact.subject, 0)
            before_its_sender_ended = sent.get(fact.message, 0.0) < fact.at - TICK
            number += not (anew and after) and not before_its_sender_ended
    return number


def _withdrawn_at(intake: Iterable[Fact], subject: str) -> int:
    """The sequence of her last withdrawal."""
    return max(
        (
            fact.sequence
            for fact in intake
            if fact.subject == subject and fact.purpose == MESSAGES and fact.fact == "consent-withdrawn"
        ),
        default=0,
    )


def _sent_at(outbox: Path, message: str | None) -> float | None:
    """When a message's file was written, in seconds since 1970."""
    try:
        return (outbox / message[:2] / f"{message}.json").stat().st_mtime if message else None
    except FileNotFoundError:
        return None


async def _facts(url: str, query: str, *parameters: object) -> list[Fact]:
    connection = await asyncpg.connect(url, timeout=10, command_timeout=120)
    try:
        return [Fact(*row) for row in await connection.fetch(query, *parameters)]
    finally:
        await connection.close()
