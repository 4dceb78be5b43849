"""Counts as they are shown."""

from pydantic import BaseModel, Field


class CentreCounts(BaseModel):
    """A centre's cases by what was reached, and its referrals by kind and state.

    `referrals` has for each kind how many were made, and how many are in each state now.
    """

    centre: str
    registered: int
    assessed: int
    planned: int
    placed: int
    closed: int
    referrals: dict[str, dict[str, int]] = Field(default={})


class Counts(BaseModel):
    """By centre; and, for who sees every centre, the events recorded here and heard of others, by type."""

    centres: list[CentreCounts]
    recorded: dict[str, int]
    heard: dict[str, int]
