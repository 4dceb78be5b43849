"""The three centres' intake files, and one that a centre sends twice."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Final

from deploy.demo import writing
from deploy.demo.catalogue import BUSINESS, LITERACY
from deploy.demo.intake_faults import FAULTS, ODDITIES, changed
from deploy.demo.planted import Cells, InputFile, Planted, Table, chance
from deploy.demo.returnees import Centre, returnees
from deploy.demo.typing_habits import in_cells, typed
from shared import reference

# Each centre saves its file its own way: encoding (or workbook), separator, name.
_SAVED: Final = {
    "oddar-meanchey": ("utf-8-sig", ",", "oddar-meanchey-returnees.csv"),
    "pursat": ("utf-16", "\t", "pursat-returnees.csv"),
    "preah-vihear": ("xlsx", "", "preah-vihear-returnees.xlsx"),
}
_SENT_TWICE: Final = "pursat"
_REPEATED, _RETYPED, _CHANGED, _BLANK = 4, 2, 2, 2
"""How many rows of a file are repeated as they are, repeated in other digits, repeated with other content, blank."""


def write_intake(
    folder: Path, seed: int, today: date, share: float = 1
) -> tuple[list[InputFile], Counter[tuple[str, str]]]:
    """Write the files, in the order of sending; also who wants a course, counted by province and what it is for."""
    files, wanted = [], Counter[tuple[str, str]]()
    for centre, clean_rows in returnees(seed, today):
        encoding, separator, name = _SAVED[centre.code]
        draw = chance(seed, centre.code, "typing")
        habit = in_cells if encoding == "xlsx" else typed

        clean = [next(clean_rows) for _ in range(round(centre.returnees * share))]
        for place, oddity in enumerate(_oddities(encoding)):
            clean[place] |= oddity
        wanted.update((centre.province, purpose) for row in clean for purpose in _wanted(row))
        odd = len(_oddities(encoding))
        good = [Planted(row if place < odd else habit(row, draw)) for place, row in enumerate(clean)]

        faults = [fault for fault in FAULTS if encoding in fault.formats]
        spoilt = [fault.plant(row, habit(row, draw), today) for fault, row in zip(faults, clean_rows, strict=False)]
        rows: list[Planted | None] = [*good, *spoilt]
        draw.shuffle(rows)
        again = draw.sample(range(odd, len(good)), _REPEATED + _RETYPED + _CHANGED)
        for place in again[:_REPEATED]:
            rows.append(replace(good[place], outcome="repeated"))
        for place in again[_REPEATED : _REPEATED + _RETYPED]:
            rows.append(Planted(habit(clean[place], draw), "repeated"))
        for place in again[_REPEATED + _RETYPED :]:
            rows.append(changed(good[place], draw))
        for _ in range(_BLANK):
            rows.insert(draw.randrange(len(rows)), None)

        table = Table(tuple(reference.columns("intake")), rows)
        files.append(_written(table, folder / name, encoding, separator, centre))
        if centre.code == _SENT_TWICE:
            second = folder / f"{Path(name).stem}-again{Path(name).suffix}"
            files.append(_written(table.sent_again(), second, encoding, separator, centre))
    return files, wanted


def _oddities(encoding: str) -> list[Cells]:
    """Those that this format can hold: a workbook takes no control characters."""
    return [oddity for oddity in ODDITIES if encoding != "xlsx" or "\x07" not in str(oddity.get("note"))]


def _wanted(row: Cells) -> Iterator[str]:
    """What courses somebody wants, and may be referred to: in the trade she worked in, for a business, to read."""
    needs = str(row["needs"]).lower().split(";")
    if "services" in str(row["consent"]):
        if "training" in needs and row["sector_abroad"]:
            yield reference.resolve("sectors", str(row["sector_abroad"]))
        if "enterprise" in needs:
            yield BUSINESS
        if "literacy" in needs:
            yield LITERACY


def _written(table: Table, path: Path, encoding: str, separator: str, centre: Centre) -> InputFile:
    writing.write(table, path, encoding, separator)
    return table.truth(path, "intake", centre.code)
