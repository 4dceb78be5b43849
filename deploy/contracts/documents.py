"""All generated files, the record of released schemas, and what is wrong with them."""

import difflib
import json
import tomllib
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from deploy.contracts.asyncapi import asyncapi
from deploy.contracts.compatibility import breaks
from deploy.contracts.event_map import events_page, flows, schema_path
from deploy.contracts.schemas import DIALECT, Schema, schema_of, structure_of
from deploy.contracts.services import Party, contradictions
from deploy.topics import Topic, read_topics
from shared.events import REGISTRY

ROOT = Path(__file__).parents[2]
RELEASED = Path("tests/contracts/released")
"""One file a type: the list of all schemas this version of the fact has had, oldest first; only ever added to."""


class Contradiction(Exception):
    """Contracts, services and topics that do not agree, or a change that would break what was released."""


def write(services: Sequence[Party], root: Path = ROOT) -> list[str]:
    """Write every generated file and put new schemas on record; returns the paths that changed.

    Raises Contradiction, before anything is written, for lists that contradict each other and for an incompatible
    change of a released contract.
    """
    found = [*contradictions(services), *topic_contradictions(read_topics()), *incompatible(root)]
    if found:
        raise Contradiction("\n".join(found))
    wanted = {**documents(services, project_version(root)), **records(root)}
    changed = []
    for path, text in wanted.items():
        if _read(root / path) != text:
            (root / path).parent.mkdir(parents=True, exist_ok=True)
            (root / path).write_text(text, encoding="utf-8")
            changed.append(str(path))
    for path in stale(wanted, root):
        (root / path).unlink()
        changed.append(str(path))
    return changed


def check(services: Sequence[Party], root: Path = ROOT) -> list[str]:
    """What is wrong, a sentence each: contradictions, incompatible changes, files that were not generated anew."""
    found = [*contradictions(services), *topic_contradictions(read_topics()), *incompatible(root)]
    if found:
        return found
    wanted = {**documents(services, project_version(root)), **records(root)}
    found += [_drift(path, _read(root / path), text) for path, text in wanted.items() if _read(root / path) != text]
    return found + [f"{path} is no longer generated." for path in stale(wanted, root)]


def documents(services: Sequence[Party], version: str) -> dict[Path, str]:
    """The generated documents: path below the project's folder -> text. The same input gives the same text."""
    topics = {topic.name: topic for topic in read_topics()}
    found = {
        Path("docs/events.md"): events_page(services, topics),
        Path("docs/flows.json"): _json(flows(services, topics)),
    }
    for contract in REGISTRY.values():
        found[Path("docs/schemas", schema_path(contract))] = _json({"$schema": DIALECT, **schema_of(contract)})
    for service in services:
        found[Path(f"docs/asyncapi/{service.name}.json")] = _json(asyncapi(service, topics, version))
    return dict(sorted(found.items()))


def records(root: Path = ROOT) -> dict[Path, str]:
    """The record of released schemas, with today's added where it is new."""
    released = read_released(root)
    found = {}
    for kind, contract in sorted(REGISTRY.items()):
        schema = structure_of(schema_of(contract))
        before = released.get(kind, [])
        found[RELEASED / f"{kind}.json"] = _json(before if schema in before else [*before, schema])
    return found


def read_released(root: Path = ROOT) -> dict[str, list[Schema]]:
    """Every schema on record by type."""
    return {
        file.stem: json.loads(file.read_text(encoding="utf-8")) for file in sorted((root / RELEASED).glob("*.json"))
    }


def incompatible(root: Path = ROOT) -> list[str]:
    """Where today's contracts break what is on record, against all of it; each with what to do."""
    found = []
    for kind, schemas in read_released(root).items():
        contract = REGISTRY.get(kind)
        if contract is None:
            found.append(f"{kind} was released and is gone; topics keep its events for ever, so its contract stays.")
            continue
        found += [f"{kind}: {line}." for line in breaks(schemas, schema_of(contract))]
    if found:
        found.append(
            "Add the next version of the fact beside the released one. (Only where nothing was ever published by it, "
            f"delete the record in {RELEASED.as_posix()} instead.)"
        )
    return found


def topic_contradictions(topics: Sequence[Topic]) -> list[str]:
    """Where contracts and the file of topics do not agree."""
    named = {topic.name: topic for topic in topics}
    used = {contract.topic for contract in REGISTRY.values()}
    found = [f"deploy/kafka/topics.yaml lacks the topic {name}." for name in sorted(used - set(named))]
    found += [f"No contract uses the topic {name} of deploy/kafka/topics.yaml." for name in sorted(set(named) - used)]
    for kind, contract in sorted(REGISTRY.items()):
        if contract.topic in named and named[contract.topic].owner != contract.owner:
            found.append(f"{kind} belongs on a topic of its owner, not on {contract.topic}.")
    for topic in topics:
        if topic.subject == "person" and topic.name != topic.owner:
            found.append(f"{topic.name}: all facts of one owner about persons go to the one topic {topic.owner}.")
    return found


def project_version(root: Path = ROOT) -> str:
    """The version that pyproject.toml says."""
    version: str = tomllib.loads((root / "pyproject.toml").read_text(encoding="utf-8"))["project"]["version"]
    return version


def stale(wanted: Mapping[Path, str], root: Path = ROOT) -> list[Path]:
    """Files of earlier generations that nothing generates any more."""
    there = [*(root / "docs/schemas").rglob("*.json"), *(root / "docs/asyncapi").glob("*.json")]
    return sorted(path for path in (file.relative_to(root) for file in there) if path not in wanted)


def _drift(path: Path, committed: str | None, generated: str) -> str:
    """What differs, in short: how many lines, and the first of them."""
    if committed is None:
        return f"{path.as_posix()} is missing."
    lines = [
        line
        for line in difflib.unified_diff(committed.splitlines(), generated.splitlines(), lineterm="", n=0)
        if not line.startswith(("---", "+++", "@@"))
    ]
    added = sum(line.startswith("+") for line in lines)
    shown = "\n".join(f"    {line[:160]}" for line in lines[:6])
    more = f"\n    ... and {len(lines) - 6} more" if len(lines) > 6 else ""
    return f"{path.as_posix()} is not what the contracts say now (+{added} -{len(lines) - added}):\n{shown}{more}"


def _read(file: Path) -> str | None:
    return file.read_text(encoding="utf-8") if file.exists() else None


def _json(document: Any) -> str:
    return json.dumps(document, indent=2, sort_keys=True, ensure_ascii=False) + "\n"
