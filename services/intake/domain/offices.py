"""Offices for legal help, health, shelter and psychosocial care: which one a person is sent to, by kind, place and
capacity."""

import hashlib
from collections.abc import Collection, Iterable, Mapping
from typing import Final, NamedTuple

from services.intake.domain.model import Case, Office
from services.intake.domain.referrals import Wanted

KINDS: Final = ("legal-assistance", "health", "shelter", "psychosocial")
"""Kinds of referral that offices of the directory take. Courses and prior learning go by offers, the others have one
office in the country."""
IN_DISTRICT, IN_PROVINCE, EVERYWHERE = range(3)
"""How near an office is, as far as it says whom it serves."""


class Directory(NamedTuple):
    """The offices, and how many referrals each has open."""

    offices: tuple[Office, ...]
    open: Mapping[str, int]


NONE: Final = Directory((), {})


def office_for(case: Case, kind: str, directory: Directory, asked: Collection[str | None] = ()) -> str | None:
    """The office to send the person of this case to, or None where none fits.

    The nearest first, among equals the one with the most room, and then by a lot that falls the same way each time.
    Closed ones, full ones and those `asked` before are left out.
    """
    fitting = [
        (near, _load(office, directory), _lot(case.caseid, office.office), office.office)
        for office in directory.offices
        if kind in office.kinds
        and not office.closed
        and office.office not in asked
        and _load(office, directory) < 1
        and (near := _nearness(office, case.commune)) is not None
    ]
    return min(fitting)[-1] if fitting else None


def taking(directory: Directory, made: Iterable[Wanted]) -> Directory:
    """The directory with these referrals on top, for whoever is sent next in the same breath."""
    opened = dict(directory.open)
    for wanted in made:
        if wanted.kind in KINDS and wanted.provider is not None:
            opened[wanted.provider] = opened.get(wanted.provider, 0) + 1
    return directory._replace(open=opened)


def _nearness(office: Office, commune: str | None) -> int | None:
    """None where the office does not serve this place; one that serves everybody asks for none."""
    if not office.districts and not office.provinces:
        return EVERYWHERE
    if commune is None:
        return None
    if commune[:4] in office.districts:
        return IN_DISTRICT
    return IN_PROVINCE if commune[:2] in office.provinces else None


def _load(office: Office, directory: Directory) -> float:
    return directory.open.get(office.office, 0) / office.capacity if office.capacity else 0.0


def _lot(caseid: str, code: str) -> bytes:
    return hashlib.sha256(f"{caseid} {code}".encode()).digest()
