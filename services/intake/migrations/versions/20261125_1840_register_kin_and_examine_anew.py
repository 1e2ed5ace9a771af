"""Kinship declared by staff, the separate register, recusal on request, examinations anew, appraisals."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from services.common.runtime import row_security

revision = "20261125_1840"
down_revision = "20261125_1850"
branch_labels = None
depends_on = None

TABLES = (
    "recusal_requests",
    "kin_entries",
    "reexaminations",
    "appraisals",
    "neighbour_visits",
    "verification_disputes",
)


def upgrade() -> None:
    op.create_table(
        "appraisals",
        sa.Column("township", sa.String(length=12), nullable=False),
        sa.Column("appraisal_id", sa.String(length=36), nullable=False),
        sa.Column("case_id", sa.String(length=36), nullable=False),
        sa.Column("held_on", sa.Date(), nullable=False),
        sa.Column("place", sa.String(length=80), nullable=False),
        sa.Column("chair", sa.String(length=80), nullable=False),
        sa.Column("appraisers", sa.JSON(), nullable=False, comment="name, part, staff id where on the staff"),
        sa.Column("votes_for", sa.Integer(), nullable=False),
        sa.Column("votes_against", sa.Integer(), nullable=False),
        sa.Column("abstained", sa.Integer(), nullable=False),
        sa.Column("minutes", sa.Text(), nullable=False),
        sa.Column("is_public", sa.Boolean(), nullable=False, comment="the outcome was announced on the spot"),
        sa.Column("recorded_by", sa.String(length=36), nullable=False),
        sa.PrimaryKeyConstraint("township", "appraisal_id", name=op.f("pk_appraisals")),
        sa.UniqueConstraint("appraisal_id", name=op.f("uq_appraisals_appraisal_id")),
    )
    op.create_index(op.f("ix_appraisals_case_id"), "appraisals", ["case_id"], unique=False)
    op.create_table(
        "kin_entries",
        sa.Column("township", sa.String(length=12), nullable=False),
        sa.Column("case_id", sa.String(length=36), nullable=False),
        sa.Column("household_id", sa.String(length=36), nullable=False),
        sa.Column("village", sa.String(length=12), nullable=False),
        sa.Column("staff_ids", sa.JSON(), nullable=False),
        sa.Column("registered_on", sa.Date(), nullable=False),
        sa.Column("late", sa.Boolean(), nullable=False, comment="kin were found after acceptance"),
        sa.Column("filed_on", sa.Date(), nullable=True, comment="filed with the district"),
        sa.Column("filed_by", sa.String(length=80), nullable=False),
        sa.PrimaryKeyConstraint("township", "case_id", name=op.f("pk_kin_entries")),
        sa.UniqueConstraint("case_id", name=op.f("uq_kin_entries_case_id")),
    )
    op.create_table(
        "kin_widenings",
        sa.Column("township", sa.String(length=12), nullable=False),
        sa.Column("from_on", sa.Date(), nullable=False),
        sa.Column(
            "relations", sa.JSON(), nullable=False, comment="counted as near kin beyond the regulation's list"
        ),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("set_by", sa.String(length=36), nullable=False),
        sa.PrimaryKeyConstraint("township", "from_on", name=op.f("pk_kin_widenings")),
    )
    op.create_table(
        "neighbour_visits",
        sa.Column("township", sa.String(length=12), nullable=False),
        sa.Column("visit_id", sa.String(length=36), nullable=False),
        sa.Column("case_id", sa.String(length=36), nullable=False),
        sa.Column("visitor_ids", sa.JSON(), nullable=False),
        sa.Column("visited_on", sa.Date(), nullable=False),
        sa.Column("neighbour", sa.String(length=80), nullable=False, comment="empty where unnamed"),
        sa.Column("knows_by", sa.String(length=80), nullable=False, comment="how he knows the family"),
        sa.Column("account", sa.Text(), nullable=False),
        sa.Column("supports", sa.Boolean(), nullable=False, comment="agrees with what the family said"),
        sa.PrimaryKeyConstraint("township", "visit_id", name=op.f("pk_neighbour_visits")),
        sa.UniqueConstraint("visit_id", name=op.f("uq_neighbour_visits_visit_id")),
    )
    op.create_index(op.f("ix_neighbour_visits_case_id"), "neighbour_visits", ["case_id"], unique=False)
    op.create_table(
        "recusal_requests",
        sa.Column("township", sa.String(length=12), nullable=False),
        sa.Column("request_id", sa.String(length=36), nullable=False),
        sa.Column("case_id", sa.String(length=36), nullable=False),
        sa.Column("household_id", sa.String(length=36), nullable=False),
        sa.Column("staff_id", sa.String(length=36), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("asked_on", sa.Date(), nullable=False),
        sa.Column("replacement_id", sa.String(length=36), nullable=True),
        sa.Column("named_by", sa.String(length=80), nullable=False),
        sa.Column("named_on", sa.Date(), nullable=True),
        sa.PrimaryKeyConstraint("township", "request_id", name=op.f("pk_recusal_requests")),
        sa.UniqueConstraint("case_id", "staff_id", name=op.f("uq_recusal_requests_case_id")),
        sa.UniqueConstraint("request_id", name=op.f("uq_recusal_requests_request_id")),
    )
    op.create_index(op.f("ix_recusal_requests_case_id"), "recusal_requests", ["case_id"], unique=False)
    op.create_index(
        op.f("ix_recusal_requests_household_id"), "recusal_requests", ["household_id"], unique=False
    )
    op.create_table(
        "reexaminations",
        sa.Column("township", sa.String(length=12), nullable=False),
        sa.Column("reexamination_id", sa.String(length=36), nullable=False),
        sa.Column("case_id", sa.String(length=36), nullable=False),
        sa.Column("household_id", sa.String(length=36), nullable=False),
        sa.Column("ground", sa.String(length=40), nullable=False),
        sa.Column("staff_ids", sa.JSON(), nullable=False, comment="kin who were not declared"),
        sa.Column("source_id", sa.String(length=80), nullable=False, comment="objection or report"),
        sa.Column("opened_on", sa.Date(), nullable=False),
        sa.Column("opened_by", sa.String(length=80), nullable=False),
        sa.Column("concluded_on", sa.Date(), nullable=True),
        sa.Column("concluded_by", sa.String(length=80), nullable=False),
        sa.Column("outcome", sa.String(length=20), nullable=False),
        sa.Column("monthly_amount_fen", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("township", "reexamination_id", name=op.f("pk_reexaminations")),
        sa.UniqueConstraint("reexamination_id", name=op.f("uq_reexaminations_reexamination_id")),
    )
    op.create_index(op.f("ix_reexaminations_case_id"), "reexaminations", ["case_id"], unique=False)
    op.create_table(
        "referrals",
        sa.Column("referral_id", sa.String(length=36), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("area", sa.String(length=12), nullable=False),
        sa.Column("staff_id", sa.String(length=36), nullable=False, comment="whom the suspicion concerns"),
        sa.Column("case_id", sa.String(length=36), nullable=False),
        sa.Column("facts", sa.Text(), nullable=False),
        sa.Column("authority", sa.String(length=80), nullable=False, comment="body it was handed to"),
        sa.Column("referred_on", sa.Date(), nullable=False),
        sa.Column("referred_by", sa.String(length=80), nullable=False),
        sa.Column("receipt_no", sa.String(length=80), nullable=False),
        sa.Column("received_on", sa.Date(), nullable=True),
        sa.Column("outcome", sa.Text(), nullable=False),
        sa.Column("answered_on", sa.Date(), nullable=True),
        sa.PrimaryKeyConstraint("referral_id", name=op.f("pk_referrals")),
    )
    op.create_index(op.f("ix_referrals_area"), "referrals", ["area"], unique=False)
    op.create_table(
        "staff_declarations",
        sa.Column("declaration_id", sa.String(length=36), nullable=False),
        sa.Column("staff_id", sa.String(length=36), nullable=False),
        sa.Column(
            "area",
            sa.String(length=12),
            nullable=False,
            comment="where the declarant works",
        ),
        sa.Column("person_id", sa.String(length=36), nullable=False, comment="the kin"),
        sa.Column(
            "relation", sa.String(length=40), nullable=False, comment="of the kin to the member of staff"
        ),
        sa.Column("stage", sa.String(length=20), nullable=False),
        sa.Column("declared_on", sa.Date(), nullable=False),
        sa.Column("reviewed_by", sa.String(length=80), nullable=False),
        sa.Column("reviewed_on", sa.Date(), nullable=True),
        sa.Column("filed_by", sa.String(length=80), nullable=False),
        sa.Column("filed_on", sa.Date(), nullable=True),
        sa.Column("note", sa.Text(), nullable=False, comment="why it was returned"),
        sa.PrimaryKeyConstraint("declaration_id", name=op.f("pk_staff_declarations")),
        sa.UniqueConstraint("staff_id", "person_id", name=op.f("uq_staff_declarations_staff_id")),
    )
    op.create_index("ix_staff_declarations_area", "staff_declarations", ["area", "stage"], unique=False)
    op.create_index(
        op.f("ix_staff_declarations_person_id"), "staff_declarations", ["person_id"], unique=False
    )
    op.create_table(
        "verification_disputes",
        sa.Column("township", sa.String(length=12), nullable=False),
        sa.Column("dispute_id", sa.String(length=36), nullable=False),
        sa.Column("case_id", sa.String(length=36), nullable=False),
        sa.Column("verification_id", sa.String(length=36), nullable=False, comment="report that is disputed"),
        sa.Column("statement", sa.Text(), nullable=False),
        sa.Column("evidence", sa.JSON(), nullable=False, comment="what the family brought, by name"),
        sa.Column("raised_on", sa.Date(), nullable=False),
        sa.Column("rechecked_by", sa.String(length=36), nullable=False, comment="request that checks again"),
        sa.PrimaryKeyConstraint("township", "dispute_id", name=op.f("pk_verification_disputes")),
        sa.UniqueConstraint("dispute_id", name=op.f("uq_verification_disputes_dispute_id")),
    )
    op.create_index(
        op.f("ix_verification_disputes_case_id"), "verification_disputes", ["case_id"], unique=False
    )

    row_security.enable(op.get_bind(), TABLES)


def downgrade() -> None:
    row_security.disable(op.get_bind(), TABLES)
    op.drop_index(op.f("ix_verification_disputes_case_id"), table_name="verification_disputes")
    op.drop_table("verification_disputes")
    op.drop_index(op.f("ix_staff_declarations_person_id"), table_name="staff_declarations")
    op.drop_index("ix_staff_declarations_area", table_name="staff_declarations")
    op.drop_table("staff_declarations")
    op.drop_index(op.f("ix_referrals_area"), table_name="referrals")
    op.drop_table("referrals")
    op.drop_index(op.f("ix_reexaminations_case_id"), table_name="reexaminations")
    op.drop_table("reexaminations")
    op.drop_index(op.f("ix_recusal_requests_household_id"), table_name="recusal_requests")
    op.drop_index(op.f("ix_recusal_requests_case_id"), table_name="recusal_requests")
    op.drop_table("recusal_requests")
    op.drop_index(op.f("ix_neighbour_visits_case_id"), table_name="neighbour_visits")
    op.drop_table("neighbour_visits")
    op.drop_table("kin_widenings")
    op.drop_table("kin_entries")
    op.drop_index(op.f("ix_appraisals_case_id"), table_name="appraisals")
    op.drop_table("appraisals")
