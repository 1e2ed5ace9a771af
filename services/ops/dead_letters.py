"""Events that were given up: seen with their reason, and applied after all once the reason is gone."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Row, select, update

from services.common.policy.areas import DISTRICT
from services.common.policy.law import Conflict, Invalid, Missing
from services.common.runtime import audit, tables
from services.common.runtime.actor import Actor
from services.common.runtime.outbox import Envelope, decode
from services.common.runtime.service import Service

ACTION = "replay-dead-letter"
_letters = tables.dead_letters


@dataclass(frozen=True, slots=True)
class Letter:
    """One event that a service gave up."""

    service: str
    seq: int
    publisher: str
    event_id: str
    type: str
    stream: str
    version: int
    reason: str
    died_at: datetime
    replayed_at: datetime | None

    @classmethod
    def of(cls, service: str, row: Row[Any]) -> Letter:
        event = row.envelope
        return cls(
            service=service,
            seq=row.seq,
            publisher=row.publisher,
            event_id=row.event_id,
            type=event["type"],
            stream=event["stream"],
            version=event["version"],
            reason=row.reason,
            died_at=row.died_at,
            replayed_at=row.replayed_at,
        )

    def to_json(self) -> dict[str, Any]:
        return asdict(self) | {
            "died_at": self.died_at.isoformat(),
            "replayed_at": self.replayed_at.isoformat() if self.replayed_at else None,
        }


async def waiting(services: Iterable[Service], *, replayed: bool = False) -> list[Letter]:
    """The dead letters of the services, oldest first; with those that were replayed, if asked."""
    chosen = select(_letters).order_by(_letters.c.seq)
    if not replayed:
        chosen = chosen.where(_letters.c.replayed_at.is_(None))
    found = []
    for service in services:
        async with service.database.read() as db:
            found += [Letter.of(service.name, row) for row in (await db.execute(chosen)).all()]
    return found


async def envelope(service: Service, seq: int) -> dict[str, Any]:
    """One dead letter whole, as it came."""
    async with service.database.read() as db:
        row = (await db.execute(select(_letters).where(_letters.c.seq == seq))).one_or_none()
    if row is None:
        raise Missing(f"{service.name} 的 {seq} 号死信")
    return Letter.of(service.name, row).to_json() | {"envelope": row.envelope}


async def replay(service: Service, seq: int, actor: Actor) -> Letter:
    """Apply a dead letter now, out of its order: its effects, the mark and the audit commit together.

    The cursor of its stream passed it long ago. What came later has been applied without it, and the
    reaction must bear that, as it bears events of another publisher that come early or late.
    """
    async with service.transaction(actor, kind="receive") as tx:
        row = await tx.one(select(_letters).where(_letters.c.seq == seq).with_for_update())
        if row is None:
            raise Missing(f"{service.name} 的 {seq} 号死信")
        if row.replayed_at is not None:
            raise Conflict("这一死信已经重放过")
        event = Envelope.from_json(row.envelope)
        if event.version == 0 or event.type not in service.reactions:
            raise Invalid("type", "这条记录不是本服务能处理的事件,只能查看")
        type_, reaction = service.reactions[event.type]
        tx.traceparent = event.traceparent
        await reaction(decode(type_, event.payload), tx)
        await tx.execute(update(_letters).where(_letters.c.seq == seq).values(replayed_at=tx.now))
        tx.entries.append(audit.Entry(audit.Kind.ACT, ACTION, DISTRICT.code, row.event_id))
        marked = await tx.one(select(_letters).where(_letters.c.seq == seq))
    assert marked is not None  # noqa: S101 (locked above)
    return Letter.of(service.name, marked)
