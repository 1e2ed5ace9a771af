"""Every night the ends of the audit's chains are made known outside of the database that may forget them."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date, time
from pathlib import Path
from typing import TYPE_CHECKING

from google.protobuf.message import Message
from sqlalchemy import select, update

from services.common.runtime import tables
from services.common.runtime.audit import DISTRICT_CHAIN
from services.common.runtime.audit_check import Anchor
from services.common.runtime.outbox import decode
from services.common.runtime.scheduler import Job

if TYPE_CHECKING:
    from services.common.runtime.service import Service
    from services.common.runtime.settings import Settings
    from services.common.runtime.tx import Tx

AT = time(0, 10)


def anchoring(event: Callable[..., Message]) -> Job:
    """The nightly job of one service; `event` is its AuditHeadAnchored."""

    async def anchor(day: date, tx: Tx) -> None:
        heads = tables.audit_heads
        moved = select(heads).where(heads.c.number > heads.c.anchored).order_by(heads.c.chain)
        anchors = [
            Anchor(head.chain, head.number, head.hash, day.isoformat()) for head in await tx.all(moved)
        ]
        for one in anchors:
            told = event(chain=one.chain, seq=one.number, head_hash=one.hash, day=one.day)
            township = "" if one.chain == DISTRICT_CHAIN else one.chain
            tx.publish(told, stream=f"audit-{one.chain}", township=township)
            await tx.execute(update(heads).where(heads.c.chain == one.chain).values(anchored=one.number))
        tx.after_commit.append(lambda: _write_down(anchors, tx.service))

    return Job("anchor-audit", AT, anchor)


def file_of(settings: Settings, service: str) -> Path:
    """The sheet beside the database: one line a chain and night, to be printed or copied elsewhere."""
    return settings.data_dir / "anchors" / f"{service}.jsonl"


async def published(service: Service, event: type[Message]) -> list[Anchor]:
    """The anchors that went out as events, as the outbox still has them."""
    known = tables.outbox.c
    async with service.database.read() as db:
        rows = await db.execute(
            select(known.payload).where(known.type == event.DESCRIPTOR.full_name).order_by(known.seq)
        )
        return [_of(decode(event, row.payload)) for row in rows]


def _of(event: Message) -> Anchor:
    values = {field.name: getattr(event, field.name) for field in event.DESCRIPTOR.fields}
    return Anchor(values["chain"], values["seq"], values["head_hash"], values["day"])


def _write_down(anchors: Iterable[Anchor], service: Service) -> None:
    file = file_of(service.settings, service.name)
    file.parent.mkdir(parents=True, exist_ok=True)
    with file.open("a", encoding="utf-8") as sheet:
        sheet.writelines(anchor.line() for anchor in anchors)
