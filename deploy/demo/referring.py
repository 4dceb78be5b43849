"""Referrals by hand in the demo: offices answer, refuse, do not get to answer, and cannot bring it to an end."""

from collections.abc import Sequence
from typing import Any, Final

from deploy.client import Actor
from deploy.demo.journal import Registered
from deploy.demo.world import World

OFFICES: Final = ("refuge-one", "refuge-two")
"""Two that give a place to stay, for the whole country."""
SERVED, RUN_OUT, FAILED = "served by an office", "sent on by the lead", "failed at an office"


def refer(world: World) -> None:
    """At each centre three persons need a place to stay: one is served; one is refused by both offices, so that the
    lead has to see to it; for one the lead does not wait for an answer, and she does not come to the other office."""
    offices = [
        {"office": code, "kinds": ["shelter"], "title_en": f"Refuge {number}", "title_km": f"កន្លែងស្នាក់នៅ {number}"}
        for number, code in enumerate(OFFICES, 1)
    ]
    world.operator().post("intake", "/offices", {"offices": offices})

    world.journal.expect(SERVED, RUN_OUT, FAILED)
    for centre in world.all_at_once(lambda centre: _refer(world, centre), world.journal.centres):
        for stage in (SERVED, RUN_OUT, FAILED):
            world.journal.note(stage, centre)


def _refer(world: World, centre: str) -> str:
    counsellor = world.at(centre)
    served, refused, moved = _persons(world, centre)
    code = _ask(counsellor, served)
    _answer(world, counsellor, code, "accept", "start", "complete")

    code = _ask(counsellor, refused)
    _answer(world, counsellor, code, "reject", reason="full")
    _answer(
        world, counsellor, counsellor.get("intake", f"/referrals/{code}")["rerouted_to"], "reject", reason="too-far"
    )

    code = _ask(counsellor, moved)
    sent_on: dict[str, Any] = world.at(centre, "centre-lead").post("intake", f"/referrals/{code}/rerouting", {})
    _answer(world, counsellor, sent_on["ids"]["code"], "accept")
    _answer(world, counsellor, sent_on["ids"]["code"], "fail", reason="not-come")
    return centre


def _persons(world: World, centre: str) -> Sequence[Registered]:
    """Three who agree to be referred; the latest registered, who have the least beside."""
    agreeing = [
        each for each in world.journal.persons.values() if each.centre == centre and "services" in each.purposes
    ]
    return agreeing[-3:]


def _ask(counsellor: Actor, person: Registered) -> str:
    made = counsellor.post("intake", f"/cases/{person.case}/referrals", {"kind": "shelter", "priority": "urgent"})
    code: str = made["ids"]["code"]
    return code


def _answer(world: World, counsellor: Actor, code: str, *decisions: str, reason: str | None = None) -> None:
    """The office that it was made to says so, in this order; before its first word it has received it."""
    shown = counsellor.get("intake", f"/referrals/{code}")
    staff = world.client.acting(shown["provider"], "service-provider", provider=shown["provider"])
    if shown["state"] == "requested":
        staff.post("intake", f"/referrals/{code}/receipt", {})
    for decision in decisions:
        body = {"decision": decision} | ({} if reason is None else {"reason": reason})
        staff.post("intake", f"/referrals/{code}/decision", body)
