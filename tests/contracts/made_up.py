"""Services with lists of contracts and nothing else."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from shared.events import OWNERS, REGISTRY, Contract


@dataclass(frozen=True)
class Listed:
    """A service as its documents see it."""

    name: str
    consumes: Sequence[type[Contract]]
    emits: Sequence[type[Contract]]


def made_up(name: str, consumes: Iterable[type[Contract]], emits: Sequence[type[Contract]] | None = None) -> Listed:
    """A service with these lists and nothing else; by default it emits all that it owns."""
    owned = [contract for contract in REGISTRY.values() if contract.owner == name]
    return Listed(name, tuple(consumes), owned if emits is None else emits)


def four(turned: bool = False) -> list[Listed]:
    """Four made-up services; `turned` lists the same in another order."""
    order = reversed if turned else list
    found = [
        made_up(
            name,
            order([contract for contract in REGISTRY.values() if contract.owner != name]),
            list(order([contract for contract in REGISTRY.values() if contract.owner == name])),
        )
        for name in OWNERS
    ]
    return list(order(found))
