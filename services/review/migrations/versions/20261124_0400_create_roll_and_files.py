"""The roll, the household files and the machine room's tables."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from services.common.runtime.tables import Instant

revision = "20261124_0400"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "audit",
        sa.Column(
            "seq", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=True, nullable=False
        ),
        sa.Column("at", Instant(timezone=True), nullable=False),
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
        sa.Column("died_at", Instant(timezone=True), nullable=False),
        sa.Column(
            "sent_at", Instant(timezone=True), nullable=True, comment="when it reached the dead-letter topic"
        ),
        sa.PrimaryKeyConstraint("seq", name=op.f("pk_dead_letters")),
        sa.UniqueConstraint("event_id", name=op.f("uq_dead_letters_event_id")),
    )
    op.create_table(
        "file_counters",
        sa.Column(
            "box", sa.String(length=30), nullable=False, comment="district, township, village, class and year"
        ),
        sa.Column("last", sa.Integer(), nullable=False, comment="last number given out"),
        sa.PrimaryKeyConstraint("box", name=op.f("pk_file_counters")),
    )
    op.create_table(
        "findings",
        sa.Column(
            "seq", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=True, nullable=False
        ),
        sa.Column("case_id", sa.String(length=80), nullable=False),
        sa.Column("at", Instant(timezone=True), nullable=False),
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
        "household_files",
        sa.Column("household_id", sa.String(length=36), nullable=False, comment="一户一档"),
        sa.Column("township", sa.String(length=12), nullable=False),
        sa.Column("village", sa.String(length=12), nullable=False, comment="一村(居)一盒"),
        sa.Column("file_no", sa.String(length=40), nullable=False),
        sa.Column("opened_on", sa.Date(), nullable=False),
        sa.Column(
            "kept_apart", sa.Boolean(), nullable=False, comment="near kin of staff are declared (R3.8)"
        ),
        sa.PrimaryKeyConstraint("household_id", name=op.f("pk_household_files")),
        sa.UniqueConstraint("file_no", name=op.f("uq_household_files_file_no")),
    )
    with op.batch_alter_table("household_files", schema=None) as batch_op:
        batch_op.create_index("ix_household_files_village", ["township", "village"], unique=False)

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
        sa.Column("ran_at", Instant(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("job", "lane", "period", name=op.f("pk_job_runs")),
    )
    op.create_table(
        "known_cases",
        sa.Column("case_id", sa.String(length=36), nullable=False),
        sa.Column("household_id", sa.String(length=36), nullable=False),
        sa.Column("township", sa.String(length=12), nullable=False),
        sa.Column("village", sa.String(length=12), nullable=False, comment="empty until intake has told it"),
        sa.Column(
            "opinion_revision", sa.Integer(), nullable=False, comment="revision that kin_declared is from"
        ),
        sa.Column("kin_declared", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("case_id", name=op.f("pk_known_cases")),
    )
    with op.batch_alter_table("known_cases", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_known_cases_household_id"), ["household_id"], unique=False)

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
        sa.Column("occurred_at", Instant(timezone=True), nullable=False),
        sa.Column("traceparent", sa.String(length=60), nullable=False),
        sa.Column("sent_at", Instant(timezone=True), nullable=True),
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
        "papers",
        sa.Column("case_id", sa.String(length=36), nullable=False),
        sa.Column("kind", sa.String(length=30), nullable=False),
        sa.Column(
            "reference", sa.String(length=80), nullable=False, comment="id of the act that the paper records"
        ),
        sa.Column("household_id", sa.String(length=36), nullable=False),
        sa.Column("event", sa.String(length=40), nullable=False, comment="the event that told of it"),
        sa.Column("filed_on", sa.Date(), nullable=False),
        sa.PrimaryKeyConstraint("case_id", "kind", "reference", name=op.f("pk_papers")),
    )
    with op.batch_alter_table("papers", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_papers_household_id"), ["household_id"], unique=False)

    op.create_table(
        "parked",
        sa.Column("publisher", sa.String(length=40), nullable=False),
        sa.Column("stream", sa.String(length=80), nullable=False),
        sa.Column("version", sa.BigInteger(), nullable=False),
        sa.Column("envelope", sa.JSON(), nullable=False),
        sa.Column(
            "attempts", sa.Integer(), nullable=False, comment="failed tries; 0 waits for a gap to fill"
        ),
        sa.Column("retry_at", Instant(timezone=True), nullable=True),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("publisher", "stream", "version", name=op.f("pk_parked")),
    )
    op.create_table(
        "policy_revisions",
        sa.Column("revision", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("document", sa.Text(), nullable=False, comment="the whole set of revisions, as JSON"),
        sa.Column("adopted_at", Instant(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("revision", name=op.f("pk_policy_revisions")),
    )
    op.create_table(
        "recusals",
        sa.Column("household_id", sa.String(length=36), nullable=False),
        sa.Column("township", sa.String(length=12), nullable=False),
        sa.Column("staff_ids", sa.JSON(), nullable=False, comment="everyone recused, the full set (R3.10)"),
        sa.PrimaryKeyConstraint("household_id", name=op.f("pk_recusals")),
    )
    op.create_table(
        "roll",
        sa.Column("township", sa.String(length=12), nullable=False),
        sa.Column("recipient_id", sa.String(length=36), nullable=False),
        sa.Column("case_id", sa.String(length=36), nullable=False, comment="the case that was confirmed"),
        sa.Column("household_id", sa.String(length=36), nullable=False),
        sa.Column("village", sa.String(length=12), nullable=False),
        sa.Column("category", sa.String(length=20), nullable=False),
        sa.Column("insured_person_ids", sa.JSON(), nullable=False, comment="保障人口; ids only"),
        sa.Column("monthly_amount_fen", sa.BigInteger(), nullable=False),
        sa.Column("add_on_fen", sa.BigInteger(), nullable=False, comment="分类施保"),
        sa.Column("first_month", sa.String(length=7), nullable=False, comment="YYYY-MM"),
        sa.Column("enrolled_on", sa.Date(), nullable=False),
        sa.Column("stage", sa.String(length=10), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("township", "recipient_id", name=op.f("pk_roll")),
        sa.UniqueConstraint("case_id", name=op.f("uq_roll_case_id")),
    )
    with op.batch_alter_table("roll", schema=None) as batch_op:
        batch_op.create_index("ix_roll_village", ["township", "village"], unique=False)
        batch_op.create_index(
            "uq_roll_active_household",
            ["household_id"],
            unique=True,
            sqlite_where=sa.text("stage = 'active'"),
            postgresql_where=sa.text("stage = 'active'"),
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


def downgrade() -> None:
    op.drop_table("streams")
    with op.batch_alter_table("roll", schema=None) as batch_op:
        batch_op.drop_index(
            "uq_roll_active_household",
            sqlite_where=sa.text("stage = 'active'"),
            postgresql_where=sa.text("stage = 'active'"),
        )
        batch_op.drop_index("ix_roll_village")

    op.drop_table("roll")
    op.drop_table("recusals")
    op.drop_table("policy_revisions")
    op.drop_table("parked")
    with op.batch_alter_table("papers", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_papers_household_id"))

    op.drop_table("papers")
    with op.batch_alter_table("outbox", schema=None) as batch_op:
        batch_op.drop_index(
            "ix_outbox_unsent",
            sqlite_where=sa.text("sent_at IS NULL"),
            postgresql_where=sa.text("sent_at IS NULL"),
        )

    op.drop_table("outbox")
    with op.batch_alter_table("known_cases", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_known_cases_household_id"))

    op.drop_table("known_cases")
    op.drop_table("job_runs")
    op.drop_table("inbox")
    with op.batch_alter_table("household_files", schema=None) as batch_op:
        batch_op.drop_index("ix_household_files_village")

    op.drop_table("household_files")
    with op.batch_alter_table("findings", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_findings_case_id"))

    op.drop_table("findings")
    op.drop_table("file_counters")
    op.drop_table("dead_letters")
    op.drop_table("audit")
