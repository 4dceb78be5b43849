"""A profile is the same whatever owner is heard first, and survives a second case."""

from collections.abc import Iterator, Sequence
from datetime import date
from itertools import count
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.employment.domain import profile
from services.employment.domain.matching import standing
from services.employment.domain.model import Seeker
from services.employment.domain.profile import PROPOSE_TO_SEEKER
from services.employment.handlers import HANDLERS
from services.employment.storage import SEEKERS
from shared.events.envelope import Contract, Event
from shared.events.intake import (
    CaseClosed,
    CaseRegistered,
    ConsentGiven,
    ConsentWithdrawn,
    NeedsAssessed,
    ReferralExpired,
    ReferralRequested,
    ReferralWithdrawn,
)
from shared.events.records import CaseChanged
from shared.events.training import SkillsRecognised
from shared.kinds import Decision, Working
from tests.unit.employment.strategies import NOW, SKILLS, seeker

PERSON = "00000000-0000-7000-8000-000000000001"
CASES = ("00000000-0000-7000-8000-0000000000c1", "00000000-0000-7000-8000-0000000000c2")
REFERRALS = ("00000000-0000-7000-8000-0000000000f1", "00000000-0000-7000-8000-0000000000f2")
CODE = "4821-0937-5518"

numbers = count(1)


def event(data: Contract, caseid: str | None = None) -> Event:
    number = next(numbers)
    identity = f"00000000-0000-7000-8000-{number:012x}"
    return Event(identity, data.type, PERSON, number, NOW, caseid, identity, None, None, data)


def applied(events: Sequence[Event]) -> tuple[Seeker, list[Decision]]:
    """The profile after these events, by the real handlers."""
    working = Working(NOW)
    held = working._held.setdefault(SEEKERS, {PERSON: Seeker(PERSON)})
    decisions = []
    for each in events:
        decisions.append(HANDLERS.events[type(each.data)].decide(working, each))
        held.update({change.person: change for change in decisions[-1].changes})
    return held[PERSON], decisions


def purposes() -> st.SearchStrategy[str]:
    return st.sampled_from(("employment", "messages"))


intake_facts: st.SearchStrategy[tuple[Contract, str | None]] = st.one_of(
    st.tuples(
        st.builds(
            CaseRegistered,
            centre=st.sampled_from(("pursat", "preah-vihear")),
            commune=st.none() | st.sampled_from(("150101", "130101")),
            occupation=st.none() | st.sampled_from(("7112", "7531")),
            work_limits=st.sampled_from(((), ("no-lifting",), ("near-home", "no-heights"))),
        ),
        st.sampled_from(CASES),
    ),
    st.tuples(st.builds(CaseClosed, reason=st.just("goals-reached")), st.sampled_from(CASES)),
    st.tuples(
        st.builds(
            CaseChanged,
            commune=st.none() | st.sampled_from(("150101", "130101")),
            occupation=st.none() | st.sampled_from(("7112", "7531")),
        ),
        st.sampled_from(CASES),
    ),
    st.tuples(
        st.builds(
            ConsentGiven,
            purpose=purposes(),
            text_version=st.just("1"),
            given=st.just("signed"),
            expires=st.none() | st.just(date(2027, 1, 1)),
        ),
        st.none(),
    ),
    st.tuples(st.builds(ConsentWithdrawn, purpose=purposes()), st.none()),
    st.tuples(
        st.builds(
            NeedsAssessed,
            questionnaire=st.just("q-1"),
            needs=st.sampled_from(((), ("job",), ("job", "no-lifting"), ("near-home", "childcare"))),
        ),
        st.sampled_from(CASES),
    ),
    st.tuples(
        st.builds(
            ReferralRequested,
            referral=st.sampled_from(REFERRALS),
            code=st.just(CODE),
            kind=st.sampled_from(("employment", "course")),
        ),
        st.sampled_from(CASES),
    ),
    st.tuples(
        st.builds(
            ReferralWithdrawn,
            referral=st.sampled_from(REFERRALS),
            code=st.just(CODE),
            kind=st.sampled_from(("employment", "course")),
            reason=st.just("other-plans"),
        ),
        st.sampled_from(CASES),
    ),
    st.tuples(
        st.builds(
            ReferralExpired,
            referral=st.sampled_from(REFERRALS),
            code=st.just(CODE),
            kind=st.sampled_from(("employment", "course")),
        ),
        st.sampled_from(CASES),
    ),
)
training_facts = st.builds(
    SkillsRecognised,
    skills=st.sets(st.sampled_from(SKILLS), min_size=1).map(tuple),
    via=st.just("completion"),
    evidence=st.just(REFERRALS[0]),
)


@st.composite
def two_owners(draw: st.DrawFn) -> tuple[list[Event], list[Event]]:
    intake = [event(data, caseid) for data, caseid in draw(st.lists(intake_facts, max_size=8))]
    return intake, [event(data) for data in draw(st.lists(training_facts, max_size=4))]


