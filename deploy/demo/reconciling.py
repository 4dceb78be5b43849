"""Stages of the pilot, each counted from every side that knows of it; the counts must not differ by one.

Sides of a stage: what the files planned, what services answered when it was done, the rows of the service that owns it,
the events in its topic, and the rows of other services that heard of it.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final, NamedTuple

from deploy.addresses import Addresses
from deploy.demo import deciding, protecting, referring, sending
from deploy.demo.evidence import Published, Rows
from deploy.demo.journal import ALL, Journal

INTAKE, TRAINING, EMPLOYMENT, NOTIFICATIONS = "intake", "training", "employment", "notifications"


class Fact(NamedTuple):
    """Events to count: a fact whose data has these values. `persons`: each person once."""

    fact: str
    values: Mapping[str, str] = {}
    persons: bool = False

    def tells(self, event: Published) -> bool:
        return event.fact == self.fact and all(event.data.get(name) == value for name, value in self.values.items())


class Stage(NamedTuple):
    """A stage, the events that tell it, less those of `without`, and the queries of (person, number) that count it in
    rows, by service, or by service and what is counted."""

    name: str
    fact: Fact | None
    rows: Mapping[str, str] = {}
    without: Fact | None = None


def _some(table: str, condition: str = "true", number: str = "count(*)") -> str:
    return f"select person::text, {number} from {table} where {condition} group by person"  # noqa: S608 - own tables


def _referrals(kind: str, states: str = "") -> str:
    return _some("referral", f"kind = '{kind}'" + (f" and state in ({states})" if states else ""))


def _referred(name: str, kind: str, **rows: str) -> Stage:
    return Stage(
        f"referred: {name}", Fact("intake.referral-requested", {"kind": kind}), {INTAKE: _referrals(kind), **rows}
    )


REFUSED_A_SEAT: Final = (
    "kind = 'course' and (state = 'rejected' or state = 're-routed' and reason is distinct from 'unanswered')"
)
"""In intake: also where another course was asked then."""

STAGES: Final = (
    Stage(
        sending.REGISTERED,
        Fact("intake.case-registered"),
        {
            INTAKE: _some("cases"),
            EMPLOYMENT: _some("seeker", "centres <> '[]'"),
            NOTIFICATIONS: _some("recipient", "centres <> '[]'"),
        },
    ),
    Stage("contact known", Fact("intake.contact-changed"), {NOTIFICATIONS: _some("recipient", "contact is not null")}),
    Stage(
        "agrees to messages",
        Fact("intake.consent-given", {"purpose": "messages"}),
        {INTAKE: _some("person", "consents ? 'messages'"), NOTIFICATIONS: _some("recipient", "consented")},
        Fact("intake.consent-withdrawn", {"purpose": "messages"}),
    ),
    Stage(
        "agrees to a search for work",
        Fact("intake.consent-given", {"purpose": "employment"}),
        {INTAKE: _some("person", "consents ? 'employment'"), EMPLOYMENT: _some("seeker", "consent")},
        Fact("intake.consent-withdrawn", {"purpose": "employment"}),
    ),
    Stage(deciding.UNCONSENTED, Fact("intake.consent-withdrawn")),
    Stage("needs assessed", Fact("intake.needs-assessed"), {INTAKE: _some("cases", "needs is not null")}),
    Stage("plan agreed", Fact("intake.plan-agreed"), {INTAKE: _some("plan")}),
    _referred("course", "course", training=_referrals("course")),
    _referred("recognition of prior learning", "prior-learning", training=_referrals("prior-learning")),
    _referred("employment", "employment"),
    _referred("legal assistance", "legal-assistance"),
    _referred("social protection", "social-protection"),
    Stage(
        "referred: a place to stay",
        Fact("intake.referral-requested", {"kind": "other-service"}),
        {INTAKE: _referrals("shelter")},
    ),
    Stage(protecting.DECIDED, Fact("intake.eligibility-decided"), {INTAKE: _some("eligibility_decision")}),
    Stage(
        referring.SERVED,
        Fact("intake.referral-completed", {"kind": "other-service"}),
        {INTAKE: _referrals("shelter", "'completed'")},
    ),
    Stage(
        referring.RUN_OUT,
        Fact("intake.referral-expired"),
        {INTAKE: _some("referral", "reason = 'unanswered'")},
    ),
    Stage(referring.FAILED, Fact("intake.referral-failed"), {INTAKE: _some("referral", "state = 'failed'")}),
    Stage(
        "sent on to another provider",
        Fact("intake.referral-rerouted"),
        {INTAKE: _some("referral", "rerouted_to is not null")},
    ),
    Stage("seat reserved", Fact("training.seat-reserved")),
    Stage(
        "seat refused",
        Fact("training.seat-refused"),
        {TRAINING: _referrals("course", "'refused'"), INTAKE: _some("referral", REFUSED_A_SEAT)},
    ),
    Stage("referral withdrawn", Fact("intake.referral-withdrawn"), {INTAKE: _some("referral", "state = 'withdrawn'")}),
    Stage(deciding.CLOSED, Fact("intake.case-closed"), {INTAKE: _some("cases", "state = 'closed'")}),
    Stage(
        sending.COMPLETED,
        Fact("training.completion-recorded"),
        {TRAINING: _referrals("course", "'completed'"), INTAKE: _referrals("course", "'completed'")},
    ),
    Stage(sending.WAITING, None, {TRAINING: "select '', count(*) from referral where state = 'unheard'"}),
    Stage(
        sending.LEARNT,
        Fact("training.skills-recognised", {"via": "completion"}),
        {TRAINING: _some("referral", "kind = 'course' and skills <> '[]'")},
    ),
    Stage(
        deciding.ASSESSED,
        Fact("training.prior-learning-decided"),
        {TRAINING: _referrals("prior-learning", "'completed'"), INTAKE: _referrals("prior-learning", "'completed'")},
    ),
    Stage(
        "persons with recognised skills",
        Fact("training.skills-recognised", persons=True),
        {EMPLOYMENT: _some("seeker", "skills <> '[]'")},
    ),
    Stage(sending.OPENED, None, {EMPLOYMENT: "select '', count(*) from vacancy"}),
    Stage("match proposed", Fact("employment.match-proposed"), {EMPLOYMENT: _some("match")}),
    Stage(
        deciding.ACCEPTED,
        Fact("employment.match-accepted"),
        {EMPLOYMENT: _some("match", "state in ('accepted', 'placed')")},
    ),
    Stage(deciding.DECLINED, Fact("employment.match-declined"), {EMPLOYMENT: _some("match", "state = 'declined'")}),
    Stage(
        deciding.PLACED,
        Fact("employment.placement-confirmed"),
        {EMPLOYMENT: _some("match", "state = 'placed'"), INTAKE: _some("cases", "placement is not null")},
    ),
    Stage(
        deciding.PROTECTED,
        Fact("intake.referral-accepted", {"kind": "social-protection"}),
        {INTAKE: _referrals("social-protection", "'accepted'")},
    ),
    Stage(
        deciding.UNPROTECTED,
        Fact("intake.referral-rejected", {"kind": "social-protection"}),
        {INTAKE: _referrals("social-protection", "'rejected'")},
    ),
    Stage(
        "message delivered",
        Fact("notifications.message-delivered"),
        {NOTIFICATIONS: _some("message", "state = 'delivered'")},
    ),
    Stage(
        "message failed", Fact("notifications.message-failed"), {NOTIFICATIONS: _some("message", "state = 'failed'")}
    ),
)


@dataclass(frozen=True)
class Line:
    """A stage with its numbers from each side, by centre."""

    name: str
    sides: Mapping[str, Counter[str]]

    @property
    def difference(self) -> int:
        """By how much the sides differ, over all centres; a side without centres is held against the sum of another."""
        split = [side for side in self.sides.values() if ALL not in side]
        centres = {centre for side in split for centre in side}
        apart = sum(max(side[centre] for side in split) - min(side[centre] for side in split) for centre in centres)
        totals = [side.total() for side in self.sides.values()]
        return apart or max(totals) - min(totals)

    @property
    def by_centre(self) -> Counter[str]:
        """The numbers to show: those of the first side that knows the centres."""
        return next((side for side in self.sides.values() if ALL not in side), next(iter(self.sides.values())))

    def as_json(self) -> dict[str, Any]:
        sides = {
            name: {centre or "together": number for centre, number in side.items()} for name, side in self.sides.items()
        }
        return {"stage": self.name, "difference": self.difference, "sides": sides}


def reconcile(addresses: Addresses, journal: Journal, events: Sequence[Published]) -> list[Line]:
    """Count every stage from every side."""
    centres = {person: each.centre for person, each in journal.persons.items()} | {"": ALL}
    rows = Rows(addresses, centres)
    queries = {
        (service.partition(",")[0], f"{service} {stage.name}"): query
        for stage in STAGES
        for service, query in stage.rows.items()
    }
    heard = {(INTAKE, f"heard {fact}"): _heard(fact) for fact in _facts_of_others()}
    answers = rows.count({**queries, **heard})
    letters = _letters(addresses, rows)
    lines = []
    for stage in STAGES:
        sides: dict[str, Counter[str]] = {}
        if (planned := journal.planned.get(stage.name)) is not None:
            sides["planned"] = planned
        if (answered := journal.answered.get(stage.name)) is not None:
            sides["answered"] = answered
        for service in stage.rows:
            sides[f"rows of {service}"] = answers[service.partition(",")[0], f"{service} {stage.name}"]
        if stage.fact is not None:
            sides["events"] = rows.by_centre(_counted(stage.fact, stage.without, events).items())
            whole = stage.fact == Fact(stage.fact.fact) and stage.without is None
            if whole and (INTAKE, f"heard {stage.fact.fact}") in answers:
                sides["heard by intake"] = answers[INTAKE, f"heard {stage.fact.fact}"]
        if stage.name == "message delivered":
            sides["files handed out"] = letters
        lines.append(Line(stage.name, sides))
    return lines


def _facts_of_others() -> set[str]:
    return {stage.fact.fact for stage in STAGES if stage.fact is not None and not stage.fact.fact.startswith("intake.")}


def _heard(fact: str) -> str:
    return _some("heard", f"type = 'reintegration.{fact}.v1'")


def _counted(wanted: Fact, without: Fact | None, events: Iterable[Published]) -> Counter[str]:
    """Events by person."""
    counted: Counter[str] = Counter()
    for event in events:
        if wanted.tells(event):
            counted[event.subject] += 1
        elif without is not None and without.tells(event):
            counted[event.subject] -= 1
    return Counter(dict.fromkeys(counted, 1)) if wanted.persons else counted


def _letters(addresses: Addresses, rows: Rows) -> Counter[str]:
    """Messages in the local channel's folder; each file is named by the message, whose row names the person."""
    handed = {path.stem for path in Path(addresses.outbox).glob("*/*.json")}
    return rows.chosen(NOTIFICATIONS, "select person::text, message::text from message", handed)
