"""What a journey really published and consumed is what the services' lists, and the map of events, say."""

import json

import asyncpg
import pytest

from deploy.demo.evidence import Published, published
from services.__main__ import NAMES, service_named
from shared.events import REGISTRY
from shared.events.casework import AssessmentDue, CasePlanLate
from shared.events.dropping import DROPPED
from shared.events.intake import ReferralReminded
from shared.events.transfers import CaseReopened
from tests.conftest import ROOT
from tests.journey.conftest import Pilot

BY_OPERATORS = {contract.type for contract in DROPPED}
"""An operator's decision about a parked event, of which a pilot has none: tests/integration/repair shows them."""

OF_TIME = {contract.type for contract in (ReferralReminded, AssessmentDue, CasePlanLate, CaseReopened)}
"""What comes of days and months, or of a mistake seen later, of which a pilot of a minute has none:
tests/integration/intake shows them."""

pytestmark = pytest.mark.timeout(900)  # a net for a hang: the first test here runs the whole pilot


@pytest.fixture(scope="module")
def events(pilot: Pilot) -> list[Published]:
    return published(pilot.addresses)


def test_every_service_published_what_it_lists_and_nothing_else(events: list[Published]) -> None:
    emitted: dict[str, set[str]] = {name: set() for name in NAMES}
    for event in events:
        emitted[event.fact.partition(".")[0]].add(event.type)
    assert emitted == {
        name: {contract.type for contract in service_named(name).emits} - BY_OPERATORS - OF_TIME for name in NAMES
    }


async def test_every_service_consumed_what_it_lists_and_nothing_else(pilot: Pilot, events: list[Published]) -> None:
    types = {event.id: event.type for event in events}
    consumed = {}
    for name in NAMES:
        connection = await asyncpg.connect(pilot.addresses.databases[name])
        try:
            rows = await connection.fetch("select id::text from inbox where consumer = $1", name)
        finally:
            await connection.close()
        consumed[name] = {types[row[0]] for row in rows if row[0] in types}
    listed = {name: {contract.type for contract in service_named(name).consumes} for name in NAMES}
    assert consumed == {name: types - BY_OPERATORS - OF_TIME for name, types in listed.items()}


def test_the_map_of_events_says_the_same(events: list[Published]) -> None:
    flows = json.loads((ROOT / "docs" / "flows.json").read_text(encoding="utf-8"))
    listed = {kind for service in flows["services"].values() for kind in service["emits"]}
    assert listed == set(REGISTRY)
    assert {event.type for event in events} == listed - BY_OPERATORS - OF_TIME


def test_every_event_is_read_by_its_contract_without_anything_left_over(events: list[Published]) -> None:
    for event in events:
        contract = REGISTRY[event.type]
        assert set(event.data) <= set(contract.model_fields), event.type
        contract.model_validate_json(json.dumps(event.data))


def test_causes_are_events_that_were_published(events: list[Published]) -> None:
    known = {event.id for event in events}
    assert {event.causation for event in events if event.causation is not None} <= known
