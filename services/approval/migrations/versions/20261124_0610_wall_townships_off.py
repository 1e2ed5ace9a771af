"""Rows of a township are walled off from whoever does not work for it (PostgreSQL)."""

from __future__ import annotations

from alembic import op

from services.common.runtime import row_security

revision = "20261124_0610"
down_revision = "20261124_0600"
branch_labels = None
depends_on = None

TABLES = ("docket", "publicities", "recusals", "meetings", "decisions")


def upgrade() -> None:
    row_security.enable(op.get_bind(), TABLES)


def downgrade() -> None:
    row_security.disable(op.get_bind(), TABLES)
