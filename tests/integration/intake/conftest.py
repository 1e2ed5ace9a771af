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
async def village(clock: TestClock) -> AsyncIterator[Village]:
    async with running(blueprint(), clock) as service:
        village = Village(service)
        await village.open()
        yield village
