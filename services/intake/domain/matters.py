"""Legal matters in which a centre helps: unpaid wages, a broker's fraud, documents. Each kind has steps of its own.

They are the centre's own work; a referral to a legal aid office has its life in `referrals` and may run beside it.
"""

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Final

from services.intake.domain.cases import require_open
from services.intake.domain.casework import Matter
from services.intake.domain.model import Case
from services.intake.domain.norms import Norms
from shared.events.casework import LegalMatterMoved
from shared.events.envelope import NewEvent
from shared.kinds import Decision
from shared.rejections import Absent, Conflict, Rejected

CLOSED: Final = "closed"

MOVES: Final[Mapping[str, Mapping[str, tuple[str, ...]]]] = {
    "unpaid-wages": {
        "opened": ("facts-recorded", CLOSED),
        "facts-recorded": ("claim-sent", CLOSED),
        "claim-sent": ("mediation", "court", CLOSED),
        "mediation": ("court", CLOSED),
        "court": (CLOSED,),
        CLOSED: (),
    },
    "broker-fraud": {
        "opened": ("facts-recorded", CLOSED),
        "facts-recorded": ("complaint-filed", CLOSED),
        "complaint-filed": ("investigated", "mediation", CLOSED),
        "investigated": ("mediation", "court", CLOSED),
        "mediation": ("court", CLOSED),
        "court": (CLOSED,),
        CLOSED: (),
    },
    "documents": {
        "opened": ("papers-gathered", CLOSED),
        "papers-gathered": ("application-filed", CLOSED),
        "application-filed": ("papers-gathered", CLOSED),
        CLOSED: (),
    },
}
"""By kind: from each step to those that may follow. An application comes back where a paper was missing."""

WITH_OTHERS: Final = frozenset(
    {"claim-sent", "complaint-filed", "investigated", "mediation", "court", "application-filed"}
)
"""Steps after which the centre waits for another office."""

OUTCOMES: Final[Mapping[str, tuple[str, ...]]] = {
    "unpaid-wages": ("paid", "partly-paid", "refused", "dropped"),
    "broker-fraud": ("settled", "judged", "refused", "dropped"),
    "documents": ("issued", "refused", "dropped"),
}
"""How each kind can end; before anything was sent to another office, only by being dropped."""

NEEDS: Final[Mapping[str, str]] = {
    "unpaid-wages": "unpaid-wages",
    "broker-fraud": "legal-aid",
    "documents": "identity-document",
}
"""The need that each kind answers, which is what others may know of it."""


def begin(case: Case, matter: str, kind: str, next_on: date | None, norms: Norms, today: date) -> Decision:
    """A matter is opened. Raises Rejected `past-date`, Conflict `case-closed`."""
    require_open(case)
    by = _by(next_on, "opened", norms, today)
    return _told(Matter(matter, case.person, case.caseid, kind, "opened", by, today, today))


def move(
    case: Case, matter: Matter | None, step: str, outcome: str | None, next_on: date | None, norms: Norms, today: date
) -> Decision:
    """A step was done; `closed` brings its outcome. It goes on in a closed case: a claim outlives the counselling.

    Raises Absent, Conflict `wrong-step` with the steps that may follow or the outcomes that may be, Rejected
    `past-date`.
    """
    if matter is None or matter.caseid != case.caseid:
        raise Absent
    allowed = MOVES[matter.kind][matter.state]
    if step not in allowed:
        raise Conflict("wrong-step", field="step", allowed=allowed)
    if step == CLOSED and outcome not in (possible := outcomes(matter)):
        raise Conflict("wrong-step", field="outcome", allowed=possible)
    return _told(
        matter._replace(state=step, outcome=outcome, changed_on=today, next_on=_by(next_on, step, norms, today))
    )


def outcomes(matter: Matter) -> tuple[str, ...]:
    """How the matter can end from where it is."""
    return OUTCOMES[matter.kind] if matter.state in WITH_OTHERS else ("dropped",)


def waits_on(state: str) -> str:
    """Who does the next step: `counsellor` or `office`."""
    return "office" if state in WITH_OTHERS else "counsellor"


def _by(next_on: date | None, step: str, norms: Norms, today: date) -> date:
    if next_on is not None and next_on < today:
        raise Rejected("past-date", field="next_on")
    if next_on is not None:
        return next_on
    return today + timedelta(days=norms.matter_answer if step in WITH_OTHERS else norms.matter_step)


def _told(matter: Matter) -> Decision:
    fact = LegalMatterMoved(matter=matter.matter, need=NEEDS[matter.kind], state=matter.state)
    return Decision((matter,), (NewEvent(matter.person, fact, matter.caseid),))
