"""How far one subscription has come on Kafka: records yet to take in, and since when the oldest waits."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import Sequence

from aiokafka import AIOKafkaConsumer, ConsumerRecord, TopicPartition

from services.common.runtime.clock import system_now
from services.common.runtime.service import Behind

LOOK_SECONDS = 0.5


class Progress:
    """Kept by the handler of a subscription; a batch at work counts as not taken in."""

    def __init__(self) -> None:
        self._at_work: dict[TopicPartition, int] = {}
        self._oldest_ms = 0

    def begin(self, batch: Sequence[ConsumerRecord[bytes, bytes]]) -> None:
        for record in batch:
            self._at_work.setdefault(TopicPartition(record.topic, record.partition), record.offset)
        self._oldest_ms = min((record.timestamp for record in batch), default=0)

    def end(self) -> None:
        self._at_work.clear()

    async def behind(self, consumer: AIOKafkaConsumer | None) -> Behind:
        """As far as this process knows from its last fetch. What waits is no older than `seconds`."""
        records = 0
        for place in consumer.assignment() if consumer else ():
            with contextlib.suppress(Exception):  # taken away meanwhile, or not placed yet
                async with asyncio.timeout(LOOK_SECONDS):
                    position = await consumer.position(place)  # type: ignore[union-attr]
                end = consumer.highwater(place)  # type: ignore[union-attr]
                records += max((end or 0) - self._at_work.get(place, position), 0)
        waited = system_now().timestamp() - self._oldest_ms / 1000 if self._oldest_ms else 0.0
        return Behind(records, max(waited, 0.0) if records else 0.0)
