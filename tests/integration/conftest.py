"""Every integration test that asks for `deployment_kind` runs once per deployment."""

from __future__ import annotations

import pytest

from services.local_servers import LocalKafka, LocalPostgres


@pytest.fixture(params=["embedded", "distributed"])
def deployment_kind(request: pytest.FixtureRequest) -> str:
    """Which deployment this run of the test is on."""
    return str(request.param)


@pytest.fixture
def servers(deployment_kind: str, request: pytest.FixtureRequest) -> tuple[LocalPostgres, LocalKafka] | None:
    """PostgreSQL and Kafka for the distributed run, nothing for the embedded one."""
    if deployment_kind == "embedded":
        return None
    return request.getfixturevalue("postgres_server"), request.getfixturevalue("kafka_server")
