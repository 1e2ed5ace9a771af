"""An event leaves in the transaction that caused it: its stream gives the version, the outbox keeps it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from google.protobuf import json_format
from google.protobuf.message import Message
from sqlalchemy import Row, bindparam, case, func, insert, select
from sqlalchemy.dialects.postgresql import insert as pg_insert
from sqlalchemy.dialects.sqlite import insert as sqlite_insert

from services.common.policy.law import TooLarge
from services.common.runtime import tables
from services.common.runtime.ids import new_id
from services.common.runtime.townships import DISTRICT_LANE, SHARED_LANE
from services.common.runtime.tx import Publication, Tx

# What a record may weigh is less than what the wire takes, so that a committed event can always travel.
LARGEST_PAYLOAD = 12 * 1024 * 1024
# Where events of a township wait while it changes its lane; nobody relays it.
HELD_LANE = "held"


@dataclass(frozen=True, slots=True)
class Envelope:
    """One event on its way: CloudEvents attributes plus the stream and the version in it."""

    id: str
    publisher: str
    stream: str
    version: int
    type: str
    payload: str
    subject: str
    township: str
    lane: str
    occurred_at: str
    traceparent: str = ""

    def to_json(self) -> dict[str, Any]:
        return {name: getattr(self, name) for name in self.__slots__}

    @classmethod
    def from_json(cls, row: Mapping[str, Any]) -> Envelope:
        return cls(**row)

    @classmethod
    def from_row(cls, row: Row[Any]) -> Envelope:
        """An outbox row as it goes on the wire."""
        return cls(
            id=row.id,
            publisher=row.aggregatetype,
            stream=row.aggregateid,
            version=row.version,
            type=row.type,
            payload=row.payload,
            subject=row.subject,
            township=row.township,
            lane=row.lane,
            occurred_at=row.occurred_at.isoformat(),
            traceparent=row.traceparent,
        )


def encode(event: Message) -> str:
    """proto3-JSON with the field names of the contract; zeros are written so that any reader sees them."""
    return json_format.MessageToJson(
        event,
        preserving_proto_field_name=True,
        always_print_fields_with_no_presence=True,
        indent=None,
        ensure_ascii=False,
    )


def decode(type_: type[Message], payload: str) -> Message:
    """The event of a payload; fields of a newer contract are ignored."""
    return json_format.Parse(payload, type_(), ignore_unknown_fields=True)


def seal(tx: Tx, start: int = 0) -> None:
    """Encode what was announced from `start` on; what could never travel is refused before it commits."""
    for index in range(start, len(tx.publications)):
        publication = tx.publications[index]
        if publication.payload:
            continue
        payload = encode(publication.event)
        if len(payload.encode()) > LARGEST_PAYLOAD:
            raise TooLarge("event", "内容过大,无法发出。请减少内容后再办理")
        if len(publication.stream) > tables.STREAM_LENGTH:
            raise ValueError(f"a stream's name has at most {tables.STREAM_LENGTH} characters")
        tx.publications[index] = replace(publication, payload=payload)


async def flush(tx: Tx) -> None:
    """Write what the transaction announced. Streams are locked in id order, so two writers never deadlock."""
    if not tx.publications:
        return
    seal(tx)
    counts = Counter(publication.stream for publication in tx.publications)
    last = await _advance(tx, counts)
    following = {stream: last[stream] - counts[stream] for stream in counts}
    rows = []
    for publication in tx.publications:
        following[publication.stream] += 1
        rows.append(
            _row(tx, publication, following[publication.stream])
            | {
                "subject": publication.subject,
                "township": publication.township,
                "of_township": publication.township,
                "usual_lane": tx.service.lane_of(publication.township),
            }
        )
    await tx.db.execute(_announce, rows)
    tx.after_commit.append(tx.service.outbox_filled.set)


# Read by the statement that announces: a move, which locks the table of lanes, is before or after it.
_moved_to = select(case((tables.lanes.c.moving_to == "", tables.lanes.c.lane), else_=HELD_LANE)).where(
    tables.lanes.c.township == bindparam("of_township")
)
_announce = insert(tables.outbox).values(
    lane=func.coalesce(_moved_to.scalar_subquery(), bindparam("usual_lane"))
)


async def _advance(tx: Tx, counts: Mapping[str, int]) -> dict[str, int]:
    """The last version of each stream after `counts` more events; one statement locks them in id order."""
    dialect = sqlite_insert if tx.service.database.is_sqlite else pg_insert
    statement = dialect(tables.streams)
    version = tables.streams.c.version + statement.excluded.version
    statement = statement.on_conflict_do_update(index_elements=["stream"], set_={"version": version})
    rows = [{"stream": stream, "version": count} for stream, count in sorted(counts.items())]
    advanced = await tx.db.execute(
        statement.returning(tables.streams.c.stream, tables.streams.c.version), rows
    )
    return {row.stream: row.version for row in advanced}


def _row(tx: Tx, publication: Publication, version: int) -> dict[str, object]:
    return {
        "id": new_id(),
        "aggregatetype": tx.service.name,
        "aggregateid": publication.stream,
        "version": version,
        "type": publication.event.DESCRIPTOR.full_name,
        "payload": publication.payload,
        "occurred_at": tx.now,
        "traceparent": publication.traceparent,
    }


def default_lane(township: str) -> str:
    """The lane of a township that has none of its own."""
    return SHARED_LANE if township else DISTRICT_LANE


def parse_instant(text: str) -> datetime:
    """RFC 3339 text as an instant."""
    return datetime.fromisoformat(text.replace("Z", "+00:00"))
