"""`reintegration verify`: the oracle over a running system, told in words."""

import asyncio
import json
from collections.abc import Callable
from pathlib import Path

from deploy.addresses import Addresses
from deploy.librdkafka import client_options
from deploy.oracle import Forged, OracleError, Report, verify
from deploy.terminal import Failure
from shared.settings import KafkaSettings

FLOWS = Path(__file__).parent.parent / "docs" / "flows.json"
"""Which service consumes what, as a file: the oracle imports no service."""


def check(
    addresses: Addresses, progress: Callable[[str], None] = lambda said: None, forged: Forged | None = None
) -> Report:
    """Read all databases and topics of a system, as if what is forged were not there. Raises Failure where one cannot
    be read."""
    options = client_options(KafkaSettings(kafka=addresses.kafka, topic_prefix=addresses.topic_prefix))
    del options["bootstrap.servers"]
    try:
        flows = json.loads(FLOWS.read_text(encoding="utf-8"))
        return asyncio.run(
            verify(
                *(addresses.databases, addresses.kafka, flows, addresses.topic_prefix, options),
                forged=forged or Forged(),
                progress=progress,
            )
        )
    except OSError as error:
        raise Failure(f"The map of events {FLOWS} cannot be read: {error.strerror}.") from None
    except (OracleError, ValueError) as error:
        raise Failure(str(error)) from None


def as_text(report: Report) -> str:
    """The verdict first, then each anomaly with where to look, then how much was looked at."""
    events, records = sum(report.events.values()), sum(report.records.values())
    lines = []
    if report.clean:
        lines.append("clean: nothing lost, doubled, out of order or out of thin air")
    for anomaly in report.anomalies.values():
        lines.append(f"{anomaly.name} ({anomaly.kind}): {anomaly.count} times. {anomaly.meaning}")
        for example in anomaly.examples:
            lines.append("    " + ", ".join(f"{name} {value}" for name, value in example.items()))
    if not report.drained:
        lines.append(
            f"still under way: {sum(report.unseen.to_send.values())} to send, "
            f"{sum(report.unseen.to_consume.values())} to consume, {report.unseen.newer} written meanwhile; "
            "ask again for the last word"
        )
    if report.waiting:
        lines.append(f"parked: {report.waiting} records wait for somebody")
    if report.missing_topics:
        lines.append(f"Kafka knows no topic {', '.join(report.missing_topics)}")
    lines.append(
        f"{events} events in ledgers, {records} records in topics, {sum(report.seen.values())} effects in inboxes; "
        f"{report.repeated} records repeated, {sum(report.foreign.values())} foreign"
    )
    return "\n".join(lines)
