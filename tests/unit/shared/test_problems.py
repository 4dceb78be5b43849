"""Problems: every error has its answer, in two languages, and none of them repeats what was sent."""

import string
from typing import Annotated, Any, Literal

import asyncpg
import pytest
import sqlalchemy.exc
from fastapi.exceptions import RequestValidationError
from hypothesis import given
from hypothesis import strategies as st
from pydantic import AfterValidator, BaseModel, ConfigDict, Field, TypeAdapter, ValidationError
from pydantic_core import PydanticCustomError
from starlette.exceptions import HTTPException

from shared import text
from shared.access import TokenRefused
from shared.database import LOST
from shared.events.envelope import Code, Commune, Id
from shared.faults import FieldFault, fault, faults_of
from shared.kinds import Missing
from shared.problems import Faulty, is_away, is_lost, problem_of, respond
from shared.rejections import Absent, Conflict, Forbidden, Rejected
from shared.text import TextFault
from shared.texts import catalogue


def _no_such() -> str:
    raise PydanticCustomError("unknown-commune", "Canary")


class Row(BaseModel):
    model_config = ConfigDict(extra="forbid")

    line: int = Field(ge=1)
    phone: Annotated[str, AfterValidator(text.phone)] | None = None
    commune: Annotated[str, AfterValidator(lambda _: _no_such())] | None = None
    fields: dict[str, Annotated[str, Field(max_length=5)]] = {}


class Body(BaseModel):
    model_config = ConfigDict(extra="forbid")

    person: Id
    kind: Literal["a", "b"] = "a"
    place: Commune | None = None
    tags: Annotated[list[Code], Field(max_length=2)] = []
    rows: list[Row] = []
    either: int | Code | None = None


NAMES = frozenset({*Body.model_fields, *Row.model_fields})


def faults(value: Any) -> list[FieldFault]:
    try:
        Body.model_validate(value)
    except ValidationError as error:
        located = [{**each, "loc": ("body", *each["loc"])} for each in error.errors()]
        return problem_of(RequestValidationError(located), NAMES).errors
    return []


PERSON = "0192f0c1-0000-7000-8000-00000000abcd"


@pytest.mark.parametrize(
    ("changed", "expected"),
    [
        ({"person": None}, [("person", "not-text")]),
        ({"place": "12345"}, [("place", "not-a-commune")]),
        ({"tags": ["a", "b", "c"]}, [("tags", "too-many")]),
        ({"rows": [{"line": 1}, {"line": 0}]}, [("rows.1.line", "too-small")]),
        ({"rows": [{"line": 1, "phone": "Canary"}]}, [("rows.0.phone", "not-a-phone")]),
        ({"rows": [{"line": 1, "commune": "Canary"}]}, [("rows.0.commune", "unknown-commune")]),
        ({"rows": [{"line": 1, "fields": {"Canary": "Canary"}}]}, [("rows.0.fields", "too-long")]),
        ({"rows": [{"line": 1, "fields": {"Canary": 1}}]}, [("rows.0.fields", "not-text")]),
        ({"rows": 7}, [("rows", "not-a-list")]),
        ({"rows": [7]}, [("rows.0", "not-an-object")]),
        ({"Canary": 1}, [("body", "unknown-field")]),
        ({"either": "Canary Canary"}, [("either", "not-a-whole-number"), ("either", "not-a-code")]),
    ],
)
def test_a_fault_has_a_place_a_reason_and_a_remedy(changed: dict[str, Any], expected: list[tuple[str, str]]) -> None:
    found = faults({"person": PERSON, **changed})
    assert [(each.field, each.reason) for each in found] == expected
    assert all(each.fix and each.fix_km and "Canary" not in str(each) and "{" not in each.fix for each in found)


VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8).map(lambda text: text + "Canary"),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(st.text(max_size=8).map(lambda text: text + "Canary"), inner, max_size=3)
        | st.fixed_dictionaries({}, optional=dict.fromkeys([*Body.model_fields, *Row.model_fields], inner))
    ),
    max_leaves=20,
)


@given(VALUES)
def test_whatever_is_sent_nothing_of_it_comes_back(value: Any) -> None:
    assert "Canary" not in str(faults(value))


@given(st.lists(st.none(), min_size=60, max_size=70))
def test_at_most_fifty_faults_are_told(rows: list[None]) -> None:
    assert len(faults({"person": PERSON, "rows": rows})) == 50


