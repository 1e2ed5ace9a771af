"""A running intake with one village, standing on the morning of 14 September 2026."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest

from services.intake.main import blueprint
from tests.world.applications import Village
from tests.world.services import TestClock, running, shanghai


@pytest.fixture
def clock() -> TestClock:
    return TestClock(shanghai("2026-09-14"))


@pytest.fixture
async def village(clock: TestClock, request: pytest.FixtureRequest) -> AsyncIterator[Village]:
    """On SQLite; on PostgreSQL too where a test is marked `on_both_databases`."""
    on_postgres = getattr(request, "param", "sqlite") == "postgres"
    url = request.getfixturevalue("postgres_url") if on_postgres else ""
    async with running(blueprint(), clock, database_url=url) as service:
        village = Village(service)
        await village.open()
        yield village
