"""Services with lists of contracts and nothing else."""

from collections.abc import Iterable, Sequence
from pathlib import Path

from fastapi import APIRouter

from shared.events import OWNERS, REGISTRY, Contract
from shared.handling import Handlers
from shared.kinds import NOTHING
from shared.service import Service


def made_up(name: str, consumes: Iterable[type[Contract]], emits: Sequence[type[Contract]] | None = None) -> Service:
    """A service with these lists and nothing else; by default it emits all that it owns."""
    handlers = Handlers()
    for contract in consumes:
        handlers.on(contract)(lambda _, __: NOTHING)
    owned = [contract for contract in REGISTRY.values() if contract.owner == name]
    return Service(name, Path(name), handlers, (), owned if emits is None else emits, APIRouter())


def four(turned: bool = False) -> list[Service]:
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
