"""Somebody taken up with little, and what others learn when more is known."""

from datetime import date
from typing import Any

import pytest

from services.intake.domain import partial
from services.intake.domain.registration import Ids
from shared.events.intake import CaseRegistered, ContactChanged
from shared.events.records import CaseChanged
from shared.kinds import NOTHING
from tests.unit.intake.made_up import CASE, CONTACT, PERSON, PLAN, TODAY, case, person

IDS = Ids(PERSON, CASE, CONTACT, PLAN)


@pytest.mark.parametrize(
    ("fields", "channel"),
    [
        ({}, "none"),
        ({"phone": "+85519000001", "phone_owner": "self"}, "sms"),
        ({"phone": "+85519000001", "phone_owner": "neighbour"}, "voice"),
        ({"phone": "+85519000001"}, "voice"),
    ],
)
def test_whoever_owns_the_phone_decides_on_the_channel(fields: dict[str, Any], channel: str) -> None:
    made, known = partial.person_of(IDS, "pursat", fields)
    assert (made.channel, made.language, made.version, made.consents) == (channel, "km", 1, {})
    assert known.phone == fields.get("phone")


def test_others_learn_of_the_case_and_an_opaque_contact() -> None:
    who, _ = partial.person_of(IDS, "pursat", {"name_latin": "Sok", "sex": "male"})
    file, confided = partial.case_of(IDS, "pursat", {"commune": "150101", "broker": "Mr Example"}, TODAY)
    taken = partial.take_up(who, file)
    assert [event.data for event in taken.events] == [
        CaseRegistered(centre="pursat", commune="150101"),
        ContactChanged(contact=CONTACT, channel="none", language="km"),
    ]
    assert confided == {"broker": "Mr Example"}
    assert "Sok" not in str(taken.events)


def test_a_return_keeps_what_she_agreed_to_and_tells_of_the_case_alone() -> None:
    again = partial.return_again(person("services", caseid="before"), case())
    assert [type(event.data) for event in again.events] == [CaseRegistered]
    (_, who) = again.changes
    assert (who.caseid, set(who.consents)) == (CASE, {"services"})


@pytest.mark.parametrize(
    ("changed", "told"),
    [
        ({"commune": "150102"}, True),
        ({"occupation": None}, True),
        ({"skills_claimed": ("plastering",)}, True),
        ({"debt_usd": 9, "return_date": date(2026, 1, 1), "version": 2}, False),
        ({"vulnerabilities": ("trafficked",)}, False),
    ],
)
def test_others_are_told_only_of_what_they_hold(changed: dict[str, Any], told: bool) -> None:
    after = case()._replace(**changed)
    decision = partial.change_case(case(), after)
    assert decision.changes == (after,)
    facts = [event.data for event in decision.events]
    assert facts == (
        [
            CaseChanged(
                commune=after.commune,
                sector=after.sector,
                occupation=after.occupation,
                skills_claimed=after.skills_claimed,
            )
        ]
        if told
        else []
    )


def test_what_stays_as_it_is_changes_nothing() -> None:
    assert partial.change_case(case(), case()) == NOTHING
