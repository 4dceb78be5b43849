"""What providers send back: the sheet of a run, filled in at the end of the courses."""

import random
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import Final

from deploy.demo import writing
from deploy.demo.planted import Cells, InputFile, Planted, Table, chance
from deploy.demo.typing_habits import day_first, in_cells, khmer_digits, typed
from shared import referral_codes

SheetRow = Mapping[str, str]
"""A row of a provider's sheet: `code`, `kind`, `course`, `requested_on`."""

_COLUMNS: Final = ("code", "kind", "course", "requested_on", "completed_on", "result", "skills")
_SAVED: Final = (("utf-8-sig", ",", "csv"), ("xlsx", "", "xlsx"), ("utf-16", "\t", "csv"), ("utf-8", ";", "csv"))
_PASSED: Final = 0.95
_FEWEST_FOR_FAULTS: Final = 6
"""A shorter file stays clean: there would be more faults than rows."""


def fill_in_sheets(
    folder: Path,
    sheets: Mapping[str, Sequence[SheetRow]],
    skills: Mapping[str, Sequence[str]],
    seed: int,
    today: date,
    completions: int = 400,
) -> list[InputFile]:
    """Fill in the providers' sheets and write them, one file a provider, in the order of sending; one is sent twice.

    `sheets`: each provider's rows with a seat on a course; rows of another kind than `course` are left alone.
    `skills`: what each course teaches. In all files together that many completions are right and new (or as many as
    the sheets have rows), shared out by the length of the sheets. Beside them stand mistyped, repeated and early ones,
    and in some files a code that nobody has heard of yet.
    """
    folder.mkdir(parents=True, exist_ok=True)
    courses = {provider: [row for row in rows if row["kind"] == "course"] for provider, rows in sheets.items()}
    files: list[InputFile] = []
    shares = _shares({provider: len(rows) for provider, rows in courses.items()}, completions)
    for place, (provider, share) in enumerate(sorted(shares.items())):
        encoding, separator, suffix = _SAVED[place % len(_SAVED)]
        draw = chance(seed, provider, "completions")
        done = draw.sample(courses[provider], share)
        table = Table(_COLUMNS, _rows(done, skills, draw, today, habit_of_workbook=encoding == "xlsx"))
        again = place == 2
        if share >= _FEWEST_FOR_FAULTS and not again:
            # Not in the file that is sent twice: a waiting row sent again is neither news nor a fault.
            table.rows.append(_unheard(done[0], draw, today))
        path = folder / f"{provider}-completions.{suffix}"
        files.append(_written(table, path, encoding, separator, provider))
        if again:
            second = folder / f"{provider}-completions-again.{suffix}"
            files.append(_written(table.sent_again(), second, encoding, separator, provider))
    return files


def _shares(lengths: Mapping[str, int], wanted: int) -> dict[str, int]:
    """The wanted number shared out by length, none above its length; the rest goes where most is left."""
    total = sum(lengths.values())
    wanted = min(wanted, total)
    shares = {provider: length * wanted // total for provider, length in lengths.items() if length}
    while sum(shares.values()) < wanted:
        shares[max(shares, key=lambda provider: lengths[provider] - shares[provider])] += 1
    return shares


def _rows(
    done: Sequence[SheetRow],
    skills: Mapping[str, Sequence[str]],
    draw: random.Random,
    today: date,
    habit_of_workbook: bool,
) -> list[Planted | None]:
    clean = [_completion(row, skills[row["course"]], draw, today) for row in done]
    habit = in_cells if habit_of_workbook else typed
    good = [Planted(habit(row, draw) | {"code": _code_as_typed(str(row["code"]), draw)}) for row in clean]
    rows: list[Planted | None] = [*good]
    if len(clean) >= _FEWEST_FOR_FAULTS:
        rows += _faults(clean, draw, today)
        draw.shuffle(rows)
        other_result = "not-passed" if clean[1]["result"] == "passed" else "passed"
        rows += [None, replace(good[0], outcome="repeated"), _refused(clean[1], "result", "changed", other_result)]
    return rows


def _completion(row: SheetRow, taught: Sequence[str], draw: random.Random, today: date) -> Cells:
    # Dated today: the referral is of this run, and a course does not end before it was asked for.
    shown = list(taught) if draw.random() < 0.2 else []
    return {
        **{column: row.get(column, "") for column in ("code", "kind", "course", "requested_on")},
        "completed_on": today.isoformat(),
        "result": "passed" if draw.random() < _PASSED else "not-passed",
        "skills": ";".join(shown),
    }


def _faults(clean: Sequence[Cells], draw: random.Random, today: date) -> list[Planted]:
    """A provider's slips, each on a copy of a row that also stands there rightly."""
    code = str(clean[2]["code"])
    faults = [
        ("code", "wrong-check-digits", code[:-1] + str((int(code[-1]) + draw.randint(1, 9)) % 10)),
        ("code", "wrong-check-digits", _swapped(code)),
        ("code", "wrong-length", code[:-3]),
        ("code", "not-digits", f"{code[:5]}O{code[6:]}"),
        ("course", "unknown-course", "knitting-z"),
        ("completed_on", "future-date", day_first((today + timedelta(60)).isoformat())),
        ("completed_on", "not-a-date", "last week"),
        ("completed_on", "required", ""),
        ("result", "formula", "=1+1"),
        ("result", "unknown-code", "pasd"),
        ("skills", "unknown-skill", "machine-sewng"),
    ]
    return [_refused(clean[2], *fault) for fault in draw.sample(faults, 4)] + [_refused(clean[2], *faults[0])]


def _refused(row: Cells, column: str, reason: str, cell: str) -> Planted:
    return Planted(row | {column: cell}, "refused", column, reason, {column: str(row[column])})


def _unheard(row: SheetRow, draw: random.Random, today: date) -> Planted:
    """A right code that no referral has: the provider was quicker than the post, or took it from elsewhere."""
    cells: Cells = {
        **row,
        "code": referral_codes.mint(draw.randrange),
        "completed_on": today.isoformat(),
        "result": "passed",
    }
    return Planted(cells, "waiting")


def _swapped(code: str) -> str:
    """Two neighbours swapped that differ, or the last digit changed where all are alike."""
    for place in range(len(code) - 1):
        one, other = code[place], code[place + 1]
        if one != other and "-" not in (one, other):
            return code[:place] + other + one + code[place + 2 :]
    return code[:-1] + str((int(code[-1]) + 1) % 10)


def _code_as_typed(code: str, draw: random.Random) -> str:
    return draw.choices((code, code.replace("-", ""), code.replace("-", " "), khmer_digits(code)), (80, 8, 6, 6))[0]


def _written(table: Table, path: Path, encoding: str, separator: str, provider: str) -> InputFile:
    writing.write(table, path, encoding, separator)
    return table.truth(path, "completions", provider)
