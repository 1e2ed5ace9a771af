"""The databases of a deployment opened from outside: as the settings of this shell name them."""

from __future__ import annotations

from collections.abc import AsyncIterator, Mapping
from contextlib import AsyncExitStack, asynccontextmanager
from pathlib import Path

from services import launch
from services.common.runtime import development, runner
from services.common.runtime.actor import SYSTEM, Actor
from services.common.runtime.clock import Clock, DevelopmentClock, SystemClock, system_now
from services.common.runtime.database import Database
from services.common.runtime.documents import ContentStore
from services.common.runtime.service import Service
from services.common.runtime.settings import Mode, Settings

Services = Mapping[str, Service]


class NoSystem(RuntimeError):
    """There are no databases where the settings say."""


def settings_of(data: Path) -> Settings:
    """JIUZHU_DATABASE_URL where it is set, with {service} in it; otherwise the embedded system in `data`."""
    return Settings(data_dir=data)


def operator(name: str) -> Actor:
    """The machine's own rights, in the name of the person who uses them."""
    return Actor(name, SYSTEM.posts)


@asynccontextmanager
async def opened(settings: Settings) -> AsyncIterator[Services]:
    """All services with their databases, at the running system's time; none of them works by itself."""
    if not settings.database_url and not (settings.data_dir / f"{launch.SERVICES[0]}.db").exists():
        raise NoSystem(f"{settings.data_dir} 下没有数据库。用 --data 指定目录,或设 JIUZHU_DATABASE_URL")
    clock = await _clock(settings)
    async with AsyncExitStack() as stack:
        services = {}
        for blueprint in launch.blueprints():
            database = Database(settings.url_of(blueprint.name), pool_size=2)
            stack.push_async_callback(database.close)
            documents = ContentStore.from_settings(settings, blueprint.name)
            service = Service(blueprint, database, clock, settings, documents)
            await service.load_policy()
            services[service.name] = service
        yield services


async def _clock(settings: Settings) -> Clock:
    """A development system's own time, asked from it while it runs."""
    running = runner.running_addresses(settings.data_dir)
    if any(process.mode == Mode.DEVELOPMENT for process in running):
        present = await development.now([process.http for process in running])
        return DevelopmentClock(present - system_now())
    return DevelopmentClock(path=settings.data_dir / "clock") if settings.is_development else SystemClock()
