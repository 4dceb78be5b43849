"""Documents that are no longer what the contracts say, and changes that released contracts do not allow."""

import json
import shutil
from pathlib import Path

import pytest

from deploy.contracts.__main__ import main
from deploy.contracts.documents import (
    RELEASED,
    ROOT,
    Contradiction,
    check,
    incompatible,
    read_released,
    write,
)
from shared.events import OWNERS, REGISTRY
from tests.contracts.made_up import four, made_up


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A project's folder with nothing generated yet."""
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    return tmp_path


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
