"""How far behind each listener is: records not yet taken from Kafka, and what waits in the databases."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from kafka import KafkaAdminClient, TopicPartition
from kafka.admin import OffsetSpec

from services.common.runtime import backlog, topics
from services.common.runtime.service import Service
from services.common.runtime.settings import Settings


@dataclass(frozen=True, slots=True)
class Behind:
    """One partition as one group reads it. Before its first commit a group stands at the oldest record."""

    group: str
    topic: str
    partition: int
    committed: int | None
    end: int
    lag: int


@dataclass(frozen=True, slots=True)
class Waiting:
    """What waits in one service's database."""

    unsent: int
    oldest_unsent_at: str | None
    gaps: int
    failing: int
    dead_letters: int


def partitions(settings: Settings, services: Mapping[str, Service]) -> list[Behind]:
    """Every partition that some group reads."""
    groups = {
        topics.group_of(settings, service.name, lane): [
            topics.topic_of(settings, publisher, lane) for publisher in sorted(service.publishers)
        ]
        for service in services.values()
        for lane in settings.all_lanes()
        if service.publishers
    }
    admin = KafkaAdminClient(bootstrap_servers=settings.kafka_bootstrap, client_id="jiuzhu-lag")
    try:
        known = set(admin.list_topics())
        wanted = sorted({topic for names in groups.values() for topic in names} & known)
        places = [
            TopicPartition(row["name"], partition["partition_index"])
            for row in (admin.describe_topics(wanted) if wanted else [])
            for partition in row["partitions"]
        ]
        ends = _offsets(admin, places, OffsetSpec.LATEST)
        starts = _offsets(admin, places, OffsetSpec.EARLIEST)
        committed = {group: admin.list_group_offsets({group: None})[group] for group in groups}
    finally:
        admin.close()
    rows = []
    for group, names in sorted(groups.items()):
        for place in sorted(place for place in places if place.topic in names):
            stood = committed[group].get(place)
            at = stood.offset if stood is not None and stood.offset >= 0 else None
            behind = ends[place] - (starts[place] if at is None else at)
            rows.append(Behind(group, place.topic, place.partition, at, ends[place], max(behind, 0)))
    return rows


async def waiting(service: Service) -> Waiting:
    """What of a service is not yet sent, waits for a gap, fails, or was given up."""
    found = await backlog.of(service)
    oldest = min((lane.oldest_at for lane in found.unsent.values()), default=None)
    return Waiting(
        unsent=sum(lane.count for lane in found.unsent.values()),
        oldest_unsent_at=oldest.isoformat() if oldest else None,
        gaps=found.gaps,
        failing=found.failing,
        dead_letters=found.dead_letters,
    )


def _offsets(
    admin: KafkaAdminClient, places: list[TopicPartition], spec: OffsetSpec
) -> dict[TopicPartition, int]:
    found = admin.list_partition_offsets(dict.fromkeys(places, spec)) if places else {}
    return {place: answer.offset for place, answer in found.items()}
