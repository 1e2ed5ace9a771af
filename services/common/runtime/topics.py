"""Names of topics and groups, and which topics a service needs: its own, those it reads, its letters."""

from __future__ import annotations

import contextlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from kafka import KafkaAdminClient
from kafka.admin import NewTopic
from kafka.errors import TopicAlreadyExistsError

from services.common.runtime.settings import Settings

LARGEST_RECORD = 16 * 1024 * 1024
DAY_MS = 24 * 3600 * 1000


@dataclass(frozen=True, slots=True, order=True)
class Topic:
    """A topic as it shall be."""

    name: str
    partitions: int
    replication: int
    retention_ms: int

    @property
    def configs(self) -> dict[str, str]:
        return {"retention.ms": str(self.retention_ms), "max.message.bytes": str(LARGEST_RECORD)}


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


def wanted(
    settings: Settings, service: str, publishers: Sequence[str], lanes: Iterable[str]
) -> dict[str, Topic]:
    """The topics that one service needs on `lanes`, by name."""
    replication, retention = settings.replication, settings.retention_days * DAY_MS
    rows = []
    for lane in lanes:
        width = settings.partitions_of(lane)
        rows += [
            Topic(topic_of(settings, name, lane), width, replication, retention)
            for name in (service, *publishers)
        ]
        rows += [
            Topic(dead_letter_topic(settings, name, lane, service), 1, replication, retention)
            for name in publishers
        ]
    return {topic.name: topic for topic in rows}


def create(admin: KafkaAdminClient, topic: Topic) -> None:
    """Make a topic; one that somebody made meanwhile is left as it is."""
    fresh = NewTopic(
        name=topic.name,
        num_partitions=topic.partitions,
        replication_factor=topic.replication,
        topic_configs=topic.configs,
    )
    with contextlib.suppress(TopicAlreadyExistsError):
        admin.create_topics([fresh])


def ensure(settings: Settings, service: str, publishers: Sequence[str]) -> None:
    """Make what is missing of the topics that a service needs on the lanes it serves."""
    needed = wanted(settings, service, publishers, settings.all_lanes())
    admin = KafkaAdminClient(bootstrap_servers=settings.kafka_bootstrap, client_id="jiuzhu-topics")
    try:
        for name in sorted(needed.keys() - set(admin.list_topics())):
            create(admin, needed[name])
    finally:
        admin.close()
