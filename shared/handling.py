"""What a service does with each event and each timer: the registry that its `handlers.py` fills.

A handler has two parts here: `keys`, which names the aggregates that the event needs (they are locked and loaded for
the whole batch, one query a kind), and a pure function from (working set, event) to a decision. The third part,
saving, is derived from the kinds that the decision changed.
"""

from collections.abc import Awaitable, Callable, Iterable, Sequence
from dataclasses import dataclass, field
from typing import Generic, TypeVar

from shared.database import Connection
from shared.events.envelope import Contract, Event
from shared.kinds import Decision, Key, Timer, Working

I = TypeVar("I", Event, Timer)  # noqa: E741

Decide = Callable[[Working, I], Decision]
LookUp = Callable[[Connection, Sequence[I], Working], Awaitable[None]]


def no_keys(_: Event | Timer) -> Iterable[Key]:
    return ()


@dataclass(frozen=True)
class Handler(Generic[I]):
    """How one type of event, or one name of timer, is handled."""

    keys: Callable[[I], Iterable[Key]]
    decide: Decide[I]
    look_up: LookUp[I] | None = None
    waits_for_parked: bool = False


@dataclass
class Handlers:
    """A service's handlers of events by contract, and of timers by name."""

    events: dict[type[Contract], Handler[Event]] = field(default_factory=dict)
    timers: dict[str, Handler[Timer]] = field(default_factory=dict)

    def on(
        self,
        *contracts: type[Contract],
        keys: Callable[[Event], Iterable[Key]] = no_keys,
        look_up: LookUp[Event] | None = None,
    ) -> Callable[[Decide[Event]], Decide[Event]]:
        """Handle these events. `look_up` reads what the rule needs beside the locked aggregates, once a batch, into
        `working.facts`."""

        def register(decide: Decide[Event]) -> Decide[Event]:
            for contract in contracts:
                if contract in self.events:
                    raise ValueError(f"{contract.type} has two handlers")
                self.events[contract] = Handler(keys, decide, look_up)
            return decide

        return register

    def timer(
        self,
        name: str,
        keys: Callable[[Timer], Iterable[Key]] = no_keys,
        look_up: LookUp[Timer] | None = None,
        waits_for_parked: bool = False,
    ) -> Callable[[Decide[Timer]], Decide[Timer]]:
        """Handle timers of this name. `waits_for_parked`: put off while events of its subject are parked, for timers
        that would expire, close or re-route something that those events may have settled."""

        def register(decide: Decide[Timer]) -> Decide[Timer]:
            if name in self.timers:
                raise ValueError(f"timer {name} has two handlers")
            self.timers[name] = Handler(keys, decide, look_up, waits_for_parked)
            return decide

        return register

    @property
    def consumes(self) -> tuple[type[Contract], ...]:
        return tuple(self.events)
