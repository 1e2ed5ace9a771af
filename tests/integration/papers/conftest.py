"""A running intake with one village, and a desk at which papers are printed, signed and scanned."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest

from services.common.runtime.service import Service
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


@pytest.fixture
def intake(village: Village) -> Service:
    return village.intake
