"""Events come twice, late, early and mixed up: the effects are those of the order sent."""

from __future__ import annotations

import asyncio
import itertools
import tempfile
from collections.abc import AsyncIterator, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from services.common.contracts import intake
from services.common.runtime import inbox, tables
from services.common.runtime.clock import SystemClock
from services.common.runtime.outbox import Envelope
from services.common.runtime.service import Service
from tests.world.deployment import until
from tests.world.machine import TOWNSHIP, failing, noted, toys
from tests.world.services import Stream, TestClock, running

STREAMS = 3
examples = itertools.count()


@dataclass(frozen=True, slots=True)
class Delivery:
    """How events arrive: places in the list of all that were sent, parted into batches."""

    arrivals: list[int]
    cuts: frozenset[int]

    def batches(self, sent: list[Envelope]) -> Iterator[list[Envelope]]:
        batch: list[Envelope] = []
        for place, index in enumerate(self.arrivals):
            batch.append(sent[index])
            if place in self.cuts:
                yield batch
                batch = []
        yield batch


@st.composite
def deliveries(draw: st.DrawFn, events: int) -> Delivery:
    """Every event at least once, some several times, in any order, in any batches."""
    again = draw(st.lists(st.integers(0, events - 1), max_size=events))
    arrivals = draw(st.permutations([*range(events), *again]))
    return Delivery(arrivals, draw(st.frozensets(st.integers(0, len(arrivals)))))


def sent(events: int) -> list[Envelope]:
    """Events over some streams, interleaved; every stream has a name of its own in every example."""
    stream, example = Stream("intake", SystemClock().now()), next(examples)
    return [
        stream.envelope(
            intake.VisitRecorded(
                case_id=f"c{example}-{n % STREAMS}",
                household_id=f"h{example}-{n % STREAMS}",
                township=TOWNSHIP,
                kind=f"k{n}",
            )
        )
        for n in range(events)
    ]


@pytest.fixture(scope="module")
def listener() -> Iterator[tuple[asyncio.Runner, Service]]:
    """One service for all examples."""
    with consumer() as both:
        yield both


@contextmanager
def consumer() -> Iterator[tuple[asyncio.Runner, Service]]:
    with asyncio.Runner() as runner, tempfile.TemporaryDirectory() as folder:
        lasting = opened(Path(folder))
        service = runner.run(anext(lasting))
        yield runner, service
        runner.run(lasting.aclose())


async def opened(folder: Path) -> AsyncIterator[Service]:
    async with running(toys()[1], TestClock(SystemClock().now()), folder=folder) as service:
        yield service


async def outcome(service: Service, events: list[Envelope]) -> dict[str, tuple[int, str]]:
    """What was noted of the cases of `events`."""
    cases = {event.subject for event in events}
    return {case: seen for case, seen in (await noted(service)).items() if case in cases}


def expected(events: list[Envelope]) -> dict[str, tuple[int, str]]:
    """Each case noted once per event, the newest last."""
    kinds: dict[str, list[str]] = {}
    for number, event in enumerate(events):
        kinds.setdefault(event.subject, []).append(f"k{number}")
    return {case: (len(seen), seen[-1]) for case, seen in kinds.items()}


async def left_over(service: Service) -> int:
    async with service.database.read() as db:
        return len((await db.execute(select(tables.parked))).all())


@settings(max_examples=60, deadline=None)
@given(delivery=deliveries(12))
def test_any_order_of_arrival_with_repeats_has_the_same_effects(
    listener: tuple[asyncio.Runner, Service], delivery: Delivery
) -> None:
    runner, service = listener
    events = sent(12)
    for batch in delivery.batches(events):
        runner.run(service.receive(batch))
    assert runner.run(outcome(service, events)) == expected(events)
    assert runner.run(left_over(service)) == 0


@settings(max_examples=25, deadline=None)
@given(delivery=deliveries(9), lost=st.integers(0, 8))
def test_a_gap_holds_its_stream_and_fills_whenever_the_lost_event_comes(
    listener: tuple[asyncio.Runner, Service], delivery: Delivery, lost: int
) -> None:
    runner, service = listener
    events = sent(9)
    for batch in delivery.batches(events):
        runner.run(service.receive([event for event in batch if event is not events[lost]]))
    seen = runner.run(outcome(service, events))
    before = lost // STREAMS
    assert seen.get(events[lost].subject, (0, ""))[0] == before, "the stream waits before the gap"
    runner.run(service.receive([events[lost]]))
    assert runner.run(outcome(service, events)) == expected(events)
    assert runner.run(left_over(service)) == 0


@settings(max_examples=15, deadline=None)
@given(delivery=deliveries(9), bad=st.integers(0, 8))
def test_an_event_that_fails_and_then_succeeds_leaves_no_trace_in_the_result(
    listener: tuple[asyncio.Runner, Service], delivery: Delivery, bad: int
) -> None:
    runner, service = listener
    events = sent(9)
    usual, inbox.FIRST_RETRY = inbox.FIRST_RETRY, timedelta(milliseconds=1)
    try:
        failing.add(f"k{bad}")
        for batch in delivery.batches(events):
            runner.run(service.receive(batch))
        failing.clear()
        runner.run(until(lambda: settled(service), bool))
    finally:
        failing.clear()
        inbox.FIRST_RETRY = usual
    assert runner.run(outcome(service, events)) == expected(events)


async def settled(service: Service) -> bool:
    await service.retry()
    return await left_over(service) == 0


def test_a_type_nobody_knows_is_passed_over_and_counted(
    listener: tuple[asyncio.Runner, Service],
) -> None:
    runner, service = listener
    first, unknown, last = sent(9)[::3]
    strange = Envelope(**(unknown.to_json() | {"type": "jiuzhu.intake.v1.NotYetInvented", "payload": "?"}))
    runner.run(service.receive([first, strange, last]))
    assert runner.run(outcome(service, [first])) == {first.subject: (2, "k6")}
    assert runner.run(cursor(service, first.stream)) == 3


async def cursor(service: Service, stream: str) -> int:
    wanted = select(tables.inbox.c.version).where(tables.inbox.c.stream == stream)
    async with service.database.read() as db:
        return int((await db.execute(wanted)).scalar_one())
