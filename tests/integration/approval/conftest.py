"""The meeting hall, open for one test."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest

from tests.integration.approval.hall import Hall, open_hall


@pytest.fixture
async def hall() -> AsyncIterator[Hall]:
    async with open_hall() as opened:
        yield opened
