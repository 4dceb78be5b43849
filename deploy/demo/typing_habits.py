"""The same cell as different clerks type it: what changes here must change nothing for the services."""

import random
from datetime import date

from deploy.demo.planted import Cells

_KHMER_DIGITS = str.maketrans("0123456789", "០១២៣៤៥៦៧៨៩")


def khmer_digits(text: str) -> str:
    """The digits as Khmer ones."""
    return text.translate(_KHMER_DIGITS)


def day_first(iso_date: str) -> str:
    """DD/MM/YYYY."""
    return f"{date.fromisoformat(iso_date):%d/%m/%Y}"


def typed(clean: Cells, draw: random.Random, khmer: bool = True) -> Cells:
    """A row of text with a habit or two: day first, Khmer digits, lost leading zeros, words in place of codes.

    Without `khmer` no letter is used that Windows-1252 lacks.
    """
    row = dict(clean)
    for column in ("birth_date", "return_date", "closes", "completed_on"):
        if (cell := row.get(column)) and draw.random() < 0.5:
            row[column] = day_first(str(cell))
    for column in ("birth_date", "phone", "commune", "debt_usd", "seats", "wage_usd", "code"):
        if khmer and (cell := row.get(column)) and draw.random() < 0.08:
            row[column] = khmer_digits(str(cell))
    for column in ("phone", "id_number", "commune"):
        cell = str(row.get(column, ""))
        if cell.startswith("0") and draw.random() < 0.15:
            row[column] = cell[1:]
    if khmer and row.get("sex") and draw.random() < 0.2:
        row["sex"] = {"female": "ស្រី", "male": "ប្រុស"}[str(row["sex"])]
    if row.get("skills") and draw.random() < 0.1:
        row["skills"] = str(row["skills"]).replace(";", " ; ").replace("-", " ").title()
    if khmer and row.get("name_km") and draw.random() < 0.1:
        row["name_km"] = f" {row['name_km']}\u200b".replace(" ", "  ")
    return row


def in_cells(clean: Cells, draw: random.Random) -> Cells:
    """A row of a workbook: real dates and numbers, and so lost leading zeros, where a clerk let the program decide."""
    row = dict(clean)
    for column in ("birth_date", "return_date", "closes", "completed_on"):
        if (cell := row.get(column)) and draw.random() < 0.4:
            row[column] = date.fromisoformat(str(cell))
    for column in ("phone", "id_number", "commune", "debt_usd", "occupation", "seats", "wage_usd"):
        digits = str(row.get(column, "")).replace(" ", "")
        if digits.isdecimal() and draw.random() < 0.5:
            row[column] = int(digits)
    # Where the program did not decide, the clerk's own habits show.
    return row | {column: cell for column, cell in typed(clean, draw).items() if isinstance(row.get(column), str)}
