"""A township changes its lane: held, drained, switched, one publisher after the other, while work goes on.

1. Hold. The publisher's table of lanes is locked, which waits for every transaction that has read it, and the
   township is marked. From that commit on its events are announced on the lane `held`, which nobody relays.
2. Drain. Wait until all its earlier events have been sent and every listener has them in its database.
3. Switch. Locked again: the township gets its new lane, and its held events go there in their order.

Nothing is refused meanwhile; the township's events only wait. A drain that takes too long undoes the hold.
A move that was cut off in the middle leaves the mark, and running it again finishes it.
"""

from __future__ import annotations

import asyncio
import itertools
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeVar

from kafka import KafkaAdminClient
from sqlalchemy import func, select, text, update
from sqlalchemy.exc import DBAPIError

from services.common.policy.areas import DISTRICT
from services.common.policy.law import Invalid
from services.common.runtime import audit, tables, topics
from services.common.runtime.actor import SYSTEM, Actor
from services.common.runtime.database import is_failing
from services.common.runtime.outbox import HELD_LANE
from services.common.runtime.service import Service
from services.common.runtime.settings import Settings
from services.common.runtime.townships import DISTRICT_LANE
from services.common.runtime.tx import Tx

ACTION = "move-lane"
LOOK_SECONDS = 0.1
LOCK_TRIES = 20
CHUNK = 1000
_lanes, _outbox = tables.lanes, tables.outbox
T = TypeVar("T")


class NotDrained(RuntimeError):
    """The township's events did not get through in time; it is back on the lane it had."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where a township's events are announced in one service, and where the file wants them."""

    township: str
    service: str
    lane: str
    moving_to: str
    wanted: str

    @property
    def differs(self) -> bool:
        return self.lane != self.wanted or bool(self.moving_to)


async def plan(settings: Settings, services: Mapping[str, Service]) -> list[Place]:
    """Every township that the file names or that has been moved, in every service."""
    rows = []
    for service in services.values():
        async with service.database.read() as db:
            known = {row.township: row for row in (await db.execute(select(_lanes))).all()}
        for township in sorted(known.keys() | settings.townships.townships.keys()):
            row = known.get(township)
            rows.append(
                Place(
                    township=township,
                    service=service.name,
                    lane=row.lane if row else service.lane_of(township),
                    moving_to=row.moving_to if row else "",
                    wanted=settings.townships.lane_of(township),
                )
            )
    return rows


async def move(
    settings: Settings,
    services: Mapping[str, Service],
    township: str,
    lane: str,
    *,
    actor: Actor = SYSTEM,
    seconds: float = 300.0,
    say: Callable[[str], None] = lambda _: None,
) -> None:
    """Move a township to `lane` in every service; what is there already is passed over."""
    if lane in (DISTRICT_LANE, HELD_LANE):
        raise Invalid("lane", f"乡镇不能使用“{lane}”通道")
    await asyncio.to_thread(require_served, settings, services, lane)
    for publisher in services.values():
        await _move(publisher, list(services.values()), township, lane, actor, seconds)
        say(f"{publisher.name}: {township} → {lane}")


async def _move(
    publisher: Service, listeners: Sequence[Service], township: str, lane: str, actor: Actor, seconds: float
) -> None:
    if not await _hold(publisher, township, lane):
        return
    try:
        async with asyncio.timeout(seconds):
            await _drained(publisher, listeners, township)
    except TimeoutError as error:
        await _release(publisher, township)
        raise NotDrained(
            f"{publisher.name} 的事件 {seconds:.0f} 秒内没有处理完,{township} 仍在原通道"
        ) from error
    await _switch(publisher, township, lane, actor)


async def _hold(publisher: Service, township: str, lane: str) -> bool:
    """Mark the township as moving; False if it is on the lane already."""

    async def mark(tx: Tx) -> bool:
        row = await tx.one(select(_lanes).where(_lanes.c.township == township))
        if row is None:
            usual = publisher.lane_of(township)
            if usual != lane:
                values = {"township": township, "lane": usual, "moving_to": lane, "moved_at": tx.now}
                await tx.execute(_lanes.insert().values(values))
            return usual != lane
        if row.moving_to and row.moving_to != lane:
            raise Invalid("lane", f"{township} 正在移往 {row.moving_to},请先完成")
        if row.lane == lane and not row.moving_to:
            return False
        await tx.execute(update(_lanes).where(_lanes.c.township == township).values(moving_to=lane))
        return True

    return await _alone(publisher, SYSTEM, mark)


