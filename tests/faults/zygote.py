"""Starts workers quickly: everything is imported once, and each worker is a fork of this process.

Reads one JSON order per line; answers `{"pid": n}` at the start of a worker and `{"ended": n, "signal": s}` at its end.
"""

from __future__ import annotations

import asyncio
import contextlib
import json
import os
import signal
import sys
from datetime import timedelta
from pathlib import Path
from typing import Any

import uvloop

from services.common.policy.roles import Post, Role
from services.common.runtime import faults, inbox, observe, relay, scheduler
from services.common.runtime.actor import Actor
from services.common.runtime.clock import DevelopmentClock
from services.common.runtime.database import Database
from services.common.runtime.documents import ContentStore
from services.common.runtime.kafka import Bus
from services.common.runtime.service import Service
from services.common.runtime.settings import Mode, Settings
from tests.faults.pair import Announce, pair
from tests.world.machine import TOWNSHIP

WORKER = Actor("s1", (Post(Role.GRID_WORKER, TOWNSHIP),))
HOUSEHOLDS = 4


async def work(order: dict[str, Any]) -> None:
    """Run the ordered services under load until killed."""
    inbox.FIRST_RETRY = timedelta(milliseconds=10)
    clock = DevelopmentClock(timedelta(days=order["days"]))
    services, loops = [], []
    for blueprint in pair():
        if blueprint.name not in order["services"]:
            continue
        settings = Settings(
            mode=Mode.DEVELOPMENT,
            data_dir=Path(order["folder"]),
            database_url=order["urls"].get(blueprint.name, ""),
            kafka_bootstrap=order["kafka"],
            kafka_prefix=order["prefix"],
            kafka_partitions=2,
            instance="worker",
            event_attempts=3,
        )
        database = Database(settings.url_of(blueprint.name), pool_size=4)
        documents = ContentStore.from_settings(settings, blueprint.name)
        services.append(Service(blueprint, database, clock, settings, documents))
    for service in services:
        loops += [_retry(service), _jobs(service)]
        if order["kafka"]:
            bus = Bus(service, service.settings)
            loops += [bus.connect(), *(_relay(bus, service, lane) for lane in service.settings.all_lanes())]
        else:
            loops.append(relay.run(service, relay.to_services(service, services), ("shared", "district")))
        if service.name == "intake" and order["load"]:
            loops.append(_load(service))
    faults.arm(order["fault"])
    await asyncio.gather(*loops)


async def _load(service: Service) -> None:
    turn = 0
    while True:
        turn += 1
        with contextlib.suppress(Exception):
            await service.perform(Announce(household_id=f"h{turn % HOUSEHOLDS}"), WORKER)
        await asyncio.sleep(0.01)


async def _relay(bus: Bus, service: Service, lane: str) -> None:
    await bus.connected.wait()
    await relay.run_alone(service, bus.deliver, lane)


async def _retry(service: Service) -> None:
    while True:
        with contextlib.suppress(Exception):
            await service.retry()
        await asyncio.sleep(0.02)


async def _jobs(service: Service) -> None:
    while True:
        with contextlib.suppress(Exception):
            await scheduler.run_due(service)
        await asyncio.sleep(0.05)


def _fork(order: dict[str, Any]) -> int:
    pid = os.fork()
    if pid:
        return pid
    signal.signal(signal.SIGCHLD, signal.SIG_DFL)
    try:
        uvloop.run(work(order))
    finally:
        os._exit(1)


def main() -> None:
    """Take orders until the input ends; then end every worker."""
    observe.configure_logging(level="WARNING")
    alive: set[int] = set()
    for line in sys.stdin:
        order = json.loads(line)
        if "wait" in order:
            answer = _wait(order["wait"], order["seconds"])
            alive.discard(order["wait"])
        else:
            answer = {"pid": _fork(order)}
            alive.add(answer["pid"])
        print(json.dumps(answer), flush=True)
    for pid in alive:
        with contextlib.suppress(ProcessLookupError):
            os.kill(pid, signal.SIGKILL)


def _wait(pid: int, seconds: float) -> dict[str, Any]:
    """Wait for a worker to die at its fault point; after `seconds` it is killed wherever it is."""
    import time

    end = time.monotonic() + seconds
    while time.monotonic() < end:
        ended, status = os.waitpid(pid, os.WNOHANG)
        if ended:
            return {
                "ended": pid,
                "signal": os.WTERMSIG(status) if os.WIFSIGNALED(status) else 0,
                "by": "fault",
            }
        time.sleep(0.005)
    os.kill(pid, signal.SIGKILL)
    os.waitpid(pid, 0)
    return {"ended": pid, "signal": signal.SIGKILL, "by": "clock"}


if __name__ == "__main__":
    main()
