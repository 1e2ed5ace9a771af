"""The only file that knows Kafka: events go out by stream and come in as batches (CloudEvents binary)."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import replace
from typing import Any

import structlog
from aiokafka import ConsumerRecord
from faststream import AckPolicy
from faststream.kafka import KafkaBroker
from kafka import KafkaAdminClient
from kafka.admin import NewTopic
from kafka.errors import KafkaError, TopicAlreadyExistsError
from sqlalchemy import select, update

from services.common.runtime import faults, inbox, observe, tables
from services.common.runtime.actor import SYSTEM
from services.common.runtime.clock import system_now
from services.common.runtime.outbox import Envelope
from services.common.runtime.service import Service
from services.common.runtime.settings import Settings

log = structlog.get_logger()
RETENTION_MS = 30 * 24 * 3600 * 1000
LINGER_MS = 3
PRODUCER_BATCH_BYTES = 512 * 1024
CONSUMER_BATCH = 500
LARGEST_RECORD = 16 * 1024 * 1024
RECONNECT_SECONDS = 1.0


def topic_of(settings: Settings, service: str, lane: str) -> str:
    """Topic of a publisher's lane: jiuzhu.<service>.<lane>."""
    return f"{settings.kafka_prefix}.{service}.{lane}"


def group_of(settings: Settings, service: str, lane: str) -> str:
    """Consumer group of a service's lane: <service>.<lane>."""
    group = f"{service}.{lane}"
    return group if settings.kafka_prefix == "jiuzhu" else f"{settings.kafka_prefix}.{group}"


def dead_letter_topic(settings: Settings, publisher: str, lane: str, consumer: str) -> str:
    """Where events of `publisher` that `consumer` could not apply end up."""
    return f"{topic_of(settings, publisher, lane)}.{consumer}.dlq"


class Bus:
    """One service's connection to Kafka: its relay's delivery, and its subscription."""

    def __init__(self, service: Service, settings: Settings) -> None:
        self._service = service
        self._settings = settings
        self.connected = asyncio.Event()
        self._broker = KafkaBroker(
            settings.kafka_bootstrap,
            client_id=service.name,
            acks="all",
            enable_idempotence=True,
            linger_ms=LINGER_MS,
            max_batch_size=PRODUCER_BATCH_BYTES,
            max_request_size=LARGEST_RECORD,
            allow_auto_create_topics=False,
            apply_types=False,
            logger=None,
            graceful_timeout=15.0,
        )
        for lane in settings.all_lanes():
            self._subscribe(lane)

    def _subscribe(self, lane: str) -> None:
        topics = [topic_of(self._settings, publisher, lane) for publisher in sorted(self._service.publishers)]
        if not topics:
            return
        subscriber = self._broker.subscriber(
            *topics,
            batch=True,
            group_id=group_of(self._settings, self._service.name, lane),
            # A member that comes back under its own name takes up its partitions without a timeout.
            group_instance_id=self._instance(lane),
            auto_offset_reset="earliest",
            max_records=CONSUMER_BATCH,
            max_partition_fetch_bytes=LARGEST_RECORD,
            # Anything else loses what a handler failed on; our handler fails only when the database does.
            ack_policy=AckPolicy.NACK_ON_ERROR,
            parser=_keep_raw,
            decoder=_raw_records,
        )
        subscriber(self._consume)

    def _instance(self, lane: str) -> str | None:
        return f"{self._settings.instance}.{self._service.name}.{lane}" if self._settings.instance else None

    async def connect(self) -> None:
        """Ensure topics and start; wait for Kafka as long as it takes, while work is taken in without it."""
        while True:
            try:
                await asyncio.to_thread(
                    ensure_topics, self._settings, self._service.name, sorted(self._service.publishers)
                )
                await self._broker.start()
                self._service.bus_connected = True
                self.connected.set()
                log.info("kafka.connected", service=self._service.name)
                return
            except Exception as error:
                self._service.bus_connected = False
                log.warning(
                    "kafka.unreachable", service=self._service.name, reason=f"{type(error).__name__}: {error}"
                )
                with contextlib.suppress(Exception):
                    await self._broker.stop()
                await asyncio.sleep(RECONNECT_SECONDS)

    async def close(self) -> None:
        await self._broker.stop()

    async def deliver(self, batch: Sequence[Envelope]) -> None:
        """Publish a batch and wait until every record is acknowledged by all in-sync replicas."""
        try:
            acknowledged = [
                await self._broker.publish(
                    envelope.payload.encode(),
                    topic_of(self._settings, envelope.publisher, envelope.lane),
                    key=envelope.stream.encode(),
                    headers=_headers(envelope),
                    no_confirm=True,
                )
                for envelope in batch
            ]
            await asyncio.gather(*acknowledged)
        except Exception:
            self._service.bus_connected = False
            raise
        self._service.bus_connected = True

    async def deliver_dead_letters(self) -> None:
        """Copy buried events to their dead-letter topics, so that operators' tools see them."""
        letters = tables.dead_letters
        async with self._service.database.read() as db:
            rows = (await db.execute(select(letters).where(letters.c.sent_at.is_(None)).limit(100))).all()
        for row in rows:
            envelope = row.envelope
            topic = dead_letter_topic(self._settings, row.publisher, envelope["lane"], self._service.name)
            await self._broker.publish(
                str(envelope["payload"]).encode(),
                topic,
                key=str(envelope["stream"]).encode(),
                headers={"x-reason": row.reason[:500], "ce_id": row.event_id, "ce_type": envelope["type"]},
            )
            async with self._service.database.begin() as db:
                await db.execute(update(letters).where(letters.c.seq == row.seq).values(sent_at=system_now()))

    async def _consume(self, records: Sequence[ConsumerRecord[bytes, bytes]]) -> None:
        faults.reached("consumer.after-acknowledge")  # of the batch before this one
        batch = []
        for record in records:
            try:
                batch.append(read_record(record))
            except (ValueError, KeyError) as error:
                await self._bury_unreadable(record, f"{type(error).__name__}: {error}")
        try:
            await self._service.receive(batch)
        except Exception as error:
            # Kafka would hand the batch back at once; a pause spares a database that is down.
            log.warning(
                "receive.waits", service=self._service.name, reason=f"{type(error).__name__}: {error}"
            )
            await asyncio.sleep(RECONNECT_SECONDS)
            raise
        observe.events_received.labels(self._service.name).inc(len(batch))
        faults.reached("consumer.before-acknowledge")

    async def _bury_unreadable(self, record: ConsumerRecord[bytes, bytes], reason: str) -> None:
        """A record that is no event of ours: kept as a dead letter under its place in the topic."""
        _, publisher, lane = record.topic.split(".", 2)
        where = f"{record.topic}/{record.partition}/{record.offset}"
        envelope = Envelope(
            id=where,
            publisher=publisher,
            stream=(record.key or b"").decode(errors="replace"),
            version=0,
            type="",
            payload=(record.value or b"").decode(errors="replace")[:100_000],
            subject="",
            township="",
            lane=lane,
            occurred_at="",
        )
        async with self._service.transaction(SYSTEM) as tx:
            await inbox.bury(envelope, reason, tx)


