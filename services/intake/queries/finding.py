"""Persons of one's own centre, found by name, telephone, document or referral code."""

from typing import Final

from services.intake import identity
from services.intake.domain import search
from services.intake.domain.model import Identity
from services.intake.requests.transfers import Sought
from services.intake.views.transfers import Found
from shared.commands import Query
from shared.rejections import Forbidden

MOST: Final = 50
"""Persons that one answer shows: who looks through more has asked too little."""

OF_CODE: Final = """
select referral.person::text from referral join person using (person) where code = $1 and centre = $2
"""

FOUND: Final = """
select person.person::text, latest.caseid::text as "case", latest.state, latest.registered_on, latest.commune, sex
from person cross join lateral (
    select caseid, state, registered_on, commune from cases where cases.person = person.person
    order by caseid desc limit 1) as latest
where person.person = any($1::uuid[]) order by person.person desc
"""


async def find(query: Query, sought: Sought) -> list[Found]:
    """Everybody of the asker's centre to whom all of it belongs, the latest registered first, at most 50."""
    centre = query.access.only("centre")
    if centre is None:
        raise Forbidden
    secret = query.running.settings.digest_key.get_secret_value()
    async with query.running.database.connection() as connection:
        persons = await identity.find(connection, _terms(sought), secret, centre, MOST)
        if sought.code:
            of_code = [row[0] for row in await connection.fetch(OF_CODE, sought.code, centre)]
            persons = [person for person in of_code if person in persons or not _terms(sought)]
        rows = await connection.fetch(FOUND, persons)
        known = await identity.read(connection, persons)
    return [_found(row, known.get(row["person"], Identity())) for row in rows]


def _terms(sought: Sought) -> list[search.Term]:
    terms: list[search.Term] = []
    if sought.name:
        terms += search.words(sought.name)
    if sought.phone:
        terms += search.phone(sought.phone)
    if sought.document:
        terms += search.document(sought.document)
    return terms


def _found(row: dict[str, object], known: Identity) -> Found:
    names = ("name_km", "name_latin", "birth_date", "birth_precision")
    return Found.model_validate({**row, **{name: getattr(known, name) for name in names}})
