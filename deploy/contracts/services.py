"""The services as far as contracts are concerned: their names, and what they consume and emit."""

import importlib
from collections.abc import Iterable, Sequence
from typing import Protocol

from shared.events import OWNERS, REGISTRY, Contract


class Party(Protocol):
    """A service seen from outside; `shared.service.Service` is one."""

    @property
    def name(self) -> str: ...
    @property
    def consumes(self) -> Sequence[type[Contract]]: ...
    @property
    def emits(self) -> Sequence[type[Contract]]: ...


class NotThere(Exception):
    """A service that cannot be asked what it consumes and emits; the text says which and why."""


def load_services(names: Iterable[str] = OWNERS) -> list[Party]:
    """Every service's `SERVICE`. Raises NotThere while one is missing."""
    return [_load(name) for name in names]


def _load(name: str) -> Party:
    place = f"services.{name}.app"
    try:
        service: Party = importlib.import_module(place).SERVICE
    except ModuleNotFoundError as error:
        if error.name is None or not place.startswith(error.name):
            raise
        raise NotThere(f"The service {name} is not there yet: {place.replace('.', '/')}.py is missing.") from None
    except AttributeError:
        raise NotThere(f"The service {name} cannot be asked what it emits: {place} exports no SERVICE.") from None
    if service.name != name:
        raise NotThere(f"{place} exports the service {service.name}; it must be {name}.")
    return service


def contradictions(services: Sequence[Party]) -> list[str]:
    """Where the services' lists contradict the registry or each other, a sentence each."""
    found = []
    emitted = {contract for service in services for contract in service.emits}
    for service in services:
        for contract in service.emits:
            if contract.owner != service.name:
                found.append(f"{service.name} emits {contract.type}, which {contract.owner} owns.")
        for contract in (*service.emits, *service.consumes):
            if REGISTRY.get(contract.type) is not contract:
                found.append(f"{service.name} lists {contract.type}, which is not registered.")
        for contract in service.consumes:
            if contract not in emitted:
                found.append(f"{service.name} consumes {contract.type}, which nobody emits.")
    for kind, contract in sorted(REGISTRY.items()):
        if contract not in emitted:
            found.append(f"{kind} is registered and nobody emits it.")
    return list(dict.fromkeys(found))
