"""The command line on a running system: what it does, how it ends, what it says."""

import asyncio
import os
import shutil
import signal
import stat
import subprocess
import sys
import time
import uuid
from pathlib import Path

import asyncpg
import pytest
from confluent_kafka.admin import AdminClient

from tests.conftest import ROOT
from tests.journey.conftest import Pilot, last_object, reintegration
from tests.servers.choosing import Servers

pytestmark = pytest.mark.timeout(900)  # a net for a hang: the first test here runs the whole pilot

ACCEPTED, REFUSED = "oddar-meanchey-returnees.csv", 3


def a_sentence(done: subprocess.CompletedProcess[str]) -> str:
    """What a failed command said: one sentence, no traceback, nothing on standard output."""
    assert (done.returncode, done.stdout) == (1, "")
    assert "Traceback" not in done.stderr
    (line,) = [line for line in done.stderr.splitlines() if line.startswith("error: ")]
    assert line.endswith((".", ")"))
    return line


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        ((), ("up", "demo", "submit", "sheet", "trace", "verify", "serve", "bench", "Exit codes")),
        (("submit",), ("intake", "completions", "vacancies", "repeated", "Exit codes")),
        (("submit", "intake"), ("--centre", "--dry-run", "--report", "--json", "--data")),
        (("submit", "completions"), ("--provider",)),
        (("submit", "vacancies"), ("--employer",)),
        (("sheet",), ("--out", "CSV")),
        (("trace",), ("PERSON|CASE", "correlation")),
        (("verify",), ("lost, doubled", "Exit codes")),
        (("reconcile",), ("--since", "--grace", "Cambodia", "Exit codes")),
        (("demo",), ("--seed", "--keep", "--out", "--json", "Exit codes")),
    ],
)
def test_help_tells_what_a_command_does(arguments: tuple[str, ...], words: tuple[str, ...]) -> None:
    done = reintegration(*arguments, "--help")
    assert done.returncode == 0
    text = " ".join(done.stdout.split())
    for word in words:
        assert word in text


@pytest.mark.parametrize(
    "arguments",
    [("submit", "intake", "file.csv"), ("submit", "moon", "file.csv"), ("sheet",), ("reconcile", "--since", "soon")],
)
def test_a_wrong_command_line_ends_with_2(arguments: tuple[str, ...]) -> None:
    done = reintegration(*arguments)
    assert (done.returncode, done.stdout) == (2, "")


@pytest.mark.parametrize(
    "arguments",
    [("sheet", "provider-a"), ("verify",), ("trace", str(uuid.uuid4())), ("submit", "vacancies", "file.csv")],
)
def test_without_a_system_it_says_how_to_start_one(arguments: tuple[str, ...], tmp_path: Path) -> None:
    assert "start one with `reintegration up`" in a_sentence(reintegration(*arguments, "--data", tmp_path))


def test_a_wrong_setting_is_named_and_not_repeated(pilot: Pilot) -> None:
    done = reintegration("up", "--data", pilot.reports / "none", REINTEGRATION_PARTITIONS="secretly-many")
    assert "REINTEGRATION_PARTITIONS" in a_sentence(done)
    assert "secretly-many" not in done.stderr


def test_a_dry_run_tells_all_and_keeps_nothing(pilot: Pilot, tmp_path: Path) -> None:
    file = tmp_path / "new.csv"
    file.write_text(
        "form_no,name_latin,sex,commune\nDRY-1,Kumru Svay Dry,female,150101\nDRY-2,Kumru Dong Dry,female,990101\n"
    )
    told = [
        reintegration("submit", "intake", file, "--centre", "pursat", "--dry-run", "--json", "--data", pilot.data)
        for _ in range(2)
    ]
    for done in told:
        answer = last_object(done)
        assert done.returncode == REFUSED
        assert {name: answer[name] for name in ("rows", "accepted", "repeated", "refused", "dry_run")} == {
            "rows": 2,
            "accepted": 1,
            "repeated": 0,
            "refused": 1,
            "dry_run": True,
        }
        assert answer["reasons"] == {"unknown-commune": 1}
    # The second report took another name: somebody may be correcting the first one.
    assert [Path(last_object(done)["report"]).name for done in told] == ["new.csv.report.csv", "new.csv.report-2.csv"]


