"""Lanes that townships are moved between, and when a dead letter was applied after all."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "20261124_0500"
down_revision = "20261124_0410"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "lanes",
        sa.Column("township", sa.String(length=12), nullable=False),
        sa.Column("lane", sa.String(length=40), nullable=False, comment="where its events are announced now"),
        sa.Column(
            "moving_to", sa.String(length=40), nullable=False, comment="set while a move is on its way"
        ),
        sa.Column("moved_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("township", name=op.f("pk_lanes")),
    )
    with op.batch_alter_table("dead_letters") as batch:
        batch.add_column(
            sa.Column(
                "replayed_at",
                sa.DateTime(timezone=True),
                nullable=True,
                comment="when an operator had it applied after all",
            )
        )


def downgrade() -> None:
    with op.batch_alter_table("dead_letters") as batch:
        batch.drop_column("replayed_at")
    op.drop_table("lanes")
