"""Intake's HTTP API: who may ask what, and where; a file a subject. What a command does is in `commands/`, what is read
in `queries/`."""

from fastapi import APIRouter

from services.intake.api import (
    assessments,
    caseplans,
    cases,
    consents,
    counts,
    eligibility,
    matters,
    offers,
    offices,
    persons,
    records,
    referrals,
    registration,
    sessions,
    timelines,
    transfers,
    worklist,
)
from shared.desk import repair_desk

ROUTER = APIRouter()
ROUTER.include_router(repair_desk("intake"))
for _subject in (registration, persons, cases, timelines, referrals, offers, offices, counts):
    ROUTER.include_router(_subject.ROUTER)
for _subject in (assessments, caseplans, sessions, matters, worklist):
    ROUTER.include_router(_subject.ROUTER)
ROUTER.include_router(records.ROUTER)
ROUTER.include_router(consents.ROUTER)
ROUTER.include_router(eligibility.ROUTER)
ROUTER.include_router(transfers.ROUTER)
