"""A seat that is refused: the next course is asked, each once, whatever is told twice; and the chain is seen."""

from collections.abc import Awaitable, Callable
from typing import Any

import pytest

from shared.events.training import SeatRefused, SeatReserved
from shared.service import Running
from shared.work import new_id
from tests.integration.asking import issuer
from tests.integration.core.speaking import attributes_of, data_of, listen, record, speak
from tests.integration.intake.conftest import COURSE, Office
from tests.integration.intake.journey import case_of, handled, id_of_code, registered, told

pytestmark = pytest.mark.usefixtures("offered")


@pytest.fixture
async def intake(running: Callable[..., Awaitable[Running]]) -> Running:
    """The whole service."""
    return await running("intake", issuer_key=issuer().public_key)


def course_of(referral: dict[str, Any], identity: str) -> dict[str, Any]:
    return {"referral": identity, **{name: referral[name] for name in ("code", "course", "provider")}}


async def test_each_fitting_course_is_asked_once_and_then_the_lead(
    office: Office, intake: Running, kafka: str, topics: str
) -> None:
    others = [{**COURSE, "course": f"masonry-{name}", "provider": f"provider-{name}"} for name in "bc"]
    await office.operator.post("/offers", {"offers": others})
    person, case = await registered(office.counsellor, needs="training")
    heard = 0
    for turn in range(3):
        waiting = [
            each for each in (await case_of(office.counsellor, case))["referrals"] if each["state"] == "requested"
        ]
        (asked,) = waiting
        assert asked["number"] == turn + 1
        refused = SeatRefused(**course_of(asked, await id_of_code(intake, asked["code"])), reason="full")
        about = {"source": "/reintegration/training", "caseid": case, "correlationid": new_id()}
        spoken_of = record(person, turn + 1, refused, topic="training", **about)
        await speak(kafka, topics, [spoken_of, spoken_of])
        heard += 2
        await handled(intake, heard)
    referrals = (await case_of(office.counsellor, case))["referrals"]
    assert [(each["state"], each["escalated"]) for each in referrals] == [
        ("re-routed", None),
        ("re-routed", None),
        ("rejected", "none-left"),
    ]
    assert sorted(each["course"] for each in referrals) == ["masonry-a", "masonry-b", "masonry-c"]
    chain = (await office.counsellor.get(f"/referrals/{referrals[1]['code']}/chain")).json()
    assert [each["code"] for each in chain] == [each["code"] for each in referrals]
    assert [row[0] for row in await intake.database.fetch("select count(*) from parked")] == [0]

    spoken = await listen(kafka, f"{topics}intake")
    facts = [
        (attributes["type"].split(".")[2], data.get("rerouted"))
        for attributes, data in zip(attributes_of(spoken), data_of(spoken), strict=True)
        if "referral-" in attributes["type"]
    ]
    again = [("referral-rejected", True), ("referral-rerouted", None), ("referral-requested", None)]
    assert facts == [
        ("referral-requested", None),
        *again,
        *again,
        ("referral-rejected", False),
        ("referral-escalated", None),
    ]


async def test_two_refusals_and_a_seat_in_one_batch_keep_to_their_own_chains(
    office: Office, intake: Running, kafka: str, topics: str
) -> None:
    await office.operator.post("/offers", {"offers": [{**COURSE, "course": "masonry-b", "provider": "provider-b"}]})
    people = [await registered(office.counsellor, form_no=f"PS-{n:04}", needs="training") for n in range(6)]
    records, refused = [], set()
    for number, (person, case) in enumerate(people):
        (asked,) = (await case_of(office.counsellor, case))["referrals"]
        about = course_of(asked, await id_of_code(intake, asked["code"]))
        if number % 2:
            records += told(person, case, SeatReserved(**about))
        else:
            refused.add(case)
            records += told(person, case, SeatRefused(**about, reason="full"))
    await speak(kafka, topics, records)
    await handled(intake, len(records))
    for _, case in people:
        states = [each["state"] for each in (await case_of(office.counsellor, case))["referrals"]]
        assert states == (["re-routed", "requested"] if case in refused else ["accepted"])
