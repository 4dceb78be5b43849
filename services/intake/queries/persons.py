"""A person, for her own centre."""

from typing import Final

import orjson

from services.intake import identity
from services.intake.domain.model import Identity
from services.intake.views.persons import IdentityView, PersonView
from shared.commands import Query
from shared.rejections import Absent

PERSON: Final = """
select person::text, centre, sex, channel, language, consents::text from person where person = $1
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
        cases = await connection.fetch("select caseid::text from cases where person = $1 order by caseid desc", person)
        skills = await connection.fetch(SKILLS, person)
        known = (await identity.read(connection, [person])).get(person, Identity())
    return PersonView(
        **{**row, "consents": orjson.loads(row["consents"])},
        skills=[skill[0] for skill in skills],
        cases=[each[0] for each in cases],
        identity=IdentityView(**known._asdict()),
    )
