"""Somebody taken up with what is known of her, be it nothing; and what others learn once more is known."""

from datetime import date

from services.intake.domain import consents, records
from services.intake.domain.model import Case, Identity, Person
from services.intake.domain.records import Record
from services.intake.domain.registration import Ids
from shared.events.envelope import NewEvent
from shared.events.intake import CaseRegistered
from shared.events.records import CaseChanged
from shared.kinds import NOTHING, Decision

LANGUAGE = "km"
"""Until somebody says otherwise."""


def person_of(ids: Ids, centre: str, fields: Record) -> tuple[Person, Identity]:
    """A person nobody knew before, from the fields of her record."""
    new = Person(ids.person, centre, ids.caseid, None, ids.contact, "none", LANGUAGE, {})
    person, identity = records.person_with(new, Identity(), fields)
    channel = consents.channel(identity.phone is not None, identity.phone_owner)
    return person._replace(channel=channel, language=person.language or LANGUAGE), identity


def case_of(ids: Ids, centre: str, fields: Record, today: date) -> tuple[Case, dict[str, object]]:
    """A new case and its sealed fields, from the fields of its record."""
    new = Case(ids.caseid, ids.person, centre, today, None, None, None, None, None, (), None, None)
    return records.case_with(new, {}, fields)


def take_up(person: Person, case: Case) -> Decision:
    """A person and her first case."""
    return _opened(case).and_then(Decision((person,), (consents.told(person),)))


def return_again(person: Person, case: Case) -> Decision:
    """A known person's next case; what she agreed to and how she is reached stays as it is."""
    return _opened(case).and_then(Decision((person._replace(caseid=case.caseid),)))


def _opened(case: Case) -> Decision:
    registered = CaseRegistered(
        centre=case.centre,
        commune=case.commune,
        sector=case.sector,
        occupation=case.occupation,
        skills_claimed=case.skills_claimed,
    )
    return Decision((case,), (NewEvent(case.person, registered, case.caseid),))


def change_case(before: Case, after: Case) -> Decision:
    """The case as it is now; others are told where something changed that they hold."""
    decision = Decision((after,)) if after != before else NOTHING
    if all(getattr(before, name) == getattr(after, name) for name in records.TOLD):
        return decision
    told = CaseChanged(
        commune=after.commune,
        sector=after.sector,
        occupation=after.occupation,
        skills_claimed=after.skills_claimed,
    )
    return decision.and_then(Decision((), (NewEvent(after.person, told, after.caseid),)))
