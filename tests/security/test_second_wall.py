"""On PostgreSQL a township's rows are not there for whoever works in another, whatever a query forgets."""

from __future__ import annotations

import asyncio
import statistics
import time
from collections.abc import AsyncIterator

import pytest
from sqlalchemy import func, insert, select, text, update
from sqlalchemy.exc import DBAPIError

from services import launch
from services.common.policy.roles import Post, Role
from services.common.runtime import migrations, row_security
from services.common.runtime.actor import SYSTEM, Actor
from services.common.runtime.database import Database
from services.common.runtime.service import Service
from services.intake.main import blueprint
from services.intake.storage.case_tables import cases, clocks
from tests.world.applications import CASE, GRID_WORKER, HANDLER, NEIGHBOUR_TOWNSHIP, TOWNSHIP, Village
from tests.world.services import TestClock, running

DISTRICT_HANDLER = Actor("district", (Post(Role.DISTRICT_HANDLER, "140403"),))
WALLED = {
    "intake": {"cases", "case_members", "clocks", "verifications", "survey_orders", "surveys", "opinions"}
    | {"visits", "field_tasks"},
    "approval": {"docket", "publicities", "recusals", "meetings", "decisions"},
    "disclosure": {"recusals", "publicities", "entries"},
    "review": {"roll", "household_files", "known_cases", "recusals"},
}


@pytest.fixture
async def village(plain_postgres: str, clock: TestClock) -> AsyncIterator[Village]:
    async with running(blueprint(), clock, database_url=plain_postgres) as service:
        village = Village(service)
        await village.open()
        await village.receive()
        await village.accept()
        yield village


async def seen(service: Service, actor: Actor) -> tuple[int, int]:
    """How many cases and clocks there are for an actor, by questions without a WHERE."""
    async with service.reading(actor) as tx:
        counts = [await tx.scalar(select(func.count()).select_from(table)) for table in (cases, clocks)]
    return counts[0], counts[1]


async def test_a_question_without_where_from_another_township_finds_nothing(village: Village) -> None:
    assert await seen(village.intake, NEIGHBOUR_TOWNSHIP) == (0, 0)
    assert await seen(village.intake, Actor("nobody")) == (0, 0)


@pytest.mark.parametrize("actor", [HANDLER, GRID_WORKER, DISTRICT_HANDLER, SYSTEM], ids=lambda one: one.id)
async def test_who_works_for_the_township_and_the_machine_itself_see_all(
    village: Village, actor: Actor
) -> None:
    assert await seen(village.intake, actor) == (1, 1)


async def test_a_transaction_that_says_nothing_sees_nothing(village: Village) -> None:
    await seen(village.intake, SYSTEM)  # its connection goes back to the pool, its rights do not
    async with village.intake.database.read() as db:
        assert (await db.execute(select(func.count()).select_from(cases))).scalar_one() == 0


async def test_nothing_is_changed_or_written_over_the_wall(village: Village) -> None:
    async with village.intake.transaction(NEIGHBOUR_TOWNSHIP) as tx:
        assert (await tx.execute(update(cases).values(outcome="refuse"))).rowcount == 0
    with pytest.raises(DBAPIError, match="row-level security"):
        async with village.intake.transaction(NEIGHBOUR_TOWNSHIP) as tx:
            await tx.execute(
                insert(clocks).values(
                    township=TOWNSHIP,
                    case_id=CASE,
                    clock="smuggled",
                    owner="intake",
                    household_id="h",
                    state="running",
                    started_on=tx.today,
                    due_on=tx.today,
                    provisional=False,
                    article="R7.4",
                )
            )


@pytest.mark.parametrize("service", launch.SERVICES)
async def test_the_migrations_build_the_wall_and_bind_the_owner(service: str, plain_postgres: str) -> None:
    await asyncio.to_thread(migrations.upgrade, service, plain_postgres)
    database = Database(plain_postgres)
    async with database.read() as db:
        rows = await db.execute(
            text(
                "SELECT c.relname, c.relforcerowsecurity, EXISTS (SELECT FROM pg_attribute a WHERE"
                " a.attrelid = c.oid AND a.attname = 'township') AS has_township FROM pg_class c"
                " WHERE c.relnamespace = 'public'::regnamespace AND c.relkind = 'r'"
            )
        )
        found = {row.relname: row for row in rows}
    await database.close()
    assert {name for name, row in found.items() if row.relforcerowsecurity} >= WALLED[service]
    # Beyond it: the machine room's own, the registry of the district, and what everybody may read; the
    # kin that a township counts besides are looked up for staff of every other one too (R3.12).
    open_ = {name for name, row in found.items() if row.has_township and not row.relforcerowsecurity}
    assert open_ <= {"outbox", "lanes", "households", "board", "kin_widenings"}


async def test_the_wall_costs_one_short_statement(village: Village) -> None:
    async def mean(townships: str) -> float:
        spans = []
        for _ in range(200):
            started = time.perf_counter()
            async with village.intake.database.read(townships) as db:
                await db.execute(text("SELECT 1"))
            spans.append(time.perf_counter() - started)
        return statistics.median(spans)

    bare, walled = await mean(""), await mean(row_security.EVERYWHERE)
    print(f"a read takes {bare * 1e3:.2f} ms, behind the wall {walled * 1e3:.2f} ms")
    assert walled - bare < 0.005
