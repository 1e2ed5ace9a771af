"""Names that people had before, and up to where everybody has read the news of his cases."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "20261125_1900"
down_revision = "20261125_1840"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "former_names",
        sa.Column("person_id", sa.String(36), nullable=False),
        sa.Column("name", sa.String(80), nullable=False),
        sa.Column("spellings", sa.Text(), nullable=False, comment="pinyin of the name, between spaces"),
        sa.Column("until_on", sa.Date(), nullable=False, comment="day on which the name was changed here"),
        sa.ForeignKeyConstraint(["person_id"], ["persons.person_id"], name=op.f("fk_former_names_person_id")),
        sa.PrimaryKeyConstraint("person_id", "name", name=op.f("pk_former_names")),
    )
    op.create_table(
        "notice_marks",
        sa.Column("staff_id", sa.String(80), nullable=False),
        sa.Column("seq", sa.BigInteger(), nullable=False, comment="last finding that was seen"),
        sa.PrimaryKeyConstraint("staff_id", name=op.f("pk_notice_marks")),
    )


def downgrade() -> None:
    op.drop_table("notice_marks")
    op.drop_table("former_names")
