"""Callers over gRPC: the same method again and again, so many calls in flight, for so long."""

from __future__ import annotations

import asyncio
import base64
import itertools
import json
import resource
import sys
import time
from typing import Any

import grpc
import uvloop

from services.bench.figures import percentiles

CHANNELS = 4


async def main(job: dict[str, Any]) -> dict[str, Any]:
    """Call with one request after the other of those given, as bytes."""
    requests = itertools.cycle([base64.b64decode(one) for one in job["requests"]])
    metadata = (("authorization", f"Bearer {job['token']}"),)
    seconds: list[float] = []
    failed: list[str] = []
    size = 0
    options = [("grpc.use_local_subchannel_pool", 1)]
    channels = [grpc.aio.insecure_channel(job["address"], options) for _ in range(CHANNELS)]
    before = resource.getrusage(resource.RUSAGE_SELF)
    begun = time.monotonic()
    until = begun + job["seconds"]

    async def caller(number: int) -> None:
        nonlocal size
        call: Any = channels[number % CHANNELS].unary_unary(job["method"])
        while time.monotonic() < until and len(failed) < 10:
            started = time.monotonic()
            try:
                size = len(await call(next(requests), metadata=metadata, timeout=30))
            except grpc.aio.AioRpcError as error:
                failed.append(f"{error.code()}: {error.details()}")
                continue
            seconds.append(time.monotonic() - started)

    await asyncio.gather(*(caller(number) for number in range(job["concurrency"])))
    wall, used = time.monotonic() - begun, resource.getrusage(resource.RUSAGE_SELF)
    for channel in channels:
        await channel.close()
    return {
        "count": len(seconds),
        "wall": wall,
        "size": size,
        "latency_ms": percentiles(seconds),
        "refused": failed[:3],
        "client_cpu": used.ru_utime + used.ru_stime - before.ru_utime - before.ru_stime,
    }


if __name__ == "__main__":
    json.dump(uvloop.run(main(json.load(sys.stdin))), sys.stdout)
