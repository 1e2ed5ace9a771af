"""The databases that a wall has to stand on: a file, and PostgreSQL as an owner who is no superuser."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator

import pytest

from services.intake.main import blueprint
from services.local_servers import LocalPostgres
from tests.servers.postgres import owned_database
from tests.world.applications import Village
from tests.world.services import TestClock, running, shanghai


@pytest.fixture
def plain_postgres(postgres_server: LocalPostgres) -> Iterator[str]:
    """An empty database of an ordinary owner: a superuser would pass every wall."""
    with owned_database(postgres_server) as url:
        yield url


@pytest.fixture(params=["sqlite", "postgres"])
def database_url(request: pytest.FixtureRequest) -> str:
    """Empty for SQLite."""
    return str(request.getfixturevalue("plain_postgres")) if request.param == "postgres" else ""


@pytest.fixture
def clock() -> TestClock:
    return TestClock(shanghai("2026-09-14"))


@pytest.fixture
async def village(clock: TestClock, database_url: str) -> AsyncIterator[Village]:
    """A running intake with one village."""
    async with running(blueprint(), clock, database_url=database_url) as service:
        village = Village(service)
        await village.open()
        yield village
