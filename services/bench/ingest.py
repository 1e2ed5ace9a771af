"""How fast and at what cost visits come in: real tablets' requests against bare HTTP, hash and fsync."""

from __future__ import annotations

import time
from collections.abc import Mapping
from typing import Any
from urllib.parse import urlsplit

from services.bench import fill
from services.bench.figures import machine, per_thousand, ratio, written_per_byte
from services.bench.meter import Cost, Meter
from services.bench.stage import Stage, drive, module, staged
from services.demo import load as demo
from services.demo.district import QINGQUAN
from services.launch import SERVICES
from services.local_servers import LocalPostgres

GRID_WORKER = "grid.wangfang"
MOST = 20_000
# Name, photos, whether the family applies, whether each visit is sent again.
KINDS = (
    ("visit, 2 photos", 2, False, False),
    ("visit, no photos", 0, False, False),
    ("application of 5 persons, 2 photos", 2, True, False),
    ("resend of a known record", 0, False, True),
)
DRAIN_SECONDS = 60.0


async def measure(*, scale: int, seconds: float) -> dict[str, Any]:
    """Every kind of visit at 1, 8 and 32 at a time, each beside its baseline."""
    rows = []
    at = machine()
    async with staged(SERVICES) as stage:
        intake = stage.addresses["intake"]
        loaded = await demo.load(intake.grpc, intake.http)
        version = next(form.split()[1] for form in loaded.forms if form.startswith("visit "))
        filled = fill.visits(stage.postgres, QINGQUAN, scale)
        xform = stage.postgres.sql("SELECT xform FROM forms WHERE form_id = 'visit'", "intake")
        job = {"village": QINGQUAN, "version": version, "xform": xform, "most": MOST, "seconds": seconds}
        await _visits(stage, job | _kind(KINDS[1]) | {"concurrency": 8, "seconds": 1.0})
        with module(
            "services.bench.bare.http", str(stage.folder / "bare"), log=stage.folder / "bare.log"
        ) as bare:
            for kind in KINDS:
                for concurrency in (1, 8, 32) if kind in KINDS[:2] else (8,):
                    one = job | _kind(kind) | {"concurrency": concurrency}
                    theirs = await _bare(stage, bare, one)
                    ours = await _visits(stage, one)
                    rows.append(_row(kind[0], concurrency, ours, theirs))
        peaks = stage.meter().peaks_mib()
    return {
        "bench": "ingest", "scale": scale, "visits_before": filled, "machine": at,
        "rows": rows, "peak_mib": peaks,
    }  # fmt: skip


def _kind(kind: tuple[str, int, bool, bool]) -> dict[str, object]:
    _, photos, application, again = kind
    return {"photos": photos, "application": application, "again": again}


async def _visits(stage: Stage, job: Mapping[str, Any]) -> dict[str, Any]:
    """Send visits; the costs hold what comes after the answer, until every listener has taken it in."""
    url = urlsplit(stage.addresses["intake"].http)
    there = {"host": url.hostname, "port": url.port, "token": stage.token(GRID_WORKER), "bare": False}
    meter = stage.meter()
    found = await drive("load.visits", {**job, **there})
    await _settled(stage.postgres)
    return found | {"costs": meter.cost()}


async def _bare(stage: Stage, bare: Mapping[str, Any], job: Mapping[str, Any]) -> dict[str, Any]:
    there = {"host": "127.0.0.1", "port": bare["port"], "token": "none", "bare": True, "again": False}
    meter = Meter({"bare": bare["pid"]})
    found = await drive("load.visits", {**job, **there})
    return found | {"costs": meter.cost()}


async def _settled(postgres: LocalPostgres) -> None:
    """Wait until the outbox is empty and every listener's cursors stand where the streams stand."""
    end = time.monotonic() + DRAIN_SECONDS
    while time.monotonic() < end:
        if postgres.sql("SELECT count(*) FROM outbox WHERE sent_at IS NULL", "intake") == "0":
            break
        time.sleep(0.1)  # noqa: ASYNC251 (nothing else runs here)
    time.sleep(0.5)  # noqa: ASYNC251


def _row(kind: str, concurrency: int, ours: Mapping[str, Any], theirs: Mapping[str, Any]) -> dict[str, Any]:
    rate, bare_rate = ours["count"] / ours["wall"], theirs["count"] / theirs["wall"]
    return {
        "kind": kind,
        "concurrency": concurrency,
        "acknowledged": ours["count"],
        "per_second": round(rate, 1),
        "latency_ms": ours["latency_ms"],
        "cpu_seconds_per_1000": per_thousand(_with_client(ours), ours["count"]),
        "written_per_payload_byte": written_per_byte(ours["costs"], ours["payload"]),
        "payload_bytes": ours["payload"],
        "refused": ours["refused"],
        "baseline": {
            "what": "uvicorn, SHA-256 and fsync of the same bytes",
            "per_second": round(bare_rate, 1),
            "latency_ms": theirs["latency_ms"],
            "cpu_seconds_per_1000": per_thousand(_with_client(theirs), theirs["count"]),
        },
        "ratio_of_throughput": ratio(rate, bare_rate),
    }


def _with_client(found: Mapping[str, Any]) -> dict[str, Cost]:
    return {**found["costs"], "client": Cost(found["client_cpu"], 0)}
