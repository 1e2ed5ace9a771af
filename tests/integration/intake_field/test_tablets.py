"""A whole tablet against a real intake: records first, photos apart, nothing called done that is not."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from mobile_app.core.client import PART_SIZE
from mobile_app.core.identity import load_identity
from mobile_app.core.journal import About, State
from mobile_app.core.sync import Network
from services.common.policy.roles import Post, Role
from services.common.runtime.ids import new_id
from services.intake.commands.merging import SettleMerge
from services.intake.commands.quarantine import RejectWork, ReleaseWork
from services.intake.commands.tablets import RevokeDevice
from services.intake.storage import merges, quarantine, registry
from services.intake.storage.identity_tables import devices
from services.intake.storage.visit_tables import merge_tasks, visits
from tests.integration.intake_field.test_effects import POSTING, open_posting
from tests.world.applications import GRID_WORKER, HANDLER, HOUSEHOLD, VILLAGE, Village
from tests.world.field import photo, posting_answers, sha256, visit_answers
from tests.world.line import Faults, faulty
from tests.world.services import TestClock
from tests.world.tablets import PASSWORD, Hand, enrolled

DOOR, ROOM = photo(1), photo(2)
LARGE = photo(3, size=(1600, 1200))


@pytest.fixture
async def line(address: str) -> AsyncIterator[tuple[str, Faults]]:
    async with faulty(address) as line:
        yield line


@pytest.fixture
def faults(line: tuple[str, Faults]) -> Faults:
    return line[1]


@pytest.fixture
async def hand(village: Village, line: tuple[str, Faults], clock: TestClock, tmp_path: Path) -> Hand:
    return await enrolled(village, line[0], tmp_path / "one", GRID_WORKER, clock.now)


def plain_visit(**changes: Any) -> dict[str, Any]:
    """A visit without an application."""
    return visit_answers(wish=False, category="", claim="", case_id="", **changes)


async def stored(village: Village) -> dict[str, Any]:
    async with village.intake.database.read() as db:
        return {row.visit_id: row for row in await db.execute(select(visits))}


async def test_a_record_goes_from_draft_to_verified_and_its_storage_is_freed(
    village: Village, hand: Hand, tmp_path: Path
) -> None:
    record = hand.fill("visit", visit_answers(), {"door.jpg": DOOR})
    assert hand.state(record) is State.FINAL

    report = await hand.round()

    assert report.is_success, report
    assert hand.state(record) is State.VERIFIED
    assert list((tmp_path / "one" / "photos" / record).iterdir()) == []
    assert await village.intake.documents.get(sha256(DOOR)) == DOOR


async def test_records_go_first_and_photos_wait_on_a_line_that_costs(village: Village, hand: Hand) -> None:
    record = hand.fill("visit", visit_answers(), {"door.jpg": DOOR})

    report = await hand.round(Network.METERED)
    assert (report.sent.records, report.sent.photos, report.sent.photos_waiting) == (1, 0, 1)
    assert not report.is_success
    assert "1张照片等待WLAN" in report.sentence
    assert hand.state(record) is State.RECEIVED

    report = await hand.round(Network.METERED, photos_anyway=True)
    assert report.is_success
    assert hand.state(record) is State.VERIFIED


async def test_without_a_network_nothing_is_lost_and_nothing_is_said_to_be_sent(hand: Hand) -> None:
    record = hand.fill("visit", visit_answers(), {"door.jpg": DOOR})

    report = await hand.round(Network.NONE)

    assert not report.is_success
    assert report.unsent == 1
    assert hand.state(record) is State.FINAL


async def test_a_server_that_is_down_is_said_and_tried_again_later(
    hand: Hand, faults: Faults, clock: TestClock
) -> None:
    record = hand.fill("visit", visit_answers(), {"door.jpg": DOOR})
    faults.reset(down=True)

    report = await hand.round()
    assert not report.is_success
    assert "连不上" in report.stopped

    faults.reset()
    assert (await hand.round()).is_success
    assert hand.state(record) is State.VERIFIED


async def test_one_bad_record_holds_up_no_other(village: Village, hand: Hand) -> None:
    """The peer's queue stops at the first bad form (avni-client#2067)."""
    bad = hand.fill("visit", visit_answers(address=""), {"door.jpg": DOOR})
    good = hand.fill("visit", plain_visit(), {"door.jpg": ROOM})

    report = await hand.round()

    assert hand.state(good) is State.VERIFIED
    assert not report.is_success
    assert hand.journal.record(bad).problem
    assert bad in report.sent.problems
    assert set(await stored(village)) == {good}


async def test_what_was_refused_is_filled_in_anew_with_the_same_answers(village: Village, hand: Hand) -> None:
    bad = hand.fill("visit", visit_answers(address=""), {"door.jpg": DOOR})
    await hand.round()

    again = new_id()
    hand.drafts.again(bad, again)

    assert hand.state(again) is State.DRAFT
    assert [one.sha256 for one in hand.photos.of(again)] == [sha256(DOOR)]


