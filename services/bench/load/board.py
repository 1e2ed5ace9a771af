"""Readers of the public board: plain HTTP/1.1 over connections that stay open, so many at once."""

from __future__ import annotations

import asyncio
import itertools
import json
import resource
import sys
import time
from typing import Any

import uvloop

from services.bench.figures import percentiles


async def main(job: dict[str, Any]) -> dict[str, Any]:
    """Ask for one path after the other of those given; `etag` asks again with what is known."""
    paths, seconds, failed = itertools.cycle(job["paths"]), [], []
    before = resource.getrusage(resource.RUSAGE_SELF)
    begun = time.monotonic()
    until = begun + job["seconds"]

    async def reader() -> None:
        known: dict[str, str] = {}
        stream, out = await asyncio.open_connection(job["host"], job["port"])
        while time.monotonic() < until:
            path = next(paths)
            mark = f"if-none-match: {known[path]}\r\n" if job["etag"] and path in known else ""
            started = time.monotonic()
            out.write(f"GET {path} HTTP/1.1\r\nhost: board\r\n{mark}\r\n".encode())
            head = (await stream.readuntil(b"\r\n\r\n")).decode().lower()
            fields = dict(line.split(": ", 1) for line in head.split("\r\n")[1:] if ": " in line)
            length = int(fields.get("content-length", "0"))
            if length:
                await stream.readexactly(length)
            seconds.append(time.monotonic() - started)
            known[path] = fields.get("etag", "")
            if (status := head.split(" ")[1]) not in ("200", "304"):
                failed.append(status)
        out.close()

    await asyncio.gather(*(reader() for _ in range(job["concurrency"])))
    wall, used = time.monotonic() - begun, resource.getrusage(resource.RUSAGE_SELF)
    return {
        "count": len(seconds),
        "wall": wall,
        "latency_ms": percentiles(seconds),
        "refused": failed[:3],
        "client_cpu": used.ru_utime + used.ru_stime - before.ru_utime - before.ru_stime,
    }


if __name__ == "__main__":
    json.dump(uvloop.run(main(json.load(sys.stdin))), sys.stdout)
