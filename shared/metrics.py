"""What a service counts for Prometheus: the table of its metrics, and those that are noted as the work goes.

Whatever is noted is noted once for a batch or a request, never for an event. The rest is looked up when somebody asks
for it (`shared.scraping`). Labels are codes of our own, routes' templates and topics: their number is bounded, and none
names a person. docs/metrics.md is this table for operators, with what to do; a test holds the two together.
"""

from collections import Counter as Tally
from collections.abc import Iterable, Sequence
from time import perf_counter
from typing import TYPE_CHECKING, Any, Final, Literal, NamedTuple

from prometheus_client import Counter, Histogram, disable_created_metrics
from prometheus_client.metrics import MetricWrapperBase

from shared.exchange import Exchange
from shared.outcome import Outcome
from shared.settings import Settings

if TYPE_CHECKING:
    from shared.spans import Spans

disable_created_metrics()  # type: ignore[no-untyped-call] # a series more for each, of which nobody has asked


class Described(NamedTuple):
    """A metric: its type, its labels and what it means."""

    kind: Literal["counter", "gauge", "histogram"]
    labels: tuple[str, ...]
    meaning: str


METRICS: Final[dict[str, Described]] = {
    "reintegration_build_info": Described("gauge", ("version", "schema"), "1; which build runs, in its labels"),
    "reintegration_started": Described("gauge", (), "1 once the start is over, 0 while it waits for something"),
    "reintegration_database_answers": Described("gauge", (), "1 where the last look into the database succeeded"),
    "reintegration_consumer_partitions": Described("gauge", (), "partitions that this process reads"),
    "reintegration_consumer_lag_events": Described(
        "gauge", ("topic", "partition"), "events in Kafka that are not applied yet"
    ),
    "reintegration_consumer_failing": Described("gauge", (), "1 while batches are put back instead of applied"),
    "reintegration_consumer_flooded": Described(
        "gauge", (), "1 while more than half of a batch would be parked, so that a person has to look"
    ),
    "reintegration_events_applied_total": Described("counter", ("type",), "events applied"),
    "reintegration_events_repeated_total": Described("counter", (), "events that had been seen before"),
    "reintegration_events_skipped_total": Described("counter", (), "events of types that this service does not handle"),
    "reintegration_events_parked_total": Described("counter", ("reason",), "events set aside"),
    "reintegration_parked_waiting": Described("gauge", ("reason",), "events that are set aside now"),
    "reintegration_events_dropped_elsewhere_total": Described(
        "counter", ("consumer",), "events of this service's own that another service's operator gave up"
    ),
    "reintegration_batch_events": Described("histogram", (), "new and repeated events in one transaction"),
    "reintegration_batch_seconds": Described("histogram", (), "from the begin of such a transaction to its commit"),
    "reintegration_batches_put_back_total": Described("counter", (), "batches that failed whole, to come again"),
    "reintegration_batches_retried_total": Described(
        "counter", (), "batches run again at once after a deadlock or a serialization failure"
    ),
    "reintegration_unsent_events": Described("gauge", (), "events that Kafka has not acknowledged; 100,000 at most"),
    "reintegration_unsent_oldest_age_seconds": Described("gauge", (), "age of the oldest of them; else 0"),
    "reintegration_events_sent_total": Described("counter", (), "events that Kafka acknowledged"),
    "reintegration_relay_batch_seconds": Described("histogram", (), "from reading unsent events to deleting them"),
    "reintegration_timers_due": Described("gauge", (), "timers that are due and have not fired; 10,000 at most"),
    "reintegration_timers_late_seconds": Described("gauge", (), "how long the oldest of them has been due; else 0"),
    "reintegration_timers_fired_total": Described("counter", (), "timers that did what they were for"),
    "reintegration_timers_put_off_total": Described("counter", (), "timers put back, since they failed or wait"),
    "reintegration_withdrawals_unconfirmed": Described(
        "gauge", ("holder",), "ended consents that a service has not confirmed within the bound"
    ),
    "reintegration_loop_failing": Described("gauge", ("loop",), "1 while a loop's steps fail"),
    "reintegration_loop_failures_total": Described("counter", ("loop",), "steps of a loop that failed"),
    "reintegration_loop_done_total": Described(
        "counter", ("loop",), "what a loop has worked off: events, timers, messages"
    ),
    "reintegration_loop_progress_age_seconds": Described(
        "gauge", ("loop",), "since a loop last ended a step well and its rest, or the consumer a poll"
    ),
    "reintegration_http_request_seconds": Described(
        "histogram", ("method", "route", "status"), "requests answered, by the class of their status"
    ),
    "reintegration_pool_connections": Described("gauge", ("pool",), "connections that a pool may have at most"),
    "reintegration_pool_in_use": Described("gauge", ("pool",), "of these in use now"),
}
"""Every metric of our own. Beside them stand the client library's: `process_…`, `python_…`."""

