"""From the centres' files to jobs and insurance: everything arrives, nothing twice, and every count agrees."""

import csv
import io
import stat
from collections import Counter
from datetime import datetime
from pathlib import Path

import pytest
from rich.console import Console

from deploy import checking
from deploy.client import Client, RequestRefused
from deploy.demo import showing
from deploy.demo.evidence import published
from deploy.demo.journey import ROAD
from deploy.demo.reconciling import reconcile
from deploy.demo.run import Run
from deploy.draining import Drain
from deploy.files import REPORT_COLUMNS
from services.__main__ import NAMES, service_named
from shared import reference
from tests.journey.conftest import Pilot

pytestmark = pytest.mark.timeout(900)  # a net for a hang: the first test here runs the whole pilot


def test_everything_reconciles(pilot: Pilot) -> None:
    assert pilot.outcome.problems == []


def test_every_stage_was_reached_at_every_centre(pilot: Pilot) -> None:
    centres = set(pilot.journal.centres)
    assert len(centres) == 3
    sparse = {
        "seat refused",
        "social protection refused",
        "match declined",
        "message failed",
        "social protection accepted",
    }
    for line in pilot.outcome.lines:
        assert line.by_centre.total() > 0, line.name
        assert len(line.sides) > 1, f"{line.name} is held against nothing"
        if "" not in line.by_centre and line.name not in sparse:
            assert {centre for centre, number in line.by_centre.items() if number} == centres, line.name


def test_each_refused_row_is_the_one_that_was_planted(pilot: Pilot) -> None:
    for sent in pilot.outcome.sent:
        planned = {(each.line, each.field, each.reason) for each in sent.file.refusals}
        told = {(each.row.line, each.field, each.reason) for each in sent.told if each.status == "refused"}
        assert told == planned, sent.file.path.name


def test_reports_are_private_and_say_what_to_do_in_both_languages(pilot: Pilot) -> None:
    for sent in pilot.outcome.sent:
        if not sent.file.refusals:  # a short file of completions, without faults
            assert sent.submission.report is None
            continue
        report = Path(sent.submission.report or "")
        assert stat.S_IMODE(report.stat().st_mode) == 0o600
        with report.open(encoding="utf-8-sig", newline="") as opened:
            rows = list(csv.DictReader(opened))
        assert len(rows) == len(sent.file.refusals) == sent.submission.refused
        for row in rows:
            assert row.keys() >= set(REPORT_COLUMNS)
            reason = reference.reasons()[row["reason"]]
            assert (row["what_to_do_en"], row["what_to_do_km"]) == (reason.title_en, reason.title_km)


def test_corrected_rows_are_taken(pilot: Pilot) -> None:
    corrected = pilot.outcome.corrected
    first = next(sent for sent in pilot.outcome.sent if sent.file.sender == corrected.file.sender)
    assert corrected.submission.accepted > 20
    assert corrected.submission.accepted + corrected.submission.refused == first.submission.refused


def test_one_person_went_the_whole_road_and_her_timeline_tells_it(pilot: Pilot) -> None:
    assert tuple(pilot.outcome.road) == ROAD
    assert list(pilot.outcome.road.values()) == sorted(pilot.outcome.road.values())
    events = pilot.outcome.story["events"]
    facts = [f"{event['owner']}.{event['fact']}" for event in events]
    assert set(ROAD) < set(facts)
    assert {event["owner"] for event in events} == set(NAMES)
    known: dict[str, datetime] = {}
    for event in events:
        time = datetime.fromisoformat(event["time"])
        if event["causation"] in known:
            assert known[event["causation"]] <= time
        known[event["id"]] = time
    told = {message["template"] for message in pilot.outcome.told if message["state"] == "delivered"}
    assert {"welcome", "seat-reserved", "skills-recognised", "match-proposed", "placement-confirmed"} <= told


def test_nothing_is_left_under_way_and_the_oracle_finds_nothing(pilot: Pilot) -> None:
    with Drain(pilot.addresses, {name: service_named(name).topics for name in NAMES}) as drain:
        drain.wait()
        assert drain.left() == {}
    report = checking.check(pilot.addresses)
    assert (report.clean, report.drained, report.waiting) == (True, True, 0)


def test_a_second_file_with_the_same_rows_changed_nothing(pilot: Pilot) -> None:
    again = [sent for sent in pilot.outcome.sent if "-again" in sent.file.path.name]
    assert {sent.file.kind for sent in again} == {"intake", "completions"}
    for sent in again:
        assert (sent.submission.accepted, sent.submission.repeated > 10) == (0, True)


def test_a_message_that_is_not_there_is_noticed(pilot: Pilot) -> None:
    events = published(pilot.addresses)
    before = {line.name: line.difference for line in reconcile(pilot.addresses, pilot.journal, events)}
    letter = next(Path(pilot.addresses.outbox).glob("*/*.json"))
    aside = letter.with_suffix(".aside")
    letter.rename(aside)
    try:
        after = {line.name: line.difference for line in reconcile(pilot.addresses, pilot.journal, events)}
    finally:
        aside.rename(letter)
    assert Counter(after) - Counter(before) == Counter({"message delivered": 1})


def test_an_event_that_is_not_there_is_noticed(pilot: Pilot) -> None:
    events = published(pilot.addresses)
    before = {line.name: line.difference for line in reconcile(pilot.addresses, pilot.journal, events)}
    lost = next(event for event in events if event.fact == "employment.match-accepted")
    fewer = [event for event in events if event is not lost]
    after = {line.name: line.difference for line in reconcile(pilot.addresses, pilot.journal, fewer)}
    assert Counter(after) - Counter(before) == Counter({"match accepted": 1})


def test_the_result_is_shown_whole(pilot: Pilot) -> None:
    run = Run(pilot.outcome, 1.0, {}, pilot.reports, pilot.data, pilot.addresses.services, "")
    console = Console(record=True, width=200, file=io.StringIO())
    showing.show(run, console)
    text = console.export_text()
    for sent in pilot.outcome.sent:
        assert sent.file.path.name in text
    for line in pilot.outcome.lines:
        assert line.name in text
    assert "no count differs" in text
    assert str(pilot.reports) in text
    told = showing.as_json(run)
    assert (told["reconciled"], told["difference"]) == (True, 0)
    assert len(told["refused"]) == sum(sent.submission.refused for sent in pilot.outcome.sent)


def test_a_centre_does_not_see_another_ones_people(pilot: Pilot) -> None:
    person = next(each for each in pilot.journal.persons.values() if each.centre == "pursat")
    with Client(pilot.addresses) as client:
        own = client.acting("one", "counsellor", centre="pursat")
        other = client.acting("other", "counsellor", centre="preah-vihear")
        assert own.get("intake", f"/persons/{person.person}")["person"] == person.person
        for service, path in (
            ("intake", f"/persons/{person.person}"),
            ("employment", f"/persons/{person.person}/matches"),
        ):
            with pytest.raises(RequestRefused) as refused:
                other.get(service, path)
            assert refused.value.problem.status == 404
