"""What Prometheus is shown: what was noted (`shared.metrics`), and what is looked up when it asks.

By default GET /metrics is a public address of a service's own port, as its health is: it tells numbers and codes, no
persons. Where REINTEGRATION_METRICS_PORT is set, as it is in the image, it is there instead and nothing else is, so
that only what is published of a service is its API.
"""

import asyncio
import time
from collections.abc import Iterable, Iterator
from importlib.metadata import version
from typing import TYPE_CHECKING, Any, Final

from prometheus_client import CollectorRegistry, GCCollector, PlatformCollector, ProcessCollector, generate_latest
from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily, Metric
from prometheus_client.exposition import CONTENT_TYPE_PLAIN_0_0_4
from prometheus_client.registry import Collector
from starlette.responses import PlainTextResponse, Response
from starlette.types import ASGIApp, Receive, Scope, Send

from shared import dropping
from shared.metrics import METRICS
from shared.telemetry import describe, log

if TYPE_CHECKING:
    from shared.service import Running

PATH: Final = "/metrics"
LOOK_UP_SECONDS: Final = 10
"""How long an answer of the database's is shown before it is asked again, however many ask for metrics."""
ANSWER_SECONDS: Final = 3

BACKLOG: Final = """
select (select count(*) from (select 1 from unsent limit 100000) as counted),
       coalesce((select extract(epoch from now() - time)::float8
                 from (select position from unsent order by position limit 1) as oldest join ledger using (position)),
                0),
       (select count(*) from (select 1 from timer where due_at <= now() limit 10000) as counted),
       coalesce((select extract(epoch from now() - due_at)::float8
                 from timer where due_at <= now() order by due_at limit 1), 0)
"""
ELSEWHERE: Final = "select consumer, count(*) from dropped_elsewhere group by consumer"
WAITING: Final = "select reason, count(*) from parked where state = 'waiting' group by reason"

Samples = Iterable[tuple[tuple[str, ...], float]]
"""Values by their labels, in the order of the table."""


