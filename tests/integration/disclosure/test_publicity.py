"""A preliminary opinion becomes public, runs its days and ends by the clock, in any order of events."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator
from datetime import time
from pathlib import Path

import pytest
from alembic import command
from sqlalchemy import func, select

from services.common.contracts import disclosure as pb
from services.common.contracts import intake
from services.common.policy.calendar import parse_notice
from services.common.policy.law import Forbidden, Missing, Refused
from services.common.policy.parameters import Revision
from services.common.policy.roles import Post, Role
from services.common.runtime import scheduler, tables
from services.common.runtime.actor import PUBLIC, SYSTEM, Actor
from services.common.runtime.gate import check, complete
from services.common.runtime.migrations import config_for, upgrade
from services.common.runtime.service import Service
from services.disclosure import queries
from services.disclosure.access import ACCESS, recused
from services.disclosure.commands.publicity import ConcludePublicity
from services.disclosure.main import blueprint
from services.disclosure.model import PublicityId
from services.disclosure.rpc import RPC, locate_board, locate_case
from tests.world.board_events import TOWNSHIP, VILLAGE, Household, Publishers, areas
from tests.world.services import TestClock, published, running, shanghai

POSTING_DAY = shanghai("2026-09-24")
NOTICE_2027 = Path(__file__).parents[3] / "docs" / "examples" / "holidays-2027.toml"


@pytest.fixture
def clock() -> TestClock:
    return TestClock(shanghai("2026-09-22"))


@pytest.fixture
async def service(clock: TestClock) -> AsyncIterator[Service]:
    async with running(blueprint(), clock) as service:
        yield service


@pytest.fixture
def world(service: Service) -> Publishers:
    return Publishers(service)


async def view_of(service: Service, household: Household) -> queries.PublicityView:
    async with service.reading(SYSTEM) as tx:
        request = pb.GetPublicityRequest(case_id=household.case_id)
        return (await queries.get_publicity(request, tx)).publicity


async def board_of(service: Service, area: str) -> list[dict[str, str]]:
    async with service.reading(PUBLIC) as tx:
        answer = await queries.list_board(pb.ListBoardRequest(area=area), tx)
    return [{field.field: field.text for field in entry.fields} for entry in answer.entries]


async def timeline_of(service: Service, household: Household) -> list[queries.TimelineEntry]:
    async with service.reading(SYSTEM) as tx:
        request = pb.GetTimelineRequest(case_id=household.case_id)
        return list((await queries.get_timeline(request, tx)).entries)


async def count(service: Service, table: object) -> int:
    async with service.database.read() as db:
        return int((await db.execute(select(func.count()).select_from(table))).scalar_one())  # type: ignore[arg-type]


@pytest.mark.law("R5.2a", "CIVIL.201", "CIVIL.203")
async def test_publicity_over_national_day_ends_on_the_8th_and_is_concluded_on_the_9th_not_before(
    service: Service, world: Publishers, clock: TestClock
) -> None:
    household = Household()
    clock.move_to(POSTING_DAY)
    await world.say(*areas())
    await world.post(household, POSTING_DAY)

    [posted] = await published(service, pb.PublicityPosted)
    assert (posted.posted_on, posted.first_day) == ("2026-09-24", "2026-09-25")  # type: ignore[attr-defined]
    assert (posted.ends_on, posted.decidable_on) == ("2026-10-08", "2026-10-09")  # type: ignore[attr-defined]

    for day in ("2026-10-01", "2026-10-08"):
        clock.move_to(shanghai(day, time(23, 59)))
        await scheduler.run_due(service)
        assert await published(service, pb.PublicityConcluded) == []
        assert len(await board_of(service, VILLAGE)) == 1

    clock.move_to(shanghai("2026-10-09", time(0, 0)))
    await scheduler.run_due(service)
    [over] = await published(service, pb.PublicityConcluded)
    assert (over.concluded_on, over.revision) == ("2026-10-09", 1)  # type: ignore[attr-defined]
    assert await board_of(service, VILLAGE) == []

    await scheduler.run_due(service)
    assert len(await published(service, pb.PublicityConcluded)) == 1


@pytest.mark.law("R5.2a")
async def test_the_notice_leaves_the_public_board_at_midnight_even_if_the_job_is_late(
    service: Service, world: Publishers, clock: TestClock
) -> None:
    clock.move_to(POSTING_DAY)
    await world.say(*areas())
    await world.post(Household(), POSTING_DAY)
    clock.move_to(shanghai("2026-10-08", time(23, 59)))
    assert len(await board_of(service, VILLAGE)) == 1
    clock.move_to(shanghai("2026-10-09", time(0, 0)))
    assert await board_of(service, VILLAGE) == []


@pytest.mark.law("R4.2")
async def test_no_one_concludes_a_publicity_by_hand(
    service: Service, world: Publishers, clock: TestClock
) -> None:
    household = Household()
    clock.move_to(POSTING_DAY)
    await world.post(household, POSTING_DAY)
    mine = ConcludePublicity(publicity_id=PublicityId((await view_of(service, household)).publicity_id))
    leader = Actor("leader", (Post(Role.PRINCIPAL_LEADER, TOWNSHIP), Post(Role.DISTRICT_LEADER, "140403")))
    with pytest.raises(Forbidden):
        await service.perform(mine, leader)
    with pytest.raises(Refused) as refused:
        await service.perform(mine, SYSTEM)
    assert refused.value.code == "publicity-still-runs"


@pytest.mark.law("R5.2a")
async def test_a_household_in_a_compound_is_posted_twice_and_its_period_starts_with_the_second_proof(
    service: Service, world: Publishers, clock: TestClock
) -> None:
    household = Household(compound="幸福小区")
    await world.say(*areas())
    village, compound = await world.open(household)
    asked = await published(service, pb.PostingRequested)
    assert [(e.place, e.place_name) for e in asked] == [  # type: ignore[attr-defined]
        ("village-board", "李家庄村公示栏"),
        ("compound-board", "幸福小区公告栏"),
    ]
    clock.move_to(POSTING_DAY)
    await world.say(household.board_posted(compound, POSTING_DAY, "b" * 64))
    assert await published(service, pb.PublicityPosted) == []
    assert await board_of(service, VILLAGE) == []

    clock.move_to(shanghai("2026-09-28"))
    await world.say(household.board_posted(village, shanghai("2026-09-28"), "c" * 64))
    [posted] = await published(service, pb.PublicityPosted)
    assert posted.posted_on == "2026-09-28"  # type: ignore[attr-defined]
    assert {p.proof_sha256 for p in (await view_of(service, household)).postings} == {"b" * 64, "c" * 64}


@pytest.mark.law("R5.2a")
async def test_one_photo_for_two_places_proves_one_and_the_other_is_asked_for_again(
    service: Service, world: Publishers, clock: TestClock
) -> None:
    household = Household(compound="幸福小区")
    first, second = await world.open(household)
    clock.move_to(POSTING_DAY)
    await world.say(household.board_posted(first, POSTING_DAY), household.board_posted(second, POSTING_DAY))
    assert await published(service, pb.PublicityPosted) == []
    *_, again = await world.requested(household)
    assert again not in (first, second)
    assert any("重新拍照" in line.text for line in await timeline_of(service, household))

    await world.say(household.board_posted(again, POSTING_DAY, "d" * 64))
    assert len(await published(service, pb.PublicityPosted)) == 1


@pytest.mark.law("R5.4")
async def test_a_newer_opinion_takes_the_older_off_the_board_and_is_posted_anew(
    service: Service, world: Publishers, clock: TestClock
) -> None:
    household = Household()
    clock.move_to(POSTING_DAY)
    await world.say(*areas())
    await world.post(household, POSTING_DAY)
    household.cause = "disability"
    await world.say(household.opinion("2026-09-25", revision=2))
    assert await board_of(service, VILLAGE) == []
    assert (await view_of(service, household)).stage == "awaiting-posting"

    clock.move_to(shanghai("2026-09-28"))
    await world.say(household.board_posted((await world.requested(household))[-1], shanghai("2026-09-28")))
    [shown] = await board_of(service, VILLAGE)
    assert shown["cause"] == "因残"

    clock.move_to(shanghai("2026-12-01"))
    await scheduler.run_due(service)
    assert [e.revision for e in await published(service, pb.PublicityConcluded)] == [2]  # type: ignore[attr-defined]


@pytest.mark.law("R5.4")
async def test_an_opinion_that_a_newer_has_overtaken_is_not_made_public(
    service: Service, world: Publishers
) -> None:
    household = Household()
    await world.say(household.opinion(revision=2), household.opinion(revision=1))
    assert (await view_of(service, household)).revision == 2
    assert len(await published(service, pb.PostingRequested)) == 1


@pytest.mark.law("R5.2a")
async def test_the_photo_of_a_withdrawn_notice_changes_nothing(
    service: Service, world: Publishers, clock: TestClock
) -> None:
    household = Household()
    [withdrawn] = await world.open(household)
    await world.say(household.opinion("2026-09-23", revision=2))
    clock.move_to(POSTING_DAY)
    await world.say(household.board_posted(withdrawn, POSTING_DAY))
    assert await published(service, pb.PublicityPosted) == []


async def test_the_same_events_again_have_no_second_effect(
    service: Service, world: Publishers, clock: TestClock
) -> None:
    household = Household()
    clock.move_to(POSTING_DAY)
    opinion = world.intake.envelope(household.opinion())
    for _ in range(3):
        await service.receive([opinion, opinion])
    [posting] = await world.requested(household)
    posted = world.intake.envelope(household.board_posted(posting, POSTING_DAY))
    for _ in range(3):
        await service.receive([posted, opinion])
    await world.say(household.board_posted(posting, shanghai("2026-09-24", time(12, 0)), "e" * 64))
    assert len(await published(service, pb.PublicityPosted)) == 1
    assert await count(service, tables.dead_letters) == 0


async def test_a_photo_that_arrives_before_the_opinion_waits_in_its_stream(
    service: Service, world: Publishers, clock: TestClock
) -> None:
    household = Household()
    clock.move_to(POSTING_DAY)
    late, early = (world.intake.envelope(household.opinion("2026-09-22", revision)) for revision in (1, 2))
    await service.receive([early])
    assert await published(service, pb.PostingRequested) == []
    await service.receive([late])
    assert len(await published(service, pb.PostingRequested)) == 2
    assert (await view_of(service, household)).revision == 2


@pytest.mark.law("R5.4", "PIPL.6")
async def test_an_identity_number_typed_into_the_name_is_never_made_public(
    service: Service, world: Publishers
) -> None:
    household = Household(head_name="李守田11010519491231002X")
    await world.say(household.opinion())
    assert await published(service, pb.PostingRequested) == []
    async with service.database.read() as db:
        [parked] = (await db.execute(select(tables.parked.c.reason))).scalars().all()
    assert "NameNotPublishable" in parked
    assert "1101051949" not in parked


@pytest.mark.law("R5.2a")
async def test_a_cause_in_free_text_blocks_the_publicity(service: Service, world: Publishers) -> None:
    await world.say(Household(cause="尿毒症透析 13800001234").opinion())
    assert await published(service, pb.PostingRequested) == []
    assert await count(service, tables.parked) == 1


@pytest.mark.law("R5.2a")
async def test_the_timeline_explains_the_period_with_its_article(
    service: Service, world: Publishers, clock: TestClock
) -> None:
    household = Household()
    clock.move_to(POSTING_DAY)
    await world.post(household, POSTING_DAY)
    lines = [line for line in await timeline_of(service, household) if "顺延到2026-10-08" in line.text]
    assert [line.article for line in lines] == ["R5.2a"]


@pytest.mark.law("R5.2a")
async def test_a_provisional_last_day_is_counted_again_when_the_holiday_notice_comes(
    service: Service, world: Publishers, clock: TestClock
) -> None:
    household = Household()
    posting_day = shanghai("2027-01-31")
    clock.move_to(posting_day)
    await world.say(household.opinion("2027-01-29"))
    await world.say(household.board_posted((await world.requested(household))[0], posting_day))
    [before] = await published(service, pb.PublicityPosted)
    assert (before.ends_on, before.provisional) == ("2027-02-11", True)  # type: ignore[attr-defined]

    notice = parse_notice(NOTICE_2027.read_text(encoding="utf-8"))
    policy = service.policy.with_revision(Revision(1, notice=notice))
    await world.say(
        intake.PolicyChanged(revision=1, document=json.dumps(policy.to_json(), ensure_ascii=False))
    )
    *_, after = await published(service, pb.PublicityPosted)
    assert (after.ends_on, after.provisional) == ("2027-02-15", False)  # type: ignore[attr-defined]
    assert after.publicity_id == before.publicity_id  # type: ignore[attr-defined]


@pytest.mark.law("R3.10")
async def test_recused_staff_and_strangers_do_not_read_a_publicity_but_everybody_reads_the_board(
    service: Service, world: Publishers
) -> None:
    household = Household()
    await world.say(
        intake.RecusalChanged(household_id=household.household_id, township=TOWNSHIP, staff_ids=["kin"]),
        household.opinion(),
    )
    post = (Post(Role.TOWNSHIP_HANDLER, TOWNSHIP),)
    request = pb.GetPublicityRequest(case_id=household.case_id)

    async def reads(actor: Actor) -> None:
        async with service.reading(actor) as tx:
            await check(
                ACCESS["read-publicity"], "read-publicity", tx, await locate_case(request, tx), recused
            )

    await reads(Actor("colleague", post))
    for actor in (Actor("kin", post), Actor("far", (Post(Role.TOWNSHIP_HANDLER, "140403104"),)), PUBLIC):
        with pytest.raises(Forbidden):
            await reads(actor)
    for role in Role:
        async with service.reading(Actor("anybody", (Post(role, "140403104"),))) as tx:
            place = await locate_board(pb.ListBoardRequest(area=VILLAGE), tx)
            await check(ACCESS["read-board"], "read-board", tx, place, recused)


async def test_the_board_of_an_unknown_village_is_missing(service: Service) -> None:
    with pytest.raises(Missing):
        await board_of(service, "140403103999")


def test_every_act_has_its_row_of_access_and_every_call_its_answer() -> None:
    assert complete(blueprint().acts, ACCESS) == []
    assert RPC.unanswered() == []


def test_the_migration_makes_exactly_the_tables_of_the_code(tmp_path: Path) -> None:
    url = f"sqlite+aiosqlite:///{tmp_path}/disclosure.db"
    upgrade("disclosure", url)
    command.check(config_for("disclosure", url))