@pytest.mark.parametrize(
    ("error", "status", "kind"),
    [
        (Faulty("too-large", most=5), 413, "too-large"),
        (TokenRefused("token-expired"), 401, "token-expired"),
        (Missing("Canary"), 404, "absent"),
        (Absent(), 404, "absent"),
        (Forbidden(["operator"]), 403, "not-allowed"),
        (Rejected("some-rule"), 422, "some-rule"),
        (Conflict("some-state"), 409, "some-state"),
        (HTTPException(404, "Canary"), 404, "no-such-address"),
        (HTTPException(405, "Canary"), 405, "no-such-method"),
        (HTTPException(418, "Canary"), 400, "request-refused"),
        (HTTPException(502, "Canary"), 500, "unexpected"),
        (ValueError("Canary"), 500, "unexpected"),
        (TextFault("not-a-date"), 500, "unexpected"),
        (ConnectionRefusedError("Canary"), 503, "database-away"),
        (TimeoutError("Canary"), 503, "database-away"),
        (asyncpg.ConnectionDoesNotExistError("Canary"), 503, "database-away"),
        (asyncpg.AdminShutdownError("Canary"), 503, "database-away"),
        (asyncpg.TooManyConnectionsError("Canary"), 503, "database-away"),
        (asyncpg.DiskFullError("Canary"), 503, "database-away"),
        (asyncpg.UndefinedTableError("Canary"), 503, "database-away"),
        (asyncpg.InterfaceError("Canary"), 503, "database-away"),
        (sqlalchemy.exc.TimeoutError("Canary"), 503, "database-away"),
        (asyncpg.LockNotAvailableError("Canary"), 503, "busy"),
        (asyncpg.DeadlockDetectedError("Canary"), 503, "busy"),
        (asyncpg.UniqueViolationError("Canary"), 500, "unexpected"),
        (asyncpg.UndefinedFunctionError("Canary"), 500, "unexpected"),
    ],
)
def test_every_error_has_its_answer(error: Exception, status: int, kind: str) -> None:
    answer = respond(error, instance="urn:uuid:x")
    problem = problem_of(error)
    assert (answer.status_code, problem.status) == (status, status)
    assert problem.type == f"urn:reintegration:problem:{kind}"
    assert answer.media_type == "application/problem+json"
    assert b"Canary" not in bytes(answer.body)
    assert ("retry-after" in answer.headers) == (status == 503)
    assert ("www-authenticate" in answer.headers) == (status == 401)


def test_a_rejection_speaks_for_itself_or_through_the_catalogue() -> None:
    own = problem_of(Conflict("closed", "Open it first.", "សូមបើកវាជាមុន។", field="case", allowed=["open"]))
    assert (own.detail, own.detail_km, own.allowed) == ("Open it first.", "សូមបើកវាជាមុន។", ["open"])
    assert [(each.field, each.reason, each.fix) for each in own.errors] == [("case", "closed", "Open it first.")]
    listed = problem_of(Rejected("wrong-check-digits", field="code"))
    assert listed.detail == fault("code", "wrong-check-digits").fix
    assert problem_of(Rejected("a-rule-without-words")).detail == catalogue("problems")["rejected"]["detail_en"]


def test_the_drivers_complaint_about_a_value_is_no_lost_connection() -> None:
    """asyncpg derives it from the error that also says that a connection is closed."""
    complaint = next(kind for kind in asyncpg.InterfaceError.__subclasses__() if issubclass(kind, ValueError))
    assert isinstance(complaint("Canary"), LOST)
    assert not is_lost(complaint("Canary"))
    assert not is_away(complaint("Canary"))


def test_the_servers_last_word_in_the_drivers_way_is_a_lost_connection() -> None:
    """Seen where the server closed a connection at the moment when the next statement was sent on it."""
    error = asyncpg.InternalClientError("cannot switch to state 15; another operation (2) is in progress")
    assert is_lost(error)
    assert is_away(error)


@pytest.mark.parametrize("name", ["problems", "faults"])
def test_the_catalogues_are_whole_in_both_languages(name: Literal["problems", "faults"]) -> None:
    for code, row in catalogue(name).items():
        TypeAdapter(Code).validate_python(code)
        for column, words in row.items():
            assert words.strip() == words != ""
            assert any("\u1780" <= letter <= "\u17ff" for letter in words) == column.endswith("_km"), code
            if column.endswith("_en"):
                assert _blanks(words) == _blanks(row[column.removesuffix("en") + "km"])
                assert _blanks(words) <= {"most", "least", "expected", "line", "column"}


def _blanks(text: str) -> set[str | None]:
    return {name for _, name, _, _ in string.Formatter().parse(text) if name is not None}


def test_a_fault_whose_limit_is_not_told_has_a_remedy_all_the_same() -> None:
    (found,) = faults_of([{"loc": ("body", "line"), "type": "less_than_equal"}], {"line"})
    assert (found.field, found.reason) == ("line", "invalid")
    assert found.fix
