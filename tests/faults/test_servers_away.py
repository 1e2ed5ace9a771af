"""Kafka and PostgreSQL go away at the worst moments: work waits or is refused, nothing is lost or doubled."""

from __future__ import annotations

import asyncio
import os
import signal
from pathlib import Path

import httpx

from services.common.runtime import http
from services.common.runtime.auth import Keys
from services.common.runtime.service import Service
from services.local_servers import LocalKafka, LocalPostgres
from tests.faults import oracle
from tests.faults.house import WORKER, Site, at_work, create_tables, under_load
from tests.faults.pair import Announce
from tests.world.deployment import Deployment, until


async def readiness(service: Service) -> tuple[int, str]:
    """What /readyz says of the service."""
    transport = httpx.ASGITransport(http.office_app([service], Keys.fresh()))
    async with httpx.AsyncClient(transport=transport, base_url="http://office") as client:
        answer = await client.get("/readyz")
    return answer.status_code, answer.json()["status"]


async def announce(house: Deployment, times: int = 5) -> None:
    for turn in range(times):
        await house["intake"].perform(Announce(household_id=f"a{turn}"), WORKER)


async def goes_on(house: Deployment) -> None:
    """The pair still works: something new comes through, and the oracle holds."""
    await announce(house)
    await house.settle()
    await oracle.check(house)


def open_files() -> int:
    return len(list(Path("/proc/self/fd").iterdir()))


async def test_without_kafka_at_start_acts_are_taken_in_and_events_follow_later(
    site: Site, kafka_server: LocalKafka
) -> None:
    kafka_server.stop()
    await create_tables(site)
    async with at_work(site) as house:
        await announce(house)
        assert await readiness(house["intake"]) == (200, "degraded")
        await asyncio.sleep(1)
        before = open_files()
        await asyncio.sleep(3)
        assert open_files() <= before + 4, "connections that failed are closed"
        await asyncio.to_thread(kafka_server.start)
        await house.settle()
        await oracle.check(house)
        assert await readiness(house["intake"]) == (200, "ready")


async def test_kafka_killed_and_started_again_under_load(site: Site, kafka_server: LocalKafka) -> None:
    await create_tables(site)
    async with at_work(site) as house:
        async with under_load(house["intake"]):
            await house_warm(house)
            await asyncio.to_thread(kafka_server.kill)
            await asyncio.sleep(0.5)
            await asyncio.to_thread(kafka_server.start)
            await asyncio.sleep(0.5)
        await goes_on(house)


async def test_kafka_away_for_longer_than_a_producer_waits(site: Site, kafka_server: LocalKafka) -> None:
    await create_tables(site)
    async with at_work(site) as house:
        async with under_load(house["intake"]):
            await house_warm(house)
            await asyncio.to_thread(kafka_server.stop)
            await asyncio.sleep(5)
            await until(lambda: readiness(house["intake"]), lambda seen: seen == (200, "degraded"))
            await asyncio.to_thread(kafka_server.start)
            await asyncio.sleep(0.5)
        await goes_on(house)
        await until(lambda: readiness(house["intake"]), lambda seen: seen == (200, "ready"))


async def test_postgres_killed_and_started_again_under_load(
    site: Site, postgres_server: LocalPostgres
) -> None:
    await create_tables(site)
    async with at_work(site) as house:
        async with under_load(house["intake"]):
            await house_warm(house)
            await asyncio.to_thread(postgres_server.kill)
            assert (await readiness(house["intake"]))[0] == 503
            await asyncio.to_thread(postgres_server.start)
            await asyncio.sleep(0.5)
        await goes_on(house)


async def test_postgres_stopped_at_once_and_started_again_under_load(
    site: Site, postgres_server: LocalPostgres
) -> None:
    await create_tables(site)
    async with at_work(site) as house:
        async with under_load(house["intake"]):
            await house_warm(house)
            os.kill(postgres_server.pid, signal.SIGQUIT)  # what `pg_ctl stop -m immediate` sends
            await asyncio.to_thread(postgres_server.stop)
            await asyncio.to_thread(postgres_server.start)
            await asyncio.sleep(0.5)
        await goes_on(house)


async def test_connections_of_postgres_cut_again_and_again_under_load(
    site: Site, postgres_server: LocalPostgres
) -> None:
    await create_tables(site)
    cut = (
        "SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity"
        " WHERE backend_type = 'client backend' AND pid <> pg_backend_pid()"
    )
    async with at_work(site) as house:
        async with under_load(house["intake"]):
            await house_warm(house)
            for _ in range(5):
                await asyncio.to_thread(postgres_server.sql, cut)
                await asyncio.sleep(0.3)
        await goes_on(house)


async def house_warm(house: Deployment) -> None:
    """Until events flow both ways."""
    await until(lambda: house.taken("intake", "approval"), lambda taken: taken > 10)
