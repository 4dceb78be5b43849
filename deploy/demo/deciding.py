"""What people decide in the demo, each in a real office's role, through the services' own addresses."""

from collections.abc import Mapping, Sequence
from datetime import timedelta
from typing import Final, NamedTuple

from deploy.client import Actor, RequestRefused
from deploy.demo.evidence import Published
from deploy.demo.world import Sheets, World
from shared import reference

SCHEME: Final = "nssf"
UNCONSENTED, CLOSED, ASSESSED = "consent withdrawn", "case closed", "prior learning decided"
ACCEPTED, DECLINED, PLACED = "match accepted", "match declined", "placement confirmed"
PROTECTED, UNPROTECTED = "social protection accepted", "social protection refused"
GONE: Final = frozenset({"vacancy-full", "vacancy-closed"})
"""What may have become of a vacancy since it was proposed."""
LEANINGS: Final = ("accept", "accept", "think", "accept", "decline")
"""What people are inclined to, in turn. Ids are new in every run, so chance that goes by them would be too."""
SHOWN: Final = (3, 3, 2, 0)
"""How many of three skills assessors find, in turn."""
REFUSALS: Final = ("incomplete", "already-served", "not-eligible")
DECLINES: Final = ("too-far", "wage", "hours", "other-plans")


def counsel(world: World) -> None:
    """Days at the centres: somebody wants no messages any more, somebody gives up a course, somebody moves away."""
    world.journal.expect(UNCONSENTED, CLOSED)
    for done in world.all_at_once(lambda centre: _counsel(world, centre), world.journal.centres):
        for stage, centre in done:
            world.journal.note(stage, centre)


def _counsel(world: World, centre: str) -> list[tuple[str, str]]:
    actor = world.at(centre)
    known = [each for each in world.journal.persons.values() if each.centre == centre]
    world.chance("counsel", centre).shuffle(known)
    agreeing = [each for each in known if "messages" in each.purposes][:2]
    for each in agreeing:
        actor.delete("intake", f"/persons/{each.person}/consents/messages")
    others = [each for each in known if each not in agreeing]
    for each in others[:2]:
        actor.post("intake", f"/cases/{each.case}/closing", {"reason": "moved-away"})
    given_up = 0
    for each in others[2:]:
        referrals = actor.get("intake", f"/cases/{each.case}")["referrals"]
        for seat in [one for one in referrals if one["kind"] == "course" and one["state"] == "accepted"][:1]:
            actor.post("intake", f"/referrals/{seat['code']}/withdrawal", {"reason": "person-declined"})
            given_up += 1
        if given_up == 2:
            break
    return [(UNCONSENTED, centre)] * len(agreeing) + [(CLOSED, centre)] * len(others[:2])


def assess(world: World, given: Sheets) -> None:
    """Assessors look at what people learnt at work abroad, and recognise all of it, a part, or nothing yet."""
    world.journal.expect(ASSESSED)
    asked = [
        (provider, row["code"]) for provider, rows in given.items() for row in rows if row["kind"] == "prior-learning"
    ]
    world.all_at_once(lambda each: _assess(world, SHOWN[each[0] % len(SHOWN)], *each[1]), enumerate(asked))
    world.journal.coded += [(ASSESSED, code) for _, code in asked]


def _assess(world: World, shown: int, provider: str, code: str) -> None:
    host = world.client.acting(provider, "training-provider", provider=provider)
    occupation = host.get("intake", f"/referrals/{code}")["occupation"]
    sectors = {sector.code for sector in reference.sectors().values() if occupation in sector.occupations}
    known = [skill.code for skill in reference.skills().values() if skill.sector in sectors]
    found = world.chance("assess", code).sample(known, min(3, len(known)))
    findings = {"competent": found[:shown], "gaps": found[shown:]}
    world.client.acting("assessor", "assessor").post("training", f"/prior-learning/{code}/decision", findings)


