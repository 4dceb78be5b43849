"""Another provider: which one, each at most once, never without consent; and then the lead."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.intake.domain import offices, referrals, rerouting
from services.intake.domain.model import Case, Office, Person, Referral
from services.intake.domain.offices import Directory
from services.intake.domain.rerouting import Situation
from shared.events.intake import (
    ReferralEscalated,
    ReferralExpired,
    ReferralRejected,
    ReferralRequested,
    ReferralRerouted,
)
from shared.kinds import NOTHING, Decision
from tests.unit.intake.made_up import NOW, TODAY, case, codes, offer, person, referral

PLACES = ("150101", "150201", "220101", "130101", None)


def office(code: str, **changed: Any) -> Office:
    made = Office(code, ("legal-assistance", "health"), ("15",), (), None, code, code, closed=False)
    return made._replace(**changed)


def directory(*made: Office, **opened: int) -> Directory:
    return Directory(made, {name.replace("_", "-"): number for name, number in opened.items()})


def around(held: Case | None = None, who: Person | None = None, **changed: Any) -> Situation:
    made = Situation(who or person("services"), held or case("legal-aid"), (), (), offices.NONE)
    return made._replace(**changed)


def run_out(held: Referral, situation: Situation) -> list[Referral]:
    """Every office refuses in turn; returns the chain as it is left."""
    chain: dict[str, Referral] = {held.referral: held}
    drawn = codes()
    for _ in range(50):
        decision = rerouting.refuse(held, "full", situation._replace(made=tuple(chain.values())), drawn, NOW)
        chain |= {each.referral: each for each in decision.changes}
        following = [each for each in decision.changes if each.state == "requested"]
        if not following:
            return list(chain.values())
        held = following[-1]
    raise AssertionError("the chain does not end")


def data(decision: Decision) -> list[Any]:
    return [event.data for event in decision.events]


def test_the_nearest_office_is_asked_then_the_one_with_the_most_room() -> None:
    near = office("near", provinces=(), districts=("1501",), capacity=1)
    here, crowded = office("here", capacity=10), office("crowded", capacity=10)
    anywhere = office("anywhere", provinces=())
    full, closed = office("full", capacity=2), office("closed", closed=True)
    elsewhere, other = office("elsewhere", provinces=("22",)), office("other", kinds=("shelter",))
    known = directory(near, here, crowded, anywhere, full, closed, elsewhere, other, near=0, here=2, crowded=5, full=2)
    asked: list[str] = []
    while (found := offices.office_for(case(), "legal-assistance", known, asked)) is not None:
        asked.append(found)
    assert asked == ["near", "here", "crowded", "anywhere"]


def test_what_was_asked_in_the_same_breath_takes_its_place() -> None:
    known = directory(office("small", capacity=1), office("large", capacity=10))
    first = offices.office_for(case(), "health", known)
    wanted = referrals.Wanted("health", "health", "services", provider="small")
    assert offices.office_for(case(), "health", offices.taking(known, [wanted])) == "large"
    assert first in ("small", "large")
    assert offices.taking(known, [wanted._replace(kind="course")]).open.get("small", 0) == 0


@given(
    st.lists(
        st.tuples(st.booleans(), st.sampled_from(["", "15", "22"]), st.integers(0, 3), st.integers(0, 3)), max_size=8
    ),
    st.sampled_from(PLACES),
)
def test_only_an_office_that_fits_is_found_and_one_is_found_where_any_fits(
    drawn: list[tuple[bool, str, int, int]], commune: str | None
) -> None:
    made = [
        office(f"o{n}", closed=closed, provinces=(province,) if province else (), capacity=capacity or None)
        for n, (closed, province, capacity, _) in enumerate(drawn)
    ]
    known = Directory(tuple(made), {f"o{n}": opened for n, (*_, opened) in enumerate(drawn)})
    fitting = {
        each.office
        for each in made
        if not each.closed
        and (not each.provinces or (commune or "")[:2] in each.provinces)
        and (each.capacity is None or known.open[each.office] < each.capacity)
    }
    found = offices.office_for(case(commune=commune), "health", known)
    assert (found in fitting) if fitting else found is None


def test_a_refusal_asks_the_next_office_and_tells_of_both_codes() -> None:
    held = referral("legal-assistance", provider="a", priority="urgent")
    situation = around(directory=directory(office("a"), office("b")), made=(held,))
    decision = rerouting.refuse(held, "too-far", situation, codes(), NOW)
    refused, rerouted, requested = data(decision)
    assert isinstance(refused, ReferralRejected)
    assert (refused.reason, refused.rerouted) == ("too-far", True)
    assert isinstance(rerouted, ReferralRerouted)
    assert isinstance(requested, ReferralRequested)
    assert (rerouted.code, rerouted.next_code) == (held.code, requested.code)
    assert (rerouted.root, rerouted.number, rerouted.reason) == (held.referral, 2, "too-far")
    assert (requested.provider, requested.priority, requested.follows) == ("b", "urgent", held.referral)
    left = {change.referral: change for change in decision.changes}
    old, new = left[held.referral], left[requested.referral]
    assert (old.state, old.reason, old.rerouted_to) == ("re-routed", "too-far", new.code)
    assert (new.state, new.root, new.number, new.rerouted_from) == ("requested", held.referral, 2, held.code)
    assert len(decision.timers) == 1


@pytest.mark.parametrize("number", range(4))
def test_each_office_is_asked_once_and_then_the_lead(number: int) -> None:
    known = directory(*[office(f"office-{n}") for n in range(number)])
    chain = run_out(referral("legal-assistance"), around(directory=known))
    asked = [each.provider for each in chain if each.provider is not None]
    assert sorted(asked) == [f"office-{n}" for n in range(number)]
    assert [each.number for each in chain] == list(range(1, number + 2))
    *before, last = chain
    assert {each.state for each in before} <= {"re-routed"}
    assert (last.state, last.escalated) == ("rejected", "none-left")
    assert {each.root for each in chain[1:]} <= {chain[0].referral}
    assert [each.rerouted_to for each in before] == [each.code for each in chain[1:]]


def test_courses_go_on_to_the_next_that_fits_and_to_no_course_twice() -> None:
    offered = [
        offer("masonry-a"),
        offer("masonry-b", provider="provider-b"),
        offer("sewing", sector="garment", province="22", occupation=None),
    ]
    held = referral("course", provider="provider-a", course="masonry-a")
    chain = run_out(held, around(offered=offered))
    assert [each.course for each in chain] == ["masonry-a", "masonry-b"]
    assert chain[-1].escalated == "none-left"


def test_a_course_that_must_teach_something_is_followed_by_one_that_does() -> None:
    held = referral("course", service="literacy-course", provider="provider-a", course="reading-a")
    offered = [offer("masonry-a"), offer("reading-b", sector="general", skills=("khmer-literacy",))]
    found = rerouting.successor(held, around(offered=offered), TODAY)
    assert isinstance(found, referrals.Wanted)
    assert found.course == "reading-b"


def test_prior_learning_goes_to_other_assessors() -> None:
    held = referral("prior-learning", provider="provider-a", occupation="7112")
    offered = [offer("masonry-a"), offer("masonry-b", provider="provider-b")]
    found = rerouting.successor(held, around(offered=offered), TODAY)
    assert isinstance(found, referrals.Wanted)
    assert (found.provider, found.occupation) == ("provider-b", "7112")


@pytest.mark.parametrize("kind", ["employment", "social-protection"])
def test_where_there_is_one_office_in_the_country_the_lead_sees_to_it(kind: str) -> None:
    held = referral(kind, scheme="nssf" if kind == "social-protection" else None)
    decision = rerouting.expire(held, around(), codes(), NOW)
    expired, escalated = data(decision)
    assert isinstance(expired, ReferralExpired)
    assert not expired.rerouted
    assert isinstance(escalated, ReferralEscalated)
    assert escalated.reason == "none-left"
    assert (decision.changes[-1].state, decision.changes[-1].reason) == ("expired", "unanswered")


@pytest.mark.parametrize(
    "who",
    [
        person(),
        person("employment"),
        person(consents={"services": {"given": "signed", "text_version": "form-1", "expires": "2026-11-23"}}),
    ],
)
def test_without_consent_nobody_else_hears_of_her(who: Person) -> None:
    held = referral("legal-assistance", provider="a")
    decision = rerouting.expire(held, around(who=who, directory=directory(office("b"))), codes(), NOW)
    assert not any(isinstance(each, ReferralRequested) for each in data(decision))
    assert decision.changes[-1].escalated == "no-consent"
    assert decision.timers == ()


@pytest.mark.parametrize("state", sorted(set(referrals.MOVES) - {"requested", "received"}))
def test_what_comes_too_late_changes_nothing(state: str) -> None:
    held = referral("legal-assistance", state)
    situation = around(directory=directory(office("b")))
    assert rerouting.refuse(held, "full", situation, codes(), NOW) == NOTHING
    assert rerouting.expire(held, situation, codes(), NOW) == NOTHING


def test_one_referral_is_followed_by_the_same_one_however_often_it_is_asked() -> None:
    held = referral("legal-assistance", provider="a")
    situation = around(directory=directory(office("b")))
    made = [rerouting.expire(held, situation, codes(), NOW).changes[-1].referral for _ in range(2)]
    assert made[0] == made[1]
