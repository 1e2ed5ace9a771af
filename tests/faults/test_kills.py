"""Killed at any point, on either deployment: what was committed is applied, once, in order, and nothing else is."""

from __future__ import annotations

import itertools
import json
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import AsyncExitStack
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from services.common.runtime import faults, tables
from services.common.runtime.clock import SystemClock
from services.common.runtime.database import Database
from services.common.runtime.documents import ContentStore
from services.common.runtime.service import Service
from services.common.runtime.settings import Mode, Settings
from services.local_servers import LocalKafka, LocalPostgres
from tests.faults.pair import announced, counts, days, echoes, noted, pair
from tests.world.deployment import Deployment

ROOT = Path(__file__).parents[2]
PATIENCE = 4.0
EMBEDDED_POINTS = [point for point in faults.POINTS if not point.startswith("consumer")]
DISTRIBUTED_POINTS = list(faults.POINTS)


class Zygote:
    """The process that forks workers."""

    def __init__(self) -> None:
        self._process = subprocess.Popen(
            [sys.executable, "-m", "tests.faults.zygote"],
            cwd=ROOT,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
        )

    def order(self, **order: Any) -> dict[str, Any]:
        assert self._process.stdin
        assert self._process.stdout
        self._process.stdin.write(json.dumps(order) + "\n")
        self._process.stdin.flush()
        answer: dict[str, Any] = json.loads(self._process.stdout.readline())
        return answer

    def close(self) -> None:
        self._process.communicate(timeout=20)


@pytest.fixture
def zygote() -> Iterator[Zygote]:
    zygote = Zygote()
    yield zygote
    zygote.close()


async def _databases(urls: dict[str, str], folder: Path, stack: AsyncExitStack) -> Deployment:
    """Create the tables; the services given back only look, they never work."""
    services = []
    for blueprint in pair():
        settings = Settings(mode=Mode.DEVELOPMENT, data_dir=folder, database_url=urls.get(blueprint.name, ""))
        database = Database(settings.url_of(blueprint.name))
        stack.push_async_callback(database.close)
        async with database.begin() as db:
            await db.run_sync(blueprint.metadata.create_all)
        documents = ContentStore.from_settings(settings, blueprint.name)
        services.append(Service(blueprint, database, SystemClock(), settings, documents))
    return Deployment("looking", services, [])


async def _oracle(house: Deployment, first_day_offset: int) -> None:
    """The content that must stand, whatever was killed when."""
    acts = await counts(house["intake"], announced)
    assert acts, "the load did something"
    twice = {household: 2 * times for household, times in acts.items()}
    assert await counts(house["approval"], noted) == twice
    assert await counts(house["intake"], echoes) == twice
    for service in house.services.values():
        async with service.database.read() as db:
            rows = (await db.execute(select(tables.outbox).order_by(tables.outbox.c.seq))).all()
            assert (await db.execute(select(tables.dead_letters))).all() == []
            assert (await db.execute(select(tables.parked))).all() == []
        for _, events in itertools.groupby(
            sorted(rows, key=lambda row: (row.aggregateid, row.seq)), key=lambda row: row.aggregateid
        ):
            versions = [row.version for row in events]
            assert versions == list(range(1, len(versions) + 1)), "versions are contiguous, in commit order"
    kept = await days(house["intake"])
    assert len(kept) == len(set(kept)) >= first_day_offset, "each day's job ran once, none was missed"


@pytest.mark.parametrize("kills", [int(os.environ.get("JIUZHU_KILLS", "100"))])
async def test_embedded_survives_kills_at_every_point(zygote: Zygote, tmp_path: Path, kills: int) -> None:
    async with AsyncExitStack() as stack:
        house = await _databases({}, tmp_path, stack)
        order = {
            "services": ["intake", "approval"],
            "folder": str(tmp_path),
            "urls": {},
            "kafka": "",
            "prefix": "x",
        }
        by_fault = 0
        for turn, point in zip(range(kills), itertools.cycle(EMBEDDED_POINTS), strict=False):
            worker = zygote.order(
                **order, fault=f"{point}:{1 + turn % 3 if 'job' not in point else 1}", days=turn, load=True
            )
            by_fault += zygote.order(wait=worker["pid"], seconds=PATIENCE)["by"] == "fault"
        assert by_fault >= kills * 0.9, "the points are really passed"
        last = zygote.order(**order, fault="", days=kills, load=False)
        await house.settle()
        zygote.order(wait=last["pid"], seconds=0.5)
        await _oracle(house, kills)


@pytest.mark.parametrize("kills", [int(os.environ.get("JIUZHU_KILLS", "100"))])
async def test_distributed_survives_kills_at_every_point(
    zygote: Zygote, tmp_path: Path, kills: int, postgres_server: LocalPostgres, kafka_server: LocalKafka
) -> None:
    unique = f"k{time.monotonic_ns()}"
    urls = {name: postgres_server.create_database(f"{unique}_{name}") for name in ("intake", "approval")}
    async with AsyncExitStack() as stack:
        house = await _databases(urls, tmp_path, stack)
        order = {"folder": str(tmp_path), "urls": urls, "kafka": kafka_server.bootstrap, "prefix": unique}
        plan = list(itertools.islice(itertools.cycle(itertools.product(DISTRIBUTED_POINTS, urls)), kills))
        alive = {
            name: zygote.order(**order, services=[name], fault="", days=0, load=True)["pid"] for name in urls
        }
        by_fault = 0
        for turn, (point, name) in enumerate(plan):
            if point.startswith(("job", "command")) and name == "approval":
                name = "intake"  # approval has neither jobs nor commands of people
            zygote.order(wait=alive[name], seconds=0)
            passes = 1 + turn % 3 if "job" not in point else 1
            worker = zygote.order(**order, services=[name], fault=f"{point}:{passes}", days=turn, load=True)
            by_fault += zygote.order(wait=worker["pid"], seconds=PATIENCE)["by"] == "fault"
            alive[name] = zygote.order(**order, services=[name], fault="", days=turn, load=True)["pid"]
        assert by_fault >= kills * 0.8, "the points are really passed"
        for pid in alive.values():
            zygote.order(wait=pid, seconds=0)
        last = [
            zygote.order(**order, services=[name], fault="", days=kills, load=False)["pid"] for name in urls
        ]
        await house.settle()
        for pid in last:
            zygote.order(wait=pid, seconds=0.5)
        await _oracle(house, kills)
