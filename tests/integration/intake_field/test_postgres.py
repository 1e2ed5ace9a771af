"""The same tablets in front of PostgreSQL, where resends really run at the same time."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator

import httpx
import pytest
from sqlalchemy import func, select

from services.common.contracts import intake
from services.common.runtime.http import office_app
from services.intake.storage.visit_tables import merge_tasks, visits
from tests.integration.intake_field.conftest import KEYS, headers, opened
from tests.world.applications import GRID_WORKER, VISIT, Village
from tests.world.field import envelope, photo, visit_answers
from tests.world.services import TestClock, published, shanghai


@pytest.fixture
async def village(clock: TestClock, postgres_url: str) -> AsyncIterator[Village]:
    async with opened(clock, postgres_url) as village:
        yield village


@pytest.fixture
async def tablet(village: Village) -> AsyncIterator[httpx.AsyncClient]:
    transport = httpx.ASGITransport(office_app([village.intake], KEYS))
    async with httpx.AsyncClient(
        transport=transport, base_url="http://intake", headers=headers(GRID_WORKER)
    ) as client:
        yield client


async def test_resends_and_another_content_at_the_same_time_leave_one_visit(
    village: Village, tablet: httpx.AsyncClient
) -> None:
    photos = {"door.jpg": photo(1)}
    first, other = (
        envelope("visit", visit_answers(claim=claim), shanghai("2026-09-14"), photos).to_json()
        for claim in ("病了", "没病")
    )

    answers = await asyncio.gather(
        *(tablet.post("/field/v1/visits", json=first) for _ in range(100)),
        *(tablet.post("/field/v1/visits", json=other) for _ in range(3)),
    )
    statuses = sorted(answer.status_code for answer in answers)
    # Whichever content came first stands; the other one waits, once.
    assert statuses in ([200] * 99 + [201] + [409] * 3, [200] * 2 + [201] + [409] * 100)
    async with village.intake.database.read() as db:
        assert (await db.execute(select(func.count()).select_from(visits))).scalar() == 1
        assert (await db.execute(select(func.count()).select_from(merge_tasks))).scalar() == 1
    assert len(await published(village.intake, intake.VisitRecorded)) == 1


async def test_a_refusal_leaves_the_visit_and_none_of_its_effects(
    village: Village, tablet: httpx.AsyncClient
) -> None:
    refused = envelope("visit", visit_answers(consent=False), shanghai("2026-09-14"), {"door.jpg": photo(1)})

    answer = await tablet.post("/field/v1/visits", json=refused.to_json())
    assert (answer.status_code, answer.json()["stage"], answer.json()["case_id"]) == (201, "refused", "")
    stored = (await tablet.get(f"/field/v1/visits/{VISIT}/receipt")).json()
    assert stored == answer.json()
