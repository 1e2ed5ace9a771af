"""The relay hands committed events on, in the order of their streams: in process or to Kafka."""

from __future__ import annotations

import asyncio
import contextlib
import hashlib
from collections.abc import Awaitable, Callable, Sequence

import structlog
from sqlalchemy import NullPool, func, select, text, update
from sqlalchemy.ext.asyncio import AsyncConnection, create_async_engine

from services.common.runtime import faults, observe, tables
from services.common.runtime.clock import system_now
from services.common.runtime.outbox import Envelope
from services.common.runtime.service import Service

log = structlog.get_logger()
Deliver = Callable[[Sequence[Envelope]], Awaitable[None]]
BATCH = 500
POLL_SECONDS = 0.2
PAUSE_SECONDS = 1.0


def to_services(sender: Service, services: Sequence[Service]) -> Deliver:
    """Delivery in one process: straight to every service that listens to the sender."""
    listeners = [service for service in services if sender.name in service.publishers]

    async def deliver(batch: Sequence[Envelope]) -> None:
        for service in listeners:
            await service.receive(batch)

    return deliver


async def send_unsent(service: Service, deliver: Deliver, lanes: Sequence[str]) -> int:
    """Hand on one batch; how many. Marked sent only after delivery, so a crash repeats and never loses."""
    waiting = (
        select(tables.outbox)
        .where(tables.outbox.c.sent_at.is_(None), tables.outbox.c.lane.in_(lanes))
        .order_by(tables.outbox.c.seq)
        .limit(BATCH)
    )
    async with service.database.read() as db:
        rows = (await db.execute(waiting)).all()
    if not rows:
        return 0
    faults.reached("relay.before-publish")
    await deliver([Envelope.from_row(row) for row in rows])
    faults.reached("relay.after-publish")
    sent = update(tables.outbox).where(tables.outbox.c.seq.in_([row.seq for row in rows]))
    async with service.database.begin() as db:
        await db.execute(sent.values(sent_at=system_now()))
    faults.reached("relay.after-mark")
    observe.events_sent.labels(service.name).inc(len(rows))
    return len(rows)


async def unsent(service: Service, lanes: Sequence[str]) -> int:
    """How many committed events still wait to be handed on."""
    waiting = select(func.count()).where(tables.outbox.c.sent_at.is_(None), tables.outbox.c.lane.in_(lanes))
    async with service.database.read() as db:
        return int((await db.execute(waiting)).scalar_one())


async def run(service: Service, deliver: Deliver, lanes: Sequence[str]) -> None:
    """Relay until cancelled. A failed delivery is tried again; nothing is skipped."""
    while True:
        try:
            await _until_empty(service, deliver, lanes)
        except Exception as error:
            log.warning("relay.waits", service=service.name, reason=f"{type(error).__name__}: {error}")
            await asyncio.sleep(PAUSE_SECONDS)


async def run_alone(service: Service, deliver: Deliver, lane: str) -> None:
    """Relay one lane as the only process that does: two relays at once would reorder its streams."""
    # A lock lives as long as its connection, and one from the pool would go back there with the lock held.
    locks = create_async_engine(service.database.url, poolclass=NullPool, isolation_level="AUTOCOMMIT")
    while True:
        try:
            async with locks.connect() as lock:
                while not await _lock(lock, f"relay.{service.name}.{lane}"):  # noqa: ASYNC110 (another process's)
                    await asyncio.sleep(PAUSE_SECONDS)
                while True:
                    await lock.execute(text("SELECT 1"))  # a lost connection is a lost lock
                    await _until_empty(service, deliver, (lane,))
        except Exception as error:
            log.warning(
                "relay.waits", service=service.name, lane=lane, reason=f"{type(error).__name__}: {error}"
            )
            await asyncio.sleep(PAUSE_SECONDS)


async def _until_empty(service: Service, deliver: Deliver, lanes: Sequence[str]) -> None:
    """Hand on all there is, then wait for more or for the next poll."""
    service.outbox_filled.clear()
    while await send_unsent(service, deliver, lanes):
        pass
    with contextlib.suppress(TimeoutError):
        await asyncio.wait_for(service.outbox_filled.wait(), POLL_SECONDS)


async def _lock(connection: AsyncConnection, name: str) -> bool:
    key = int.from_bytes(hashlib.sha256(name.encode()).digest()[:8], "big", signed=True)
    taken = await connection.execute(text("SELECT pg_try_advisory_lock(:key)"), {"key": key})
    return bool(taken.scalar_one())
