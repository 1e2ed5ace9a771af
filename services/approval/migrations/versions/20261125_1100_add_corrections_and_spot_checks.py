"""What the district asks to be corrected, and which homes it has seen."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "20261125_1100"
down_revision = "20261125_1000"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column(
        "decisions",
        sa.Column(
            "correction", sa.Text(), server_default="", nullable=False, comment="what the district asks for"
        ),
    )
    op.add_column(
        "decisions",
        sa.Column(
            "corrected", sa.Text(), server_default="", nullable=False, comment="what the township answered"
        ),
    )
    op.add_column(
        "decisions",
        sa.Column("spot_checked_on", sa.Date(), nullable=True, comment="the district went to the home"),
    )


def downgrade() -> None:
    op.drop_column("decisions", "spot_checked_on")
    op.drop_column("decisions", "corrected")
    op.drop_column("decisions", "correction")
