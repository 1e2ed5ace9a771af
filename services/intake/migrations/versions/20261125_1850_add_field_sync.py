"""What tablets fetch by delta and hand over in quarantine; merge tasks that a person settles."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "20261125_1850"
down_revision = "20261124_0720"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "field_versions",
        sa.Column("stream", sa.String(length=48), nullable=False, comment="a village, or staff:ID"),
        sa.Column("version", sa.BigInteger(), nullable=False, comment="of the last change"),
        sa.PrimaryKeyConstraint("stream", name=op.f("pk_field_versions")),
    )
    op.create_table(
        "field_changes",
        sa.Column("stream", sa.String(length=48), nullable=False),
        sa.Column("kind", sa.String(length=16), nullable=False, comment="household or task"),
        sa.Column("key", sa.String(length=36), nullable=False),
        sa.Column("version", sa.BigInteger(), nullable=False, comment="of the stream when it last changed"),
        sa.PrimaryKeyConstraint("stream", "kind", "key", name=op.f("pk_field_changes")),
    )
    op.create_index("ix_field_changes_stream_version", "field_changes", ["stream", "version"])
    op.create_table(
        "quarantined_works",
        sa.Column("visit_id", sa.String(length=36), nullable=False, comment="as the tablet names it"),
        sa.Column("device_id", sa.String(length=36), nullable=False),
        sa.Column("area", sa.String(length=12), nullable=False, comment="of the tablet"),
        sa.Column("arrived_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("closed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("closed_by", sa.String(length=80), server_default="", nullable=False),
        sa.Column(
            "outcome", sa.String(length=20), server_default="", nullable=False, comment="released or rejected"
        ),
        sa.Column("reason", sa.Text(), server_default="", nullable=False),
        sa.ForeignKeyConstraint(
            ["device_id"], ["devices.device_id"], name=op.f("fk_quarantined_works_device_id_devices")
        ),
        sa.PrimaryKeyConstraint("visit_id", name=op.f("pk_quarantined_works")),
    )
    op.create_index("ix_quarantined_works_area_open", "quarantined_works", ["area", "closed_at"])
    op.create_table(
        "quarantined_parts",
        sa.Column("visit_id", sa.String(length=36), nullable=False),
        sa.Column("part", sa.String(length=64), nullable=False, comment="record, or the SHA-256 of a photo"),
        sa.Column(
            "sha256", sa.String(length=64), nullable=False, comment="of the letter, which only our key opens"
        ),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("arrived_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["visit_id"],
            ["quarantined_works.visit_id"],
            name=op.f("fk_quarantined_parts_visit_id_quarantined_works"),
        ),
        sa.PrimaryKeyConstraint("visit_id", "part", name=op.f("pk_quarantined_parts")),
    )
    with op.batch_alter_table("devices") as table:
        table.add_column(
            sa.Column(
                "held_by",
                sa.String(length=80),
                nullable=False,
                server_default="",
                comment="account that signed in last",
            )
        )
        table.add_column(
            sa.Column(
                "held_since", sa.DateTime(timezone=True), nullable=True, comment="real time of that sign-in"
            )
        )
    with op.batch_alter_table("merge_tasks") as table:
        table.add_column(
            sa.Column(
                "kind",
                sa.String(length=20),
                nullable=False,
                server_default="content",
                comment="content: two records under one id; household: fields that two tablets changed",
            )
        )
        table.add_column(sa.Column("village", sa.String(length=12), nullable=False, server_default=""))
        table.add_column(sa.Column("household_id", sa.String(length=36), nullable=False, server_default=""))
        table.add_column(sa.Column("closed_by", sa.String(length=80), nullable=False, server_default=""))
        table.add_column(
            sa.Column(
                "outcome",
                sa.Text(),
                nullable=False,
                server_default="",
                comment="what was settled, without names",
            )
        )
        table.create_index("ix_merge_tasks_village_open", ["village", "closed_at"])
    _tell_of_what_there_is()


def _tell_of_what_there_is() -> None:
    """Tablets begin with the households and open tasks that were there before."""
    if op.get_bind().dialect.name == "postgresql":
        op.execute("SELECT set_config('jiuzhu.townships', '*', true)")
    sent = "FROM field_tasks t JOIN field_task_assignees a ON a.task_id = t.task_id WHERE t.closed_at IS NULL"
    anybody = (
        "FROM field_tasks t WHERE t.closed_at IS NULL"
        " AND t.task_id NOT IN (SELECT task_id FROM field_task_assignees)"
    )
    there_is = " UNION ".join(
        (
            "SELECT village AS stream, 'household' AS kind, household_id AS key FROM households",
            f"SELECT 'staff:' || a.staff_id, 'task', t.task_id {sent}",
            f"SELECT 'staff:' || a.staff_id, 'household', t.household_id {sent} AND t.household_id <> ''",
            f"SELECT t.village, 'task', t.task_id {anybody}",
        )
    )
    op.execute(
        "INSERT INTO field_changes (stream, kind, key, version)"  # noqa: S608 (words of this file only)
        " SELECT stream, kind, key, row_number() OVER (PARTITION BY stream ORDER BY kind, key)"
        f" FROM ({there_is}) AS all_of_it"
    )
    op.execute(
        "INSERT INTO field_versions (stream, version)"
        " SELECT stream, max(version) FROM field_changes GROUP BY stream"
    )
    op.execute(
        "UPDATE merge_tasks SET village = coalesce("
        "(SELECT village FROM visits v WHERE v.visit_id = merge_tasks.visit_id), '')"
    )


def downgrade() -> None:
    with op.batch_alter_table("merge_tasks") as table:
        table.drop_index("ix_merge_tasks_village_open")
        for name in ("outcome", "closed_by", "household_id", "village", "kind"):
            table.drop_column(name)
    for name in ("quarantined_parts", "quarantined_works", "field_changes", "field_versions"):
        op.drop_table(name)
    with op.batch_alter_table("devices") as table:
        table.drop_column("held_since")
        table.drop_column("held_by")
