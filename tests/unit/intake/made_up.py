"""Made-up forms, persons, cases, offers and referrals for the tests of intake's rules."""

import itertools
from collections.abc import Iterator
from datetime import UTC, date, datetime
from typing import Any

from services.intake.domain.model import Case, Offer, Person, Referral
from shared import referral_codes

NOW = datetime(2026, 11, 24, 9, 30, tzinfo=UTC)
TODAY = NOW.date()

PERSON = "0190a000-0000-7000-8000-000000000001"
CASE = "0190a000-0000-7000-8000-0000000000c1"
CONTACT = "0190a000-0000-7000-8000-0000000000d1"
PLAN = "0190a000-0000-7000-8000-0000000000e1"
ORIGIN = "0190a000-0000-7000-8000-0000000000f1"
"""Some event or plan that things follow from."""

SIGNED: dict[str, str | None] = {
    "given": "signed",
    "text_version": "form-1",
    "expires": None,
    "consent": "0190a000-0000-7000-8000-0000000000f2",
    "given_at": None,
}


def fields(**changed: str) -> dict[str, str]:
    """A line of the form as typed, complete and right; `changed` cells replace its own."""
    return {
        "form_no": "PS-0001",
        "name_km": "គំរូ ស្វាយខៀវ",
        "name_latin": "Kumru Svay Khiev",
        "sex": "female",
        "birth_date": "12/05/1990",
        "phone": "019 000 001",
        "phone_owner": "self",
        "language": "km",
        "id_number": "099000137",
        "id_missing_reason": "",
        "commune": "150101",
        "return_date": "2025-08-02",
        "border_point": "poipet",
        "sector_abroad": "construction",
        "occupation": "7112",
        "skills": "bricklaying; plastering",
        "needs": "training;job",
        "consent": "services;employment;messages;social-protection",
        "consent_given": "signed",
        "debt_usd": "5,500",
        "note": "met at the job fair",
    } | changed


def person(*agreed: str, **changed: Any) -> Person:
    """A person who agrees to these purposes, for ever."""
    made = Person(PERSON, "pursat", CASE, "female", CONTACT, "sms", "km", dict.fromkeys(agreed, SIGNED))
    return made._replace(**changed)


def case(*needs: str, **changed: Any) -> Case:
    """An open case in Pursat, of somebody who laid bricks, with these needs assessed."""
    made = Case(
        CASE,
        PERSON,
        "pursat",
        TODAY,
        "150101",
        date(2025, 8, 2),
        "poipet",
        "construction",
        "7112",
        ("bricklaying",),
        None,
        5_500,
        needs=needs,
    )
    return made._replace(**changed)


def offer(course: str, **changed: Any) -> Offer:
    """A masonry course in Pursat."""
    made = Offer(
        course,
        "provider-a",
        "Masonry",
        "ជាងសំណង់",
        "construction",
        "7112",
        "15",
        ("bricklaying", "plastering"),
        closed=False,
    )
    return made._replace(**changed)


def referral(kind: str = "course", state: str = "requested", **changed: Any) -> Referral:
    """A referral of the made-up case."""
    made = Referral(
        "0190a000-0000-7000-8000-0000000000a1",
        "4821-0937-5518",
        PERSON,
        CASE,
        kind,
        kind,
        "services",
        TODAY,
        state=state,
        changed_on=TODAY,
        requested_at=NOW,
    )
    return made._replace(**changed)


def codes() -> Iterator[str]:
    """Referral codes without end, each another."""
    drawn = itertools.count()
    while True:
        yield referral_codes.mint(lambda _: next(drawn))


PLACEMENT = {
    "match": "0190a000-0000-7000-8000-0000000000b1",
    "employer": "lotus-works",
    "occupation": "7112",
    "starts": "2026-12-01",
    "engagement": "employee",
}
