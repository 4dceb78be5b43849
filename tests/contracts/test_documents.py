"""The generated documents: complete, the same every time, and current in the repository."""

import json
import shutil
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from fastapi import APIRouter
from jsonschema import Draft7Validator, Draft202012Validator, FormatChecker

from deploy.contracts.__main__ import main
from deploy.contracts.documents import (
    RELEASED,
    ROOT,
    Contradiction,
    check,
    documents,
    incompatible,
    read_released,
    topic_contradictions,
    write,
)
from deploy.contracts.services import NotThere, contradictions, load_services
from deploy.topics import Topic, read_topics
from shared.events import OWNERS, REGISTRY, Contract, intake, training
from shared.handling import Handlers
from shared.kinds import NOTHING
from shared.outbox import headers_of
from shared.service import Service

ASYNCAPI = Path(__file__).parent / "asyncapi" / "3.0.0.json"


def made_up(name: str, consumes: Iterable[type[Contract]], emits: Sequence[type[Contract]] | None = None) -> Service:
    """A service with these lists and nothing else; by default it emits all that it owns."""
    handlers = Handlers()
    for contract in consumes:
        handlers.on(contract)(lambda _, __: NOTHING)
    owned = [contract for contract in REGISTRY.values() if contract.owner == name]
    return Service(name, Path(name), handlers, (), owned if emits is None else emits, APIRouter())


def four(turned: bool = False) -> list[Service]:
    """Four made-up services; `turned` lists the same in another order."""
    order = reversed if turned else list
    found = [
        made_up(
            name,
            order([contract for contract in REGISTRY.values() if contract.owner != name]),
            list(order([contract for contract in REGISTRY.values() if contract.owner == name])),
        )
        for name in OWNERS
    ]
    return list(order(found))


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A project's folder with nothing generated yet."""
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    return tmp_path


def test_the_repository_holds_what_its_contracts_and_services_say() -> None:
    assert check(load_services()) == []


def test_the_order_of_lists_changes_nothing() -> None:
    assert documents(four(), "1.2.3") == documents(four(turned=True), "1.2.3")


def test_every_contract_and_service_has_its_document() -> None:
    paths = {path.as_posix() for path in documents(four(), "1.2.3")}
    assert paths == {
        "docs/events.md",
        "docs/flows.json",
        *[f"docs/asyncapi/{name}.json" for name in OWNERS],
        *[f"docs/schemas/{c.owner}/{c.fact}.v{c.version}.json" for c in REGISTRY.values()],
    }


def test_flows_say_who_tells_whom() -> None:
    services = [
        made_up("intake", [training.SeatReserved]),
        made_up("training", [intake.ReferralRequested, intake.CaseClosed], [training.SeatReserved]),
    ]
    flows = json.loads(documents(services, "1.2.3")[Path("docs/flows.json")])
    assert flows["topics"]["employment.vacancies"] == {"owner": "employment", "subject": "vacancy"}
    assert {topic["subject"] for name, topic in flows["topics"].items() if "." not in name} == {"person"}
    assert flows["services"]["training"] == {
        "consumes": ["reintegration.intake.case-closed.v1", "reintegration.intake.referral-requested.v1"],
        "emits": ["reintegration.training.seat-reserved.v1"],
    }


def test_the_map_names_producer_and_consumers() -> None:
    services = [made_up("intake", [training.SeatReserved]), made_up("notifications", [training.SeatReserved])]
    page = documents(services, "1.2.3")[Path("docs/events.md")]
    (row,) = (line for line in page.splitlines() if line.startswith("| [`seat-reserved`]"))
    assert row == (
        "| [`seat-reserved`](schemas/training/seat-reserved.v1.json) | 1 | `training` | person | nobody | "
        "intake, notifications | A seat on the course is held for the person. | "
        "`referral`, `code`, `course`, `provider?`, `starts?` |"
    )


# AsyncAPI


def refusals(document: Any) -> list[str]:
    validator = Draft7Validator(json.loads(ASYNCAPI.read_text(encoding="utf-8")))
    return [error.message for error in validator.iter_errors(document)]


def of(name: str) -> Any:
    return json.loads(documents(four(), "1.2.3")[Path(f"docs/asyncapi/{name}.json")])


@pytest.mark.parametrize("name", OWNERS)
def test_asyncapi_documents_are_valid(name: str) -> None:
    document = of(name)
    assert refusals(document) == []
    assert document["info"]["version"] == "1.2.3"
    for reference in references(document):
        assert pointed(document, reference), reference


def test_an_invalid_document_is_refused() -> None:
    document = of("training")
    document["operations"]["send-training"]["action"] = "publish"
    assert refusals(document)


def references(part: Any) -> Iterable[str]:
    if isinstance(part, dict):
        if "$ref" in part:
            yield part["$ref"]
        for value in part.values():
            yield from references(value)
    elif isinstance(part, list):
        for value in part:
            yield from references(value)


def pointed(document: Any, reference: str) -> Any:
    """What a reference inside the document points at. Raises KeyError where that is nothing."""
    start, *steps = reference.split("/")
    assert start == "#"
    for step in steps:
        document = document[step]
    return document


def test_asyncapi_shows_both_directions() -> None:
    service = made_up("training", [intake.ReferralRequested], [training.SeatReserved])
    document = json.loads(documents([service], "1.2.3")[Path("docs/asyncapi/training.json")])
    assert {name: operation["action"] for name, operation in document["operations"].items()} == {
        "send-training": "send",
        "receive-intake": "receive",
    }
    assert document["operations"]["receive-intake"]["bindings"]["kafka"]["groupId"]["const"] == "training"
    assert set(document["components"]["messages"]) == {
        "reintegration.intake.referral-requested.v1",
        "reintegration.training.seat-reserved.v1",
    }


