"""The oracle's own reading of events, held against what the relay really writes and the consumers really read."""

import json
import uuid
from datetime import UTC, datetime, timedelta, timezone
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from deploy.oracle.reading import EPOCH, effect_of, message_of, of_record, of_row, packed
from shared.events.decoding import Decoder, KeptRecord
from shared.events.envelope import REGISTRY, Event
from shared.outbox import headers_of

Headers = list[tuple[str, bytes | None]]

ids = st.uuids().map(str)
traces = st.from_regex(r"\A00-[0-9a-f]{32}-[0-9a-f]{16}-01\Z")
times = st.datetimes(datetime(2020, 1, 1), datetime(2090, 1, 1), timezones=st.just(UTC))
rows = st.builds(
    lambda *row: row,
    st.integers(1, 2**40),
    st.just("intake"),
    ids,
    st.dictionaries(st.text(), st.one_of(st.text(), st.integers(), st.none())).map(json.dumps),
    ids,
    st.sampled_from(sorted(REGISTRY)),
    st.integers(1, 2**50),
    times,
    st.none() | ids,
    ids,
    st.none() | ids,
    st.none() | traces,
)
"""Rows as the relay reads them from a ledger."""

TYPE = "reintegration.intake.consent-given.v1"
ROW = (
    *(1, "intake", str(uuid.UUID(int=1)), '{"purpose":"messages"}', str(uuid.UUID(int=2)), TYPE, 3),
    *(datetime(2026, 11, 24, 8, 30, 0, 123456, UTC), None, str(uuid.UUID(int=4)), str(uuid.UUID(int=5)), None),
)


def read_row(row: tuple[Any, ...]) -> Any:
    _, _, subject, data, identity, kind, sequence, time, caseid, correlationid, causationid, traceparent = row
    microseconds = (time - EPOCH) // timedelta(microseconds=1)
    cause = (caseid, correlationid, causationid, traceparent)
    return of_row(packed(identity), kind, subject, sequence, microseconds, *cause, data)


def written(row: tuple[Any, ...]) -> tuple[bytes, bytes, Headers]:
    """Key, value and headers as the relay writes them."""
    return row[2].encode(), row[3].encode(), [*headers_of(row)]


def changed(headers: Headers, name: str, value: bytes | None) -> Headers:
    return [(each, value if each == name else content) for each, content in headers]


@given(rows)
def test_what_the_relay_writes_reads_as_the_ledger_says(row: tuple[Any, ...]) -> None:
    assert of_record(*written(row)) == read_row(row)


@pytest.mark.parametrize(
    ("header", "value"),
    [
        ("ce_type", b"reintegration.intake.consent-withdrawn.v1"),
        ("ce_subject", str(uuid.UUID(int=9)).encode()),
        ("ce_subject", b"not an id"),
        ("ce_sequence", b"4"),
        ("ce_sequence", b"-1"),
        ("ce_sequence", b"9" * 30),
        ("ce_time", b"2026-11-24T08:30:00.123457+00:00"),
        ("ce_time", b"2026-11-24T08:30:00.123456"),
        ("ce_time", b"yesterday"),
        ("ce_correlationid", str(uuid.UUID(int=9)).encode()),
        ("ce_causationid", None),
        ("ce_causationid", b"\xff"),
    ],
)
def test_a_changed_attribute_is_noticed(header: str, value: bytes | None) -> None:
    key, content, headers = written(ROW)
    read = of_record(key, content, changed(headers, header, value))
    assert read is not None
    assert read != read_row(ROW)
    assert read.id == read_row(ROW).id


@pytest.mark.parametrize("added", ["ce_caseid", "ce_traceparent"])
def test_an_added_attribute_is_noticed(added: str) -> None:
    key, content, headers = written(ROW)
    assert of_record(key, content, [*headers, (added, b"x")]) != read_row(ROW)


@pytest.mark.parametrize(("key", "value"), [(b"other", b"{}"), (None, None), (b"", b'{"purpose": "messages"}')])
def test_a_changed_key_or_value_is_noticed(key: bytes | None, value: bytes | None) -> None:
    kept, content, headers = written(ROW)
    assert of_record(key, content, headers) != read_row(ROW)
    assert of_record(kept, value, headers) != read_row(ROW)


def test_another_spelling_of_the_same_time_is_no_change() -> None:
    key, content, headers = written(ROW)
    abroad = ROW[7].astimezone(timezone(timedelta(hours=7))).isoformat().encode()
    assert of_record(key, content, changed(headers, "ce_time", abroad)) == read_row(ROW)


def test_both_modes_of_cloudevents_read_alike() -> None:
    key, content, headers = written(ROW)
    event = {name[3:]: (value or b"").decode() for name, value in headers if name.startswith("ce_")}
    value = json.dumps({**event, "sequence": 3, "data": json.loads(content)}).encode()
    assert of_record(key, value, [("content-type", b"application/cloudevents+json")]) == read_row(ROW)


