"""The identity store: who a person is. The only place for names, birth dates, telephone and document numbers, notes.

One table, reached through this module alone. What is kept goes through `_sealed` and `_opened`, so that it can be
enciphered with a key a person there and nowhere else.
"""

from collections.abc import Collection, Sequence
from datetime import date
from typing import NamedTuple

import orjson

from services.intake.domain.model import Identity
from shared.database import Connection


class Kept(NamedTuple):
    """An identity with the opaque contact reference that stands for its telephone outside."""

    person: str
    contact: str
    identity: Identity


KEEP = """
insert into identity (person, contact, content)
select person, contact, content::jsonb from unnest($1::uuid[], $2::uuid[], $3::text[]) as new (person, contact, content)
on conflict (person) do update set contact = excluded.contact, content = excluded.content
"""


async def keep(connection: Connection, identities: Sequence[Kept]) -> None:
    """Write these identities, in one statement, each in place of what was kept of its person."""
    await connection.execute(
        KEEP,
        [kept.person for kept in identities],
        [kept.contact for kept in identities],
        [_sealed(kept.identity) for kept in identities],
    )


async def read(connection: Connection, persons: Collection[str]) -> dict[str, Identity]:
    """Who these persons are; those of whom nothing is known are left out."""
    if not persons:
        return {}
    rows = await connection.fetch(
        "select person::text, content::text from identity where person = any($1::uuid[])", persons
    )
    return {row[0]: _opened(row[1]) for row in rows}


def _sealed(identity: Identity) -> str:
    return orjson.dumps(identity._asdict()).decode()


def _opened(content: str) -> Identity:
    identity = Identity(**orjson.loads(content))
    born: object = identity.birth_date
    return identity._replace(birth_date=date.fromisoformat(born) if isinstance(born, str) else None)
