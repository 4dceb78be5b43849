"""Assessments held: answers sealed, with what they came to by the rule and weights of that day."""

from typing import Any

from services.intake import questionnaires, sealed, storage
from services.intake.commands.holding import hold_case
from services.intake.domain import assessments
from services.intake.domain.outcomes import Score
from services.intake.domain.outcomes import score as outcome_score
from services.intake.domain.questionnaires import RULE, Result, check, evaluate
from services.intake.requests.assessments import HeldAssessment
from services.intake.storage import ASSESSMENTS
from shared.commands import Answer, Command, Unit
from shared.local_time import day
from shared.work import new_id


async def record_assessment(command: Command, caseid: str, body: HeldAssessment) -> Answer:
    """An interview was held."""

    async def act(unit: Unit) -> Answer:
        person, case = await hold_case(unit, command, caseid)
        today = day(unit.working.now)
        held_on = body.held_on or today
        questionnaire = questionnaires.questionnaire_for(body.questionnaire, held_on)
        check(questionnaire, body.answers)
        known = await storage.of_persons(unit.connection, ASSESSMENTS, [person.person])
        made, decision = assessments.record(
            case,
            known.values(),
            body.moment,
            questionnaire.version,
            held_on,
            new_id(),
            questionnaires.norms(),
            today,
        )
        content: dict[str, Any] = {"answers": body.answers, "note": body.note}
        content["vulnerability"] = _told(evaluate(questionnaire, body.answers))
        weights = questionnaires.weights_for(questionnaire.version, held_on)
        if weights is not None:
            content["outcome"] = _scored(weights.version, outcome_score(weights, questionnaire, body.answers))
        unit.apply(decision)
        await sealed.seal(unit.connection, [sealed.Sealed("assessment", made.assessment, person.person, content)])
        return Answer(
            status="recorded",
            ids={"case": caseid, "assessment": made.assessment},
            links={"assessments": f"/cases/{caseid}/assessments"},
        )

    return await command.run(act)


def _told(result: Result) -> dict[str, Any]:
    return {
        "rule": RULE,
        "level": result.level,
        "whole": _rounded(result.whole),
        "subjects": {name: _rounded(share) for name, share in result.subjects.items()},
        "missing": result.missing,
        "urgent": result.urgent,
        "needs": result.needs,
    }


def _scored(weights: str, score: Score) -> dict[str, Any]:
    return {
        "weights": weights,
        "dimensions": {name: _rounded(value) for name, value in score.dimensions.items()},
        "whole": _rounded(score.whole),
        "missing": score.missing,
    }


def _rounded(value: Any) -> float | None:
    """To three places: more would be said than is known."""
    return None if value is None else round(float(value), 3)
