"""Bodies about social protection: what a person says of herself, and what is decided on a proposal."""

from typing import Annotated, Literal

from pydantic import AfterValidator, Field

from services.intake.domain.scheme_rules import facts
from services.intake.requests.fields import Body
from shared.text import TextFault

ASKED = tuple(name for name, fact in facts().items() if fact.asked)
"""Facts that a person is asked for."""


def _asked(name: str) -> str:
    if name not in ASKED:
        raise TextFault("unknown-code")
    return name


class Circumstances(Body):
    """What she says, by fact: yes, no, or null to take an answer back. Facts that are not named stay as they are."""

    facts: Annotated[
        dict[Annotated[str, Field(max_length=40), AfterValidator(_asked)], bool | None],
        Field(min_length=1, max_length=40, description=f"of {', '.join(ASKED)}"),
    ]


class ProposalDecision(Body):
    """What the counsellor and the person decide: a referral to the scheme, or none for now, and why."""

    decision: Literal["refer", "not-now"]
    reason: Literal["person-declined", "documents-missing", "has-it-already", "other"] | None = None
