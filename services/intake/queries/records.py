"""Changes of records, conflicts, flags."""

from typing import Any, Final

from services.intake import sealed
from services.intake.domain.merging import Change
from services.intake.views.records import ChangeView, ConflictField, ConflictView, FieldChange, FlagView
from shared.access import CENTRE_LEAD
from shared.commands import Query
from shared.rejections import Absent

CHANGES: Final = """
select version, device_at, changed_at, author, content::text from change where record = $1
order by version desc limit $2
"""
CENTRE: Final = {
    "person": "select centre from person where person = $1",
    "case": "select centre from cases where caseid = $1",
}
# Of one conflict ($1), or of all that this account submitted ($2) or, to a lead ($3), of her centre ($4). Who is with
# another centre by now is that one's affair.
CONFLICTS: Final = """
select conflict::text, sort, conflict.person::text, record::text, author, device_at, opened_at, expires_at,
       case sort when 'person' then person.version when 'case' then cases.version end as version,
       coalesce(person.centre, conflict.centre) as centre
from conflict
left join person on person.person = conflict.person
left join cases on cases.caseid = record
where conflict.state = 'open'
    and ($1::uuid is null or conflict = $1)
    and (author = $2 or $3) and coalesce(person.centre, conflict.centre) = $4
order by opened_at, conflict limit $5
"""
FLAGS: Final = """
select caseid::text as case, person::text, flag.key as flag, (flag.value ->> 'raised_on')::date as raised_on
from cases, jsonb_each(flags) as flag
where centre = $1 and flags is not null and state = 'open' and flag.value ->> 'outcome' is null
order by raised_on, caseid limit $2
"""


async def changes(query: Query, table: str, record: str, most: int) -> list[ChangeView]:
    """What changed of a person or a case of the asker's centre, the newest first; Absent for others'."""
    rows = await query.fetch(CENTRE[table], record)
    if not rows:
        raise Absent
    query.access.require(centre=rows[0][0])
    mine = query.principal.subject
    return [
        ChangeView(
            version=version,
            device_time=device_at,
            time=changed_at,
            mine=author == mine,
            fields=_fields(sealed.open(content)),
        )
        for version, device_at, changed_at, author, content in await query.fetch(CHANGES, record, most)
    ]


def _fields(change: Change) -> list[FieldChange]:
    return [FieldChange(field=field, before=was, after=now) for field, (was, now) in sorted(change.items())]


async def conflict(query: Query, conflict: str) -> ConflictView:
    """An open conflict, for who submitted it and the centre's lead; Absent for others."""
    found = await conflicts(query, 1, conflict)
    if not found:
        raise Absent
    return found[0]


async def conflicts(query: Query, most: int, conflict: str | None = None) -> list[ConflictView]:
    """What the asker submitted; for a lead all of her centre; the oldest first."""
    lead, centre = CENTRE_LEAD in query.access.roles, query.access.only("centre")
    rows = await query.fetch(CONFLICTS, conflict, query.principal.subject, lead, centre, most)
    return await _views(query, rows)


async def _views(query: Query, rows: Any) -> list[ConflictView]:
    async with query.running.database.connection() as connection:
        contents = await sealed.unseal(connection, "conflict", [row["conflict"] for row in rows])
    return [_view(row, contents.get(row["conflict"], {}), query.principal.subject) for row in rows]


def _view(row: Any, content: Any, mine: str) -> ConflictView:
    request = content if row["sort"] == "request" else None
    fields = {} if request is not None else content
    return ConflictView(
        conflict=row["conflict"],
        sort=row["sort"],
        person=row["person"],
        record=row["record"],
        version=row["version"],
        mine=row["author"] == mine,
        device_time=row["device_at"],
        opened_at=row["opened_at"],
        expires_at=row["expires_at"],
        fields=[
            ConflictField(field=field, before=before, kept=kept, submitted=submitted)
            for field, (before, kept, submitted) in sorted(fields.items())
        ],
        request=request,
    )


async def flags(query: Query, most: int) -> list[FlagView]:
    """Open cases of the lead's centre with a flag that nobody settled, the oldest first."""
    return [FlagView(**row) for row in await query.fetch(FLAGS, query.access.only("centre"), most)]
