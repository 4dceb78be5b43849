"""A vacancy opened: once, however often an employer's row is sent."""

from datetime import datetime
from typing import Final

from services.employment.domain.model import Vacancy
from shared.events.employment import VacancyOpened
from shared.events.envelope import NewEvent
from shared.kinds import NOTHING, Decision, NewTimer
from shared.local_time import day
from shared.rejections import Conflict, Rejected

PROPOSE_VACANCY: Final = "propose-vacancy"
"""Timer of a vacancy: look for persons who fit it, a page at a time."""


def open_vacancy(known: Vacancy | None, wanted: Vacancy, now: datetime) -> Decision:
    """Open it, and begin to propose it. The same content again changes nothing.

    Raises Conflict `changed` (the employer's number was sent before with other content) and Rejected `past-date`.
    """
    if known is not None:
        if known._replace(taken=wanted.taken, opened_at=wanted.opened_at) != wanted:
            raise Conflict("changed", field="vacancy_no")
        return NOTHING
    if wanted.is_closed(day(now)):
        raise Rejected("past-date", field="closes")
    opened = VacancyOpened(
        employer=wanted.employer,
        occupation=wanted.occupation,
        skills=wanted.skills,
        commune=wanted.commune,
        seats=wanted.seats,
        wage_usd=wanted.wage_usd,
        closes=wanted.closes,
    )
    return Decision(
        changes=(wanted,),
        events=(NewEvent(wanted.vacancy, opened),),
        timers=(NewTimer(PROPOSE_VACANCY, wanted.vacancy, now),),
    )
