"""The library of policy with its search and readings, activities, studies and trainings."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from services.common.runtime.tables import Instant

revision = "20261125_1955"
down_revision = "20261125_1915"
branch_labels = None
depends_on = None

TABLES = ("attendances", "trainings", "studies", "activities", "readings", "library_grams", "library")


def upgrade() -> None:
    _create_library()
    op.create_table(
        "activities",
        sa.Column("activity_id", sa.String(36), nullable=False),
        sa.Column("area", sa.String(12), nullable=False),
        sa.Column("channel", sa.String(20), nullable=False),
        sa.Column("title", sa.String(200), nullable=False),
        sa.Column("held_on", sa.Date(), nullable=False),
        sa.Column("copies", sa.Integer(), nullable=False),
        sa.Column("reach", sa.Integer(), nullable=False),
        sa.Column("proof", sa.String(400), nullable=False),
        sa.Column("recorded_by", sa.String(80), nullable=False),
        sa.PrimaryKeyConstraint("activity_id", name=op.f("pk_activities")),
    )
    op.create_table(
        "studies",
        sa.Column("study_id", sa.String(36), nullable=False),
        sa.Column("area", sa.String(12), nullable=False),
        sa.Column("place", sa.String(120), nullable=False),
        sa.Column("topic", sa.String(200), nullable=False),
        sa.Column("held_on", sa.Date(), nullable=False),
        sa.Column("findings", sa.Text(), nullable=False),
        sa.Column("recorded_by", sa.String(80), nullable=False),
        sa.PrimaryKeyConstraint("study_id", name=op.f("pk_studies")),
    )
    _create_trainings()
    for table in ("activities", "studies", "trainings"):
        op.create_index(op.f(f"ix_{table}_area"), table, ["area"])


def _create_library() -> None:
    op.create_table(
        "library",
        sa.Column("document_id", sa.String(36), nullable=False),
        sa.Column("version", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("area", sa.String(12), nullable=False, comment="who published it"),
        sa.Column("kind", sa.String(20), nullable=False),
        sa.Column("title", sa.String(200), nullable=False),
        sa.Column(
            "number", sa.String(80), nullable=False, comment="document number, empty where it has none"
        ),
        sa.Column("valid_from", sa.Date(), nullable=False),
        sa.Column("valid_until", sa.Date()),
        sa.Column("body", sa.Text(), nullable=False, comment="passed the leak gate"),
        sa.Column("file_name", sa.String(200), nullable=False),
        sa.Column("file_sha256", sa.String(64), nullable=False, comment="empty: text only"),
        sa.Column("file_size", sa.Integer(), nullable=False),
        sa.Column("published_on", sa.Date(), nullable=False),
        sa.Column("published_by", sa.String(80), nullable=False),
        sa.PrimaryKeyConstraint("document_id", "version", name=op.f("pk_library")),
    )
    op.create_table(
        "library_grams",
        sa.Column("gram", sa.String(4), nullable=False, comment="a pair of neighbouring signs"),
        sa.Column("document_id", sa.String(36), nullable=False),
        sa.Column("version", sa.Integer(), autoincrement=False, nullable=False),
        sa.PrimaryKeyConstraint("gram", "document_id", "version", name=op.f("pk_library_grams")),
    )
    op.create_table(
        "readings",
        sa.Column("document_id", sa.String(36), nullable=False),
        sa.Column("version", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("staff_id", sa.String(80), nullable=False),
        sa.Column("read_at", Instant(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("document_id", "version", "staff_id", name=op.f("pk_readings")),
    )


def _create_trainings() -> None:
    op.create_table(
        "trainings",
        sa.Column("training_id", sa.String(36), nullable=False),
        sa.Column("area", sa.String(12), nullable=False),
        sa.Column("level", sa.String(20), nullable=False),
        sa.Column("title", sa.String(200), nullable=False),
        sa.Column("planned_on", sa.Date(), nullable=False),
        sa.Column("code", sa.String(12), nullable=False, comment="shown in the room as a QR code"),
        sa.Column("planned_by", sa.String(80), nullable=False),
        sa.Column("held_on", sa.Date()),
        sa.Column("material", sa.Text(), nullable=False),
        sa.Column("questions", sa.Text(), nullable=False),
        sa.Column("cases", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("training_id", name=op.f("pk_trainings")),
    )
    op.create_table(
        "attendances",
        sa.Column("training_id", sa.String(36), nullable=False),
        sa.Column("staff_id", sa.String(80), nullable=False),
        sa.Column("at", Instant(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("training_id", "staff_id", name=op.f("pk_attendances")),
    )


def downgrade() -> None:
    for table in TABLES:
        op.drop_table(table)
