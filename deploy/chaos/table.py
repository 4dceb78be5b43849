"""The matrix of faults as a table: for people on a terminal, and as a page of documentation."""

from collections.abc import Mapping
from typing import Any, Final

from deploy.chaos.bounds import complaints
from deploy.chaos.faults import PLANNED, known

COLUMNS: Final = (
    *("fault", "what happens", "load, s", "fault, s"),
    *("acked", "lost", "doubled", "out of order", "ghosts", "drain, s"),
)


def as_markdown(faults: Mapping[str, Mapping[str, Any]], command: str) -> str:
    """The table with the command that made it."""
    lines = [
        f"`{command}`",
        "",
        f"| {' | '.join(COLUMNS)} |",
        f"|{'---|' * len(COLUMNS)}",
        *(f"| {' | '.join(row)} |" for row in rows(faults)),
    ]
    return "\n".join(lines) + "\n"


def rows(faults: Mapping[str, Mapping[str, Any]]) -> list[tuple[str, ...]]:
    """A row for each fault; one that was not run shows why, and no number."""
    titles = PLANNED | {name: each.title for name, each in known().items()}
    found = []
    for name, told in faults.items():
        title = "; ".join(titles.get(each, each) for each in name.split("+"))
        if "not_run" in told:
            found.append((name, f"{title}: not run, {told['not_run']}", *[""] * (len(COLUMNS) - 2)))
        else:
            numbers = ("load_s", "outage_s", "acked", "lost", "doubled", "disordered", "ghosts", "drain_s")
            found.append((name, title, *(str(told[number]) for number in numbers)))
            if said := complaints(told):
                found[-1] = (*found[-1][:-1], f"{found[-1][-1]}: {'; '.join(said)}")
    return found
