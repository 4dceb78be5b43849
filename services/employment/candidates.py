"""Candidates found by index: which vacancies for these persons, which persons for these vacancies.

Each look-up is one query for a batch of timers, read without locks beside what the transaction holds. PostgreSQL rules
out and ranks as `domain.matching` does, by expressions made from the tables there, so that the best are among the few
that are read (a test holds the two together). What is found is judged by the rules all the same.
"""

from collections.abc import Iterable, Sequence
from typing import Final

from services.employment.domain import matching
from services.employment.domain.model import DECLINED, PROPOSED, Vacancy
from services.employment.domain.proposing import BEST, PAGE, Candidate, Known, Page
from services.employment.storage import READ_VACANCIES, SEEKERS, VACANCIES, columns_of, made
from shared.database import Connection
from shared.kinds import Timer, Working
from shared.local_time import day

PERSONS_AT_A_TIME: Final = 100
VACANCIES_AT_A_TIME: Final = 8
"""Timers of a batch that are looked up in one transaction, since a popular skill makes thousands of candidates each:
so that others never wait long for the locks it holds. The rest have their turn in the next."""

LOOKED_AT: Final = "looked at"
"""Fact: numbers of the timers whose turn it is."""
BEST_VACANCIES: Final = "best vacancies"
"""Fact: by person, the vacancies that may be her best."""
VACANCIES_BY_ID: Final = "vacancies by id"
BEST_SEEKERS: Final = "best seekers"
"""Fact: by number of the timer, the next candidates of its vacancy."""
KNOWN: Final = "known"
"""Fact: by person and vacancy, what became of earlier proposals. Her matches change under her lock only."""


def _tiers(own: str, other: str, tiers: Iterable[tuple[int, int]]) -> str:
    arms = " ".join(f"when left({own}, {digits}) = left({other}, {digits}) then {points}" for digits, points in tiers)
    return f"case {arms} else 0 end"


def _wishes(wish: str) -> str:
    return f"(s.limits ? '{wish}' or s.assessed ? '{wish}')"


def _demands(demand: matching.Demand) -> str:
    occupations, skills = ",".join(sorted(demand.occupations)), ",".join(sorted(demand.skills))
    return f"(v.occupation = any('{{{occupations}}}') or v.skills ?| '{{{skills}}}')"


POINTS: Final = f"""(
    case when v.skills = '[]' then {matching.SKILLS_NONE_NEEDED}
         else {matching.SKILLS_MOST} * cardinality(array(
                  select needed from jsonb_array_elements_text(v.skills) as needed where s.skills ? needed
              )) / jsonb_array_length(v.skills) end
    + {_tiers("s.commune", "v.commune", matching.PLACE)}
    + {_tiers("s.occupation", "v.occupation", matching.OCCUPATION)}
)"""  # noqa: S608 - made of our own tables

WISHED: Final = " and ".join(
    [
        f"not ({_wishes(matching.NEAR_HOME)} and left(s.commune, {matching.NEAR_HOME_DIGITS}) is distinct from "
        f"left(v.commune, {matching.NEAR_HOME_DIGITS}))",
        *[f"not ({_wishes(wish)} and {_demands(demand)})" for wish, demand in matching.DEMANDS.items()],
    ]
)

FIND_VACANCIES: Final = f"""
select s.person::text as seeker, found.*
from seeker s cross join lateral (
    select {columns_of(VACANCIES, "v")}
    from vacancy v
    where v.taken < v.seats and (v.closes is null or v.closes >= $2)
      and (v.skills ?| array(select jsonb_array_elements_text(s.skills))
           or v.skills = '[]' and v.occupation = s.occupation)
      and {WISHED}
      and not exists (select from match m where m.person = s.person and m.vacancy = v.vacancy and m.state = $4)
    order by {POINTS} desc, encode(sha256((s.person::text || v.vacancy::text)::bytea), 'hex')
    limit $3
) found
where s.person = any($1::uuid[])
"""  # noqa: S608 - made of our own tables

