"""Which course a person is referred to, and who assesses her prior learning: from the offers, by trade and place."""

import hashlib
from collections.abc import Collection, Iterable, Sequence
from typing import Final

from services.intake.domain.model import Case, Offer
from shared import reference

SAME_OCCUPATION, SAME_SECTOR, OTHER_TRADE, NO_TRADE = range(4)
"""How near a course is to the person's own trade. `NO_TRADE` teaches what every work needs, and is nobody's trade."""
HERE, ELSEWHERE = range(2)
"""In the person's province, or not."""
GENERAL: Final = "general"


def course_for(case: Case, offers: Iterable[Offer], asked: Collection[str | None], teaches: str | None) -> Offer | None:
    """The course to refer to, or None where none fits.

    Fit goes by trade, then by place; among equals by a lot that falls the same way each time, so that a centre's
    returnees spread over equal courses. Another trade than her own is offered in her province only. `asked` courses
    are left out. With `teaches`, every course with that skill counts, and the trade does not.
    """
    trades = _trades(case)
    fitting = []
    for offer in offers:
        if offer.closed or offer.course in asked or (teaches is not None and teaches not in offer.skills):
            continue
        trade = SAME_OCCUPATION if teaches is not None else _trade(case.occupation, trades, offer)
        place = _place(case, offer)
        if trade < OTHER_TRADE or (trade == OTHER_TRADE and place == HERE):
            fitting.append(((trade, place), offer))
    equal = _best(fitting)
    return min(equal, key=lambda offer: _lot(case.caseid, offer.course)) if equal else None


def assessor_for(case: Case, offers: Iterable[Offer]) -> str | None:
    """The provider who assesses prior learning: one who teaches the person's occupation, else her sector; the nearest
    first."""
    trades = _trades(case)
    able = [
        ((trade, _place(case, offer)), offer)
        for offer in offers
        if (trade := _trade(case.occupation, trades, offer)) <= SAME_SECTOR
    ]
    equal = {offer.provider for offer in _best(able)}
    return min(equal, key=lambda provider: _lot(case.caseid, provider)) if equal else None


def sector_of(occupation: str | None, skills: Iterable[str]) -> str | None:
    """The sector of an offer that does not name one: that of most of its skills, else its occupation's."""
    known = [skill.sector for code in skills if (skill := reference.skills().get(code)) is not None]
    trades = [sector for sector in known if sector != GENERAL] or known
    if trades:
        return max(sorted(set(trades)), key=trades.count)
    return next(iter(_sectors(occupation)), None)


def _best(ranked: Sequence[tuple[tuple[int, int], Offer]]) -> list[Offer]:
    """Those of the lowest rank."""
    lowest = min((rank for rank, _ in ranked), default=None)
    return [offer for rank, offer in ranked if rank == lowest]


def _trade(occupation: str | None, trades: Collection[str | None], offer: Offer) -> int:
    if offer.occupation is not None and offer.occupation == occupation:
        return SAME_OCCUPATION
    if offer.sector == GENERAL:
        return NO_TRADE
    return SAME_SECTOR if offer.sector in trades else OTHER_TRADE


def _trades(case: Case) -> Collection[str | None]:
    return {case.sector, *_sectors(case.occupation)} - {None}


def _sectors(occupation: str | None) -> tuple[str, ...]:
    if occupation is None:
        return ()
    return tuple(sector.code for sector in reference.sectors().values() if occupation in sector.occupations)


def _place(case: Case, offer: Offer) -> int:
    province = case.commune and case.commune[:2]
    return HERE if offer.province in (None, province) else ELSEWHERE


def _lot(caseid: str, code: str) -> bytes:
    return hashlib.sha256(f"{caseid} {code}".encode()).digest()
