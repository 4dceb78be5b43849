"""The policy of the real services: one table, every route in it, every action of it on a route."""

from importlib import import_module
from pathlib import Path

import pytest

from shared.access import POLICY, DevelopmentIssuer, policy_table
from shared.commands import Command
from shared.http import application, routes_and_actions
from shared.middleware import PUBLIC
from shared.service import Running, Service
from shared.settings import Settings
from tests.conftest import ROOT

SERVICES = sorted(path.parent.name for path in (ROOT / "services").glob("*/app.py"))


@pytest.mark.parametrize("name", SERVICES)
def test_routes_and_policy_are_the_same(name: str, issuer: DevelopmentIssuer) -> None:
    service: Service = import_module(f"services.{name}.app").SERVICE
    settings = Settings(
        database_url="postgresql://nobody:nothing@127.0.0.1:9/nothing",  # type: ignore[arg-type]
        issuer_key=issuer.public_key,
        digest_key="k" * 32,  # type: ignore[arg-type]
        outbox=Path("outbox"),
    )
    table = routes_and_actions(application(Running(service, settings)))
    assert [path for _, path, action in table if action is None and path not in PUBLIC] == []
    assert {action for _, _, action in table if action} == {each for each in POLICY if each.startswith(f"{name}.")}


def test_the_table_can_be_printed() -> None:
    for name in SERVICES:
        import_module(f"services.{name}.app")
    rows = policy_table()
    assert [action for action, _ in rows] == sorted(POLICY)
    assert all(roles for _, roles in rows)


def test_an_action_that_is_not_declared_cannot_be_used() -> None:
    with pytest.raises(ValueError, match="board\\.never-declared is not declared"):
        Command.of("board.never-declared")
