"""approval's own tables."""

from __future__ import annotations

from sqlalchemy import (
    JSON,
    BigInteger,
    Boolean,
    Column,
    Date,
    ForeignKey,
    Index,
    Integer,
    String,
    Table,
    Text,
)

from services.common.papers import ledger
from services.common.runtime import row_security
from services.common.runtime.tables import Instant, service_metadata

metadata = service_metadata()

docket = Table(
    "docket",
    metadata,
    Column("case_id", String(36), primary_key=True),
    Column("household_id", String(36), nullable=False, index=True),
    Column("township", String(9), nullable=False),
    Column("revision", Integer, nullable=False, comment="preliminary opinion that the proposal comes from"),
    Column("category", String(20), nullable=False),
    Column("household_size", Integer, nullable=False),
    Column("insured_person_ids", JSON, nullable=False),
    Column("proposed_amount_fen", BigInteger, nullable=False),
    Column("due_on", Date, nullable=False, comment="end of the decision clock, as intake counts it"),
    Column("kin_declared", Boolean, nullable=False, comment="the district must visit first"),
    Column("district_visited_on", Date),
    Column("stage", String(20), nullable=False),
    Column("ready_on", Date, comment="first day on which a meeting may decide"),
    Column("meeting_id", String(36), comment="the meeting that has it on its agenda"),
    Column("village", String(12), nullable=False, server_default=""),
    Column("head_name", String(80), nullable=False, server_default="", comment="published by R5.2a"),
    Column("version", Integer, nullable=False),
    Index("ix_docket_township", "township", "stage", "due_on", "case_id"),
)

publicities = Table(
    "publicities",
    metadata,
    Column("case_id", String(36), primary_key=True),
    Column("revision", Integer, primary_key=True),
    Column("township", String(9), nullable=False),
    Column("ends_on", Date),
    Column("decidable_on", Date),
    Column("concluded_on", Date, comment="without objection"),
)

recusals = Table(
    "recusals",
    metadata,
    Column("household_id", String(36), primary_key=True),
    Column("staff_id", String(36), primary_key=True),
    Column("township", String(9), nullable=False),
)

posts = Table(
    "posts",
    metadata,
    Column("staff_id", String(36), primary_key=True),
    Column("role", String(40), primary_key=True),
    Column("area", String(12), primary_key=True, index=True),
    Column("position", Integer, primary_key=True, comment="a post may be held twice, at different times"),
    Column("from_on", Date),
    Column("to_on", Date),
)

meetings = Table(
    "meetings",
    metadata,
    Column("meeting_id", String(36), primary_key=True),
    Column("township", String(9), nullable=False, index=True),
    Column("starts_at", Instant, nullable=False),
    Column("place", Text, nullable=False),
    Column("convened_by", String(80), nullable=False),
    Column("delegated_to", String(36), comment="deputy leader who chairs by delegation (R4.3)"),
    Column("delegation_reason", Text, nullable=False),
    Column("kind", String(20), nullable=False, server_default="confirmation"),
    Column("minutes_paper_id", String(36), nullable=False, server_default="", comment="frozen with it"),
)

agenda = Table(
    "agenda",
    metadata,
    Column("meeting_id", String(36), ForeignKey("meetings.meeting_id"), primary_key=True),
    Column("case_id", String(36), ForeignKey("docket.case_id"), primary_key=True, index=True),
    Column("position", Integer, nullable=False),
)

attendance = Table(
    "attendance",
    metadata,
    Column("meeting_id", String(36), ForeignKey("meetings.meeting_id"), primary_key=True),
    Column("staff_id", String(80), primary_key=True),
    Column("seat", String(20), nullable=False),
    Column("by_post", Boolean, nullable=False, comment="false: a substitute (R4.4)"),
    Column("signed_at", Instant, nullable=False),
    Column("signed_as", String(80), nullable=False, server_default="", comment="the name that was signed"),
)

substitutes = Table(
    "substitutes",
    metadata,
    Column("meeting_id", String(36), ForeignKey("meetings.meeting_id"), primary_key=True),
    Column("seat", String(20), primary_key=True),
    Column("staff_id", String(80), nullable=False),
    Column("ground", String(20), nullable=False),
    Column("reason", Text, nullable=False),
    Column("named_by", String(80), nullable=False),
)

conclusions = Table(
    "conclusions",
    metadata,
    Column("meeting_id", String(36), ForeignKey("meetings.meeting_id"), primary_key=True),
    Column("case_id", String(36), primary_key=True),
    Column("outcome", String(20), nullable=False),
    Column("reason", Text, nullable=False),
    Column("concluded_at", Instant, nullable=False),
    Column("concluded_by", String(80), nullable=False),
    Column("decision_id", String(36), nullable=False, comment="empty where nothing was decided"),
)

votes = Table(
    "votes",
    metadata,
    Column("meeting_id", String(36), ForeignKey("meetings.meeting_id"), primary_key=True),
    Column("case_id", String(36), primary_key=True),
    Column("staff_id", String(80), primary_key=True),
    Column("vote", String(10), nullable=False),
    Column("dissent", Text, nullable=False),
    Column("cast_at", Instant, nullable=False),
)

decisions = Table(
    "decisions",
    metadata,
    Column("decision_id", String(36), primary_key=True),
    Column("case_id", String(36), ForeignKey("docket.case_id"), nullable=False, unique=True),
    Column("household_id", String(36), nullable=False),
    Column("township", String(9), nullable=False),
    Column("meeting_id", String(36), ForeignKey("meetings.meeting_id"), nullable=False),
    Column("revision", Integer, nullable=False),
    Column("outcome", String(10), nullable=False),
    Column("category", String(20), nullable=False),
    Column("tier", String(20), nullable=False),
    Column("insured_person_ids", JSON, nullable=False),
    Column("monthly_amount_fen", BigInteger, nullable=False),
    Column("add_on_fen", BigInteger, nullable=False),
    Column("reason", Text, nullable=False),
    Column("decided_on", Date, nullable=False),
    Column("decided_by", String(80), nullable=False, comment="the chair"),
    Column("next", String(20), nullable=False),
    Column("first_month", String(7), comment="YYYY-MM; none until the confirmation takes effect"),
    Column("refused_on", Date, comment="by the meeting or by the district; starts the notice clock"),
    Column("notice_due_on", Date),
    Column("notice_provisional", Boolean, nullable=False),
    Column("notice_method", String(20)),
    Column("notice_served_on", Date),
    Column("notice_overdue_noted", Boolean, nullable=False, comment="the finding is recorded once"),
    Column("district_outcome", String(10)),
    Column("district_reason", Text, nullable=False),
    Column("district_decided_on", Date),
    Column("filed_on", Date),
    Column("receipt_no", String(40), nullable=False),
    Column("correction", Text, nullable=False, server_default="", comment="what the district asks for"),
    Column("corrected", Text, nullable=False, server_default="", comment="what the township answered"),
    Column("spot_checked_on", Date, comment="the district went to the home"),
    Column("version", Integer, nullable=False),
    Index("ix_decisions_township", "township", "decided_on"),
    Index("ix_decisions_notice_due_on", "notice_due_on"),
)

receipt_counters = Table(
    "receipt_counters",
    metadata,
    Column("district", String(6), primary_key=True),
    Column("year", Integer, primary_key=True, autoincrement=False),
    Column("last", Integer, nullable=False),
)

row_security.guard(docket, publicities, recusals, meetings, decisions)
ledger.add_to(metadata)
