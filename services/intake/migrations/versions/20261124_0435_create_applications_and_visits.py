"""Applications with their clocks and opinions; visits with their photos, forms and tasks."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "20261124_0435"
down_revision = "20261124_0430"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "case_members",
        sa.Column("township", sa.String(length=12), nullable=False),
        sa.Column("case_id", sa.String(length=36), nullable=False),
        sa.Column("person_id", sa.String(length=36), nullable=False),
        sa.Column(
            "position", sa.Integer(), nullable=False, comment="order on the application; 0 is the head"
        ),
        sa.Column("relation", sa.String(length=40), nullable=False),
        sa.Column("counted", sa.Boolean(), nullable=False, comment="co-living and counted"),
        sa.Column("authorised", sa.Boolean(), nullable=False, comment="核对授权书 signed"),
        sa.Column("is_staff", sa.Boolean(), nullable=False),
        sa.Column("kin_relation", sa.String(length=40), nullable=False),
        sa.Column("kin_staff_id", sa.String(length=36), nullable=False),
        sa.PrimaryKeyConstraint("township", "case_id", "person_id", name=op.f("pk_case_members")),
    )
    with op.batch_alter_table("case_members", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_case_members_case_id"), ["case_id"], unique=False)
    op.create_table(
        "cases",
        sa.Column("township", sa.String(length=12), nullable=False),
        sa.Column("case_id", sa.String(length=36), nullable=False),
        sa.Column("household_id", sa.String(length=36), nullable=False),
        sa.Column(
            "visit_id",
            sa.String(length=36),
            nullable=True,
            comment="visit on which the application was taken; empty at the counter",
        ),
        sa.Column("village", sa.String(length=12), nullable=False),
        sa.Column("category", sa.String(length=20), nullable=False, comment="applied for"),
        sa.Column("stage", sa.String(length=30), nullable=False),
        sa.Column("claim", sa.Text(), nullable=False, comment="the family's own request in their words"),
        sa.Column("received_on", sa.Date(), nullable=False, comment="receipt by the village"),
        sa.Column(
            "helped_by",
            sa.String(length=36),
            nullable=True,
            comment="staff who helped with the application (R1.9)",
        ),
        sa.Column("accepted_on", sa.Date(), nullable=True, comment="acceptance by the township"),
        sa.Column("handler_id", sa.String(length=36), nullable=True),
        sa.Column(
            "supplement",
            sa.JSON(),
            nullable=True,
            comment="what was missing, told once: missing, told_on, due_on",
        ),
        sa.Column("declined_on", sa.Date(), nullable=True),
        sa.Column("decline_ground", sa.String(length=40), nullable=True),
        sa.Column("opinion_revision", sa.Integer(), nullable=False),
        sa.Column("outcome", sa.String(length=20), nullable=False, comment="confirm or refuse, once decided"),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("township", "case_id", name=op.f("pk_cases")),
        sa.UniqueConstraint("case_id", name=op.f("uq_cases_case_id")),
    )
    with op.batch_alter_table("cases", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_cases_household_id"), ["household_id"], unique=False)
        batch_op.create_index("ix_cases_township_stage", ["township", "stage"], unique=False)
    op.create_table(
        "clocks",
        sa.Column("township", sa.String(length=12), nullable=False),
        sa.Column("case_id", sa.String(length=36), nullable=False),
        sa.Column(
            "clock",
            sa.String(length=40),
            nullable=False,
            comment="decision, verification, publicity, refusal-notice",
        ),
        sa.Column("owner", sa.String(length=40), nullable=False, comment="service whose act stops it"),
        sa.Column("household_id", sa.String(length=36), nullable=False),
        sa.Column("state", sa.String(length=20), nullable=False),
        sa.Column("started_on", sa.Date(), nullable=False),
        sa.Column("target_on", sa.Date(), nullable=True, comment="early warning"),
        sa.Column("due_on", sa.Date(), nullable=False, comment="legal end"),
        sa.Column(
            "provisional", sa.Boolean(), nullable=False, comment="a year without holiday notice was counted"
        ),
        sa.Column("article", sa.String(length=40), nullable=False),
        sa.Column("ground", sa.String(length=40), nullable=False, comment="ground of the extension"),
        sa.Column("stopped_on", sa.Date(), nullable=True),
        sa.Column("overdue_on", sa.Date(), nullable=True, comment="day on which it was first found overdue"),
        sa.PrimaryKeyConstraint("township", "case_id", "clock", name=op.f("pk_clocks")),
    )
    with op.batch_alter_table("clocks", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_clocks_case_id"), ["case_id"], unique=False)
        batch_op.create_index("ix_clocks_state_due", ["state", "due_on"], unique=False)
    op.create_table(
        "field_tasks",
        sa.Column("task_id", sa.String(length=36), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("township", sa.String(length=12), nullable=False),
        sa.Column("village", sa.String(length=12), nullable=False),
        sa.Column("case_id", sa.String(length=36), nullable=False),
        sa.Column("household_id", sa.String(length=36), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=True),
        sa.Column("title", sa.String(length=200), nullable=False),
        sa.Column(
            "subject", sa.JSON(), nullable=False, comment="what must be known on site, as text by name"
        ),
        sa.Column("opened_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("closed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("closed_by_visit", sa.String(length=36), nullable=False),
        sa.PrimaryKeyConstraint("task_id", name=op.f("pk_field_tasks")),
    )
    with op.batch_alter_table("field_tasks", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_field_tasks_case_id"), ["case_id"], unique=False)
        batch_op.create_index("ix_field_tasks_village_open", ["village", "closed_at"], unique=False)
    op.create_table(
        "forms",
        sa.Column("form_id", sa.String(length=64), nullable=False),
        sa.Column(
            "version", sa.String(length=40), nullable=False, comment="with form_id: never changes its meaning"
        ),
        sa.Column("title", sa.String(length=200), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False, comment="of the XForm"),
        sa.Column("xform", sa.Text(), nullable=False),
        sa.Column("published_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("published_by", sa.String(length=80), nullable=False),
        sa.PrimaryKeyConstraint("form_id", "version", name=op.f("pk_forms")),
    )
    op.create_table(
        "opinions",
        sa.Column("township", sa.String(length=12), nullable=False),
        sa.Column("case_id", sa.String(length=36), nullable=False),
        sa.Column("revision", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("category", sa.String(length=20), nullable=False),
        sa.Column("eligible", sa.Boolean(), nullable=False),
        sa.Column(
            "cause", sa.String(length=20), nullable=False, comment="coarse code of the cause of poverty"
        ),
        sa.Column("insured_person_ids", sa.JSON(), nullable=False),
        sa.Column("monthly_amount_fen", sa.BigInteger(), nullable=False),
        sa.Column("formed_on", sa.Date(), nullable=False),
        sa.Column("handler_id", sa.String(length=36), nullable=False),
        sa.Column("policy_revision", sa.Integer(), nullable=False),
        sa.Column("steps", sa.JSON(), nullable=False, comment="calculation: article and text, in order"),
        sa.PrimaryKeyConstraint("township", "case_id", "revision", name=op.f("pk_opinions")),
    )
    with op.batch_alter_table("opinions", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_opinions_case_id"), ["case_id"], unique=False)
    op.create_table(
        "survey_orders",
        sa.Column("township", sa.String(length=12), nullable=False),
        sa.Column("task_id", sa.String(length=36), nullable=False),
        sa.Column("case_id", sa.String(length=36), nullable=False),
        sa.Column("surveyor_ids", sa.JSON(), nullable=False),
        sa.Column("ordered_on", sa.Date(), nullable=False),
        sa.Column("ordered_by", sa.String(length=36), nullable=False),
        sa.PrimaryKeyConstraint("township", "task_id", name=op.f("pk_survey_orders")),
    )
    with op.batch_alter_table("survey_orders", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_survey_orders_case_id"), ["case_id"], unique=False)
    op.create_table(
        "surveys",
        sa.Column("township", sa.String(length=12), nullable=False),
        sa.Column("visit_id", sa.String(length=36), nullable=False),
        sa.Column("case_id", sa.String(length=36), nullable=False),
        sa.Column("surveyor_ids", sa.JSON(), nullable=False),
        sa.Column("visited_on", sa.Date(), nullable=False),
        sa.Column("mode", sa.String(length=20), nullable=False),
        sa.Column("signed_by_family", sa.Boolean(), nullable=False),
        sa.Column("refusal_reason", sa.Text(), nullable=False, comment="why nobody of the family signed"),
        sa.Column("witness", sa.String(length=80), nullable=False),
        sa.Column("facts", sa.Text(), nullable=False, comment="HouseholdFacts as JSON"),
        sa.Column("filed_on", sa.Date(), nullable=False),
        sa.PrimaryKeyConstraint("township", "visit_id", name=op.f("pk_surveys")),
    )
    with op.batch_alter_table("surveys", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_surveys_case_id"), ["case_id"], unique=False)
    op.create_table(
        "verifications",
        sa.Column("township", sa.String(length=12), nullable=False),
        sa.Column("verification_id", sa.String(length=36), nullable=False),
        sa.Column("case_id", sa.String(length=36), nullable=False),
        sa.Column("requested_on", sa.Date(), nullable=False),
        sa.Column("requested_by", sa.String(length=36), nullable=False),
        sa.Column("returned_on", sa.Date(), nullable=True),
        sa.Column(
            "report_no", sa.String(length=80), nullable=False, comment="number in the provincial system"
        ),
        sa.PrimaryKeyConstraint("township", "verification_id", name=op.f("pk_verifications")),
        sa.UniqueConstraint("verification_id", name=op.f("uq_verifications_verification_id")),
    )
    with op.batch_alter_table("verifications", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_verifications_case_id"), ["case_id"], unique=False)
    op.create_table(
        "verified_facts",
        sa.Column("verification_id", sa.String(length=36), nullable=False),
        sa.Column("position", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("person_id", sa.String(length=36), nullable=False),
        sa.Column("kind", sa.String(length=30), nullable=False),
        sa.Column(
            "amount_fen",
            sa.BigInteger(),
            nullable=False,
            comment="income by the month, holdings as they stand",
        ),
        sa.Column("note", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("verification_id", "position", name=op.f("pk_verified_facts")),
    )
    op.create_table(
        "visits",
        sa.Column(
            "visit_id",
            sa.String(length=36),
            nullable=False,
            comment="made by the tablet: a resend is the same visit",
        ),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("township", sa.String(length=12), nullable=False),
        sa.Column("village", sa.String(length=12), nullable=False),
        sa.Column("form_id", sa.String(length=64), nullable=False),
        sa.Column("form_version", sa.String(length=40), nullable=False),
        sa.Column(
            "recorded_at",
            sa.DateTime(timezone=True),
            nullable=False,
            comment="by the tablet's clock; no legal date rests on it",
        ),
        sa.Column("received_at", sa.DateTime(timezone=True), nullable=False, comment="by our clock"),
        sa.Column("recorded_by", sa.String(length=80), nullable=False),
        sa.Column(
            "content_sha256", sa.String(length=64), nullable=False, comment="of the canonical envelope"
        ),
        sa.Column("instance", sa.LargeBinary(), nullable=False, comment="sealed XForms instance"),
        sa.Column("stage", sa.String(length=20), nullable=False),
        sa.Column("refusal_code", sa.String(length=60), nullable=False, comment="why it has no effect"),
        sa.Column("refusal_article", sa.String(length=40), nullable=False),
        sa.Column("refusal_message", sa.Text(), nullable=False),
        sa.Column("case_id", sa.String(length=36), nullable=False),
        sa.Column("household_id", sa.String(length=36), nullable=False),
        sa.Column("visited_on", sa.Date(), nullable=False),
        sa.PrimaryKeyConstraint("visit_id", name=op.f("pk_visits")),
    )
    with op.batch_alter_table("visits", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_visits_case_id"), ["case_id"], unique=False)
        batch_op.create_index("ix_visits_township_received", ["township", "received_at"], unique=False)
    op.create_table(
        "field_task_assignees",
        sa.Column("task_id", sa.String(length=36), nullable=False),
        sa.Column("staff_id", sa.String(length=36), nullable=False),
        sa.ForeignKeyConstraint(
            ["task_id"], ["field_tasks.task_id"], name=op.f("fk_field_task_assignees_task_id")
        ),
        sa.PrimaryKeyConstraint("task_id", "staff_id", name=op.f("pk_field_task_assignees")),
    )
    with op.batch_alter_table("field_task_assignees", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_field_task_assignees_staff_id"), ["staff_id"], unique=False)
    op.create_table(
        "merge_tasks",
        sa.Column("merge_task_id", sa.String(length=36), nullable=False),
        sa.Column("visit_id", sa.String(length=36), nullable=False),
        sa.Column("content_sha256", sa.String(length=64), nullable=False, comment="of the other content"),
        sa.Column(
            "envelope", sa.LargeBinary(), nullable=False, comment="sealed envelope with the other content"
        ),
        sa.Column("sent_by", sa.String(length=80), nullable=False),
        sa.Column("opened_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("closed_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["visit_id"], ["visits.visit_id"], name=op.f("fk_merge_tasks_visit_id")),
        sa.PrimaryKeyConstraint("merge_task_id", name=op.f("pk_merge_tasks")),
        sa.UniqueConstraint("visit_id", "content_sha256", name=op.f("uq_merge_tasks_visit_id")),
    )
    op.create_table(
        "visit_photos",
        sa.Column("visit_id", sa.String(length=36), nullable=False),
        sa.Column("name", sa.String(length=120), nullable=False, comment="as the instance names it"),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("size", sa.BigInteger(), nullable=False, comment="announced bytes"),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("state", sa.String(length=20), nullable=False, comment="missing, verified or refused"),
        sa.Column("reason", sa.Text(), nullable=False, comment="why it was refused"),
        sa.Column("verified_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["visit_id"], ["visits.visit_id"], name=op.f("fk_visit_photos_visit_id")),
        sa.PrimaryKeyConstraint("visit_id", "name", name=op.f("pk_visit_photos")),
    )
    with op.batch_alter_table("visit_photos", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_visit_photos_sha256"), ["sha256"], unique=False)


def downgrade() -> None:
    with op.batch_alter_table("visit_photos", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_visit_photos_sha256"))
    op.drop_table("visit_photos")
    op.drop_table("merge_tasks")
    with op.batch_alter_table("field_task_assignees", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_field_task_assignees_staff_id"))
    op.drop_table("field_task_assignees")
    with op.batch_alter_table("visits", schema=None) as batch_op:
        batch_op.drop_index("ix_visits_township_received")
        batch_op.drop_index(batch_op.f("ix_visits_case_id"))
    op.drop_table("visits")
    op.drop_table("verified_facts")
    with op.batch_alter_table("verifications", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_verifications_case_id"))
    op.drop_table("verifications")
    with op.batch_alter_table("surveys", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_surveys_case_id"))
    op.drop_table("surveys")
    with op.batch_alter_table("survey_orders", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_survey_orders_case_id"))
    op.drop_table("survey_orders")
    with op.batch_alter_table("opinions", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_opinions_case_id"))
    op.drop_table("opinions")
    op.drop_table("forms")
    with op.batch_alter_table("field_tasks", schema=None) as batch_op:
        batch_op.drop_index("ix_field_tasks_village_open")
        batch_op.drop_index(batch_op.f("ix_field_tasks_case_id"))
    op.drop_table("field_tasks")
    with op.batch_alter_table("clocks", schema=None) as batch_op:
        batch_op.drop_index("ix_clocks_state_due")
        batch_op.drop_index(batch_op.f("ix_clocks_case_id"))
    op.drop_table("clocks")
    with op.batch_alter_table("cases", schema=None) as batch_op:
        batch_op.drop_index("ix_cases_township_stage")
        batch_op.drop_index(batch_op.f("ix_cases_household_id"))
    op.drop_table("cases")
    with op.batch_alter_table("case_members", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_case_members_case_id"))
    op.drop_table("case_members")
