"""Meetings of three kinds with substitutes, conclusions and minutes; approval's own papers."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from services.common.runtime import row_security

revision = "20261125_1000"
down_revision = "20261125_0900"
branch_labels = None
depends_on = None

TABLES = (
    "paper_numbers",
    "issued_papers",
    "paper_deliveries",
    "paper_scans",
)


def upgrade() -> None:
    op.create_table(
        "issued_papers",
        sa.Column("township", sa.String(length=12), nullable=False),
        sa.Column("paper_id", sa.String(length=36), nullable=False),
        sa.Column("village", sa.String(length=12), nullable=False),
        sa.Column("case_id", sa.String(length=36), nullable=False),
        sa.Column("household_id", sa.String(length=36), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("number", sa.String(length=60), nullable=False),
        sa.Column(
            "wording",
            sa.String(length=60),
            nullable=False,
            comment="kind and version of the words it was made from",
        ),
        sa.Column("content", sa.JSON(), nullable=False, comment="the whole paper, as it was set"),
        sa.Column(
            "mark",
            sa.String(length=12),
            nullable=False,
            comment="short hash of the words, printed in the QR code",
        ),
        sa.Column("sha256", sa.String(length=64), nullable=False, comment="of the PDF as issued"),
        sa.Column("size", sa.BigInteger(), nullable=False),
        sa.Column("issued_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("issued_by", sa.String(length=80), nullable=False),
        sa.PrimaryKeyConstraint("township", "paper_id", name=op.f("pk_issued_papers")),
        sa.UniqueConstraint("case_id", "kind", name=op.f("uq_issued_papers_case_id")),
        sa.UniqueConstraint("number", name=op.f("uq_issued_papers_number")),
        sa.UniqueConstraint("paper_id", name=op.f("uq_issued_papers_paper_id")),
    )
    op.create_index(op.f("ix_issued_papers_case_id"), "issued_papers", ["case_id"], unique=False)
    op.create_table(
        "paper_deliveries",
        sa.Column("township", sa.String(length=12), nullable=False),
        sa.Column("paper_id", sa.String(length=36), nullable=False),
        sa.Column("method", sa.String(length=20), nullable=False),
        sa.Column("delivered_on", sa.Date(), nullable=False),
        sa.Column("receiver", sa.String(length=80), nullable=False, comment="who took it"),
        sa.Column("proof_sha256", sa.String(length=64), nullable=False, comment="photo of the delivery"),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("recorded_by", sa.String(length=80), nullable=False),
        sa.PrimaryKeyConstraint("township", "paper_id", name=op.f("pk_paper_deliveries")),
        sa.UniqueConstraint("paper_id", name=op.f("uq_paper_deliveries_paper_id")),
    )
    op.create_table(
        "paper_numbers",
        sa.Column("township", sa.String(length=12), nullable=False, comment="the body that numbers"),
        sa.Column("year", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("series", sa.String(length=12), nullable=False, comment="letter of the kind, as in 受"),
        sa.Column("last", sa.Integer(), nullable=False, comment="last number given out; none is left out"),
        sa.PrimaryKeyConstraint("township", "year", "series", name=op.f("pk_paper_numbers")),
    )
    op.create_table(
        "paper_scans",
        sa.Column(
            "township",
            sa.String(length=12),
            nullable=False,
            comment="of the paper, or of whoever brought the scan",
        ),
        sa.Column("scan_id", sa.String(length=36), nullable=False),
        sa.Column("paper_id", sa.String(length=36), nullable=True, comment="empty: to be filed by hand"),
        sa.Column("sha256", sa.String(length=64), nullable=False, comment="of the scanned file"),
        sa.Column("page", sa.Integer(), nullable=False, comment="page of the file, from 1"),
        sa.Column("problem", sa.Text(), nullable=False, comment="why it could not file itself"),
        sa.Column("scanned_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("scanned_by", sa.String(length=80), nullable=False),
        sa.Column("filed_by", sa.String(length=80), nullable=False, comment="who filed it by hand"),
        sa.PrimaryKeyConstraint("township", "scan_id", name=op.f("pk_paper_scans")),
        sa.UniqueConstraint("scan_id", name=op.f("uq_paper_scans_scan_id")),
        sa.UniqueConstraint("sha256", "page", name=op.f("uq_paper_scans_sha256")),
    )
    op.create_index(op.f("ix_paper_scans_paper_id"), "paper_scans", ["paper_id"], unique=False)
    op.create_table(
        "conclusions",
        sa.Column("meeting_id", sa.String(length=36), nullable=False),
        sa.Column("case_id", sa.String(length=36), nullable=False),
        sa.Column("outcome", sa.String(length=20), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("concluded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("concluded_by", sa.String(length=80), nullable=False),
        sa.Column(
            "decision_id", sa.String(length=36), nullable=False, comment="empty where nothing was decided"
        ),
        sa.ForeignKeyConstraint(
            ["meeting_id"], ["meetings.meeting_id"], name=op.f("fk_conclusions_meeting_id")
        ),
        sa.PrimaryKeyConstraint("meeting_id", "case_id", name=op.f("pk_conclusions")),
    )
    op.create_table(
        "substitutes",
        sa.Column("meeting_id", sa.String(length=36), nullable=False),
        sa.Column("seat", sa.String(length=20), nullable=False),
        sa.Column("staff_id", sa.String(length=80), nullable=False),
        sa.Column("ground", sa.String(length=20), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("named_by", sa.String(length=80), nullable=False),
        sa.ForeignKeyConstraint(
            ["meeting_id"], ["meetings.meeting_id"], name=op.f("fk_substitutes_meeting_id")
        ),
        sa.PrimaryKeyConstraint("meeting_id", "seat", name=op.f("pk_substitutes")),
    )
    op.add_column(
        "attendance",
        sa.Column(
            "signed_as",
            sa.String(length=80),
            server_default="",
            nullable=False,
            comment="the name that was signed",
        ),
    )
    op.add_column("docket", sa.Column("village", sa.String(length=12), server_default="", nullable=False))
    op.add_column(
        "docket",
        sa.Column(
            "head_name", sa.String(length=80), server_default="", nullable=False, comment="published by R5.2a"
        ),
    )
    op.add_column(
        "meetings", sa.Column("kind", sa.String(length=20), server_default="confirmation", nullable=False)
    )
    op.add_column(
        "meetings",
        sa.Column(
            "minutes_paper_id",
            sa.String(length=36),
            server_default="",
            nullable=False,
            comment="frozen with it",
        ),
    )
    row_security.enable(op.get_bind(), TABLES)


def downgrade() -> None:
    row_security.disable(op.get_bind(), TABLES)
    op.drop_column("meetings", "minutes_paper_id")
    op.drop_column("meetings", "kind")
    op.drop_column("docket", "head_name")
    op.drop_column("docket", "village")
    op.drop_column("attendance", "signed_as")
    op.drop_table("substitutes")
    op.drop_table("conclusions")
    op.drop_index(op.f("ix_paper_scans_paper_id"), table_name="paper_scans")
    op.drop_table("paper_scans")
    op.drop_table("paper_numbers")
    op.drop_table("paper_deliveries")
    op.drop_index(op.f("ix_issued_papers_case_id"), table_name="issued_papers")
    op.drop_table("issued_papers")