FIND_SEEKERS: Final = f"""
select wanted.number, found.person::text, found.points
from unnest($1::bigint[], $2::uuid[], $3::int[], $4::uuid[]) as wanted (number, vacancy, after_points, after_person)
join vacancy v on v.vacancy = wanted.vacancy
cross join lateral (
    select * from (
        select s.person, {POINTS} as points
        from seeker s
        where s.consent and s.seeking and not s.placed and s.accepted is null and s.cases <> '[]'
          and (s.consent_until is null or s.consent_until >= $5)
          and (s.skills ?| array(select jsonb_array_elements_text(v.skills))
               or v.skills = '[]' and s.occupation = v.occupation)
          and {WISHED}
          and not exists (select from match m where m.person = s.person and m.vacancy = v.vacancy)
    ) ranked
    where (-points, person) > (-wanted.after_points, wanted.after_person)
    order by points desc, person
    limit $6
) found
order by wanted.number, found.points desc, found.person
"""  # noqa: S608 - made of our own tables

READ_KNOWN: Final = """
select m.person::text, m.vacancy::text, m.state,
       m.state = $3 and v.taken < v.seats and (v.closes is null or v.closes >= $2) as waits
from match m join vacancy v using (vacancy) where m.person = any($1::uuid[])
"""


async def find_vacancies(connection: Connection, timers: Sequence[Timer], working: Working) -> None:
    """The best vacancies for the persons of these timers."""
    turn = timers[:PERSONS_AT_A_TIME]
    working.facts.setdefault(LOOKED_AT, set()).update(timer.number for timer in turn)
    seekers = [working.get(SEEKERS, person) for person in sorted({timer.subject for timer in turn})]
    persons = [seeker.person for seeker in seekers if not matching.standing(seeker, day(working.now))]
    found: dict[str, list[Vacancy]] = {person: [] for person in persons}
    for row in await connection.fetch(FIND_VACANCIES, persons, day(working.now), BEST, DECLINED):
        found[row[0]].append(made(VACANCIES, tuple(row)[1:]))
    working.facts[BEST_VACANCIES] = found
    await _read_known(connection, persons, working)


async def find_seekers(connection: Connection, timers: Sequence[Timer], working: Working) -> None:
    """The next page of persons for the vacancies of these timers."""
    turn = timers[:VACANCIES_AT_A_TIME]
    working.facts.setdefault(LOOKED_AT, set()).update(timer.number for timer in turn)
    await _read_vacancies(connection, [timer.subject for timer in turn], working)
    pages = [Page(**timer.data) for timer in turn]
    found: dict[int, list[Candidate]] = {timer.number: [] for timer in turn}
    for number, person, points in await connection.fetch(
        FIND_SEEKERS,
        [timer.number for timer in turn],
        [timer.subject for timer in turn],
        [page.score for page in pages],
        [page.person for page in pages],
        day(working.now),
        PAGE,
    ):
        found[number].append(Candidate(person, points))
    working.facts[BEST_SEEKERS] = found


async def read_pairs(connection: Connection, timers: Sequence[Timer], working: Working) -> None:
    """The vacancies that these timers name, and what was proposed to their persons before."""
    await _read_vacancies(connection, [timer.data["vacancy"] for timer in timers], working)
    await _read_known(connection, [timer.subject for timer in timers], working)


async def _read_vacancies(connection: Connection, vacancies: Sequence[str], working: Working) -> None:
    held = working.facts.setdefault(VACANCIES_BY_ID, {})
    for row in await connection.fetch(READ_VACANCIES, sorted(set(vacancies))):
        held[row[0]] = made(VACANCIES, row)


async def _read_known(connection: Connection, persons: Sequence[str], working: Working) -> None:
    held = working.facts.setdefault(KNOWN, {})
    for person in persons:
        held.setdefault(person, {})
    for person, vacancy, state, waits in await connection.fetch(
        READ_KNOWN, sorted(set(persons)), day(working.now), PROPOSED
    ):
        held[person][vacancy] = Known(state, waits)
