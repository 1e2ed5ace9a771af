"""Two processes do the same at the same time: one relays, a job runs once, no event applies twice."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, time, timedelta

import pytest
from sqlalchemy import text

from services.common.runtime import inbox, relay, scheduler, tables
from services.common.runtime.clock import SystemClock
from services.common.runtime.outbox import Envelope
from services.common.runtime.scheduler import Job
from services.common.runtime.service import Service
from services.common.runtime.tx import Tx
from tests.faults import oracle
from tests.faults.house import WORKER, Site, at_work, create_tables, looking, under_load
from tests.faults.pair import Announce, counts, days, noted
from tests.faults.test_poison import visit
from tests.world.deployment import until
from tests.world.machine import toys
from tests.world.services import TestClock, running


async def test_two_hosts_of_each_service_share_the_work_under_load(site: Site) -> None:
    await create_tables(site)
    async with at_work(site) as house, at_work(site):
        async with under_load(house["intake"]):
            await until(lambda: house.taken("intake", "approval"), lambda taken: taken > 20)
            async with at_work(site, "approval"):  # a third joins and leaves: partitions change hands twice
                await asyncio.sleep(1.5)
            await asyncio.sleep(0.5)
        await house.settle()
        await oracle.check(house)


async def test_of_two_relays_only_one_hands_on_and_the_order_is_kept(site: Site) -> None:
    async with looking(site) as house:
        sent: list[tuple[str, int]] = []
        hosts = [site.service("intake", SystemClock()) for _ in range(2)]
        busy: set[int] = set()

        def deliver(host: int) -> relay.Deliver:
            async def hand_on(batch: Sequence[Envelope]) -> None:
                busy.add(host)
                await asyncio.sleep(0.01)
                sent.extend((envelope.stream, envelope.version) for envelope in batch)

            return hand_on

        loops = [
            asyncio.create_task(relay.run_alone(host, deliver(number), "shared"))
            for number, host in enumerate(hosts)
        ]
        for turn in range(40):
            await house["intake"].perform(Announce(household_id=f"h{turn % 4}"), WORKER)
        await until(lambda: seen(sent), lambda count: count >= 80)
        await end(loops)
        for host in hosts:
            await host.database.close()
        assert len(busy) == 1
        assert len(sent) == 80
        for stream in {stream for stream, _ in sent}:
            assert [version for name, version in sent if name == stream] == list(range(1, 21))


async def test_a_relay_that_lost_its_delivery_does_not_lock_itself_out(site: Site) -> None:
    async with looking(site) as house:
        host = site.service("intake", SystemClock())
        failures = iter(range(3))
        sent: list[Envelope] = []

        async def deliver(batch: Sequence[Envelope]) -> None:
            if next(failures, None) is not None:
                raise ConnectionError("Kafka is away")
            sent.extend(batch)

        loop = asyncio.create_task(relay.run_alone(host, deliver, "shared"))
        await house["intake"].perform(Announce(household_id="h1"), WORKER)
        await until(lambda: seen(sent), lambda count: count == 2)
        async with host.database.read() as db:
            held = (
                await db.execute(text("SELECT count(*) FROM pg_locks WHERE locktype = 'advisory'"))
            ).scalar()
        assert held == 1, "no connection in the pool keeps a lock of before"
        await end([loop])
        await host.database.close()


async def test_a_relay_takes_over_when_the_one_that_worked_is_gone(site: Site) -> None:
    async with looking(site) as house:
        first, second = (site.service("intake", SystemClock()) for _ in range(2))
        sent: list[Envelope] = []

        async def deliver(batch: Sequence[Envelope]) -> None:
            sent.extend(batch)

        loops = [asyncio.create_task(relay.run_alone(first, deliver, "shared"))]
        await house["intake"].perform(Announce(household_id="h1"), WORKER)
        await until(lambda: seen(sent), lambda count: count == 2)
        loops.append(asyncio.create_task(relay.run_alone(second, deliver, "shared")))
        await end(loops[:1])
        await house["intake"].perform(Announce(household_id="h1"), WORKER)
        await until(lambda: seen(sent), lambda count: count == 4)
        await end(loops)
        for host in (first, second):
            await host.database.close()


async def test_a_job_due_on_two_hosts_runs_once(site: Site) -> None:
    async with looking(site) as house:
        clock = TestClock(SystemClock().now())
        hosts = [site.service("intake", clock) for _ in range(3)]
        for _ in range(3):
            await asyncio.gather(*(scheduler.run_due(host) for host in hosts))
            clock.wait(days=1)
        for host in hosts:
            await host.database.close()
        kept = await days(house["intake"])
        assert len(kept) == len(set(kept)) == 3


async def test_two_processes_retrying_the_same_streams_apply_each_event_once(
    site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(inbox, "FIRST_RETRY", timedelta(0))
    async with looking(site) as house:
        hosts = [site.service("approval", SystemClock()) for _ in range(3)]
        streams = [f"h{n}" for n in range(12)]
        first = site.service("approval", SystemClock())
        await first.receive([visit(stream, 2) for stream in streams])  # early: parked
        async with first.database.begin() as db:  # as if each had failed and were due
            await db.execute(
                tables.parked.update().values(retry_at=SystemClock().now() - timedelta(seconds=1))
            )
        await asyncio.gather(
            first.receive([visit(stream, 1) for stream in streams]),
            *(host.retry() for host in hosts),
            *(host.receive([visit(stream, 1) for stream in reversed(streams)]) for host in hosts),
        )
        for host in (first, *hosts):
            await host.database.close()
        assert await counts(house["approval"], noted) == dict.fromkeys(streams, 2)


async def test_a_batch_cut_in_the_middle_leaves_nothing_and_is_done_wholly_later(site: Site) -> None:
    async with looking(site) as house:
        host = site.service("approval", SystemClock())
        batch = [visit(f"h{n % 5}", 1 + n // 5) for n in range(20)]
        working = asyncio.create_task(host.receive(batch))
        await asyncio.sleep(0.02)
        working.cancel()
        await asyncio.gather(working, return_exceptions=True)
        assert await counts(house["approval"], noted) == {}
        await host.receive(batch)
        await host.database.close()
        assert await counts(house["approval"], noted) == {f"h{n}": 4 for n in range(5)}


async def test_a_job_that_fails_holds_no_other_job_back() -> None:
    ran: list[str] = []

    async def fails(_: date, __: Tx) -> None:
        raise RuntimeError("no")

    async def works(day: date, _: Tx) -> None:
        ran.append(day.isoformat())

    async with running(toys()[0], TestClock(SystemClock().now())) as service:
        jobs(service, fails, works)
        with pytest.raises(ExceptionGroup):
            await scheduler.run_due(service)
        assert len(ran) == 1


def jobs(service: Service, *work: object) -> None:
    """Give the service daily jobs that do `work`."""
    rows = tuple(Job(f"job{n}", time(0, 0), each) for n, each in enumerate(work))  # type: ignore[arg-type]
    service.blueprint = replace(service.blueprint, jobs=rows)


async def seen(sent: Sequence[object]) -> int:
    return len(sent)


async def end(loops: list[asyncio.Task[None]]) -> None:
    for loop in loops:
        loop.cancel()
    await asyncio.gather(*loops, return_exceptions=True)