class Scrape(Collector):
    """What one service shows."""

    def __init__(self, running: "Running") -> None:
        self._running = running
        self._database: dict[str, Samples] = {}
        self._asked_at = -float(LOOK_UP_SECONDS)
        self._lag: dict[tuple[str, str], float] = {}
        self._asking = asyncio.Lock()
        self._others = [name for name in dropping.OF if name != running.service.name]
        self._schema = running.service.schema()
        self._registry = CollectorRegistry(auto_describe=False)
        for metric in running.instruments.all():
            self._registry.register(metric)
        self._registry.register(self)
        ProcessCollector(registry=self._registry)
        PlatformCollector(registry=self._registry)
        GCCollector(registry=self._registry)

    async def page(self) -> Response:
        """The answer to who asks for metrics."""
        async with self._asking:
            await asyncio.gather(self._look_into_database(), self._look_at_lag())
        return Response(generate_latest(self._registry), media_type=CONTENT_TYPE_PLAIN_0_0_4)

    async def _look_into_database(self) -> None:
        if time.monotonic() - self._asked_at < LOOK_UP_SECONDS:
            return
        found: dict[str, Samples] = {"reintegration_database_answers": _one(0)}
        database = self._running.pools["timers"]  # commands may have taken all of theirs
        try:
            async with asyncio.timeout(ANSWER_SECONDS):
                ((unsent, oldest, due, late),) = await database.fetch(BACKLOG)
                waiting = await database.fetch(WAITING)
                own = {name: await database.fetch(asked) for name, asked in self._running.service.gauges.items()}
                elsewhere = await database.fetch(ELSEWHERE)
        except Exception as error:
            log.debug("metrics without the database", reason=describe(error))
        else:
            found = {
                "reintegration_database_answers": _one(1),
                "reintegration_unsent_events": _one(unsent),
                "reintegration_unsent_oldest_age_seconds": _one(oldest),
                "reintegration_timers_due": _one(due),
                "reintegration_timers_late_seconds": _one(late),
                "reintegration_parked_waiting": [((reason,), number) for reason, number in waiting],
                **{name: [(tuple(row)[:-1], row[-1]) for row in rows] for name, rows in own.items()},
                "reintegration_events_dropped_elsewhere_total": [
                    ((name,), number) for name, number in (dict.fromkeys(self._others, 0) | dict(elsewhere)).items()
                ],
            }
        self._database, self._asked_at = found, time.monotonic()

    async def _look_at_lag(self) -> None:
        self._lag = {}
        receiver = self._running.receiver
        try:
            if receiver is not None:
                lag = await receiver.lag()
                self._lag = {(each.topic, str(each.partition)): behind for each, behind in lag.items()}
        except Exception as error:
            log.debug("metrics without the lag", reason=describe(error))

    def collect(self) -> Iterator[Metric]:
        """Called by the registry for everything that is not noted as the work goes."""
        running = self._running
        counts = {part: dict(counted) for part, counted in running.counts().items()}
        timers = counts["timers"]
        yield from _shown(
            {
                "reintegration_build_info": [((version("reintegration"), self._schema), 1)],
                "reintegration_started": _one(running.waiting_for is None),
                "reintegration_events_skipped_total": _one(sum(counts["skipped"].values())),
                "reintegration_timers_fired_total": _one(timers.get("fired", 0)),
                "reintegration_timers_put_off_total": _one(timers.get("put_off", 0)),
                "reintegration_pool_connections": [((name,), pool.size) for name, pool in running.pools.items()],
                "reintegration_pool_in_use": [((name,), pool.in_use) for name, pool in running.pools.items()],
                "reintegration_consumer_lag_events": self._lag.items(),
                **self._of_loops(),
                **self._of_consumer(),
                **self._database,
            }
        )

    def _of_loops(self) -> dict[str, Samples]:
        loops = (self._running.relay, self._running.timers, *self._running.loops)
        return {
            "reintegration_loop_failing": [((loop.name,), loop.failure is not None) for loop in loops],
            "reintegration_loop_failures_total": [((loop.name,), loop.failures) for loop in loops],
            "reintegration_loop_done_total": [((loop.name,), loop.done) for loop in loops],
            "reintegration_loop_progress_age_seconds": [((name,), age) for name, age in self._ages().items()],
        }

    def _ages(self) -> dict[str, float]:
        running, now = self._running, time.monotonic()
        loops = (running.relay, running.timers, *running.loops)
        # Without the rest that a loop takes by itself, which may be an hour, as it is no standstill.
        ages = {
            loop.name: max(0.0, now - loop.progressed - loop.pause_seconds)
            for loop in loops
            if loop.progressed is not None
        }
        return ages | ({"consumer": now - running.receiver.progressed} if running.receiver is not None else {})

    def _of_consumer(self) -> dict[str, Samples]:
        receiver = self._running.receiver
        if receiver is None:
            return {}
        return {
            "reintegration_consumer_partitions": _one(receiver.partitions()),
            "reintegration_consumer_failing": _one(receiver.failure is not None),
            "reintegration_consumer_flooded": _one(receiver.stopped is not None),
        }


def _one(value: float) -> Samples:
    return [((), value)]


def _shown(found: dict[str, Samples]) -> Iterator[Metric]:
    for name, samples in found.items():
        kind, labels, meaning = METRICS[name]
        family: Any = CounterMetricFamily if kind == "counter" else GaugeMetricFamily
        shown = family(name, meaning, labels=labels)
        for values, value in samples:
            shown.add_metric(values, float(value))
        yield shown


class MetricsDoor:
    """Keeps a port for metrics apart from the API's: what comes in there gets metrics or nothing."""

    def __init__(self, app: ASGIApp, scrape: Scrape, port: int) -> None:
        self._app = app
        self._scrape = scrape
        self._port = port

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or scope["server"][1] != self._port:
            await self._app(scope, receive, send)
        elif scope["path"] == PATH and scope["method"] == "GET":
            await (await self._scrape.page())(scope, receive, send)
        else:
            await PlainTextResponse("only GET /metrics is served here\n", 404)(scope, receive, send)
