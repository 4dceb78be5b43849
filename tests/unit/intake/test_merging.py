"""Two edits of one version: laws of merging, and that nothing is lost."""

from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from services.intake.domain.merging import Change, Versions, change, merge

FIELDS = ("name_km", "name_latin", "birth_date", "birth_precision", "phone", "phone_owner", "note")
VALUES = st.sampled_from([None, "a", "b", "c"])
RECORDS = st.fixed_dictionaries(dict.fromkeys(FIELDS, VALUES))
EDITS = st.dictionaries(st.sampled_from(FIELDS), VALUES, max_size=5)
UNITS = {"birth_precision": "birth_date", "phone_owner": "phone"}

Fields = dict[str, Any]


def unit(field: str) -> str:
    return UNITS.get(field, field)


def take(record: Fields, edit: Fields, since: list[Change]) -> tuple[Fields, list[Change], dict[str, Versions]]:
    """The record after an edit, the changes since, and what is in conflict."""
    merged = merge(record, edit, since)
    made = [change(record, merged.applied)] if merged.applied else []
    return {**record, **merged.applied}, [*since, *made], merged.conflicting


@given(RECORDS, EDITS)
def test_an_edit_of_the_newest_version_is_taken_whole(record: Fields, edit: Fields) -> None:
    after, _, conflicting = take(record, edit, [])
    assert after == {**record, **edit}
    assert conflicting == {}


@given(RECORDS, EDITS)
def test_the_same_edit_twice_is_no_conflict(record: Fields, edit: Fields) -> None:
    once, since, _ = take(record, edit, [])
    assert take(once, edit, since) == (once, since, {})


@given(RECORDS, EDITS, EDITS)
def test_edits_of_different_fields_commute(record: Fields, one: Fields, other: Fields) -> None:
    other = {field: value for field, value in other.items() if unit(field) not in {unit(each) for each in one}}
    first, since, _ = take(record, one, [])
    both, _, none = take(first, other, since)
    turned, since, _ = take(record, other, [])
    same, _, nothing = take(turned, one, since)
    assert both == same == {**record, **one, **other}
    assert none == nothing == {}


@given(RECORDS, st.lists(EDITS, min_size=2, max_size=6))
def test_of_many_edits_of_one_version_no_value_is_lost(record: Fields, edits: list[Fields]) -> None:
    """What an edit wanted is in the record, or was when somebody changed it knowingly, or is in a conflict: it never
    goes by another edit of the same version."""
    now, since = dict(record), list[Change]()
    for edit in edits:
        before = dict(now)
        now, since, conflicting = take(now, edit, since)
        for field, wanted in edit.items():
            if field in conflicting:
                assert conflicting[field] == Versions(record[field], before[field], wanted)
                assert now[field] == before[field] != wanted
            else:
                assert now[field] == wanted
        touched_before = {unit(field) for each in since[:-1] for field in each}
        overwritten = {field for field in FIELDS if before[field] != now[field] and unit(field) in touched_before}
        assert not overwritten, "a later edit of the same version took an earlier one's place"


@given(RECORDS, EDITS, EDITS)
def test_only_fields_that_others_touched_are_in_conflict(record: Fields, one: Fields, other: Fields) -> None:
    after, since, _ = take(record, one, [])
    changed = {unit(field) for each in since for field in each}
    _, _, conflicting = take(after, other, since)
    assert all(unit(field) in changed and other[field] != after[field] for field in conflicting)


def test_what_means_nothing_alone_is_in_question_together() -> None:
    """One wrote that the phone is the family's, another that there is a new number: whose is that one?"""
    record = {"phone": "1", "phone_owner": "self"}
    merged = merge(record, {"phone": "2"}, [{"phone_owner": ("self", "family")}])
    assert merged.applied == {}
    assert merged.conflicting == {"phone": Versions("1", "1", "2")}
