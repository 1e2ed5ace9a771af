"""Who signs in with what: passwords, other systems, tablets; who stands in for whom."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "20261124_0720"
down_revision = "20261124_0700"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "clients",
        sa.Column("client_id", sa.String(length=36), nullable=False),
        sa.Column("name", sa.String(length=80), nullable=False),
        sa.Column("area", sa.String(length=12), nullable=False),
        sa.Column("scopes", sa.JSON(), nullable=False, comment="actions of the access tables"),
        sa.Column("secret_hash", sa.String(length=200), nullable=False, comment="argon2id"),
        sa.Column("revoked_at", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("client_id", name=op.f("pk_clients")),
    )
    op.create_table(
        "credentials",
        sa.Column(
            "holder",
            sa.String(length=36),
            nullable=False,
            comment="staff id, or 'operator' before there is staff",
        ),
        sa.Column(
            "password_hash", sa.String(length=200), nullable=False, comment="argon2id with its salt and costs"
        ),
        sa.Column(
            "must_change", sa.Boolean(), nullable=False, comment="set by somebody else, not yet changed"
        ),
        sa.Column(
            "changed_at",
            sa.DateTime(timezone=True),
            nullable=False,
            comment="real time; older browser sessions are over",
        ),
        sa.PrimaryKeyConstraint("holder", name=op.f("pk_credentials")),
    )
    op.create_table(
        "device_challenges",
        sa.Column("challenge", sa.String(length=64), nullable=False),
        sa.Column("device_id", sa.String(length=36), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("challenge", name=op.f("pk_device_challenges")),
    )
    op.create_table(
        "devices",
        sa.Column("device_id", sa.String(length=36), nullable=False),
        sa.Column("name", sa.String(length=80), nullable=False, comment="label on the tablet"),
        sa.Column("area", sa.String(length=12), nullable=False),
        sa.Column("public_key", sa.Text(), nullable=False, comment="P-256, PEM"),
        sa.Column("enrolled_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("last_used_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("revoked_at", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("device_id", name=op.f("pk_devices")),
    )
    op.create_index("ix_devices_area", "devices", ["area"], unique=False)
    op.create_table(
        "enrolment_codes",
        sa.Column(
            "code_hash", sa.String(length=64), nullable=False, comment="SHA-256 of the code in the QR code"
        ),
        sa.Column("area", sa.String(length=12), nullable=False),
        sa.Column("made_by", sa.String(length=36), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("used_at", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("code_hash", name=op.f("pk_enrolment_codes")),
    )
    op.create_table(
        "familiar_sources",
        sa.Column("key", sa.String(length=64), nullable=False, comment="keyed hash of account and source"),
        sa.Column(
            "last_at",
            sa.DateTime(timezone=True),
            nullable=False,
            comment="last sign-in that succeeded from there",
        ),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_familiar_sources")),
    )
    op.create_table(
        "sign_in_tries",
        sa.Column(
            "key", sa.String(length=64), nullable=False, comment="keyed hash of account, source, or both"
        ),
        sa.Column("failures", sa.Integer(), nullable=False),
        sa.Column("last_at", sa.DateTime(timezone=True), nullable=True, comment="real time"),
        sa.Column(
            "waits_until",
            sa.DateTime(timezone=True),
            nullable=True,
            comment="real time; tries before it are not looked at",
        ),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_sign_in_tries")),
    )
    op.create_table(
        "delegations",
        sa.Column("delegation_id", sa.String(length=36), nullable=False),
        sa.Column("role", sa.String(length=40), nullable=False),
        sa.Column("area", sa.String(length=12), nullable=False),
        sa.Column("principal", sa.String(length=36), nullable=False, comment="on leave"),
        sa.Column("delegate", sa.String(length=36), nullable=False, comment="stands in"),
        sa.Column("from_on", sa.Date(), nullable=False),
        sa.Column("to_on", sa.Date(), nullable=False, comment="last day"),
        sa.Column("actions", sa.JSON(), nullable=False, comment="empty: all of the post"),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("revoked_on", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(["delegate"], ["staff.staff_id"], name=op.f("fk_delegations_delegate")),
        sa.ForeignKeyConstraint(["principal"], ["staff.staff_id"], name=op.f("fk_delegations_principal")),
        sa.PrimaryKeyConstraint("delegation_id", name=op.f("pk_delegations")),
    )
    op.create_index("ix_delegations_delegate", "delegations", ["delegate", "to_on"], unique=False)
    op.create_index("ix_delegations_principal", "delegations", ["principal", "to_on"], unique=False)
    op.create_table(
        "external_identities",
        sa.Column("issuer", sa.String(length=200), nullable=False),
        sa.Column(
            "subject", sa.String(length=200), nullable=False, comment="the claim that the settings name"
        ),
        sa.Column("staff_id", sa.String(length=36), nullable=False),
        sa.ForeignKeyConstraint(
            ["staff_id"], ["staff.staff_id"], name=op.f("fk_external_identities_staff_id")
        ),
        sa.PrimaryKeyConstraint("issuer", "subject", name=op.f("pk_external_identities")),
        sa.UniqueConstraint("issuer", "staff_id", name=op.f("uq_external_identities_issuer")),
    )
    op.create_table(
        "handovers",
        sa.Column("handover_id", sa.String(length=36), nullable=False),
        sa.Column("role", sa.String(length=40), nullable=False),
        sa.Column("area", sa.String(length=12), nullable=False),
        sa.Column("giver", sa.String(length=36), nullable=False),
        sa.Column("taker", sa.String(length=36), nullable=False),
        sa.Column(
            "open_cases", sa.Integer(), nullable=False, comment="handled by the giver at the first signature"
        ),
        sa.Column(
            "open_tasks", sa.Integer(), nullable=False, comment="assigned to the giver at the first signature"
        ),
        sa.Column("given_at", sa.DateTime(timezone=True), nullable=False, comment="first signature"),
        sa.Column("taken_at", sa.DateTime(timezone=True), nullable=True, comment="second signature"),
        sa.ForeignKeyConstraint(["giver"], ["staff.staff_id"], name=op.f("fk_handovers_giver")),
        sa.ForeignKeyConstraint(["taker"], ["staff.staff_id"], name=op.f("fk_handovers_taker")),
        sa.PrimaryKeyConstraint("handover_id", name=op.f("pk_handovers")),
    )
    op.create_index("ix_handovers_taker", "handovers", ["taker", "taken_at"], unique=False)


def downgrade() -> None:
    op.drop_index("ix_handovers_taker", table_name="handovers")
    op.drop_table("handovers")
    op.drop_table("external_identities")
    op.drop_index("ix_delegations_principal", table_name="delegations")
    op.drop_index("ix_delegations_delegate", table_name="delegations")
    op.drop_table("delegations")
    op.drop_table("sign_in_tries")
    op.drop_table("familiar_sources")
    op.drop_table("enrolment_codes")
    op.drop_index("ix_devices_area", table_name="devices")
    op.drop_table("devices")
    op.drop_table("device_challenges")
    op.drop_table("credentials")
    op.drop_table("clients")
