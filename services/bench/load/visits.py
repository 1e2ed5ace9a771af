"""Tablets that bring visits as fast as they are taken: so many at once, for so long."""

from __future__ import annotations

import asyncio
import contextlib
import json
import resource
import sys
import time
from dataclasses import dataclass, field
from hashlib import sha256
from typing import Any

import uvloop

from services.bench.figures import percentiles
from services.bench.load.wire import Line, Refused
from services.bench.visits import KNOWN, Sent, Visits, photo

PART = "content-type: application/offset+octet-stream\r\nupload-offset: 0\r\ntus-resumable: 1.0.0\r\n"
JSON = "content-type: application/json\r\n"


@dataclass(slots=True)
class Tally:
    """What was acknowledged."""

    seconds: list[float] = field(default_factory=list)
    payload: int = 0
    refused: list[str] = field(default_factory=list)


async def send(line: Line, visit: Sent, *, bare: bool) -> None:
    """One visit until every part of it is acknowledged."""
    await line.ask("POST", "/field/v1/visits", visit.record, JSON)
    for digest, content in visit.photos:
        if bare:
            await line.ask("POST", "/", content)
        else:
            await line.ask("PATCH", f"/field/v1/photos/{visit.visit_id}/{digest}", content, PART)


async def tablet(job: dict[str, Any], visits: Visits, tally: Tally, until: float) -> None:
    """Send one visit after the other; with `again` each is sent three times, as after lost answers."""
    line = await Line(job["host"], job["port"], {"authorization": f"Bearer {job['token']}"}).open()
    while time.monotonic() < until and len(tally.seconds) < job["most"]:
        visit = visits.next()
        try:
            if job["again"]:
                await send(line, visit, bare=job["bare"])
                visit = Sent(visit.visit_id, visit.record, ())
            started = time.monotonic()
            await send(line, visit, bare=job["bare"])
        except Refused as refusal:
            tally.refused.append(str(refusal))
            if len(tally.refused) > 20:
                break
            continue
        tally.seconds.append(time.monotonic() - started)
        tally.payload += visit.size
    line.close()


async def bring_known_photo(job: dict[str, Any], visits: Visits) -> None:
    """What visits without photos of their own refer to is brought first, outside the measured time."""
    visit = visits.next()
    if job["bare"] or visit.photos:
        return
    known = photo(KNOWN)
    line = await Line(job["host"], job["port"], {"authorization": f"Bearer {job['token']}"}).open()
    with contextlib.suppress(Refused):  # it is there from an earlier load
        await send(
            line, Sent(visit.visit_id, visit.record, ((sha256(known).hexdigest(), known),)), bare=False
        )
    line.close()


async def main(job: dict[str, Any]) -> dict[str, Any]:
    """Warm up shortly, then send for the given time."""
    visits = Visits(
        job["xform"], job["version"], job["village"], job["photos"], application=job["application"]
    )
    await bring_known_photo(job, visits)
    tally, before = Tally(), resource.getrusage(resource.RUSAGE_SELF)
    started = time.monotonic()
    until = started + job["seconds"]
    await asyncio.gather(*(tablet(job, visits, tally, until) for _ in range(job["concurrency"])))
    used = resource.getrusage(resource.RUSAGE_SELF)
    return {
        "count": len(tally.seconds),
        "wall": time.monotonic() - started,
        "payload": tally.payload,
        "latency_ms": percentiles(tally.seconds),
        "client_cpu": used.ru_utime + used.ru_stime - before.ru_utime - before.ru_stime,
        "refused": tally.refused[:3],
    }


if __name__ == "__main__":
    json.dump(uvloop.run(main(json.load(sys.stdin))), sys.stdout)
