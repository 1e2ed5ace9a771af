"""Starts workers quickly: everything is imported once, and each worker is a fork of this process.

Reads a JSON order per line; answers `{"pid": n}` at a start and `{"ended": n, "by": "fault"}` at an end.
"""

from __future__ import annotations

import asyncio
import contextlib
import json
import os
import signal
import sys
import time
from datetime import timedelta
from pathlib import Path
from typing import Any

import uvloop

from services.common.runtime import faults, inbox, observe
from services.common.runtime.clock import DevelopmentClock
from services.common.runtime.kafka import Bus
from tests.faults.house import Site, load, loops_of


async def work(order: dict[str, Any]) -> None:
    """Run the ordered services under load until killed."""
    inbox.FIRST_RETRY = timedelta(milliseconds=10)
    clock = DevelopmentClock(timedelta(days=order["days"]))
    site = Site(Path(order["folder"]), order["urls"], order["kafka"], order["prefix"], {"instance": "worker"})
    services = [site.service(name, clock) for name in order["services"]]
    buses = {service.name: Bus(service, service.settings) for service in services if order["kafka"]}
    loops = loops_of(services, buses)
    if order["load"]:
        loops += [load(service) for service in services if service.name == "intake"]
    faults.arm(order["fault"])
    await asyncio.gather(*loops)


def _fork(order: dict[str, Any]) -> int:
    pid = os.fork()
    if pid:
        return pid
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
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        ended, _ = os.waitpid(pid, os.WNOHANG)
        if ended:
            return {"ended": pid, "by": "fault"}
        time.sleep(0.005)
    os.kill(pid, signal.SIGKILL)
    os.waitpid(pid, 0)
    return {"ended": pid, "by": "clock"}


if __name__ == "__main__":
    main()
