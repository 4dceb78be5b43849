"""A parked record's copy with named fields replaced: an event that its contract allows, or a refusal that says why."""

import uuid
from typing import Any

import orjson
import pytest
from hypothesis import given
from hypothesis import strategies as some

from shared.correcting import corrected
from shared.events.decoding import Broken, Decoder, KeptRecord
from shared.events.envelope import Event
from shared.events.intake import NeedsAssessed, ReferralRequested
from shared.rejections import Rejected

DECODER = Decoder([NeedsAssessed])
SUBJECT, IDENTITY, OTHER = (str(uuid.UUID(int=n << 96 | 0x4000 << 64 | 0x8 << 60)) for n in (1, 2, 3))
SECRET = "Made-up Name Of Nobody"
ATTRIBUTES = {
    "id": IDENTITY,
    "source": "/reintegration/intake",
    "type": NeedsAssessed.type,
    "subject": SUBJECT,
    "sequence": "7",
    "time": "2026-11-25T08:00:00+07:00",
}
GOOD: dict[str, Any] = {"questionnaire": "v1", "needs": ["work", "skills"]}

codes = some.from_regex(r"[a-z0-9][a-z0-9-]{0,39}", fullmatch=True)
values = some.recursive(
    some.none() | some.booleans() | some.integers() | some.floats() | some.text(max_size=20),
    lambda inner: some.lists(inner, max_size=3) | some.dictionaries(some.text(max_size=5), inner, max_size=3),
    max_leaves=5,
)
paths = some.sampled_from(
    ["questionnaire", "needs", "needs.0", "needs.9", "needs.x", "kode", "data", "", ".", "needs.0.deeper"]
    + [f"ce_{name}" for name in (*ATTRIBUTES, "caseid", "specversion")]
) | some.text(max_size=12)


def kept(data: Any, **changed: str) -> KeptRecord:
    value = data if isinstance(data, bytes) else orjson.dumps(data)
    headers = [(f"ce_{name}", text.encode()) for name, text in {**ATTRIBUTES, **changed}.items()]
    return KeptRecord("intake", 3, 9, SUBJECT.encode(), value, headers)


def refused(record: KeptRecord, fields: dict[str, Any]) -> Rejected:
    with pytest.raises(Rejected) as raised:
        corrected(DECODER, record, fields)
    assert SECRET not in raised.value.en
    return raised.value


@given(codes, some.lists(codes, max_size=4))
def test_a_corrected_field_makes_the_event_that_a_right_record_would_have_been(code: str, needs: list[str]) -> None:
    right = kept({"questionnaire": code, "needs": needs})
    wrong = kept({"questionnaire": SECRET, "needs": needs})
    assert isinstance(DECODER.decode(wrong), Broken)
    record, event = corrected(DECODER, wrong, {"questionnaire": code})
    assert (record, event) == (right, DECODER.decode(right))


def test_an_item_of_a_list_and_a_field_that_was_missing_can_be_given() -> None:
    _, event = corrected(DECODER, kept({"needs": ["work", SECRET]}), {"questionnaire": "v2", "needs.1": "skills"})
    assert event.data == NeedsAssessed(questionnaire="v2", needs=("work", "skills"))


@pytest.mark.parametrize("value", [b"", b"{", b"[]", b'"text"', b"\xff"])
def test_data_that_are_no_object_are_given_whole_or_not_at_all(value: bytes) -> None:
    refusal = refused(kept(value), {"questionnaire": "v1"})
    assert (refusal.reason, refusal.field) == ("not-json", "data")
    _, event = corrected(DECODER, kept(value), {"data": GOOD})
    assert event.data == NeedsAssessed(questionnaire="v1", needs=("work", "skills"))


def test_a_field_given_beside_the_whole_is_put_into_it() -> None:
    _, event = corrected(DECODER, kept(b""), {"needs.0": "health", "data": {**GOOD}})
    assert event.data == NeedsAssessed(questionnaire="v1", needs=("health", "skills"))


