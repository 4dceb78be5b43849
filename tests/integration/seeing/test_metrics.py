"""What a service shows Prometheus, of a journey that it went through."""

import re
from collections.abc import Awaitable, Callable

import httpx
import pytest
from prometheus_client.parser import text_string_to_metric_families

from services.__main__ import NAMES, service_named
from shared.http import application
from shared.scraping import MetricsDoor, Scrape
from shared.service import Running
from tests.integration.asking import issuer
from tests.integration.core.parrot import parrot
from tests.integration.core.speaking import needs, person, record, speak
from tests.unit.observability.table import LIBRARY, OWN
from tests.waiting import until

Start = Callable[..., Awaitable[Running]]
Shown = dict[tuple[str, frozenset[tuple[str, str]]], float]


def client_of(running: Running) -> httpx.AsyncClient:
    return httpx.AsyncClient(transport=httpx.ASGITransport(application(running)), base_url="http://service")


async def shown_by(client: httpx.AsyncClient) -> tuple[str, Shown]:
    answer = await client.get("/metrics")
    assert answer.status_code == 200
    assert answer.headers["content-type"].startswith("text/plain; version=0.0.4")
    return answer.text, {
        (sample.name, frozenset(sample.labels.items())): sample.value
        for family in text_string_to_metric_families(answer.text)
        for sample in family.samples
    }


def value(shown: Shown, name: str, **labels: str) -> float:
    return shown[name, frozenset(labels.items())]


def labelled(shown: Shown, name: str) -> dict[frozenset[tuple[str, str]], float]:
    return {labels: number for (each, labels), number in shown.items() if each == name}


async def test_what_a_service_did_is_shown_and_nobody_is_named(running: Start, kafka: str, topics: str) -> None:
    service = await running(parrot(), issuer_key=issuer().public_key)
    people = [person() for _ in range(3)]
    await speak(kafka, topics, [needs(people[0], 1), needs(people[1], 1), record(people[2], 1, b"{}")])
    await until(lambda: service.consumer.counts["applied"] == 2 and service.consumer.counts["parked"] == 1)
    async with client_of(service) as client:
        _, first = await shown_by(client)

        async def caught_up() -> bool:
            return not any(labelled((await shown_by(client))[1], "reintegration_consumer_lag_events").values())

        await until(caught_up)
        text, shown = await shown_by(client)
    assert value(shown, "reintegration_started") == 1
    assert value(shown, "reintegration_database_answers") == 1
    assert value(shown, "reintegration_events_applied_total", type="reintegration.intake.needs-assessed.v1") == 2
    assert value(shown, "reintegration_events_parked_total", reason="contract") == 1
    assert value(first, "reintegration_parked_waiting", reason="contract") == 1
    assert value(shown, "reintegration_batch_events_sum") == 3
    assert value(shown, "reintegration_consumer_partitions") == len(
        labelled(shown, "reintegration_consumer_lag_events")
    )
    assert value(shown, "reintegration_pool_connections", pool="commands") == 8
    assert value(shown, "reintegration_loop_progress_age_seconds", loop="relay") >= 0
    assert value(shown, "reintegration_http_request_seconds_count", method="GET", route="/metrics", status="2xx") >= 1
    assert re.search(r"[0-9a-f]{8}-[0-9a-f]{4}", text) is None


OF_ONE_SERVICE = {name for each in NAMES for name in service_named(each).gauges}
"""Shown by the service that has it, and by no other."""


async def test_what_is_shown_is_what_the_table_says(running: Start) -> None:
    service = await running(parrot(), issuer_key=issuer().public_key)
    async with client_of(service) as client:
        text, shown = await shown_by(client)
    table = OWN | LIBRARY
    assert dict(re.findall(r"^# TYPE (\S+) (\S+)$", text, re.MULTILINE)) == {
        name: row.kind for name, row in table.items() if name not in OF_ONE_SERVICE
    }
    meanings = dict(re.findall(r"^# HELP (\S+) (.*)$", text, re.MULTILINE))
    assert {name: meanings.get(name, OWN[name].meaning) for name in OWN} == {
        name: row.meaning for name, row in OWN.items()
    }
    for name, labels in shown:
        row = table.get(name) or table[re.sub(r"_(bucket|sum|count)$", "", name)]
        assert {label for label, _ in labels} - {"le"} == set(row.labels), name


async def test_what_kafka_holds_and_the_consumer_does_not_apply_is_its_lag(
    running: Start, kafka: str, topics: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    service = await running(parrot(), issuer_key=issuer().public_key)
    someone = person()
    await speak(kafka, topics, [needs(someone, 1)])
    await until(lambda: service.consumer.counts["applied"] == 1)

    async def refused(_: object) -> None:
        raise OSError("refused")

    monkeypatch.setattr(service.consumer, "apply", refused)
    await speak(kafka, topics, [needs(someone, 2), needs(someone, 3)])
    async with client_of(service) as client:

        async def behind() -> bool:
            return sum(labelled((await shown_by(client))[1], "reintegration_consumer_lag_events").values()) == 2

        await until(behind)
        await until(lambda: service.receiver is not None and service.receiver.failure is not None)
        for _ in range(3):  # also while the batch is taken and put back again and again
            _, shown = await shown_by(client)
            assert sum(labelled(shown, "reintegration_consumer_lag_events").values()) == 2
        assert value(shown, "reintegration_consumer_failing") == 1
        assert value(shown, "reintegration_batches_put_back_total") >= 1
        monkeypatch.undo()
        await until(lambda: service.consumer.counts["applied"] == 3)


async def test_metrics_on_a_port_of_their_own_are_nowhere_else(running: Start) -> None:
    service = await running(parrot(), issuer_key=issuer().public_key, metrics_port=9464)
    app = MetricsDoor(application(service), Scrape(service), 9464)

    def at(port: int) -> httpx.AsyncClient:
        return httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url=f"http://service:{port}")

    async with at(9464) as inside, at(8000) as outside:
        assert (await inside.get("/metrics")).status_code == 200
        assert (await inside.get("/health/ready")).status_code == 404
        assert (await inside.post("/metrics")).status_code == 404
        assert (await outside.get("/metrics")).status_code == 404
        assert (await outside.get("/health/ready")).status_code == 200


async def test_a_database_that_is_away_is_shown_as_such(running: Start, monkeypatch: pytest.MonkeyPatch) -> None:
    service = await running(parrot(), issuer_key=issuer().public_key)

    async def refused(*_: object) -> None:
        raise OSError("refused")

    monkeypatch.setattr(service.pools["timers"], "fetch", refused)
    async with client_of(service) as client:
        _, shown = await shown_by(client)
    assert value(shown, "reintegration_database_answers") == 0
    assert labelled(shown, "reintegration_unsent_events") == {}
