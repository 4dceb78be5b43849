"""Records of persons and cases: what goes in comes out, and what cannot be is refused."""

from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import TypeAdapter

from services.intake.domain import children, records
from services.intake.domain.model import Identity
from shared.events.envelope import Code
from shared.rejections import Absent, Conflict, Rejected
from tests.unit.intake.made_up import TODAY, case, person

BORN = date(1990, 5, 12)
MEMBER = "0190a000-0000-7000-8000-0000000000aa"

PERSONS = st.fixed_dictionaries(
    {},
    optional={
        "name_km": st.sampled_from(["គំរូ", None]),
        "birth_date": st.dates(date(1950, 1, 1), date(2020, 1, 1)).map(date.isoformat),
        "idpoor_until": st.sampled_from(["2027-01-01", None]),
        "phone": st.sampled_from(["+85519000001", None]),
        "sex": st.sampled_from(["female", "male", None]),
        "outside_ids.primero": st.sampled_from(["A1", None]),
        f"household.{MEMBER}": st.sampled_from([{"relation": "child"}, None]),
    },
)
CASES = st.fixed_dictionaries(
    {},
    optional={
        "commune": st.sampled_from(["150101", None]),
        "return_date": st.sampled_from(["2026-01-01", None]),
        "debt_usd": st.sampled_from([0, 500, None]),
        "skills_claimed": st.lists(st.sampled_from(["plastering", "bricklaying"]), unique=True),
        "vulnerabilities": st.sampled_from([[], ["pregnant"], None]),
        "broker": st.sampled_from(["Mr Sok", None]),
    },
)


def said(record: dict[str, Any]) -> dict[str, Any]:
    return {field: value for field, value in record.items() if value is not None}


@given(PERSONS, PERSONS)
def test_a_persons_record_holds_what_was_last_said(first: dict[str, Any], second: dict[str, Any]) -> None:
    who, known = person(), Identity()
    base = records.of_person(who, known)
    for fields in (first, second):
        who, known = records.person_with(who, known, fields)
    assert said(records.of_person(who, known)) == said({**base, **first, **second})


@given(CASES, CASES)
def test_a_cases_record_holds_what_was_last_said(first: dict[str, Any], second: dict[str, Any]) -> None:
    made, confided = case(), dict[str, Any]()
    base = records.of_case(made, confided)
    for fields in (first, second):
        made, confided = records.case_with(made, confided, fields)
    assert said(records.of_case(made, confided)) == said({**base, **first, **second})


@pytest.mark.parametrize(
    ("fields", "field", "reason"),
    [
        ({"birth_date": "2027-01-01"}, "birth_date", "future-date"),
        ({"birth_date": "1901-01-01"}, "birth_date", "impossible-age"),
        ({"birth_precision": "year"}, "birth_precision", "contradiction"),
        ({"phone_owner": "self"}, "phone_owner", "contradiction"),
        ({"idpoor_until": "2027-01-01"}, "idpoor_until", "contradiction"),
        ({"household.1": {"birth_date": "2027-01-01"}}, "birth_date", "future-date"),
    ],
)
def test_what_cannot_be_is_refused_by_its_field(fields: dict[str, Any], field: str, reason: str) -> None:
    with pytest.raises(Rejected) as refused:
        records.check_person(fields, TODAY)
    assert (refused.value.field, refused.value.reason) == (field, reason)


@pytest.mark.parametrize(
    ("fields", "who", "field", "reason"),
    [
        ({"return_date": "2027-01-01"}, {}, "return_date", "future-date"),
        ({"return_date": "1980-01-01"}, {"birth_date": "1990-05-12"}, "return_date", "contradiction"),
        ({"id_missing_reason": "lost"}, {"id_number": "099000137"}, "id_missing_reason", "contradiction"),
    ],
)
def test_a_case_fits_its_person(fields: dict[str, Any], who: dict[str, Any], field: str, reason: str) -> None:
    with pytest.raises(Rejected) as refused:
        records.check_case(fields, who, TODAY)
    assert (refused.value.field, refused.value.reason) == (field, reason)


def test_what_is_missing_is_told_and_a_reason_stands_for_a_card() -> None:
    assert records.missing({}, {}) == (
        "name_km", "sex", "birth_date", "phone_owner", "id_number", "commune", "return_date", "country",
    )  # fmt: skip
    known = {"name_latin": "Sok", "sex": "male", "birth_date": "1990-05-12", "phone_owner": "self"}
    told = {"commune": "150101", "return_date": "2026-01-01", "country": "thailand"}
    assert records.missing(known, told) == ("id_number",)
    assert records.missing(known, {**told, "id_missing_reason": "pawned"}) == ()
    assert records.missing({**known, "outside_ids.passport": "N1"}, told) == ()


def test_every_field_has_a_code_that_tells_nobody() -> None:
    fields = (*records.OF_IDENTITY, *records.OF_PERSON, *records.OF_CASE, *records.CONFIDED, "outside_ids.nssf")
    codes = [records.code(field) for field in fields]
    assert len(set(codes)) == len(fields)
    for code in codes:
        assert TypeAdapter(Code).validate_python(code) == code
    assert records.code(f"household.{MEMBER}") == "household"


@given(st.dates(date(1990, 1, 1), TODAY), st.sampled_from([None, "day", "month", "year", "about"]))
def test_the_less_is_known_the_sooner_somebody_counts_as_a_child(born: date, precision: str | None) -> None:
    assert children.youngest(born, precision) >= born
    if children.may_be_child(born, None, TODAY):
        assert children.may_be_child(born, precision, TODAY)


@given(st.integers(0, 60))
def test_a_child_is_somebody_under_eighteen(years: int) -> None:
    birthday = TODAY.replace(year=TODAY.year - years)
    assert children.may_be_child(birthday, "day", TODAY) == (years < 18)
    assert children.may_be_child(birthday + timedelta(days=1), "day", TODAY) == (years <= 18)


@pytest.mark.parametrize(
    ("household", "alone"),
    [
        ([], True),
        ([{"relation": "sibling", "birth_date": "2012-01-01", "birth_precision": "day"}], True),
        ([{"relation": "sibling", "birth_date": "2008-01-01", "birth_precision": "about"}], True),
        ([{"relation": "sibling"}], True),
        ([{"relation": "parent"}], False),
        ([{"relation": "sibling", "birth_date": "1999-01-01", "birth_precision": "year"}], False),
    ],
)
def test_a_child_is_alone_unless_somebody_is_grown_up_for_certain(household: list[dict[str, Any]], alone: bool) -> None:
    assert children.alone(date(2011, 1, 1), "day", household, TODAY) is alone
    assert children.alone(BORN, "day", household, TODAY) is False
    assert children.alone(None, None, household, TODAY) is False


def test_a_flag_is_raised_once_and_settled_once() -> None:
    flagged = children.flag(case(), TODAY)
    assert children.flag(flagged, TODAY + timedelta(days=1)) == flagged
    settled = children.settle(flagged, children.FLAG, "looked-after", TODAY)
    assert settled.flags == {
        "child-alone": {"raised_on": TODAY.isoformat(), "outcome": "looked-after", "settled_on": TODAY.isoformat()}
    }
    with pytest.raises(Conflict, match="wrong-state"):
        children.settle(settled, children.FLAG, "mistake", TODAY)
    with pytest.raises(Absent):
        children.settle(case(), children.FLAG, "mistake", TODAY)
