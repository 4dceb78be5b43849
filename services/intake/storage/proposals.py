"""What counsellors decided on answers of eligibility rules, and each scheme's last answer."""

from collections.abc import Collection
from typing import Final, NamedTuple

import orjson
from sqlalchemy import Column, DateTime, Table, Text

from services.intake.domain.eligibility import Answer
from services.intake.domain.proposals import Decided
from services.intake.storage.tables import METADATA, identifier
from shared.database import Connection
from shared.kinds import Kind

eligibility_decision = Table(
    "eligibility_decision",
    METADATA,
    identifier("evaluation", key=True),
    identifier("person"),
    identifier("caseid"),
    Column("scheme", Text),
    Column("decision", Text),
    Column("reason", Text),
    Column("decided_at", DateTime(timezone=True)),
    identifier("referral"),
)

DECISIONS = Kind(Decided, eligibility_decision, minted=True)

LATEST: Final = """
select distinct on (caseid, scheme) evaluation::text, caseid::text, scheme, rule, outcome, reason, missing::text
from evaluation where caseid = any($1::uuid[]) order by caseid, scheme, position desc
"""


class Latest(NamedTuple):
    """A scheme's last answer about a case."""

    evaluation: str
    answer: Answer


async def latest_answers(connection: Connection, cases: Collection[str]) -> dict[str, dict[str, Latest]]:
    """By case and scheme, the last answer; the cases' persons are locked, so that it stands."""
    found: dict[str, dict[str, Latest]] = {caseid: {} for caseid in cases}
    for evaluation, caseid, scheme, rule, outcome, reason, missing in await connection.fetch(LATEST, cases):
        answer = Answer(scheme, rule, outcome, reason, tuple(orjson.loads(missing)))
        found[caseid][scheme] = Latest(evaluation, answer)
    return found