@given(two_owners(), st.randoms(use_true_random=False))
def test_every_interleaving_of_the_owners_gives_the_same_profile(
    owners: tuple[list[Event], list[Event]], chance: Random
) -> None:
    intake, training = owners
    first, _ = applied([*intake, *training])

    def shuffled() -> Iterator[Event]:
        left = [list(intake), list(training)]
        while any(left):
            yield chance.choice([events for events in left if events]).pop(0)

    second, _ = applied(list(shuffled()))
    assert second == first


@given(two_owners())
def test_vacancies_are_looked_for_exactly_when_what_matching_reads_has_changed(
    owners: tuple[list[Event], list[Event]],
) -> None:
    profile_now = Seeker(PERSON)
    events = [*owners[0], *owners[1]]
    for place in range(len(events)):
        after, decisions = applied(events[: place + 1])
        timers = decisions[-1].timers
        if after == profile_now:
            assert (decisions[-1].changes, timers) == ((), ())
        elif timers:
            assert [(timer.name, timer.subject, timer.due_at) for timer in timers] == [(PROPOSE_TO_SEEKER, PERSON, NOW)]
            assert standing(after, NOW.date()) == ()
        profile_now = after


def test_a_person_with_two_cases_keeps_her_skills_when_one_is_closed() -> None:
    registered = CaseRegistered(centre="pursat", commune="150101")
    learnt = SkillsRecognised(skills=("bricklaying",), via="completion", evidence=REFERRALS[0])
    after, _ = applied(
        [
            event(registered, CASES[0]),
            event(learnt),
            event(CaseClosed(reason="goals-reached"), CASES[0]),
            event(CaseRegistered(centre="preah-vihear", commune="130101"), CASES[1]),
            event(SkillsRecognised(skills=("teamwork",), via="prior-learning", evidence=REFERRALS[1])),
        ]
    )
    assert (after.cases, after.skills, after.commune) == ((CASES[1],), ("bricklaying", "teamwork"), "130101")
    assert after.centres == ("preah-vihear", "pursat")


def test_of_two_open_cases_the_other_goes_on_when_one_is_closed() -> None:
    registered = CaseRegistered(centre="pursat", commune="150101")
    opened = [event(registered, CASES[0]), event(registered, CASES[1])]
    both, _ = applied(opened)
    assert both.cases == CASES
    again, _ = applied([*opened, event(registered, CASES[0])])
    assert again.cases == (CASES[1], CASES[0]), "the latest last"
    one, _ = applied([*opened, event(CaseClosed(reason="moved-away"), CASES[1])])
    assert one.cases == (CASES[0],)


def test_a_new_case_seeks_work_again() -> None:
    placed = seeker(PERSON, placed=True, seeking=False, assessed=("no-lifting",))
    again = profile.open_case(placed, event(Never, CASES[1]), CaseRegistered(centre="pursat"))
    assert (again.placed, again.seeking, again.assessed, again.skills) == (False, True, (), placed.skills)


Never = CaseClosed(reason="other")
"""Data that the rule under test does not look at."""


def test_only_the_latest_referral_taken_back_ends_the_search() -> None:
    def asked(referral: str) -> ReferralRequested:
        return ReferralRequested(referral=referral, code=CODE, kind="employment")

    def back(referral: str) -> ReferralWithdrawn:
        return ReferralWithdrawn(referral=referral, code=CODE, kind="employment", reason="other-plans")

    one = profile.refer(seeker(PERSON), asked(REFERRALS[0]))
    two = profile.refer(one, asked(REFERRALS[1]))
    assert profile.take_referral_back(two, back(REFERRALS[0])).seeking
    assert not profile.take_referral_back(two, back(REFERRALS[1])).seeking
    assert profile.refer(profile.take_referral_back(two, back(REFERRALS[1])), asked(REFERRALS[0])).seeking


def test_a_case_without_its_id_is_no_case() -> None:
    with pytest.raises(ValueError, match="without its id"):
        profile.open_case(seeker(PERSON), event(Never), CaseRegistered(centre="pursat"))


def test_of_an_assessment_only_wishes_about_work_are_kept() -> None:
    needs = NeedsAssessed(questionnaire="q-1", needs=("job", "childcare", "no-heights", "near-home", "legal-aid"))
    assert profile.assess(seeker(PERSON), needs).assessed == ("near-home", "no-heights")


def test_a_case_completed_later_tells_where_she_lives_and_what_she_did() -> None:
    """Of her latest case: a correction of an earlier one says nothing about today."""
    registered, changed = CaseRegistered(centre="pursat"), CaseChanged(commune="150101", occupation="7112")
    known, decisions = applied([event(registered, CASES[0]), event(changed, CASES[0])])
    assert (known.commune, known.occupation) == ("150101", "7112")
    assert decisions[-1].changes
    moved = [event(CaseRegistered(centre="pursat", commune="130101"), CASES[1]), event(changed, CASES[0])]
    later, _ = applied([event(registered, CASES[0]), *moved])
    assert (later.commune, later.cases[-1]) == ("130101", CASES[1])
    cleared, _ = applied([event(registered, CASES[0]), event(changed, CASES[0]), event(CaseChanged(), CASES[0])])
    assert (cleared.commune, cleared.occupation) == (None, None)
