"""The identity store: who a person is. The only place for names, birth dates, telephone and document numbers, notes.

Tables that are reached through this module alone. What is kept goes through `_sealed` and `_opened`, so that it can be
enciphered with a key a person there and nowhere else. Beside it stand keyed digests of what a person is found by.
"""

from collections.abc import Collection, Sequence
from datetime import date
from typing import Final, NamedTuple

from services.intake import blind, sealed
from services.intake.domain.model import Identity
from services.intake.domain.search import Term, terms
from shared.database import Connection


class Kept(NamedTuple):
    """An identity with the opaque contact reference that stands for its telephone outside."""

    person: str
    contact: str
    identity: Identity


DATES: Final = ("birth_date", "idpoor_until")

KEEP = """
insert into identity (person, contact, content, keys)
select person, contact, content::jsonb, string_to_array(keys, ' ')::bigint[]
from unnest($1::uuid[], $2::uuid[], $3::text[], $4::text[]) as new (person, contact, content, keys)
on conflict (person) do update set contact = excluded.contact, content = excluded.content, keys = excluded.keys
"""

FIND = """
select identity.person::text from identity join person using (person)
where keys @> $1::bigint[] and ($2::text is null or centre = $2)
order by identity.person desc limit $3
"""

# Whoever changed the identity meanwhile has written its keys: those stand.
INDEX = """
update identity set keys = string_to_array(new.keys, ' ')::bigint[]
from unnest($1::uuid[], $2::text[]) as new (person, keys)
where identity.person = new.person and identity.keys is null
"""


async def keep(connection: Connection, identities: Sequence[Kept], secret: str) -> None:
    """Write these identities, in one statement, each in place of what was kept of its person. `secret` keys the
    digests by which they are found."""
    await connection.execute(
        KEEP,
        [kept.person for kept in identities],
        [kept.contact for kept in identities],
        [_closed(kept.identity) for kept in identities],
        [_keys(kept.identity, secret) for kept in identities],
    )


async def read(connection: Connection, persons: Collection[str]) -> dict[str, Identity]:
    """Who these persons are; those of whom nothing is known are left out."""
    if not persons:
        return {}
    rows = await connection.fetch(
        "select person::text, content::text from identity where person = any($1::uuid[])", persons
    )
    return {row[0]: _opened(row[1]) for row in rows}


async def find(
    connection: Connection, sought: Collection[Term], secret: str, centre: str | None, most: int
) -> list[str]:
    """Persons of a centre (of every one: None) to whom all these terms belong, the latest first; none for no term."""
    if not sought:
        return []
    return [row[0] for row in await connection.fetch(FIND, blind.digests(sought, secret), centre, most)]


async def index(connection: Connection, secret: str, most: int) -> int:
    """Write the digests of identities that were kept before there were any; returns how many there were."""
    rows = await connection.fetch("select person::text, content::text from identity where keys is null limit $1", most)
    if rows:
        await connection.execute(INDEX, [row[0] for row in rows], [_keys(_opened(row[1]), secret) for row in rows])
    return len(rows)


def _keys(identity: Identity, secret: str) -> str:
    return " ".join(map(str, blind.digests(terms(identity), secret)))


def _closed(identity: Identity) -> str:
    return sealed.close({name: value for name, value in identity._asdict().items() if value is not None})


def _opened(content: str) -> Identity:
    known = sealed.open(content)
    for name in DATES:
        if known.get(name) is not None:
            known[name] = date.fromisoformat(known[name])
    return Identity(**known)
