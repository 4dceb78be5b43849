"""A run of the oracle: what is read in which order, and why that makes its answer right while the system runs.

Commits of groups, then the ends of topics, then a snapshot of each database, then the ends again. Whatever stands
before the first ends was committed to a ledger before the snapshots; whatever a ledger or an inbox says was sent or
seen stands before the second ends; whatever a group had gone beyond was in its service's inbox before the snapshot. So
records between the two ends prove that something is there and accuse nobody.
"""

import asyncio
import sqlite3
import tempfile
from collections import Counter
from collections.abc import Callable, Mapping
from functools import partial
from pathlib import Path
from typing import Any, TypeVar

from deploy.oracle import reading
from deploy.oracle.databases import read_database
from deploy.oracle.errors import OracleError
from deploy.oracle.flows import Flows
from deploy.oracle.forged import NOTHING, Forged
from deploy.oracle.report import Report, judge
from deploy.oracle.store import Store
from deploy.oracle.topics import Place, Topics

R = TypeVar("R")


async def verify(
    services: Mapping[str, str],
    bootstrap: str,
    flows: Mapping[str, Any],
    topic_prefix: str = "",
    kafka_options: Mapping[str, Any] | None = None,
    *,
    forged: Forged = NOTHING,
    progress: Callable[[str], None] = lambda _: None,
) -> Report:
    """Read all databases and topics and report every anomaly.

    `services`: the address of each service's database. `flows`: the parsed `docs/flows.json`. `kafka_options`: options
    of librdkafka, such as `security.protocol`. `forged`: what is passed over as if it were not there. `progress` is
    told in words what is being done. Memory stays flat; the temporary folder needs about 500 bytes for each event. The
    system may run meanwhile.

    Raises ValueError for flows that are none or name a service without a database, and OracleError where Kafka or a
    database cannot be read to the end.
    """
    known = _known(flows, services)
    with tempfile.TemporaryDirectory(prefix="reintegration-verify-") as folder:
        store = Store(Path(folder) / "store")
        try:
            options = kafka_options or {}
            return await _verify(store, services, bootstrap, known, topic_prefix, options, forged, progress)
        except sqlite3.OperationalError as failure:
            if failure.sqlite_errorcode != sqlite3.SQLITE_FULL:
                raise
            raise OracleError(f"The temporary folder {folder} is too small for what was read.") from failure
        finally:
            store.close()


async def _verify(
    store: Store,
    services: Mapping[str, str],
    bootstrap: str,
    flows: Flows,
    prefix: str,
    options: Mapping[str, Any],
    forged: Forged,
    progress: Callable[[str], None],
) -> Report:
    progress("asking Kafka how far it is")
    with await _in_thread(partial(Topics, bootstrap, flows.topics, prefix, options)) as topics:
        committed = {
            service: await _in_thread(partial(topics.committed, service), topics.stop) for service in flows.consumes
        }
        before = await _in_thread(topics.bounds, topics.stop)
        for service, url in services.items():
            progress(f"reading the database of {service}")
            await read_database(service, url, store, prefix, forged)
        bounds = await _in_thread(topics.bounds, topics.stop)
        progress("reading the topics")
        foreign = await _in_thread(partial(_read_topics, topics, store, before, bounds, forged), topics.stop)
    add_expectations(store, flows, committed, before)
    progress("comparing")
    await _in_thread(store.prepare, store.interrupt)
    return await _in_thread(partial(judge, store, foreign, topics.missing), store.interrupt)


def _known(flows: Mapping[str, Any], services: Mapping[str, str]) -> Flows:
    known = Flows.of(flows)
    if unknown := sorted(set(known.consumes) - set(services)):
        raise ValueError(f"the map of events names services whose database is not given: {', '.join(unknown)}")
    return known


def _all_committed(topics: Topics, flows: Flows) -> dict[str, dict[Place, int]]:
    return {service: topics.committed(service) for service in flows.consumes}


def _read_topics(
    topics: Topics,
    store: Store,
    before: Mapping[Place, tuple[int, int]],
    bounds: Mapping[Place, tuple[int, int]],
    forged: Forged,
) -> dict[str, int]:
    """Put all records into the store, but for what is forged; returns how many of each topic are none of our events."""
    foreign: Counter[str] = Counter()
    for records in topics.read(bounds):
        rows = []
        for record in records:
            read = None if record.headers is None else reading.of_record(record.key, record.value, record.headers)
            if forged.has(read and read.id, record.key, record.value):
                continue
            if read is None:
                foreign[record.topic] += 1
                continue
            newer = record.offset >= before[record.topic, record.partition][1]
            rows.append(
                (
                    store.number(record.topic),
                    record.partition,
                    record.offset,
                    read.id,
                    store.number(read.type),
                    read.subject,
                    read.sequence,
                    read.attributes,
                    read.data,
                    newer,
                )
            )
        store.add("record", rows)
    return dict(foreign)


def add_expectations(
    store: Store,
    flows: Flows,
    committed: Mapping[str, Mapping[Place, int]],
    before: Mapping[Place, tuple[int, int]],
) -> None:
    """Tell the store who should have what, and how far each group says to be."""
    number = store.number
    store.add("consumes", [(number(kind), number(name)) for name, types in flows.consumes.items() for kind in types])
    store.add(
        "committed",
        [
            (number(service), number(place[0]), place[1], offset)
            for service, offsets in committed.items()
            for place, offset in offsets.items()
            # A commit beyond the end is one of a topic that was lost and made anew: it says nothing about this one.
            if offset <= before[place][1]
        ],
    )


async def _in_thread(call: Callable[[], R], interrupt: Callable[[], None] = lambda: None) -> R:
    """Run blocking work in a thread; when cancelled, interrupt it and wait for its end, since it uses what the caller
    is about to close."""
    work = asyncio.ensure_future(asyncio.to_thread(call))
    try:
        return await asyncio.shield(work)
    except asyncio.CancelledError:
        interrupt()
        await asyncio.wait({work})
        raise
