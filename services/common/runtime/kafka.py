"""The only file that talks to Kafka while work goes on: events go out by stream and come in as batches."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import replace
from functools import partial
from typing import Any

import structlog
from aiokafka import ConsumerRecord
from aiokafka.client import AIOKafkaClient
from faststream import AckPolicy
from faststream.kafka import KafkaBroker
from sqlalchemy import select, update

from services.common.runtime import faults, inbox, records, tables, topics, trace
from services.common.runtime.actor import SYSTEM
from services.common.runtime.clock import system_now
from services.common.runtime.outbox import Envelope
from services.common.runtime.progress import Progress
from services.common.runtime.service import Behind, Service
from services.common.runtime.settings import Settings

log = structlog.get_logger()
LINGER_MS = 3
PRODUCER_BATCH_BYTES = 512 * 1024
CONSUMER_BATCH = 500
DELIVERY_MS = 10_000
RECONNECT_SECONDS = 1.0
WATCH_SECONDS = 2.0
STOP_SECONDS = 15.0
LETTERS = 100


class Bus:
    """One service's connection to Kafka: its relay's delivery, and its subscription."""

    def __init__(self, service: Service, settings: Settings) -> None:
        self._service = service
        self._settings = settings
        self.connected = asyncio.Event()
        self._consuming: KafkaBroker | None = None
        self._lanes: dict[str, tuple[Any, Progress]] = {}
        self._producing: KafkaBroker | None = None
        self._changing = asyncio.Lock()
        self._watch: asyncio.Task[None] | None = None
        service.bus_connected = False
        service.behind = self.behind

    async def connect(self) -> None:
        """Ensure topics and start; wait for Kafka as long as it takes, while work is taken in without it."""
        while self._consuming is None:
            # A broker that did not start is thrown away with whatever it holds half-open.
            broker = self._consumer()
            try:
                await self._producer()
                await asyncio.to_thread(
                    topics.ensure, self._settings, self._service.name, sorted(self._service.publishers)
                )
                await broker.start()
                self._consuming = broker
            except Exception as error:
                log.warning(
                    "kafka.unreachable", service=self._service.name, reason=f"{type(error).__name__}: {error}"
                )
            finally:
                if self._consuming is not broker:
                    await _discard(broker)
            if self._consuming is None:
                await asyncio.sleep(RECONNECT_SECONDS)
        self._service.bus_connected = True
        self.connected.set()
        self._watch = self._watch or asyncio.create_task(self._keep_watch())
        log.info("kafka.connected", service=self._service.name)

    async def close(self) -> None:
        if self._watch:
            self._watch.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await self._watch
        for broker in (self._consuming, self._producing):
            if broker is not None:
                await _discard(broker)

    async def behind(self) -> dict[str, Behind]:
        """How far this process is behind on each lane that it consumes."""
        return {
            lane: await progress.behind(subscriber.consumer)
            for lane, (subscriber, progress) in self._lanes.items()
        }

    async def deliver(self, batch: Sequence[Envelope]) -> None:
        """Publish a batch and wait until every record is acknowledged by all in-sync replicas."""
        producer = await self._producer()
        pending: list[Awaitable[object]] = []
        try:
            try:
                for envelope in batch:
                    pending.append(await self._publish(producer, envelope))  # noqa: PERF401 (kept when one fails)
            finally:
                answers = await asyncio.gather(*pending, return_exceptions=True)
            if failures := [answer for answer in answers if isinstance(answer, Exception)]:
                raise failures[0]
        except Exception:
            # An idempotent producer that gave up a record refuses what follows it, for ever.
            self._service.bus_connected = False
            await self._give_up(producer)
            raise
        self._service.bus_connected = True

    async def deliver_dead_letters(self) -> None:
        """Copy buried events to their dead-letter topics, so that operators' tools see them."""
        letters = tables.dead_letters
        lanes = self._settings.all_lanes()
        waiting = select(letters).where(letters.c.sent_at.is_(None)).order_by(letters.c.seq).limit(LETTERS)
        # Locked while they are on their way: of two processes, each copies what the other does not.
        async with self._service.database.begin() as db:
            rows = (await db.execute(waiting.with_for_update(skip_locked=True))).all()
            for row in rows:
                if row.envelope["lane"] in lanes:
                    await self._publish_letter(row.publisher, row.envelope, row.reason)
                    await db.execute(
                        update(letters).where(letters.c.seq == row.seq).values(sent_at=system_now())
                    )

    async def _publish(self, producer: KafkaBroker, envelope: Envelope) -> Awaitable[object]:
        topic = topics.topic_of(self._settings, envelope.publisher, envelope.lane)
        with trace.span(
            f"{topic} publish", kind="producer", parent=envelope.traceparent, service=envelope.publisher
        ) as step:
            return await producer.publish(
                envelope.payload.encode(),
                topic,
                key=envelope.stream.encode(),
                headers=records.headers_of(replace(envelope, traceparent=step)),
                no_confirm=True,
            )

    async def _publish_letter(self, publisher: str, envelope: dict[str, Any], reason: str) -> None:
        producer = await self._producer()
        await producer.publish(
            str(envelope["payload"]).encode(),
            topics.dead_letter_topic(self._settings, publisher, envelope["lane"], self._service.name),
            key=str(envelope["stream"]).encode(),
            headers={"x-reason": reason[:500], "ce_id": envelope["id"], "ce_type": envelope["type"]},
        )

    async def _consume(self, lane: str, batch: Sequence[ConsumerRecord[bytes, bytes]]) -> None:
        faults.reached("consumer.after-acknowledge")  # of the batch before this one
        progress = self._lanes[lane][1]
        progress.begin(batch)
        try:
            events = [event for record in batch if (event := await self._readable(record))]
            await self._service.receive(events)
        except Exception as error:
            # Kafka would hand the batch back at once; a pause spares a database that is down.
            log.warning(
                "receive.waits", service=self._service.name, reason=f"{type(error).__name__}: {error}"
            )
            await asyncio.sleep(RECONNECT_SECONDS)
            raise
        finally:
            progress.end()
        faults.reached("consumer.before-acknowledge")

    async def _readable(self, record: ConsumerRecord[bytes, bytes]) -> Envelope | None:
        """The event of a record. One that is none of ours is kept as a dead letter and holds nothing up."""
        try:
            return records.read(record)
        except records.Unreadable as error:
            async with self._service.transaction(SYSTEM) as tx:
                await inbox.bury(records.unreadable(record), str(error), tx)
            return None

    async def _keep_watch(self) -> None:
        """Say in readiness whether Kafka answers, also while there is nothing to send."""
        while True:
            await asyncio.sleep(WATCH_SECONDS)
            with contextlib.suppress(Exception):
                producer = await self._producer()
                self._service.bus_connected = await producer.ping(timeout=WATCH_SECONDS)

    async def _producer(self) -> KafkaBroker:
        async with self._changing:
            if self._producing is None:
                await _reach(self._settings.kafka_bootstrap)
                broker = self._broker(request_timeout_ms=DELIVERY_MS)
                try:
                    await broker.start()
                except BaseException:
                    await _discard(broker)
                    raise
                self._producing = broker
            return self._producing

    async def _give_up(self, producer: KafkaBroker) -> None:
        async with self._changing:
            if self._producing is producer:
                self._producing = None
                await _discard(producer)

    def _consumer(self) -> KafkaBroker:
        broker = self._broker(consumer_only=True)
        for lane in self._settings.all_lanes():
            names = [
                topics.topic_of(self._settings, publisher, lane)
                for publisher in sorted(self._service.publishers)
            ]
            if names:
                self._subscribe(broker, lane, names)
        return broker

    def _subscribe(self, broker: KafkaBroker, lane: str, names: Sequence[str]) -> None:
        subscriber = broker.subscriber(
            *names,
            batch=True,
            group_id=topics.group_of(self._settings, self._service.name, lane),
            # A member that comes back under its own name takes up its partitions without a timeout.
            group_instance_id=self._instance(lane),
            auto_offset_reset="earliest",
            max_records=CONSUMER_BATCH,
            max_partition_fetch_bytes=topics.LARGEST_RECORD,
            # Anything else loses what a handler failed on; our handler fails only when the database does.
            ack_policy=AckPolicy.NACK_ON_ERROR,
            parser=_keep_raw,
            decoder=_raw_records,
        )
        self._lanes[lane] = (subscriber, Progress())
        subscriber(partial(self._consume, lane))

    def _instance(self, lane: str) -> str | None:
        return f"{self._settings.instance}.{self._service.name}.{lane}" if self._settings.instance else None

    def _broker(self, **options: Any) -> KafkaBroker:
        return KafkaBroker(
            self._settings.kafka_bootstrap,
            client_id=self._service.name,
            acks="all",
            enable_idempotence=True,
            linger_ms=LINGER_MS,
            max_batch_size=PRODUCER_BATCH_BYTES,
            max_request_size=topics.LARGEST_RECORD,
            allow_auto_create_topics=False,
            apply_types=False,
            logger=None,
            graceful_timeout=STOP_SECONDS,
            **options,
        )


async def _reach(bootstrap: str) -> None:
    """Raise unless Kafka answers. FastStream cannot close a producer that did not start, so we look first."""
    client = AIOKafkaClient(bootstrap_servers=bootstrap, request_timeout_ms=DELIVERY_MS)
    try:
        await client.bootstrap()
    finally:
        await client.close()


async def _discard(broker: KafkaBroker) -> None:
    """Close all that a broker holds, also one that started half-way; what cannot be closed is dropped."""
    for step in (broker.stop, broker.config.disconnect):
        with contextlib.suppress(Exception):
            await asyncio.wait_for(step(), STOP_SECONDS)


async def _keep_raw(batch: tuple[Any, ...], parse: Callable[[Any], Awaitable[Any]]) -> Any:
    """Let FastStream parse without headers (it dies on bytes that are no text); keep the raw records."""
    message = await parse(tuple(replace(record, headers=()) for record in batch))
    message.raw_message = batch
    return message


async def _raw_records(message: Any) -> tuple[Any, ...]:
    batch: tuple[Any, ...] = message.raw_message
    return batch
