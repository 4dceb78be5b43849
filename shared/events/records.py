"""Facts that intake owns about what its records hold: a case's fields changed, edits in conflict, conflicts settled.

Names of fields as codes, never what stands in them.
"""

from typing import Annotated

from pydantic import Field

from shared.events.envelope import Code, Commune, Contract, Id, Occupation, contract

Codes = Annotated[tuple[Code, ...], Field(max_length=50)]


@contract("intake", "case-changed")
class CaseChanged(Contract):
    """What others hold of a case was completed or corrected; these are all its values as they are now."""

    commune: Commune | None = Field(default=None, description="where the person lives now, no finer than the commune")
    sector: Code | None = Field(default=None, description="sector of the work abroad")
    occupation: Occupation | None = Field(default=None, description="ISCO-08 unit group of the work abroad")
    skills_claimed: Codes = Field(default=(), description="skills the person says to have, not assessed yet")


@contract("intake", "conflict-found")
class ConflictFound(Contract):
    """Two edits of one version touched the same fields; both are kept until somebody decides."""

    conflict: Id
    record: Code = Field(description="person or case")
    fields: Codes = Field(description="names of the fields")


@contract("intake", "conflict-settled")
class ConflictSettled(Contract):
    """A conflict ended."""

    conflict: Id
    record: Code = Field(description="person or case")
    outcome: Code = Field(description="resolved by somebody, or expired: then what the record held stands")