def choose(world: World, events: Sequence[Published]) -> dict[str, str]:
    """Who was told of a job comes to the centre: takes the best that has a place left, declines one, or thinks it over.

    Returns the accepted matches with their vacancies.
    """
    world.journal.expect(ACCEPTED, DECLINED)
    proposed = sorted({event.subject for event in events if event.fact == "employment.match-proposed"})
    accepted: dict[str, str] = {}
    for choice in world.all_at_once(lambda each: _choose(world, *each), enumerate(proposed)):
        if choice is not None:
            world.journal.note(choice.stage, choice.centre)
            if choice.stage == ACCEPTED:
                accepted[choice.match] = choice.vacancy
    return accepted


class Choice(NamedTuple):
    """What a person decided about a match."""

    stage: str
    centre: str
    match: str
    vacancy: str


def _choose(world: World, turn: int, person: str) -> Choice | None:
    centre, inclined = world.journal.centre_of(person), LEANINGS[turn % len(LEANINGS)]
    if inclined == "think":
        return None
    actor = world.at(centre)
    matches = actor.get("employment", f"/persons/{person}/matches")["matches"]
    for match in (match for match in matches if match["state"] == "proposed"):
        found = (centre, match["match"], match["vacancy"])
        if inclined == "decline":
            reason = DECLINES[turn % len(DECLINES)]
            actor.post("employment", f"/matches/{match['match']}/decline", {"reason": reason})
            return Choice(DECLINED, *found)
        try:
            actor.post("employment", f"/matches/{match['match']}/acceptance")
        except RequestRefused as refused:
            if refused.problem.code not in GONE:
                raise
        else:
            return Choice(ACCEPTED, *found)
    return None


def confirm(world: World, accepted: Mapping[str, str], persons: Mapping[str, str]) -> None:
    """Employers confirm most of those who accepted; some of them will work on their own account. `persons` has each
    match's person."""
    world.journal.expect(PLACED)
    officer = world.client.acting("employment-officer", "employment-officer")
    employers: dict[str, str] = {}
    after: str | None = "00000000-0000-0000-0000-000000000000"
    while after:
        page = officer.get("employment", "/vacancies", limit=500, after=after)
        employers |= {vacancy["vacancy"]: vacancy["employer"] for vacancy in page["vacancies"]}
        after = page["after"]

    confirmed = [match for turn, match in enumerate(sorted(accepted), 1) if turn % 10]

    def confirm_one(turn: int, match: str) -> None:
        employer = employers[accepted[match]]
        starts = world.today + timedelta(turn % 30)
        content = {"starts": starts.isoformat(), "engagement": "employee" if turn % 10 else "self-employed"}
        actor = world.client.acting(f"employer-{employer}", "employer", employer=employer)
        actor.post("employment", f"/matches/{match}/placement", content)

    world.all_at_once(lambda each: confirm_one(*each), enumerate(confirmed, 1))
    for match in confirmed:
        world.journal.note(PLACED, world.journal.centre_of(persons[match]))


def decide(world: World) -> None:
    """The officer of the social security fund takes most of those whom intake refers, and refuses others with a
    reason."""
    world.journal.expect(PROTECTED, UNPROTECTED)
    officer = world.client.acting("scheme-officer", "scheme-officer", scheme=SCHEME)
    while referrals := officer.get("intake", f"/schemes/{SCHEME}/referrals", state="requested"):
        codes = [referral["code"] for referral in referrals]
        world.journal.coded += world.all_at_once(lambda each: _decide(officer, *each), enumerate(codes, 1))


def _decide(officer: Actor, turn: int, code: str) -> tuple[str, str]:
    refused = turn % 6 == 0
    content = (
        {"decision": "reject", "reason": REFUSALS[turn // 6 % len(REFUSALS)]} if refused else {"decision": "accept"}
    )
    officer.post("intake", f"/referrals/{code}/decision", content)
    return (UNPROTECTED if refused else PROTECTED), code
