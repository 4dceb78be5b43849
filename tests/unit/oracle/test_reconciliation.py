"""What reconciliation makes of what ledgers and inboxes say."""

from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest

from deploy.oracle import reconciling
from deploy.oracle.reconciling import MOST_EXAMPLES, STATES, Flow, Reconciliation, State, Written

NOW = datetime(2026, 11, 25, 2, tzinfo=UTC)
REGISTERED, AGREED = "reintegration.intake.case-registered.v1", "reintegration.intake.plan-agreed.v1"
PERSON = UUID(int=77)
FLOW = Flow("intake", REGISTERED, "employment")


def written(number: int, seconds: float = 3_600, *, type_: str = REGISTERED, unsent: bool = False) -> Written:
    return Written(UUID(int=number), PERSON, type_, NOW - timedelta(seconds=seconds), unsent)


def reconciliation() -> Reconciliation:
    return Reconciliation(NOW - timedelta(days=1), NOW, timedelta(seconds=60))


@pytest.mark.parametrize(
    ("seconds", "unsent", "parked", "state"),
    [
        (61, False, None, "missing"),
        (60, False, None, "missing"),
        (59, False, None, "on_their_way"),
        (-5, False, None, "on_their_way"),  # a service whose clock is ahead
        (61, True, None, "unsent"),
        (59, True, None, "unsent"),
        # Parked is parked, whatever its age, and also where the owner has yet to note that Kafka has it.
        (61, False, "waiting", "waiting"),
        (59, True, "waiting", "waiting"),
        (61, False, "dropped", "dropped"),
    ],
)
def test_an_effect_that_lacks_has_one_state(seconds: float, unsent: bool, parked: str | None, state: State) -> None:
    found = reconciliation()
    found.ask("intake", "employment", [written(1), written(2, seconds, unsent=unsent)], {1: parked})
    assert {each: found.count(each) for each in STATES} == {each: int(each == state) for each in STATES}
    assert (found.expected.total(), found.held) == (2, 1)
    assert found.as_json()["complete"] is (state != "missing")
    ((flow, each),) = found.rows(state)
    assert (flow, each.examples) == (FLOW, [{"id": str(UUID(int=2)), "subject": str(PERSON)}])


def test_batches_add_up_and_the_oldest_leads() -> None:
    found = reconciliation()
    many = [written(number, 100 + number) for number in range(20)]
    for batch in (many[:7], many[7:]):
        found.write_down("intake", batch)
        found.ask("intake", "employment", batch, dict.fromkeys(range(len(batch))))
        found.ask("intake", "notifications", batch, {0: None})
    (first, second) = found.rows("missing")
    assert (first[0], first[1].count, found.age(first[1])) == (FLOW, 20, timedelta(seconds=119))
    assert (second[0].consumer, second[1].count, found.age(second[1])) == ("notifications", 2, timedelta(seconds=107))
    assert len(first[1].examples) == MOST_EXAMPLES
    told = found.as_json()
    assert (told["events"], told["expected"], told["held"], told["missing"]) == (20, 40, 18, 22)
    assert [(each["consumer"], each["expected"], each["held"]) for each in told["flows"]] == [
        ("employment", 20, 0),
        ("notifications", 20, 18),
    ]


def test_what_nobody_consumes_is_written_and_expected_of_nobody() -> None:
    found = reconciliation()
    found.write_down("intake", [written(1), written(2, type_=AGREED)])
    found.ask("intake", "employment", [written(1)], {})
    told = found.as_json()
    assert (told["events"], told["expected"], told["held"], told["complete"]) == (2, 1, 1, True)
    assert told["unconsumed"] == {AGREED: 1}


async def test_half_a_map_or_a_service_without_a_database_is_refused() -> None:
    with pytest.raises(ValueError, match="topics"):
        await reconciling.reconcile({}, {}, NOW, timedelta())
    flows = {"topics": {"intake": {}}, "services": {"training": {"consumes": [REGISTERED]}}}
    with pytest.raises(ValueError, match="training"):
        await reconciling.reconcile({}, flows, NOW, timedelta())
