"""Since when tokens of somebody or something count again."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "20261124_0620"
down_revision = "20261124_0610"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "revocations",
        sa.Column(
            "subject",
            sa.String(length=80),
            nullable=False,
            comment="staff id, client id, or device:<id>",
        ),
        sa.Column(
            "revoked_at",
            sa.DateTime(timezone=True),
            nullable=False,
            comment="real time; tokens made before it are refused",
        ),
        sa.PrimaryKeyConstraint("subject", name=op.f("pk_revocations")),
    )


def downgrade() -> None:
    op.drop_table("revocations")
