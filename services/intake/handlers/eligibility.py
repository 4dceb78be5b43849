"""Rules that changed, or a job that was found, make the rules of social protection be asked about a case again."""

import uuid
from collections.abc import Sequence
from typing import Any, Final

from services.intake import circumstances
from services.intake.domain import eligibility, proposals
from services.intake.domain.eligibility import Answer
from services.intake.domain.model import Evaluation
from services.intake.domain.proposals import EVALUATE, PAGE, PAGE_SIZE
from services.intake.handlers.noting import HANDLERS
from services.intake.storage import CASES
from services.intake.storage.proposals import latest_answers
from shared.database import Connection
from shared.kinds import Decision, Timer, Working

OPEN_CASES: Final = """
select caseid::text, person::text from cases where caseid > $1 and state = 'open' order by caseid limit $2
"""
PAGES: Final = "pages of open cases"
SAID: Final = "facts by person"
LATEST: Final = "last answers by case and scheme"


async def _next_cases(connection: Connection, timers: Sequence[Timer], working: Working) -> None:
    pages: dict[int, Any] = {}
    for timer in timers:
        rows = await connection.fetch(OPEN_CASES, timer.data["after"], PAGE_SIZE)
        pages[timer.number] = [(row[0], row[1]) for row in rows]
    working.facts[PAGES] = pages


@HANDLERS.timer(PAGE, look_up=_next_cases)
def turn_page(working: Working, timer: Timer) -> Decision:
    """A timer for each open case of the page."""
    return proposals.turn_page(timer.data, working.facts[PAGES][timer.number], working.now)


async def _circumstances(connection: Connection, timers: Sequence[Timer], working: Working) -> None:
    persons = sorted({timer.subject for timer in timers})
    cases = sorted({timer.caseid for timer in timers if timer.caseid is not None})
    working.facts[SAID] = await circumstances.facts_of(connection, persons, working.today)
    working.facts[LATEST] = {
        caseid: {scheme: last.answer for scheme, last in schemes.items()}
        for caseid, schemes in (await latest_answers(connection, cases)).items()
    }


@HANDLERS.timer(EVALUATE, keys=lambda timer: [CASES(timer.caseid or "")], look_up=_circumstances)
def evaluate_case(working: Working, timer: Timer) -> Decision:
    """Answers that are new are kept and told."""
    case = working.get(CASES, timer.caseid or "")
    latest: dict[str, Answer] = working.facts[LATEST][case.caseid]
    known = {**working.facts[SAID][timer.subject], **eligibility.facts_of(case)}
    origin = str(uuid.uuid5(uuid.UUID(timer.correlationid), str(timer.number)))
    decision = proposals.evaluate(case, known, latest, timer.data["because"], origin, working.now)
    for kept in decision.changes:  # what was looked up before the batch, brought up to this decision
        if isinstance(kept, Evaluation):
            latest[kept.scheme] = Answer(kept.scheme, kept.rule, kept.outcome, kept.reason, kept.missing)
    return decision
