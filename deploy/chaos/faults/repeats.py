"""Faults of delivery: records that come again and again and late, and calls that arrive several times at once."""

import random
import uuid
from concurrent.futures import ThreadPoolExecutor
from typing import Final

from confluent_kafka import Producer

from deploy.chaos import people
from deploy.chaos.faults import fault
from deploy.chaos.journal import Promise
from deploy.chaos.rig import Rig
from deploy.client import Client
from deploy.librdkafka import client_options
from deploy.oracle.topics import Record, Topics
from deploy.terminal import Failure
from deploy.topics import read_topics
from shared.settings import KafkaSettings

MOST_RECORDS: Final = 3_000
COPIES: Final = (1, 4)
AT_ONCE: Final = 8
CALLS: Final = 5


@fault("F12", "records come two to five times, late and shuffled; calls come eight times at once", hits=("records",))
def repeated(rig: Rig, dice: random.Random) -> None:
    settings = KafkaSettings(kafka=rig.addresses.kafka, topic_prefix=rig.addresses.topic_prefix)
    options = client_options(settings)
    names = [topic.name for topic in read_topics()]
    with Topics(rig.addresses.kafka, names, rig.addresses.topic_prefix, options) as topics:
        found = [record for records in topics.read(topics.bounds()) for record in records]
    chosen = dice.sample(found, min(MOST_RECORDS, len(found)))
    again = [record for record in chosen for _ in range(dice.randint(*COPIES))]
    dice.shuffle(again)
    rig.say(f"{len(chosen)} records come {len(again)} times more, shuffled")
    _send(rig, options, again)
    rows = people.vacancies(dice)
    for number in range(1, CALLS + 1):
        row = {**next(rows), "vacancy_no": f"F12-{uuid.uuid4().hex[:12]}"}
        rig.say(f"a call comes {AT_ONCE} times at once, {number} of {CALLS}")
        _all_at_once(rig, row)


def _send(rig: Rig, options: dict[str, object], records: list[Record]) -> None:
    producer = Producer({**options, "log_level": 0})
    for record in records:
        topic = rig.addresses.topic_prefix + record.topic
        headers: list[tuple[str, str | bytes | None]] = [*(record.headers or ())]
        producer.produce(topic, record.value, record.key, record.partition, headers=headers)
        producer.poll(0)
    if producer.flush(60):
        raise Failure("Kafka did not take the repeated records.")


def _all_at_once(rig: Rig, row: dict[str, str]) -> None:
    """Each of them must get the first one's answer; what it promises is written down once."""
    key, body = uuid.uuid4().hex, {"rows": [{"line": 2, "fields": row}]}
    with Client(rig.addresses, patience=120) as client, ThreadPoolExecutor(AT_ONCE) as pool:
        actor = client.acting("officer", "employment-officer")
        sent = [pool.submit(actor.post, "employment", "/vacancies", body, key) for _ in range(AT_ONCE)]
        answers = [each.result() for each in sent]
    if any(answer != answers[0] for answer in answers) or answers[0]["rows"][0]["status"] != "accepted":
        raise Failure("The same call, sent several times at once, was not answered the same way each time.")
    vacancy = answers[0]["rows"][0]["ids"]["vacancy"]
    rig.journal.acknowledged(Promise("vacancy", vacancy, vacancy))
