"""Temporary relief and the reserve fund: reliefs, their stages, double entries, requests, reports."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from services.common.runtime import row_security

revision = "20261125_0900"
down_revision = "20261124_0620"
branch_labels = None
depends_on = None

TABLES = (
    "reliefs",
    "instalments",
    "fund_balances",
    "fund_transfers",
    "fund_entries",
    "fund_requests",
    "fund_years",
    "monthly_reports",
)


def upgrade() -> None:
    op.create_table(
        "fund_balances",
        sa.Column("township", sa.String(length=9), nullable=False),
        sa.Column("balance_fen", sa.BigInteger(), nullable=False),
        sa.CheckConstraint("balance_fen >= 0", name=op.f("ck_fund_balances_never_below_zero")),
        sa.PrimaryKeyConstraint("township", name=op.f("pk_fund_balances")),
    )
    op.create_table(
        "fund_requests",
        sa.Column("request_id", sa.String(length=36), nullable=False),
        sa.Column("township", sa.String(length=9), nullable=False),
        sa.Column("half", sa.String(length=6), nullable=False, comment="YYYYH1 or YYYYH2"),
        sa.Column("amount_fen", sa.BigInteger(), nullable=False),
        sa.Column(
            "balance_fen", sa.BigInteger(), nullable=False, comment="of the fund when it was asked for"
        ),
        sa.Column("spent_fen", sa.BigInteger(), nullable=False, comment="from the fund in this half-year"),
        sa.Column("unpaid_fen", sa.BigInteger(), nullable=False, comment="approved and not paid yet"),
        sa.Column("exception_reason", sa.Text(), nullable=False),
        sa.Column("requested_on", sa.Date(), nullable=False),
        sa.Column("requested_by", sa.String(length=80), nullable=False),
        sa.Column("stage", sa.String(length=20), nullable=False),
        sa.Column("allocated_fen", sa.BigInteger(), nullable=False),
        sa.Column("decided_on", sa.Date(), nullable=True),
        sa.Column("decided_by", sa.String(length=80), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("request_id", name=op.f("pk_fund_requests")),
    )
    op.create_index("ix_fund_requests_township", "fund_requests", ["township", "half"], unique=False)
    op.create_table(
        "fund_transfers",
        sa.Column("transfer_id", sa.String(length=36), nullable=False),
        sa.Column("township", sa.String(length=9), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("amount_fen", sa.BigInteger(), nullable=False),
        sa.Column("made_on", sa.Date(), nullable=False),
        sa.Column("made_by", sa.String(length=80), nullable=False),
        sa.Column("relief_id", sa.String(length=36), nullable=True),
        sa.Column("instalment", sa.Integer(), nullable=False),
        sa.Column("request_id", sa.String(length=36), nullable=True),
        sa.Column("note", sa.Text(), nullable=False),
        sa.CheckConstraint("amount_fen > 0", name=op.f("ck_fund_transfers_moves_something")),
        sa.PrimaryKeyConstraint("transfer_id", name=op.f("pk_fund_transfers")),
    )
    op.create_index("ix_fund_transfers_township", "fund_transfers", ["township", "made_on"], unique=False)
    op.create_table(
        "fund_years",
        sa.Column("township", sa.String(length=9), nullable=False),
        sa.Column("year", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column(
            "carried_over_fen", sa.BigInteger(), nullable=False, comment="balance with which the year began"
        ),
        sa.PrimaryKeyConstraint("township", "year", name=op.f("pk_fund_years")),
    )
    op.create_table(
        "monthly_reports",
        sa.Column("township", sa.String(length=9), nullable=False),
        sa.Column("month", sa.String(length=7), nullable=False),
        sa.Column("version", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("content", sa.JSON(), nullable=False, comment="as it was sent"),
        sa.Column("sha256", sa.String(length=64), nullable=False, comment="of the content"),
        sa.Column("sent_on", sa.Date(), nullable=False),
        sa.Column("sent_by", sa.String(length=80), nullable=False),
        sa.Column("correction", sa.Text(), nullable=False, comment="why a new version was sent"),
        sa.PrimaryKeyConstraint("township", "month", "version", name=op.f("pk_monthly_reports")),
    )
    op.create_table(
        "reliefs",
        sa.Column("relief_id", sa.String(length=36), nullable=False),
        sa.Column("household_id", sa.String(length=36), nullable=False),
        sa.Column("township", sa.String(length=9), nullable=False),
        sa.Column("village", sa.String(length=12), nullable=False),
        sa.Column("residence_village", sa.String(length=12), nullable=False),
        sa.Column("compound", sa.Text(), nullable=False),
        sa.Column("head_name", sa.String(length=80), nullable=False, comment="published by R5.3a and R5.3b"),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("cause", sa.String(length=20), nullable=False),
        sa.Column("object_category", sa.String(length=20), nullable=False),
        sa.Column("amount_fen", sa.BigInteger(), nullable=False),
        sa.Column("handler_id", sa.String(length=80), nullable=False),
        sa.Column("requested_on", sa.Date(), nullable=False),
        sa.Column(
            "lead_id", sa.String(length=36), nullable=False, comment="the lead it came from; empty for none"
        ),
        sa.Column("stage", sa.String(length=20), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False, comment="of the proposal that is made public"),
        sa.Column("proposed_on", sa.Date(), nullable=True),
        sa.Column("ends_on", sa.Date(), nullable=True),
        sa.Column("decidable_on", sa.Date(), nullable=True),
        sa.Column("approver_id", sa.String(length=80), nullable=True),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("decided_on", sa.Date(), nullable=True),
        sa.Column("granted_on", sa.Date(), nullable=True),
        sa.Column("refused_on", sa.Date(), nullable=True),
        sa.Column("notice_due_on", sa.Date(), nullable=True),
        sa.Column("notice_provisional", sa.Boolean(), nullable=False),
        sa.Column("notice_method", sa.String(length=20), nullable=True),
        sa.Column("notice_served_on", sa.Date(), nullable=True),
        sa.Column("notice_overdue_noted", sa.Boolean(), nullable=False),
        sa.Column("paperwork_due_on", sa.Date(), nullable=True),
        sa.Column("paperwork_provisional", sa.Boolean(), nullable=False),
        sa.Column("paperwork_completed_on", sa.Date(), nullable=True),
        sa.Column("paperwork_overdue_noted", sa.Boolean(), nullable=False),
        sa.Column("platform_no", sa.String(length=60), nullable=False),
        sa.Column("platform_entered_on", sa.Date(), nullable=True),
        sa.Column("platform_entered_by", sa.String(length=80), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("relief_id", name=op.f("pk_reliefs")),
    )
    op.create_index(op.f("ix_reliefs_household_id"), "reliefs", ["household_id"], unique=False)
    op.create_index("ix_reliefs_township", "reliefs", ["township", "stage", "requested_on"], unique=False)
    op.create_table(
        "fund_entries",
        sa.Column("transfer_id", sa.String(length=36), nullable=False),
        sa.Column("account", sa.String(length=20), nullable=False),
        sa.Column("township", sa.String(length=9), nullable=False),
        sa.Column(
            "amount_fen", sa.BigInteger(), nullable=False, comment="given to the account, or taken (negative)"
        ),
        sa.ForeignKeyConstraint(
            ["transfer_id"], ["fund_transfers.transfer_id"], name=op.f("fk_fund_entries_transfer_id")
        ),
        sa.PrimaryKeyConstraint("transfer_id", "account", name=op.f("pk_fund_entries")),
    )
    op.create_index(op.f("ix_fund_entries_township"), "fund_entries", ["township"], unique=False)
    op.create_table(
        "instalments",
        sa.Column("relief_id", sa.String(length=36), nullable=False),
        sa.Column("number", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("township", sa.String(length=9), nullable=False),
        sa.Column("amount_fen", sa.BigInteger(), nullable=False),
        sa.Column("planned_on", sa.Date(), nullable=False),
        sa.Column("paid_on", sa.Date(), nullable=True),
        sa.Column("source", sa.String(length=20), nullable=True),
        sa.Column("source_note", sa.Text(), nullable=False),
        sa.Column("payee", sa.String(length=20), nullable=False),
        sa.Column(
            "consent_no", sa.String(length=60), nullable=False, comment="the recipient's written consent"
        ),
        sa.Column("returned_fen", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(["relief_id"], ["reliefs.relief_id"], name=op.f("fk_instalments_relief_id")),
        sa.PrimaryKeyConstraint("relief_id", "number", name=op.f("pk_instalments")),
    )
    row_security.enable(op.get_bind(), TABLES)


def downgrade() -> None:
    row_security.disable(op.get_bind(), TABLES)
    op.drop_table("instalments")
    op.drop_index(op.f("ix_fund_entries_township"), table_name="fund_entries")
    op.drop_table("fund_entries")
    op.drop_index("ix_reliefs_township", table_name="reliefs")
    op.drop_index(op.f("ix_reliefs_household_id"), table_name="reliefs")
    op.drop_table("reliefs")
    op.drop_table("monthly_reports")
    op.drop_table("fund_years")
    op.drop_index("ix_fund_transfers_township", table_name="fund_transfers")
    op.drop_table("fund_transfers")
    op.drop_index("ix_fund_requests_township", table_name="fund_requests")
    op.drop_table("fund_requests")
    op.drop_table("fund_balances")
