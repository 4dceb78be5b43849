"""Faults of the services' processes: killed in a window of outbox or inbox, paused beyond their session, ended
orderly again and again as by deployments."""

import contextlib
import os
import random
import signal
import time
from typing import Final

from deploy.chaos.faults import fault
from deploy.chaos.rig import Rig
from shared import failpoints

WINDOW_SECONDS: Final = 20
"""For a service under load to reach a place; a service without that much to do is killed all the same."""
SESSION_SECONDS: Final = 30
DEPLOYMENTS: Final = 20


@fault("F1", "a service is killed in each window of outbox and inbox", hits=("services",))
def killed_in_windows(rig: Rig, dice: random.Random) -> None:
    """kill -9 of itself between commit and sending, sending and noting, effect and position."""
    for place in failpoints.PLACES:
        name = dice.choice(sorted(rig.children))
        child = rig.children[name]
        before = dict(child.environment or {})
        rig.say(f"{name} dies at {place}")
        child.environment = {**before, "REINTEGRATION_FAILPOINT": f"{place}:{dice.randint(1, 4)}"}
        try:
            end(rig, name, signal.SIGKILL)  # only a new start reads the setting
            armed = child.pid
            due = time.monotonic() + WINDOW_SECONDS
            while child.running and child.pid == armed and time.monotonic() < due:
                rig.sleep(0.1)
        finally:
            child.environment = before
        if child.running and child.pid == armed:
            end(rig, name, signal.SIGKILL)
        else:
            _await_start(rig, name, armed)
        rig.await_ready(name)


def end(rig: Rig, name: str, number: signal.Signals) -> None:
    """Send a service's process a signal that ends it, and return when the keeper has started another. By its id:
    `ChildProcess.kill` would wait for the end of the process, and could take the keeper's new one for it."""
    before = rig.children[name].pid
    if before is not None:
        with contextlib.suppress(ProcessLookupError):
            os.kill(before, number)
    _await_start(rig, name, before)


def restart(rig: Rig, name: str, environment: dict[str, str]) -> None:
    """End a service orderly and start it with these settings, as a deployment does; it is ready then."""
    rig.children[name].environment = environment
    end(rig, name, signal.SIGTERM)
    rig.await_ready(name)


def _await_start(rig: Rig, name: str, before: int | None) -> None:
    """Wait until the keeper has started a service anew."""
    child, end = rig.children[name], time.monotonic() + 60
    while child.pid == before or not child.running:
        if time.monotonic() > end:
            raise TimeoutError(f"{name} was not started again")
        rig.sleep(0.05)


@fault("F4", "a service is paused beyond its session, and goes on", hits=("services",))
def paused(rig: Rig, dice: random.Random) -> None:
    """A zombie: its partitions are given away meanwhile, and it wakes in the middle of its work."""
    name = dice.choice(sorted(rig.children))
    seconds = SESSION_SECONDS + dice.uniform(2, 6)
    rig.say(f"{name} is paused for {seconds:.0f} s")
    child = rig.children[name]
    child.pause()
    try:
        rig.sleep(seconds)
    finally:
        child.resume()
    rig.await_ready(name)


@fault("F17", f"services are ended orderly {DEPLOYMENTS} times", hits=("services",))
def deployed(rig: Rig, dice: random.Random) -> None:
    """SIGTERM, as by deployments; whatever ended is started again by the keeper."""
    for number in range(1, DEPLOYMENTS + 1):
        name = dice.choice(sorted(rig.children))
        rig.say(f"{name} is ended, {number} of {DEPLOYMENTS}")
        end(rig, name, signal.SIGTERM)
        rig.await_ready(name)
        rig.sleep(dice.uniform(0, 0.5))
