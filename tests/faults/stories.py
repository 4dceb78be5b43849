"""Made-up persons and everything that four owners tell of them, consistent, so that what belongs together joins.

What intake tells comes from its own rules, so that the same story also gives the rows that intake holds. What others
tell is made from their contracts. Records stand in the order in which things happened; each owner's sequence of a
person is whole.
"""

import random
from collections import Counter
from collections.abc import Sequence
from datetime import timedelta
from typing import Any, Final
from uuid import UUID

from services.intake.domain import (
    conflicts,
    consents,
    offices,
    partial,
    placements,
    referrals,
    registration,
    rerouting,
    withdrawals,
)
from services.intake.domain.model import Case, Identity, Offer, Person, Referral
from services.intake.domain.registration import Ids
from services.intake.domain.rerouting import Situation
from services.intake.domain.rows import Form
from services.intake.domain.withdrawals import EndedConsent
from shared import referral_codes
from shared.events.confirming import ConfirmedByEmployment, ConfirmedByNotifications, ConfirmedByTraining
from shared.events.decoding import KeptRecord
from shared.events.employment import MatchAccepted, MatchDeclined, MatchProposed, PlacementConfirmed, Reason
from shared.events.envelope import Contract, NewEvent
from shared.events.notifications import MessageDelivered, MessageFailed
from shared.events.training import (
    CompletionRecorded,
    PriorLearningDecided,
    SeatRefused,
    SeatReserved,
    SkillsRecognised,
)
from shared.kinds import Decision
from shared.local_time import day
from shared.work import utc_now
from tests.integration.core.speaking import id_of, record

NOW: Final = utc_now()
TODAY: Final = day(NOW)
STARTS: Final = TODAY + timedelta(days=20)

TRADES: Final = {
    # sector, occupation, commune, centre, what the course of it teaches
    "masonry-a": ("construction", "7112", "150101", "pursat", ("bricklaying", "plastering")),
    "welding-a": ("metalwork", "7212", "220101", "oddar-meanchey", ("arc-welding", "metal-cutting")),
    "sewing-a": ("garment", "7531", "130101", "preah-vihear", ("machine-sewing", "pattern-cutting")),
}
CROWDED, UNKNOWN = "literacy-a", "business-a"
"""Courses for everyone: one with few seats, and one that training never heard of."""
OFFERS: Final = [
    *[
        Offer(course, f"provider-{course}", course, course, sector, occupation, commune[:2], skills, closed=False)
        for course, (sector, occupation, commune, _, skills) in TRADES.items()
    ],
    Offer(CROWDED, "provider-c", CROWDED, CROWDED, "general", None, None, ("khmer-literacy",), closed=False),
    Offer(UNKNOWN, "provider-c", UNKNOWN, UNKNOWN, "general", None, None, ("business-planning",), closed=False),
]
VACANCIES: Final = [
    # number, occupation, skills, commune
    ("1", "7112", ("bricklaying",), "150101"),
    ("2", "7112", ("bricklaying", "plastering"), "150201"),
    ("3", "7112", ("bricklaying", "scaffolding"), "220101"),
    ("4", "7115", ("scaffolding", "plastering"), "150101"),
    ("5", "7212", ("arc-welding",), "220101"),
    ("6", "7212", ("arc-welding", "metal-cutting"), "130101"),
    ("7", "7531", ("machine-sewing",), "130101"),
    ("8", "7531", ("machine-sewing", "teamwork"), "150101"),
]
EMPLOYER: Final = "lotus-works"


