"""Facts about social protection that intake owns; what tells of poverty, health or pregnancy stays there."""

from typing import Annotated

from pydantic import Field

from shared.events.envelope import Code, Contract, Id, contract


class SchemeAnswer(Contract):
    """What one scheme's rule says of the person."""

    scheme: Code
    rule: Code = Field(description="version of the scheme's rule")
    outcome: Code = Field(description="eligible, not-eligible, or unknown because a fact is missing")


@contract("intake", "eligibility-evaluated")
class EligibilityEvaluated(Contract):
    """Rules were asked about the case, and at least one answers otherwise than before. A proposal: people decide."""

    rules: Code = Field(description="version of all rules that held on that day")
    because: Code = Field(description="asked, facts-told, placement or rules-changed")
    answers: Annotated[tuple[SchemeAnswer, ...], Field(max_length=50)] = Field(
        default=(), description="those that are new, of schemes whose answer tells nothing of poverty or health"
    )


@contract("intake", "eligibility-decided")
class EligibilityDecided(Contract):
    """A counsellor decided on a proposal with the person: a referral to the scheme, or none now."""

    evaluation: Id
    decision: Code = Field(description="refer or not-now")
