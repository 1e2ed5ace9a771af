"""Tables of identity: passwords, failed sign-ins, systems, stand-ins, handovers, tablets."""

from __future__ import annotations

from sqlalchemy import (
    JSON,
    Boolean,
    Column,
    Date,
    ForeignKey,
    Index,
    Integer,
    String,
    Table,
    Text,
    UniqueConstraint,
)

from services.common.runtime.tables import Instant
from services.intake.storage.metadata import metadata

credentials = Table(
    "credentials",
    metadata,
    Column("holder", String(36), primary_key=True, comment="staff id, or 'operator' before there is staff"),
    Column("password_hash", String(200), nullable=False, comment="argon2id with its salt and costs"),
    Column("must_change", Boolean, nullable=False, comment="set by somebody else, not yet changed"),
    Column("changed_at", Instant, nullable=False, comment="real time; older browser sessions are over"),
)

sign_in_tries = Table(
    "sign_in_tries",
    metadata,
    Column("key", String(64), primary_key=True, comment="keyed hash of account, source, or both"),
    Column("failures", Integer, nullable=False),
    Column("last_at", Instant, comment="real time"),
    Column("waits_until", Instant, comment="real time; tries before it are not looked at"),
)

familiar_sources = Table(
    "familiar_sources",
    metadata,
    Column("key", String(64), primary_key=True, comment="keyed hash of account and source"),
    Column("last_at", Instant, nullable=False, comment="last sign-in that succeeded from there"),
)

external_identities = Table(
    "external_identities",
    metadata,
    Column("issuer", String(200), primary_key=True),
    Column("subject", String(200), primary_key=True, comment="the claim that the settings name"),
    Column("staff_id", String(36), ForeignKey("staff.staff_id"), nullable=False),
    UniqueConstraint("issuer", "staff_id"),
)

clients = Table(
    "clients",
    metadata,
    Column("client_id", String(36), primary_key=True),
    Column("name", String(80), nullable=False),
    Column("area", String(12), nullable=False),
    Column("scopes", JSON, nullable=False, comment="actions of the access tables"),
    Column("secret_hash", String(200), nullable=False, comment="argon2id"),
    Column("revoked_at", Instant),
)

delegations = Table(
    "delegations",
    metadata,
    Column("delegation_id", String(36), primary_key=True),
    Column("role", String(40), nullable=False),
    Column("area", String(12), nullable=False),
    Column("principal", String(36), ForeignKey("staff.staff_id"), nullable=False, comment="on leave"),
    Column("delegate", String(36), ForeignKey("staff.staff_id"), nullable=False, comment="stands in"),
    Column("from_on", Date, nullable=False),
    Column("to_on", Date, nullable=False, comment="last day"),
    Column("actions", JSON, nullable=False, comment="empty: all of the post"),
    Column("reason", Text, nullable=False),
    Column("revoked_on", Date),
)
Index("ix_delegations_delegate", delegations.c.delegate, delegations.c.to_on)
Index("ix_delegations_principal", delegations.c.principal, delegations.c.to_on)

handovers = Table(
    "handovers",
    metadata,
    Column("handover_id", String(36), primary_key=True),
    Column("role", String(40), nullable=False),
    Column("area", String(12), nullable=False),
    Column("giver", String(36), ForeignKey("staff.staff_id"), nullable=False),
    Column("taker", String(36), ForeignKey("staff.staff_id"), nullable=False),
    Column("given_at", Instant, nullable=False, comment="first signature"),
    Column("taken_at", Instant, comment="second signature"),
)
Index("ix_handovers_taker", handovers.c.taker, handovers.c.taken_at)

handover_items = Table(
    "handover_items",
    metadata,
    Column("handover_id", String(36), ForeignKey("handovers.handover_id"), primary_key=True),
    Column("position", Integer, primary_key=True, autoincrement=False, comment="order on the list"),
    Column("kind", String(20), nullable=False),
    Column("subject", String(36), nullable=False, comment="case, task or paper; empty for a cabinet"),
    Column("words", Text, nullable=False, comment="names nobody of a family"),
    Column("village", String(12), nullable=False),
    Column("case_id", String(36), nullable=False),
    Column("household_id", String(36), nullable=False),
    Column("state", String(20), nullable=False, comment="what became of it by the second signature"),
)

enrolment_codes = Table(
    "enrolment_codes",
    metadata,
    Column("code_hash", String(64), primary_key=True, comment="SHA-256 of the code in the QR code"),
    Column("area", String(12), nullable=False),
    Column("made_by", String(36), nullable=False),
    Column("expires_at", Instant, nullable=False),
    Column("used_at", Instant),
)

devices = Table(
    "devices",
    metadata,
    Column("device_id", String(36), primary_key=True),
    Column("name", String(80), nullable=False, comment="label on the tablet"),
    Column("area", String(12), nullable=False),
    Column("public_key", Text, nullable=False, comment="P-256, PEM"),
    Column("enrolled_at", Instant, nullable=False),
    Column("last_used_at", Instant),
    Column("revoked_at", Instant),
    Column("held_by", String(80), nullable=False, server_default="", comment="account that signed in last"),
    Column("held_since", Instant, comment="real time of that sign-in"),
)
Index("ix_devices_area", devices.c.area)

device_challenges = Table(
    "device_challenges",
    metadata,
    Column("challenge", String(64), primary_key=True),
    Column("device_id", String(36), nullable=False),
    Column("expires_at", Instant, nullable=False),
)
