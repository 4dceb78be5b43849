"""Intake's wiring."""

from pathlib import Path

from services.intake import history, reused
from services.intake.api import ROUTER
from services.intake.handlers import HANDLERS
from services.intake.indexing import Indexing
from services.intake.questionnaires import put_tables_in_force
from services.intake.rules import put_rules_in_force
from services.intake.storage import KINDS
from services.intake.storage.consents import UNCONFIRMED_BY_HOLDER
from services.intake.timetable import put_norms_in_force
from services.intake.watching_rules import RulesWatch
from shared.events.casework import (
    AssessmentDue,
    AssessmentRecorded,
    CasePlanAgreed,
    CasePlanDecided,
    CasePlanLate,
    LegalMatterMoved,
    SessionHeld,
)
from shared.events.intake import (
    CaseClosed,
    CaseRegistered,
    ConsentGiven,
    ConsentWithdrawn,
    ContactChanged,
    NeedsAssessed,
    PlanAgreed,
    ReferralAccepted,
    ReferralCompleted,
    ReferralEscalated,
    ReferralExpired,
    ReferralFailed,
    ReferralReceived,
    ReferralRejected,
    ReferralReminded,
    ReferralRequested,
    ReferralRerouted,
    ReferralStarted,
    ReferralWithdrawn,
)
from shared.events.protection import EligibilityDecided, EligibilityEvaluated
from shared.events.records import CaseChanged, ConflictFound, ConflictSettled
from shared.events.transfers import CaseReopened, TransferAccepted, TransferDeclined, TransferRequested
from shared.service import Service


def _own_settings() -> None:
    put_norms_in_force()
    put_tables_in_force()
    put_rules_in_force()


SERVICE = Service(
    name="intake",
    folder=Path(__file__).parent,
    handlers=HANDLERS,
    kinds=KINDS,
    emits=(
        CaseRegistered,
        ContactChanged,
        ConsentGiven,
        ConsentWithdrawn,
        NeedsAssessed,
        PlanAgreed,
        ReferralRequested,
        ReferralReceived,
        ReferralAccepted,
        ReferralRejected,
        ReferralStarted,
        ReferralCompleted,
        ReferralFailed,
        ReferralReminded,
        ReferralEscalated,
        ReferralExpired,
        ReferralRerouted,
        ReferralWithdrawn,
        CaseClosed,
        CaseReopened,
        TransferRequested,
        TransferAccepted,
        TransferDeclined,
        AssessmentDue,
        AssessmentRecorded,
        CasePlanAgreed,
        CasePlanDecided,
        CasePlanLate,
        SessionHeld,
        LegalMatterMoved,
        CaseChanged,
        ConflictFound,
        ConflictSettled,
        EligibilityEvaluated,
        EligibilityDecided,
    ),
    router=ROUTER,
    own_settings=_own_settings,
    gauges={"reintegration_withdrawals_unconfirmed": UNCONFIRMED_BY_HOLDER},
    loops=lambda running: (Indexing(running), RulesWatch(running)),
    reused=reused.keep,
    device_times=history.note_times,
)