@pytest.mark.parametrize("field", ["kode", "needs.2", "needs.x", "needs.-1", "questionnaire.0", "", "kode.0"])
def test_a_field_that_the_contract_does_not_have_is_named(field: str) -> None:
    refusal = refused(kept(GOOD), {field: "work"})
    assert (refusal.reason, refusal.field) == ("unknown-field", field)


@pytest.mark.parametrize(
    ("field", "value", "named"),
    [
        ("questionnaire", SECRET, "questionnaire"),
        ("questionnaire", None, "questionnaire"),
        ("needs", "work", "needs"),
        ("needs.0", SECRET, "needs.0"),
        ("needs", ["work"] * 51, "needs"),
        ("data", {"needs": []}, "questionnaire"),
        ("data", None, "data"),
        ("data", SECRET, "data"),
        ("questionnaire", "a\0", "questionnaire"),
        ("questionnaire", 10**30, "questionnaire"),
        ("questionnaire", "\ud800", "questionnaire"),
    ],
)
def test_a_value_that_breaks_the_contract_is_refused_and_not_repeated(field: str, value: Any, named: str) -> None:
    assert refused(kept(GOOD), {field: value}).field == named


def test_a_second_fault_keeps_it_from_being_corrected() -> None:
    assert refused(kept({"questionnaire": SECRET, "needs": [SECRET]}), {"questionnaire": "v1"}).field == "needs.0"


def test_attributes_are_corrected_and_the_data_stay_as_they_are() -> None:
    record, event = corrected(DECODER, kept(b' {"questionnaire":  "v1"}', sequence="none"), {"ce_sequence": 8})
    assert (event.sequence, record.value) == (8, b' {"questionnaire":  "v1"}')


@pytest.mark.parametrize(
    ("field", "value", "reason", "named"),
    [
        ("ce_subject", OTHER, "not-corrected", "ce_subject"),  # its key is still the first person's
        ("ce_time", "yesterday", "not-corrected", "ce_time"),
        ("ce_time", "\ud800", "not-text", "ce_time"),
        ("ce_sequence", True, "not-text", "ce_sequence"),
        ("ce_sequence", ["8"], "not-text", "ce_sequence"),
        ("ce_" + SECRET, "x", "unknown-field", "ce_?"),
        ("ce_type", ReferralRequested.type, "not-handled", "ce_type"),
        ("ce_type", "reintegration.intake.needs-assessed.v9", "not-corrected", "ce_type"),
    ],
)
def test_an_attribute_that_cannot_be_is_refused(field: str, value: Any, reason: str, named: str) -> None:
    refusal = refused(kept(GOOD), {field: value})
    assert (refusal.reason, refusal.field) == (reason, named)


def test_a_structured_record_becomes_a_binary_one() -> None:
    whole = orjson.dumps({**ATTRIBUTES, "sequence": 7, "data": {**GOOD, "questionnaire": SECRET}})
    record = KeptRecord(
        "intake", 3, 9, SUBJECT.encode(), whole, [("content-type", b"application/cloudevents+json; charset=utf-8")]
    )
    copy, event = corrected(DECODER, record, {"questionnaire": "v1"})
    assert event == DECODER.decode(kept(GOOD)) == DECODER.decode(copy)
    assert dict(copy.headers)["content-type"] == b"application/json"
    assert orjson.loads(copy.value or b"") == GOOD


@given(some.sampled_from([GOOD, {"needs": []}, [], 7]), some.dictionaries(paths, values, min_size=1, max_size=3))
def test_whatever_is_asked_the_result_is_an_event_or_a_refusal_with_its_field(
    data: Any, fields: dict[str, Any]
) -> None:
    """Laws: the event is what its bytes say; where it came from stays; the same correction again changes nothing."""
    record = kept(data)
    try:
        copy, event = corrected(DECODER, record, fields)
    except Rejected as raised:
        refusal = raised
    else:
        assert isinstance(event, Event)
        assert DECODER.decode(copy) == event
        assert (copy.topic, copy.partition, copy.offset, copy.key) == ("intake", 3, 9, SUBJECT.encode())
        assert event.subject == SUBJECT
        assert corrected(DECODER, copy, fields) == (copy, event)
        return
    assert all((refusal.reason, refusal.en))
    assert refusal.field is not None
