"""Publicities, their postings, long-term entries, the public board and the machine room's tables."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from services.common.runtime.tables import Instant

revision = "20261124_0410"
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
            comment="residential compounds, each with a board of its own",
        ),
        sa.Column(
            "report_phone",
            sa.String(length=40),
            nullable=False,
            comment="监督举报电话; empty: that of the area above",
        ),
        sa.PrimaryKeyConstraint("code", name=op.f("pk_areas")),
    )
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
        "board",
        sa.Column("entry_id", sa.String(length=36), nullable=False, comment="publicity or long-term entry"),
        sa.Column("township", sa.String(length=9), nullable=False),
        sa.Column("village", sa.String(length=12), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("head_name", sa.String(length=60), nullable=False),
        sa.Column("category", sa.String(length=20), nullable=False),
        sa.Column("household_size", sa.Integer(), nullable=True),
        sa.Column("cause", sa.String(length=20), nullable=True),
        sa.Column("persons", sa.Integer(), nullable=True),
        sa.Column("amount_fen", sa.BigInteger(), nullable=True, comment="empty: not paid, printed —"),
        sa.Column("shown_from", sa.Date(), nullable=False),
        sa.Column(
            "shown_until",
            sa.Date(),
            nullable=True,
            comment="shown to 24:00 of this day; empty: until assistance ends",
        ),
        sa.Column("provisional", sa.Boolean(), nullable=False, comment="the last day may still move"),
        sa.CheckConstraint(
            "(kind = 'initial' AND household_size IS NOT NULL AND cause IS NOT NULL"
            " AND shown_until IS NOT NULL AND persons IS NULL AND amount_fen IS NULL)"
            " OR (kind = 'long-term' AND persons IS NOT NULL AND household_size IS NULL"
            " AND cause IS NULL AND shown_until IS NULL)",
            name=op.f("ck_board_fields_of_its_kind"),
        ),
        sa.PrimaryKeyConstraint("entry_id", name=op.f("pk_board")),
    )
    with op.batch_alter_table("board", schema=None) as batch_op:
        batch_op.create_index(
            "ix_board_township_village_kind", ["township", "village", "kind", "shown_from"], unique=False
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
        "entries",
        sa.Column("entry_id", sa.String(length=36), nullable=False),
        sa.Column("township", sa.String(length=9), nullable=False),
        sa.Column("village", sa.String(length=12), nullable=False),
        sa.Column("decision_id", sa.String(length=36), nullable=False),
        sa.Column("case_id", sa.String(length=36), nullable=False),
        sa.Column("household_id", sa.String(length=36), nullable=False),
        sa.Column("stage", sa.String(length=20), nullable=False),
        sa.Column("category", sa.String(length=20), nullable=False),
        sa.Column("persons", sa.Integer(), nullable=False),
        sa.Column("amount_fen", sa.BigInteger(), nullable=False, comment="monthly, add-on included"),
        sa.Column("first_month", sa.String(length=7), nullable=False),
        sa.Column("listed_on", sa.Date(), nullable=False),
        sa.PrimaryKeyConstraint("entry_id", name=op.f("pk_entries")),
        sa.UniqueConstraint("decision_id", name=op.f("uq_entries_decision_id")),
    )
    with op.batch_alter_table("entries", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_entries_household_id"), ["household_id"], unique=False)

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
        "publicities",
        sa.Column("publicity_id", sa.String(length=36), nullable=False),
        sa.Column("township", sa.String(length=9), nullable=False),
        sa.Column("village", sa.String(length=12), nullable=False),
        sa.Column(
            "compound",
            sa.String(length=80),
            nullable=False,
            comment="empty where the household lives in none",
        ),
        sa.Column("case_id", sa.String(length=36), nullable=False),
        sa.Column("household_id", sa.String(length=36), nullable=False),
        sa.Column(
            "revision", sa.Integer(), nullable=False, comment="of the preliminary opinion that is made public"
        ),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("stage", sa.String(length=20), nullable=False),
        sa.Column(
            "head_name",
            sa.String(length=60),
            nullable=False,
            comment="published by R5.2a; checked by rules/leaks.py",
        ),
        sa.Column("household_size", sa.Integer(), nullable=False),
        sa.Column("cause", sa.String(length=20), nullable=False, comment="coarse code, never an illness"),
        sa.Column("category", sa.String(length=20), nullable=False),
        sa.Column("formed_on", sa.Date(), nullable=False),
        sa.Column(
            "posted_on",
            sa.Date(),
            nullable=True,
            comment="day of the last posting; the period runs from the day after",
        ),
        sa.Column("first_day", sa.Date(), nullable=True),
        sa.Column("ends_on", sa.Date(), nullable=True, comment="ends at 24:00 of this day"),
        sa.Column(
            "decidable_on", sa.Date(), nullable=True, comment="first day on which a meeting may decide"
        ),
        sa.Column(
            "provisional", sa.Boolean(), nullable=False, comment="counted without that year's holiday notice"
        ),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "(ends_on IS NULL) = (posted_on IS NULL)", name=op.f("ck_publicities_period_whole")
        ),
        sa.PrimaryKeyConstraint("publicity_id", name=op.f("pk_publicities")),
        sa.UniqueConstraint("case_id", "revision", name="uq_publicities_case_revision"),
    )
    with op.batch_alter_table("publicities", schema=None) as batch_op:
        batch_op.create_index("ix_publicities_stage_ends", ["stage", "ends_on"], unique=False)

    op.create_table(
        "recusals",
        sa.Column("household_id", sa.String(length=36), nullable=False),
        sa.Column("township", sa.String(length=9), nullable=False),
        sa.Column(
            "staff_ids", sa.JSON(), nullable=False, comment="every member of staff who keeps away (R3.10)"
        ),
        sa.PrimaryKeyConstraint("household_id", name=op.f("pk_recusals")),
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
        "postings",
        sa.Column("posting_id", sa.String(length=36), nullable=False),
        sa.Column("publicity_id", sa.String(length=36), nullable=False),
        sa.Column("place", sa.String(length=20), nullable=False),
        sa.Column("place_name", sa.String(length=120), nullable=False),
        sa.Column("stage", sa.String(length=20), nullable=False),
        sa.Column("posted_at", Instant(timezone=True), nullable=True),
        sa.Column(
            "posted_on",
            sa.Date(),
            nullable=True,
            comment="day that counts for the period, checked against a wrong tablet clock",
        ),
        sa.Column(
            "proof_owner", sa.String(length=20), nullable=False, comment="service that keeps the photo"
        ),
        sa.Column("proof_sha256", sa.String(length=64), nullable=False),
        sa.ForeignKeyConstraint(
            ["publicity_id"], ["publicities.publicity_id"], name=op.f("fk_postings_publicity_id")
        ),
        sa.PrimaryKeyConstraint("posting_id", name=op.f("pk_postings")),
    )
    with op.batch_alter_table("postings", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_postings_publicity_id"), ["publicity_id"], unique=False)


def downgrade() -> None:
    with op.batch_alter_table("postings", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_postings_publicity_id"))

    op.drop_table("postings")
    op.drop_table("streams")
    op.drop_table("recusals")
    with op.batch_alter_table("publicities", schema=None) as batch_op:
        batch_op.drop_index("ix_publicities_stage_ends")

    op.drop_table("publicities")
    op.drop_table("policy_revisions")
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
    with op.batch_alter_table("entries", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_entries_household_id"))

    op.drop_table("entries")
    op.drop_table("dead_letters")
    with op.batch_alter_table("board", schema=None) as batch_op:
        batch_op.drop_index("ix_board_township_village_kind")

    op.drop_table("board")
    op.drop_table("audit")
    op.drop_table("areas")
