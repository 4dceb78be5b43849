"""An event that an operator gives up is told to the service whose it was, which keeps it to be seen."""

from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AsyncExitStack
from typing import Any

import httpx
import pytest

from shared.access import DevelopmentIssuer
from shared.events.dropping import DroppedByTraining
from shared.events.intake import ReferralRequested
from shared.http import application
from shared.service import Running
from tests.integration.core.speaking import attributes_of, data_of, id_of, listen, person, record, speak
from tests.integration.repair.test_desk import Desk, broken, requested
from tests.waiting import until

Start = Callable[..., Awaitable[Running]]


@pytest.fixture
async def desks(running: Start, tmp_path: Any) -> AsyncIterator[dict[str, tuple[Running, Desk]]]:
    issuer = DevelopmentIssuer(tmp_path / "issuer")
    async with AsyncExitStack() as stack:
        made = {}
        for name in ("intake", "training", "employment"):
            service = await running(name, issuer_key=issuer.public_key)
            transport = httpx.ASGITransport(application(service))
            client = await stack.enter_async_context(httpx.AsyncClient(transport=transport, base_url=f"http://{name}"))
            made[name] = (service, Desk(client, issuer))
        yield made


async def test_the_owner_learns_of_it_and_nobody_learns_the_words(
    kafka: str, topics: str, desks: dict[str, tuple[Running, Desk]]
) -> None:
    training, desk = desks["training"]
    who = person()
    first, course = broken(who, 1), requested(who, 2, "2222-2222-2222")
    await speak(kafka, topics, [first, course])
    await until(lambda: training.consumer.counts["parked"] == 2)
    number = (await desk.get("/parked", person=who)).json()["parked"][0]["number"]
    words = "rith said on the phone that it was sent twice"
    done = (await desk.post(f"/parked/{number}/drop", {"why": words, "code": "duplicate"})).json()
    assert (done["ids"]["applied"], done["ids"]["waiting"]) == ("1", "0")

    intake, owner = desks["intake"]
    await until(lambda: intake.consumer.counts["applied"] == 1)
    (noted,) = (await owner.get("/parked/elsewhere", person=who)).json()["dropped"]
    assert noted["told"] == done["ids"]["told"]
    assert (noted["consumer"], noted["event"], noted["person"]) == ("training", id_of(first), who)
    assert (noted["type"], noted["code"], noted["reason"]) == (ReferralRequested.type, "duplicate", "contract")
    assert (noted["topic"], noted["first_offset"]) == ("intake", noted["last_offset"])
    employment, elsewhere = desks["employment"]
    await until(lambda: employment.consumer.counts["applied"] == 1)
    assert (await elsewhere.get("/parked/elsewhere")).json() == {"dropped": []}, "it is not employment's event"

    heard = await listen(kafka, f"{topics}training")
    (told,) = [each for each in attributes_of(heard) if each["type"] == DroppedByTraining.type]
    assert (told["subject"], told["causationid"], told["sequence"]) == (who, id_of(first), "1")
    assert words not in str(data_of(heard))
    ledger = await training.database.fetch("select sequence from ledger where subject = $1 order by position", who)
    assert [row[0] for row in ledger] == list(range(1, len(ledger) + 1))


async def test_what_belongs_to_nobody_known_is_told_by_where_it_stood(
    kafka: str, topics: str, desks: dict[str, tuple[Running, Desk]]
) -> None:
    training, desk = desks["training"]
    await speak(kafka, topics, [record("nobody", 1, b"{}", type=ReferralRequested.type, id=None)])
    await until(lambda: training.consumer.counts["parked"] == 1)
    (parked,) = (await desk.get("/parked")).json()["parked"]
    assert (parked["id"], parked["person"]) == (None, None)
    body = {"why": "nobody knows", "code": "unreadable"}
    told = (await desk.post(f"/parked/{parked['number']}/drop", body)).json()["ids"]["told"]
    intake, owner = desks["intake"]
    await until(lambda: intake.consumer.counts["applied"] == 1)
    (noted,) = (await owner.get("/parked/elsewhere")).json()["dropped"]
    assert (noted["told"], noted["event"], noted["type"]) == (told, None, ReferralRequested.type)
    assert (noted["partition"], noted["first_offset"]) == (parked["partition"], parked["offset"])
