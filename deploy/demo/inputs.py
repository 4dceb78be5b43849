"""The demo's input: files as centres, employers and providers send them, with the truth about every row beside."""

import csv
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from deploy.demo import catalogue, writing
from deploy.demo.catalogue import Provider
from deploy.demo.completions import fill_in_sheets
from deploy.demo.intake_files import write_intake
from deploy.demo.planted import InputFile, Outcome, Planted, Refusal, Table
from deploy.demo.vacancies import write_vacancies
from deploy.files import REPORT_COLUMNS

__all__ = ["InputFile", "Inputs", "Refusal", "corrected", "fill_in_sheets", "write_inputs"]


@dataclass(frozen=True, slots=True)
class Inputs:
    """What was written: `files` in the order of sending, and the catalogue of the eight providers."""

    folder: Path
    files: tuple[InputFile, ...]
    catalogue: Path
    providers: tuple[Provider, ...]

    def of(self, kind: str) -> tuple[InputFile, ...]:
        """The files of one kind: `intake` or `vacancies`."""
        return tuple(file for file in self.files if file.kind == kind)

    @property
    def skills(self) -> Mapping[str, tuple[str, ...]]:
        """What each course teaches."""
        return {course.course: course.skills for provider in self.providers for course in provider.courses}


def write_inputs(folder: Path, seed: int, today: date | None = None, share: float = 1) -> Inputs:
    """Write the intake files, the vacancies and `catalogue.json` into the folder; the same seed and day, the same rows.

    `share`: of the pilot's returnees, at least a ninth; faults, courses and vacancies stay as they are. Everything is
    made up. `today` is what the services take for today; dates are past or future by it.
    """
    today = today or date.today()
    folder.mkdir(parents=True, exist_ok=True)
    intake, wanted = write_intake(folder, seed, today, share)
    providers = catalogue.providers(wanted, today)
    catalogue.write(providers, folder / "catalogue.json")
    vacancies = write_vacancies(folder, seed, today, providers)
    return Inputs(folder, (*intake, *vacancies), folder / "catalogue.json", providers)


def corrected(report: Path, file: InputFile, target: Path) -> InputFile:
    """Put right in the report on a file what can be put right, as the centre's clerk would, and write it to send again.

    Rows without a correction stay as they are, and must be refused again. Raises ValueError where the report holds a
    line that was not to be refused.
    """
    refusals = {refusal.line: refusal for refusal in file.refusals}
    with report.open(encoding="utf-8-sig", newline="") as opened:
        reader = csv.DictReader(opened, strict=True)
        columns = [column for column in reader.fieldnames or () if column not in REPORT_COLUMNS]
        table = Table((*columns, *REPORT_COLUMNS))
        for row in reader:
            refusal = refusals.get(int(row["line"]))
            if refusal is None:
                raise ValueError(f"{report.name} holds line {row['line']}, which was not to be refused")
            outcome: Outcome = "accepted" if refusal.correction else "refused"
            cells = row | dict(refusal.correction or {})
            table.rows.append(Planted(dict(cells), outcome, refusal.field, refusal.reason))
    writing.write(table, target, "utf-8-sig")
    return table.truth(target, file.kind, file.sender)