async def _drained(publisher: Service, listeners: Sequence[Service], township: str) -> None:
    """Return once every event announced before the hold is with every listener."""
    mine = (_outbox.c.township == township) & (_outbox.c.lane != HELD_LANE)
    while await _count(publisher, mine & _outbox.c.sent_at.is_(None)):  # noqa: ASYNC110 (rows, not events)
        await asyncio.sleep(LOOK_SECONDS)
    newest = select(_outbox.c.aggregateid, func.max(_outbox.c.version).label("newest")).where(mine)
    async with publisher.database.read() as db:
        rows = (await db.execute(newest.group_by(_outbox.c.aggregateid))).all()
    for listener in listeners:
        if publisher.name in listener.publishers:
            waiting = {row.aggregateid: row.newest for row in rows}
            while waiting := await _not_taken(listener, publisher.name, waiting):  # noqa: ASYNC110 (rows)
                await asyncio.sleep(LOOK_SECONDS)


async def _not_taken(listener: Service, publisher: str, wanted: Mapping[str, int]) -> dict[str, int]:
    """Streams of which the listener has not got so far: neither applied nor parked behind a failing event."""
    left = dict(wanted)
    names = sorted(wanted)
    for table in (tables.inbox, tables.parked):
        for start in range(0, len(names), CHUNK):
            chosen = (
                select(table.c.stream, func.max(table.c.version))
                .where(table.c.publisher == publisher, table.c.stream.in_(names[start : start + CHUNK]))
                .group_by(table.c.stream)
            )
            async with listener.database.read() as db:
                for stream, version in (await db.execute(chosen)).all():
                    if version >= wanted[stream]:
                        left.pop(stream, None)
    return left


async def _switch(publisher: Service, township: str, lane: str, actor: Actor) -> None:
    async def arrive(tx: Tx) -> None:
        arrived = {"lane": lane, "moving_to": "", "moved_at": tx.now}
        await tx.execute(update(_lanes).where(_lanes.c.township == township).values(arrived))
        await _let_go(tx, township, lane)
        tx.entries.append(audit.Entry(audit.Kind.ACT, ACTION, DISTRICT.code, f"{township} {lane}"))

    await _alone(publisher, actor, arrive)


async def _release(publisher: Service, township: str) -> None:
    """Undo a hold: what waited goes out on the lane of before."""

    async def return_(tx: Tx) -> None:
        lane = await tx.scalar(select(_lanes.c.lane).where(_lanes.c.township == township))
        await tx.execute(update(_lanes).where(_lanes.c.township == township).values(moving_to=""))
        await _let_go(tx, township, lane)

    await _alone(publisher, SYSTEM, return_)


async def _let_go(tx: Tx, township: str, lane: str) -> None:
    held = (_outbox.c.township == township) & (_outbox.c.lane == HELD_LANE) & _outbox.c.sent_at.is_(None)
    await tx.execute(update(_outbox).where(held).values(lane=lane))
    tx.after_commit.append(tx.service.outbox_filled.set)


async def _alone(service: Service, actor: Actor, work: Callable[[Tx], Awaitable[T]]) -> T:
    """Work in a transaction that no announcing one overlaps: it waits for those under way and bars new ones.

    It gives up waiting soon, because everybody queues behind it, and tries again.
    """
    for attempt in itertools.count(1):
        try:
            async with service.transaction(actor) as tx:
                if not service.database.is_sqlite:  # there one writer is all there is
                    await tx.execute(text("SET LOCAL lock_timeout = '1s'"))
                    await tx.execute(text("LOCK TABLE lanes IN ACCESS EXCLUSIVE MODE"))
                return await work(tx)
        except DBAPIError as error:
            if attempt == LOCK_TRIES or not is_failing(error):
                raise
        await asyncio.sleep(LOOK_SECONDS)
    raise AssertionError  # the count has no end


async def _count(service: Service, condition: object) -> int:
    chosen = select(func.count()).select_from(_outbox).where(condition)  # type: ignore[arg-type]
    async with service.database.read() as db:
        return int((await db.execute(chosen)).scalar_one())


def require_served(settings: Settings, services: Mapping[str, Service], lane: str) -> None:
    """Refuse to move where nobody would take events: every listener's group on the lane has a member."""
    groups = [
        topics.group_of(settings, service.name, lane) for service in services.values() if service.publishers
    ]
    admin = KafkaAdminClient(bootstrap_servers=settings.kafka_bootstrap, client_id="jiuzhu-lanes")
    try:
        known = {row["group_id"] for row in admin.list_groups()}
        described = admin.describe_groups([name for name in groups if name in known]) if known else {}
    finally:
        admin.close()
    absent = [name for name in groups if not described.get(name, {}).get("members")]
    if absent:
        raise Invalid("lane", f"通道“{lane}”还没有进程服务:{'、'.join(absent)}。先启动进程,再移动")
