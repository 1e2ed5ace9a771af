"""Killed at any point: what was committed is applied, once, in order, and nothing else is."""

from __future__ import annotations

import itertools
import json
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from services.common.runtime import faults
from services.local_servers import LocalKafka, LocalPostgres
from tests.faults import oracle
from tests.faults.house import Site, looking

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


@pytest.mark.parametrize("kills", [int(os.environ.get("JIUZHU_KILLS", "100"))])
async def test_embedded_survives_kills_at_every_point(zygote: Zygote, tmp_path: Path, kills: int) -> None:
    async with looking(Site(tmp_path)) as house:
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
        await oracle.check(house, days_passed=kills)


@pytest.mark.parametrize("kills", [int(os.environ.get("JIUZHU_KILLS", "100"))])
async def test_distributed_survives_kills_at_every_point(
    zygote: Zygote, tmp_path: Path, kills: int, postgres_server: LocalPostgres, kafka_server: LocalKafka
) -> None:
    unique = f"k{time.monotonic_ns()}"
    urls = {name: postgres_server.create_database(f"{unique}_{name}") for name in ("intake", "approval")}
    async with looking(Site(tmp_path, urls)) as house:
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
        await oracle.check(house, days_passed=kills)
