"""The rules of `docs/files.md`, written a second time and as plainly as can be, to hold the demo's files against."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date
from typing import Any

from deploy.demo.inputs import InputFile
from deploy.files import read_rows
from shared import khmer, reference, referral_codes
from shared.text import (
    TextFault,
    cell,
    code,
    codes,
    identity_number,
    khmer_name,
    latin_name,
    parse_date,
    phone,
    place_code,
    whole_number,
)

Answer = tuple[str, str, str]
"""Status, column, reason."""
ACCEPTED, REPEATED, WAITING = ("accepted", "", ""), ("repeated", "", ""), ("waiting", "", "")


class Faulty(Exception):
    """A row that is refused: column and reason."""


class Office:
    """What a service knows after some files: which numbers were taken, with what content."""

    def __init__(
        self, today: date, referrals: Mapping[str, str] | None = None, taught: Mapping[str, Sequence[str]] | None = None
    ):
        self.today = today
        self.referrals = referrals or {}
        self.taught = taught or {}
        self.taken: dict[tuple[str, str, str], tuple[Any, ...]] = {}

    def answers(self, file: InputFile) -> Iterator[tuple[int, Answer]]:
        """The answer to every row of the file, by line."""
        for row in read_rows(file.path, file.kind):
            if row.faults:
                yield row.line, ("refused", *next(iter(row.faults.items())))
                continue
            try:
                yield row.line, self._answer(file, row.fields)
            except Faulty as faulty:
                yield row.line, ("refused", *faulty.args)

    def _answer(self, file: InputFile, fields: Mapping[str, str]) -> Answer:
        columns = [name for name, column in reference.columns(file.kind).items() if not column.ignored]
        read = {name: self._read(file.kind, name, fields.get(name, "")) for name in columns}
        if file.kind == "intake":
            self._check_form(read)
        if file.kind == "completions":
            self._check_completion(read)
        number = str(read[columns[0]])
        owner = {"intake": file.sender, "vacancies": str(read.get("employer")), "completions": ""}[file.kind]
        known = self.taken.setdefault((file.kind, owner, number), content := tuple(read.values()))
        if known is not content:
            if known == content:
                return REPEATED
            raise Faulty("result" if file.kind == "completions" else columns[0], "changed")
        return WAITING if file.kind == "completions" and number not in self.referrals else ACCEPTED

    def _read(self, kind: reference.FileKind, name: str, typed: str) -> Any:
        column = reference.columns(kind)[name]
        try:
            text = cell(typed, column.longest)
            if not text:
                if column.required:
                    raise TextFault("required")
                return None
            return self._reader(kind, name)(text)
        except TextFault as fault:
            raise Faulty(name, fault.reason) from None

    def _reader(self, kind: reference.FileKind, name: str) -> Callable[[str], Any]:
        def one(list_: reference.Kind) -> Callable[[str], str]:
            return lambda text: reference.resolve(list_, text)

        def some(list_: reference.Kind) -> Callable[[str], tuple[str, ...]]:
            return lambda text: reference.resolve_all(list_, text)

        readers: dict[str, Callable[[str], Any]] = {
            "form_no": str, "vacancy_no": str, "note": str, "name_km": khmer_name, "name_latin": latin_name,
            "sex": one("sex"), "birth_date": self._past, "phone": phone, "phone_owner": one("phone-owner"),
            "language": one("language"), "id_number": identity_number, "id_missing_reason": one("id-missing-reason"),
            "commune": _commune, "return_date": self._past, "border_point": one("border-point"),
            "sector_abroad": one("sectors"), "occupation": _occupation, "needs": some("needs"),
            "consent": some("consent-purpose"), "consent_given": one("consent-given"),
            "skills": codes if kind == "completions" else some("skills"),
            "debt_usd": lambda text: whole_number(text, 0, 1_000_000), "employer": code, "course": code,
            "seats": lambda text: whole_number(text, 1, 10_000),
            "wage_usd": lambda text: whole_number(text, 0, 100_000),
            "closes": self._to_come, "code": referral_codes.check, "completed_on": self._past, "result": one("result"),
        }  # fmt: skip
        return readers[name]

    def _past(self, text: str) -> date:
        if (day := parse_date(text)) > self.today:
            raise TextFault("future-date")
        return day

    def _to_come(self, text: str) -> date:
        if (day := parse_date(text)) < self.today:
            raise TextFault("past-date")
        return day

    def _check_form(self, read: Mapping[str, Any]) -> None:
        if not read["name_km"] and not read["name_latin"]:
            raise Faulty("name_km", "required")
        if read["birth_date"] and read["return_date"] and read["birth_date"] > read["return_date"]:
            raise Faulty("birth_date", "contradiction")
        if read["phone_owner"] and (read["phone"] is None) != (read["phone_owner"] == "none"):
            raise Faulty("phone_owner", "contradiction")
        if read["id_number"] and read["id_missing_reason"]:
            raise Faulty("id_missing_reason", "contradiction")
        if bool(read["consent"]) != bool(read["consent_given"]):
            raise Faulty("consent_given", "required" if read["consent"] else "contradiction")

    def _check_completion(self, read: Mapping[str, Any]) -> None:
        if read["course"] not in self.taught:
            raise Faulty("course", "unknown-course")
        if set(read["skills"] or ()) - set(self.taught[read["course"]]):
            raise Faulty("skills", "unknown-skill")
        if self.referrals.get(read["code"], read["course"]) != read["course"]:
            raise Faulty("course", "other-course")


def _commune(text: str) -> str:
    if reference.commune(found := place_code(text)) is None:
        raise TextFault("unknown-commune")
    return found


def _occupation(text: str) -> str:
    group = reference.occupations().get(place_code(text, 4))
    if group is None or group.level != 4:
        raise TextFault("unknown-code")
    return group.code


def made_up(name_km: str) -> bool:
    """Whether a name begins with one of the words for sample, trial, example, exercise."""
    return khmer.has_khmer(name_km) and name_km.split()[0] in ("គំរូ", "សាកល្បង", "ឧទាហរណ៍", "លំហាត់")
