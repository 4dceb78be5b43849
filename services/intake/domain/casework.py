"""What a counsellor does in a case, as aggregates: the fields of each are the columns of its table, the first its key.

No answers, names or free text stand here: those lie sealed in the identity store, under the same ids.
"""

from datetime import date
from typing import NamedTuple


class Assessment(NamedTuple):
    """An interview by a questionnaire. `moment`: entry, month-3, month-6, month-12, or extra. State: `due` from its day
    on, `recorded` once it was held; answers and scores are sealed."""

    assessment: str
    person: str
    caseid: str
    moment: str
    due_on: date
    state: str = "due"
    questionnaire: str | None = None
    held_on: date | None = None


class CasePlan(NamedTuple):
    """What the returnee and the centre set out to reach; one a case, its key the case's. State: see
    `caseplans.MOVES`.

    `revision` counts from 1 and grows when what was approved is changed. `given` says how the returnee agreed, signed
    or spoken; `reason` why the lead sent it back. `approve_by` is the last day for an approval.
    """

    caseid: str
    person: str
    approve_by: date
    state: str = "draft"
    revision: int = 1
    given: str | None = None
    agreed_on: date | None = None
    decided_on: date | None = None
    reason: str | None = None


class Goal(NamedTuple):
    """Something to reach by a day, by these services; what exactly is sealed. State: open, reached, dropped."""

    goal: str
    person: str
    caseid: str
    area: str
    services: tuple[str, ...]
    due_on: date
    state: str = "open"
    changed_on: date | None = None


class Session(NamedTuple):
    """A talk between counsellor and person. State: planned, held, missed, cancelled."""

    session: str
    person: str
    caseid: str
    kind: str
    mode: str
    planned_on: date
    state: str = "planned"
    changed_on: date | None = None


class Outreach(NamedTuple):
    """An attempt of the centre to reach the person. `follow_up_on`: when to try again, until that was done."""

    outreach: str
    person: str
    caseid: str
    channel: str
    made_on: date
    outcome: str
    follow_up_on: date | None = None


class Matter(NamedTuple):
    """A legal matter in which the centre helps: unpaid wages, a broker's fraud, or documents. State and what may
    follow: see `matters.MOVES`. `next_on` is the day by which the next step is due."""

    matter: str
    person: str
    caseid: str
    kind: str
    state: str
    next_on: date
    opened_on: date
    changed_on: date
    outcome: str | None = None
