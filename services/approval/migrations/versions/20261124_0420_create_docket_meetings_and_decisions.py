"""Docket, meetings, votes, decisions and the machine room's tables."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from services.common.runtime.tables import Instant

revision = "20261124_0420"
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
        "docket",
        sa.Column("case_id", sa.String(length=36), nullable=False),
        sa.Column("household_id", sa.String(length=36), nullable=False),
        sa.Column("township", sa.String(length=9), nullable=False),
        sa.Column(
            "revision",
            sa.Integer(),
            nullable=False,
            comment="preliminary opinion that the proposal comes from",
        ),
        sa.Column("category", sa.String(length=20), nullable=False),
        sa.Column("household_size", sa.Integer(), nullable=False),
        sa.Column("insured_person_ids", sa.JSON(), nullable=False),
        sa.Column("proposed_amount_fen", sa.BigInteger(), nullable=False),
        sa.Column(
            "due_on", sa.Date(), nullable=False, comment="end of the decision clock, as intake counts it"
        ),
        sa.Column("kin_declared", sa.Boolean(), nullable=False, comment="the district must visit first"),
        sa.Column("district_visited_on", sa.Date(), nullable=True),
        sa.Column("stage", sa.String(length=20), nullable=False),
        sa.Column("ready_on", sa.Date(), nullable=True, comment="first day on which a meeting may decide"),
        sa.Column(
            "meeting_id", sa.String(length=36), nullable=True, comment="the meeting that has it on its agenda"
        ),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("case_id", name=op.f("pk_docket")),
    )
    with op.batch_alter_table("docket", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_docket_household_id"), ["household_id"], unique=False)
        batch_op.create_index("ix_docket_township", ["township", "stage", "due_on", "case_id"], unique=False)

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
        "meetings",
        sa.Column("meeting_id", sa.String(length=36), nullable=False),
        sa.Column("township", sa.String(length=9), nullable=False),
        sa.Column("starts_at", Instant(timezone=True), nullable=False),
        sa.Column("place", sa.Text(), nullable=False),
        sa.Column("convened_by", sa.String(length=80), nullable=False),
        sa.Column(
            "delegated_to",
            sa.String(length=36),
            nullable=True,
            comment="deputy leader who chairs by delegation (R4.3)",
        ),
        sa.Column("delegation_reason", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("meeting_id", name=op.f("pk_meetings")),
    )
    with op.batch_alter_table("meetings", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_meetings_township"), ["township"], unique=False)

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
        "posts",
        sa.Column("staff_id", sa.String(length=36), nullable=False),
        sa.Column("role", sa.String(length=40), nullable=False),
        sa.Column("area", sa.String(length=12), nullable=False),
        sa.Column(
            "position", sa.Integer(), nullable=False, comment="a post may be held twice, at different times"
        ),
        sa.Column("from_on", sa.Date(), nullable=True),
        sa.Column("to_on", sa.Date(), nullable=True),
        sa.PrimaryKeyConstraint("staff_id", "role", "area", "position", name=op.f("pk_posts")),
    )
    with op.batch_alter_table("posts", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_posts_area"), ["area"], unique=False)

    op.create_table(
        "publicities",
        sa.Column("case_id", sa.String(length=36), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("township", sa.String(length=9), nullable=False),
        sa.Column("ends_on", sa.Date(), nullable=True),
        sa.Column("decidable_on", sa.Date(), nullable=True),
        sa.Column("concluded_on", sa.Date(), nullable=True, comment="without objection"),
        sa.PrimaryKeyConstraint("case_id", "revision", name=op.f("pk_publicities")),
    )
    op.create_table(
        "receipt_counters",
        sa.Column("district", sa.String(length=6), nullable=False),
        sa.Column("year", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("last", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("district", "year", name=op.f("pk_receipt_counters")),
    )
    op.create_table(
        "recusals",
        sa.Column("household_id", sa.String(length=36), nullable=False),
        sa.Column("staff_id", sa.String(length=36), nullable=False),
        sa.Column("township", sa.String(length=9), nullable=False),
        sa.PrimaryKeyConstraint("household_id", "staff_id", name=op.f("pk_recusals")),
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
        "agenda",
        sa.Column("meeting_id", sa.String(length=36), nullable=False),
        sa.Column("case_id", sa.String(length=36), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["docket.case_id"], name=op.f("fk_agenda_case_id")),
        sa.ForeignKeyConstraint(["meeting_id"], ["meetings.meeting_id"], name=op.f("fk_agenda_meeting_id")),
        sa.PrimaryKeyConstraint("meeting_id", "case_id", name=op.f("pk_agenda")),
    )
    with op.batch_alter_table("agenda", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_agenda_case_id"), ["case_id"], unique=False)

    op.create_table(
        "attendance",
        sa.Column("meeting_id", sa.String(length=36), nullable=False),
        sa.Column("staff_id", sa.String(length=80), nullable=False),
        sa.Column("seat", sa.String(length=20), nullable=False),
        sa.Column("by_post", sa.Boolean(), nullable=False, comment="false: a substitute (R4.4)"),
        sa.Column("signed_at", Instant(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["meeting_id"], ["meetings.meeting_id"], name=op.f("fk_attendance_meeting_id")
        ),
        sa.PrimaryKeyConstraint("meeting_id", "staff_id", name=op.f("pk_attendance")),
    )
    op.create_table(
        "decisions",
        sa.Column("decision_id", sa.String(length=36), nullable=False),
        sa.Column("case_id", sa.String(length=36), nullable=False),
        sa.Column("household_id", sa.String(length=36), nullable=False),
        sa.Column("township", sa.String(length=9), nullable=False),
        sa.Column("meeting_id", sa.String(length=36), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("outcome", sa.String(length=10), nullable=False),
        sa.Column("category", sa.String(length=20), nullable=False),
        sa.Column("tier", sa.String(length=20), nullable=False),
        sa.Column("insured_person_ids", sa.JSON(), nullable=False),
        sa.Column("monthly_amount_fen", sa.BigInteger(), nullable=False),
        sa.Column("add_on_fen", sa.BigInteger(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("decided_on", sa.Date(), nullable=False),
        sa.Column("decided_by", sa.String(length=80), nullable=False, comment="the chair"),
        sa.Column("next", sa.String(length=20), nullable=False),
        sa.Column(
            "first_month",
            sa.String(length=7),
            nullable=True,
            comment="YYYY-MM; none until the confirmation takes effect",
        ),
        sa.Column(
            "refused_on",
            sa.Date(),
            nullable=True,
            comment="by the meeting or by the district; starts the notice clock",
        ),
        sa.Column("notice_due_on", sa.Date(), nullable=True),
        sa.Column("notice_provisional", sa.Boolean(), nullable=False),
        sa.Column("notice_method", sa.String(length=20), nullable=True),
        sa.Column("notice_served_on", sa.Date(), nullable=True),
        sa.Column(
            "notice_overdue_noted", sa.Boolean(), nullable=False, comment="the finding is recorded once"
        ),
        sa.Column("district_outcome", sa.String(length=10), nullable=True),
        sa.Column("district_reason", sa.Text(), nullable=False),
        sa.Column("district_decided_on", sa.Date(), nullable=True),
        sa.Column("filed_on", sa.Date(), nullable=True),
        sa.Column("receipt_no", sa.String(length=40), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["docket.case_id"], name=op.f("fk_decisions_case_id")),
        sa.ForeignKeyConstraint(
            ["meeting_id"], ["meetings.meeting_id"], name=op.f("fk_decisions_meeting_id")
        ),
        sa.PrimaryKeyConstraint("decision_id", name=op.f("pk_decisions")),
        sa.UniqueConstraint("case_id", name=op.f("uq_decisions_case_id")),
    )
    with op.batch_alter_table("decisions", schema=None) as batch_op:
        batch_op.create_index("ix_decisions_notice_due_on", ["notice_due_on"], unique=False)
        batch_op.create_index("ix_decisions_township", ["township", "decided_on"], unique=False)

    op.create_table(
        "votes",
        sa.Column("meeting_id", sa.String(length=36), nullable=False),
        sa.Column("case_id", sa.String(length=36), nullable=False),
        sa.Column("staff_id", sa.String(length=80), nullable=False),
        sa.Column("vote", sa.String(length=10), nullable=False),
        sa.Column("dissent", sa.Text(), nullable=False),
        sa.Column("cast_at", Instant(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["meeting_id"], ["meetings.meeting_id"], name=op.f("fk_votes_meeting_id")),
        sa.PrimaryKeyConstraint("meeting_id", "case_id", "staff_id", name=op.f("pk_votes")),
    )


def downgrade() -> None:
    op.drop_table("votes")
    with op.batch_alter_table("decisions", schema=None) as batch_op:
        batch_op.drop_index("ix_decisions_township")
        batch_op.drop_index("ix_decisions_notice_due_on")

    op.drop_table("decisions")
    op.drop_table("attendance")
    with op.batch_alter_table("agenda", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_agenda_case_id"))

    op.drop_table("agenda")
    op.drop_table("streams")
    op.drop_table("recusals")
    op.drop_table("receipt_counters")
    op.drop_table("publicities")
    with op.batch_alter_table("posts", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_posts_area"))

    op.drop_table("posts")
    op.drop_table("policy_revisions")
    op.drop_table("parked")
    with op.batch_alter_table("outbox", schema=None) as batch_op:
        batch_op.drop_index(
            "ix_outbox_unsent",
            sqlite_where=sa.text("sent_at IS NULL"),
            postgresql_where=sa.text("sent_at IS NULL"),
        )

    op.drop_table("outbox")
    with op.batch_alter_table("meetings", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_meetings_township"))

    op.drop_table("meetings")
    op.drop_table("job_runs")
    op.drop_table("inbox")
    with op.batch_alter_table("findings", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_findings_case_id"))

    op.drop_table("findings")
    with op.batch_alter_table("docket", schema=None) as batch_op:
        batch_op.drop_index("ix_docket_township")
        batch_op.drop_index(batch_op.f("ix_docket_household_id"))

    op.drop_table("docket")
    op.drop_table("dead_letters")
    op.drop_table("audit")
