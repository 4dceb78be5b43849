"""Keyed digests of what a person is found by, so that who reads the table can neither read nor try out a name.

A digest is the first 64 bits of HMAC-SHA256 over sort and term, as PostgreSQL's signed `bigint`: enough to tell a
nation's persons apart, and an index on it stays small.
"""

import hmac
from collections.abc import Iterable

from services.intake.domain.search import Term


def digests(terms: Iterable[Term], secret: str) -> list[int]:
    """The digests of these terms, each once, sorted."""
    key = secret.encode()
    return sorted({_digest(key, sort, term) for sort, term in terms})


def _digest(key: bytes, sort: str, term: str) -> int:
    # Begun by a word of its own: the same secret keys the digests of requests and forms.
    told = hmac.digest(key, f"search\n{sort}\n{term}".encode(), "sha256")
    return int.from_bytes(told[:8], "big", signed=True)