SECONDS: Final = (0.002, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0, 30.0)
EVENTS: Final = (1, 2, 5, 10, 25, 50, 100, 250, 500, 1_000, 2_500, 10_000)
METHODS: Final = frozenset({"GET", "HEAD", "OPTIONS", "POST", "PUT", "PATCH", "DELETE"})
"""Others are counted together: whoever asks may call them what he likes."""
READING: Final = frozenset({"GET", "HEAD", "OPTIONS"})


def _counter(name: str) -> Counter:
    _, labels, meaning = METRICS[name]
    return Counter(name, meaning, labels, registry=None)


def _histogram(name: str, buckets: Sequence[float]) -> Histogram:
    _, labels, meaning = METRICS[name]
    return Histogram(name, meaning, labels, registry=None, buckets=buckets)


class Instruments:
    """Notes what a service does: counters, histograms, and spans where these are wanted."""

    def __init__(self, spans: "Spans | None" = None) -> None:
        self.spans = spans
        self._applied = _counter("reintegration_events_applied_total")
        self._repeated = _counter("reintegration_events_repeated_total")
        self._parked = _counter("reintegration_events_parked_total")
        self._batch_events = _histogram("reintegration_batch_events", EVENTS)
        self._batch_seconds = _histogram("reintegration_batch_seconds", SECONDS)
        self.put_back = _counter("reintegration_batches_put_back_total")
        self.retried = _counter("reintegration_batches_retried_total")
        self._sent = _counter("reintegration_events_sent_total")
        self._relay_seconds = _histogram("reintegration_relay_batch_seconds", SECONDS)
        self._requests = _histogram("reintegration_http_request_seconds", SECONDS)

    def all(self) -> list[MetricWrapperBase]:
        """The metrics that it notes, to be shown."""
        return [each for each in vars(self).values() if isinstance(each, MetricWrapperBase)]

    def told(self, outcome: Outcome) -> None:
        """What became of a transaction's events, or of parked ones that were taken up again."""
        for kind, number in Tally([event.type for event, _ in outcome.applied]).items():
            self._applied.labels(kind).inc(number)
        for reason, number in Tally([parked.reason for parked in outcome.parked]).items():
            self._parked.labels(reason).inc(number)
        if outcome.repeated:
            self._repeated.inc(outcome.repeated)

    def batch(self, outcome: Outcome, begun: float) -> None:
        """A transaction of the consumer's that has been committed; it began at `begun` (of perf_counter)."""
        self._batch_events.observe(outcome.records)
        self._batch_seconds.observe(perf_counter() - begun)
        if self.spans is not None:
            counts = {"events": outcome.records, "repeated": outcome.repeated, "parked": len(outcome.parked)}
            contexts = [event.traceparent for event, _ in outcome.applied]
            self.spans.batch("apply events", "CONSUMER", begun, contexts, counts)

    def sent(self, traceparents: Sequence[str | None], acknowledged: int, begun: float) -> None:
        """A batch of the relay's: the contexts of all of it, and how many events Kafka acknowledged."""
        self._sent.inc(acknowledged)
        self._relay_seconds.observe(perf_counter() - begun)
        if self.spans is not None:
            counts = {"events": len(traceparents), "acknowledged": acknowledged}
            self.spans.batch("send events", "PRODUCER", begun, traceparents, counts)

    def worked(self, name: str, traceparents: Iterable[str | None], begun: float, **counts: int) -> None:
        """A batch of other work, timers or messages: its name, and the contexts it goes back to."""
        if self.spans is not None:
            self.spans.batch(name, "INTERNAL", begun, traceparents, counts)

    def request(self, exchange: Exchange, method: str, route: str, status: int) -> None:
        """A request that has been answered; `route` is the template."""
        known = method if method in METHODS else "other"
        self._requests.labels(known, route, f"{status // 100}xx").observe(perf_counter() - exchange.begun)
        if self.spans is not None and known not in READING:
            attributes: dict[str, Any] = {
                "http.request.method": known,
                "http.route": route,
                "http.response.status_code": status,
            }
            if exchange.replayed:
                attributes["reintegration.replayed"] = "true"
            self.spans.command(exchange, f"{known} {route}", attributes, status >= 500)


def instruments_of(name: str, settings: Settings) -> Instruments:
    """Those of a service: with spans where its settings say where to send them."""
    if settings.traces_endpoint is None:
        return Instruments()
    from shared.spans import Spans  # here, as the SDK behind it takes time to load

    return Instruments(Spans(name, settings.replica, settings.traces_endpoint))
