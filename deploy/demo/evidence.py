"""What a system really holds: every event in its topics, and rows of its databases, counted by centre."""

import asyncio
import json
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping
from datetime import datetime
from typing import Any, NamedTuple

import asyncpg

from deploy.addresses import Addresses
from deploy.librdkafka import client_options
from deploy.oracle import OracleError
from deploy.oracle.topics import Topics
from deploy.terminal import Failure
from deploy.topics import read_topics
from shared.settings import KafkaSettings


class Published(NamedTuple):
    """An event as it stands in its topic; `fact` is OWNER.FACT without version."""

    id: str
    type: str
    fact: str
    subject: str
    case: str | None
    time: datetime
    causation: str | None
    data: Mapping[str, Any]


def published(addresses: Addresses) -> list[Published]:
    """Every event in the topics of a system, each once, in the order of their times. Raises Failure."""
    found = {event.id: event for event in _read(addresses)}
    return sorted(found.values(), key=lambda event: event.time)


def _read(addresses: Addresses) -> Iterator[Published]:
    options = client_options(KafkaSettings(kafka=addresses.kafka, topic_prefix=addresses.topic_prefix))
    names = [topic.name for topic in read_topics()]
    try:
        with Topics(addresses.kafka, names, addresses.topic_prefix, options) as topics:
            for records in topics.read(topics.bounds()):
                for record in records:
                    yield _event({name: value.decode() for name, value in record.headers or () if value}, record.value)
    except OracleError as error:
        raise Failure(str(error)) from None


def _event(headers: Mapping[str, str], value: bytes | None) -> Published:
    kind = headers["ce_type"]
    _, owner, fact, _ = kind.split(".")
    return Published(
        headers["ce_id"],
        kind,
        f"{owner}.{fact}",
        headers["ce_subject"],
        headers.get("ce_caseid"),
        datetime.fromisoformat(headers["ce_time"]),
        headers.get("ce_causationid"),
        json.loads(value or b"{}"),
    )


class Rows:
    """Answers to queries on services' databases, as numbers by centre.

    `centres` says which centre registered whom; whoever it does not know is counted under `nobody`.
    """

    def __init__(self, addresses: Addresses, centres: Mapping[str, str]) -> None:
        self._addresses = addresses
        self._centres = centres

    def count(self, queries: Mapping[tuple[str, str], str]) -> dict[tuple[str, str], Counter[str]]:
        """The answer to each query of (person, number); keys are (service, anything)."""
        return {key: self.by_centre(rows) for key, rows in asyncio.run(self._ask(queries)).items()}

    def chosen(self, service: str, query: str, wanted: Collection[str]) -> Counter[str]:
        """How many of what a query of (person, id) lists are wanted; a wanted one that it does not list is nobody's."""
        (rows,) = asyncio.run(self._ask({(service, ""): query})).values()
        listed = {identity: person for person, identity in rows}
        return self.by_centre([(listed.get(identity, "nobody"), 1) for identity in wanted])

    async def _ask(self, queries: Mapping[tuple[str, str], str]) -> dict[tuple[str, str], list[tuple[str, Any]]]:
        answers: dict[tuple[str, str], list[tuple[str, Any]]] = {}
        for service in {key[0] for key in queries}:
            try:
                connection = await asyncpg.connect(self._addresses.databases[service])
                try:
                    async with connection.transaction(readonly=True, isolation="repeatable_read"):
                        for key, query in queries.items():
                            if key[0] == service:
                                answers[key] = [tuple(row) for row in await connection.fetch(query)]
                finally:
                    await connection.close()
            except (asyncpg.PostgresError, OSError) as failure:
                raise Failure(f"The database of {service} cannot be read: {type(failure).__name__}.") from failure
        return answers

    def by_centre(self, numbers: Iterable[tuple[str, int]]) -> Counter[str]:
        """Numbers by person as numbers by centre."""
        counted: Counter[str] = Counter()
        for person, number in numbers:
            counted[self._centres.get(person, "nobody")] += number
        return counted
