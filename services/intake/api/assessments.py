"""Assessments by questionnaire."""

from typing import Annotated

from fastapi import APIRouter

from services.intake.commands import assessments as commands
from services.intake.queries import assessments as queries
from services.intake.requests.assessments import HeldAssessment
from services.intake.views.assessments import AssessmentView, QuestionnaireView
from shared.access import CENTRE_LEAD, COUNSELLOR, OPERATOR, allow
from shared.commands import Answer, Command, Query
from shared.events.envelope import Id

allow(
    "intake",
    {
        "read-questionnaires": {COUNSELLOR, CENTRE_LEAD, OPERATOR},
        "record-assessment": {COUNSELLOR, CENTRE_LEAD},
        "read-assessments": {COUNSELLOR, CENTRE_LEAD},
    },
)

ROUTER = APIRouter()


@ROUTER.get("/questionnaires", tags=["assessment"], summary="The questionnaire's versions, in Khmer and English")
async def read_questionnaires(
    query: Annotated[Query, Query.of("intake.read-questionnaires")],
) -> list[QuestionnaireView]:
    """The latest first. Choices stand in the order in which they are read out."""
    return queries.every_questionnaire()


@ROUTER.post("/cases/{case}/assessments", tags=["assessment"], summary="An assessment was held")
async def record_assessment(
    case: Id, body: HeldAssessment, command: Annotated[Command, Command.of("intake.record-assessment")]
) -> Answer:
    """One for each moment, and any number of `extra` ones. Needs are not changed by it: the counsellor decides."""
    return await commands.record_assessment(command, case, body)


@ROUTER.get("/cases/{case}/assessments", tags=["assessment"], summary="Assessments, due and held, with their scores")
async def read_assessments(
    case: Id, query: Annotated[Query, Query.of("intake.read-assessments")]
) -> list[AssessmentView]:
    """For the case's own centre alone."""
    return await queries.assessments(query, case)
