"""Fixtures that any test may ask for: real servers, started once for a run and only if a test wants them."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from services.local_servers import LocalKafka, LocalPostgres
from tests.servers.kafka import running_kafka
from tests.servers.postgres import empty_database, running_postgres


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[LocalPostgres]:
    """The PostgreSQL of this run: `.create_database(name)` gives an address, `.kill()` a fault."""
    with running_postgres() as server:
        yield server


@pytest.fixture
def postgres_url(postgres_server: LocalPostgres) -> Iterator[str]:
    """SQLAlchemy address of an empty database for this test alone."""
    with empty_database(postgres_server) as url:
        yield url


@pytest.fixture(scope="session")
def kafka_server() -> Iterator[LocalKafka]:
    """The Kafka node of this run: `.bootstrap` is its address, `.kill()` and `.start()` make faults."""
    with running_kafka() as server:
        yield server