class Story:
    """One person. `seed` holds intake's rows as its commands left them, `commanded` the facts that these recorded;
    `held` the same rows as they became by what others told."""

    def __init__(self, number: int, chance: random.Random) -> None:
        self.number = number
        self.person = drawn_id(chance)
        self.records: list[KeptRecord] = []
        self.seed: dict[str, Any] = {}
        self.commanded: list[NewEvent] = []
        self.held: dict[str, Any] = {}
        self.case = ""
        self.chance = chance
        self._course = list(TRADES)[number % len(TRADES)]
        self._sequences: Counter[str] = Counter()

    def tell(self, data: Contract, because: str | None = None) -> str:
        """A fact about her case; returns the event's id."""
        return self._tell(NewEvent(self.person, data, self.case), because)

    def _tell(self, event: NewEvent, because: str | None) -> str:
        self._sequences[event.data.owner] += 1
        told = record(
            self.person,
            self._sequences[event.data.owner],
            event.data,
            topic=event.data.topic,
            id=drawn_id(self.chance),
            source=f"/reintegration/{event.data.owner}",
            caseid=event.caseid,
            correlationid=self.case,
            causationid=because,
        )
        self.records.append(told)
        return id_of(told)

    def command(self, decision: Decision) -> None:
        """Intake did this of its own."""
        rows = {row[0]: row for row in decision.changes}
        self.held |= rows
        self.seed |= rows
        self.commanded += decision.events
        for event in decision.events:
            self._tell(event, None)

    def follow(self, decision: Decision, because: str) -> None:
        """Intake did this because of what another told."""
        self.held |= {row[0]: row for row in decision.changes}
        for event in decision.events:
            self._tell(event, because)

    def register(self, *needs: str, agreed: Sequence[str] = (), phone: bool = True) -> None:
        """A return, with the referrals that her needs ask for."""
        sector, occupation, commune, centre, skills = TRADES[self._course]
        known = self.held.get(self.person)
        self.case = drawn_id(self.chance)
        form = Form(
            form_no=f"{centre}-{self.number}-{len(self.records)}",
            identity=Identity(phone="+85519000001" if phone else None, phone_owner="self" if phone else None),
            sex=("female", "male")[self.number % 2],
            language=("km", "en")[self.number // 2 % 2],
            id_missing_reason=None,
            commune=commune,
            return_date=None,
            border_point=None,
            sector=sector,
            occupation=occupation,
            skills=skills[:1],
            needs=needs,
            consent=tuple(agreed or ("services", "employment", "messages", "social-protection")),
            consent_given="signed",
            debt_usd=None,
        )
        ids = Ids(self.person, self.case, drawn_id(self.chance), drawn_id(self.chance))
        prepared = registration.prepare(form, ids, centre, known, OFFERS, TODAY)
        codes = (referral_codes.mint(self.chance.randrange) for _ in prepared.proposal.wanted)
        self.command(registration.register(prepared, codes, NOW))

    def corrected(self) -> None:
        """Two counsellors correct where she lives: the first one's word stands, the other's runs out undecided."""
        case = self.file()
        self.command(partial.change_case(case, case._replace(commune="150201", version=2)))
        opened = conflicts.Conflict(
            drawn_id(self.chance), "case", self.person, self.case, None, "somebody", ("commune",), 1, None, NOW, NOW
        )
        self.command(conflicts.open_(opened))
        self.command(conflicts.expire(opened, NOW))

    def who(self) -> Person:
        person: Person = self.held[self.person]
        return person

    def file(self) -> Case:
        case: Case = self.held[self.case]
        return case

    def referral(self, kind: str) -> Referral:
        """The referral of this kind in her case."""
        (found,) = [each for each in self.referrals() if each.kind == kind]
        return found

    def referrals(self) -> list[Referral]:
        """All of her case."""
        return [row for row in self.held.values() if isinstance(row, Referral) and row.caseid == self.case]

    def seated(self) -> None:
        course = self.referral("course")
        because = self.tell(SeatReserved(**_course(course), starts=STARTS))
        self.follow(referrals.accept(course, TODAY), because)
        self.hears("seat-reserved", because)

    def refused(self, reason: str) -> None:
        course = self.referral("course")
        because = self.tell(SeatRefused(**_course(course), reason=reason))
        # Nobody else is asked: the service that hears of it has no offers.
        around = Situation(self.who(), self.file(), self.referrals(), (), offices.NONE)
        self.follow(rerouting.refuse(course, reason, around, iter(()), NOW), because)
        self.hears("seat-refused", because)

    def completes(self, result: str = "passed") -> None:
        course = self.referral("course")
        recorded = CompletionRecorded(**_course(course), completed_on=TODAY, result=result)
        because = self.tell(recorded)
        if result == "passed":
            skills = next(offer.skills for offer in OFFERS if offer.course == course.course)
            evidence = SkillsRecognised(skills=skills, via="completion", evidence=course.referral)
            self.hears("skills-recognised", self.tell(evidence, because))
        self.follow(referrals.complete(course, result, TODAY), because)

    def assessed(self, *skills: str) -> None:
        prior = self.referral("prior-learning")
        decided = PriorLearningDecided(
            application=prior.referral,
            referral=prior.referral,
            code=prior.code,
            occupation=prior.occupation or "",
            decision="partly-recognised",
            skills=skills,
            gaps=("teamwork",),
        )
        because = self.tell(decided)
        self.tell(SkillsRecognised(skills=skills, via="prior-learning", evidence=prior.referral), because)
        self.follow(referrals.complete(prior, decided.decision, TODAY), because)

    def proposed(self) -> dict[str, Any]:
        """A match; returns its ids."""
        _, occupation, commune, *_ = TRADES[self._course]
        match: dict[str, Any] = {"match": drawn_id(self.chance), "vacancy": drawn_id(self.chance)}
        points = (Reason(name="skills", points=30), Reason(name="place", points=25))
        told = MatchProposed(
            **match, occupation=occupation, commune=commune, score=55, reasons=points, rules="matching-1"
        )
        because = self.tell(told)
        self.follow(placements.take_up(self.referrals(), TODAY), because)
        self.hears("match-proposed", because)
        return match

    def declines(self, match: dict[str, Any]) -> None:
        self.tell(MatchDeclined(**match, reason="too-far"))

    def placed(self, match: dict[str, Any], engagement: str = "employee") -> None:
        _, occupation, commune, *_ = TRADES[self._course]
        self.tell(MatchAccepted(**match))
        where = {"employer": EMPLOYER, "occupation": occupation, "commune": commune}
        confirmed = PlacementConfirmed(**match, **where, starts=STARTS, engagement=engagement)
        because = self.tell(confirmed)
        codes = (referral_codes.mint(self.chance.randrange) for _ in range(1))
        self.follow(
            placements.receive(self.who(), self.file(), self.referrals(), confirmed, because, codes, NOW), because
        )

    def withdraws(self, purpose: str) -> None:
        """Her consent ends, and every holder says that it has ended there."""
        self.command(consents.take_back(self.referrals(), purpose, "consent-withdrawn", TODAY))
        self.command(consents.withdraw(self.who(), purpose, NOW, timedelta(hours=1)))
        withdrawal = id_of(self.records[-1])
        over = next(row for row in self.held.values() if isinstance(row, EndedConsent) and row.purpose == purpose)
        for contract in (ConfirmedByTraining, ConfirmedByEmployment, ConfirmedByNotifications):
            because = self.tell(contract(withdrawal=withdrawal, purpose=purpose, consent=over.consent), withdrawal)
            self.follow(withdrawals.confirm(self.held[over.consent], contract.owner, NOW), because)

    def hears(self, template: str, about: str) -> None:
        """Of a message that went out, or could not; of none where she did not agree to any."""
        person = self.who()
        if "messages" not in person.consents:
            return
        named = {"message": drawn_id(self.chance), "template": template, "about": about}
        message = {**named, "channel": person.channel, "language": person.language}
        unreachable = person.channel == "none"
        self.tell(MessageFailed(**message, reason="unreachable") if unreachable else MessageDelivered(**message), about)


def type_of(told: KeptRecord) -> str:
    return dict(told.headers)["ce_type"].decode()  # type: ignore[union-attr]


def drawn_id(chance: random.Random) -> str:
    return str(UUID(int=chance.getrandbits(128), version=4))


def _course(referral: Referral) -> dict[str, Any]:
    return {name: getattr(referral, name) for name in ("referral", "code", "course", "provider")}
