"""`reintegration submit`: a file's rows to their service in batches, and the refused ones back as a report.

Rows go out while the file is read and refused ones go into the report while answers come, so that memory stays flat.
Sending a file again is harmless: what was taken is answered `repeated`.
"""

import json
import uuid
from collections.abc import Callable, Iterator, Mapping
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any, Final, NamedTuple

from rich.progress import BarColumn, MofNCompleteColumn, Progress, TaskProgressColumn, TextColumn, TimeRemainingColumn

from deploy.client import Actor
from deploy.files import FileFault, RefusedRow, Row, read_rows, write_report
from deploy.terminal import Failure, console
from shared import reference

MOST_ROWS: Final = 500
MOST_BYTES: Final = 1_000_000
"""Of one batch; services take bodies of twice that."""

TARGETS: Final[dict[reference.FileKind, tuple[str, str]]] = {
    "intake": ("intake", "/registrations"),
    "vacancies": ("employment", "/vacancies"),
    "completions": ("training", "/completions"),
}
"""Where each kind of file goes: service and path."""


class Told(NamedTuple):
    """What a service, or the opening of the file, said of one row."""

    row: Row
    status: str
    ids: Mapping[str, str] = {}
    field: str = ""
    reason: str = ""


@dataclass
class Submission:
    """What became of a file's rows. `report` is where the refused ones are, None where there are none."""

    file: str
    kind: str
    dry_run: bool
    rows: int = 0
    accepted: int = 0
    repeated: int = 0
    waiting: int = 0
    refused: int = 0
    reasons: dict[str, int] = field(default_factory=dict)
    report: str | None = None

    def add(self, told: Told) -> None:
        """Count a row's answer. Raises Failure for a status that this version does not know."""
        if told.status not in ("accepted", "repeated", "waiting", "refused"):
            raise Failure(f"A row was answered {told.status!r}, which this version does not know: use the newer one.")
        self.rows += 1
        setattr(self, told.status, getattr(self, told.status) + 1)
        if told.status == "refused":
            self.reasons[told.reason] = self.reasons.get(told.reason, 0) + 1

    def as_json(self) -> dict[str, Any]:
        return asdict(self)

    def as_text(self) -> str:
        """The counts in a line, and what to do about refused rows."""
        counts = ", ".join(f"{getattr(self, name)} {name}" for name in ("accepted", "repeated", "waiting", "refused"))
        kept = " Nothing was kept: this was a dry run." if self.dry_run else ""
        lines = [f"{Path(self.file).name}: {self.rows} rows, {counts}.{kept}"]
        for reason, number in sorted(self.reasons.items(), key=lambda each: (-each[1], each[0])):
            lines.append(f"  {number:5} {reason}: {reference.title('reasons', reason, 'en')}")
        if self.report:
            lines.append(f"Correct the refused rows in {self.report} and send that file.")
        return "\n".join(lines)


def submit(
    actor: Actor,
    kind: reference.FileKind,
    file: Path,
    *,
    report: Path | None = None,
    dry_run: bool = False,
    heard: Callable[[Told], None] = lambda told: None,
    progress: Callable[[int, int], None] = lambda done, rows: None,
) -> Submission:
    """Send a file's rows, and write the report on the refused ones. `heard` gets each row's answer, in order;
    `progress` how many rows are answered, of how many.

    `report` is written over where it exists; without it the report stands beside the file, under a name that is free.
    Raises Failure for a file that cannot be read, a service that refuses the request or does not answer, and a report
    that cannot be written.
    """
    try:
        total = sum(1 for _ in read_rows(file, kind))  # the whole file is looked through before any row is sent
        if report is not None and report.exists() and report.samefile(file):
            raise Failure(f"The report cannot take the place of {file.name}, of which it tells: name another file.")
        target = report or _beside(file)
        result = Submission(str(file), kind, dry_run)

        def refused() -> Iterator[RefusedRow]:
            for told in _answers(actor, kind, file, dry_run):
                result.add(told)
                heard(told)
                progress(result.rows, total)
                if told.status == "refused":
                    yield RefusedRow(told.row.line, told.row.fields, told.field, told.reason)

        if write_report(target, refused()):
            result.report = str(target)
        else:
            target.unlink()
    except FileFault as fault:
        raise Failure(fault.sentence()) from None
    except OSError as error:
        raise Failure(f"The report {error.filename or report or ''} cannot be written: {error.strerror}.") from None
    return result


def submit_with_bar(actor: Actor, kind: reference.FileKind, file: Path, **options: Any) -> Submission:
    """The same, with a bar on standard error where that is a terminal."""
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TaskProgressColumn())
    with Progress(*columns, TimeRemainingColumn(), console=console, disable=not console.is_terminal) as shown:
        bar = shown.add_task(file.name, total=None)
        return submit(
            actor, kind, file, progress=lambda done, rows: shown.update(bar, completed=done, total=rows), **options
        )


def _answers(actor: Actor, kind: reference.FileKind, file: Path, dry_run: bool) -> Iterator[Told]:
    """Every row's answer in the order of the file. A row with a fault of its own is told, not sent."""
    service, path = TARGETS[kind]
    parameters = {"dry_run": "true"} if dry_run else {}
    # One name for the run: a batch that is repeated is the same command, the same file sent tomorrow is another.
    run = uuid.uuid4().hex
    for number, batch in enumerate(_batches(read_rows(file, kind))):
        sent = [{"line": row.line, "fields": row.fields} for row in batch if not row.faults]
        answers: dict[int, dict[str, Any]] = {}
        if sent:
            answer = actor.post(service, path, {"rows": sent}, f"{run}-{number}", **parameters)
            answers = {told["line"]: told for told in answer["rows"]}
        yield from (_told(row, answers.get(row.line)) for row in batch)


def _batches(rows: Iterator[Row]) -> Iterator[list[Row]]:
    batch, size = list[Row](), 0
    for row in rows:
        weight = len(json.dumps(row.fields, ensure_ascii=False).encode())
        if batch and (len(batch) == MOST_ROWS or size + weight > MOST_BYTES):
            yield batch
            batch, size = [], 0
        batch.append(row)
        size += weight
    if batch:
        yield batch


def _told(row: Row, answer: dict[str, Any] | None) -> Told:
    if row.faults:
        column, reason = next(iter(row.faults.items()))
        return Told(row, "refused", field=column, reason=reason)
    if answer is None:
        raise Failure(f"The service did not answer for line {row.line}: send the file again.")
    fault = (answer.get("faults") or [{}])[0]
    return Told(row, answer["status"], answer.get("ids") or {}, fault.get("field", ""), fault.get("reason", ""))


def _beside(file: Path) -> Path:
    """`FILE.report.csv`, or a numbered one where that exists: somebody may be correcting it."""
    first = file.with_name(f"{file.name}.report.csv")
    return next(
        path
        for path in (first, *(file.with_name(f"{file.name}.report-{number}.csv") for number in range(2, 10_000)))
        if not path.exists()
    )
