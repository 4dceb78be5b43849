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
    for code in world.all_at_once(lambda one: _assess(world, *one), asked):
        world.journal.coded.append((ASSESSED, code))


def _assess(world: World, provider: str, code: str) -> str:
    host = world.client.acting(provider, "training-provider", provider=provider)
    occupation = host.get("intake", f"/referrals/{code}")["occupation"]
    sectors = {sector.code for sector in reference.sectors().values() if occupation in sector.occupations}
    known = [skill.code for skill in reference.skills().values() if skill.sector in sectors]
    draw = world.chance("assess", code)
    found = draw.sample(known, min(3, len(known)))
    competent = draw.choice((found, found, found[:2], []))
    findings = {"competent": competent, "gaps": [skill for skill in found if skill not in competent]}
    world.client.acting("assessor", "assessor").post("training", f"/prior-learning/{code}/decision", findings)
    return code


def choose(world: World, events: Sequence[Published]) -> dict[str, str]:
    """Who was told of a job comes to the centre: takes the best that has a place left, declines one, or thinks it over.

    Returns the accepted matches with their vacancies.
    """
    world.journal.expect(ACCEPTED, DECLINED)
    proposed = sorted({event.subject for event in events if event.fact == "employment.match-proposed"})
    accepted: dict[str, str] = {}
    for choice in world.all_at_once(lambda person: _choose(world, person), proposed):
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


def _choose(world: World, person: str) -> Choice | None:
    draw, centre = world.chance("choose", person), world.journal.centre_of(person)
    inclined = draw.choices(("accept", "decline", "think"), (62, 18, 20))[0]
    if inclined == "think":
        return None
    actor = world.at(centre)
    matches = actor.get("employment", f"/persons/{person}/matches")["matches"]
    for match in (match for match in matches if match["state"] == "proposed"):
        found = (centre, match["match"], match["vacancy"])
        if inclined == "decline":
            actor.post("employment", f"/matches/{match['match']}/decline", {"reason": draw.choice(DECLINES)})
            return Choice(DECLINED, *found)
        try:
            actor.post("employment", f"/matches/{match['match']}/acceptance")
        except RequestRefused as refused:
            if refused.code not in GONE:
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

    def one(match: str) -> str | None:
        draw = world.chance("confirm", match)
        if draw.random() < 0.1:
            return None
        employer = employers[accepted[match]]
        engagement = "self-employed" if draw.random() < 0.1 else "employee"
        starts = world.today + timedelta(draw.randint(1, 30))
        actor = world.client.acting(f"employer-{employer}", "employer", employer=employer)
        content = {"starts": starts.isoformat(), "engagement": engagement}
        actor.post("employment", f"/matches/{match}/placement", content)
        return match

    for match in world.all_at_once(one, sorted(accepted)):
        if match is not None:
            world.journal.note(PLACED, world.journal.centre_of(persons[match]))


def decide(world: World) -> None:
    """The officer of the social security fund takes most of those whom intake refers, and refuses others with a
    reason."""
    world.journal.expect(PROTECTED, UNPROTECTED)
    officer = world.client.acting("scheme-officer", "scheme-officer", scheme=SCHEME)
    while referrals := officer.get("intake", f"/schemes/{SCHEME}/referrals", state="requested"):
        codes = [referral["code"] for referral in referrals]
        world.journal.coded += world.all_at_once(lambda code: _decide(world, officer, code), codes)


def _decide(world: World, officer: Actor, code: str) -> tuple[str, str]:
    draw = world.chance("decide", code)
    content = (
        {"decision": "accept"} if draw.random() < 0.85 else {"decision": "reject", "reason": draw.choice(REFUSALS)}
    )
    officer.post("intake", f"/referrals/{code}/decision", content)
    return (PROTECTED if content["decision"] == "accept" else UNPROTECTED), code