async def test_an_answer_that_arrives_by_half_is_no_answer_and_the_visit_is_still_one(
    village: Village, hand: Hand, faults: Faults
) -> None:
    record = hand.fill("visit", visit_answers(), {"door.jpg": DOOR})
    for limit in (0, 40, 300, 900, 1500, 2500, 4000):
        faults.reset(answer_limit=limit)
        await hand.round()
    faults.reset()

    assert (await hand.round()).is_success
    assert hand.state(record) is State.VERIFIED
    assert set(await stored(village)) == {record}


async def test_after_a_cut_at_any_byte_at_most_one_part_is_sent_again(
    village: Village, hand: Hand, faults: Faults
) -> None:
    record = hand.fill("visit", visit_answers(), {"door.jpg": LARGE})
    size = hand.photos.of(record)[0].size
    assert size > 3 * PART_SIZE
    faults.reset()
    await hand.round(Network.METERED)
    sent = 0
    for limit in (PART_SIZE // 2, PART_SIZE + 5_000, 2 * PART_SIZE):
        faults.reset(up_limit=limit)
        await hand.round()
        sent += faults.sent
    faults.reset()

    assert (await hand.round()).is_success
    sent += faults.sent
    assert sent < size + 3 * PART_SIZE + 40_000
    assert await village.intake.documents.get(hand.photos.of(record)[0].sha256)


async def test_a_tablet_that_wakes_in_1970_sends_in_the_offices_time(
    village: Village, hand: Hand, clock: TestClock
) -> None:
    await hand.round()
    hand.clock = lambda: datetime(1970, 1, 1, 0, 5, tzinfo=UTC)
    assert hand.time.now() >= clock.now() - timedelta(minutes=1)
    record = hand.fill("visit", plain_visit(), {"door.jpg": DOOR})

    report = await hand.round()

    assert report.is_success
    assert "慢了约" in report.warning
    found = (await stored(village))[record]
    assert abs(found.recorded_at - clock.now()) < timedelta(minutes=5)


async def test_an_expired_token_is_renewed_in_the_middle_without_asking_the_person(
    village: Village, hand: Hand, monkeypatch: pytest.MonkeyPatch
) -> None:
    record = hand.fill("visit", visit_answers(), {"door.jpg": DOOR})
    client = await asyncio.to_thread(hand.office.connect)
    client.use_token("expired")

    report = await asyncio.to_thread(hand.sync.round, Network.FREE, None, client)

    assert report.is_success, report
    assert hand.state(record) is State.VERIFIED


async def test_a_changed_password_ends_what_the_tablet_may_do_alone(village: Village, hand: Hand) -> None:
    record = hand.fill("visit", visit_answers(), {"door.jpg": DOOR})
    await village.let_in(GRID_WORKER, password="另一个长得多的新口令")

    report = await hand.round()

    assert not report.is_success
    assert "重新登录" in report.stopped
    assert hand.state(record) is State.FINAL


async def test_the_lease_ends_without_a_sign_in_and_the_clock_cannot_stretch_it(
    hand: Hand, clock: TestClock
) -> None:
    identity = load_identity(hand.journal)
    assert not identity.lease_ended(hand.time.now())
    clock.wait(days=15)
    assert identity.lease_ended(hand.time.now())
    hand.clock = lambda: datetime(2020, 1, 1, tzinfo=UTC)
    assert identity.lease_ended(hand.time.now())


async def test_an_ended_tablet_hands_over_all_unsent_work_and_then_destroys_its_key(
    village: Village, hand: Hand, tmp_path: Path
) -> None:
    whole = hand.fill("visit", visit_answers(), {"door.jpg": DOOR})
    draft = new_id()
    hand.journal.begin(draft, ("visit", "2026090101"), VILLAGE, hand.time.now())
    hand.journal.answer(draft, "address", "村西8号", hand.time.now())
    await end_tablets(village)

    report = await hand.round()

    assert report.ended
    assert report.held == 2
    assert not (tmp_path / "one" / "device.key").exists()
    assert await stored(village) == {}
    with pytest.raises(FileNotFoundError):
        Hand(tmp_path / "one", hand.url, hand.clock)

    async with village.intake.reading(HANDLER) as tx:
        waiting = await quarantine.works_in(tx, ["140403103"])
    assert {one.visit_id for one in waiting} == {whole, draft}
    await village.intake.perform(ReleaseWork(visit_id=whole), HANDLER)
    found = (await stored(village))[whole]
    assert (found.recorded_by, found.stage) == (GRID_WORKER.id, "complete")
    assert await village.intake.documents.get(sha256(DOOR)) == DOOR
    with pytest.raises(Exception, match="没有填完的草稿"):
        await village.intake.perform(ReleaseWork(visit_id=draft), HANDLER)
    await village.intake.perform(RejectWork(visit_id=draft, reason="未填完，已重新走访"), HANDLER)


async def test_a_hand_over_that_is_cut_keeps_the_key_and_goes_on(
    village: Village, hand: Hand, faults: Faults, tmp_path: Path
) -> None:
    hand.fill("visit", visit_answers(), {"door.jpg": LARGE})
    await end_tablets(village)
    faults.reset(up_limit=120_000)

    report = await hand.round()
    assert not report.ended
    assert (tmp_path / "one" / "device.key").exists()

    faults.reset()
    report = await hand.round()
    assert report.ended
    assert report.held == 1


async def test_work_of_a_worker_who_moved_lies_with_the_office_and_is_not_lost(
    village: Village, hand: Hand
) -> None:
    record = hand.fill("visit", visit_answers(), {"door.jpg": DOOR})
    await village.hire(replace(GRID_WORKER, posts=(Post(Role.GRID_WORKER, "140403103202"),)))
    await village.let_in(GRID_WORKER, password="另一个长得多的新口令")
    client = await asyncio.to_thread(hand.office.sign_in, f"{GRID_WORKER.id}@demo", "另一个长得多的新口令")

    report = await asyncio.to_thread(hand.sync.round, Network.FREE, None, client)

    assert report.held == 1, report
    assert hand.state(record) is State.HELD
    async with village.intake.reading(HANDLER) as tx:
        [waiting] = await quarantine.works_in(tx, ["140403103"])
    letter = await village.intake.documents.get(waiting.parts[0].sha256)
    assert "王守田".encode() not in letter
    await village.intake.perform(ReleaseWork(visit_id=record), HANDLER)
    assert (await stored(village))[record].recorded_by == GRID_WORKER.id


async def test_two_tablets_change_other_fields_of_one_household_and_both_stand(
    village: Village, hand: Hand, line: tuple[str, Faults], clock: TestClock, tmp_path: Path
) -> None:
    await village.receive()
    other = await enrolled(village, line[0], tmp_path / "two", GRID_WORKER, clock.now)
    about = About("王守田家", {"compound": "", "address": "村南3号", "phone": "13800000000"})
    hand.fill("visit", plain_visit(address="村南9号"), {"door.jpg": DOOR}, about)
    other.fill("visit", plain_visit(phone="13900000000"), {"door.jpg": ROOM}, about)

    await other.round()
    client = await asyncio.to_thread(hand.office.sign_in, f"{GRID_WORKER.id}@demo", PASSWORD)
    assert (await asyncio.to_thread(hand.sync.round, Network.FREE, None, client)).is_success

    known = await household(village)
    assert (known.address, known.phone) == ("村南9号", "13900000000")
    assert await open_merges(village) == []


async def test_two_tablets_on_one_field_leave_it_to_a_person(
    village: Village, hand: Hand, clock: TestClock
) -> None:
    await village.receive()
    about = About("王守田家", {"compound": "", "address": "村南3号", "phone": "13800000000"})
    hand.fill("visit", plain_visit(address="村南9号"), {"door.jpg": DOOR}, about)
    hand.fill("visit", plain_visit(address="村北1号"), {"door.jpg": ROOM}, about)

    assert (await hand.round()).is_success
    assert (await household(village)).address == "村南9号"
    [task] = await open_merges(village)
    async with village.intake.reading(HANDLER) as tx:
        [clash] = (await merges.content_of(tx, task.merge_task_id))["clashes"]
    assert (clash["base"], clash["kept"], clash["brought"]) == ("村南3号", "村南9号", "村北1号")

    await village.intake.perform(SettleMerge(merge_task_id=task.merge_task_id, taken=("address",)), HANDLER)
    assert (await household(village)).address == "村北1号"
    assert await open_merges(village) == []


async def test_a_second_photo_of_a_posting_is_filed_and_a_person_looks_at_both(
    village: Village, hand: Hand
) -> None:
    await open_posting(village)
    for number in (1, 2):
        hand.fill(
            "posting",
            posting_answers(POSTING, POSTING, posted_on=date(2026, 9, 14)),
            {"board.jpg": photo(20 + number)},
        )

    report = await hand.round()

    assert not report.is_success
    assert "没有产生效力" in next(iter(report.sent.problems.values()))
    async with village.intake.database.read() as db:
        assert [row.kind for row in await db.execute(select(merge_tasks))] == ["second"]


async def test_stopping_in_the_middle_keeps_what_was_sent(village: Village, hand: Hand) -> None:
    record = hand.fill("visit", visit_answers(), {"door.jpg": DOOR})
    hand.cancelled[0] = True

    report = await hand.round()
    assert "已停止同步" in report.stopped

    hand.cancelled[0] = False
    assert (await hand.round()).is_success
    assert hand.state(record) is State.VERIFIED


async def end_tablets(village: Village) -> None:
    async with village.intake.database.read() as db:
        found = [row.device_id for row in await db.execute(select(devices))]
    for device_id in found:
        await village.intake.perform(RevokeDevice(device_id=device_id), HANDLER)


async def household(village: Village) -> Any:
    async with village.intake.reading(HANDLER) as tx:
        return await registry.load_household(tx, HOUSEHOLD)


async def open_merges(village: Village) -> list[Any]:
    async with village.intake.reading(HANDLER) as tx:
        return await merges.merges_in(tx, ["140403103"])