@pytest.mark.parametrize("caseid", [None, "018f0000-0000-7000-8000-000000000003"])
def test_what_the_relay_sends_is_what_asyncapi_says(caseid: str | None) -> None:
    document = of("training")
    message = document["components"]["messages"]["reintegration.training.seat-reserved.v1"]
    identity, person = "018f0000-0000-7000-8000-000000000001", "018f0000-0000-4000-8000-000000000002"
    trace = None if caseid is None else "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01"
    at = datetime(2026, 11, 24, 3, 0, tzinfo=UTC)
    row = (1, "training", person, "{}", identity, message["name"], 7, at, caseid, identity, caseid, trace)
    headers = {name: value.decode() for name, value in headers_of(row)}
    schema = {**message["headers"], "components": document["components"]}
    checker = Draft202012Validator(schema, format_checker=FormatChecker())
    assert not list(checker.iter_errors(headers))
    described = document["components"]["schemas"]["cloudevents-headers"]
    assert set(described["required"]) <= set(headers) <= set(described["properties"])
    for name, other in (("ce_type", "another"), ("ce_source", "/another"), ("ce_sequence", "0"), ("ce_id", "7")):
        assert list(checker.iter_errors({**headers, name: other}))
    for name in described["required"]:
        assert list(checker.iter_errors({key: value for key, value in headers.items() if key != name}))


# Drift


def test_what_was_written_checks_and_is_written_once(root: Path) -> None:
    assert len(write(four(), root)) == 2 + len(OWNERS) + 2 * len(REGISTRY)
    assert check(four(), root) == []
    assert write(four(turned=True), root) == []


def test_drift_is_summed_up(root: Path) -> None:
    write(four(), root)
    page = root / "docs/events.md"
    page.write_text(page.read_text(encoding="utf-8").replace("# Events", "# Happenings", 1), encoding="utf-8")
    (root / "docs/flows.json").unlink()
    (root / "docs/asyncapi/ledger.json").write_text("{}", encoding="utf-8")
    assert check(four(), root) == [
        "docs/events.md is not what the contracts say now (+1 -1):\n    -# Happenings\n    +# Events",
        "docs/flows.json is missing.",
        "docs/asyncapi/ledger.json is no longer generated.",
    ]
    assert write(four(), root) == ["docs/events.md", "docs/flows.json", "docs/asyncapi/ledger.json"]
    assert check(four(), root) == []


def test_a_consumer_more_is_drift(root: Path) -> None:
    write(four(), root)
    fewer = [service if service.name != "intake" else made_up("intake", []) for service in four()]
    assert {line.split(" ")[0] for line in check(fewer, root)} == {
        "docs/asyncapi/intake.json",
        "docs/events.md",
        "docs/flows.json",
    }


# What does not fit together


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


def record_of(root: Path, kind: str) -> Path:
    return root / RELEASED / f"{kind}.json"


def test_a_breaking_change_is_refused_and_nothing_is_written(root: Path) -> None:
    write(four(), root)
    kind = "reintegration.training.seat-refused.v1"
    record = record_of(root, kind)
    (schema,) = json.loads(record.read_text(encoding="utf-8"))
    schema["properties"]["place"] = schema["properties"]["reason"]
    schema["required"].append("place")
    record.write_text(json.dumps([schema]), encoding="utf-8")
    (root / "docs/flows.json").unlink()
    (broken, what_to_do) = check(four(), root)
    assert broken == f"{kind}: data.place: required field removed; readers of this version count on it."
    assert what_to_do.startswith("Add the next version of the fact beside the released one.")
    with pytest.raises(Contradiction, match=r"data\.place: required field removed"):
        write(four(), root)
    assert not (root / "docs/flows.json").exists()


def test_a_released_contract_never_goes(root: Path) -> None:
    write(four(), root)
    record_of(root, "reintegration.training.seat-refused.v1").rename(
        record_of(root, "reintegration.training.seat-lost.v1")
    )
    assert incompatible(root)[0].startswith("reintegration.training.seat-lost.v1 was released and is gone;")


def test_an_addition_is_put_on_record_behind_the_earlier_ones(root: Path) -> None:
    write(four(), root)
    kind = "reintegration.training.seat-reserved.v1"
    (today,) = read_released(root)[kind]
    earlier = json.loads(json.dumps(today))
    del earlier["properties"]["starts"]
    record_of(root, kind).write_text(json.dumps([earlier]), encoding="utf-8")
    (drift,) = check(four(), root)
    assert drift.startswith(f"tests/contracts/released/{kind}.json is not what the contracts say now")
    assert write(four(), root) == [f"tests/contracts/released/{kind}.json"]
    assert read_released(root)[kind] == [earlier, today]


# The services themselves


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


def test_the_command_says_what_differs(
    root: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("deploy.contracts.__main__.load_services", four)
    assert main(["check", "--root", str(root)]) == 1
    assert "docs/events.md is missing." in capsys.readouterr().err
    assert main(["write", "--root", str(root)]) == 0
    assert "wrote docs/events.md" in capsys.readouterr().out
    assert main(["check", "--root", str(root)]) == 0
    assert main(["write", "--root", str(root)]) == 0
    assert "nothing changed" in capsys.readouterr().out