def ensure_topics(settings: Settings, service: str, publishers: Sequence[str]) -> None:
    """Create what is missing of a service's own topics, those it reads, and its dead-letter topics."""
    wanted = {
        topic_of(settings, name, lane): settings.kafka_partitions
        for name in (service, *publishers)
        for lane in settings.all_lanes()
    }
    wanted |= {
        dead_letter_topic(settings, name, lane, service): 1
        for name in publishers
        for lane in settings.all_lanes()
    }
    admin = KafkaAdminClient(bootstrap_servers=settings.kafka_bootstrap, client_id="jiuzhu-topics")
    try:
        missing = sorted(wanted.keys() - set(admin.list_topics()))
        for name in missing:
            topic = NewTopic(
                name=name,
                num_partitions=wanted[name],
                replication_factor=settings.kafka_replication,
                topic_configs={"retention.ms": str(RETENTION_MS), "max.message.bytes": str(LARGEST_RECORD)},
            )
            with contextlib.suppress(TopicAlreadyExistsError):
                admin.create_topics([topic])
    finally:
        admin.close()


def read_record(record: ConsumerRecord[bytes, bytes]) -> Envelope:
    """The envelope of a Kafka record; ValueError or KeyError if it is not one of ours."""
    headers = {name: value.decode() for name, value in record.headers}
    _, publisher, lane = record.topic.split(".", 2)
    return Envelope(
        id=headers["ce_id"],
        publisher=publisher,
        stream=(record.key or b"").decode(),
        version=int(headers["ce_version"]),
        type=headers["ce_type"],
        payload=(record.value or b"").decode(),
        subject=headers.get("ce_subject", ""),
        township=headers.get("ce_township", ""),
        lane=lane,
        occurred_at=headers["ce_time"],
        traceparent=headers.get("traceparent", ""),
    )


def _headers(envelope: Envelope) -> dict[str, str]:
    headers = {
        "ce_specversion": "1.0",
        "ce_id": envelope.id,
        "ce_type": envelope.type,
        "ce_source": f"/jiuzhu/{envelope.publisher}",
        "ce_time": envelope.occurred_at,
        "ce_subject": envelope.subject,
        "ce_township": envelope.township,
        "ce_version": str(envelope.version),
        "content-type": "application/json",
    }
    return headers | ({"traceparent": envelope.traceparent} if envelope.traceparent else {})


async def _keep_raw(records: tuple[Any, ...], parse: Callable[[Any], Awaitable[Any]]) -> Any:
    """Let FastStream parse without headers (it dies on bytes that are no text); keep the raw records."""
    message = await parse(tuple(replace(record, headers=()) for record in records))
    message.raw_message = records
    return message


async def _raw_records(message: Any) -> tuple[Any, ...]:
    records: tuple[Any, ...] = message.raw_message
    return records


__all__ = ["Bus", "KafkaError", "dead_letter_topic", "ensure_topics", "group_of", "read_record", "topic_of"]
