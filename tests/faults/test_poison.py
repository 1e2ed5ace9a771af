"""Records no one can read, events too large: exactly the poison is buried, nothing is held up."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from typing import Any

import pytest
from aiokafka import AIOKafkaConsumer, AIOKafkaProducer, ConsumerRecord
from sqlalchemy import select

from services.common.contracts import approval, intake
from services.common.policy.law import TooLarge
from services.common.runtime import outbox, records, tables, topics
from services.common.runtime.actor import SYSTEM
from services.common.runtime.outbox import Envelope, encode
from services.common.runtime.service import Service
from tests.faults import oracle
from tests.faults.house import WORKER, Site, at_work, create_tables
from tests.faults.pair import POISON, Announce
from tests.world.deployment import Deployment, until
from tests.world.machine import TOWNSHIP

GOOD = {
    "ce_specversion": b"1.0",
    "ce_id": b"x",
    "ce_type": b"jiuzhu.intake.v1.VisitRecorded",
    "ce_version": b"1",
    "ce_time": b"2026-09-14T00:00:00+00:00",
}
POISONED: dict[str, dict[str, Any]] = {
    "no headers at all": {"headers": {}},
    "no key": {"key": None},
    "a key that is no text": {"key": b"\xff\xfe"},
    "a key longer than any stream": {"key": b"k" * 81},
    "a key with a NUL": {"key": b"h\x00"},
    "a value that is no text": {"value": b"\xff\xfe\x00"},
    "a value with a NUL": {"value": b'{"kind": "\x00"}'},
    "a header that is no text": {"headers": {**GOOD, "ce_subject": b"\xff"}},
    "an id longer than any id": {"headers": {**GOOD, "ce_id": b"i" * 81}},
    "a version that is no number": {"headers": {**GOOD, "ce_version": b"one"}},
    "version nought": {"headers": {**GOOD, "ce_version": b"0"}},
    "a version no database holds": {"headers": {**GOOD, "ce_version": b"9" * 30}},
    "no version": {"headers": {name: value for name, value in GOOD.items() if name != "ce_version"}},
    "another version of CloudEvents": {"headers": {**GOOD, "ce_specversion": b"0.3"}},
}


async def test_poison_bytes_are_dead_letters_and_hold_nothing_up(site: Site) -> None:
    await create_tables(site)
    async with at_work(site) as house:
        await announce(house)
        await house.settle()
        topic = topics.topic_of(house["intake"].settings, "intake", "shared")
        buried = []
        async with AIOKafkaProducer(bootstrap_servers=site.kafka, linger_ms=5) as producer:
            for row in POISONED.values():
                record = {"key": b"h9", "value": b"{}", "headers": GOOD} | row
                placed = await producer.send_and_wait(
                    topic,
                    key=record["key"],
                    value=record["value"],
                    headers=list(record["headers"].items()),
                    partition=0,
                )
                buried.append(f"{topic}/0/{placed.offset}")
        await announce(house)
        await house.settle()
        await until(lambda: letters(house["approval"]), lambda found: len(found) >= len(buried))
        await oracle.check(house, poison=buried)
        copied = await dead_letter_records(house, len(buried))
        assert len(copied) == len(buried)


async def test_an_event_whose_content_no_contract_reads_is_buried_at_once(site: Site) -> None:
    await create_tables(site)
    async with at_work(site, "approval") as house:
        await until(lambda: connected(house["approval"]), bool)
        await house["approval"].receive([envelope("h9", 1, "{not json"), envelope("h9", 2, VISIT)])
        [letter] = await letters(house["approval"])
        assert letter.reason.startswith("ParseError")
        assert await cursor(house["approval"], "h9") == 2


async def test_an_event_that_never_applies_is_a_dead_letter_and_copied_once_by_two_hosts(site: Site) -> None:
    await create_tables(site)
    async with at_work(site) as house, at_work(site, "approval"):
        await announce(house)
        await house["intake"].perform(Announce(household_id="poisoned", kind=POISON), WORKER)
        found = await until(lambda: letters(house["approval"]), lambda found: len(found) == 2)
        await announce(house)
        await until(lambda: uncopied(house["approval"]), lambda left: left == 0)
        await asyncio.sleep(0.5)
        copied = await dead_letter_records(house, 2)
        assert sorted(copied) == sorted(letter.event_id for letter in found)


async def test_a_record_of_ten_megabytes_passes(site: Site) -> None:
    await create_tables(site)
    async with at_work(site) as house:
        async with house["intake"].transaction(SYSTEM) as tx:
            tx.publish(
                intake.VisitRecorded(household_id="big", township=TOWNSHIP, visit_id="v" * 10 * 1024 * 1024)
            )
        await until(lambda: house.taken("approval", "intake"), lambda taken: taken == 1)


async def test_an_event_too_large_for_the_wire_is_refused_before_it_commits(
    site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(outbox, "LARGEST_PAYLOAD", 300)
    await create_tables(site)
    async with at_work(site) as house:
        with pytest.raises(TooLarge):
            await house["intake"].perform(Announce(household_id="big", kind="k" * 300), WORKER)
        await announce(house)
        await house.settle()
        await oracle.check(house)


async def test_a_reaction_that_announces_too_much_holds_its_own_stream_only(
    site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    await create_tables(site)
    async with at_work(site, "approval") as house:
        monkeypatch.setattr(outbox, "LARGEST_PAYLOAD", len(encode(NOTICE_OF_SHORT)))
        await house["approval"].receive([visit("h" * 60, 1), visit("h1", 1)])
        assert await cursor(house["approval"], "h1") == 1
        assert await cursor(house["approval"], "h" * 60) == 0


def test_what_is_written_is_what_is_read() -> None:
    event = replace(envelope("h1", 7, VISIT), traceparent="00-1-2-01")
    record = ConsumerRecord(
        topic="jiuzhu.intake.shared",
        partition=0,
        offset=0,
        timestamp=0,
        timestamp_type=0,
        key=event.stream.encode(),
        value=event.payload.encode(),
        checksum=None,
        serialized_key_size=0,
        serialized_value_size=0,
        headers=tuple((name, value.encode()) for name, value in records.headers_of(event).items()),
    )
    assert records.read(record) == event


async def announce(house: Deployment) -> None:
    for turn in range(3):
        await house["intake"].perform(Announce(household_id=f"a{turn}"), WORKER)


async def letters(service: Service) -> list[Any]:
    async with service.database.read() as db:
        return list((await db.execute(select(tables.dead_letters))).all())


async def uncopied(service: Service) -> int:
    return sum(letter.sent_at is None for letter in await letters(service))


async def connected(service: Service) -> bool:
    return service.bus_connected


async def cursor(service: Service, stream: str) -> int:
    wanted = select(tables.inbox.c.version).where(tables.inbox.c.stream == stream)
    async with service.database.read() as db:
        return int((await db.execute(wanted)).scalar() or 0)


async def dead_letter_records(house: Deployment, at_least: int) -> list[str]:
    """The ids in approval's dead-letter topic of intake."""
    settings = house["approval"].settings
    topic = topics.dead_letter_topic(settings, "intake", "shared", "approval")
    found: list[str] = []
    async with AIOKafkaConsumer(
        topic, bootstrap_servers=settings.kafka_bootstrap, auto_offset_reset="earliest"
    ) as consumer:
        async with asyncio.timeout(20):
            while len(found) < at_least:
                for batch in (await consumer.getmany(timeout_ms=500)).values():
                    found += [dict(record.headers)["ce_id"].decode() for record in batch]
        for batch in (await consumer.getmany(timeout_ms=500)).values():
            found += [dict(record.headers)["ce_id"].decode() for record in batch]
    return found


NOTICE_OF_SHORT = approval.NoticeServed(household_id="h" * 20, township=TOWNSHIP)
VISIT = encode(intake.VisitRecorded(household_id="h1", township=TOWNSHIP, kind="visit"))


def visit(household: str, version: int) -> Envelope:
    event = intake.VisitRecorded(household_id=household, township=TOWNSHIP, kind="visit")
    return envelope(household, version, encode(event))


def envelope(stream: str, version: int, payload: str) -> Envelope:
    return Envelope(
        id=f"{stream}-{version}",
        publisher="intake",
        stream=stream,
        version=version,
        type=intake.VisitRecorded.DESCRIPTOR.full_name,
        payload=payload,
        subject="c1",
        township=TOWNSHIP,
        lane="shared",
        occurred_at="2026-09-14T00:00:00+00:00",
    )
