"""Who receives assistance stands on the long-term board, whichever event comes first."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest
from sqlalchemy import select, update

from services.common.contracts import disclosure as pb
from services.common.runtime import tables
from services.common.runtime.actor import PUBLIC
from services.common.runtime.clock import system_now
from services.common.runtime.service import Service
from services.disclosure import queries
from services.disclosure.main import blueprint
from services.disclosure.model import Shelf
from tests.world.board_events import REPORT_PHONE, TOWNSHIP, VILLAGE, Household, Publishers, areas
from tests.world.services import TestClock, published, running, shanghai

CONFIRMATION_DAY = shanghai("2026-10-12")


@pytest.fixture
async def service() -> AsyncIterator[Service]:
    async with running(blueprint(), TestClock(CONFIRMATION_DAY)) as service:
        yield service


@pytest.fixture
def world(service: Service) -> Publishers:
    return Publishers(service)


async def listed(service: Service, area: str = VILLAGE) -> list[dict[str, str]]:
    async with service.reading(PUBLIC) as tx:
        entries = await queries.board_entries(tx, area, Shelf.LONG_TERM)
    return [{field.field: field.text for field in entry.fields} for entry in entries]


async def try_parked_again(service: Service) -> None:
    async with service.database.begin() as db:
        await db.execute(update(tables.parked).values(retry_at=system_now()))
    await service.retry()


@pytest.mark.law("R5.2b")
async def test_a_confirmed_household_is_disclosed_with_name_category_persons_amount_and_phone(
    service: Service, world: Publishers
) -> None:
    household = Household()
    await world.say(*areas(), household.opinion(), household.confirmed())
    entry = {
        "head_name": "李守田",
        "category": "最低生活保障",
        "persons": "3 人",
        "amount": "每月 1,280.00 元",
        "report_phone": REPORT_PHONE,
    }
    assert await listed(service) == [entry]
    assert await listed(service, TOWNSHIP) == [entry]
    [event] = await published(service, pb.EntryListed)
    assert (event.village, event.listed_on) == (VILLAGE, "2026-10-12")  # type: ignore[attr-defined]


@pytest.mark.law("R5.2b")
@pytest.mark.parametrize("category", ["edge", "rigid"])
async def test_families_that_are_recognised_without_pay_are_disclosed_without_an_amount(
    service: Service, world: Publishers, category: str
) -> None:
    household = Household(category=category)
    await world.say(*areas(), household.opinion(), household.confirmed())
    assert [entry["amount"] for entry in await listed(service)] == ["—"]


@pytest.mark.law("R5.2b")
async def test_a_confirmation_that_comes_before_the_opinion_waits_for_it(
    service: Service, world: Publishers
) -> None:
    household = Household()
    await world.say(household.confirmed())
    assert await published(service, pb.EntryListed) == []
    await world.say(household.opinion(), *areas())
    await try_parked_again(service)
    assert [entry["head_name"] for entry in await listed(service)] == ["李守田"]
    async with service.database.read() as db:
        assert (await db.execute(select(tables.dead_letters))).all() == []


@pytest.mark.law("R5.2b")
async def test_the_same_confirmation_again_lists_the_household_once(
    service: Service, world: Publishers
) -> None:
    household = Household()
    await world.say(household.opinion())
    confirmed = world.approval.envelope(household.confirmed("decision-1"))
    for _ in range(3):
        await service.receive([confirmed])
    await world.say(*areas(), household.confirmed("decision-1"))
    assert len(await listed(service)) == 1
    assert len(await published(service, pb.EntryListed)) == 1


@pytest.mark.law("R5.2b", "R5.4")
async def test_a_new_decision_replaces_the_entry_of_the_old_one(service: Service, world: Publishers) -> None:
    household = Household()
    await world.say(*areas(), household.opinion(), household.confirmed())
    household.size = 2
    await world.say(household.confirmed())
    assert [entry["persons"] for entry in await listed(service)] == ["2 人"]


@pytest.mark.law("R5.2b")
async def test_the_report_phone_is_the_villages_or_else_that_of_the_area_above_it(
    service: Service, world: Publishers
) -> None:
    household = Household()
    district, township, village = areas()
    village.report_phone = ""  # type: ignore[attr-defined]
    await world.say(household.opinion(), household.confirmed(), village)
    assert [entry["report_phone"] for entry in await listed(service)] == ["—"]
    await world.say(district)
    assert [entry["report_phone"] for entry in await listed(service)] == ["0355-0000001"]
    await world.say(township)
    assert [entry["report_phone"] for entry in await listed(service)] == [REPORT_PHONE]
