"""Forms that were taken before."""

from collections.abc import Collection, Mapping
from typing import NamedTuple

from shared.database import Connection


class KnownForm(NamedTuple):
    """A form that was taken before: the keyed digest of its content, and what it became."""

    digest: bytes
    person: str
    caseid: str


CLAIM_FORMS = """
insert into form (centre, form_no, digest, person, caseid)
select $1, * from unnest($2::text[], $3::bytea[], $4::uuid[], $5::uuid[])
on conflict do nothing
returning form_no
"""


async def claim_forms(connection: Connection, centre: str, forms: Mapping[str, KnownForm]) -> set[str]:
    """Take these form numbers of a centre; returns those that nobody took before.

    Sorted, so that two files with the same forms wait for each other instead of locking each other out.
    """
    numbers = sorted(forms)
    rows = await connection.fetch(
        CLAIM_FORMS,
        centre,
        numbers,
        [forms[number].digest for number in numbers],
        [forms[number].person for number in numbers],
        [forms[number].caseid for number in numbers],
    )
    return {row[0] for row in rows}


async def known_forms(connection: Connection, centre: str, numbers: Collection[str]) -> dict[str, KnownForm]:
    """The forms of a centre that were taken before, by number."""
    rows = await connection.fetch(
        "select form_no, digest, person::text, caseid::text from form where centre = $1 and form_no = any($2::text[])",
        centre,
        numbers,
    )
    return {row[0]: KnownForm(row[1], row[2], row[3]) for row in rows}
