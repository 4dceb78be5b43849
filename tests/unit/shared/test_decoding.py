"""From a record to an event and never to an exception, whatever bytes come; a broken one keeps what could be read."""

import uuid
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta, timezone
from typing import Any

import orjson
import pytest
from hypothesis import given
from hypothesis import strategies as some

from shared.events.decoding import Broken, Decoder, KeptRecord, Unhandled, headers_of
from shared.events.envelope import Event
from shared.events.intake import NeedsAssessed
from shared.outbox import headers_of as headers_of_row

DECODER = Decoder([NeedsAssessed])
SUBJECT, IDENTITY, CASE = (str(uuid.UUID(int=n << 96 | 0x4000 << 64 | 0x8 << 60)) for n in (1, 2, 3))
NEEDS = NeedsAssessed(questionnaire="v1", needs=("work",))
GOOD: dict[str, str | bytes | None] = {
    "specversion": "1.0",
    "id": IDENTITY,
    "source": "/reintegration/intake",
    "type": NeedsAssessed.type,
    "subject": SUBJECT,
    "sequence": "7",
    "time": "2026-11-25T08:00:00+07:00",
}
OTHER_VERSION = "reintegration.intake.needs-assessed.v9"

ids = some.uuids().map(str)
times = some.datetimes(
    datetime(1970, 1, 1), datetime(2200, 1, 1), timezones=some.just(UTC) | some.just(timezone(timedelta(hours=7)))
)
traces = some.from_regex(r"[0-9a-f]{2}-[0-9a-f]{32}-[0-9a-f]{16}-[0-9a-f]{2}", fullmatch=True)
contracts = some.builds(
    NeedsAssessed,
    questionnaire=some.from_regex(r"[a-z0-9][a-z0-9-]{0,39}", fullmatch=True),
    needs=some.lists(some.from_regex(r"[a-z0-9][a-z0-9-]{0,39}", fullmatch=True), max_size=5).map(tuple),
)


def binary(value: bytes | None = NEEDS.model_dump_json().encode(), **changed: str | bytes | None) -> KeptRecord:
    headers = [
        (f"ce_{name}", text if isinstance(text, bytes) else text.encode())
        for name, text in {**GOOD, **changed}.items()
        if text is not None
    ]
    return KeptRecord("intake", 0, 4, SUBJECT.encode(), value, headers)


def structured(value: Any, **changed: Any) -> KeptRecord:
    if isinstance(value, Mapping):
        value = orjson.dumps({**GOOD, **value, **changed})
    return KeptRecord("intake", 0, 4, SUBJECT.encode(), value, [("content-type", b"application/cloudevents+json")])


@given(ids, ids, some.integers(1, 10**18 - 1), times, ids | some.none(), ids, ids | some.none(), traces, contracts)
def test_what_the_relay_makes_of_a_row_of_the_ledger_is_read_as_the_same_event(
    identity: str,
    subject: str,
    sequence: int,
    time: datetime,
    caseid: str | None,
    correlationid: str,
    causationid: str | None,
    trace: str,
    data: NeedsAssessed,
) -> None:
    kind = NeedsAssessed.type
    row = (1, "intake", subject, "", identity, kind, sequence, time, caseid, correlationid, causationid, trace)
    record = KeptRecord("intake", 3, 9, subject.encode(), data.model_dump_json().encode(), headers_of_row(row))
    event = Event(identity, kind, subject, sequence, time, caseid, correlationid, causationid, trace, data)
    assert DECODER.decode(record) == event


BROKEN = {
    "no value": (binary(None), "tombstone"),
    "no attributes": (KeptRecord("intake", 0, 0, None, b"{}", [("other", b"x")]), "no-attributes"),
    "no type": (binary(type=None), "attribute-missing"),
    "no id": (binary(id=None), "attribute-missing"),
    "foreign id without source": (binary(id="17", source=None), "attribute-missing"),
    "no subject": (binary(subject=None), "attribute-missing"),
    "no sequence": (binary(sequence=None), "attribute"),
    "sequence 0": (binary(sequence="0"), "attribute"),
    "sequence below 0": (binary(sequence="-1"), "attribute"),
    "sequence of Khmer digits": (binary(sequence="៧"), "attribute"),
    "sequence beyond a bigint": (binary(sequence="9" * 19), "attribute"),
    "no time": (binary(time=None), "attribute"),
    "time without offset": (binary(time="2026-11-25T08:00:00"), "attribute"),
    "no time at all": (binary(time="yesterday"), "attribute"),
    "capital subject": (binary(subject=SUBJECT.upper().replace("0", "A")), "attribute"),
    "empty case": (binary(caseid=""), "attribute"),
    "empty correlation": (binary(correlationid=""), "attribute"),
    "ids that are two only together": (binary(caseid=CASE[:20], correlationid=CASE[20:] + CASE), "attribute"),
    "header not UTF-8": (binary(source=b"\xff\xfe"), "header-encoding"),
    "another key": (binary(subject=CASE), "wrong-key"),
    "another topic": (KeptRecord("training", 0, 0, SUBJECT.encode(), b"{}", binary().headers), "wrong-topic"),
    "another version": (binary(type=OTHER_VERSION), "unknown-version"),
    "a version that is none": (binary(type="reintegration.intake.needs-assessed.v\0Sok"), "unknown-version"),
    "not JSON": (binary(b"{"), "contract"),
    "not in the contract": (binary(b'{"needs": []}'), "contract"),
    "a lone surrogate": (binary(b'{"questionnaire": "\\ud800"}'), "contract"),
    "deeply nested": (binary(b"[" * 10_000), "contract"),
    "U+0000": (binary(b'{"questionnaire": "a\\u0000"}'), "nul-character"),
    "structured, not JSON": (structured(b"{"), "not-json"),
    "structured, not an object": (structured(b"[]"), "not-json"),
    "structured, U+0000": (structured({"data": {"questionnaire": "\0"}}), "nul-character"),
    "structured, deeply nested": (
        structured(orjson.dumps(GOOD)[:-1] + b',"data":' + b"[" * 500 + b"]" * 500 + b"}"),
        "not-json",
    ),
    "structured, no data": (structured({}), "contract"),
}


