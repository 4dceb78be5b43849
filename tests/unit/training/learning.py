"""Training's aggregates in memory, changed as the core would; and made-up referrals."""

import uuid
from datetime import UTC, date, datetime
from typing import Any

from services.training.domain import completions
from services.training.domain.model import Completion, Course, Referral
from services.training.handlers import HANDLERS
from services.training.storage import COURSES, REFERRALS
from shared import referral_codes
from shared.events.envelope import Contract, Event
from shared.events.intake import ReferralExpired, ReferralRequested, ReferralWithdrawn
from shared.kinds import Decision, Working

NOW = datetime(2026, 5, 4, 8, tzinfo=UTC)
SKILLS = ("arc-welding", "metal-cutting")
MASONRY = ("bricklaying", "plastering")


def course(name: str = "welding-basic", seats: int = 2, **changed: Any) -> Course:
    offered = Course(name, "provider-a", "Welding", "ផ្សារដែក", "7212", SKILLS, seats, 0, date(2026, 6, 1), False)
    return offered._replace(**changed)


def code(number: int) -> str:
    return referral_codes.mint(lambda _: number)


def identity(*parts: object) -> str:
    return str(uuid.uuid5(uuid.NAMESPACE_OID, repr(parts)))


class Training:
    """What training holds, and the facts it recorded, in order."""

    def __init__(self, *courses: Course) -> None:
        self.working = Working(NOW)
        self.working._held[COURSES] = {each.course: each for each in courses}
        self.working._held[REFERRALS] = {}
        self.facts: list[Contract] = []
        self.came_all_the_same: set[str | None] = set()
        """Referrals that were completed after they had run out; their seats were given back before."""
        self._heard = 0

    def course(self, name: str = "welding-basic") -> Course:
        return self.working.get(COURSES, name)

    def referral(self, number: int) -> Referral:
        """The referral, made where it is first heard of, as its kind says."""
        held = self.working._held[REFERRALS]
        return held.setdefault(code(number), Referral(code(number)))  # type: ignore[no-any-return]

    def request(self, number: int, name: str | None = "welding-basic", kind: str = "course", **more: Any) -> None:
        referral = {"referral": identity("referral", number), "code": code(number)}
        self._hear(number, ReferralRequested(**referral, kind=kind, provider="provider-a", course=name, **more))

    def withdraw(self, number: int, name: str | None = "welding-basic", kind: str = "course") -> None:
        referral = {"referral": identity("referral", number), "code": code(number)}
        self._hear(number, ReferralWithdrawn(**referral, kind=kind, reason="other", course=name))

    def expire(self, number: int, name: str | None = "welding-basic", kind: str = "course") -> None:
        referral = {"referral": identity("referral", number), "code": code(number)}
        self._hear(number, ReferralExpired(**referral, kind=kind, course=name))

    def complete(self, number: int, name: str = "welding-basic", result: str = "passed", **more: Any) -> Decision:
        completion = Completion(code(number), name, more.pop("on", date(2026, 5, 3)), result, **more)
        decision = completions.record_completion(self.referral(number), self.course(name), completion)
        self.take(decision)
        return decision

    def take(self, decision: Decision) -> None:
        self.facts += [fact.data for fact in decision.events]
        for change in decision.changes:
            kind = COURSES if isinstance(change, Course) else REFERRALS
            self.working._held[kind][change[0]] = change

    def told(self) -> list[str]:
        """The names of the facts recorded."""
        return [fact.fact for fact in self.facts]

    def _hear(self, number: int, data: Contract) -> None:
        self.referral(number)
        self._heard += 1
        person, case = identity("person", number), identity("case", number)
        event = Event(identity(self._heard), data.type, person, self._heard, NOW, case, identity(0), None, None, data)
        self.take(HANDLERS.events[type(data)].decide(self.working, event))
