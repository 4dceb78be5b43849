"""Logs of several programs are one story, whatever stands between their lines."""

import json
from datetime import UTC, datetime
from pathlib import Path

import pytest
from typer.testing import CliRunner

from deploy import logs
from deploy.cli import app
from deploy.terminal import Failure

PERSON = "0190c0de-0000-7000-8000-000000000001"
CASE = "0190c0de-0000-7000-8000-000000000002"
CORRELATION = "0190c0de-0000-7000-8000-000000000003"


def line(second: int, event: str, level: str = "info", **more: str) -> str:
    return json.dumps({"time": f"2026-01-31T08:00:{second:02}.5+00:00", "level": level, "event": event, **more}) + "\n"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "intake.log.1").write_text(line(1, "first", service="intake", person=PERSON, case=CASE))
    (tmp_path / "intake.log").write_text(
        line(4, "fourth", "warning", service="intake", correlation=CORRELATION)
        + "Traceback (most recent call last):\n  a place\n"
        + line(6, "sixth", service="intake", person=PERSON)
    )
    (tmp_path / "training.log").write_text(line(2, "second", service="training", person=PERSON) + "\n{not json\n")
    (tmp_path / "kafka.log").write_text("[2026-01-31 08:00:00,000] INFO of nobody's concern\n")
    (tmp_path / "training.log").open("a").write(line(5, "fifth", "error", service="training"))
    return tmp_path


def shown(folder: Path | str, *options: str, given: str | None = None) -> list[str]:
    result = CliRunner().invoke(app, ["logs", str(folder), "--json", *options], input=given)
    assert result.exit_code == 0, result.output
    return [json.loads(each)["event"] for each in result.stdout.splitlines()]


def test_all_are_merged_by_time_and_lines_of_others_stay_behind_the_one_they_followed(folder: Path) -> None:
    assert shown(folder) == [
        "first",
        "second",
        "{not json",
        "fourth",
        "Traceback (most recent call last):",
        "  a place",
        "fifth",
        "sixth",
    ]


@pytest.mark.parametrize(
    ("options", "events"),
    [
        (("--person", PERSON), ["first", "second", "sixth"]),
        (("--person", PERSON, "--service", "intake"), ["first", "sixth"]),
        (("--case", CASE), ["first"]),
        (("--correlation", CORRELATION), ["fourth"]),
        (("--level", "error", "--service", "training"), ["{not json", "fifth"]),
        (("--since", "2026-01-31T08:00:05Z"), ["fifth", "sixth"]),
    ],
)
def test_what_is_asked_for_is_shown_and_no_more(folder: Path, options: tuple[str, ...], events: list[str]) -> None:
    assert shown(folder, *options) == events


def test_standard_input_is_read_even_with_the_words_that_others_put_before_each_line(folder: Path) -> None:
    given = "".join(f"training-1  | {each}\n" for each in (folder / "training.log").read_text().splitlines())
    assert shown("-", "--person", PERSON, given=given) == ["second"]


def test_what_is_followed_is_read_on_in_the_new_file_when_the_old_one_is_set_aside(tmp_path: Path) -> None:
    path = tmp_path / "intake.log"
    path.write_text(line(1, "before"))
    followed = logs.Followed(path)
    assert followed.more() == []
    with path.open("a") as file:
        file.write(line(2, "next") + line(3, "half")[:20])
    assert [each.said["event"] for each in followed.more()] == ["next"]
    with path.open("a") as file:
        file.write(line(3, "half")[20:] + line(4, "last of the old"))
    path.rename(tmp_path / "intake.log.1")
    path.write_text(line(5, "first of the new"))
    assert [each.said["event"] for each in followed.more()] == ["half", "last of the old", "first of the new"]
    followed.close()


def test_between_what_was_written_and_what_is_being_written_no_line_is_lost_or_told_twice(folder: Path) -> None:
    path = folder / "training.log"
    with path.open("a") as file:
        file.write(line(7, "seventh")[:15])
    telling = logs.follow(folder, "training")
    assert [next(telling).said.get("event") for _ in range(3)] == ["second", None, "fifth"]
    with path.open("a") as file:
        file.write(line(7, "seventh")[15:])
    assert next(telling).said["event"] == "seventh"


def test_a_line_for_people_moves_no_cursor_and_leaves_out_what_is_empty() -> None:
    (told,) = logs.parse([line(1, "applied", service="intake", person=PERSON, case="", type="a\x1b[2Jb")], "-")
    text = logs.as_text(told)
    assert text.startswith("2026-01-31 08:00:01.500  intake")
    assert f"person={PERSON}" in text
    assert "case=" not in text
    assert "\x1b" not in text


def test_a_time_is_a_span_before_now_or_a_moment() -> None:
    now = datetime(2026, 1, 31, 8, tzinfo=UTC)
    assert logs.ago("10m", now) == datetime(2026, 1, 31, 7, 50, tzinfo=UTC)
    assert logs.ago("2026-01-31T07:00:00Z", now) == datetime(2026, 1, 31, 7, tzinfo=UTC)
    for wrong in ("", "m", "soon", "10y"):
        with pytest.raises(Failure, match="is no time"):
            logs.ago(wrong, now)


def test_a_folder_without_logs_is_told_of(tmp_path: Path) -> None:
    with pytest.raises(Failure, match="there are: none"):
        logs.files(tmp_path)
