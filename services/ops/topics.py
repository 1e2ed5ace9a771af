"""Topics as deploy/townships.yaml wants them: missing ones made, narrow ones widened, never the reverse."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from kafka import KafkaAdminClient
from kafka.admin import ConfigResource, ConfigResourceType

from services.common.runtime import topics
from services.common.runtime.service import Service
from services.common.runtime.settings import Settings
from services.common.runtime.topics import Topic


@dataclass(frozen=True, slots=True)
class Difference:
    """One thing in which a topic is not as it shall be; some only people can change."""

    topic: str
    what: str
    now: str
    wanted: str
    can_apply: bool


def wanted(settings: Settings, services: Mapping[str, Service]) -> dict[str, Topic]:
    """Every topic of the deployment: each lane of the file in each service."""
    found: dict[str, Topic] = {}
    for service in services.values():
        found |= topics.wanted(settings, service.name, sorted(service.publishers), settings.all_lanes())
    return found


def compare(settings: Settings, services: Mapping[str, Service]) -> list[Difference]:
    """What differs between the file and Kafka; nothing is changed."""
    admin = _admin(settings)
    try:
        return _differences(admin, wanted(settings, services))
    finally:
        admin.close()


def apply(settings: Settings, services: Mapping[str, Service]) -> list[Difference]:
    """Change what can be changed; what differed before. Doing it twice changes nothing the second time."""
    admin = _admin(settings)
    try:
        needed = wanted(settings, services)
        found = _differences(admin, needed)
        for difference in found:
            if difference.can_apply:
                _change(admin, difference, needed[difference.topic])
        return found
    finally:
        admin.close()


def _differences(admin: KafkaAdminClient, needed: Mapping[str, Topic]) -> list[Difference]:
    known = set(admin.list_topics())
    rows = [
        Difference(name, "topic", "none", f"{topic.partitions} × {topic.replication}", can_apply=True)
        for name, topic in sorted(needed.items())
        if name not in known
    ]
    there = sorted(needed.keys() & known)
    for described in admin.describe_topics(there) if there else []:
        rows += _of_shape(described, needed[described["name"]])
    for name, configs in _configs(admin, there).items():
        rows += [
            Difference(name, key, configs.get(key, "default"), value, can_apply=True)
            for key, value in sorted(needed[name].configs.items())
            if configs.get(key) != value
        ]
    return rows


def _of_shape(described: Mapping[str, list[Mapping[str, list[int]]]], topic: Topic) -> list[Difference]:
    width = len(described["partitions"])
    copies = min(len(partition["replica_nodes"]) for partition in described["partitions"])
    rows = []
    if width != topic.partitions:
        # Fewer partitions would mean losing records; Kafka cannot, and we would not.
        widen = width < topic.partitions
        rows.append(Difference(topic.name, "partitions", str(width), str(topic.partitions), can_apply=widen))
    if copies != topic.replication:
        # Moving copies between brokers is a plan of its own, made with Kafka's reassignment tool.
        rows.append(
            Difference(topic.name, "replication", str(copies), str(topic.replication), can_apply=False)
        )
    return rows


def _configs(admin: KafkaAdminClient, names: list[str]) -> dict[str, dict[str, str]]:
    if not names:
        return {}
    asked = [ConfigResource(ConfigResourceType.TOPIC, name) for name in names]
    [answers] = admin.describe_configs(asked, config_filter="modified").values()
    return {name: {key: str(data["value"]) for key, data in answers.get(name, {}).items()} for name in names}


def _change(admin: KafkaAdminClient, difference: Difference, topic: Topic) -> None:
    if difference.what == "topic":
        topics.create(admin, topic)
    elif difference.what == "partitions":
        admin.create_partitions({topic.name: topic.partitions})
    else:
        admin.alter_configs(
            [ConfigResource(ConfigResourceType.TOPIC, topic.name, {difference.what: difference.wanted})]
        )


def _admin(settings: Settings) -> KafkaAdminClient:
    return KafkaAdminClient(bootstrap_servers=settings.kafka_bootstrap, client_id="jiuzhu-topics")
