"""A township changes its lane under load: nothing lost, nothing out of order on the wire, nobody refused."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Sequence
from pathlib import Path

import pytest
from aiokafka import AIOKafkaConsumer
from sqlalchemy import select

from services.common.policy.law import Invalid
from services.common.runtime import inbox, tables, topics, townships
from services.common.runtime.clock import SystemClock
from services.common.runtime.outbox import HELD_LANE, Envelope
from services.common.runtime.service import Service
from services.common.runtime.settings import Settings
from services.local_servers import LocalKafka, LocalPostgres
from services.ops import lag, lanes
from services.ops import topics as topic_tool
from tests.faults import oracle
from tests.faults.house import WORKER, Site, at_work, create_tables, under_load
from tests.faults.pair import Announce
from tests.world.deployment import Deployment, until
from tests.world.machine import TOWNSHIP

OWN = "machang"
ELSEWHERE = "140403199"


@pytest.fixture
async def site(tmp_path: Path, postgres_server: LocalPostgres, kafka_server: LocalKafka) -> Site:
    """A site whose processes serve a lane that no township of the load uses yet."""
    unique = f"l{time.monotonic_ns()}"
    urls = {name: postgres_server.create_database(f"{unique}_{name}") for name in ("intake", "approval")}
    found = Site(tmp_path, urls, kafka_server.bootstrap, unique, {"lanes": {ELSEWHERE: OWN}})
    await create_tables(found)
    return found


def settings_of(house: Deployment) -> Settings:
    return house["intake"].settings


async def served(house: Deployment) -> None:
    """Until every listener's group on the lane of its own has a member."""

    async def look() -> bool:
        try:
            await asyncio.to_thread(lanes.require_served, settings_of(house), house.services, OWN)
        except Invalid:
            return False
        return True

    await until(look, bool)


async def on_the_wire(service: Service, lane: str) -> list[tuple[str, int]]:
    """(stream, version) of every record of the service's lane, partition by partition in order."""
    topic = topics.topic_of(service.settings, service.name, lane)
    found: list[tuple[str, int]] = []
    async with AIOKafkaConsumer(
        topic, bootstrap_servers=service.settings.kafka_bootstrap, auto_offset_reset="earliest"
    ) as consumer:
        while batches := await consumer.getmany(timeout_ms=1500):
            for batch in batches.values():
                found += [(record.key.decode(), int(dict(record.headers)["ce_version"])) for record in batch]
    return found


