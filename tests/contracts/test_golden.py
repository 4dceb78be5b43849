"""Every event that was ever released can still be read, and today's events can be read by every released build.

`golden/` holds records of each version as they stood in Kafka. A sample is never edited once its contract is released;
a new optional field gets a new sample. `released/` holds every schema that a version has had.
"""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import orjson
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator, FormatChecker

from deploy.contracts.asyncapi import headers_schema
from deploy.contracts.documents import read_released
from deploy.contracts.schemas import Schema, schema_of
from shared.events import REGISTRY
from shared.events.decoding import Broken, Decoder, KeptRecord
from shared.events.envelope import Event
from tests.contracts.samples import data_of

GOLDEN = Path(__file__).parent / "golden"
RELEASED = read_released()
EVERYONE = Decoder(REGISTRY.values())


@dataclass(frozen=True)
class Sample:
    """A record as it stood in Kafka, with the type it is of."""

    type: str
    about: str
    key: str
    headers: dict[str, str]
    value: dict[str, Any]

    def record(self) -> KeptRecord:
        headers = [(name, value.encode()) for name, value in self.headers.items()]
        topic = REGISTRY[self.type].topic
        return KeptRecord(topic, 0, 0, self.key.encode(), orjson.dumps(self.value), headers)


def samples() -> Iterator[Sample]:
    for file in sorted(GOLDEN.glob("*.json")):
        for sample in json.loads(file.read_text(encoding="utf-8")):
            yield Sample(file.stem, **sample)


SAMPLES = list(samples())


def problems(schema: Schema, value: Any) -> list[str]:
    checker = Draft202012Validator(schema, format_checker=FormatChecker())
    return [error.message for error in checker.iter_errors(value)]


def decoded(record: KeptRecord) -> Event:
    event = EVERYONE.decode(record)
    assert isinstance(event, Event), event
    return event


def known(schema: Schema, value: Any) -> Any:
    """What a value holds of the fields that a schema knows, at any depth."""
    if "anyOf" in schema:
        return value if value is None else known(schema["anyOf"][0], value)
    if isinstance(value, dict):
        return {name: known(field, value[name]) for name, field in schema["properties"].items() if name in value}
    if isinstance(value, list):
        return [known(schema["items"], item) for item in value]
    return value


def test_every_contract_has_samples_and_a_record() -> None:
    assert {sample.type for sample in SAMPLES} == set(REGISTRY) == set(RELEASED)


@pytest.mark.parametrize("kind", sorted(REGISTRY))
def test_the_samples_show_the_whole_contract(kind: str) -> None:
    """Its least, each of its fields, and fields that this build has not heard of."""
    schema = schema_of(REGISTRY[kind])
    held = [set(sample.value) for sample in SAMPLES if sample.type == kind]
    fields, required = set(schema["properties"]), set(schema.get("required", ()))
    assert required in held
    assert any(fields <= one for one in held), "add a sample that has every field"
    assert any(one - fields for one in held)


@pytest.mark.parametrize("sample", SAMPLES, ids=[f"{sample.type}: {sample.about}" for sample in SAMPLES])
def test_a_sample_is_read_by_this_build(sample: Sample) -> None:
    event = decoded(sample.record())
    headers = sample.headers
    assert (event.id, event.type, event.subject) == (headers["ce_id"], sample.type, sample.key)
    assert (str(event.sequence), event.time.isoformat()) == (headers["ce_sequence"], headers["ce_time"])
    assert (event.correlationid, event.causationid) == (headers["ce_correlationid"], headers.get("ce_causationid"))
    assert (event.caseid, event.traceparent) == (headers.get("ce_caseid"), headers.get("ce_traceparent"))
    # Nothing that it says and this build knows is lost or becomes something else.
    schema = schema_of(REGISTRY[sample.type])
    assert known(schema, event.data.model_dump(mode="json", exclude_unset=True)) == known(schema, sample.value)


@pytest.mark.parametrize("sample", SAMPLES, ids=[f"{sample.type}: {sample.about}" for sample in SAMPLES])
def test_a_sample_is_valid_by_every_released_schema(sample: Sample) -> None:
    assert problems(headers_schema(), sample.headers) == []
    for schema in RELEASED[sample.type]:
        assert problems(schema, sample.value) == []


@settings(max_examples=25)
@given(st.data())
@pytest.mark.parametrize("kind", sorted(REGISTRY))
def test_builds_read_each_other(kind: str, data: st.DataObject) -> None:
    """What any released schema allows, this build reads; what this build writes, every released schema allows."""
    (sample, *_) = (sample for sample in SAMPLES if sample.type == kind)
    for schema in RELEASED[kind]:
        value = data.draw(data_of(schema))
        event = decoded(Sample(kind, "", sample.key, sample.headers, value).record())
        written = json.loads(event.data.model_dump_json())
        for reader in RELEASED[kind]:
            assert problems(reader, written) == []


def test_what_is_no_event_of_the_contract_is_not_read() -> None:
    """The checks above could not fail otherwise."""
    sample = next(sample for sample in SAMPLES if sample.value.get("reason") == "full")
    broken = Sample(sample.type, "", sample.key, sample.headers, {**sample.value, "reason": "FULL UP"})
    assert isinstance(EVERYONE.decode(broken.record()), Broken)
    assert problems(RELEASED[sample.type][0], broken.value) != []
