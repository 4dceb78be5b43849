"""Spans for OpenTelemetry: a command, and each batch with links to the contexts of its events.

An event's context is its `traceparent`, which travels in the ledger and in Kafka's headers: the trace of the command it
follows from, and a span id that is the tail of its own id. A batch whose events all belong to one trace is a part of
that trace; any other has a trace of its own, and its links lead on. Spans hold counts, routes and codes, no ids of
persons: whoever keeps traces need not be one who may know who was where.

This is loaded where an endpoint is set, and only then. The SDK is used for what is hard (a bounded queue, a thread that
sends, the protocol), not for making spans: their ids are given, and its tracer makes its own.
"""

import secrets
import time
from collections.abc import Iterable, Mapping, Sequence
from importlib.metadata import version
from typing import Final, Literal

from opentelemetry.exporter.otlp.proto.common.trace_encoder import encode_spans
from opentelemetry.exporter.otlp.proto.http.trace_exporter import OTLPSpanExporter
from opentelemetry.sdk.resources import Resource
from opentelemetry.sdk.trace import ReadableSpan
from opentelemetry.sdk.trace.export import BatchSpanProcessor, SpanExportResult
from opentelemetry.sdk.util.instrumentation import InstrumentationScope
from opentelemetry.trace import SpanContext, SpanKind, Status, StatusCode, TraceFlags

from shared.exchange import Exchange

MOST_KEPT: Final = 512
"""Spans that wait to be sent; with their links some tens of megabytes at the very worst, where the endpoint is away."""
SENT_AT_ONCE: Final = 128
SEND_EVERY_MS: Final = 500
SEND_SECONDS: Final = 5
CLOSE_MS: Final = 2_000
"""How long an end waits for what is still to be sent: spans are worth less than a quick restart."""

ODD: Final = frozenset("13579bdf")

Kind = Literal["SERVER", "PRODUCER", "CONSUMER", "INTERNAL"]


class Spans:
    """Sends a service's spans to an OTLP endpoint over HTTP, in a thread of its own; loses them where it cannot."""

    def __init__(self, service: str, replica: str, endpoint: str) -> None:
        """`endpoint`: the collector's base address, as OTEL_EXPORTER_OTLP_ENDPOINT has it."""
        self._resource = Resource.create(
            {
                "service.name": service,
                "service.namespace": "reintegration",
                "service.instance.id": replica,
                "service.version": version("reintegration"),
            }
        )
        self._scope = InstrumentationScope("reintegration")
        self._processor = BatchSpanProcessor(
            _Exporter(endpoint=f"{endpoint.rstrip('/')}/v1/traces", timeout=SEND_SECONDS),
            max_queue_size=MOST_KEPT,
            schedule_delay_millis=SEND_EVERY_MS,
            max_export_batch_size=SENT_AT_ONCE,
        )

    def command(self, exchange: Exchange, name: str, attributes: Mapping[str, str | int], failed: bool) -> None:
        """A command that has been answered; its ids are those that its events and its answer already carry."""
        if _sampled(exchange.traceparent):
            parent = f"{exchange.traceparent[:36]}{exchange.caller}-01" if exchange.caller else None
            begun = exchange.begun
            self._end(name, "SERVER", _context(exchange.traceparent), parent, begun, attributes, (), failed)

    def batch(
        self,
        name: str,
        kind: Kind,
        begun: float,
        traceparents: Iterable[str | None],
        attributes: Mapping[str, str | int],
    ) -> None:
        """A batch that was worked off since `begun` (of perf_counter), and its events' own contexts. None is made
        where no event belongs to a trace that is kept."""
        contexts = [each for each in traceparents if each is not None and _sampled(each)]
        if not contexts:
            return
        trace = contexts[0][3:35]
        alone = all(each[3:35] == trace for each in contexts)
        own = _context(f"00-{trace if alone else secrets.token_hex(16)}-{secrets.token_hex(8)}-01")
        self._end(name, kind, own, contexts[0] if alone else None, begun, attributes, contexts)

    def close(self) -> None:
        """Send what is left, for a moment; blocks."""
        self._processor._batch_processor.shutdown(CLOSE_MS)  # its own `shutdown` takes no limit, and has 30 s

    def _end(
        self,
        name: str,
        kind: Kind,
        own: SpanContext,
        parent: str | None,
        begun: float,
        attributes: Mapping[str, str | int],
        links: Sequence[str],
        failed: bool = False,
    ) -> None:
        ended = time.time_ns()
        span = _Span(
            name,
            context=own,
            parent=_context(parent) if parent is not None else None,
            resource=self._resource,
            attributes=attributes,
            kind=SpanKind[kind],
            status=Status(StatusCode.ERROR if failed else StatusCode.UNSET),
            start_time=ended - int((time.perf_counter() - begun) * 1e9),
            end_time=ended,
            instrumentation_scope=self._scope,
        )
        span.contexts = links
        self._processor.on_end(span)


class _Span(ReadableSpan):
    """A span whose links are still their contexts: those of a batch are a thousand."""

    contexts: Sequence[str] = ()


class _Exporter(OTLPSpanExporter):
    """Writes links itself: made one by one as the library does, they would cost ten microseconds an event."""

    def export(self, spans: Sequence[ReadableSpan]) -> SpanExportResult:
        request = encode_spans(spans)
        made = [span for of in request.resource_spans for scope in of.scope_spans for span in scope.spans]
        for span, kept in zip(made, spans, strict=True):  # all of one resource and scope, so in their order
            if isinstance(kept, _Span):
                span.MergeFromString(_links(kept.contexts))
        sent = self._client.export(request.SerializeToString())
        return SpanExportResult.SUCCESS if sent.success else SpanExportResult.FAILURE


def _links(traceparents: Sequence[str]) -> bytes:
    """These contexts as a span's field 13 of OTLP: trace, span, flags (sampled, and known to be from elsewhere)."""
    return bytes.fromhex("".join([f"6a210a10{each[3:35]}1208{each[36:52]}3501030000" for each in traceparents]))


def _sampled(traceparent: str) -> bool:
    """Whether whoever began the trace wants it kept: the lowest bit of its flags."""
    return traceparent[54:55] in ODD


def _context(traceparent: str) -> SpanContext:
    trace, span = int(traceparent[3:35], 16), int(traceparent[36:52], 16)
    return SpanContext(trace, span, is_remote=True, trace_flags=TraceFlags(TraceFlags.SAMPLED))
