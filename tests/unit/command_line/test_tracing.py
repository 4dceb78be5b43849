"""A timeline is told with its waits, effects below their causes, codes in words."""

from typing import Any

import pytest

from deploy import tracing
from shared import reference


def event(name: str, second: float, causation: str | None = None, **data: Any) -> dict[str, Any]:
    return {
        "id": name,
        "owner": "intake",
        "fact": f"fact-{name}",
        "time": f"2026-01-05T08:00:{second:09.6f}+00:00",
        "case": None,
        "correlation": f"cor-{causation or name}",
        "causation": causation,
        "data": data,
    }


def test_waits_count_from_the_cause_else_from_the_line_before() -> None:
    story = tracing.steps(
        [event("a", 1), event("b", 1.25, "a"), event("c", 3), event("d", 3.5, "b"), event("e", 4, "gone")]
    )
    assert [step.waited.total_seconds() for step in story] == [0, 0.25, 1.75, 2.25, 0.5]
    assert [step.depth for step in story] == [0, 1, 0, 2, 0]


def test_clocks_that_disagree_make_no_negative_wait() -> None:
    story = tracing.steps([event("a", 2), event("b", 1, "a")])
    assert [step.waited.total_seconds() for step in story] == [0, 0]


@pytest.mark.parametrize(
    ("data", "told"),
    [
        ({"code": "4821-0937-5518", "kind": "course", "course": "sewing-a"}, "4821-0937-5518; Short course; sewing-a"),
        ({"skills": ["machine-sewing"], "gaps": []}, "skills Sewing by machine"),
        ({"reasons": [{"name": "skills", "points": 60}], "match": "an id"}, "reasons skills 60"),
        ({"purpose": "messages", "expires": None}, f"purpose {reference.title('consent-purpose', 'messages', 'en')}"),
        ({"kind": "of-tomorrow"}, "of-tomorrow"),
    ],
)
def test_codes_are_told_in_words(data: dict[str, Any], told: str) -> None:
    assert tracing.details(data) == told


def test_long_facts_are_cut() -> None:
    assert len(tracing.details({"words": "x" * 500})) == tracing.LONGEST


def test_a_story_names_each_correlation_once() -> None:
    text = tracing.as_text("somebody", tracing.steps([event("a", 1), event("b", 61 % 60, "a"), event("c", 3)]))
    assert text.splitlines()[0] == "person somebody"
    assert text.count("cor-a") == 1
    assert [line.rpartition("[")[2] for line in text.splitlines() if "fact-" in line] == ["1]", "1]", "2]"]