def test_completions_and_vacancies_can_be_checked_too(pilot: Pilot, tmp_path: Path) -> None:
    vacancies = tmp_path / "vacancies.csv"
    vacancies.write_text("vacancy_no,employer,occupation,commune,seats\nDRY-1,sample-works-1,7112,150101,2\n")
    for _ in range(2):
        done = reintegration("submit", "vacancies", vacancies, "--dry-run", "--json", "--data", pilot.data)
        assert (done.returncode, last_object(done)["accepted"], last_object(done)["report"]) == (0, 1, None)
    sheet = reintegration("sheet", "provider-a", "--data", pilot.data).stdout.splitlines()
    code, _, course, _ = next(line for line in sheet[1:] if ",course," in line).split(",")
    completions = tmp_path / "completions.csv"
    completions.write_text(f"code,course,completed_on,result\n{code},{course},2026-01-05,passed\n")
    for _ in range(2):
        done = reintegration(
            "submit",
            "completions",
            completions,
            "--provider",
            "provider-a",
            "--dry-run",
            "--json",
            "--data",
            pilot.data,
        )
        assert (done.returncode, last_object(done)["accepted"]) == (0, 1)
    foreign = reintegration(
        "submit", "completions", completions, "--provider", "provider-b", "--dry-run", "--data", pilot.data
    )
    assert foreign.returncode == REFUSED
    assert "1 refused" in foreign.stdout
    assert list(tmp_path.glob("completions.csv.report.csv"))


def test_a_file_sent_again_is_repeated(pilot: Pilot, tmp_path: Path) -> None:
    sent = next(sent for sent in pilot.outcome.sent if sent.file.path.name == ACCEPTED)
    file = Path(shutil.copy(sent.file.path, tmp_path))
    report = tmp_path / "report.csv"
    done = reintegration(
        "submit", "intake", file, "--centre", sent.file.sender, "--report", report, "--json", "--data", pilot.data
    )
    answer = last_object(done)
    assert done.returncode == REFUSED
    assert (answer["accepted"], answer["repeated"]) == (0, sent.file.accepted + sent.file.repeated)
    assert answer["refused"] == len(sent.file.refusals)
    assert stat.S_IMODE(report.stat().st_mode) == 0o600


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("absent.csv", None, "no file of this name"),
        ("broken.xlsx", b"PK\x03\x04 and then nothing", "broken"),
        ("letter.csv", b"", "first row"),
        ("columns.csv", b"form_no,sex,comune\n1,female,150101\n", "commune?"),
    ],
)
def test_a_file_that_is_none_is_told_in_a_sentence(
    name: str, content: bytes | None, said: str, pilot: Pilot, tmp_path: Path
) -> None:
    if content is not None:
        (tmp_path / name).write_bytes(content)
    done = reintegration("submit", "intake", tmp_path / name, "--centre", "pursat", "--data", pilot.data)
    assert said in a_sentence(done)
    assert not list(tmp_path.glob("*report*"))


def test_a_report_never_takes_the_place_of_its_file(pilot: Pilot, tmp_path: Path) -> None:
    file = tmp_path / "forms.csv"
    file.write_text("form_no,sex,commune\nX,none,0\n")
    done = reintegration("submit", "intake", file, "--centre", "pursat", "--report", file, "--data", pilot.data)
    assert "name another file" in a_sentence(done)
    assert file.read_text() == "form_no,sex,commune\nX,none,0\n"
    done = reintegration(
        "submit", "intake", file, "--centre", "pursat", "--report", tmp_path / "no" / "report.csv", "--data", pilot.data
    )
    assert "cannot be written" in a_sentence(done)


def test_a_sheet_holds_codes_and_no_names(pilot: Pilot, tmp_path: Path) -> None:
    printed = reintegration("sheet", "provider-b", "--data", pilot.data)
    assert printed.stdout.splitlines()[0] == "code,kind,course,requested_on"
    out = tmp_path / "sheet.csv"
    written = reintegration("sheet", "provider-b", "--out", out, "--data", pilot.data)
    assert (written.returncode, written.stdout) == (0, "")
    assert out.read_text(encoding="utf-8-sig").splitlines() == printed.stdout.splitlines()


