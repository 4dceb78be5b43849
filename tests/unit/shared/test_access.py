"""Roles and the policy: nobody may do anything unless a table says so."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shared import access as module
from shared.access import (
    BOUND_BY,
    COUNSELLOR,
    EMPLOYMENT_OFFICER,
    OFFICES,
    OPERATOR,
    ROLES,
    TRAINING_PROVIDER,
    Access,
    Office,
    Principal,
    access,
    allow,
    policy_table,
)
from shared.rejections import Absent, Forbidden


@pytest.fixture
def policy(monkeypatch: pytest.MonkeyPatch) -> dict[str, frozenset[str]]:
    table: dict[str, frozenset[str]] = {}
    monkeypatch.setattr(module, "POLICY", table)
    return table


def test_an_action_that_is_not_declared_nobody_may_do(policy: dict[str, frozenset[str]]) -> None:
    everything = Principal("root", ROLES, "a", "b", "c", "d")
    with pytest.raises(Forbidden):
        access(everything, "intake.anything")


def test_the_table_says_who_may_and_can_be_printed(policy: dict[str, frozenset[str]]) -> None:
    allow("intake", {"register": {COUNSELLOR}, "look": [COUNSELLOR, OPERATOR]})
    assert access(Principal("a", frozenset({COUNSELLOR}), "pursat"), "intake.register").roles == {COUNSELLOR}
    with pytest.raises(Forbidden) as raised:
        access(Principal("b", frozenset({OPERATOR})), "intake.register")
    assert raised.value.allowed == (COUNSELLOR,)
    assert policy_table() == [("intake.look", (COUNSELLOR, OPERATOR)), ("intake.register", (COUNSELLOR,))]


@pytest.mark.parametrize(
    ("service", "actions"),
    [("intake", {"register": {"emperor"}}), ("intake", {"register": ()}), ("intake", {"Register": {OPERATOR}})],
)
def test_a_declaration_that_cannot_be_meant_is_refused(
    policy: dict[str, frozenset[str]], service: str, actions: dict[str, Any]
) -> None:
    with pytest.raises(ValueError, match="intake"):
        allow(service, actions)
    assert not policy


def test_an_action_is_declared_once(policy: dict[str, frozenset[str]]) -> None:
    allow("intake", {"register": {OPERATOR}})
    with pytest.raises(ValueError, match="declared twice"):
        allow("intake", {"register": {COUNSELLOR}})


def test_a_bound_role_reaches_its_own_office_only() -> None:
    hers = Access(Principal("a", frozenset({COUNSELLOR}), centre="pursat"), "x.y", frozenset({COUNSELLOR}))
    assert hers.covers(centre="pursat")
    assert hers.only("centre") == "pursat"
    hers.require(centre="pursat", provider="provider-a")
    for others in ({"centre": "preah-vihear"}, {"provider": "pursat"}, {"centre": None}, {}):
        with pytest.raises(Absent):
            hers.require(**others)
    with pytest.raises(Forbidden):
        hers.only("provider")


def test_only_the_roles_that_the_action_allows_count(policy: dict[str, frozenset[str]]) -> None:
    allow("intake", {"register": {COUNSELLOR}, "look": {COUNSELLOR, EMPLOYMENT_OFFICER}})
    both = Principal("a", frozenset({COUNSELLOR, EMPLOYMENT_OFFICER}), centre="pursat")
    assert access(both, "intake.register").only("centre") == "pursat"
    assert access(both, "intake.look").only("centre") is None
    assert access(both, "intake.look").covers(centre="preah-vihear")


OFFICE_CODES = st.fixed_dictionaries({office: st.none() | st.sampled_from(["a", "b"]) for office in OFFICES})


@given(roles=st.sets(st.sampled_from(sorted(ROLES)), min_size=1), own=OFFICE_CODES, thing=OFFICE_CODES)
def test_nobody_reaches_what_none_of_her_roles_reaches(
    roles: set[str], own: dict[Office, str], thing: dict[Office, str]
) -> None:
    """Law: she reaches a thing through all her roles exactly when she reaches it through one of them."""
    complete = {office: code or "a" for office, code in own.items()}  # as a token must be

    def reach(some: set[str]) -> bool:
        return Access(Principal("x", frozenset(some), **complete), "x.y", frozenset(some)).covers(**thing)

    assert reach(roles) == any(reach({role}) for role in roles)
    assert reach(roles) or roles <= BOUND_BY.keys()


def test_a_provider_is_bound_to_its_own() -> None:
    theirs = Access(Principal("p", frozenset({TRAINING_PROVIDER}), provider="a"), "x.y", frozenset({TRAINING_PROVIDER}))
    assert theirs.covers(provider="a")
    assert not theirs.covers(provider="b")
