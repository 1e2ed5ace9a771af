"""What every service stands on: committed means announced, once in effect, in order, on both deployments."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import select

from services.common.contracts import intake
from services.common.policy.law import Forbidden, Refused
from services.common.policy.roles import Post, Role
from services.common.runtime import inbox, relay, tables
from services.common.runtime.actor import SYSTEM, Actor
from services.common.runtime.clock import SystemClock
from services.local_servers import LocalKafka, LocalPostgres
from tests.world.deployment import Deployment, deployed, until
from tests.world.machine import TOWNSHIP, Announce, failing, noted, toys
from tests.world.services import Stream

WORKER = Actor("s1", (Post(Role.GRID_WORKER, TOWNSHIP),))
STRANGER = Actor("s2", (Post(Role.GRID_WORKER, "140403103"),))


@pytest.fixture
async def house(
    deployment_kind: str,
    servers: tuple[LocalPostgres, LocalKafka] | None,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> AsyncIterator[Deployment]:
    monkeypatch.setattr(inbox, "FIRST_RETRY", timedelta(milliseconds=20))
    failing.clear()
    async with deployed(deployment_kind, toys(), SystemClock(), tmp_path, servers, attempts=7) as house:
        yield house


async def test_what_was_committed_is_acted_on_once_and_in_order(house: Deployment) -> None:
    await house["intake"].perform(Announce(household_id="h1", kinds=("a", "b", "c")), WORKER)
    await house["intake"].perform(Announce(household_id="h2", kinds=("z",)), WORKER)
    await house.settle()
    assert await noted(house["approval"]) == {"h1-case": (3, "c"), "h2-case": (1, "z")}


async def test_a_refused_command_announces_nothing(house: Deployment) -> None:
    with pytest.raises(Refused):
        await house["intake"].perform(Announce(household_id="h1", kinds=("a",), fail=True), WORKER)
    await house.settle()
    assert await noted(house["approval"]) == {}
    assert await house.published("intake") == 0


async def test_someone_of_another_township_is_stopped_at_the_gate(house: Deployment) -> None:
    with pytest.raises(Forbidden):
        await house["intake"].perform(Announce(household_id="h1", kinds=("a",)), STRANGER)
    assert await house.published("intake") == 0
    async with house["intake"].database.read() as db:
        [row] = (await db.execute(select(tables.audit))).all()
    assert (row.actor, row.action, row.result) == (STRANGER.id, "announce", "forbidden")


async def test_parallel_writers_of_one_household_get_versions_without_gaps(house: Deployment) -> None:
    await asyncio.gather(
        *(house["intake"].perform(Announce(household_id="h1", kinds=("a", "b")), WORKER) for _ in range(20))
    )
    await house.settle()
    async with house["intake"].database.read() as db:
        versions = (await db.execute(select(tables.outbox.c.version).order_by(tables.outbox.c.seq))).scalars()
    assert list(versions) == list(range(1, 41))
    assert (await noted(house["approval"]))["h1-case"][0] == 40


async def test_a_repeated_delivery_has_no_second_effect(house: Deployment) -> None:
    await house["intake"].perform(Announce(household_id="h1", kinds=("a", "b")), WORKER)
    await house.settle()
    async with house["intake"].database.begin() as db:  # the relay died before it marked them sent
        await db.execute(tables.outbox.update().values(sent_at=None))
    sent_again = relay.to_services(house["intake"], [house["approval"]])
    await relay.send_unsent(house["intake"], sent_again, ("shared", "district"))
    await house.settle()
    assert await noted(house["approval"]) == {"h1-case": (2, "b")}


async def test_events_that_come_early_wait_for_the_gap_to_fill(house: Deployment) -> None:
    stream = Stream("intake", SystemClock().now())
    first, second, third = (
        stream.envelope(intake.VisitRecorded(case_id="c", household_id="h", township=TOWNSHIP, kind=kind))
        for kind in "abc"
    )
    await house["approval"].receive([third])
    await house["approval"].receive([second])
    assert await noted(house["approval"]) == {}
    await house["approval"].receive([first])
    assert await noted(house["approval"]) == {"c": (3, "c")}


async def test_a_failing_event_holds_its_own_stream_only_and_goes_on_when_it_can(house: Deployment) -> None:
    failing.add("bad")
    await house["intake"].perform(Announce(household_id="h1", kinds=("bad", "later")), WORKER)
    await house["intake"].perform(Announce(household_id="h2", kinds=("fine",)), WORKER)
    await until(lambda: noted(house["approval"]), lambda notes: "h2-case" in notes)
    failing.clear()
    await house.settle()
    assert await noted(house["approval"]) == {"h1-case": (2, "later"), "h2-case": (1, "fine")}


async def test_an_event_that_never_applies_becomes_a_dead_letter_with_its_reason(house: Deployment) -> None:
    failing.add("bad")
    await house["intake"].perform(Announce(household_id="h1", kinds=("bad", "later")), WORKER)
    await house.settle()
    assert await noted(house["approval"]) == {"h1-case": (1, "later")}
    async with house["approval"].database.read() as db:
        [letter] = (await db.execute(select(tables.dead_letters))).all()
    assert letter.reason == "RuntimeError: cannot be applied"
    assert letter.envelope["stream"] == "h1"


async def test_every_act_leaves_an_audit_row_also_the_machines_own(house: Deployment) -> None:
    await house["intake"].perform(Announce(household_id="h1", kinds=("a",)), WORKER)
    await house.settle()
    async with house["intake"].database.read() as db:
        [row] = (await db.execute(select(tables.audit))).all()
    assert (row.actor, row.action, row.area) == ("s1", "announce", TOWNSHIP)
    async with house["approval"].database.read() as db:
        [row] = (await db.execute(select(tables.audit))).all()
    assert (row.actor, row.action) == (SYSTEM.id, "note")