@pytest.mark.parametrize("what", BROKEN)
def test_what_cannot_be_read_is_told_by_a_reason(what: str) -> None:
    record, reason = BROKEN[what]
    broken = DECODER.decode(record)
    assert isinstance(broken, Broken), broken
    assert broken.reason == reason
    assert broken.subject == (SUBJECT if record.key is not None else None)
    assert "Sok" not in f"{broken.detail}{broken.type}"


def test_a_broken_record_keeps_what_could_be_read_of_it() -> None:
    broken = DECODER.decode(binary(type=OTHER_VERSION))
    assert isinstance(broken, Broken)
    assert (broken.id, broken.subject, broken.sequence, broken.type) == (IDENTITY, SUBJECT, 7, OTHER_VERSION)


def test_a_foreign_id_is_the_same_before_and_after_the_record_can_be_read() -> None:
    """It is written down in the inbox when the record is parked, and must be known when it comes again."""
    event, broken = DECODER.decode(binary(id="17")), DECODER.decode(binary(id="17", type=OTHER_VERSION))
    assert isinstance(event, Event)
    assert isinstance(broken, Broken)
    assert event.id == broken.id == str(uuid.uuid5(uuid.NAMESPACE_URL, "/reintegration/intake 17"))


@pytest.mark.parametrize(
    ("kind", "told"),
    [
        ("reintegration.intake.case-closed.v1", "reintegration.intake.case-closed.v1"),
        ("reintegration.intake.not-yet-invented.v12", "reintegration.intake.not-yet-invented.v12"),
        ("com.example.something.v1", "foreign"),
        ("reintegration.Sok Dara, 012 345 678", "foreign"),
        ("reintegration.intake." + "x" * 500 + ".v1", "foreign"),
    ],
)
def test_a_type_that_is_not_handled_is_told_by_its_name_only_where_it_can_be_one_of_ours(kind: str, told: str) -> None:
    skipped = DECODER.decode(binary(type=kind))
    assert isinstance(skipped, Unhandled)
    assert skipped.type == told


def test_in_structured_mode_a_number_is_a_sequence_and_null_is_absent() -> None:
    data = {"questionnaire": "v1", "needs": ["work"]}
    event = DECODER.decode(structured({"data": data, "sequence": 7, "caseid": None, "specversion": "1.0"}))
    assert isinstance(event, Event)
    assert (event.sequence, event.caseid, event.data) == (7, None, NEEDS)


def test_of_a_header_that_comes_twice_the_last_counts_and_of_a_name_in_json_too() -> None:
    record = binary(b'{"questionnaire": "v0", "questionnaire": "v1", "needs": ["work"]}')
    twice = KeptRecord("intake", 0, 4, record.key, record.value, [("ce_sequence", b"1"), *record.headers])
    event = DECODER.decode(twice)
    assert isinstance(event, Event)
    assert (event.sequence, event.data) == (7, NEEDS)


def test_a_traceparent_that_is_none_is_left_out() -> None:
    event = DECODER.decode(binary(traceparent="00-x"))
    assert isinstance(event, Event)
    assert event.traceparent is None


names = some.sampled_from([*(f"ce_{name}" for name in GOOD), "ce_caseid", "content-type"]) | some.text(max_size=8)
values = (
    some.none()
    | some.binary(max_size=40)
    | some.sampled_from([text.encode() for text in GOOD.values() if isinstance(text, str)])
    | some.sampled_from([b"application/cloudevents+json", OTHER_VERSION.encode()])
)
json = some.recursive(
    some.none() | some.booleans() | some.integers(-(2**63), 2**63) | some.floats(allow_nan=False) | some.text(),
    lambda inner: some.lists(inner) | some.dictionaries(some.sampled_from([*GOOD, "data"]) | some.text(), inner),
    max_leaves=10,
)
records = some.builds(
    KeptRecord,
    some.sampled_from(["intake", "training"]),
    some.just(0),
    some.just(0),
    some.none() | some.binary(max_size=40) | some.just(SUBJECT.encode()),
    some.none() | some.binary(max_size=40) | json.map(orjson.dumps),
    some.lists(some.tuples(names, values), max_size=12),
)


@given(records)
def test_nothing_that_can_come_raises_and_all_of_it_can_be_kept(record: KeptRecord) -> None:
    decoded = DECODER.decode(record)
    assert isinstance(decoded, Event | Broken | Unhandled)
    kept = record.headers_json()
    assert "\\u0000" not in kept
    assert [value for _, value in headers_of(kept)] == [value for _, value in record.headers]
    again = KeptRecord(record.topic, 0, 0, record.key, record.value, headers_of(kept))
    assert again.digest() == record.digest()
    if isinstance(decoded, Broken):
        assert "\0" not in f"{decoded.id}{decoded.subject}{decoded.type}{decoded.detail}"
    if isinstance(decoded, Event):
        each = (decoded.id, decoded.subject, decoded.caseid, decoded.correlationid, decoded.causationid)
        assert all(str(uuid.UUID(one)) == one for one in each if one is not None)
