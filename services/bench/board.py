"""The public board with 50,000 long-term entries: pages made anew, from memory, 304, and a take-down."""

from __future__ import annotations

import asyncio
import time
from typing import Any
from urllib.parse import urlsplit

import httpx

from services.bench import fill
from services.bench.figures import machine, per_thousand
from services.bench.meter import Cost, Meter
from services.bench.stage import Stage, drive, staged
from services.common.contracts import review
from services.common.runtime.clock import SystemClock
from services.common.runtime.database import Database
from services.common.runtime.documents import ContentStore
from services.common.runtime.ids import new_id
from services.common.runtime.outbox import Envelope, encode
from services.common.runtime.service import Service
from services.common.runtime.settings import Mode, Settings
from services.disclosure.main import blueprint

ENTRIES, VILLAGES, TAKEN_DOWN, BATCH = 50_000, 250, 1_000, 100
TOWNSHIP = "140403103"


async def measure(*, scale: int, seconds: float) -> dict[str, Any]:
    """Readers at 1 and 16 at once; then 1,000 households leave the roll."""
    at, rows = machine(), []
    async with staged(("disclosure",), more={"JIUZHU_BOARD_PER_SECOND": "0"}) as stage:
        fill.board(stage.postgres, TOWNSHIP, ENTRIES * scale, VILLAGES)
        village = [f"/board/{TOWNSHIP}{n:03d}?list=long-term" for n in range(1, VILLAGES + 1)]
        # Pages that nobody asked for before: each is made from the database.
        fresh = [f"{path}&page=1&n={n}" for n in range(400) for path in village]
        for what, paths, etag, concurrency in (
            ("made anew", fresh, False, 1),
            ("from memory", village[:5], False, 16),
            ("304, the reader has it", village[:5], True, 16),
        ):
            rows.append(await _read(stage, what, paths, concurrency, seconds, etag=etag))
        gone = await _take_down(stage)
        peaks = stage.meter().peaks_mib()
    return {
        "bench": "board", "scale": scale, "entries": ENTRIES * scale, "machine": at,
        "rows": rows, "take_down": gone, "peak_mib": peaks,
    }  # fmt: skip


async def _read(
    stage: Stage, what: str, paths: list[str], concurrency: int, seconds: float, *, etag: bool
) -> dict[str, Any]:
    board = urlsplit(stage.addresses["disclosure"].board)
    job = {
        "host": board.hostname, "port": board.port, "paths": paths,
        "concurrency": concurrency, "seconds": seconds, "etag": etag,
    }  # fmt: skip
    meter = Meter({"disclosure": stage.pids["disclosure"], "postgres": stage.postgres.pid})
    found = await drive("load.board", job)
    costs = meter.cost() | {"client": Cost(found["client_cpu"], 0)}
    used = costs["disclosure"].cpu
    return {
        "what": what,
        "concurrency": concurrency,
        "per_second": round(found["count"] / found["wall"], 1),
        "per_core_second": round(found["count"] / used, 1) if used else 0.0,
        "latency_ms": found["latency_ms"],
        "refused": found["refused"],
        "cpu_s_per_1000": per_thousand(costs, found["count"]),
    }


async def _take_down(stage: Stage) -> dict[str, Any]:
    """1,000 households end; how long until the service has taken them in, and until no reader sees them."""
    settings = Settings(
        mode=Mode.DEVELOPMENT, data_dir=stage.folder, database_url=stage.postgres.url("disclosure")
    )
    database = Database(settings.url_of("disclosure"))
    documents = ContentStore.from_settings(settings, "bench")
    service = Service(blueprint(), database, SystemClock(), settings, documents)
    ended = [_ended(n) for n in range(1, TAKEN_DOWN + 1)]
    page = f"{stage.addresses['disclosure'].board}/board/{TOWNSHIP}001?list=long-term"
    async with httpx.AsyncClient() as http:
        before = (await http.get(page)).text.count("<article")
        begun = time.monotonic()
        for at in range(0, len(ended), BATCH):
            await service.receive(ended[at : at + BATCH])
        taken_in = time.monotonic() - begun
        while (await http.get(page)).text.count("<article"):  # noqa: ASYNC110 (a reader asks again)
            await asyncio.sleep(0.05)
        seen = time.monotonic() - begun
    await database.close()
    return {
        "households": TAKEN_DOWN, "entries_on_page_before": before,
        "taken_in_s": round(taken_in, 2), "gone_from_the_page_s": round(seen, 2),
    }  # fmt: skip


def _ended(number: int) -> Envelope:
    household = f"bench-household-{number}"
    event = review.AssistanceEnded(
        case_id=f"bench-case-{number}",
        household_id=household,
        township=TOWNSHIP,
        reason="income",
        last_month="2026-11",
        ended_on="2026-11-20",
    )
    return Envelope(
        id=new_id(),
        publisher="review",
        stream=household,
        version=1,
        type=event.DESCRIPTOR.full_name,
        payload=encode(event),
        subject=event.case_id,
        township=TOWNSHIP,
        lane="shared",
        occurred_at="2026-11-20T01:00:00Z",
    )
