"""The timeline: effects behind causes, an owner's facts in their order, otherwise by time; nothing lost, even in a
circle."""

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from services.intake.domain.timelines import Happening, in_order

NOON = datetime(2026, 11, 24, 12, tzinfo=UTC)


def happening(id: str, owner: str, sequence: int, seconds: int, cause: str | None = None) -> Happening:
    time = NOON + timedelta(seconds=seconds)
    return Happening(id, owner, f"reintegration.{owner}.fact.v1", sequence, time, None, "correlation", cause, {})


def ids(happenings: list[Happening]) -> list[str]:
    return [each.id for each in happenings]


def test_an_effect_stands_behind_its_cause_though_its_clock_is_slow() -> None:
    told = [
        happening("seat", "training", 1, -5, "referral"),
        happening("accepted", "intake", 2, 3, "seat"),
        happening("referral", "intake", 1, 0),
    ]
    assert ids(in_order(told)) == ["referral", "seat", "accepted"]


def test_without_cause_the_time_counts_and_at_one_time_the_sequence() -> None:
    told = [
        happening("b", "employment", 1, 2),
        happening("d", "intake", 2, 1),
        happening("a", "intake", 1, 1),
        happening("c", "notifications", 1, 3),
    ]
    assert ids(in_order(told)) == ["a", "d", "b", "c"]


def test_what_comes_twice_is_told_once() -> None:
    one = happening("a", "intake", 1, 0)
    assert in_order([one, one]) == [one]


def test_a_circle_loses_nothing() -> None:
    told = [happening("a", "intake", 1, 1, "b"), happening("b", "training", 1, 0, "a"), happening("c", "x", 1, 5, "c")]
    assert ids(in_order(told)) == ["c", "b", "a"]


@st.composite
def stories(draw: st.DrawFn) -> list[Happening]:
    """Honest stories: each event's cause happened before it, whatever the clocks say; some causes are elsewhere."""
    owners = draw(st.lists(st.sampled_from(["intake", "training", "employment"]), max_size=12))
    told: list[Happening] = []
    for place, owner in enumerate(owners):
        cause = draw(st.none() | st.sampled_from(["elsewhere", *(each.id for each in told)]))
        sequence = 1 + sum(each.owner == owner for each in told)
        told.append(happening(f"e{place:02}", owner, sequence, draw(st.integers(-9, 9)), cause))
    return told


@given(stories(), st.randoms(use_true_random=False))
def test_every_story_is_told_whole_and_in_a_possible_order(story: list[Happening], chance: object) -> None:
    order = in_order(story)
    places = {each.id: place for place, each in enumerate(order)}
    assert sorted(order) == sorted(story)
    for each in story:
        if each.causationid in places:
            assert places[each.causationid] < places[each.id]
    for owner in {each.owner for each in story}:
        own = [each.sequence for each in order if each.owner == owner]
        assert own == sorted(own)


@given(stories().flatmap(lambda story: st.tuples(st.just(story), st.permutations(story))))
def test_the_order_in_which_events_were_heard_does_not_matter(both: tuple[list[Happening], list[Happening]]) -> None:
    assert in_order(both[0]) == in_order(both[1])


@given(st.lists(st.sampled_from("abcdef"), min_size=6, max_size=6))
def test_any_tangle_of_causes_is_told_whole(causes: list[str]) -> None:
    tangle = [
        happening(id, id, 1, place, cause) for place, (id, cause) in enumerate(zip("abcdef", causes, strict=True))
    ]
    assert sorted(ids(in_order(tangle))) == list("abcdef")
