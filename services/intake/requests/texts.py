"""How a body's texts are read: nothing that cannot be seen, no damaged Khmer, places that there are today."""

import re
from datetime import date
from typing import Any, Final

from shared import reference, rows, text
from shared.text import TextFault

_CONTROL: Final = re.compile("[\x00-\x1f\x7f-\x9f]")
_CONTROL_BUT_LINES: Final = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]")


def one_line(typed: Any) -> Any:
    """A text as it came; raises TextFault `control-characters` where it holds any, a line break too."""
    if isinstance(typed, str) and _CONTROL.search(typed):
        raise TextFault("control-characters")
    return typed


def free_text(typed: Any) -> Any:
    """The same, but that lines may end."""
    if isinstance(typed, str) and _CONTROL_BUT_LINES.search(typed):
        raise TextFault("control-characters")
    return typed


def kept_text(typed: str) -> str | None:
    """A text as it is kept, None where nothing is left of it."""
    return text.cell(typed) or None


def day_of(typed: Any) -> Any:
    """A day written as people write it; a number is no day."""
    if isinstance(typed, date) or typed is None:
        return typed
    if not isinstance(typed, str) or len(typed) > 40:
        raise TextFault("not-a-date")
    return text.parse_date(typed)


def check_commune(typed: str) -> str:
    """A commune that there is; raises `superseded-place` for one whose district went to a new province."""
    try:
        return rows.commune(typed)
    except TextFault as fault:
        if fault.reason == "unknown-commune" and text.place_code(typed)[:4] in reference.superseded_districts():
            raise TextFault("superseded-place") from None
        raise
