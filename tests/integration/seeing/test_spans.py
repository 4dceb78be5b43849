"""Traces cross the outbox: one of them leads from a centre's POST to the message that was sent."""

import asyncio
import secrets
import subprocess
import sys
from collections.abc import Awaitable, Callable, Iterator
from time import perf_counter
from typing import Any

import pytest

from shared.access import COUNSELLOR
from shared.exchange import Exchange
from shared.service import Running
from shared.spans import Spans
from tests.collector import Collector, collecting
from tests.conftest import ROOT
from tests.integration.asking import asking, issuer
from tests.integration.intake.journey import CANARIES
from tests.unit.intake.made_up import fields
from tests.waiting import until

TRACE, CALLER = "4bf92f3577b34da6a3ce929d0e0e4736", "00f067aa0ba902b7"


WAY = (
    ("intake", "POST /registrations"),
    ("intake", "send events"),
    ("notifications", "apply events"),
    ("notifications", "send messages"),
    ("notifications", "send events"),
    ("intake", "apply events"),
)
"""From a centre's POST to the message, and to the timeline that tells of it: spans by service and name."""


@pytest.fixture
def collector() -> Iterator[Collector]:
    with collecting() as collector:
        yield collector


async def test_one_trace_leads_from_the_post_to_the_message_and_names_nobody(
    running: Callable[..., Awaitable[Running]], collector: Collector
) -> None:
    options: dict[str, Any] = {"issuer_key": issuer().public_key, "traces_endpoint": collector.url}
    intake = await running("intake", **options)
    await running("notifications", **options)
    async with asking(intake, COUNSELLOR, centre="pursat") as counsellor:
        answer = await counsellor.post(
            "/registrations",
            {"rows": [{"line": 2, "fields": fields()}]},
            traceparent=f"00-{TRACE}-{CALLER}-01",
        )
        (row,) = answer.json()["rows"]
        assert row["status"] == "accepted"
        assert answer.headers["traceparent"][3:35] == TRACE
        await counsellor.get("/referrals/0000-0000-0000")
        shown = (await counsellor.get("/metrics")).text

    def arrived() -> bool:
        return all(any(TRACE in span.traces for span in collector.named(*each)) for each in WAY)

    await until(arrived)
    (post,) = collector.named("intake", "POST /registrations")
    assert (post.trace, post.span, post.parent) == (TRACE, answer.headers["traceparent"][36:52], CALLER)
    assert post.attributes["http.response.status_code"] == 200
    ledger = {
        (context[3:35], context[36:52]) for (context,) in await intake.database.fetch("select traceparent from ledger")
    }
    assert {trace for trace, _ in ledger} == {TRACE}
    linked = {link for span in collector.named("notifications", "apply events") for link in span.links}
    assert linked
    assert linked <= ledger  # each link is an event's own context
    assert not [span for span in collector.spans if span.name.startswith("GET")]
    sent = b"".join(collector.bodies).decode(errors="replace")
    assert not [canary for canary in CANARIES if canary in sent or canary in shown]
    assert not [person for person in row["ids"].values() if person in sent or person in shown]


async def test_events_of_several_traces_share_a_span_whose_links_lead_on(collector: Collector) -> None:
    spans = Spans("training", "0", collector.url)
    events = [f"00-{secrets.token_hex(16)}-{secrets.token_hex(8)}-01" for _ in range(3)]
    unwanted = f"00-{secrets.token_hex(16)}-{secrets.token_hex(8)}-00"
    spans.batch("apply events", "CONSUMER", perf_counter() - 1, [*events, None, unwanted], {"events": 5})
    spans.batch("apply events", "CONSUMER", perf_counter(), [None, unwanted], {"events": 2})
    spans.batch("send events", "PRODUCER", perf_counter(), [events[0], events[0]], {"events": 2})
    await asyncio.to_thread(spans.close)
    (applied,), (sent,) = collector.named("training", "apply events"), collector.named("training", "send events")
    assert [f"00-{trace}-{span}-01" for trace, span in applied.links] == events
    assert applied.trace not in {event[3:35] for event in events}
    assert applied.parent == ""
    assert applied.milliseconds >= 1_000
    assert (sent.trace, sent.parent) == (events[0][3:35], events[0][36:52])


async def test_a_command_of_a_trace_that_nobody_keeps_makes_no_span(collector: Collector) -> None:
    spans = Spans("training", "0", collector.url)
    spans.command(Exchange.of({"traceparent": f"00-{TRACE}-{CALLER}-00"}), "POST /left-out", {}, False)
    spans.command(Exchange.of({}), "POST /failed", {}, True)
    await asyncio.to_thread(spans.close)
    assert [(span.name, span.parent) for span in collector.spans] == [("POST /failed", "")]


async def test_an_end_does_not_wait_for_a_collector_that_is_away() -> None:
    spans = Spans("training", "0", "http://127.0.0.1:9")
    spans.command(Exchange.of({}), "POST /somewhere", {}, False)
    async with asyncio.timeout(60):
        await asyncio.to_thread(spans.close)


def test_the_sdk_is_not_loaded_where_no_endpoint_is_set() -> None:
    code = (
        "import sys; from shared.metrics import Instruments; import shared.serving, services.intake.app;"
        " sys.exit(any(name.startswith(('opentelemetry.sdk', 'opentelemetry.exporter')) for name in sys.modules))"
    )
    assert subprocess.run([sys.executable, "-c", code], cwd=ROOT, check=False).returncode == 0
