"""Disasters: what only an operator can put right, as the how-to pages say."""

import json
import random
import subprocess
import sys
from typing import Final

from deploy.chaos.faults import fault
from deploy.chaos.rig import Rig
from deploy.embedded.platform import side_by_side
from deploy.terminal import Failure

REBUILD_SECONDS: Final = 300


@fault("F9", "Kafka loses its disk, and is rebuilt from the ledgers by an operator", hits=("kafka", "services"))
def kafka_lost(rig: Rig, dice: random.Random) -> None:
    """All brokers at once, whatever they had acknowledged. Services go on for a moment, then the page
    docs/how-to/rebuild-kafka.md is followed to the letter. Clients send on all the while."""
    rig.say("Kafka is killed and its disk is lost")
    for broker in rig.brokers:
        broker.kill()
    try:
        rig.sleep(dice.uniform(0, 3))
        with rig.services_stopped():
            for broker in rig.brokers:
                broker.lose()
            side_by_side(*(broker.start for broker in rig.brokers))
            _rebuild(rig)
    finally:  # also where the run is to end
        side_by_side(*(broker.start for broker in rig.brokers if not broker.running))
    rig.await_all()


def _rebuild(rig: Rig) -> None:
    """Have the operator's command do it, in a process of its own."""
    command = [sys.executable, "-m", "deploy", "republish", "--yes", "--json", "--data", str(rig.folder)]
    done = subprocess.run(
        [*command, "--replication", str(len(rig.brokers))],
        capture_output=True,
        text=True,
        check=False,
        timeout=REBUILD_SECONDS,
    )
    if done.returncode:
        raise Failure(f"reintegration republish ended with {done.returncode}: {done.stderr}")
    told = json.loads(done.stdout.splitlines()[-1])
    rig.say(f"republished: {told['put_back']} of {told['events']}")
