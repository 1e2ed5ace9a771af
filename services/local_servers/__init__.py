"""A private PostgreSQL and a private Kafka on free ports: for tests, the story and a developer's machine."""

from services.local_servers.kafka import CACHE, LocalKafka, kafka_jars
from services.local_servers.postgres import LocalPostgres
from services.local_servers.programs import ServerFailed

__all__ = ["CACHE", "LocalKafka", "LocalPostgres", "ServerFailed", "kafka_jars"]
