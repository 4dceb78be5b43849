"""What a person is found by, and its digests."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.intake import blind
from services.intake.domain import search
from services.intake.domain.model import Identity
from shared.text import TextFault

LATIN = st.text("abcdefghijkmnopqrstuvwyz", min_size=1, max_size=8)


def test_an_identity_is_found_by_names_phone_and_document() -> None:
    known = Identity("គំរូ ស្វាយខៀវ", "Kumru Svay-Khiev", phone="+85519000001", id_number="099000137", note="tall")
    assert set(search.terms(known)) == {
        ("name", "គំរូស្វាយខៀវ"),
        ("word", "គំរូ"),
        ("word", "ស្វាយខៀវ"),
        ("name", "kumrusvaykhiev"),
        ("word", "kumru"),
        ("word", "svay"),
        ("word", "khiev"),
        ("phone", "+85519000001"),
        ("document", "099000137"),
    }
    assert list(search.terms(Identity())) == []


@given(st.permutations(["Kumru", "Svay", "Khiev"]), st.sampled_from([" ", "  ", "-", "\u200b "]))
def test_words_are_found_in_any_order_and_spelling(order: list[str], between: str) -> None:
    assert set(search.words(between.join(order).upper())) == set(search.words("kumru svay khiev"))


def test_khmer_is_found_however_it_was_typed() -> None:
    """The same syllables with vowel and consonant under the line typed in the other order, and with a blank."""
    one, other = "ស្វាយ ខៀវ", "សា្វយខៀវ"
    assert set(search.whole_name(one)) == set(search.whole_name(other)) != set()


@given(st.lists(LATIN, min_size=1, max_size=5), st.data())
def test_any_words_of_a_name_are_among_its_terms(name: list[str], data: st.DataObject) -> None:
    some = data.draw(st.lists(st.sampled_from(name), min_size=1, unique=True))
    assert set(search.words(" ".join(some))) <= set(search.terms(Identity(name_latin=" ".join(name))))


@pytest.mark.parametrize("typed", ["099000137", "99000137", "០៩៩ ០០០ ១៣៧", "099-000-137"])
def test_a_documents_number_is_one_however_it_is_typed(typed: str) -> None:
    assert list(search.document(typed)) == [("document", "099000137")]


def test_what_names_nobody_gives_no_term() -> None:
    assert [*search.whole_name(" - "), *search.words("\u200b?"), *search.document("passport")] == []
    assert list(search.phone("019 000 001")) == [("phone", "+85519000001")]
    with pytest.raises(TextFault, match="not-a-phone"):
        list(search.phone("12"))


@given(st.lists(st.tuples(st.sampled_from(["name", "word", "phone"]), LATIN), max_size=6))
def test_digests_are_sorted_fit_a_bigint_and_hang_on_sort_term_and_secret(terms: list[search.Term]) -> None:
    made = blind.digests(terms, "s" * 32)
    assert made == sorted(set(made))
    assert len(made) == len(set(terms))
    assert all(-(2**63) <= each < 2**63 for each in made)
    assert not set(made) & set(blind.digests(terms, "t" * 32))
