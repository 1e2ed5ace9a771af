"""Boards compared with the roll, month by month."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from services.common.runtime import row_security

revision = "20261125_2000"
down_revision = "20261125_1955"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "agreements",
        sa.Column("township", sa.String(9), nullable=False),
        sa.Column("month", sa.String(7), nullable=False),
        sa.Column(
            "after",
            sa.String(36),
            nullable=False,
            comment="the part begins after this household; empty: first",
        ),
        sa.Column("compared_on", sa.Date(), nullable=False),
        sa.Column("on_roll", sa.Integer(), nullable=False),
        sa.Column("on_board", sa.Integer(), nullable=False),
        sa.Column("differences", sa.JSON(), nullable=False, comment="household, case, what differs"),
        sa.PrimaryKeyConstraint("township", "month", "after", name=op.f("pk_agreements")),
    )
    row_security.enable(op.get_bind(), ("agreements",))


def downgrade() -> None:
    row_security.disable(op.get_bind(), ("agreements",))
    op.drop_table("agreements")
