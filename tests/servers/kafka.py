"""The Kafka node of a test run, and topics in it."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from kafka import KafkaAdminClient
from kafka.admin import NewTopic

from services.local_servers import CACHE, LocalKafka


@contextmanager
def running_kafka() -> Iterator[LocalKafka]:
    """A node that lives as long as the block; JIUZHU_CACHE may name another place for its jars."""
    with LocalKafka(cache=Path(os.environ.get("JIUZHU_CACHE") or CACHE)) as server:
        yield server


def create_topic(bootstrap: str, name: str, partitions: int = 1) -> None:
    """Make a topic; the node never makes one by itself."""
    admin = KafkaAdminClient(bootstrap_servers=bootstrap)
    try:
        admin.create_topics([NewTopic(name, num_partitions=partitions, replication_factor=1)])
    finally:
        admin.close()
