"""What people did in the demo, and what the services answered them: noted while it happens, held against the rest."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final, NamedTuple

from deploy.demo.planted import InputFile
from deploy.submit import Submission, Told

ALL: Final = ""
"""In place of a centre, where a number is known for all of them together only."""


class Sent(NamedTuple):
    """A file, what must become of its rows, and what became of them."""

    file: InputFile
    submission: Submission
    told: tuple[Told, ...]

    @property
    def mistaken(self) -> int:
        """By how many rows the answer differs from what was planted: counts, and each refused line, field, reason."""
        answer = self.submission
        counts: int = sum(
            abs(getattr(answer, name) - getattr(self.file, name)) for name in ("accepted", "repeated", "waiting")
        )
        planned = {(each.line, each.field, each.reason) for each in self.file.refusals}
        refused = {(each.row.line, each.field, each.reason) for each in self.told if each.status == "refused"}
        return counts + len(planned ^ refused)


class Registered(NamedTuple):
    """A person as her centre knows her: the case, and the cells of her form as typed."""

    person: str
    case: str
    centre: str
    purposes: str


@dataclass
class Journal:
    """`planned` and `answered` are numbers by stage and centre; `persons` those whom centres registered; `coded` what
    was answered about a referral code, whose person nobody knew at the time."""

    sent: list[Sent] = field(default_factory=list)
    persons: dict[str, Registered] = field(default_factory=dict)
    planned: dict[str, Counter[str]] = field(default_factory=dict)
    answered: dict[str, Counter[str]] = field(default_factory=dict)
    coded: list[tuple[str, str]] = field(default_factory=list)

    def plan(self, stage: str, centre: str, number: int) -> None:
        """Note what must happen by the files."""
        self.planned.setdefault(stage, Counter())[centre] += number

    def expect(self, *stages: str) -> None:
        """Note that answers of these stages are noted from now on, be it that there are none."""
        for stage in stages:
            self.answered.setdefault(stage, Counter())

    def note(self, stage: str, centre: str, number: int = 1) -> None:
        """Note what a service answered to have done."""
        self.answered.setdefault(stage, Counter())[centre] += number

    def settle_codes(self, persons: Mapping[str, str]) -> None:
        """Note by centre what was answered about codes, now that it is known to whom each was given."""
        for stage, code in self.coded:
            self.note(stage, self.centre_of(persons[code]))
        self.coded.clear()

    @property
    def centres(self) -> list[str]:
        return sorted({each.centre for each in self.persons.values()})

    def centre_of(self, person: str) -> str:
        return self.persons[person].centre
