"""Consents that ended."""

from typing import Final

from sqlalchemy import Boolean, Column, Date, DateTime, Table, Text, Uuid
from sqlalchemy.dialects.postgresql import JSONB

from services.intake.domain.withdrawals import EndedConsent
from services.intake.storage.tables import METADATA, identifier
from shared.kinds import Kind

ended_consent = Table(
    "ended_consent",
    METADATA,
    identifier("consent", key=True),
    Column("person", Uuid(as_uuid=False)),
    Column("purpose", Text),
    Column("text_version", Text),
    Column("given", Text),
    Column("given_at", DateTime(timezone=True)),
    Column("expires", Date),
    Column("how", Text),
    Column("ended_at", DateTime(timezone=True)),
    Column("waiting", JSONB),
    Column("confirmed", JSONB),
    Column("confirm_by", DateTime(timezone=True)),
    Column("late", Boolean),
)

ENDED_CONSENTS = Kind(EndedConsent, ended_consent, minted=True)

UNCONFIRMED_BY_HOLDER: Final = """
select holder, count(*) from ended_consent cross join lateral jsonb_array_elements_text(waiting) as holder
where waiting <> '[]' and confirm_by <= now() group by holder
"""
"""For the gauge: of how many consents each holder has not confirmed the end in time."""
