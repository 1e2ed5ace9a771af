"""The list that both sign when a post is handed over takes the place of two counts."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "20261125_1910"
down_revision = "20261125_1900"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "handover_items",
        sa.Column("handover_id", sa.String(length=36), nullable=False),
        sa.Column("position", sa.Integer(), autoincrement=False, nullable=False, comment="order on the list"),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column(
            "subject",
            sa.String(length=36),
            nullable=False,
            comment="case, task or paper; empty for a cabinet",
        ),
        sa.Column("words", sa.Text(), nullable=False, comment="names nobody of a family"),
        sa.Column("village", sa.String(length=12), nullable=False),
        sa.Column("case_id", sa.String(length=36), nullable=False),
        sa.Column("household_id", sa.String(length=36), nullable=False),
        sa.Column(
            "state", sa.String(length=20), nullable=False, comment="what became of it by the second signature"
        ),
        sa.ForeignKeyConstraint(
            ["handover_id"], ["handovers.handover_id"], name=op.f("fk_handover_items_handover_id")
        ),
        sa.PrimaryKeyConstraint("handover_id", "position", name=op.f("pk_handover_items")),
    )
    with op.batch_alter_table("handovers") as table:
        table.drop_column("open_cases")
        table.drop_column("open_tasks")


def downgrade() -> None:
    with op.batch_alter_table("handovers") as table:
        table.add_column(sa.Column("open_tasks", sa.Integer(), nullable=False, server_default="0"))
        table.add_column(sa.Column("open_cases", sa.Integer(), nullable=False, server_default="0"))
    op.drop_table("handover_items")
