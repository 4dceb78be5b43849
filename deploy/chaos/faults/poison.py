"""Faults of content: records that nobody can take, of every kind, written between the real ones."""

import json
import random
from dataclasses import replace
from typing import Final

from deploy.chaos.faults import fault
from deploy.chaos.poisons import POISONS, UNREADABLE, Who, forge
from deploy.chaos.records import Hand, found
from deploy.chaos.rig import Rig
from deploy.checking import FLOWS
from deploy.oracle.topics import Record
from services.__main__ import NAMES, service_named

EACH: Final = 2
"""Of a kind. All together stay few beside a batch: where more than half of one fails, a service stops to ask."""
LONGEST_PAUSE: Final = 0.25
TRIES: Final = 60


@fault("F11", "records come that nobody can take, of every kind", hits=("records", "kafka"))
def poisoned(rig: Rig, dice: random.Random) -> None:
    flows = json.loads(FLOWS.read_text(encoding="utf-8"))["services"]
    who = Who({name: service_named(name).topics for name in NAMES}, {name: flows[name]["consumes"] for name in NAMES})
    real = handled(rig, who)
    order = POISONS * EACH
    dice.shuffle(order)
    hand, written, copies = Hand(rig), 0, 0
    for poison in order:
        forgery, record = forge(poison, dice.choice(real[dice.choice(sorted(real))]), who, dice)
        if UNREADABLE in dict(record.headers or ()):
            forgery = replace(forgery, place=hand.write_unreadable(record, UNREADABLE))
        else:
            hand.write(record)
        if hand.done():
            rig.journal.forged(forgery)
            written, copies = written + 1, copies + len(forgery.told_by)
        else:
            rig.say(f"Kafka refused a record: {poison.what}")
        rig.sleep(dice.uniform(0, LONGEST_PAUSE))
    rig.say(f"{written} records of {len(POISONS)} kinds are forged; {copies} copies must be set aside")


def handled(rig: Rig, who: Who) -> dict[str, list[Record]]:
    """Real events by their type, of types that somebody handles; waits for the first of them."""
    for _ in range(TRIES):
        real: dict[str, list[Record]] = {}
        for record in found(rig):
            kind = (dict(record.headers or ()).get("ce_type") or b"").decode(errors="replace")
            if who.told("handlers", kind, record.topic):
                real.setdefault(kind, []).append(record)
        if real:
            return real
        rig.sleep(1)
    raise TimeoutError("no event came that could be made wrong")
