"""Faults of delivery: records that come again and again and late, groups that read everything once more, and calls
that arrive several times at once."""

import random
import uuid
from concurrent.futures import ThreadPoolExecutor
from typing import Final

from deploy.chaos import people
from deploy.chaos.faults import fault
from deploy.chaos.groups import set_back
from deploy.chaos.journal import Promise
from deploy.chaos.records import Hand, found
from deploy.chaos.rig import Rig
from deploy.client import Client
from deploy.terminal import Failure
from services.__main__ import service_named

MOST_RECORDS: Final = 3_000
COPIES: Final = (1, 4)
AT_ONCE: Final = 8
CALLS: Final = 5
GRACE_SECONDS: Final = 40
REPLICA: Final = "0"


@fault(
    "F12",
    "records come two to five times, late and shuffled, then all from the first; calls come eight times at once",
    hits=("records", "kafka", "services"),
)
def repeated(rig: Rig, dice: random.Random) -> None:
    every = found(rig)
    chosen = dice.sample(every, min(MOST_RECORDS, len(every)))
    again = [record for record in chosen for _ in range(dice.randint(*COPIES))]
    dice.shuffle(again)
    rig.say(f"{len(chosen)} records come {len(again)} times more, shuffled")
    hand = Hand(rig)
    for record in again:
        hand.write(record)
    if not hand.done():
        raise Failure("Kafka refused a record that it had taken before.")
    rows = people.vacancies(dice)
    for number in range(1, CALLS + 1):
        row = {**next(rows), "vacancy_no": f"F12-{uuid.uuid4().hex[:12]}"}
        rig.say(f"a call comes {AT_ONCE} times at once, {number} of {CALLS}")
        _all_at_once(rig, row)
    names = sorted(rig.children)
    dice.shuffle(names)
    for name in names:
        _read_again(rig, name)


def _read_again(rig: Rig, name: str) -> None:
    """A service is stopped and reads from the first record of every topic when it starts again."""
    child = rig.children.pop(name)  # nobody starts it meanwhile
    try:
        child.terminate(GRACE_SECONDS)
        number = set_back(rig, name, service_named(name).topics, REPLICA)
        rig.say(f"{name} reads {number} records again, from the first")
    finally:
        if not child.running:
            child.start()
        rig.children[name] = child
    rig.await_ready(name)


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
