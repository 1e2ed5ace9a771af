"""The machine room's own tables, present in every service's database."""

from __future__ import annotations

from datetime import UTC, datetime

from sqlalchemy import (
    JSON,
    BigInteger,
    Column,
    DateTime,
    Index,
    Integer,
    MetaData,
    String,
    Table,
    Text,
)
from sqlalchemy.engine import Dialect
from sqlalchemy.types import TypeDecorator

from services.common.runtime import append_only

NAMING = {
    "ix": "ix_%(column_0_label)s",
    "uq": "uq_%(table_name)s_%(column_0_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_name)s",
    "pk": "pk_%(table_name)s",
}
STREAM_LENGTH = 80
EVENT_ID_LENGTH = 80
LARGEST_VERSION = 2**63 - 1


class Instant(TypeDecorator[datetime]):
    """A point in time, kept and given back in UTC; SQLite would forget the zone."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is not None and value.tzinfo is None:
            raise ValueError("an instant needs its time zone")
        return value.astimezone(UTC) if value else None

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        return value.replace(tzinfo=UTC) if value and value.tzinfo is None else value


# SQLite only numbers a column by itself when it is declared INTEGER.
Serial = BigInteger().with_variant(Integer(), "sqlite")


def service_metadata() -> MetaData:
    """Metadata for one service, with the machine room's tables already in it."""
    metadata = MetaData(naming_convention=NAMING)
    for table in machine.tables.values():
        table.to_metadata(metadata)
    append_only.guard(metadata.tables["audit"])
    return metadata


machine = MetaData(naming_convention=NAMING)

streams = Table(
    "streams",
    machine,
    Column("stream", String(STREAM_LENGTH), primary_key=True, comment="household, or the aggregate's own id"),
    Column("version", BigInteger, nullable=False, comment="version of the last event published on it"),
)

outbox = Table(
    "outbox",
    machine,
    Column("seq", Serial, primary_key=True, autoincrement=True),
    Column("id", String(36), nullable=False, unique=True, comment="ce_id"),
    Column("aggregatetype", String(40), nullable=False, comment="publishing service"),
    Column("aggregateid", String(STREAM_LENGTH), nullable=False, comment="stream: the Kafka key"),
    Column("version", BigInteger, nullable=False, comment="position in the stream, from 1, without gaps"),
    Column("type", String(120), nullable=False, comment="full name of the proto message"),
    Column("payload", Text, nullable=False, comment="proto3-JSON"),
    Column("subject", String(80), nullable=False, comment="case"),
    Column("township", String(12), nullable=False),
    Column("lane", String(40), nullable=False),
    Column("occurred_at", Instant, nullable=False),
    Column("traceparent", String(60), nullable=False, default=""),
    Column("sent_at", Instant),
)
_unsent = outbox.c.sent_at.is_(None)
Index("ix_outbox_unsent", outbox.c.lane, outbox.c.seq, sqlite_where=_unsent, postgresql_where=_unsent)

inbox = Table(
    "inbox",
    machine,
    Column("publisher", String(40), primary_key=True),
    Column("stream", String(STREAM_LENGTH), primary_key=True),
    Column("version", BigInteger, nullable=False, comment="last event with committed effects"),
)

parked = Table(
    "parked",
    machine,
    Column("publisher", String(40), primary_key=True),
    Column("stream", String(STREAM_LENGTH), primary_key=True),
    Column("version", BigInteger, primary_key=True),
    Column("envelope", JSON, nullable=False),
    Column("attempts", Integer, nullable=False, default=0, comment="failed tries; 0 waits for a gap to fill"),
    Column("retry_at", Instant),
    Column("reason", Text, nullable=False, default=""),
)

dead_letters = Table(
    "dead_letters",
    machine,
    Column("seq", Serial, primary_key=True, autoincrement=True),
    Column("publisher", String(40), nullable=False),
    Column("event_id", String(EVENT_ID_LENGTH), nullable=False, unique=True),
    Column("envelope", JSON, nullable=False),
    Column("reason", Text, nullable=False),
    Column("died_at", Instant, nullable=False),
    Column("sent_at", Instant, comment="when it reached the dead-letter topic"),
    Column("replayed_at", Instant, comment="when an operator had it applied after all"),
)

findings = Table(
    "findings",
    machine,
    Column("seq", Serial, primary_key=True, autoincrement=True),
    Column("case_id", String(80), nullable=False, index=True),
    Column("at", Instant, nullable=False),
    Column("article", String(40), nullable=False),
    Column("value", Text, nullable=False),
    Column("facts", JSON, nullable=False),
    Column("policy_revision", Integer, nullable=False),
    Column("actor", String(80), nullable=False),
)

audit = Table(
    "audit",
    machine,
    Column("seq", Serial, primary_key=True, autoincrement=True),
    Column("at", Instant, nullable=False),
    Column("actor", String(80), nullable=False),
    Column("action", String(80), nullable=False),
    Column("area", String(12), nullable=False),
    Column("subject", String(80), nullable=False, comment="case or other id acted on"),
    Column("chain", String(12), nullable=False, comment="township, or 'district'"),
    Column("number", BigInteger, nullable=False, comment="position in the chain, from 1, without gaps"),
    Column("kind", String(8), nullable=False, comment="act, or look at personal data"),
    Column("purpose", String(200), nullable=False, comment="why, in the caller's words"),
    Column("origin", String(200), nullable=False, comment="peer address and device"),
    Column("result", String(60), nullable=False, comment="done, or the code of the refusal"),
    Column("prev_hash", String(64), nullable=False, comment="of the row before it in the chain"),
    Column("hash", String(64), nullable=False, comment="SHA-256 over prev_hash and this row"),
)
Index("uq_audit_chain_number", audit.c.chain, audit.c.number, unique=True)

audit_heads = Table(
    "audit_heads",
    machine,
    Column("chain", String(12), primary_key=True),
    Column("number", BigInteger, nullable=False, comment="of the last row"),
    Column("hash", String(64), nullable=False, comment="of the last row"),
    Column("anchored", BigInteger, nullable=False, default=0, comment="number at the last anchor"),
)

job_runs = Table(
    "job_runs",
    machine,
    Column("job", String(80), primary_key=True),
    Column("lane", String(40), primary_key=True),
    Column("period", String(40), primary_key=True),
    Column("ran_at", Instant, nullable=False),
)

lanes = Table(
    "lanes",
    machine,
    Column("township", String(12), primary_key=True),
    Column("lane", String(40), nullable=False, comment="where its events are announced now"),
    Column("moving_to", String(40), nullable=False, default="", comment="set while a move is on its way"),
    Column("moved_at", Instant, nullable=False),
)

revocations = Table(
    "revocations",
    machine,
    Column("subject", String(80), primary_key=True, comment="staff id, client id, or device:<id>"),
    Column("revoked_at", Instant, nullable=False, comment="real time; tokens made before it are refused"),
)

policy_revisions = Table(
    "policy_revisions",
    machine,
    Column("revision", Integer, primary_key=True, autoincrement=False),
    Column("document", Text, nullable=False, comment="the whole set of revisions, as JSON"),
    Column("adopted_at", Instant, nullable=False),
)
