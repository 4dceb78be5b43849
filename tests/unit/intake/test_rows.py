"""A line of a form: what is brought to one form, what is refused and told how, and that nothing else comes through."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.intake.domain.rows import PARSERS, Form, RowFaults, check
from shared import reference
from tests.unit.intake.made_up import TODAY, fields


def faults(**changed: str) -> list[tuple[str, str]]:
    with pytest.raises(RowFaults) as refused:
        check(fields(**changed), TODAY)
    return refused.value.faults


def test_every_column_is_read_and_no_other() -> None:
    assert set(PARSERS) == set(reference.columns("intake"))


def test_a_right_line() -> None:
    form = check(fields(), TODAY)
    assert form.identity.name_km == "គំរូ ស្វាយខៀវ"
    assert form.identity.phone == "+85519000001"
    assert form.identity.birth_date == date(1990, 5, 12)
    assert form.skills == ("bricklaying", "plastering")
    assert form.consent == ("services", "employment", "messages", "social-protection")
    assert (form.commune, form.occupation, form.debt_usd) == ("150101", "7112", 5_500)


@pytest.mark.parametrize(
    "retyped",
    [
        {"birth_date": "១២/០៥/១៩៩០"},
        {"birth_date": "1990-05-12", "commune": "១៥០១០១"},
        {"phone": "19000001", "sex": "ស្រី", "border_point": "ប៉ោយប៉ែត"},
        {"form_no": " ps-០០០១ ", "debt_usd": "$5500"},
        {"skills": "Laying bricks, plastering", "needs": "Training ; JOB"},
    ],
)
def test_other_spellings_are_the_same_form(retyped: dict[str, str]) -> None:
    assert check(fields(**retyped), TODAY) == check(fields(), TODAY)


def test_a_lost_leading_zero_is_put_back() -> None:
    assert check(fields(commune="20101"), TODAY).commune == "020101"
    assert check(fields(id_number="12345678"), TODAY).identity.id_number == "012345678"


@pytest.mark.parametrize(
    ("changed", "told"),
    [
        ({"form_no": ""}, ("form_no", "required")),
        ({"sex": ""}, ("sex", "required")),
        ({"sex": "x"}, ("sex", "unknown-code")),
        ({"commune": ""}, ("commune", "required")),
        ({"commune": "159901"}, ("commune", "unknown-commune")),
        ({"commune": "Pursat"}, ("commune", "not-a-code")),
        ({"name_km": "", "name_latin": ""}, ("name_km", "required")),
        ({"name_latin": "គំរូ"}, ("name_latin", "wrong-script")),
        ({"name_km": "?????"}, ("name_km", "damaged-text")),
        ({"birth_date": "2030-01-01"}, ("birth_date", "future-date")),
        ({"birth_date": "12/05/2533"}, ("birth_date", "buddhist-year")),
        ({"birth_date": "31/02/1990"}, ("birth_date", "not-a-date")),
        ({"birth_date": "2025-09-01"}, ("birth_date", "contradiction")),
        ({"return_date": "2027-01-01"}, ("return_date", "future-date")),
        ({"phone": "12"}, ("phone", "not-a-phone")),
        ({"phone_owner": "none"}, ("phone_owner", "contradiction")),
        ({"phone": ""}, ("phone_owner", "contradiction")),
        ({"id_number": "123"}, ("id_number", "not-an-id")),
        ({"id_missing_reason": "lost"}, ("id_missing_reason", "contradiction")),
        ({"occupation": "7999"}, ("occupation", "unknown-code")),
        ({"occupation": "711"}, ("occupation", "unknown-code")),  # a group that is no unit group
        ({"skills": "bricklaying;juggling"}, ("skills", "unknown-code")),
        ({"needs": "everything"}, ("needs", "unknown-code")),
        ({"consent": "marketing"}, ("consent", "unknown-code")),
        ({"consent_given": ""}, ("consent_given", "required")),
        ({"consent": ""}, ("consent_given", "contradiction")),
        ({"debt_usd": "-1"}, ("debt_usd", "out-of-range")),
        ({"debt_usd": "1000001"}, ("debt_usd", "out-of-range")),
        ({"debt_usd": "much"}, ("debt_usd", "not-a-number")),
        ({"note": "=1+1"}, ("note", "formula")),
        ({"note": "a" * 1_001}, ("note", "too-long")),
        ({"sok dara": "x"}, ("fields", "unknown-column")),
    ],
)
def test_one_fault_is_told_alone(changed: dict[str, str], told: tuple[str, str]) -> None:
    assert faults(**changed) == [told]
    assert told[1] in reference.reasons()


def test_everything_to_correct_is_told_at_once_in_the_order_of_the_columns() -> None:
    assert faults(sex="x", commune="1", phone="12", consent_given="") == [
        ("sex", "unknown-code"),
        ("phone", "not-a-phone"),
        ("commune", "not-a-code"),
        ("consent_given", "required"),
    ]


@pytest.mark.parametrize(
    "empty",
    [
        {"id_number": ""},
        {"id_number": "", "id_missing_reason": "បញ្ចាំ"},
        {"phone": "", "phone_owner": ""},
        {"phone": "", "phone_owner": "គ្មាន"},
        {"name_km": ""},
        {"name_latin": ""},
        {"birth_date": "", "return_date": "", "border_point": ""},
        {"occupation": "", "sector_abroad": "", "skills": ""},
        {"needs": ""},
        {"consent": "", "consent_given": ""},
    ],
)
def test_what_nobody_knows_yet_refuses_nobody(empty: dict[str, str]) -> None:
    assert isinstance(check(fields(**empty), TODAY), Form)


texts = st.text(max_size=60) | st.sampled_from(
    ["", "services", "2026-11-25", "31/12/1990", "១២៣", "150101", "=x", "self;none", "7112", "km", "\u17c1"]
)


rows = st.dictionaries(st.sampled_from(sorted(reference.columns("intake"))), texts)


def outcome(row: dict[str, str]) -> Form | RowFaults:
    try:
        return check(fields(**row), TODAY)
    except RowFaults as refused:
        return refused


@given(rows)
def test_whatever_is_typed_is_a_form_or_is_told_by_code(typed: dict[str, str]) -> None:
    columns = reference.columns("intake")
    match outcome(typed):
        case RowFaults() as refused:
            assert refused.faults
            assert all(name in columns and reason in reference.reasons() for name, reason in refused.faults)
            assert len({name for name, _ in refused.faults}) == len(refused.faults)
        case form:
            assert reference.commune(form.commune)
            assert form.return_date is None or form.return_date <= TODAY
            assert bool(form.consent) == bool(form.consent_given)


@given(rows)
def test_a_fault_never_repeats_what_was_typed(typed: dict[str, str]) -> None:
    told = outcome({name: f"secret {value}" for name, value in typed.items()})
    if isinstance(told, RowFaults):
        assert "secret" not in f"{told} {told.faults}"
