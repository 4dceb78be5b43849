"""Counsellors' casework in the demo: an interview, a plan that the lead approves, a talk, a claim for wages, two who
change one record, and a person who moves to another centre and back."""

from typing import Any, Final

from deploy.client import Actor
from deploy.demo.journal import Registered
from deploy.demo.world import World
from services.intake import questionnaires
from shared import reference

QUESTIONNAIRE: Final = "interview-1"
KIND: Final = next(iter(reference.codes("session-kind")))
MODE: Final = next(iter(reference.codes("session-mode")))
SKILL: Final = next(iter(reference.skills()))
BEFORE_LAST: Final = 4
"""Whose case it is: not one of the last three, whom offices serve."""


def counsel(world: World) -> None:
    """One case at each centre; then somebody of the first centre moves to the next one and back."""
    world.all_at_once(lambda centre: _counsel(world, centre), world.journal.centres)
    here, there, *_ = world.journal.centres
    _move(world, _person(world, here), here, there)


def _person(world: World, centre: str) -> Registered:
    return [each for each in world.journal.persons.values() if each.centre == centre][-BEFORE_LAST]


def _counsel(world: World, centre: str) -> None:
    counsellor, lead = world.at(centre), world.at(centre, "centre-lead")
    person = _person(world, centre)
    _interview_and_plan(world, counsellor, lead, person.case)
    held = {"kind": KIND, "mode": MODE, "on": world.today.isoformat(), "state": "held"}
    counsellor.post("intake", f"/cases/{person.case}/sessions", held)
    matter = counsellor.post("intake", f"/cases/{person.case}/matters", {"kind": "unpaid-wages"})["ids"]["matter"]
    counsellor.post("intake", f"/cases/{person.case}/matters/{matter}/steps", {"step": "facts-recorded"})
    counsellor.patch("intake", f"/cases/{person.case}", {"based_on": 1, "skills_claimed": [SKILL]})
    _change_at_once(counsellor, lead, person.person)


def _interview_and_plan(world: World, counsellor: Actor, lead: Actor, case: str) -> None:
    shipped = questionnaires.questionnaires()[QUESTIONNAIRE]
    answers = {code: next(iter(question.choices)) for code, question in shipped.questions.items()}
    interview = {"moment": "entry", "questionnaire": QUESTIONNAIRE, "answers": answers}
    counsellor.post("intake", f"/cases/{case}/assessments", interview)
    goal = {"area": "work", "text": "A job near home (made up).", "due_on": world.today.isoformat()}
    counsellor.post("intake", f"/cases/{case}/goals", {"goals": [goal]})
    counsellor.post("intake", f"/cases/{case}/case-plan/agreement", {"given": "spoken"})
    lead.post("intake", f"/cases/{case}/case-plan/decision", {"decision": "approve"})


def _change_at_once(counsellor: Actor, lead: Actor, person: str) -> None:
    """Two write another address from the same version; the lead decides for the second."""
    version = counsellor.get("intake", f"/persons/{person}")["version"]
    first, second = (f"House {number} (sample)" for number in (1, 2))
    counsellor.patch("intake", f"/persons/{person}", {"based_on": version, "address": first})
    answer: dict[str, Any] = counsellor.patch("intake", f"/persons/{person}", {"based_on": version, "address": second})
    resolution = {"choices": {"address": "submitted"}, "based_on": version + 1}
    lead.post("intake", f"/conflicts/{answer['ids']['conflict']}/resolution", resolution)


def _move(world: World, person: Registered, here: str, there: str) -> None:
    _ask(world, person.person, here, there, {"decision": "decline", "reason": "no-capacity"})
    _ask(world, person.person, here, there, {"decision": "accept"})
    _ask(world, person.person, there, here, {"decision": "accept"})


def _ask(world: World, person: str, here: str, there: str, decision: dict[str, str]) -> None:
    asked = world.at(here).post("intake", f"/persons/{person}/transfers", {"to": there, "reason": "moved"})
    transfer = asked["ids"]["transfer"]
    world.at(there, "centre-lead").post("intake", f"/transfers/{transfer}/decision", decision)
