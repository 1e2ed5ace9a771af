"""Every kind of notice with its own fields, chased postings, reliefs with a last day, and objections."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from services.common.runtime import row_security
from services.common.runtime.tables import Instant
from services.disclosure.storage.tables import FIELDS_OF_ITS_KIND

revision = "20261125_1915"
down_revision = "20261124_0620"
branch_labels = None
depends_on = None

OLD_CHECK = (
    "(kind = 'initial' AND household_size IS NOT NULL AND cause IS NOT NULL AND shown_until IS NOT NULL"
    " AND persons IS NULL AND amount_fen IS NULL)"
    " OR (kind = 'long-term' AND persons IS NOT NULL AND household_size IS NULL AND cause IS NULL"
    " AND shown_until IS NULL)"
)
CHECK = op.f("ck_board_fields_of_its_kind")


def upgrade() -> None:
    with op.batch_alter_table("publicities") as batch:
        batch.alter_column("household_size", existing_type=sa.Integer(), nullable=True)
        batch.alter_column("cause", existing_type=sa.String(20), nullable=True)
        batch.alter_column("category", existing_type=sa.String(20), nullable=True)
        batch.alter_column(
            "head_name",
            existing_type=sa.String(60),
            existing_nullable=False,
            comment="published by R5; checked by rules/leaks",
        )
        batch.add_column(sa.Column("object_category", sa.String(20), comment="of expenditure relief (R5.3a)"))
        batch.add_column(sa.Column("sex", sa.String(10), comment="published by R5.2c alone"))
        batch.add_column(sa.Column("end_reason", sa.String(20), comment="coarse code (R5.2c)"))
        batch.add_column(
            sa.Column(
                "residence_village",
                sa.String(12),
                nullable=False,
                server_default="",
                comment="empty: the same",
            )
        )
        batch.add_column(
            sa.Column(
                "institution", sa.String(80), nullable=False, server_default="", comment="collective care"
            )
        )
        batch.add_column(
            sa.Column(
                "round",
                sa.Integer(),
                nullable=False,
                server_default="1",
                comment="2 and more: after an objection",
            )
        )
        batch.drop_constraint("uq_publicities_case_revision", type_="unique")
        batch.create_unique_constraint(
            "uq_publicities_case_kind_revision_round", ["case_id", "kind", "revision", "round"]
        )
    with op.batch_alter_table("postings") as batch:
        batch.add_column(sa.Column("asked_on", sa.Date(), comment="when the task went out"))
        batch.add_column(
            sa.Column(
                "chased",
                sa.Integer(),
                nullable=False,
                server_default="0",
                comment="how often its proof was chased",
            )
        )
        batch.create_index("ix_postings_stage_asked", ["stage", "asked_on"])
    with op.batch_alter_table("entries") as batch:
        batch.alter_column(
            "category", existing_type=sa.String(20), nullable=True, comment="empty for a relief"
        )
        batch.alter_column(
            "amount_fen",
            existing_type=sa.BigInteger(),
            existing_nullable=False,
            comment="monthly, add-on included; of a relief once",
        )
        batch.add_column(sa.Column("kind", sa.String(20), nullable=False, server_default="long-term"))
        batch.add_column(
            sa.Column("shown_until", sa.Date(), comment="of a relief: its display period (R5.3b)")
        )
        batch.create_index("ix_entries_stage_shown_until", ["stage", "shown_until"])
    with op.batch_alter_table("board") as batch:
        batch.alter_column("category", existing_type=sa.String(20), nullable=True)
        batch.add_column(
            sa.Column(
                "also_in",
                sa.String(12),
                nullable=False,
                server_default="",
                comment="second village, of residence",
            )
        )
        batch.add_column(sa.Column("object_category", sa.String(20)))
        batch.add_column(sa.Column("relief_type", sa.String(20)))
        batch.add_column(sa.Column("sex", sa.String(10)))
        batch.add_column(sa.Column("end_reason", sa.String(20)))
        batch.drop_constraint(CHECK, type_="check")
        batch.create_check_constraint(CHECK, FIELDS_OF_ITS_KIND)
        batch.create_index("ix_board_village", ["village", "kind"])
        batch.create_index("ix_board_also_in", ["also_in"])
    _create_objections()


def _create_objections() -> None:
    op.create_table(
        "objections",
        sa.Column("objection_id", sa.String(36), nullable=False),
        sa.Column("township", sa.String(9), nullable=False),
        sa.Column("village", sa.String(12), nullable=False),
        sa.Column("receipt_no", sa.String(24), nullable=False, comment="what the objector asks with"),
        sa.Column("about", sa.String(20), nullable=False, comment="publicity, or why it is a report instead"),
        sa.Column("notice_id", sa.String(36), nullable=False, comment="publicity or entry objected to"),
        sa.Column("case_id", sa.String(36), nullable=False),
        sa.Column("household_id", sa.String(36), nullable=False),
        sa.Column("way", sa.String(20), nullable=False),
        sa.Column("anonymous", sa.Boolean(), nullable=False),
        sa.Column(
            "words", sa.LargeBinary(), nullable=False, comment="sealed: what is said, and by whom if told"
        ),
        sa.Column("stage", sa.String(20), nullable=False),
        sa.Column("raised_at", Instant(timezone=True), nullable=False),
        sa.Column("raised_on", sa.Date(), nullable=False),
        sa.Column("answer_due_on", sa.Date(), comment="empty for a report, which intake's ledger times"),
        sa.Column("investigators", sa.JSON(), nullable=False, comment="staff ids, two or more"),
        sa.Column("investigated_on", sa.Date()),
        sa.Column("investigation", sa.LargeBinary(), comment="sealed: what was found"),
        sa.Column("outcome", sa.String(20)),
        sa.Column(
            "answer",
            sa.Text(),
            nullable=False,
            comment="passed the leak gate; whoever has the number reads it",
        ),
        sa.Column("answered_on", sa.Date()),
        sa.Column("answered_by", sa.String(80), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("objection_id", name=op.f("pk_objections")),
        sa.UniqueConstraint("receipt_no", name=op.f("uq_objections_receipt_no")),
    )
    op.create_index(op.f("ix_objections_case_id"), "objections", ["case_id"])
    op.create_index("ix_objections_township_stage", "objections", ["township", "stage"])
    row_security.enable(op.get_bind(), ("objections",))


def downgrade() -> None:
    row_security.disable(op.get_bind(), ("objections",))
    op.drop_table("objections")
    with op.batch_alter_table("board") as batch:
        batch.drop_index("ix_board_also_in")
        batch.drop_index("ix_board_village")
        batch.drop_constraint(CHECK, type_="check")
        batch.create_check_constraint(CHECK, OLD_CHECK)
        for column in ("also_in", "object_category", "relief_type", "sex", "end_reason"):
            batch.drop_column(column)
        batch.alter_column("category", existing_type=sa.String(20), nullable=False)
    with op.batch_alter_table("entries") as batch:
        batch.drop_index("ix_entries_stage_shown_until")
        batch.drop_column("shown_until")
        batch.drop_column("kind")
        batch.alter_column("category", existing_type=sa.String(20), nullable=False)
    with op.batch_alter_table("postings") as batch:
        batch.drop_index("ix_postings_stage_asked")
        batch.drop_column("chased")
        batch.drop_column("asked_on")
    with op.batch_alter_table("publicities") as batch:
        batch.drop_constraint("uq_publicities_case_kind_revision_round", type_="unique")
        batch.create_unique_constraint("uq_publicities_case_revision", ["case_id", "revision"])
        for column in ("round", "institution", "residence_village", "end_reason", "sex", "object_category"):
            batch.drop_column(column)
        for column, type_ in (
            ("category", sa.String(20)),
            ("cause", sa.String(20)),
            ("household_size", sa.Integer()),
        ):
            batch.alter_column(column, existing_type=type_, nullable=False)
