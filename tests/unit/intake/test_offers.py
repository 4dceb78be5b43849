"""Which course, which assessor: by trade, then place, then a lot that falls the same way each time."""

from collections import Counter

from hypothesis import given
from hypothesis import strategies as st

from services.intake.domain.model import Offer
from services.intake.domain.offers import assessor_for, course_for, sector_of
from shared import reference
from tests.unit.intake.made_up import case, offer

HERE = offer("masonry-here")
FAR = offer("masonry-far", province="22", provider="provider-far")
SECTOR = offer("tiling-here", occupation="7122", provider="provider-tiles")
OTHER = offer("sewing-here", sector="garment", occupation="8153")
GENERAL = offer("business-here", sector="general", occupation=None, skills=("business-planning",))


def chosen(
    *offers: Offer, asked: tuple[str, ...] = (), teaches: str | None = None, **changed: str | None
) -> str | None:
    found = course_for(case("training", **changed), offers, asked, teaches)
    return found and found.course


def test_trade_comes_before_place_and_place_before_the_rest() -> None:
    ranked = [HERE, FAR, SECTOR, OTHER]
    for place, best in enumerate(ranked):
        assert chosen(*reversed(ranked[place:])) == best.course


def test_another_trade_is_offered_in_the_own_province_only() -> None:
    assert chosen(OTHER._replace(province="22")) is None
    assert chosen(OTHER._replace(province=None)) == "sewing-here"
    assert chosen(SECTOR._replace(province="22")) == "tiling-here"


def test_who_names_no_trade_gets_what_is_near() -> None:
    assert chosen(HERE, sector=None, occupation=None) == "masonry-here"
    assert chosen(FAR, sector=None, occupation=None) is None


def test_closed_and_asked_courses_are_left_out() -> None:
    assert chosen(HERE._replace(closed=True), SECTOR) == "tiling-here"
    assert chosen(HERE, SECTOR, asked=("masonry-here",)) == "tiling-here"
    assert chosen() is None


def test_what_every_work_needs_is_nobodys_trade() -> None:
    assert chosen(GENERAL) is None
    assert chosen(GENERAL._replace(province="22"), teaches="business-planning") == "business-here"


def test_a_skill_that_is_asked_for_must_be_taught() -> None:
    assert chosen(HERE, GENERAL, teaches="business-planning") == "business-here"
    assert chosen(HERE, teaches="business-planning") is None


def test_equal_courses_share_the_people() -> None:
    equal = [offer(f"masonry-{letter}") for letter in "abcd"]
    people = [case("training", caseid=f"0190a000-0000-7000-8000-{number:012x}") for number in range(400)]
    shares = Counter(getattr(course_for(each, equal, (), None), "course", None) for each in people)
    assert set(shares) == {each.course for each in equal}
    assert max(shares.values()) < 2 * min(shares.values())


@given(st.permutations([HERE, FAR, SECTOR, OTHER, GENERAL, offer("masonry-b"), offer("masonry-c")]))
def test_the_order_of_the_offers_does_not_matter(offers: list[Offer]) -> None:
    assert chosen(*offers) == chosen(*sorted(offers))


def test_prior_learning_goes_to_who_teaches_the_occupation_or_else_the_sector() -> None:
    assert assessor_for(case(), [SECTOR, FAR]) == "provider-far"
    assert assessor_for(case(), [FAR, HERE]) == "provider-a"
    assert assessor_for(case(), [SECTOR, OTHER]) == "provider-tiles"
    assert assessor_for(case(), [OTHER, GENERAL]) is None


def test_an_offer_without_a_sector_has_that_of_its_skills() -> None:
    assert sector_of(None, ["bricklaying", "plastering", "work-safety"]) == "construction"
    assert sector_of(None, ["khmer-literacy"]) == "general"
    assert sector_of("8153", []) == "garment"
    assert sector_of(None, []) is None
    assert all(sector_of(None, [skill.code]) == skill.sector for skill in reference.skills().values())
