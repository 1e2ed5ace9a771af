"""The audit becomes chains of hashes to which rows are only added."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from services.common.runtime import append_only, audit_check

revision = "20261124_0600"
down_revision = "20261124_0500"
branch_labels = None
depends_on = None


def upgrade() -> None:
    for name, kind, comment in (
        ("chain", sa.String(length=12), "township, or 'district'"),
        ("number", sa.BigInteger(), "position in the chain, from 1, without gaps"),
        ("kind", sa.String(length=8), "act, or look at personal data"),
        ("purpose", sa.String(length=200), "why, in the caller's words"),
        ("origin", sa.String(length=200), "peer address and device"),
        ("result", sa.String(length=60), "done, or the code of the refusal"),
        ("prev_hash", sa.String(length=64), "of the row before it in the chain"),
        ("hash", sa.String(length=64), "SHA-256 over prev_hash and this row"),
    ):
        op.add_column("audit", sa.Column(name, kind, nullable=False, comment=comment, server_default="0"))
    op.create_table(
        "audit_heads",
        sa.Column("chain", sa.String(length=12), nullable=False),
        sa.Column("number", sa.BigInteger(), nullable=False, comment="of the last row"),
        sa.Column("hash", sa.String(length=64), nullable=False, comment="of the last row"),
        sa.Column("anchored", sa.BigInteger(), nullable=False, comment="number at the last anchor"),
        sa.PrimaryKeyConstraint("chain", name=op.f("pk_audit_heads")),
    )
    audit_check.adopt(op.get_bind())
    op.create_index("uq_audit_chain_number", "audit", ["chain", "number"], unique=True)
    append_only.forbid(op.get_bind(), "audit")


def downgrade() -> None:
    append_only.permit(op.get_bind(), "audit")
    op.drop_index("uq_audit_chain_number", "audit")
    op.drop_table("audit_heads")
    for name in ("hash", "prev_hash", "result", "origin", "purpose", "kind", "number", "chain"):
        op.drop_column("audit", name)
