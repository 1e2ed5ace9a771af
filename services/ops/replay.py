"""A publisher's events once more: what a listener never got, or a read model from its beginning."""

from __future__ import annotations

from collections.abc import AsyncIterator, Collection, Iterator
from contextlib import contextmanager
from typing import Any

from sqlalchemy import UpdateBase, delete, event, select, text

from services.common.policy.areas import DISTRICT
from services.common.policy.law import Invalid
from services.common.runtime import audit, tables
from services.common.runtime.actor import SYSTEM, Actor
from services.common.runtime.outbox import Envelope, decode
from services.common.runtime.service import Service
from services.common.runtime.tx import Tx

ACTION = "rebuild-read-model"
BATCH = 500
_outbox = tables.outbox


class NotDerived(RuntimeError):
    """The service does not declare it as a read model, or its reaction does more than that."""


async def hand_missing(listener: Service, publisher: Service) -> int:
    """Hand the listener what it has not taken in, in order: after lost records, or for a new listener.

    Safe at any time: what it has is passed over. How many events it was handed.
    """
    if publisher.name not in listener.publishers:
        raise Invalid("publisher", f"{listener.name} 不接收 {publisher.name} 的事件")
    cursors = await _cursors(listener, publisher.name)
    handed = 0
    async for batch in _sent(publisher):
        due = [envelope for envelope in batch if envelope.version > cursors.get(envelope.stream, 0)]
        if due:
            await listener.receive(due)
            handed += len(due)
    return handed


async def rebuild(listener: Service, publisher: Service, actor: Actor = SYSTEM) -> dict[str, int]:
    """Empty the read models made of the publisher's events and make them again, all in one transaction.

    Only declared event types are applied, only as far as the listener had taken them in, and nothing but
    the declared tables may change: anything else ends it, and all stays as it was. Rows written per table.
    """
    models = {
        type_.DESCRIPTOR.full_name: models
        for type_, models in listener.blueprint.read_models.items()
        if type_.DESCRIPTOR.full_name.split(".")[1] == publisher.name
    }
    own = {table.name for tables_ in models.values() for table in tables_}
    _refuse_unless_derived(listener, publisher, own)
    metadata = listener.blueprint.metadata
    async with listener.transaction(actor, kind="receive") as tx:
        if not listener.database.is_sqlite:
            # No event comes in meanwhile; readers see the old content until the commit.
            await tx.execute(text("LOCK TABLE inbox IN EXCLUSIVE MODE"))
        cursors = {row.stream: row.version for row in await tx.all(_taken(publisher.name))}
        buried = {row.event_id for row in await tx.all(_buried(publisher.name))}
        for table in reversed(metadata.sorted_tables):
            if table.name in own:
                await tx.execute(delete(table))
        written: dict[str, int] = dict.fromkeys(sorted(own), 0)
        with _only(own, written, tx):
            async for batch in _sent(publisher, models.keys()):
                for envelope in batch:
                    if envelope.version <= cursors.get(envelope.stream, 0) and envelope.id not in buried:
                        await _apply(envelope, tx)
        if tx.publications:
            raise NotDerived(f"{tx.publications[0].event.DESCRIPTOR.full_name} would be announced again")
        tx.entries.clear()
        tx.entries.append(audit.Entry(audit.Kind.ACT, ACTION, DISTRICT.code, publisher.name))
    return written


def _refuse_unless_derived(listener: Service, publisher: Service, own: Collection[str]) -> None:
    if not own:
        raise NotDerived(f"{listener.name} 没有由 {publisher.name} 的事件生成的、可以重建的数据")
    for type_, models in listener.blueprint.read_models.items():
        source = type_.DESCRIPTOR.full_name.split(".")[1]
        shared = {table.name for table in models} & set(own)
        if source != publisher.name and shared:
            raise NotDerived(f"{'、'.join(sorted(shared))} 也来自 {source} 的事件,不能单独重建")


async def _apply(envelope: Envelope, tx: Tx) -> None:
    type_, reaction = tx.service.reactions[envelope.type]
    await reaction(decode(type_, envelope.payload), tx)


@contextmanager
def _only(own: Collection[str], written: dict[str, int], tx: Tx) -> Iterator[None]:
    """Let statements of this transaction change the tables in `own` alone, and count them."""
    connection = tx.db.sync_connection

    def look(_: Any, statement: Any, *__: Any) -> None:
        if not isinstance(statement, UpdateBase):
            return
        name = getattr(statement.table, "name", "")
        if name not in own:
            raise NotDerived(f"{name} would be written, which is no read model")
        written[name] += statement.is_insert

    event.listen(connection, "before_execute", look)
    try:
        yield
    finally:
        event.remove(connection, "before_execute", look)


async def _sent(publisher: Service, types: Collection[str] = ()) -> AsyncIterator[list[Envelope]]:
    """The publisher's events in the order of their commits, in batches."""
    last = 0
    while True:
        chosen = select(_outbox).where(_outbox.c.seq > last).order_by(_outbox.c.seq).limit(BATCH)
        if types:
            chosen = chosen.where(_outbox.c.type.in_(types))
        async with publisher.database.read() as db:
            rows = (await db.execute(chosen)).all()
        if not rows:
            return
        yield [Envelope.from_row(row) for row in rows]
        last = rows[-1].seq


async def _cursors(listener: Service, publisher: str) -> dict[str, int]:
    async with listener.database.read() as db:
        return {row.stream: row.version for row in (await db.execute(_taken(publisher))).all()}


def _taken(publisher: str) -> Any:
    return select(tables.inbox).where(tables.inbox.c.publisher == publisher)


def _buried(publisher: str) -> Any:
    letters = tables.dead_letters
    return select(letters.c.event_id).where(letters.c.publisher == publisher, letters.c.replayed_at.is_(None))
