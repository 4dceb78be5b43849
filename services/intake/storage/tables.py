"""Intake's tables."""

from sqlalchemy import BigInteger, Boolean, Column, Date, DateTime, Integer, MetaData, Table, Text, Uuid
from sqlalchemy.dialects.postgresql import JSONB

METADATA = MetaData()


def identifier(name: str, key: bool = False) -> Column[str]:
    return Column(name, Uuid(as_uuid=False), primary_key=key)


person = Table(
    "person",
    METADATA,
    identifier("person", key=True),
    Column("centre", Text),
    identifier("caseid"),
    Column("sex", Text),
    identifier("contact"),
    Column("channel", Text),
    Column("language", Text),
    Column("consents", JSONB),
    Column("version", Integer),
)

cases = Table(
    "cases",  # `case` is a word of SQL
    METADATA,
    identifier("caseid", key=True),
    identifier("person"),
    Column("centre", Text),
    Column("registered_on", Date),
    Column("commune", Text),
    Column("return_date", Date),
    Column("border_point", Text),
    Column("sector", Text),
    Column("occupation", Text),
    Column("skills_claimed", JSONB),
    Column("id_missing_reason", Text),
    Column("debt_usd", Integer),
    Column("needs", JSONB),
    identifier("plan"),
    Column("placement", JSONB),
    Column("state", Text),
    Column("closing", Text),
    Column("closed_on", Date),
    Column("commune_origin", Text),
    Column("return_kind", Text),
    Column("country", Text),
    Column("work_years", Integer),
    Column("unpaid_wages_usd", Integer),
    Column("debt_monthly_usd", Integer),
    Column("schooling", Text),
    Column("documents_held", JSONB),
    Column("vulnerabilities", JSONB),
    Column("version", Integer),
    Column("flags", JSONB),
)

plan = Table(
    "plan",
    METADATA,
    identifier("plan", key=True),
    identifier("person"),
    identifier("caseid"),
    Column("rules", Text),
    Column("services", JSONB),
    Column("unmet", JSONB),
    Column("agreed_on", Date),
)

referral = Table(
    "referral",
    METADATA,
    identifier("referral", key=True),
    Column("code", Text),
    identifier("person"),
    identifier("caseid"),
    Column("service", Text),
    Column("kind", Text),
    Column("purpose", Text),
    Column("requested_on", Date),
    Column("provider", Text),
    Column("course", Text),
    Column("scheme", Text),
    Column("occupation", Text),
    Column("priority", Text),
    Column("state", Text),
    Column("changed_on", Date),
    Column("reason", Text),
    Column("outcome", Text),
    Column("requested_at", DateTime(timezone=True)),
    Column("steps", Integer),
    Column("reminded", Integer),
    Column("escalated", Text),
    Column("escalated_at", DateTime(timezone=True)),
    identifier("root"),
    Column("number", Integer),
    Column("rerouted_from", Text),
    Column("rerouted_to", Text),
)

office = Table(
    "office",
    METADATA,
    Column("office", Text, primary_key=True),
    Column("kinds", JSONB),
    Column("provinces", JSONB),
    Column("districts", JSONB),
    Column("capacity", Integer),
    Column("title_en", Text),
    Column("title_km", Text),
    Column("closed", Boolean),
)

offer = Table(
    "offer",
    METADATA,
    Column("course", Text, primary_key=True),
    Column("provider", Text),
    Column("title_en", Text),
    Column("title_km", Text),
    Column("sector", Text),
    Column("occupation", Text),
    Column("province", Text),
    Column("skills", JSONB),
    Column("closed", Boolean),
)

evaluation = Table(
    "evaluation",
    METADATA,
    identifier("evaluation", key=True),
    identifier("person"),
    identifier("caseid"),
    Column("scheme", Text),
    Column("rule", Text),
    Column("outcome", Text),
    Column("reason", Text),
    Column("missing", JSONB),
    Column("evaluated_at", DateTime(timezone=True)),
)

heard = Table(
    "heard",
    METADATA,
    identifier("id", key=True),
    identifier("person"),
    Column("owner", Text),
    Column("type", Text),
    Column("sequence", BigInteger),
    Column("time", DateTime(timezone=True)),
    identifier("caseid"),
    identifier("correlationid"),
    identifier("causationid"),
    Column("data", JSONB),
)