def test_a_trace_tells_a_person_and_a_case(pilot: Pilot) -> None:
    person = pilot.outcome.story["person"]
    case = pilot.journal.persons[person].case
    text = reintegration("trace", person, "--data", pilot.data).stdout
    for word in (person, "case-registered", "skills-recognised", "placement-confirmed", "message-delivered", "[1]"):
        assert word in text
    for number in (person, case):
        told = last_object(reintegration("trace", number, "--json", "--data", pilot.data))
        assert told["person"] == person
        assert {event["id"] for event in told["events"]} == {event["id"] for event in pilot.outcome.story["events"]}


@pytest.mark.parametrize(("number", "said"), [(str(uuid.uuid4()), "no person"), ("sokha", "looks like")])
def test_a_trace_of_nobody_is_a_sentence(number: str, said: str, pilot: Pilot) -> None:
    assert said in a_sentence(reintegration("trace", number, "--data", pilot.data))


def test_verify_is_clean_and_says_what_it_read(pilot: Pilot) -> None:
    done = reintegration("verify", "--json", "--data", pilot.data)
    report = last_object(done)
    assert (done.returncode, report["clean"], report["lost"], report["doubled"]) == (0, True, 0, 0)
    assert sum(report["events"].values()) > 1_000
    assert "clean: nothing lost" in reintegration("verify", "--data", pilot.data).stdout


async def test_verify_ends_with_3_where_an_effect_is_lost(pilot: Pilot) -> None:
    connection = await asyncpg.connect(pilot.addresses.databases["employment"])
    try:
        row = await connection.fetchrow("select consumer, id, batch, place from inbox order by batch, place limit 1")
        await connection.execute("delete from inbox where id = $1", row["id"])
        try:
            done = reintegration("verify", "--json", "--data", pilot.data)
        finally:
            await connection.execute("insert into inbox (consumer, id, batch, place) values ($1, $2, $3, $4)", *row)
    finally:
        await connection.close()
    report = last_object(done)
    assert (done.returncode, report["clean"], report["lost"]) == (3, False, 1)
    assert report["anomalies"]["lost-effect"]["examples"][0]["id"] == str(row["id"])


def test_an_interrupted_demo_leaves_nothing(servers: Servers, tmp_path: Path) -> None:
    folder = tmp_path / "temporary"
    folder.mkdir(mode=0o777)
    folder.chmod(0o777)
    environment = {
        **os.environ,
        "TMPDIR": str(folder),
        "REINTEGRATION_KAFKA": servers.kafka,
        "REINTEGRATION_POSTGRES": servers.postgres,
        "REINTEGRATION_TOPIC_PREFIX": f"cut-{uuid.uuid4().hex[:8]}.",
    }
    # Whoever runs the tests in the background may have Ctrl-C ignored, which a child inherits.
    heeding = "import signal; signal.signal(signal.SIGINT, signal.default_int_handler)"
    command = [sys.executable, "-c", f"{heeding}; from deploy.cli import main; main()", "demo"]
    with subprocess.Popen(
        command, cwd=ROOT, env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    ) as demo:
        assert demo.stderr is not None
        for line in demo.stderr:
            if "everything is started" in line:
                break
        time.sleep(0.5)  # somewhere within the journey; any moment will do
        demo.send_signal(signal.SIGINT)
        assert demo.wait(120) == 130
    assert not list(folder.iterdir())
    prefix = environment["REINTEGRATION_TOPIC_PREFIX"]
    like = prefix.replace(".", "_").replace("-", "_") + "%"
    assert asyncio.run(_left(servers.postgres, like)) == 0
    names = AdminClient({"bootstrap.servers": servers.kafka}).list_topics(timeout=10).topics
    assert not [name for name in names if name.startswith(prefix)]


async def _left(administrator: str, like: str) -> int:
    """Databases and roles with such names."""
    connection = await asyncpg.connect(administrator)
    try:
        databases = await connection.fetchval("select count(*) from pg_database where datname like $1", like)
        roles = await connection.fetchval("select count(*) from pg_roles where rolname like $1", like)
        return int(databases + roles)
    finally:
        await connection.close()
