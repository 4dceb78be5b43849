"""Reconciliation over databases of services that ran: what is complete, and each way in which something lacks."""

from collections.abc import Callable, Mapping
from datetime import UTC, datetime, timedelta
from urllib.parse import urlsplit, urlunsplit

import pytest

from deploy.embedded import free_port
from deploy.oracle import OracleError
from deploy.oracle.reconciling import STATES, Flow, Reconciliation, reconcile
from shared.events.intake import CaseRegistered, PlanAgreed
from tests.integration.oracle.system import FLOWS, System, persons
from tests.waiting import administer

DAY = timedelta(days=1)
HANDLED = "(select id from inbox where id not in (select id from parked) order by id limit 1)"
GONE = f"delete from inbox where id = {HANDLED}"


async def asked(
    system: System, urls: Mapping[str, str] | None = None, grace: timedelta = timedelta(0), since: timedelta = DAY
) -> Reconciliation:
    return await reconcile(urls or system.urls, FLOWS, datetime.now(UTC) - since, grace)


def lacking(found: Reconciliation) -> dict[str, int]:
    return {state: found.count(state) for state in STATES if found.count(state)}


async def test_a_system_in_order_lacks_only_what_is_parked(settled: System) -> None:
    found = await asked(settled)
    # 12 persons, each with a registration, a consent and a plan, and one with two more plans that are parked.
    assert lacking(found) == {"waiting": 2}
    ((flow, waiting),) = found.rows("waiting")
    assert flow == Flow("intake", PlanAgreed.type, "training")
    parked = await settled.at("training", "select id::text, subject::text from parked")
    assert sorted(each["id"] for each in waiting.examples) == sorted(row["id"] for row in parked)
    assert {each["subject"] for each in waiting.examples} == {row["subject"] for row in parked}
    assert found.written["intake", CaseRegistered.type] == 12
    assert found.expected.total() - found.held == 2
    assert set(found.unconsumed()) == {
        "reintegration.intake.consent-given.v1",
        *FLOWS["services"]["notifications"]["emits"],
    }


@pytest.mark.parametrize(
    ("change", "service", "grace", "expected"),
    [
        (GONE, "training", timedelta(0), {"missing": 1, "waiting": 2}),
        (GONE, "training", DAY, {"on_their_way": 1, "waiting": 2}),
        ("update parked set state = 'dropped' where reason = 'behind-parked'", "training", timedelta(0),
         {"dropped": 1, "waiting": 1}),
        ("update parked set state = 'replayed'", "training", timedelta(0), {}),
        # Replayed, so it is said, and yet without an effect: nothing on record excuses it.
        ("update parked set state = 'replayed'; delete from inbox where id in (select id from parked)", "training",
         timedelta(0), {"missing": 2}),
        ("update ledger set time = time - interval '2 days'", "intake", timedelta(0), {}),
    ],
)  # fmt: skip
async def test_what_lacks_is_counted_by_its_state(
    settled: System, change: str, service: str, grace: timedelta, expected: dict[str, int]
) -> None:
    copy = await settled.copy_of(service)
    await administer(copy, change)
    found = await asked(settled, {**settled.urls, service: copy}, grace)
    assert lacking(found) == expected


async def test_batches_of_any_size_say_the_same(settled: System, monkeypatch: pytest.MonkeyPatch) -> None:
    copy = await settled.copy_of("notifications")
    await administer(copy, GONE)
    urls = {**settled.urls, "notifications": copy}
    whole = (await asked(settled, urls)).as_json()
    monkeypatch.setattr("deploy.oracle.reconciling.ROWS", 3)
    parts = (await asked(settled, urls)).as_json()
    for name in ("events", "expected", "held", "missing", "flows", "unconsumed"):
        assert whole[name] == parts[name]
    assert whole["missing"] == 1


async def test_a_running_system_is_not_accused_of_what_is_under_way(system: System) -> None:
    await system.register(persons(2))
    found = await asked(system)
    assert lacking(found) == {"unsent": 4}  # a registration and a plan of each
    assert found.as_json()["complete"]
    assert (await asked(system, since=timedelta(0))).written.total() == 0
    await system.parts["intake"].send()
    assert lacking(await asked(system, grace=timedelta(minutes=10))) == {"on_their_way": 4}
    await system.settle()
    assert lacking(await asked(system)) == {}


@pytest.mark.parametrize(
    "broken",
    [
        lambda url: f"postgresql://somebody:secret@127.0.0.1:{free_port()}/training",
        lambda url: urlunsplit(urlsplit(url)._replace(path="/postgres")),
    ],
)
async def test_a_database_that_cannot_be_read_is_named(settled: System, broken: Callable[[str], str]) -> None:
    urls = {**settled.urls, "training": broken(settled.urls["training"])}
    with pytest.raises(OracleError, match="database of training") as caught:
        await asked(settled, urls)
    assert "secret" not in str(caught.value)
