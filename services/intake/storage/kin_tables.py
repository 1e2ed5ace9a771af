"""Tables of kinship: declarations by staff, widenings, requests, register, examinations, referrals."""

from __future__ import annotations

from sqlalchemy import (
    JSON,
    BigInteger,
    Boolean,
    Column,
    Date,
    Index,
    String,
    Table,
    Text,
    UniqueConstraint,
)

from services.common.runtime import row_security
from services.intake.storage.metadata import metadata

staff_declarations = Table(
    "staff_declarations",
    metadata,
    Column("declaration_id", String(36), primary_key=True),
    Column("staff_id", String(36), nullable=False),
    Column(
        "area",
        String(12),
        nullable=False,
        comment="where the declarant works",
    ),
    Column("person_id", String(36), nullable=False, index=True, comment="the kin"),
    Column("relation", String(40), nullable=False, comment="of the kin to the member of staff"),
    Column("stage", String(20), nullable=False),
    Column("declared_on", Date, nullable=False),
    Column("reviewed_by", String(80), nullable=False, default=""),
    Column("reviewed_on", Date),
    Column("filed_by", String(80), nullable=False, default=""),
    Column("filed_on", Date),
    Column("note", Text, nullable=False, default="", comment="why it was returned"),
    UniqueConstraint("staff_id", "person_id"),
)
Index("ix_staff_declarations_area", staff_declarations.c.area, staff_declarations.c.stage)

kin_widenings = Table(
    "kin_widenings",
    metadata,
    Column("township", String(12), primary_key=True),
    Column("from_on", Date, primary_key=True),
    Column("relations", JSON, nullable=False, comment="counted as near kin beyond the regulation's list"),
    Column("reason", Text, nullable=False),
    Column("set_by", String(36), nullable=False),
)

recusal_requests = Table(
    "recusal_requests",
    metadata,
    Column("township", String(12), primary_key=True),
    Column("request_id", String(36), primary_key=True),
    Column("case_id", String(36), nullable=False, index=True),
    Column("household_id", String(36), nullable=False, index=True),
    Column("staff_id", String(36), nullable=False),
    Column("reason", Text, nullable=False),
    Column("asked_on", Date, nullable=False),
    Column("replacement_id", String(36)),
    Column("named_by", String(80), nullable=False, default=""),
    Column("named_on", Date),
    UniqueConstraint("request_id"),
    UniqueConstraint("case_id", "staff_id"),
)

kin_entries = Table(
    "kin_entries",
    metadata,
    Column("township", String(12), primary_key=True),
    Column("case_id", String(36), primary_key=True),
    Column("household_id", String(36), nullable=False),
    Column("village", String(12), nullable=False),
    Column("staff_ids", JSON, nullable=False),
    Column("registered_on", Date, nullable=False),
    Column("late", Boolean, nullable=False, comment="kin were found after acceptance"),
    Column("filed_on", Date, comment="filed with the district"),
    Column("filed_by", String(80), nullable=False, default=""),
    UniqueConstraint("case_id"),
)

reexaminations = Table(
    "reexaminations",
    metadata,
    Column("township", String(12), primary_key=True),
    Column("reexamination_id", String(36), primary_key=True),
    Column("case_id", String(36), nullable=False, index=True),
    Column("household_id", String(36), nullable=False),
    Column("ground", String(40), nullable=False),
    Column("staff_ids", JSON, nullable=False, comment="kin who were not declared"),
    Column("source_id", String(80), nullable=False, default="", comment="objection or report"),
    Column("opened_on", Date, nullable=False),
    Column("opened_by", String(80), nullable=False),
    Column("concluded_on", Date),
    Column("concluded_by", String(80), nullable=False, default=""),
    Column("outcome", String(20), nullable=False, default=""),
    Column("monthly_amount_fen", BigInteger, nullable=False, default=0),
    UniqueConstraint("reexamination_id"),
)

referrals = Table(
    "referrals",
    metadata,
    Column("referral_id", String(36), primary_key=True),
    Column("kind", String(20), nullable=False),
    Column("area", String(12), nullable=False, index=True),
    Column("staff_id", String(36), nullable=False, comment="whom the suspicion concerns"),
    Column("case_id", String(36), nullable=False, default=""),
    Column("facts", Text, nullable=False),
    Column("authority", String(80), nullable=False, comment="body it was handed to"),
    Column("referred_on", Date, nullable=False),
    Column("referred_by", String(80), nullable=False),
    Column("receipt_no", String(80), nullable=False, default=""),
    Column("received_on", Date),
    Column("outcome", Text, nullable=False, default=""),
    Column("answered_on", Date),
)

row_security.guard(recusal_requests, kin_entries, reexaminations)
