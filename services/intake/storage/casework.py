"""Tables and kinds of the work in a case."""

from sqlalchemy import Column, Date, Integer, Table, Text
from sqlalchemy.dialects.postgresql import JSONB

from services.intake.domain.casework import Assessment, CasePlan, Goal, Matter, Outreach, Session
from services.intake.storage.tables import METADATA, identifier
from shared.kinds import Kind

assessment = Table(
    "assessment",
    METADATA,
    identifier("assessment", key=True),
    identifier("person"),
    identifier("caseid"),
    Column("moment", Text),
    Column("due_on", Date),
    Column("state", Text),
    Column("questionnaire", Text),
    Column("held_on", Date),
)

case_plan = Table(
    "case_plan",
    METADATA,
    identifier("caseid", key=True),
    identifier("person"),
    Column("approve_by", Date),
    Column("state", Text),
    Column("revision", Integer),
    Column("given", Text),
    Column("agreed_on", Date),
    Column("decided_on", Date),
    Column("reason", Text),
)

goal = Table(
    "goal",
    METADATA,
    identifier("goal", key=True),
    identifier("person"),
    identifier("caseid"),
    Column("area", Text),
    Column("services", JSONB),
    Column("due_on", Date),
    Column("state", Text),
    Column("changed_on", Date),
)

session = Table(
    "session",
    METADATA,
    identifier("session", key=True),
    identifier("person"),
    identifier("caseid"),
    Column("kind", Text),
    Column("mode", Text),
    Column("planned_on", Date),
    Column("state", Text),
    Column("changed_on", Date),
)

outreach = Table(
    "outreach",
    METADATA,
    identifier("outreach", key=True),
    identifier("person"),
    identifier("caseid"),
    Column("channel", Text),
    Column("made_on", Date),
    Column("outcome", Text),
    Column("follow_up_on", Date),
)

matter = Table(
    "matter",
    METADATA,
    identifier("matter", key=True),
    identifier("person"),
    identifier("caseid"),
    Column("kind", Text),
    Column("state", Text),
    Column("next_on", Date),
    Column("opened_on", Date),
    Column("changed_on", Date),
    Column("outcome", Text),
)

ASSESSMENTS = Kind(Assessment, assessment, minted=True)

CASE_PLANS = Kind(CasePlan, case_plan, minted=True)

GOALS = Kind(Goal, goal, minted=True)

SESSIONS = Kind(Session, session, minted=True)

OUTREACH = Kind(Outreach, outreach, minted=True)

MATTERS = Kind(Matter, matter, minted=True)

CASEWORK = (ASSESSMENTS, CASE_PLANS, GOALS, SESSIONS, OUTREACH, MATTERS)
"""In the order they are locked, behind those of the case itself."""
