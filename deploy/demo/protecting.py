"""Social protection in the demo: people answer what rules ask for, and counsellors decide on what is proposed."""

from typing import Final

from deploy.demo.journal import Registered
from deploy.demo.world import World

DECIDED: Final = "social protection decided on"
SCHEME: Final = "family-package"


def propose(world: World) -> None:
    """At each centre two answer the counsellor's questions; one is referred to what is proposed, one wants it later."""
    world.journal.expect(DECIDED)
    for centre, number in world.all_at_once(lambda centre: _propose(world, centre), world.journal.centres):
        world.journal.note(DECIDED, centre, number)


def _propose(world: World, centre: str) -> tuple[str, int]:
    counsellor = world.at(centre)
    people = _persons(world, centre)
    for turn, each in enumerate(people):
        facts = {"nssf-member": True, "pregnant": False, "child-under-two": True}
        counsellor.post("intake", f"/persons/{each.person}/circumstances", {"facts": facts})
        answers = counsellor.get("intake", f"/cases/{each.case}/eligibility")
        (proposal,) = [answer["evaluation"] for answer in answers if answer["scheme"] == SCHEME]
        decision = {"decision": "not-now", "reason": "documents-missing"} if turn else {"decision": "refer"}
        counsellor.post("intake", f"/evaluations/{proposal}/decision", decision)
    return centre, len(people)


def _persons(world: World, centre: str) -> list[Registered]:
    """The first two registered who agree to be referred to social protection."""
    agreeing = [
        each
        for each in world.journal.persons.values()
        if each.centre == centre and "social-protection" in each.purposes
    ]
    return agreeing[:2]
