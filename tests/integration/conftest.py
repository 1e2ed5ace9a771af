"""Integration tests run once per deployment: on SQLite, and on PostgreSQL (and Kafka where events travel)."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from services.local_servers import LocalKafka, LocalPostgres
from tests.servers.postgres import empty_database
from tests.world import services

DEPLOYMENTS = ("embedded", "distributed")
SERVICES = frozenset({"intake", "intake_field", "approval", "disclosure", "review", "papers"})


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Every test of a service runs on each deployment's database, unless it asks for one of its own."""
    chosen = {"postgres_url", "deployment_kind", "on_deployment"} & set(metafunc.fixturenames)
    if Path(str(metafunc.module.__file__)).parent.name in SERVICES and not chosen:
        metafunc.fixturenames.insert(0, "on_deployment")
        metafunc.parametrize("on_deployment", DEPLOYMENTS, indirect=True)


@pytest.fixture
def on_deployment(request: pytest.FixtureRequest) -> Iterator[str]:
    """Gives `running(...)` the databases of this deployment."""
    if request.param == "embedded":
        yield request.param
        return
    server: LocalPostgres = request.getfixturevalue("postgres_server")

    @contextmanager
    def fresh() -> Iterator[str]:
        with empty_database(server) as url:
            yield url

    previous = services.database_of
    services.database_of = fresh
    yield request.param
    services.database_of = previous


@pytest.fixture(params=DEPLOYMENTS)
def deployment_kind(request: pytest.FixtureRequest) -> str:
    """Which deployment this run of the test is on."""
    return str(request.param)


@pytest.fixture
def servers(deployment_kind: str, request: pytest.FixtureRequest) -> tuple[LocalPostgres, LocalKafka] | None:
    """PostgreSQL and Kafka for the distributed run, nothing for the embedded one."""
    if deployment_kind == "embedded":
        return None
    return request.getfixturevalue("postgres_server"), request.getfixturevalue("kafka_server")
