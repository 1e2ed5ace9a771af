"""The spellings of every person's name, for finding people by pinyin."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from services.intake.rules.names import spellings

revision = "20261124_0630"
down_revision = "20261124_0620"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column(
        "persons",
        sa.Column(
            "spellings",
            sa.Text(),
            nullable=False,
            server_default="",
            comment="pinyin of the name, between spaces",
        ),
    )
    persons = sa.table("persons", sa.column("person_id"), sa.column("name"), sa.column("spellings"))
    connection = op.get_bind()
    for row in connection.execute(sa.select(persons.c.person_id, persons.c.name)).all():
        mine = persons.c.person_id == row.person_id
        connection.execute(sa.update(persons).where(mine).values(spellings=spellings(row.name)))


def downgrade() -> None:
    op.drop_column("persons", "spellings")