@pytest.mark.parametrize(
    ("value", "headers"),
    [
        (b"{}", []),
        (b"{}", [("id", b"1"), ("type", b"reintegration.intake.consent-given.v1")]),
        (b"{}", [("ce_id", b"1"), ("ce_type", b"org.example.thing.v1")]),
        (b"{}", [("ce_type", TYPE.encode())]),
        (b"{}", [("ce_id", b"1"), ("ce_type", None)]),
        (b"{}", [("ce_id", b"1"), ("ce_type", b"reintegration." + b"x" * 1000)]),
        (b"\xff\x00", [("content-type", b"application/cloudevents+json")]),
        (b"[" * 100_000, [("content-type", b"application/cloudevents+json")]),
        (b"[1]", [("content-type", b"application/cloudevents+json")]),
        (None, [("content-type", b"application/cloudevents+json")]),
        (None, []),
    ],
)
def test_what_is_none_of_our_events_is_foreign(value: bytes | None, headers: Headers) -> None:
    assert of_record(None, value, headers) is None


@given(
    st.binary() | st.none(),
    st.lists(st.tuples(st.sampled_from(["ce_id", "ce_type", "content-type", "x"]), st.binary())),
)
def test_reading_never_fails(value: bytes | None, headers: Headers) -> None:
    of_record(value, value, headers)


JSON = st.recursive(st.none() | st.booleans() | st.text() | st.just("\ud800"), st.lists, max_leaves=4)


@given(st.dictionaries(st.sampled_from(["id", "source", "subject", "caseid", "time", "data"]), JSON))
def test_reading_a_structured_event_never_fails(attributes: dict[str, Any]) -> None:
    value = json.dumps({**attributes, "type": TYPE}).encode()
    of_record(None, value, [("content-type", b"application/cloudevents+json; charset=UTF-8")])


@pytest.mark.parametrize("identity", ["42", str(uuid.UUID(int=2)).upper().replace("0", "A"), "a/b c"])
def test_an_id_of_another_form_is_known_as_the_services_know_it(identity: str) -> None:
    key, content, headers = written((*ROW[:3], '{"purpose":"messages","text_version":"v1","given":"signed"}', *ROW[4:]))
    headers = changed(headers, "ce_id", identity.encode())
    event = Decoder([REGISTRY[TYPE]]).decode(KeptRecord("intake", 0, 0, key, content, headers))
    assert isinstance(event, Event)
    read = of_record(key, content, headers)
    assert read is not None
    assert read.id == packed(event.id)


REFERRAL = "reintegration.intake.referral-requested.v1"


def effect(event: str = REFERRAL, caseid: str | None = "c", cause: str | None = "e", **data: object) -> bytes | None:
    return effect_of(event, "s", caseid, cause, json.dumps(data))


def test_an_effect_is_the_same_whatever_id_was_made_up_for_it() -> None:
    once = effect(referral="1", code="11", kind="course", course="welding-basic")
    assert once is not None
    assert once == effect(referral="2", code="22", course="welding-basic", kind="course")
    assert once != effect(referral="1", code="11", kind="course", course="masonry-basic")
    assert once != effect(cause="f", referral="1", code="11", kind="course", course="welding-basic")
    assert once != effect(caseid=None, referral="1", code="11", kind="course", course="welding-basic")


def test_ids_that_were_not_made_up_tell_effects_apart() -> None:
    proposed = "reintegration.employment.match-proposed.v1"
    assert effect(proposed, match="1", vacancy="v") == effect(proposed, match="2", vacancy="v")
    assert effect(proposed, match="1", vacancy="v") != effect(proposed, match="1", vacancy="w")
    reserved = "reintegration.training.seat-reserved.v1"
    assert effect(reserved, referral="1") != effect(reserved, referral="2")


def test_without_a_cause_nothing_tells_repetition_from_a_second_occasion() -> None:
    assert effect(cause=None, kind="course") is None


def test_messages_are_known_by_fact_template_and_channel() -> None:
    delivered = "reintegration.notifications.message-delivered.v1"

    def message(kind: str = delivered, subject: str = "s", **changes: str) -> bytes | None:
        data = {"message": "1", "about": "a", "template": "t", "channel": "sms", "language": "km", **changes}
        return message_of(kind, subject, json.dumps(data))

    assert message() is not None
    assert message() == message(message="2", language="en")
    assert (
        len({message(), message(about="b"), message(template="u"), message(channel="voice"), message(subject="x")}) == 5
    )
    assert message(delivered.replace("delivered", "failed")) is None
    assert effect(delivered, message="1", about="a") is None


@pytest.mark.parametrize("data", ["", "[]", "{", "[" * 100_000])
def test_data_that_is_no_object_stops_nothing(data: str) -> None:
    assert effect_of(REFERRAL, "s", None, "e", data) is not None
    assert message_of("reintegration.notifications.message-delivered.v1", "s", data) is not None
