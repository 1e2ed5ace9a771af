"""Whoever acts: asks the tap to publish events, as fast as it can or at a steady pace."""

from __future__ import annotations

import asyncio
import json
import resource
import sys
import time
from typing import Any

import uvloop

from services.bench.load.wire import Line


async def main(job: dict[str, Any]) -> dict[str, Any]:
    """Publish `batch` events a call over some connections, `most` in all, `rate` a second if it is given."""
    before = resource.getrusage(resource.RUSAGE_SELF)
    started = time.monotonic()
    sent = 0

    async def caller(number: int) -> None:
        nonlocal sent
        line = await Line(job["host"], job["port"], {}).open()
        while sent < job["most"] and time.monotonic() - started < job["seconds"]:
            first, sent = sent, sent + job["batch"]
            if job["rate"]:
                await asyncio.sleep(max(0.0, started + first / job["rate"] - time.monotonic()))
            path = f"/bench/announce/{job['kind']}/{job['prefix']}/{first % job['streams']}/{job['batch']}"
            await line.ask("POST", path)
        line.close()

    await asyncio.gather(*(caller(number) for number in range(job["connections"])))
    used = resource.getrusage(resource.RUSAGE_SELF)
    return {
        "count": sent,
        "wall": time.monotonic() - started,
        "client_cpu": used.ru_utime + used.ru_stime - before.ru_utime - before.ru_stime,
    }


if __name__ == "__main__":
    json.dump(uvloop.run(main(json.load(sys.stdin))), sys.stdout)
