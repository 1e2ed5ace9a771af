"""Relief, the end of support, changes and ends: each with its places, days, fields and way off the board."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import time

import pytest

from services.common.contracts import disclosure as pb
from services.common.runtime import scheduler
from services.common.runtime.actor import PUBLIC, SYSTEM
from services.common.runtime.service import Service
from services.disclosure import queries
from services.disclosure.main import blueprint
from services.disclosure.model import Shelf
from services.disclosure.storage.agreements import agreements_in
from tests.world.board_events import TOWNSHIP, VILLAGE, Household, Publishers, areas
from tests.world.services import TestClock, published, running, shanghai

RESIDENCE = "140403104001"


@pytest.fixture
def clock() -> TestClock:
    return TestClock(shanghai("2026-09-22"))


@pytest.fixture
async def service(clock: TestClock) -> AsyncIterator[Service]:
    async with running(blueprint(), clock) as service:
        yield service


@pytest.fixture
async def world(service: Service) -> Publishers:
    world = Publishers(service)
    await world.say(*areas())
    return world


async def shown(service: Service, area: str, shelf: Shelf) -> list[dict[str, str]]:
    async with service.reading(PUBLIC) as tx:
        entries = await queries.board_entries(tx, area, shelf)
    return [{field.field: field.text for field in entry.fields} for entry in entries]


@pytest.mark.law("R5.3a")
async def test_expenditure_relief_hangs_5_days_where_the_family_is_registered_and_lives(
    service: Service, world: Publishers, clock: TestClock
) -> None:
    household = Household()
    clock.move_to(shanghai("2026-09-28"))
    await world.say(household.relief_proposed(RESIDENCE))
    asked = await published(service, pb.PostingRequested)
    assert [(e.place, e.village) for e in asked] == [  # type: ignore[attr-defined]
        ("village-board", VILLAGE),
        ("residence-board", RESIDENCE),
    ]
    await world.prove(household, shanghai("2026-09-28"))
    [posted] = await published(service, pb.PublicityPosted)
    assert (posted.kind, posted.ends_on) == ("expenditure", "2026-10-08")  # type: ignore[attr-defined]
    entry = {"head_name": "李守田", "object_category": "最低生活保障边缘家庭", "cause": "因病"}
    for village in (VILLAGE, RESIDENCE):
        [one] = await shown(service, village, Shelf.CURRENT)
        assert {key: one[key] for key in one if key != "report_phone"} == entry
    clock.move_to(shanghai("2026-10-09", time(0, 0)))
    await scheduler.run_due(service)
    [over] = await published(service, pb.PublicityConcluded)
    assert (over.kind, over.concluded_on) == ("expenditure", "2026-10-09")  # type: ignore[attr-defined]
    assert await shown(service, RESIDENCE, Shelf.CURRENT) == []


@pytest.mark.law("R5.3b")
async def test_a_relief_is_disclosed_in_both_villages_for_its_display_period_and_then_comes_down_by_itself(
    service: Service, world: Publishers, clock: TestClock
) -> None:
    clock.move_to(shanghai("2026-10-12"))
    await world.say(Household().relief_granted(RESIDENCE))
    entry = {
        "head_name": "李守田",
        "relief_type": "支出型",
        "object_category": "最低生活保障边缘家庭",
        "amount": "3,000.00 元",
    }
    for area in (VILLAGE, TOWNSHIP, RESIDENCE, RESIDENCE[:9]):
        assert await shown(service, area, Shelf.LONG_TERM) == [entry]
    clock.move_to(shanghai("2027-10-12", time(23, 59)))
    await scheduler.run_due(service)
    assert len(await shown(service, VILLAGE, Shelf.LONG_TERM)) == 1
    clock.move_to(shanghai("2027-10-13", time(0, 0)))
    await scheduler.run_due(service)
    assert await shown(service, VILLAGE, Shelf.LONG_TERM) == []
    [gone] = await published(service, pb.EntryWithdrawn)
    assert gone.reason == "period-over"  # type: ignore[attr-defined]


@pytest.mark.law("R5.2c")
async def test_the_end_of_support_hangs_7_days_in_village_and_institution_and_is_concluded_by_the_clock(
    service: Service, world: Publishers, clock: TestClock
) -> None:
    household = Household()
    clock.move_to(shanghai("2026-09-24"))
    await world.say(household.support_end_proposed("马厂镇敬老院"))
    await world.prove(household, shanghai("2026-09-24"))
    [posted] = await published(service, pb.PublicityPosted)
    assert (posted.kind, posted.ends_on) == ("destitute-end", "2026-10-08")  # type: ignore[attr-defined]
    [one] = await shown(service, VILLAGE, Shelf.CURRENT)
    assert list(one) == ["head_name", "sex", "end_reason", "report_phone"]
    assert (one["sex"], one["end_reason"]) == ("男", "具备或恢复劳动能力")
    clock.move_to(shanghai("2026-10-09", time(0, 0)))
    await scheduler.run_due(service)
    [over] = await published(service, pb.PublicityConcluded)
    assert over.kind == "destitute-end"  # type: ignore[attr-defined]


@pytest.mark.law("R5.2b", "R5.4")
async def test_what_changes_on_the_roll_changes_on_the_board_and_what_ends_comes_down(
    service: Service, world: Publishers, clock: TestClock
) -> None:
    household = Household()
    clock.move_to(shanghai("2026-11-20"))
    await world.say(household.opinion(), household.confirmed(), household.entitlement_changed(2, 76_000))
    [one] = await shown(service, VILLAGE, Shelf.LONG_TERM)
    assert (one["persons"], one["amount"]) == ("2 人", "每月 760.00 元")
    await world.say(household.relief_granted(), household.assistance_ended())
    [left] = await shown(service, VILLAGE, Shelf.LONG_TERM)
    assert left["relief_type"] == "支出型"
    reasons = [e.reason for e in await published(service, pb.EntryWithdrawn)]  # type: ignore[attr-defined]
    assert reasons == ["replaced", "ended"]


@pytest.mark.law("R5.2a")
async def test_a_place_without_a_photo_is_asked_for_again_until_it_is_proven(
    service: Service, world: Publishers, clock: TestClock
) -> None:
    household = Household()
    [posting] = await world.open(household)
    for day in ("2026-09-28", "2026-09-29", "2026-09-30"):
        clock.move_to(shanghai(day))
        await scheduler.run_due(service)
    assert await world.requested(household) == [posting, posting]
    await world.prove(household, shanghai("2026-09-30"))
    clock.move_to(shanghai("2026-10-20"))
    await scheduler.run_due(service)
    assert len(await world.requested(household)) == 2


@pytest.mark.law("R5.2b", "R5.4")
async def test_boards_and_roll_are_compared_household_by_household_and_differences_are_listed(
    service: Service, world: Publishers, clock: TestClock
) -> None:
    same, other, unlisted = Household(), Household(head_name="段腊梅"), Household(head_name="赵春生")
    clock.move_to(shanghai("2026-11-01"))
    for household in (same, other):
        await world.say(household.opinion(), household.confirmed())
    await world.say(same.stated(same, unlisted))
    async with service.reading(SYSTEM) as tx:
        [found] = await agreements_in(tx, TOWNSHIP)
    assert (found.month, found.on_roll, found.on_board) == ("2026-11", 2, 2)
    assert {(household, what) for household, _, what in found.differences} == {
        (other.household_id, "not-on-roll"),
        (unlisted.household_id, "not-on-board"),
    }
    await world.say(same.entitlement_changed(1, 76_000), same.stated(same, other))
    async with service.reading(SYSTEM) as tx:
        [again] = await agreements_in(tx, TOWNSHIP)
    assert {what for _, _, what in again.differences} == {"persons-differ", "amount-differs"}