async def test_moving_there_and_back_under_load_loses_nothing_and_keeps_the_order(
    site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    early: list[Envelope] = []
    park = inbox._park

    async def watched(envelope: Envelope, *rest: object, **named: object) -> None:
        early.append(envelope)
        await park(envelope, *rest, **named)  # type: ignore[arg-type]

    monkeypatch.setattr(inbox, "_park", watched)
    async with at_work(site) as house, at_work(site):
        await served(house)
        async with under_load(house["intake"]):
            await until(lambda: house.taken("intake", "approval"), lambda taken: taken > 20)
            await lanes.move(settings_of(house), house.services, TOWNSHIP, OWN, seconds=30)
            before = await on_lane(house, OWN)
            await until(lambda: on_lane(house, OWN), lambda count: count > before + 20)
            await lanes.move(settings_of(house), house.services, TOWNSHIP, "shared", seconds=30)
            await asyncio.sleep(0.3)
        await house.settle()
        await oracle.check(house)
        assert early == [], "no event came before its predecessor"
        for service in house.services.values():
            assert await on_lane_of(service, HELD_LANE) == 0
            away = await on_the_wire(service, OWN)
            home = await on_the_wire(service, "shared")
            assert len(away) > 5
            check_order(away, home)


def check_order(away: Sequence[tuple[str, int]], home: Sequence[tuple[str, int]]) -> None:
    """Each stream's versions went to the other lane as one stretch, and rise without gaps on both."""
    for stream in {name for name, _ in home}:
        there = [version for name, version in away if name == stream]
        here = [version for name, version in home if name == stream]
        assert there == sorted(set(there)), "rising, each once"
        assert here == sorted(set(here))
        assert sorted({*there, *here}) == list(range(1, len(there) + len(here) + 1)), "none lost, none twice"
        if there:
            assert there == list(range(there[0], there[-1] + 1)), "one stretch"


async def test_a_township_whose_events_do_not_get_through_stays_where_it_was(site: Site) -> None:
    async with at_work(site) as house:
        await served(house)
        async with house["approval"].database.begin() as db:  # the listener stands still
            await db.execute(tables.inbox.insert().values(publisher="intake", stream="h1", version=0))
            await house["intake"].perform(Announce(household_id="h1"), WORKER)
            with pytest.raises(lanes.NotDrained):
                await lanes.move(settings_of(house), house.services, TOWNSHIP, OWN, seconds=1)
            await house["intake"].perform(Announce(household_id="h1"), WORKER)
        await house.settle()
        await oracle.check(house)
        assert await on_lane(house, OWN) == 0
        assert not any(place.moving_to for place in await lanes.plan(settings_of(house), house.services))


async def test_a_move_cut_off_after_the_hold_is_finished_by_running_it_again(site: Site) -> None:
    async with at_work(site) as house:
        await served(house)
        await lanes._hold(house["intake"], TOWNSHIP, OWN)
        await house["intake"].perform(Announce(household_id="h1"), WORKER)
        await asyncio.sleep(0.5)
        assert await house.taken("approval", "intake") == 0, "held"
        [held] = [place for place in await lanes.plan(settings_of(house), house.services) if place.moving_to]
        assert (held.service, held.moving_to) == ("intake", OWN)
        with pytest.raises(Invalid):
            await lanes.move(settings_of(house), house.services, TOWNSHIP, "shared")
        await lanes.move(settings_of(house), house.services, TOWNSHIP, OWN, seconds=20)
        await house.settle()
        await oracle.check(house)
        assert await on_lane(house, OWN) == 2


async def test_nobody_moves_to_a_lane_that_no_process_serves(site: Site) -> None:
    async with at_work(site) as house:
        with pytest.raises(Invalid, match="还没有进程"):
            await lanes.move(settings_of(house), house.services, TOWNSHIP, "nowhere")


async def test_the_plan_shows_where_the_file_and_the_databases_differ(site: Site, tmp_path: Path) -> None:
    file = tmp_path / "townships.yaml"
    file.write_text(f"lanes: {{{OWN}: {{partitions: 3}}}}\ntownships: {{'{TOWNSHIP}': {{lane: {OWN}}}}}\n")
    async with at_work(site) as house:
        settings = settings_of(house).model_copy(update={"townships_file": file})
        rows = await lanes.plan(settings, house.services)
        assert [(row.service, row.lane, row.wanted, row.differs) for row in rows] == [
            ("intake", "shared", OWN, True),
            ("approval", "shared", OWN, True),
        ]


async def test_topics_are_made_and_widened_as_the_file_says_and_never_narrowed(
    site: Site, tmp_path: Path
) -> None:
    file = tmp_path / "townships.yaml"
    services = {name: site.service(name, SystemClock()) for name in ("intake", "approval")}
    settings = services["intake"].settings.model_copy(update={"townships_file": file, "lanes": {}})

    def differences(text: str) -> list[tuple[str, str, str, bool]]:
        file.write_text(text)
        townships.load.cache_clear()
        found = topic_tool.apply(settings, services)
        return [(row.what, row.now, row.wanted, row.can_apply) for row in found]

    first = await asyncio.to_thread(differences, "lanes: {shared: {partitions: 2}, machang: {partitions: 2}}")
    assert first
    assert {what for what, *_ in first} == {"topic"}
    same = "lanes: {shared: {partitions: 2}, machang: {partitions: 2}}"
    assert await asyncio.to_thread(differences, same) == []
    wider = "retention_days: 7\nlanes: {shared: {partitions: 2}, machang: {partitions: 3}}"
    changed = await asyncio.to_thread(differences, wider)
    assert ("partitions", "2", "3", True) in changed
    assert ("retention.ms", "2592000000", "604800000", True) in changed
    assert await asyncio.to_thread(differences, wider) == []
    narrower = "retention_days: 7\nreplication: 2\nlanes: {shared: {partitions: 2}, machang: {partitions: 1}}"
    assert {row for row in await asyncio.to_thread(differences, narrower) if row[0] == "partitions"} == {
        ("partitions", "3", "1", False)
    }
    for service in services.values():
        await service.database.close()


async def test_the_lag_counts_what_no_listener_has_taken(site: Site) -> None:
    async with at_work(site, "intake") as house:
        both = house.services | {"approval": site.service("approval", SystemClock())}
        for turn in range(6):
            await house["intake"].perform(Announce(household_id=f"h{turn}"), WORKER)
        await until(lambda: unsent(house["intake"]), lambda count: count == 0)
        rows = await asyncio.to_thread(lag.partitions, settings_of(house), both)
        assert sum(row.lag for row in rows if row.group.endswith("approval.shared")) == 12
        async with at_work(site, "approval"):
            await until(lambda: house.taken("intake", "approval"), lambda taken: taken == 12)

            async def behind() -> int:
                return sum(
                    row.lag for row in await asyncio.to_thread(lag.partitions, settings_of(house), both)
                )

            await until(behind, lambda count: count == 0)
        assert (await lag.waiting(house["intake"])).dead_letters == 0
        await both["approval"].database.close()


async def on_lane(house: Deployment, lane: str) -> int:
    return await on_lane_of(house["intake"], lane)


async def on_lane_of(service: Service, lane: str) -> int:
    async with service.database.read() as db:
        return len((await db.execute(select(tables.outbox.c.seq).where(tables.outbox.c.lane == lane))).all())


async def unsent(service: Service) -> int:
    return (await lag.waiting(service)).unsent
