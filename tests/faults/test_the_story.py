"""The four real services killed after every chapter of the story, at once: the tale comes out the same."""

from __future__ import annotations

import asyncio
import itertools
import subprocess
import sys
from collections.abc import AsyncIterator, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

import httpx
import pytest
from sqlalchemy import func, select

from services import launch
from services.common.runtime import development, runner, tables
from services.common.runtime.settings import Mode, Settings
from services.demo.load import load
from services.local_servers import LocalKafka, LocalPostgres
from services.local_servers.programs import free_ports
from services.ops.site import Services, opened
from services.story.play import CHAPTERS
from services.story.scene import START, Scene
from services.story.system import System, calling

READY_SECONDS = 60.0


@dataclass(slots=True)
class Crew:
    """A process per service on ports that outlive it."""

    environment: dict[str, str]
    database_url: str
    folder: Path
    ports: dict[str, Sequence[int]] = field(
        default_factory=lambda: {name: free_ports(3) for name in launch.SERVICES}
    )
    running: dict[str, subprocess.Popen[bytes]] = field(default_factory=dict)

    def start(self) -> None:
        """Start whoever does not run."""
        for name in launch.SERVICES:
            http, board, grpc = self.ports[name]
            own = {
                "JIUZHU_DATABASE_URL": self.database_url.format(service=name),
                "JIUZHU_INSTANCE": "first",
                "JIUZHU_HTTP_PORT": str(http),
                "JIUZHU_BOARD_PORT": str(board),
                "JIUZHU_GRPC_PORT": str(grpc),
            }
            with (self.folder / f"{name}.log").open("ab") as log:
                self.running[name] = subprocess.Popen(
                    [sys.executable, "-m", "services", "serve", name],
                    env=runner.inherited_environment() | self.environment | own,
                    stdout=log,
                    stderr=log,
                )

    def kill(self) -> None:
        """End all of them as a power cut would."""
        for process in self.running.values():
            process.kill()
        for process in self.running.values():
            process.wait()

    async def ready(self) -> None:
        """Until everyone answers and has Kafka."""
        async with asyncio.timeout(READY_SECONDS), httpx.AsyncClient() as client:
            for name in launch.SERVICES:
                while not await self._is_ready(client, name):  # noqa: ASYNC110 (another process's)
                    await asyncio.sleep(0.1)

    async def _is_ready(self, client: httpx.AsyncClient, name: str) -> bool:
        assert self.running[name].poll() is None, f"{name} ended by itself"
        try:
            answer = await client.get(f"{self._address(name, 0)}/readyz", timeout=5)
        except httpx.HTTPError:
            return False
        return bool(answer.json()["status"] == "ready")

    def system(self) -> System:
        offices = [self._address(name, 0) for name in launch.SERVICES]

        async def advance(to: datetime) -> None:
            await development.advance(offices, to)

        return System(
            http=self._address("intake", 0),
            board=self._address("disclosure", 1),
            grpc={name: f"127.0.0.1:{self.ports[name][2]}" for name in launch.SERVICES},
            advance=advance,
        )

    def _address(self, name: str, which: int) -> str:
        return f"http://127.0.0.1:{self.ports[name][which]}"


@asynccontextmanager
async def crew(folder: Path, postgres: LocalPostgres, kafka: LocalKafka) -> AsyncIterator[Crew]:
    """Four services on databases and topics of their own."""
    runner.development_keys(folder)
    unique = folder.name.replace("-", "_")
    urls = [postgres.create_database(f"{unique}_{name}") for name in launch.SERVICES]
    environment = {
        "JIUZHU_MODE": Mode.DEVELOPMENT.value,
        "JIUZHU_DATA_DIR": str(folder),
        "JIUZHU_KAFKA_BOOTSTRAP": kafka.bootstrap,
        "JIUZHU_KAFKA_PREFIX": unique,
        "JIUZHU_KAFKA_PARTITIONS": "2",
        "JIUZHU_CLOCK_AHEAD_SECONDS": str(launch.seconds_ahead(START)),
    }
    people = Crew(environment, urls[0].removesuffix(launch.SERVICES[0]) + "{service}", folder)
    try:
        yield people
    finally:
        people.kill()


@pytest.mark.long
async def test_the_story_comes_out_the_same_with_all_services_killed_after_every_chapter(
    tmp_path: Path, postgres_server: LocalPostgres, kafka_server: LocalKafka
) -> None:
    async with crew(tmp_path, postgres_server, kafka_server) as people:
        people.start()
        await people.ready()
        system = people.system()
        await load(system.grpc["intake"], system.http)
        told: list[str] = []
        scene: Scene | None = None
        for chapter in CHAPTERS:
            people.kill()
            people.start()
            await people.ready()
            async with AsyncExitStack() as stack:
                stubs = await stack.enter_async_context(calling(system))
                scene = scene or Scene(system, stubs, told.append)
                scene.stubs = stubs
                await chapter(scene)
        settings = Settings(mode=Mode.DEVELOPMENT, data_dir=tmp_path, database_url=people.database_url)
        await development.drain([f"http://127.0.0.1:{people.ports[name][0]}" for name in launch.SERVICES])
        people.kill()
        async with opened(settings) as services:
            await check(services)


async def check(services: Services) -> None:
    """Versions without gaps, nothing parked or given up, and every listener where its publishers are."""
    for service in services.values():
        async with service.database.read() as db:
            rows = (await db.execute(select(tables.outbox).order_by(tables.outbox.c.seq))).all()
            assert (await db.execute(select(tables.parked))).all() == []
            assert (await db.execute(select(tables.dead_letters))).all() == []
        by_stream = sorted(rows, key=lambda row: (row.aggregateid, row.seq))
        for _, events in itertools.groupby(by_stream, key=lambda row: row.aggregateid):
            versions = [row.version for row in events]
            assert versions == list(range(1, len(versions) + 1))
    for listener in services.values():
        for publisher in listener.publishers:
            async with services[publisher].database.read() as db:
                sent = await db.scalar(select(func.sum(tables.streams.c.version)))
            async with listener.database.read() as db:
                taken = await db.scalar(
                    select(func.sum(tables.inbox.c.version)).where(tables.inbox.c.publisher == publisher)
                )
            assert taken == sent, f"{listener.name} from {publisher}"
