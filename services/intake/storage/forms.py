"""Forms that were taken before."""

from collections.abc import Collection, Mapping
from typing import NamedTuple

from shared.database import Connection


class KnownForm(NamedTuple):
    """A form that was taken before: the keyed digest of its content, and what it became."""

    digest: bytes
    person: str
    caseid: str


FormKey = tuple[str, str]
"""A centre and the number of one of its forms."""

CLAIM_FORMS = """
insert into form (centre, form_no, digest, person, caseid)
select * from unnest($1::text[], $2::text[], $3::bytea[], $4::uuid[], $5::uuid[])
on conflict do nothing
returning centre, form_no
"""

KNOWN_FORMS = """
select centre, form_no, digest, person::text, caseid::text
from form join unnest($1::text[], $2::text[]) as asked (centre, form_no) using (centre, form_no)
"""


async def claim_forms(connection: Connection, forms: Mapping[FormKey, KnownForm]) -> set[FormKey]:
    """Take these forms; returns those that nobody took before.

    Sorted, so that two files with the same forms wait for each other instead of locking each other out.
    """
    if not forms:
        return set()
    keys = sorted(forms)
    taken = [forms[key] for key in keys]
    rows = await connection.fetch(CLAIM_FORMS, *zip(*keys, strict=True), *zip(*taken, strict=True))
    return {(row[0], row[1]) for row in rows}


async def known_forms(connection: Connection, keys: Collection[FormKey]) -> dict[FormKey, KnownForm]:
    """Those of these forms that were taken before."""
    if not keys:
        return {}
    rows = await connection.fetch(KNOWN_FORMS, *zip(*keys, strict=True))
    return {(row[0], row[1]): KnownForm(row[2], row[3], row[4]) for row in rows}
