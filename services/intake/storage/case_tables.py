"""Tables of an application: case, members, clocks, verification, survey and opinion."""

from __future__ import annotations

from sqlalchemy import (
    JSON,
    BigInteger,
    Boolean,
    Column,
    Date,
    Index,
    Integer,
    String,
    Table,
    Text,
    UniqueConstraint,
)

from services.common.runtime import row_security
from services.intake.storage.metadata import metadata

cases = Table(
    "cases",
    metadata,
    Column("township", String(12), primary_key=True),
    Column("case_id", String(36), primary_key=True),
    Column("household_id", String(36), nullable=False, index=True),
    Column("visit_id", String(36), comment="visit on which the application was taken; empty at the counter"),
    Column("village", String(12), nullable=False),
    Column("category", String(20), nullable=False, comment="applied for"),
    Column("stage", String(30), nullable=False),
    Column("claim", Text, nullable=False, default="", comment="the family's own request in their words"),
    Column("received_on", Date, nullable=False, comment="receipt by the village"),
    Column("helped_by", String(36), comment="staff who helped with the application (R1.9)"),
    Column("accepted_on", Date, comment="acceptance by the township"),
    Column("handler_id", String(36)),
    Column("supplement", JSON, comment="what was missing, told once: missing, told_on, due_on"),
    Column("declined_on", Date),
    Column("decline_ground", String(40)),
    Column("opinion_revision", Integer, nullable=False, default=0),
    Column("outcome", String(20), nullable=False, default="", comment="confirm or refuse, once decided"),
    Column("version", Integer, nullable=False, default=0),
    UniqueConstraint("case_id"),
)
Index("ix_cases_township_stage", cases.c.township, cases.c.stage)

case_members = Table(
    "case_members",
    metadata,
    Column("township", String(12), primary_key=True),
    Column("case_id", String(36), primary_key=True, index=True),
    Column("person_id", String(36), primary_key=True),
    Column("position", Integer, nullable=False, comment="order on the application; 0 is the head"),
    Column("relation", String(40), nullable=False),
    Column("counted", Boolean, nullable=False, comment="co-living and counted"),
    Column("authorised", Boolean, nullable=False, comment="核对授权书 signed"),
    Column("is_staff", Boolean, nullable=False),
    Column("kin_relation", String(40), nullable=False),
    Column("kin_staff_id", String(36), nullable=False),
)

clocks = Table(
    "clocks",
    metadata,
    Column("township", String(12), primary_key=True),
    Column("case_id", String(36), primary_key=True, index=True),
    Column(
        "clock", String(40), primary_key=True, comment="decision, verification, publicity, refusal-notice"
    ),
    Column("owner", String(40), nullable=False, comment="service whose act stops it"),
    Column("household_id", String(36), nullable=False),
    Column("state", String(20), nullable=False),
    Column("started_on", Date, nullable=False),
    Column("target_on", Date, comment="early warning"),
    Column("due_on", Date, nullable=False, comment="legal end"),
    Column("provisional", Boolean, nullable=False, comment="a year without holiday notice was counted"),
    Column("article", String(40), nullable=False),
    Column("ground", String(40), nullable=False, default="", comment="ground of the extension"),
    Column("stopped_on", Date),
    Column("overdue_on", Date, comment="day on which it was first found overdue"),
)
Index("ix_clocks_state_due", clocks.c.state, clocks.c.due_on)

verifications = Table(
    "verifications",
    metadata,
    Column("township", String(12), primary_key=True),
    Column("verification_id", String(36), primary_key=True),
    Column("case_id", String(36), nullable=False, index=True),
    Column("requested_on", Date, nullable=False),
    Column("requested_by", String(36), nullable=False),
    Column("returned_on", Date),
    Column("report_no", String(80), nullable=False, default="", comment="number in the provincial system"),
    UniqueConstraint("verification_id"),
)

verified_facts = Table(
    "verified_facts",
    metadata,
    Column("verification_id", String(36), primary_key=True),
    Column("position", Integer, primary_key=True, autoincrement=False),
    Column("person_id", String(36), nullable=False),
    Column("kind", String(30), nullable=False),
    Column("amount_fen", BigInteger, nullable=False, comment="income by the month, holdings as they stand"),
    Column("note", Text, nullable=False, default=""),
)

survey_orders = Table(
    "survey_orders",
    metadata,
    Column("township", String(12), primary_key=True),
    Column("task_id", String(36), primary_key=True),
    Column("case_id", String(36), nullable=False, index=True),
    Column("surveyor_ids", JSON, nullable=False),
    Column("ordered_on", Date, nullable=False),
    Column("ordered_by", String(36), nullable=False),
)

surveys = Table(
    "surveys",
    metadata,
    Column("township", String(12), primary_key=True),
    Column("visit_id", String(36), primary_key=True),
    Column("case_id", String(36), nullable=False, index=True),
    Column("surveyor_ids", JSON, nullable=False),
    Column("visited_on", Date, nullable=False),
    Column("mode", String(20), nullable=False),
    Column("signed_by_family", Boolean, nullable=False),
    Column("refusal_reason", Text, nullable=False, default="", comment="why nobody of the family signed"),
    Column("witness", String(80), nullable=False, default=""),
    Column("facts", Text, nullable=False, comment="HouseholdFacts as JSON"),
    Column("filed_on", Date, nullable=False),
)

opinions = Table(
    "opinions",
    metadata,
    Column("township", String(12), primary_key=True),
    Column("case_id", String(36), primary_key=True, index=True),
    Column("revision", Integer, primary_key=True, autoincrement=False),
    Column("category", String(20), nullable=False),
    Column("eligible", Boolean, nullable=False),
    Column("cause", String(20), nullable=False, comment="coarse code of the cause of poverty"),
    Column("insured_person_ids", JSON, nullable=False),
    Column("monthly_amount_fen", BigInteger, nullable=False),
    Column("formed_on", Date, nullable=False),
    Column("handler_id", String(36), nullable=False),
    Column("policy_revision", Integer, nullable=False),
    Column("steps", JSON, nullable=False, comment="calculation: article and text, in order"),
)

row_security.guard(cases, case_members, clocks, verifications, survey_orders, surveys, opinions)
