"""The same services on both deployments: SQLite and an in-process relay, or PostgreSQL and Kafka."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import AsyncExitStack, asynccontextmanager, suppress
from pathlib import Path
from typing import TypeVar

from sqlalchemy import func, select

from services.common.runtime import relay, tables
from services.common.runtime.clock import Clock
from services.common.runtime.database import Database
from services.common.runtime.documents import ContentStore
from services.common.runtime.kafka import Bus
from services.common.runtime.service import Blueprint, Service
from services.common.runtime.settings import Mode, Settings
from services.local_servers import LocalKafka, LocalPostgres

SETTLE_SECONDS = 60.0
T = TypeVar("T")


async def until(look: Callable[[], Awaitable[T]], fits: Callable[[T], bool]) -> T:
    """What `look` sees once it `fits`; the test fails if it never does."""
    end = time.monotonic() + SETTLE_SECONDS
    while not fits(seen := await look()):
        assert time.monotonic() < end, f"still waiting, last seen: {seen}"
        await asyncio.sleep(0.02)
    return seen


class Deployment:
    """Services at work with their transport; `settle()` waits until every event has been taken in."""

    def __init__(self, kind: str, services: Sequence[Service], buses: Sequence[Bus]) -> None:
        self.kind = kind
        self.services = {service.name: service for service in services}
        self.buses = {service.name: bus for service, bus in zip(services, buses, strict=False)}

    def __getitem__(self, name: str) -> Service:
        return self.services[name]

    async def settle(self) -> None:
        await until(self._settled, bool)

    async def _settled(self) -> bool:
        published = {name: await self.published(name) for name in self.services}
        for service in self.services.values():
            for publisher in service.publishers & published.keys():
                if await self.taken(service.name, publisher) != published[publisher]:
                    return False
        # What was taken in meanwhile may have been answered: settled only if nothing new was announced.
        return published == {name: await self.published(name) for name in self.services}

    async def published(self, name: str) -> int:
        return await self._scalar(name, select(func.coalesce(func.sum(tables.streams.c.version), 0)))

    async def taken(self, name: str, publisher: str) -> int:
        total = func.coalesce(func.sum(tables.inbox.c.version), 0)
        return await self._scalar(name, select(total).where(tables.inbox.c.publisher == publisher))

    async def _scalar(self, name: str, statement: object) -> int:
        async with self.services[name].database.read() as db:
            return int((await db.execute(statement)).scalar_one())  # type: ignore[call-overload]


@asynccontextmanager
async def deployed(
    kind: str,
    blueprints: Sequence[Blueprint],
    clock: Clock,
    folder: Path,
    servers: tuple[LocalPostgres, LocalKafka] | None,
    *,
    attempts: int = 8,
) -> AsyncIterator[Deployment]:
    """Run `blueprints` embedded or distributed, on databases of their own and topics of their own."""
    async with AsyncExitStack() as stack:
        services, buses, loops = [], [], []
        unique = f"t{time.monotonic_ns()}"
        for blueprint in blueprints:
            settings = Settings(mode=Mode.DEVELOPMENT, data_dir=folder, event_attempts=attempts)
            if servers:
                url = servers[0].create_database(f"{unique}_{blueprint.name}")
                settings = settings.model_copy(
                    update={
                        "database_url": url,
                        "kafka_bootstrap": servers[1].bootstrap,
                        "kafka_prefix": unique,
                        "kafka_partitions": 2,
                    }
                )
            database = Database(settings.url_of(blueprint.name))
            stack.push_async_callback(database.close)
            async with database.begin() as db:
                await db.run_sync(blueprint.metadata.create_all)
            documents = ContentStore.from_settings(settings, blueprint.name)
            services.append(Service(blueprint, database, clock, settings, documents))
        for service in services:
            loops.append(_retry(service))
            if servers:
                bus = Bus(service, service.settings)
                buses.append(bus)
                stack.push_async_callback(bus.close)
                await bus.connect()
                loops += [
                    relay.run_alone(service, bus.deliver, lane) for lane in service.settings.all_lanes()
                ]
            else:
                lanes = service.settings.all_lanes()
                loops.append(relay.run(service, relay.to_services(service, services), lanes))
        tasks = [asyncio.create_task(loop) for loop in loops]
        try:
            yield Deployment(kind, services, buses)
        finally:
            for task in tasks:
                task.cancel()
            await asyncio.gather(*tasks, return_exceptions=True)


async def _retry(service: Service) -> None:
    while True:
        with suppress(Exception):
            await service.retry()
        await asyncio.sleep(0.1)
