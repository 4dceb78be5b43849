"""Rules, boards and runbooks hold to what services show, and to each other."""

import json
import re
import shutil
import subprocess
from typing import Any, Final

import pytest
import yaml

from shared.metrics import METRICS
from tests.conftest import ROOT
from tests.unit.observability.expressions import wrong_in
from tests.unit.observability.table import LIBRARY, OWN

FOLDER: Final = ROOT / "deploy" / "observability"
RULES_FILE: Final = FOLDER / "prometheus" / "rules.yml"
(GROUP,) = yaml.safe_load(RULES_FILE.read_text(encoding="utf-8"))["groups"]
RULES: Final[dict[str, dict[str, Any]]] = {rule["alert"]: rule for rule in GROUP["rules"]}
BOARDS: Final[dict[str, dict[str, Any]]] = {
    file.stem: json.loads(file.read_text(encoding="utf-8"))
    for file in sorted((FOLDER / "grafana/boards").glob("*.json"))
}
RUNBOOKS: Final = {file.stem: file.read_text(encoding="utf-8") for file in (ROOT / "docs" / "runbooks").glob("*.md")}
SECTIONS: Final = ["## Look first", "## Do", "## Call the maintainers"]


def test_the_table_is_what_services_show() -> None:
    assert list(OWN) == list(METRICS)
    for name, row in OWN.items():
        assert (row.kind, row.labels, row.meaning) == tuple(METRICS[name])
        assert row.to_do, name


def test_names_follow_prometheus() -> None:
    for name, (kind, _, _) in METRICS.items():
        assert name.startswith("reintegration_")
        assert name.endswith("_total") == (kind == "counter"), name


@pytest.mark.parametrize("name", RULES)
def test_a_rule_names_what_there_is_and_has_a_page(name: str) -> None:
    rule = RULES[name]
    assert wrong_in(rule["expr"]) == []
    assert rule["labels"]["severity"] in ("page", "ticket")
    assert re.fullmatch(r"\d+m", rule["for"])
    assert rule["annotations"]["runbook"] == f"docs/runbooks/{name}.md"
    named = re.findall(r"\$labels\.(\w+)", rule["annotations"]["summary"])
    assert named[0] == "service"
    for label in named[1:]:
        assert re.search(rf"\b{label}\b", rule["expr"]) or any(
            label in METRICS[metric].labels for metric in METRICS if metric in rule["expr"]
        )


@pytest.mark.parametrize("name", RULES)
def test_a_page_says_what_to_look_at_and_what_to_do(name: str) -> None:
    page = RUNBOOKS[name]
    assert page.startswith(f"# {name}\n\n")
    assert re.findall(r"^## .*$", page, re.MULTILINE) == SECTIONS
    meaning, *rest = re.split(r"^## .*$", page, flags=re.MULTILINE)
    assert len(meaning) > 100
    assert all(len(section.strip()) > 20 for section in rest)


def test_there_are_no_other_pages_and_no_dead_links() -> None:
    assert set(RUNBOOKS) == set(RULES)
    linked = {link for page in RUNBOOKS.values() for link in re.findall(r"\]\((\w+)\.md\)", page)}
    linked |= {link for row in OWN.values() for link in re.findall(r"runbooks/(\w+)\.md", row.to_do)}
    linked |= {link for row in LIBRARY.values() for link in re.findall(r"runbooks/(\w+)\.md", row.to_do)}
    assert linked <= set(RUNBOOKS)


def test_the_boards_are_these() -> None:
    assert set(BOARDS) == {"flow", "http"}
    assert len({board["uid"] for board in BOARDS.values()}) == len(BOARDS)
    (source,) = yaml.safe_load((FOLDER / "grafana/provisioning/datasources/prometheus.yml").read_text())["datasources"]
    for board in BOARDS.values():
        assert {panel["datasource"]["uid"] for panel in board["panels"]} == {source["uid"]}


@pytest.mark.parametrize("name", BOARDS)
def test_a_board_asks_for_what_there_is_and_its_panels_stand_apart(name: str) -> None:
    panels = BOARDS[name]["panels"]
    places: set[tuple[int, int]] = set()
    for panel in panels:
        assert panel["title"]
        for target in panel["targets"]:
            assert wrong_in(target["expr"].replace("$__rate_interval", "5m")) == [], panel["title"]
        at = panel["gridPos"]
        taken = {(x, y) for x in range(at["x"], at["x"] + at["w"]) for y in range(at["y"], at["y"] + at["h"])}
        assert not taken & places, panel["title"]
        assert at["x"] + at["w"] <= 24
        places |= taken
    for variable in BOARDS[name]["templating"]["list"]:
        assert wrong_in(variable["query"]["query"].replace(", service", "")) == []


@pytest.mark.parametrize(
    ("expression", "wrong"),
    [
        ("rate(reintegration_events_aplied_total[5m]) > 0", ["no metric: reintegration_events_aplied_total"]),
        ("sum by (reasons) (reintegration_parked_waiting)", ["no label: reasons"]),
        ('reintegration_parked_waiting{reasons="contract"}', ["no label: reasons"]),
        ("reintegration_batch_seconds > 1", ["no metric: reintegration_batch_seconds"]),
        ("reintegration_unsent_events_bucket", ["no metric: reintegration_unsent_events_bucket"]),
        ("soum(up)", ["no metric: soum"]),
    ],
)
def test_what_there_is_not_is_noticed(expression: str, wrong: list[str]) -> None:
    assert wrong_in(expression) == wrong


if promtool := shutil.which("promtool"):

    def test_prometheus_itself_takes_the_rules() -> None:
        subprocess.run([promtool, "check", "rules", str(RULES_FILE)], check=True)
        subprocess.run(
            [promtool, "check", "config", "--syntax-only", str(FOLDER / "prometheus/prometheus.yml")], check=True
        )
