"""A case's assessments with their answers and scores, and the questionnaires themselves."""

from typing import Any, Final

from services.intake import questionnaires, sealed
from services.intake.domain.questionnaires import Question, Questionnaire
from services.intake.views.assessments import (
    AssessmentView,
    ChoiceView,
    OutcomeView,
    QuestionnaireView,
    QuestionView,
    Title,
    VulnerabilityView,
)
from shared.commands import Query
from shared.rejections import Absent

ASSESSMENTS: Final = """
select assessment::text, moment, state, due_on, held_on, questionnaire from assessment where caseid = $1
order by due_on, assessment
"""


async def assessments(query: Query, caseid: str) -> list[AssessmentView]:
    """All of a case of the asker's centre, in order of their days; Absent otherwise."""
    async with query.running.database.connection() as connection:
        centre = await connection.fetchval("select centre from cases where caseid = $1", caseid)
        if centre is None:
            raise Absent
        query.access.require(centre=centre)
        rows = await connection.fetch(ASSESSMENTS, caseid)
        said = await sealed.unseal(connection, "assessment", [row["assessment"] for row in rows])
    shown = [_view(dict(row), said.get(row["assessment"], {})) for row in rows]
    entry = next((each.outcome for each in shown if each.moment == "entry"), None)
    for each in shown:
        if entry is not None and each.outcome is not None and each.moment != "entry":
            each.outcome.change = _change(entry, each.outcome)
    return shown


def every_questionnaire() -> list[QuestionnaireView]:
    """Every version there was, the latest first."""
    known = sorted(questionnaires.questionnaires().values(), key=lambda each: each.valid_from, reverse=True)
    return [_questionnaire(each) for each in known]


def _view(row: dict[str, Any], said: Any) -> AssessmentView:
    vulnerability, outcome = said.get("vulnerability"), said.get("outcome")
    return AssessmentView(
        **row,
        answers=said.get("answers", {}),
        note=said.get("note"),
        vulnerability=VulnerabilityView(**vulnerability) if vulnerability else None,
        outcome=OutcomeView(**outcome) if outcome else None,
    )


def _change(entry: OutcomeView, later: OutcomeView) -> dict[str, float]:
    """By dimension and for the whole; nothing where the weights are others, since the scales are too."""
    if entry.weights != later.weights:
        return {}
    before, now = ({**each.dimensions, "whole": each.whole} for each in (entry, later))
    return {
        name: round(value - before[name], 3)  # type: ignore[operator]
        for name, value in now.items()
        if value is not None and before.get(name) is not None
    }


def _questionnaire(known: Questionnaire) -> QuestionnaireView:
    return QuestionnaireView(
        version=known.version,
        valid_from=known.valid_from,
        valid_to=known.valid_to,
        source=known.source,
        questions=[_question(each) for each in known.questions.values()],
    )


def _question(known: Question) -> QuestionView:
    en, km = questionnaires.titles()[known.subject]
    return QuestionView(
        code=known.code,
        en=known.en,
        km=known.km,
        subject=Title(code=known.subject, en=en, km=km),
        choices=[
            ChoiceView(code=each.code, en=each.en, km=each.km, urgent=each.urgent) for each in known.choices.values()
        ],
    )
