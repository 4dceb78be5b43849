"""Social protection: the rules, what a person says for them, what they propose, and what a counsellor decides."""

from typing import Annotated

from fastapi import APIRouter

from services.intake.commands import eligibility as commands
from services.intake.queries import eligibility as queries
from services.intake.requests.eligibility import Circumstances, ProposalDecision
from services.intake.views.eligibility import AnswerView, Rules, SaidView
from shared.access import CENTRE_LEAD, COUNSELLOR, OPERATOR, SCHEME_OFFICER, allow
from shared.commands import Answer, Command, Query
from shared.events.envelope import Id

allow(
    "intake",
    {
        "read-rules": {COUNSELLOR, CENTRE_LEAD, SCHEME_OFFICER, OPERATOR},
        "ask-about-all": {OPERATOR},
        "tell-circumstances": {COUNSELLOR, CENTRE_LEAD},
        "read-circumstances": {COUNSELLOR, CENTRE_LEAD},
        "ask-rules": {COUNSELLOR, CENTRE_LEAD},
        "read-eligibility": {COUNSELLOR, CENTRE_LEAD},
        "decide-proposal": {COUNSELLOR, CENTRE_LEAD},
    },
)

ROUTER = APIRouter(tags=["social protection"])


@ROUTER.get("/rules", summary="Rules of social protection schemes, with source and validity")
async def read_rules(query: Annotated[Query, Query.of("intake.read-rules")]) -> Rules:
    """Those of the past too; of a rule that was not verified, what is in doubt."""
    return queries.rules(query)


@ROUTER.post("/rules/evaluation", summary="Ask the rules about every open case again")
async def ask_about_all(command: Annotated[Command, Command.of("intake.ask-about-all")]) -> Answer:
    """In pages, in the background. Happens by itself when a rule comes into force, goes or is changed."""
    return await commands.ask_about_all(command)


@ROUTER.get("/persons/{person}/circumstances", summary="What the person said that rules ask for")
async def read_circumstances(
    person: Id, query: Annotated[Query, Query.of("intake.read-circumstances")]
) -> list[SaidView]:
    """Every question, in Khmer and English, with her answer; for her own centre alone."""
    return await queries.said(query, person)


@ROUTER.post("/persons/{person}/circumstances", summary="What the person says that rules ask for")
async def tell_circumstances(
    person: Id, body: Circumstances, command: Annotated[Command, Command.of("intake.tell-circumstances")]
) -> Answer:
    """Kept sealed, and never told to others. Where her latest case is open the rules are asked at once."""
    return await commands.tell_circumstances(command, person, body)


@ROUTER.post("/cases/{case}/eligibility", summary="Ask the rules about a case")
async def ask_rules(case: Id, command: Annotated[Command, Command.of("intake.ask-rules")]) -> Answer:
    """Every rule that holds today; answers that cannot be told are kept too, with what is missing."""
    return await commands.ask_rules(command, case)


@ROUTER.get("/cases/{case}/eligibility", summary="Each scheme's last answer about a case")
async def read_eligibility(case: Id, query: Annotated[Query, Query.of("intake.read-eligibility")]) -> list[AnswerView]:
    """A proposal with its reason and the rule's version, in Khmer and English; missing facts as questions to ask."""
    return await queries.answers(query, case)


@ROUTER.post("/evaluations/{evaluation}/decision", summary="Decide on a proposal")
async def decide_proposal(
    evaluation: Id, body: ProposalDecision, command: Annotated[Command, Command.of("intake.decide-proposal")]
) -> Answer:
    """`refer` makes the referral to the scheme, where the person agrees to it; only the last answer can be decided."""
    return await commands.decide_proposal(command, evaluation, body)
