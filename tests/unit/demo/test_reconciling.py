"""Counts that differ are told, by how much; counts that agree are not."""

from collections import Counter
from datetime import UTC, datetime
from pathlib import Path

import pytest

from deploy.demo.evidence import Published
from deploy.demo.journal import ALL, Journal, Registered, Sent
from deploy.demo.journey import ROAD, whole_road
from deploy.demo.planted import InputFile, Refusal
from deploy.demo.reconciling import STAGES, Fact, Line, _counted
from deploy.files import Row
from deploy.submit import Submission, Told


def line(**sides: dict[str, int]) -> Line:
    return Line("stage", {name: Counter(side) for name, side in sides.items()})


@pytest.mark.parametrize(
    ("compared", "difference"),
    [
        (line(planned={"a": 3, "b": 2}, rows={"a": 3, "b": 2}), 0),
        (line(planned={"a": 3, "b": 2}, rows={"a": 2, "b": 3}), 2),
        (line(planned={"a": 3}, rows={"a": 3, "b": 1}), 1),
        (line(planned={ALL: 5}, rows={"a": 3, "b": 2}), 0),
        (line(planned={ALL: 6}, rows={"a": 3, "b": 2}), 1),
        (line(planned={ALL: 5}, rows={ALL: 5}), 0),
        (line(answered={}, rows={"a": 1}), 1),
        (line(answered={}, rows={}), 0),
        (line(events={"nobody": 1}, rows={"a": 1}), 2),
    ],
)
def test_sides_are_held_against_each_other(compared: Line, difference: int) -> None:
    assert compared.difference == difference


def test_stages_have_names_of_their_own() -> None:
    assert len({stage.name for stage in STAGES}) == len(STAGES)


def told(person: str, fact: str, minute: int = 0, **data: str) -> Published:
    time = datetime(2026, 1, 5, 8, minute, tzinfo=UTC)
    return Published(f"{person}-{fact}-{minute}", f"reintegration.{fact}.v1", fact, person, None, time, None, data)


def test_events_are_counted_by_person_and_what_takes_them_back_is_taken_off() -> None:
    given, withdrawn = Fact("intake.consent-given", {"purpose": "messages"}), Fact("intake.consent-withdrawn")
    events = [
        told("one", "intake.consent-given", purpose="messages"),
        told("one", "intake.consent-given", purpose="employment"),
        told("two", "intake.consent-given", purpose="messages"),
        told("two", "intake.consent-withdrawn", purpose="messages"),
    ]
    assert +_counted(given, None, events) == Counter(one=1, two=1)
    assert +_counted(given, withdrawn, events) == Counter(one=1)
    assert _counted(Fact("intake.consent-given", persons=True), None, events) == Counter(one=1, two=1)


def test_a_file_whose_rows_were_not_answered_as_planned_is_told() -> None:
    file = InputFile(Path("f.csv"), "intake", "pursat", 1, 0, 0, (Refusal(3, "sex", "unknown-code"),))
    taken, refused = Told(Row(2, {}), "accepted"), Told(Row(3, {}), "refused", {}, "sex", "unknown-code")

    def mistaken(*answers: Told) -> int:
        submission = Submission("f.csv", "intake", False)
        for answer in answers:
            submission.add(answer)
        return Sent(file, submission, answers).mistaken

    assert mistaken(taken, refused) == 0
    assert mistaken(taken, refused._replace(reason="required")) == 2
    assert mistaken(taken, refused._replace(status="accepted")) == 2
    assert mistaken(taken) == 1


def test_answers_about_codes_are_noted_where_their_person_belongs() -> None:
    journal = Journal(persons={"one": Registered("one", "case", "pursat", "")}, coded=[("done", "code-1")])
    journal.expect("done", "never")
    journal.settle_codes({"code-1": "one"})
    assert journal.answered == {"done": Counter(pursat=1), "never": Counter()}
    assert journal.coded == []


def test_the_road_is_taken_from_somebody_who_went_all_of_it_in_order() -> None:
    def walked(person: str, order: list[str]) -> list[Published]:
        stations = [told(person, fact, minute, kind="social-protection") for minute, fact in enumerate(order, 1)]
        return [*stations, told(person, "notifications.message-delivered", template="placement-confirmed")]

    whole, backwards, part = walked("whole", [*ROAD]), walked("back", [*reversed(ROAD)]), walked("part", [*ROAD[:-1]])
    person, road = whole_road([*backwards, *part, *whole])
    assert (person, tuple(road)) == ("whole", ROAD)
    assert whole_road([*backwards, *part]) == ("", {})
