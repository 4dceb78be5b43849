"""The moments of a case: a plan that should be approved by now, an assessment that is due."""

from collections.abc import Iterator, Sequence

from services.intake import questionnaires, storage
from services.intake.domain.assessments import MOMENT, pass_moment
from services.intake.handlers.noting import HANDLERS
from services.intake.storage import ASSESSMENTS, CASE_PLANS, CASES
from shared.database import Connection
from shared.kinds import Decision, Key, Timer, Working


def _case(timer: Timer) -> Iterator[Key]:
    yield CASES(timer.data["case"])
    yield CASE_PLANS(timer.data["case"])


async def _assessments(connection: Connection, timers: Sequence[Timer], working: Working) -> None:
    persons = sorted({timer.subject for timer in timers})
    working.facts["assessments"] = await storage.of_persons(connection, ASSESSMENTS, persons)


@HANDLERS.timer(MOMENT, keys=_case, look_up=_assessments)
def come_to_moment(working: Working, timer: Timer) -> Decision:
    """Say what is due or late now, and set the next moment."""
    caseid = timer.data["case"]
    known = {**working.facts["assessments"], **{each.assessment: each for each in working.every(ASSESSMENTS)}}
    return pass_moment(
        working.get(CASES, caseid),
        timer.data["moment"],
        working.find(CASE_PLANS, caseid),
        known.values(),
        questionnaires.norms(),
        working.today,
    )
