"""How fast events travel: outbox, Kafka, and the listener's inbox committed, against a bare script."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Mapping
from contextlib import asynccontextmanager
from typing import Any
from urllib.parse import urlsplit

import asyncpg
from kafka import KafkaAdminClient
from kafka.admin import NewTopic

from services.bench import fill
from services.bench.figures import machine, per_thousand, percentiles, ratio
from services.bench.load.wire import Line
from services.bench.meter import Cost, Meter
from services.bench.stage import Stage, drive, staged
from services.bench.tap import RECUSED, VISITED

BATCH = 100
FEWEST, RATE_GUESS = 500, 1_500
STREAMS = 1_000_000
CONNECTIONS = 4
PATIENCE_SECONDS = 120.0
PROBE_SECONDS = 0.05
KINDS = {VISITED: "taken note of", RECUSED: "with effect and audit row"}


async def measure(*, scale: int, seconds: float) -> dict[str, Any]:
    """Events without and with an effect as fast as they go, then their latency at half of that."""
    at, rows = machine(), []
    async with staged(("intake", "approval"), tapped=("intake",)) as stage:
        earlier = fill.EVENTS * scale
        fill.events(stage.postgres, "intake", "jiuzhu.intake.v1.VisitRecorded", earlier)
        fill.cursors(stage.postgres, "approval", "intake", earlier)
        dsn = stage.postgres.create_database("bare").replace("+asyncpg", "")
        _topics(stage.kafka.bootstrap)
        await _through(stage, VISITED, "warm", FEWEST)
        for kind, what in KINDS.items():
            most = max(FEWEST, int(seconds * RATE_GUESS) // BATCH * BATCH)
            theirs = await _bare(stage, dsn, kind, most)
            ours = await _through(stage, kind, f"full-{kind}", most)
            half = ours["count"] / ours["wall"] / 2
            latency = await _latency(stage, kind, half, seconds)
            rows.append(_row(what, ours, theirs, half, latency))
        peaks = stage.meter().peaks_mib()
    return {
        "bench": "events", "scale": scale, "events_before": earlier, "events_a_transaction": BATCH,
        "machine": at, "rows": rows, "peak_mib": peaks,
    }  # fmt: skip


async def _through(stage: Stage, kind: str, prefix: str, most: int) -> dict[str, Any]:
    """Publish `most` events and wait until the listener has committed the last."""
    meter, started = stage.meter(), time.monotonic()
    found = await drive("load.events", _job(stage, kind, prefix) | {"most": most, "rate": 0, "seconds": 600})
    await _taken(stage, f"{prefix}-", found["count"])
    costs = meter.cost() | {"client": Cost(found["client_cpu"], 0)}
    return {"count": found["count"], "wall": time.monotonic() - started, "costs": costs}


async def _taken(stage: Stage, prefix: str, count: int) -> None:
    wanted = f"SELECT count(*) FROM inbox WHERE publisher = 'intake' AND stream LIKE '{prefix}%'"
    end = time.monotonic() + PATIENCE_SECONDS
    while (taken := int(await asyncio.to_thread(stage.postgres.sql, wanted, "approval"))) < count:
        if time.monotonic() > end:
            raise TimeoutError(f"{taken} of {count} events were taken in")
        await asyncio.sleep(0.05)


async def _bare(stage: Stage, dsn: str, kind: str, most: int) -> dict[str, Any]:
    meter = Meter({"postgres": stage.postgres.pid, "kafka": stage.kafka.pid})
    job = {"dsn": dsn, "kafka": stage.kafka.bootstrap, "kind": kind, "most": most, "batch": BATCH}
    found = await drive("bare.events", job)
    return found | {"costs": meter.cost() | {"script": Cost(found["script_cpu"], 0)}}


async def _latency(stage: Stage, kind: str, rate: float, seconds: float) -> dict[str, float]:
    """From the call that commits an event to the commit of its effect, while `rate` others pass a second."""
    job = _job(stage, kind, f"half-{kind}") | {"most": 10**9, "rate": rate, "seconds": seconds + 1.0}
    load = asyncio.create_task(drive("load.events", job | {"batch": max(1, min(BATCH, int(rate / 20)))}))
    await asyncio.sleep(1.0)
    taken: list[float] = []
    async with _listening(stage) as arrivals:
        end, number = time.monotonic() + seconds - 0.5, 0
        while time.monotonic() < end:
            started = time.monotonic()
            probe = _job(stage, kind, f"probe{number}-{kind}") | {"most": 1, "batch": 1, "rate": 0}
            arrived = await arrivals(probe, f"probe{number}-{kind}-0")
            taken.append(arrived - started)
            number += 1
            await asyncio.sleep(PROBE_SECONDS)
    await load
    return percentiles(taken)


@asynccontextmanager
async def _listening(stage: Stage) -> Any:
    """PostgreSQL tells when the commit that moved a probe's cursor is done."""
    db = await asyncpg.connect(stage.postgres.url("approval").replace("+asyncpg", ""))
    await db.execute(
        "CREATE OR REPLACE FUNCTION told() RETURNS trigger LANGUAGE plpgsql AS"
        " $$BEGIN PERFORM pg_notify('probe', NEW.stream); RETURN NEW; END$$;"
        "DROP TRIGGER IF EXISTS probe ON inbox; CREATE TRIGGER probe AFTER INSERT OR UPDATE ON inbox"
        " FOR EACH ROW WHEN (NEW.stream LIKE 'probe%' AND NEW.version > 0) EXECUTE FUNCTION told()"
    )
    waiting: dict[str, asyncio.Future[float]] = {}

    def told(_: Any, __: Any, ___: Any, stream: str) -> None:
        if stream in waiting and not waiting[stream].done():
            waiting[stream].set_result(time.monotonic())

    await db.add_listener("probe", told)
    url = urlsplit(stage.addresses["intake"].http)
    line = await Line(str(url.hostname), int(url.port or 0), {}).open()

    async def send(probe: Mapping[str, Any], stream: str) -> float:
        waiting[stream] = asyncio.get_running_loop().create_future()
        await line.ask("POST", f"/bench/announce/{probe['kind']}/{probe['prefix']}/0/1")
        arrived = await asyncio.wait_for(waiting[stream], 30)
        del waiting[stream]
        return arrived

    try:
        yield send
    finally:
        line.close()
        await db.close()


