"""The clock of a referral that waits for its office: reminders, the lead, and the day on which it expires.

The norms are data: `clock.csv`, or the file that `REINTEGRATION_REFERRAL_CLOCK` names. One timer a referral is set, for
the next step alone; what the referral has had of its steps stands with it, so that no step is done twice, whatever the
machine's clock does.
"""

import csv
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime, timedelta
from functools import cache
from importlib.resources import files
from typing import Final, NamedTuple

from services.intake.domain.model import Referral
from shared.kinds import NewTimer

TIMER: Final = "referral-clock"
REMIND, ESCALATE, EXPIRE = "remind", "escalate", "expire"
STEPS: Final = (REMIND, ESCALATE, EXPIRE)
ANY_KIND: Final = "*"
PRIORITIES: Final = ("emergency", "urgent", "normal")
LAST_CHANCE: Final = timedelta(hours=24)
"""Nobody's referral expires sooner after a reminder that came late: the service was away, or its machine's clock was
put forward."""


class Step(NamedTuple):
    """What is done so long after the request."""

    after: timedelta
    act: str


Norms = Mapping[tuple[str, str], Sequence[Step]]
"""By kind (or `*`) and priority, the steps in their order."""


class Turn(NamedTuple):
    """What a clock that went off brings: how many steps are done with it, and when it goes off next, if ever."""

    steps: int
    remind: bool = False
    escalate: bool = False
    expire: bool = False
    next_at: datetime | None = None


class WrongNorms(ValueError):
    """Norms that cannot be used; the text says where."""


def read(lines: Iterable[str]) -> Norms:
    """Norms from a table of kind, priority, after_hours and step. Raises WrongNorms."""
    norms: dict[tuple[str, str], list[Step]] = {}
    for number, row in enumerate(csv.DictReader(lines), 2):
        try:
            hours = float(row["after_hours"])
            kind, priority, act = row["kind"], row["priority"], row["step"]
        except (KeyError, TypeError, ValueError):
            raise WrongNorms(f"line {number}: kind, priority, after_hours (a number) and step are needed") from None
        if priority not in PRIORITIES or act not in STEPS or not 0 < hours < 100_000:
            raise WrongNorms(
                f"line {number}: priority is one of {', '.join(PRIORITIES)}, step one of {', '.join(STEPS)}, "
                "after_hours more than 0"
            )
        norms.setdefault((kind, priority), []).append(Step(timedelta(hours=hours), act))
    for (kind, priority), steps in norms.items():
        if steps != sorted(steps, key=lambda step: step.after) or EXPIRE in [step.act for step in steps[:-1]]:
            raise WrongNorms(f"{kind}, {priority}: steps stand in the order of time, and nothing follows expire")
    if missing := [priority for priority in PRIORITIES if (ANY_KIND, priority) not in norms]:
        raise WrongNorms(f"kind * lacks the priority {missing[0]}")
    return norms


@cache
def shipped() -> Norms:
    """The norms of this build."""
    return read(files(__package__).joinpath("clock.csv").read_text(encoding="utf-8").splitlines())


_IN_FORCE: dict[str, Norms] = {}


def put_in_force(norms: Norms) -> None:
    """Use these norms in place of those shipped, from now on; timers that are set keep their hour."""
    _IN_FORCE["norms"] = norms


def norm(kind: str, priority: str) -> Sequence[Step]:
    """The steps for a kind and priority; a priority that the table does not know is `normal`."""
    norms = _IN_FORCE.get("norms") or shipped()
    for named in ((kind, priority), (ANY_KIND, priority), (kind, "normal")):
        if named in norms:
            return norms[named]
    return norms[ANY_KIND, "normal"]


def begun(referral: Referral) -> datetime:
    """When the clock began. Raises ValueError for a referral that was never requested."""
    if referral.requested_at is None:
        raise ValueError("a referral without the time of its request")
    return referral.requested_at


def due_at(kind: str, priority: str, requested_at: datetime) -> datetime | None:
    """By when an answer is due: when the lead is told that there is none."""
    return next((requested_at + step.after for step in norm(kind, priority) if step.act == ESCALATE), None)


def set_for(referral: Referral) -> tuple[NewTimer, ...]:
    """The timer of a referral just requested."""
    steps = norm(referral.kind, referral.priority)
    if not steps:
        return ()
    data = {"referral": referral.referral}
    return (NewTimer(TIMER, referral.person, begun(referral) + steps[0].after, data, caseid=referral.caseid),)


def turn(referral: Referral, now: datetime) -> Turn:
    """What is due of a referral that waits for its office.

    What came late comes together, each sort once. Expiry never comes in the same breath: an office that heard of no
    reminder gets `LAST_CHANCE` to answer it.
    """
    steps = norm(referral.kind, referral.priority)
    due = [step for step in steps[referral.steps :] if begun(referral) + step.after <= now]
    late = len(due) > 1 and due[-1].act == EXPIRE
    if late:
        due.pop()
    done = referral.steps + len(due)
    acts = {step.act for step in due}
    next_at = None
    if done < len(steps):
        next_at = now + LAST_CHANCE if late else begun(referral) + steps[done].after
    return Turn(done, REMIND in acts, ESCALATE in acts, EXPIRE in acts, next_at)
