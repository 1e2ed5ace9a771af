"""Papers: their numbers, what was issued, how it was delivered, and the scans that came back."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from services.common.runtime import row_security

revision = "20261124_0700"
down_revision = "20261124_0630"
branch_labels = None
depends_on = None

TABLES = ("paper_numbers", "issued_papers", "paper_deliveries", "paper_scans")


def upgrade() -> None:
    op.create_table(
        "paper_numbers",
        sa.Column("township", sa.String(length=12), nullable=False, comment="the body that numbers"),
        sa.Column("year", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("series", sa.String(length=12), nullable=False, comment="letter of the kind, as in 受"),
        sa.Column("last", sa.Integer(), nullable=False, comment="last number given out; none is left out"),
        sa.PrimaryKeyConstraint("township", "year", "series", name=op.f("pk_paper_numbers")),
    )
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
        sa.UniqueConstraint("paper_id", name=op.f("uq_issued_papers_paper_id")),
        sa.UniqueConstraint("case_id", "kind", name=op.f("uq_issued_papers_case_id")),
        sa.UniqueConstraint("number", name=op.f("uq_issued_papers_number")),
    )
    op.create_index(op.f("ix_issued_papers_case_id"), "issued_papers", ["case_id"])
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
    op.create_index(op.f("ix_paper_scans_paper_id"), "paper_scans", ["paper_id"])
    row_security.enable(op.get_bind(), TABLES)


def downgrade() -> None:
    row_security.disable(op.get_bind(), TABLES)
    for table in reversed(TABLES):
        op.drop_table(table)
