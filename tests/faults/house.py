"""The pair of services at work in this process on real servers, built to be hurt."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import AsyncIterator, Coroutine
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from services.common.policy.roles import Post, Role
from services.common.runtime import relay, scheduler
from services.common.runtime.actor import Actor
from services.common.runtime.clock import Clock, SystemClock
from services.common.runtime.database import Database
from services.common.runtime.documents import ContentStore
from services.common.runtime.kafka import Bus
from services.common.runtime.service import Service
from services.common.runtime.settings import Mode, Settings
from tests.faults.pair import Announce, pair
from tests.world.deployment import Deployment
from tests.world.machine import TOWNSHIP

WORKER = Actor("s1", (Post(Role.GRID_WORKER, TOWNSHIP),))
HOUSEHOLDS = 4


@dataclass(frozen=True, slots=True)
class Site:
    """Where a pair works: databases, Kafka and the first part of its topics. Without addresses: embedded."""

    folder: Path
    urls: dict[str, str] = field(default_factory=dict)
    kafka: str = ""
    prefix: str = "x"
    settings: dict[str, Any] = field(default_factory=dict)

    def service(self, name: str, clock: Clock, *, pool_size: int = 4) -> Service:
        """One of the pair on its database; the tables are made apart."""
        blueprint = next(blueprint for blueprint in pair() if blueprint.name == name)
        settings = Settings(
            mode=Mode.DEVELOPMENT,
            data_dir=self.folder,
            database_url=self.urls.get(name, ""),
            kafka_bootstrap=self.kafka,
            kafka_prefix=self.prefix,
            kafka_partitions=2,
            event_attempts=3,
        ).model_copy(update=self.settings)
        database = Database(settings.url_of(name), pool_size=pool_size)
        return Service(blueprint, database, clock, settings, ContentStore.from_settings(settings, name))


async def create_tables(site: Site) -> None:
    for blueprint in pair():
        service = site.service(blueprint.name, SystemClock())
        async with service.database.begin() as db:
            await db.run_sync(blueprint.metadata.create_all)
        await service.database.close()


def loops_of(services: list[Service], buses: dict[str, Bus]) -> list[Coroutine[Any, Any, None]]:
    """What runs beside the calls in a process that holds `services`."""
    loops: list[Coroutine[Any, Any, None]] = []
    for service in services:
        loops += [again(service.retry, 0.02), again(lambda s=service: scheduler.run_due(s), 0.05)]  # type: ignore[misc]
        if bus := buses.get(service.name):
            loops += [bus.connect(), again(bus.deliver_dead_letters, 0.2)]
            loops += [_relay(bus, service, lane) for lane in service.settings.all_lanes()]
        else:
            loops.append(relay.run(service, relay.to_services(service, services), ("shared", "district")))
    return loops


async def again(work: Any, pause: float) -> None:
    """Do `work` for ever, whatever goes wrong in one turn."""
    while True:
        with contextlib.suppress(Exception):
            await work()
        await asyncio.sleep(pause)


async def load(service: Service, pause: float = 0.01) -> None:
    """Announce visits for ever; a refused or failed act is one that did not happen."""
    turn = 0
    while True:
        turn += 1
        with contextlib.suppress(Exception):
            await service.perform(Announce(household_id=f"h{turn % HOUSEHOLDS}"), WORKER)
        await asyncio.sleep(pause)


@asynccontextmanager
async def looking(site: Site) -> AsyncIterator[Deployment]:
    """The pair with its tables made; these services only look, they never work."""
    await create_tables(site)
    async with AsyncExitStack() as stack:
        services = [site.service(name, SystemClock()) for name in ("intake", "approval")]
        for service in services:
            stack.push_async_callback(service.database.close)
        yield Deployment("looking", services, [])


@asynccontextmanager
async def at_work(site: Site, *names: str, instance: str = "") -> AsyncIterator[Deployment]:
    """Some of the pair at work in this process, as one host of possibly several."""
    async with AsyncExitStack() as stack:
        services = [site.service(name, SystemClock()) for name in names or ("intake", "approval")]
        buses = {}
        for service in services:
            stack.push_async_callback(service.database.close)
            service.settings = service.settings.model_copy(update={"instance": instance})
            if site.kafka:
                buses[service.name] = Bus(service, service.settings)
                stack.push_async_callback(buses[service.name].close)
        tasks = [asyncio.create_task(loop) for loop in loops_of(services, buses)]
        stack.push_async_callback(_end, tasks)
        yield Deployment("at work", services, list(buses.values()))


@asynccontextmanager
async def under_load(service: Service) -> AsyncIterator[None]:
    """Acts go on while the block lasts."""
    task = asyncio.create_task(load(service))
    try:
        yield
    finally:
        await _end([task])


async def _end(tasks: list[asyncio.Task[None]]) -> None:
    for task in tasks:
        task.cancel()
    await asyncio.gather(*tasks, return_exceptions=True)


async def _relay(bus: Bus, service: Service, lane: str) -> None:
    await bus.connected.wait()
    await relay.run_alone(service, bus.deliver, lane)
