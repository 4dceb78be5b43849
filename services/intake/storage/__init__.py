"""Intake's tables, and how its aggregates are kept in them.

All but offers, forms and codes belongs to one person and changes under that person's lock alone. So a transaction that
holds it may read any of her rows later on (`of_persons`), and what it read stands until it ends.
"""

from services.intake.storage.aggregates import (
    CASES,
    EVALUATIONS,
    HEARD,
    KINDS,
    OFFERS,
    OFFICES,
    PERSONS,
    PLANS,
    REFERRALS,
    UNANSWERED_BY_EMPLOYMENT,
    of_persons,
)
from services.intake.storage.casework import ASSESSMENTS, CASE_PLANS, GOALS, MATTERS, OUTREACH, SESSIONS
from services.intake.storage.codes import reserve_codes
from services.intake.storage.conflicts import CONFLICTS
from services.intake.storage.consents import ENDED_CONSENTS
from services.intake.storage.forms import FormKey, KnownForm, claim_forms, known_forms
from services.intake.storage.offers import all_offers
from services.intake.storage.offices import directory
from services.intake.storage.proposals import DECISIONS
from services.intake.storage.tables import METADATA
from services.intake.storage.transfers import TRANSFERS

__all__ = [
    "ASSESSMENTS",
    "CASES",
    "CASE_PLANS",
    "CONFLICTS",
    "DECISIONS",
    "ENDED_CONSENTS",
    "EVALUATIONS",
    "GOALS",
    "HEARD",
    "KINDS",
    "MATTERS",
    "METADATA",
    "OFFERS",
    "OFFICES",
    "OUTREACH",
    "PERSONS",
    "PLANS",
    "REFERRALS",
    "SESSIONS",
    "TRANSFERS",
    "UNANSWERED_BY_EMPLOYMENT",
    "FormKey",
    "KnownForm",
    "all_offers",
    "claim_forms",
    "directory",
    "known_forms",
    "of_persons",
    "reserve_codes",
]
