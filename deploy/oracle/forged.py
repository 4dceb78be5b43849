"""What somebody wrote into the topics by hand, as a test of faults does: it accuses nobody.

Known by what it is and never by number, so that nothing real can hide among it.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from hashlib import sha256
from typing import Self

from deploy.oracle.reading import digest, packed


def content_of(key: bytes | None, value: bytes | None) -> bytes:
    """What a record is known by, whatever its headers say: key and value."""
    return digest(key, None if value is None else sha256(value).digest(), size=16)


@dataclass(frozen=True, slots=True)
class Forged:
    """`ids`: events of no ledger, as 16 bytes each. `contents` (`content_of`): single records, which may bear no id, or
    that of a real event, of which everything else is still to be true. `places` (topic, partition, offset): records
    whose copies show only where they stood, as of a batch that nobody could read."""

    ids: frozenset[bytes] = field(default=frozenset())
    contents: frozenset[bytes] = field(default=frozenset())
    places: frozenset[tuple[str, int, int]] = field(default=frozenset())

    @classmethod
    def of(
        cls,
        ids: Iterable[str],
        records: Iterable[tuple[bytes | None, bytes | None]] = (),
        places: Iterable[tuple[str, int, int]] = (),
    ) -> Self:
        """From ids in canonical form, (key, value) of records, and places."""
        return cls(frozenset(map(packed, ids)), frozenset(content_of(*each) for each in records), frozenset(places))

    def has(self, identity: bytes | None, key: bytes | None, value: bytes | None) -> bool:
        """Whether a record is one of these."""
        return identity in self.ids or (bool(self.contents) and content_of(key, value) in self.contents)

    def kept(
        self, identity: bytes | None, key: bytes | None, value_digest: bytes | None, place: tuple[str, int, int]
    ) -> bool:
        """Whether a consumer's copy is of one of these; of the value its SHA-256."""
        known = identity in self.ids or place in self.places
        return known or digest(key, value_digest, size=16) in self.contents


NOTHING = Forged()
