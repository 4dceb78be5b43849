"""Who should have what: the map of events that stands in `docs/flows.json`, as data.

The oracle may not import the services, so that a mistake of theirs cannot hide itself here. It is told by the file
which topics there are and which types each service consumes.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Flows:
    """Topics without a deployment's prefix, and for each service the types that it consumes."""

    topics: tuple[str, ...]
    consumes: Mapping[str, frozenset[str]]

    @classmethod
    def of(cls, document: Mapping[str, Any]) -> "Flows":
        """Read the parsed file: `{"topics": {NAME: …}, "services": {NAME: {"consumes": [TYPE, …], …}}}`.

        Raises ValueError for anything else, since an oracle with half a map would see half of what is lost.
        """
        topics, services = document.get("topics"), document.get("services")
        if not isinstance(topics, Mapping) or not topics:
            raise ValueError('the map of events lacks "topics", an object with a member for each topic')
        if not isinstance(services, Mapping) or not services:
            raise ValueError('the map of events lacks "services", an object with a member for each service')
        return cls(tuple(topics), {name: _types(name, service) for name, service in services.items()})


def _types(name: str, service: Any) -> frozenset[str]:
    types = service.get("consumes") if isinstance(service, Mapping) else None
    if not isinstance(types, list) or not all(isinstance(each, str) for each in types):
        raise ValueError(f'the map of events lacks "consumes" of {name}, a list of types')
    return frozenset(types)
