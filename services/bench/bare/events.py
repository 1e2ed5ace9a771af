"""Bare messaging: one script with asyncpg and aiokafka does the rows of outbox and inbox, nothing else.

It writes streams and outbox rows, reads what is unsent, publishes it as proto3-JSON with the same headers,
marks it sent; and on the other side decodes it and keeps a cursor per stream (and, where asked, the effect's
rows), in batches of the same size.
"""

from __future__ import annotations

import asyncio
import json
import resource
import sys
import time
from typing import Any

import asyncpg
import uvloop
from aiokafka import AIOKafkaConsumer, AIOKafkaProducer

from services.bench.tap import RECUSED, TOWNSHIP, event
from services.common.contracts import intake
from services.common.runtime.clock import system_now
from services.common.runtime.ids import new_id
from services.common.runtime.outbox import decode, encode

BATCH = 500
TABLES = """
CREATE TABLE streams (stream varchar(80) PRIMARY KEY, version bigint NOT NULL);
CREATE TABLE outbox (seq bigserial PRIMARY KEY, id varchar(36) UNIQUE, aggregatetype varchar(40),
  aggregateid varchar(80), version bigint, type varchar(120), payload text, subject varchar(80),
  township varchar(12), lane varchar(40), occurred_at timestamptz, traceparent varchar(60),
  sent_at timestamptz);
CREATE INDEX ON outbox (lane, seq) WHERE sent_at IS NULL;
CREATE TABLE inbox (publisher varchar(40), stream varchar(80), version bigint,
  PRIMARY KEY (publisher, stream));
CREATE TABLE effects (household_id varchar(36), township varchar(12), staff_id varchar(36),
  PRIMARY KEY (household_id, staff_id));
CREATE TABLE audit (seq bigserial PRIMARY KEY, at timestamptz, actor varchar(80), action varchar(80),
  area varchar(12), subject varchar(80));
"""
ADVANCE = """INSERT INTO streams SELECT unnest($1::text[]), 1 ON CONFLICT (stream)
  DO UPDATE SET version = streams.version + 1 RETURNING stream, version"""
ANNOUNCE = """INSERT INTO outbox (id, aggregatetype, aggregateid, version, type, payload, subject, township,
  lane, occurred_at, traceparent) VALUES ($1, 'bare', $2, $3, $4, $5, $6, $7, 'shared', $8, '')"""
MOVE_CURSORS = """INSERT INTO inbox SELECT 'bare', * FROM unnest($1::text[], $2::bigint[])
  ON CONFLICT (publisher, stream) DO UPDATE SET version = excluded.version"""
TYPES = {type_.DESCRIPTOR.full_name: type_ for type_ in (intake.VisitRecorded, intake.RecusalChanged)}


