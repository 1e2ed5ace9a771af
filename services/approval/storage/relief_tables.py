"""approval's tables of temporary relief and of the reserve fund."""

from __future__ import annotations

from sqlalchemy import (
    JSON,
    BigInteger,
    Boolean,
    CheckConstraint,
    Column,
    Date,
    ForeignKey,
    Index,
    Integer,
    String,
    Table,
    Text,
)

from services.approval.storage.tables import metadata
from services.common.runtime import row_security

reliefs = Table(
    "reliefs",
    metadata,
    Column("relief_id", String(36), primary_key=True),
    Column("household_id", String(36), nullable=False, index=True),
    Column("township", String(9), nullable=False),
    Column("village", String(12), nullable=False),
    Column("residence_village", String(12), nullable=False),
    Column("compound", Text, nullable=False),
    Column("head_name", String(80), nullable=False, comment="published by R5.3a and R5.3b"),
    Column("kind", String(20), nullable=False),
    Column("cause", String(20), nullable=False),
    Column("object_category", String(20), nullable=False),
    Column("amount_fen", BigInteger, nullable=False),
    Column("handler_id", String(80), nullable=False),
    Column("requested_on", Date, nullable=False),
    Column("lead_id", String(36), nullable=False, comment="the lead it came from; empty for none"),
    Column("stage", String(20), nullable=False),
    Column("revision", Integer, nullable=False, comment="of the proposal that is made public"),
    Column("proposed_on", Date),
    Column("ends_on", Date),
    Column("decidable_on", Date),
    Column("approver_id", String(80)),
    Column("reason", Text, nullable=False),
    Column("decided_on", Date),
    Column("granted_on", Date),
    Column("refused_on", Date),
    Column("notice_due_on", Date),
    Column("notice_provisional", Boolean, nullable=False),
    Column("notice_method", String(20)),
    Column("notice_served_on", Date),
    Column("notice_overdue_noted", Boolean, nullable=False),
    Column("paperwork_due_on", Date),
    Column("paperwork_provisional", Boolean, nullable=False),
    Column("paperwork_completed_on", Date),
    Column("paperwork_overdue_noted", Boolean, nullable=False),
    Column("platform_no", String(60), nullable=False),
    Column("platform_entered_on", Date),
    Column("platform_entered_by", String(80), nullable=False),
    Column("version", Integer, nullable=False),
    Index("ix_reliefs_township", "township", "stage", "requested_on"),
)

instalments = Table(
    "instalments",
    metadata,
    Column("relief_id", String(36), ForeignKey("reliefs.relief_id"), primary_key=True),
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column("township", String(9), nullable=False),
    Column("amount_fen", BigInteger, nullable=False),
    Column("planned_on", Date, nullable=False),
    Column("paid_on", Date),
    Column("source", String(20)),
    Column("source_note", Text, nullable=False),
    Column("payee", String(20), nullable=False),
    Column("consent_no", String(60), nullable=False, comment="the recipient's written consent"),
    Column("returned_fen", BigInteger, nullable=False),
)

fund_balances = Table(
    "fund_balances",
    metadata,
    Column("township", String(9), primary_key=True),
    Column("balance_fen", BigInteger, nullable=False),
    CheckConstraint("balance_fen >= 0", name="never_below_zero"),
)

fund_transfers = Table(
    "fund_transfers",
    metadata,
    Column("transfer_id", String(36), primary_key=True),
    Column("township", String(9), nullable=False),
    Column("kind", String(20), nullable=False),
    Column("amount_fen", BigInteger, nullable=False),
    Column("made_on", Date, nullable=False),
    Column("made_by", String(80), nullable=False),
    Column("relief_id", String(36)),
    Column("instalment", Integer, nullable=False),
    Column("request_id", String(36)),
    Column("note", Text, nullable=False),
    CheckConstraint("amount_fen > 0", name="moves_something"),
    Index("ix_fund_transfers_township", "township", "made_on"),
)

fund_entries = Table(
    "fund_entries",
    metadata,
    Column("transfer_id", String(36), ForeignKey("fund_transfers.transfer_id"), primary_key=True),
    Column("account", String(20), primary_key=True),
    Column("township", String(9), nullable=False, index=True),
    Column("amount_fen", BigInteger, nullable=False, comment="given to the account, or taken (negative)"),
)

fund_requests = Table(
    "fund_requests",
    metadata,
    Column("request_id", String(36), primary_key=True),
    Column("township", String(9), nullable=False),
    Column("half", String(6), nullable=False, comment="YYYYH1 or YYYYH2"),
    Column("amount_fen", BigInteger, nullable=False),
    Column("balance_fen", BigInteger, nullable=False, comment="of the fund when it was asked for"),
    Column("spent_fen", BigInteger, nullable=False, comment="from the fund in this half-year"),
    Column("unpaid_fen", BigInteger, nullable=False, comment="approved and not paid yet"),
    Column("exception_reason", Text, nullable=False),
    Column("requested_on", Date, nullable=False),
    Column("requested_by", String(80), nullable=False),
    Column("stage", String(20), nullable=False),
    Column("allocated_fen", BigInteger, nullable=False),
    Column("decided_on", Date),
    Column("decided_by", String(80), nullable=False),
    Column("reason", Text, nullable=False),
    Column("version", Integer, nullable=False),
    Index("ix_fund_requests_township", "township", "half"),
)

fund_years = Table(
    "fund_years",
    metadata,
    Column("township", String(9), primary_key=True),
    Column("year", Integer, primary_key=True, autoincrement=False),
    Column("carried_over_fen", BigInteger, nullable=False, comment="balance with which the year began"),
)

monthly_reports = Table(
    "monthly_reports",
    metadata,
    Column("township", String(9), primary_key=True),
    Column("month", String(7), primary_key=True),
    Column("version", Integer, primary_key=True, autoincrement=False),
    Column("content", JSON, nullable=False, comment="as it was sent"),
    Column("sha256", String(64), nullable=False, comment="of the content"),
    Column("sent_on", Date, nullable=False),
    Column("sent_by", String(80), nullable=False),
    Column("correction", Text, nullable=False, comment="why a new version was sent"),
)

row_security.guard(
    reliefs,
    instalments,
    fund_balances,
    fund_transfers,
    fund_entries,
    fund_requests,
    fund_years,
    monthly_reports,
)
