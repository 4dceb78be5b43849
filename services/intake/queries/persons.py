"""A person, for her own centre."""

from typing import Any, Final

import orjson

from services.intake import identity
from services.intake.domain import records
from services.intake.domain.model import Identity
from services.intake.views.persons import IdentityView, MemberView, PersonView
from shared.commands import Query
from shared.rejections import Absent

PERSON: Final = """
select person::text, centre, sex, channel, language, consents::text, version from person where person = $1
"""

CASES: Final = """
select caseid::text, commune, return_date, country, id_missing_reason from cases where person = $1 order by caseid desc
"""

SKILLS: Final = """
select distinct jsonb_array_elements_text(data -> 'skills') as skill from heard
where person = $1 and type = 'reintegration.training.skills-recognised.v1' order by skill
"""


async def person(query: Query, person: str) -> PersonView:
    """A person of the asker's centre; Absent otherwise."""
    async with query.running.database.connection() as connection:
        row = await connection.fetchrow(PERSON, person)
        if row is None:
            raise Absent
        query.access.require(centre=row["centre"])
        cases = await connection.fetch(CASES, person)
        skills = await connection.fetch(SKILLS, person)
        known = (await identity.read(connection, [person])).get(person, Identity())
    return PersonView(
        **{**row, "consents": orjson.loads(row["consents"])},
        skills=[skill[0] for skill in skills],
        cases=[each[0] for each in cases],
        identity=_identity(known),
        missing=list(_missing(row, known, cases)),
    )


def _identity(known: Identity) -> IdentityView:
    members = [MemberView(member=member, **each) for member, each in (known.household or {}).items()]
    return IdentityView(**{**known._asdict(), "outside_ids": known.outside_ids or {}, "household": members})


def _missing(row: Any, known: Identity, cases: Any) -> tuple[str, ...]:
    """Of her and her latest case."""
    outside = {f"outside_ids.{kind}": number for kind, number in (known.outside_ids or {}).items()}
    return records.missing({**known._asdict(), "sex": row["sex"], **outside}, dict(cases[0]) if cases else {})