class Script:
    """The three stages on one loop."""

    def __init__(self, pool: asyncpg.Pool, job: dict[str, Any]) -> None:
        self._pool, self._job = pool, job
        self._topic = f"bare.{job['kind']}"
        self.sent = self.taken = 0

    async def write(self) -> None:
        """One transaction a batch, as the acts of the service."""
        job, now = self._job, system_now()
        for first in range(0, job["most"], job["batch"]):
            events = [event(job["kind"], f"bare-{n}") for n in range(first, first + job["batch"])]
            async with self._pool.acquire() as db, db.transaction():
                streams = sorted(one.household_id for one in events)
                versions = {row["stream"]: row["version"] for row in await db.fetch(ADVANCE, streams)}
                await db.executemany(ANNOUNCE, [
                    (new_id(), one.household_id, versions[one.household_id], one.DESCRIPTOR.full_name,
                     encode(one), "case", TOWNSHIP, now)
                    for one in events
                ])  # fmt: skip

    async def relay(self, producer: AIOKafkaProducer) -> None:
        while self.sent < self._job["most"]:
            async with self._pool.acquire() as db:
                rows = await db.fetch(
                    "SELECT * FROM outbox WHERE sent_at IS NULL AND lane = 'shared' ORDER BY seq LIMIT $1",
                    BATCH,
                )
                if not rows:
                    await asyncio.sleep(0.002)
                    continue
                waits = [
                    await producer.send(
                        self._topic,
                        row["payload"].encode(),
                        key=row["aggregateid"].encode(),
                        headers=_headers(row),
                    )
                    for row in rows
                ]
                await asyncio.gather(*waits)
                marked = [row["seq"] for row in rows]
                await db.execute("UPDATE outbox SET sent_at = now() WHERE seq = ANY($1::bigint[])", marked)
                self.sent += len(rows)

    async def take(self, consumer: AIOKafkaConsumer) -> None:
        while self.taken < self._job["most"]:
            found = await consumer.getmany(timeout_ms=200, max_records=BATCH)
            records = [record for part in found.values() for record in part]
            if records:
                await self._apply(records)
                await consumer.commit()
                self.taken += len(records)

    async def _apply(self, records: list[Any]) -> None:
        cursors, effects = {}, []
        for record in records:
            headers = dict(record.headers)
            message: Any = decode(TYPES[headers["ce_type"].decode()], record.value.decode())
            cursors[record.key.decode()] = int(headers["ce_version"])
            if self._job["kind"] == RECUSED:
                effects.append(message.household_id)
        async with self._pool.acquire() as db, db.transaction():
            if effects:
                await db.execute("DELETE FROM effects WHERE household_id = ANY($1::text[])", effects)
                await db.executemany(
                    "INSERT INTO effects VALUES ($1, $2, 'staff-1')", [(one, TOWNSHIP) for one in effects]
                )
                await db.executemany(
                    "INSERT INTO audit (at, actor, action, area, subject)"
                    " VALUES (now(), 'system', 'x', '1', $1)",
                    [(one,) for one in effects],
                )
            await db.execute(MOVE_CURSORS, list(cursors), list(cursors.values()))


def _headers(row: Any) -> list[tuple[str, bytes]]:
    return [
        ("ce_specversion", b"1.0"), ("ce_id", row["id"].encode()), ("ce_type", row["type"].encode()),
        ("ce_source", b"/bare"), ("ce_time", row["occurred_at"].isoformat().encode()),
        ("ce_subject", row["subject"].encode()), ("ce_township", row["township"].encode()),
        ("ce_version", str(row["version"]).encode()), ("content-type", b"application/json"),
    ]  # fmt: skip


async def main(job: dict[str, Any]) -> dict[str, Any]:
    """Publish and take in all of it once."""
    pool = await asyncpg.create_pool(job["dsn"], min_size=3, max_size=6)
    await pool.execute("DROP SCHEMA public CASCADE; CREATE SCHEMA public;" + TABLES)
    producer = AIOKafkaProducer(
        bootstrap_servers=job["kafka"], acks="all", enable_idempotence=True, linger_ms=3,
        max_batch_size=512 * 1024,
    )  # fmt: skip
    consumer = AIOKafkaConsumer(
        f"bare.{job['kind']}", bootstrap_servers=job["kafka"], group_id=f"bare.{job['kind']}",
        enable_auto_commit=False, auto_offset_reset="earliest",
    )  # fmt: skip
    await producer.start()
    await consumer.start()
    script, before = Script(pool, job), resource.getrusage(resource.RUSAGE_SELF)
    started = time.monotonic()
    try:
        await asyncio.gather(script.write(), script.relay(producer), script.take(consumer))
    finally:
        await producer.stop()
        await consumer.stop()
    used = resource.getrusage(resource.RUSAGE_SELF)
    return {
        "count": script.taken,
        "wall": time.monotonic() - started,
        "script_cpu": used.ru_utime + used.ru_stime - before.ru_utime - before.ru_stime,
    }


if __name__ == "__main__":
    json.dump(uvloop.run(main(json.load(sys.stdin))), sys.stdout)
