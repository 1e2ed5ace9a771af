"""The registry of areas, staff and households, and the machine room's tables."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "20261124_0430"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "areas",
        sa.Column(
            "code", sa.String(length=12), nullable=False, comment="6 digits district, 9 township, 12 village"
        ),
        sa.Column("name", sa.String(length=80), nullable=False),
        sa.Column(
            "compounds",
            sa.JSON(),
            nullable=False,
            comment="names of residential compounds, each a posting place",
        ),
        sa.Column(
            "report_phone",
            sa.String(length=40),
            nullable=False,
            comment="printed on every notice of the area",
        ),
        sa.PrimaryKeyConstraint("code", name=op.f("pk_areas")),
    )
    op.create_table(
        "audit",
        sa.Column(
            "seq", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=True, nullable=False
        ),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("actor", sa.String(length=80), nullable=False),
        sa.Column("action", sa.String(length=80), nullable=False),
        sa.Column("area", sa.String(length=12), nullable=False),
        sa.Column("subject", sa.String(length=80), nullable=False, comment="case or other id acted on"),
        sa.PrimaryKeyConstraint("seq", name=op.f("pk_audit")),
    )
    op.create_table(
        "dead_letters",
        sa.Column(
            "seq", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=True, nullable=False
        ),
        sa.Column("publisher", sa.String(length=40), nullable=False),
        sa.Column("event_id", sa.String(length=80), nullable=False),
        sa.Column("envelope", sa.JSON(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("died_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column(
            "sent_at",
            sa.DateTime(timezone=True),
            nullable=True,
            comment="when it reached the dead-letter topic",
        ),
        sa.PrimaryKeyConstraint("seq", name=op.f("pk_dead_letters")),
        sa.UniqueConstraint("event_id", name=op.f("uq_dead_letters_event_id")),
    )
    op.create_table(
        "findings",
        sa.Column(
            "seq", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=True, nullable=False
        ),
        sa.Column("case_id", sa.String(length=80), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("article", sa.String(length=40), nullable=False),
        sa.Column("value", sa.Text(), nullable=False),
        sa.Column("facts", sa.JSON(), nullable=False),
        sa.Column("policy_revision", sa.Integer(), nullable=False),
        sa.Column("actor", sa.String(length=80), nullable=False),
        sa.PrimaryKeyConstraint("seq", name=op.f("pk_findings")),
    )
    with op.batch_alter_table("findings", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_findings_case_id"), ["case_id"], unique=False)
    op.create_table(
        "inbox",
        sa.Column("publisher", sa.String(length=40), nullable=False),
        sa.Column("stream", sa.String(length=80), nullable=False),
        sa.Column("version", sa.BigInteger(), nullable=False, comment="last event with committed effects"),
        sa.PrimaryKeyConstraint("publisher", "stream", name=op.f("pk_inbox")),
    )
    op.create_table(
        "job_runs",
        sa.Column("job", sa.String(length=80), nullable=False),
        sa.Column("lane", sa.String(length=40), nullable=False),
        sa.Column("period", sa.String(length=40), nullable=False),
        sa.Column("ran_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("job", "lane", "period", name=op.f("pk_job_runs")),
    )
    op.create_table(
        "outbox",
        sa.Column(
            "seq", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=True, nullable=False
        ),
        sa.Column("id", sa.String(length=36), nullable=False, comment="ce_id"),
        sa.Column("aggregatetype", sa.String(length=40), nullable=False, comment="publishing service"),
        sa.Column("aggregateid", sa.String(length=80), nullable=False, comment="stream: the Kafka key"),
        sa.Column(
            "version", sa.BigInteger(), nullable=False, comment="position in the stream, from 1, without gaps"
        ),
        sa.Column("type", sa.String(length=120), nullable=False, comment="full name of the proto message"),
        sa.Column("payload", sa.Text(), nullable=False, comment="proto3-JSON"),
        sa.Column("subject", sa.String(length=80), nullable=False, comment="case"),
        sa.Column("township", sa.String(length=12), nullable=False),
        sa.Column("lane", sa.String(length=40), nullable=False),
        sa.Column("occurred_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("traceparent", sa.String(length=60), nullable=False),
        sa.Column("sent_at", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("seq", name=op.f("pk_outbox")),
        sa.UniqueConstraint("id", name=op.f("uq_outbox_id")),
    )
    with op.batch_alter_table("outbox", schema=None) as batch_op:
        batch_op.create_index(
            "ix_outbox_unsent",
            ["lane", "seq"],
            unique=False,
            sqlite_where=sa.text("sent_at IS NULL"),
            postgresql_where=sa.text("sent_at IS NULL"),
        )
    op.create_table(
        "parked",
        sa.Column("publisher", sa.String(length=40), nullable=False),
        sa.Column("stream", sa.String(length=80), nullable=False),
        sa.Column("version", sa.BigInteger(), nullable=False),
        sa.Column("envelope", sa.JSON(), nullable=False),
        sa.Column(
            "attempts", sa.Integer(), nullable=False, comment="failed tries; 0 waits for a gap to fill"
        ),
        sa.Column("retry_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("publisher", "stream", "version", name=op.f("pk_parked")),
    )
    op.create_table(
        "persons",
        sa.Column("person_id", sa.String(length=36), nullable=False),
        sa.Column("name", sa.String(length=80), nullable=False),
        sa.Column("born_on", sa.Date(), nullable=False),
        sa.Column("sex", sa.String(length=10), nullable=False),
        sa.Column(
            "id_cipher",
            sa.LargeBinary(),
            nullable=False,
            comment="sealed ID number: version byte, nonce, ciphertext",
        ),
        sa.Column(
            "id_index",
            sa.String(length=64),
            nullable=False,
            comment="one person per ID number in the district",
        ),
        sa.Column("id_masked", sa.String(length=18), nullable=False),
        sa.PrimaryKeyConstraint("person_id", name=op.f("pk_persons")),
        sa.UniqueConstraint("id_index", name=op.f("uq_persons_id_index")),
    )
    op.create_table(
        "policy_revisions",
        sa.Column("revision", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("document", sa.Text(), nullable=False, comment="the whole set of revisions, as JSON"),
        sa.Column("adopted_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("revision", name=op.f("pk_policy_revisions")),
    )
    op.create_table(
        "recusals",
        sa.Column("household_id", sa.String(length=36), nullable=False),
        sa.Column("staff_id", sa.String(length=36), nullable=False),
        sa.PrimaryKeyConstraint("household_id", "staff_id", name=op.f("pk_recusals")),
        sa.UniqueConstraint("staff_id", "household_id", name=op.f("uq_recusals_staff_id")),
    )
    op.create_table(
        "staff",
        sa.Column("staff_id", sa.String(length=36), nullable=False),
        sa.Column("name", sa.String(length=80), nullable=False),
        sa.Column("phone", sa.String(length=40), nullable=False),
        sa.Column(
            "account", sa.String(length=80), nullable=True, comment="account of the development sign-in"
        ),
        sa.Column(
            "id_cipher",
            sa.LargeBinary(),
            nullable=True,
            comment="sealed ID number: version byte, nonce, ciphertext",
        ),
        sa.Column("id_index", sa.String(length=64), nullable=True, comment="keyed hash of the ID number"),
        sa.Column("id_masked", sa.String(length=18), nullable=False),
        sa.PrimaryKeyConstraint("staff_id", name=op.f("pk_staff")),
        sa.UniqueConstraint("account", name=op.f("uq_staff_account")),
        sa.UniqueConstraint("id_index", name=op.f("uq_staff_id_index")),
    )
    op.create_table(
        "streams",
        sa.Column(
            "stream", sa.String(length=80), nullable=False, comment="household, or the aggregate's own id"
        ),
        sa.Column(
            "version", sa.BigInteger(), nullable=False, comment="version of the last event published on it"
        ),
        sa.PrimaryKeyConstraint("stream", name=op.f("pk_streams")),
    )
    op.create_table(
        "households",
        sa.Column("household_id", sa.String(length=36), nullable=False),
        sa.Column("township", sa.String(length=12), nullable=False),
        sa.Column("village", sa.String(length=12), nullable=False),
        sa.Column("compound", sa.String(length=80), nullable=False),
        sa.Column("address", sa.String(length=200), nullable=False),
        sa.Column("phone", sa.String(length=40), nullable=False),
        sa.Column("head_person_id", sa.String(length=36), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["head_person_id"], ["persons.person_id"], name=op.f("fk_households_head_person_id")
        ),
        sa.PrimaryKeyConstraint("household_id", name=op.f("pk_households")),
    )
    with op.batch_alter_table("households", schema=None) as batch_op:
        batch_op.create_index("ix_households_township_village", ["township", "village"], unique=False)
    op.create_table(
        "posts",
        sa.Column("staff_id", sa.String(length=36), nullable=False),
        sa.Column("role", sa.String(length=40), nullable=False),
        sa.Column("area", sa.String(length=12), nullable=False),
        sa.Column("from_on", sa.Date(), nullable=False),
        sa.Column("to_on", sa.Date(), nullable=True, comment="last day of the post; empty while it lasts"),
        sa.ForeignKeyConstraint(["staff_id"], ["staff.staff_id"], name=op.f("fk_posts_staff_id")),
        sa.PrimaryKeyConstraint("staff_id", "role", "area", "from_on", name=op.f("pk_posts")),
    )
    with op.batch_alter_table("posts", schema=None) as batch_op:
        batch_op.create_index("ix_posts_area_role", ["area", "role"], unique=False)
    op.create_table(
        "household_members",
        sa.Column("household_id", sa.String(length=36), nullable=False),
        sa.Column("person_id", sa.String(length=36), nullable=False),
        sa.Column("relation", sa.String(length=40), nullable=False, comment="to the head, in Chinese"),
        sa.ForeignKeyConstraint(
            ["household_id"], ["households.household_id"], name=op.f("fk_household_members_household_id")
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["persons.person_id"], name=op.f("fk_household_members_person_id")
        ),
        sa.PrimaryKeyConstraint("household_id", "person_id", name=op.f("pk_household_members")),
    )
    with op.batch_alter_table("household_members", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_household_members_person_id"), ["person_id"], unique=False)
    op.create_table(
        "kin_declarations",
        sa.Column("household_id", sa.String(length=36), nullable=False),
        sa.Column("person_id", sa.String(length=36), nullable=False),
        sa.Column(
            "staff_id", sa.String(length=36), nullable=False, comment="empty where the household named nobody"
        ),
        sa.Column(
            "relation",
            sa.String(length=40),
            nullable=False,
            comment="to the member of staff; empty: is staff himself",
        ),
        sa.Column("is_staff", sa.Boolean(), nullable=False),
        sa.Column("declared_on", sa.Date(), nullable=False),
        sa.Column(
            "case_id", sa.String(length=36), nullable=False, comment="application in which it was declared"
        ),
        sa.ForeignKeyConstraint(
            ["household_id"], ["households.household_id"], name=op.f("fk_kin_declarations_household_id")
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["persons.person_id"], name=op.f("fk_kin_declarations_person_id")
        ),
        sa.PrimaryKeyConstraint("household_id", "person_id", "staff_id", name=op.f("pk_kin_declarations")),
    )


def downgrade() -> None:
    op.drop_table("kin_declarations")
    with op.batch_alter_table("household_members", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_household_members_person_id"))
    op.drop_table("household_members")
    with op.batch_alter_table("posts", schema=None) as batch_op:
        batch_op.drop_index("ix_posts_area_role")
    op.drop_table("posts")
    with op.batch_alter_table("households", schema=None) as batch_op:
        batch_op.drop_index("ix_households_township_village")
    op.drop_table("households")
    op.drop_table("streams")
    op.drop_table("staff")
    op.drop_table("recusals")
    op.drop_table("policy_revisions")
    op.drop_table("persons")
    op.drop_table("parked")
    with op.batch_alter_table("outbox", schema=None) as batch_op:
        batch_op.drop_index(
            "ix_outbox_unsent",
            sqlite_where=sa.text("sent_at IS NULL"),
            postgresql_where=sa.text("sent_at IS NULL"),
        )
    op.drop_table("outbox")
    op.drop_table("job_runs")
    op.drop_table("inbox")
    with op.batch_alter_table("findings", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_findings_case_id"))
    op.drop_table("findings")
    op.drop_table("dead_letters")
    op.drop_table("audit")
    op.drop_table("areas")
