"""What those who watch the system are told: what waits where, and which service is in what state."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import httpx
import pytest
from prometheus_client.parser import text_string_to_metric_families

from services.common.policy.roles import Post, Role
from services.common.runtime import http, inbox, tables
from services.common.runtime.actor import Actor
from services.common.runtime.auth import Keys
from services.common.runtime.clock import SystemClock
from services.common.runtime.service import Gauge
from services.common.runtime.tx import Tx
from services.local_servers import LocalKafka, LocalPostgres
from tests.world.deployment import Deployment, deployed, until
from tests.world.machine import TOWNSHIP, Announce, failing, toys

WORKER = Actor("s1", (Post(Role.GRID_WORKER, TOWNSHIP),))


@pytest.fixture
async def house(
    deployment_kind: str,
    servers: tuple[LocalPostgres, LocalKafka] | None,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> AsyncIterator[Deployment]:
    monkeypatch.setattr(inbox, "FIRST_RETRY", timedelta(milliseconds=20))
    failing.clear()
    async with deployed(deployment_kind, toys(), SystemClock(), tmp_path, servers, attempts=2) as house:
        yield house


async def get(house: Deployment, path: str) -> httpx.Response:
    transport = httpx.ASGITransport(http.office_app(list(house.services.values()), Keys.fresh()))
    async with httpx.AsyncClient(transport=transport, base_url="http://office") as client:
        return await client.get(path)


async def figures(house: Deployment) -> dict[tuple[str, ...], float]:
    """(metric, labels sorted by their name …) → value."""
    page = (await get(house, "/metrics")).text
    return {
        (sample.name, *(value for _, value in sorted(sample.labels.items()))): sample.value
        for family in text_string_to_metric_families(page)
        for sample in family.samples
    }


async def test_the_outbox_shows_how_many_wait_on_each_lane_and_since_when(house: Deployment) -> None:
    async with house["intake"].database.begin() as db:  # a lane that nobody relays
        await db.execute(
            tables.lanes.insert().values(
                township=TOWNSHIP, lane="nowhere", moving_to="", moved_at=SystemClock().now()
            )
        )
    await house["intake"].perform(Announce(household_id="h1", kinds=("a", "b")), WORKER)
    await asyncio.sleep(0.05)
    seen = await figures(house)
    assert seen["jiuzhu_outbox_unsent", "nowhere", "intake"] == 2
    assert seen["jiuzhu_outbox_oldest_seconds", "nowhere", "intake"] >= 0.05
    assert seen["jiuzhu_outbox_unsent", "shared", "intake"] == 0
    assert seen["jiuzhu_outbox_oldest_seconds", "shared", "intake"] == 0


async def test_gaps_and_dead_letters_are_counted(house: Deployment) -> None:
    failing.add("bad")
    await house["intake"].perform(Announce(household_id="h1", kinds=("bad",)), WORKER)
    await until(lambda: figures(house), lambda seen: seen["jiuzhu_dead_letters", "approval"] == 1)
    async with house["approval"].database.begin() as db:
        early = {"publisher": "intake", "stream": "h9", "version": 7, "envelope": {}}
        await db.execute(tables.parked.insert().values(early))
    seen = await figures(house)
    assert (seen["jiuzhu_parked_gaps", "approval"], seen["jiuzhu_parked_failing", "approval"]) == (1, 0)
    assert seen["jiuzhu_parked_gaps", "intake"] == 0
    assert seen["jiuzhu_database_up", "approval"] == seen["jiuzhu_kafka_up", "approval"] == 1


async def test_how_long_events_were_on_their_way_is_counted_by_lane(house: Deployment) -> None:
    before = (await figures(house)).get(("jiuzhu_event_seconds_count", "shared", "approval"), 0)
    await house["intake"].perform(Announce(household_id="h1", kinds=("a", "b", "c")), WORKER)
    await house.settle()
    taken = ("jiuzhu_event_seconds_count", "shared", "approval")
    await until(lambda: figures(house), lambda seen: seen.get(taken, 0) == before + 3)


async def test_a_service_adds_gauges_of_its_own(house: Deployment) -> None:
    async def count(_: Tx) -> dict[tuple[str, ...], float]:
        return {("decision", "overdue"): 3}

    gauge = Gauge("things_due", "Things", ("thing", "near"), count)
    service = house["intake"]
    service.blueprint = replace(service.blueprint, gauges=(gauge,))
    assert (await figures(house))["jiuzhu_things_due", "overdue", "intake", "decision"] == 3


async def test_health_names_each_service(house: Deployment) -> None:
    alive = (await get(house, "/livez")).json()
    assert alive["services"] == {"intake": "alive", "approval": "alive"}
    ready = (await get(house, "/readyz")).json()
    good = {"status": "ready", "database": "ok", "events": "ok"}
    assert ready == {"status": "ready", "services": {"intake": good, "approval": good}}


@pytest.mark.parametrize("deployment_kind", ["distributed"])
async def test_a_listener_that_stands_still_is_behind_and_says_since_when(house: Deployment) -> None:
    lag, age = ("jiuzhu_lag_events", "shared", "approval"), ("jiuzhu_lag_seconds", "shared", "approval")
    await until(lambda: figures(house), lambda seen: seen.get(lag) == 0)
    async with house["approval"].database.begin() as db:  # what it wants to write is locked
        await db.execute(tables.inbox.insert().values(publisher="intake", stream="h1", version=0))
        await house["intake"].perform(Announce(household_id="h1", kinds=("a", "b", "c")), WORKER)
        await until(lambda: figures(house), lambda seen: seen[lag] == 3 and seen[age] > 0.1)
    await house.settle()
    await until(lambda: figures(house), lambda seen: seen[lag] == 0 and seen[age] == 0)