def _job(stage: Stage, kind: str, prefix: str) -> dict[str, Any]:
    url = urlsplit(stage.addresses["intake"].http)
    return {
        "host": url.hostname, "port": url.port, "kind": kind, "prefix": prefix,
        "batch": BATCH, "connections": CONNECTIONS, "streams": STREAMS,
    }  # fmt: skip


def _topics(bootstrap: str) -> None:
    admin = KafkaAdminClient(bootstrap_servers=bootstrap)
    admin.create_topics(
        [NewTopic(name=f"bare.{kind}", num_partitions=4, replication_factor=1) for kind in KINDS]
    )
    admin.close()


def _row(
    what: str, ours: Mapping[str, Any], theirs: Mapping[str, Any], half: float, latency: dict[str, float]
) -> dict[str, Any]:
    rate, bare_rate = ours["count"] / ours["wall"], theirs["count"] / theirs["wall"]
    cpu, bare_cpu = per_thousand(ours["costs"], ours["count"]), per_thousand(theirs["costs"], theirs["count"])
    return {
        "kind": what,
        "events": ours["count"],
        "per_second": round(rate),
        "cpu_seconds_per_1000": cpu,
        "latency_at_half_load_ms": latency,
        "half_load_per_second": round(half),
        "baseline": {
            "what": "one script with asyncpg and aiokafka, the same rows, batches and JSON",
            "per_second": round(bare_rate),
            "cpu_seconds_per_1000": bare_cpu,
        },
        "ratio_of_throughput": ratio(rate, bare_rate),
        "ratio_of_cpu": ratio(bare_cpu["total"], cpu["total"]),
    }
