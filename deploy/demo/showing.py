"""The demo's result, for people and as JSON."""

import os
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

from rich.console import Console
from rich.table import Table
from rich.text import Text

from deploy import checking, tracing
from deploy.demo.journal import ALL, Sent
from deploy.demo.reconciling import Line
from deploy.demo.run import Run
from shared import reference

STATIONS: Final = {
    "training.completion-recorded": "the provider's completion is recorded",
    "training.skills-recognised": "skills are recognised",
    "employment.match-proposed": "a job is proposed",
    "employment.match-accepted": "the person accepts",
    "employment.placement-confirmed": "the employer confirms",
    "intake.referral-requested": "intake finds her eligible, and refers her to the scheme",
    "intake.referral-accepted": "the scheme's officer accepts",
}


def paper() -> Console:
    """Standard output; where that is no terminal, wide enough for the tables."""
    width = None if sys.stdout.isatty() or "COLUMNS" in os.environ else 150
    return Console(highlight=False, width=width)


def show(run: Run, console: Console) -> None:
    """All of it: refused rows, files, counts, one journey, the verdict, where to look next."""
    outcome = run.outcome
    console.rule("Refused rows")
    for sent in outcome.sent:
        if sent.submission.refused:
            console.print(refused(sent))
    console.rule("Files")
    console.print(files(outcome.sent))
    again = outcome.corrected
    console.print(
        f"Corrected from its report and sent again: {again.file.path.name}, {again.submission.accepted} rows accepted, "
        f"{again.submission.refused} refused once more."
    )
    console.rule("Counts by centre and stage")
    console.print(stages(run))
    console.rule("One journey")
    console.print(Text(journey(run)), soft_wrap=True)
    console.rule("Verdict of the oracle")
    console.print(Text(checking.as_text(outcome.verdict)), soft_wrap=True)
    console.rule("Where to look next")
    console.print(Text("\n".join(next_places(run))), soft_wrap=True)
    if outcome.problems:
        console.print(Text("\n".join(("Not everything reconciles:", *outcome.problems)), style="red"))
    else:
        console.print(f"[green]Everything reconciles: no count differs.[/green] {run.seconds:.1f} s")


def refused(sent: Sent) -> Table:
    """Each refused row of a file: line, column, reason, what to do."""
    report = Path(sent.submission.report or "").name
    title = f"{sent.file.path.name} (to be corrected in {report})"
    table = Table("line", "column", "reason", "what to do", title=title, title_justify="left", box=None)
    for told in sent.told:
        if told.status == "refused":
            table.add_row(str(told.row.line), told.field, told.reason, reference.title("reasons", told.reason, "en"))
    return table


def files(sent: list[Sent]) -> Table:
    """What became of each file, and by how many rows that is not what was planned."""
    numbers = ("rows", "accepted", "repeated", "waiting", "refused")
    table = Table("file", "from", *numbers, "difference", box=None)
    for column in table.columns[2:]:
        column.justify = "right"
    for each in sent:
        counts = [str(getattr(each.submission, name)) for name in numbers]
        table.add_row(each.file.path.name, each.file.sender, *counts, _difference(each.mistaken))
    return table


def stages(run: Run) -> Table:
    """A line for each stage: numbers by centre, which sides were compared, and by how much they differ."""
    centres = sorted({centre for line in run.outcome.lines for centre in line.by_centre} - {ALL})
    table = Table("stage", *centres, "together", "difference", "compared", box=None)
    for column in table.columns[1 : len(centres) + 3]:
        column.justify = "right"
    for line in run.outcome.lines:
        numbers = line.by_centre
        shown = ["" if ALL in numbers else str(numbers[centre]) for centre in centres]
        table.add_row(line.name, *shown, str(numbers.total()), _difference(line.difference), _sides(line))
        if line.difference:
            for name, side in line.sides.items():
                table.add_row(f"  {name}", *(str(side[centre]) for centre in centres), str(side.total()))
    return table


def _sides(line: Line) -> str:
    return ", ".join(name.removeprefix("rows of ") for name in line.sides)


def _difference(number: int) -> str:
    return f"[red]{number}[/red]" if number else "0"


def journey(run: Run) -> str:
    """The road of one person from course to insurance, then all that happened to her."""
    lines = []
    times = list(run.outcome.road.items())
    for place, (fact, time) in enumerate(times):
        waited = (time - times[place - 1][1]).total_seconds() if place else 0
        lines.append(f"{time:%H:%M:%S.%f}"[:-3] + f"  +{waited:7.3f} s  {STATIONS[fact]}")
    if run.outcome.story:
        lines += ["", tracing.as_text(run.outcome.story["person"], tracing.steps(run.outcome.story["events"]))]
        lines += ["what she was told:", *(_message(each) for each in reversed(run.outcome.told))]
    return "\n".join(lines)


def _message(told: dict[str, Any]) -> str:
    return f"  {told['happened_at'][11:19]}  {told['state']} by {told['channel']}: {told['text']}"


def next_places(run: Run) -> Iterator[str]:
    """Addresses and folders; what was thrown away is said to be."""
    if run.files:
        yield f"{'files and reports':18} {run.files}"
    if run.borrowed:
        yield from (f"{name:18} {address}/" for name, address in run.addresses.items())
        return
    if run.data is None:
        yield "This system is thrown away now. `reintegration demo --keep` keeps one, with its logs and messages."
        yield "`reintegration up` starts one that stays, and tells where its API pages and logs are."
        return
    prefix = f"REINTEGRATION_TOPIC_PREFIX={run.prefix} " if run.prefix else ""
    yield f"{'logs':18} {run.data / 'logs'}"
    yield f"{'messages':18} {run.data / 'outbox'}"
    yield f"{'start it again':18} {prefix}reintegration up --data {run.data}"
    if run.outcome.story:
        yield f"{'then':18} reintegration trace {run.outcome.story['person']} --data {run.data}"
    yield f"{'API pages':18} at the addresses that `up` then tells"


def as_json(run: Run) -> dict[str, Any]:
    """The same for programs."""
    outcome = run.outcome
    return {
        "reconciled": not outcome.problems,
        "problems": outcome.problems,
        "seconds": round(run.seconds, 1),
        "started": run.started,
        "steps": outcome.steps,
        "files": [
            each.submission.as_json() | {"sender": each.file.sender, "difference": each.mistaken}
            for each in outcome.sent
        ],
        "refused": [
            {
                "file": each.file.path.name,
                "line": told.row.line,
                "field": told.field,
                "reason": told.reason,
                "what_to_do": reference.title("reasons", told.reason, "en"),
            }
            for each in outcome.sent
            for told in each.told
            if told.status == "refused"
        ],
        "stages": [line.as_json() for line in outcome.lines],
        "difference": sum(line.difference for line in outcome.lines) + sum(each.mistaken for each in outcome.sent),
        "events": dict(sorted(outcome.events.items())),
        "journey": {
            "person": outcome.story.get("person"),
            "road": {fact: time.isoformat() for fact, time in outcome.road.items()},
            "timeline": outcome.story.get("events", []),
            "messages": outcome.told,
        },
        "verify": outcome.verdict.as_json(),
        "folder": str(run.data) if run.data else None,
        "reports": str(run.files) if run.files else None,
    }
