"""Services whose lists do not fit together, topics that nobody uses, services that are not there."""

from pathlib import Path

import pytest

from deploy.contracts.documents import (
    topic_contradictions,
)
from deploy.contracts.services import NotThere, contradictions, load_services
from deploy.topics import Topic, read_topics
from shared.events import REGISTRY, Contract, intake, training
from tests.contracts.made_up import four, made_up


def test_lists_that_contradict_each_other_are_named() -> None:
    services = [
        made_up("intake", [training.SeatReserved]),
        made_up("training", [], [training.SeatRefused, intake.CaseClosed]),
    ]
    found = contradictions(services)
    assert "training emits reintegration.intake.case-closed.v1, which intake owns." in found
    assert "intake consumes reintegration.training.seat-reserved.v1, which nobody emits." in found
    assert "reintegration.training.completion-recorded.v1 is registered and nobody emits it." in found
    assert contradictions(four()) == []


def test_a_contract_outside_the_registry_is_named() -> None:
    class Rumour(Contract):
        """Not registered."""

    Rumour.owner, Rumour.type = "intake", "reintegration.intake.rumour-heard.v1"
    others = [service for service in four() if service.name != "intake"]
    intakes = made_up("intake", [], [*(c for c in REGISTRY.values() if c.owner == "intake"), Rumour])
    assert contradictions([*others, intakes]) == [
        "intake lists reintegration.intake.rumour-heard.v1, which is not registered."
    ]


def test_topics_that_contradict_the_contracts_are_named() -> None:
    topics = {topic.name: topic for topic in read_topics()}
    spare = Topic("intake.more", "intake", "person", "more", 24, 3, {})
    found = topic_contradictions([*(topic for name, topic in topics.items() if name != "training"), spare])
    assert found == [
        "deploy/kafka/topics.yaml lacks the topic training.",
        "No contract uses the topic intake.more of deploy/kafka/topics.yaml.",
        "intake.more: all facts of one owner about persons go to the one topic intake.",
    ]


def test_a_missing_service_is_said_in_a_sentence() -> None:
    with pytest.raises(
        NotThere, match=r"^The service harvest is not there yet: services/harvest/app\.py is missing\.$"
    ):
        load_services(["harvest"])


def test_a_service_that_fails_to_import_is_not_called_missing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    import services

    folder = tmp_path / "services"
    for name, text in {"one": "import a_library_that_is_absent", "two": "SERVER = None", "three": ""}.items():
        (folder / name).mkdir(parents=True)
        (folder / name / "__init__.py").touch()
        (folder / name / "app.py").write_text(text, encoding="utf-8")
    monkeypatch.setattr(services, "__path__", [str(folder)])
    with pytest.raises(ModuleNotFoundError, match="a_library_that_is_absent"):
        load_services(["one"])
    with pytest.raises(NotThere, match=r"services\.two\.app exports no SERVICE"):
        load_services(["two"])
