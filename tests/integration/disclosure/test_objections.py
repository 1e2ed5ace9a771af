"""Objections: inside the period each stops its case at once, later each is a report; two investigate."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import date, time

import pytest
from sqlalchemy import select

from services.common.contracts import disclosure as pb
from services.common.contracts import intake
from services.common.policy.law import Conflict, Forbidden, Invalid, Refused
from services.common.policy.parameters import Revision
from services.common.policy.roles import Post, Role
from services.common.runtime import scheduler, tables
from services.common.runtime.actor import PUBLIC, SYSTEM, Actor
from services.common.runtime.ids import new_id
from services.common.runtime.service import Service
from services.disclosure.commands.objections import (
    AnswerObjection,
    CloseRepeatedObjection,
    InvestigateObjection,
    RaiseObjection,
    Receipt,
    words_of,
)
from services.disclosure.commands.publicity import ConcludePublicity
from services.disclosure.main import blueprint
from services.disclosure.model import CaseId, ObjectionId, ObjectionOutcome, ObjectionWay, StaffId, Stage
from services.disclosure.storage import objections, publicities
from services.disclosure.storage.tables import objections as table
from tests.world.board_events import TOWNSHIP, Household, Publishers, areas
from tests.world.services import TestClock, published, running, shanghai

POSTING_DAY = shanghai("2026-09-24")
OFFICE = Actor("office-head", (Post(Role.OFFICE_HEAD, TOWNSHIP),))
WORDS = "他家去年买了汽车，不像困难户"


@pytest.fixture
def clock() -> TestClock:
    return TestClock(shanghai("2026-09-22"))


@pytest.fixture
async def service(clock: TestClock) -> AsyncIterator[Service]:
    async with running(blueprint(), clock) as service:
        yield service


@pytest.fixture
async def household(service: Service, clock: TestClock) -> Household:
    """A household in its publicity, which ends on 8 October."""
    household, world = Household(), Publishers(service)
    await world.say(*areas())
    clock.move_to(POSTING_DAY)
    await world.post(household, POSTING_DAY)
    return household


async def latest(service: Service, household: Household) -> publicities.Publicity:
    async with service.reading(SYSTEM) as tx:
        return await publicities.load_latest_publicity(tx, CaseId(household.case_id))


async def objects(
    service: Service, household: Household, actor: Actor = PUBLIC, way: str = "page", name: str = ""
) -> tuple[ObjectionId, Receipt]:
    notice = (await latest(service, household)).publicity_id
    mine = ObjectionId(new_id())
    cmd = RaiseObjection(objection_id=mine, notice_id=notice, way=ObjectionWay(way), words=WORDS, name=name)
    receipt: Receipt = await service.perform(cmd, actor)
    return mine, receipt


async def answer(service: Service, objection: ObjectionId, outcome: ObjectionOutcome) -> None:
    await service.perform(
        InvestigateObjection(
            objection_id=objection,
            investigators=(StaffId("first"), StaffId("second")),
            investigated_on=date(2026, 9, 28),
            investigation="入户查看，车辆为其侄子所有",
        ),
        OFFICE,
    )
    said = AnswerObjection(objection_id=objection, outcome=outcome, answer="经两人入户核实，已作出处理。")
    await service.perform(said, OFFICE)


async def events(service: Service, type_: type) -> list[object]:
    return list(await published(service, type_))


@pytest.mark.law("R5.4", "DB.19")
async def test_an_anonymous_objection_on_the_last_evening_stops_the_case_and_the_clock_does_not_conclude_it(
    service: Service, household: Household, clock: TestClock
) -> None:
    clock.move_to(shanghai("2026-10-08", time(23, 59)))
    _, receipt = await objects(service, household)
    assert receipt.receipt_no.startswith("YY261008-")
    assert receipt.answer_due_on == date(2026, 10, 21)
    assert (await latest(service, household)).stage is Stage.OBJECTED
    [raised] = await published(service, pb.ObjectionRaised)
    assert (raised.anonymous, raised.way, raised.revision) == (True, "page", 1)  # type: ignore[attr-defined]
    clock.move_to(shanghai("2026-10-09", time(0, 0)))
    await scheduler.run_due(service)
    assert await published(service, pb.PublicityConcluded) == []
    stuck = ConcludePublicity(publicity_id=(await latest(service, household)).publicity_id)
    with pytest.raises(Conflict, match="未答复的异议"):
        await service.perform(stuck, SYSTEM)


@pytest.mark.law("DB.19")
async def test_an_unfounded_objection_is_answered_and_the_case_is_published_anew(
    service: Service, household: Household, clock: TestClock
) -> None:
    clock.move_to(shanghai("2026-09-28"))
    mine, _ = await objects(service, household, OFFICE, "phone", "王大爷")
    await answer(service, mine, ObjectionOutcome.UNFOUNDED)
    again = await latest(service, household)
    assert (again.stage, again.round, again.revision) == (Stage.AWAITING_POSTING, 2, 1)
    [told] = await published(service, pb.ObjectionAnswered)
    assert (told.outcome, told.then) == ("unfounded", "republished")  # type: ignore[attr-defined]
    world = Publishers(service)
    asked = (await published(service, pb.PostingRequested))[-1].posting_id  # type: ignore[attr-defined]
    world.intake._versions[household.household_id] = 2  # the opinion and the first photo
    await world.say(household.board_posted(asked, shanghai("2026-09-28"), "b" * 64))
    clock.move_to(shanghai("2026-10-10"))
    await scheduler.run_due(service)
    assert len(await published(service, pb.PublicityConcluded)) == 1


@pytest.mark.law("DB.19")
async def test_without_the_rule_of_new_publicity_the_period_goes_on_where_it_stood(
    service: Service, household: Household, clock: TestClock
) -> None:
    definition = service.policy.definition("publicity.republish_after_objection")
    row = definition.row(False, date(2026, 1, 1), "a decision of the district", confirmed=True)
    service.use_policy(service.policy.with_revision(Revision(1, rows=(row,))))
    clock.move_to(shanghai("2026-09-28"))
    first, _ = await objects(service, household)
    second, _ = await objects(service, household)
    await answer(service, first, ObjectionOutcome.UNFOUNDED)
    assert (await latest(service, household)).stage is Stage.OBJECTED
    await answer(service, second, ObjectionOutcome.UNFOUNDED)
    assert (await latest(service, household)).stage is Stage.POSTED
    clock.move_to(shanghai("2026-10-09", time(0, 0)))
    await scheduler.run_due(service)
    assert len(await published(service, pb.PublicityConcluded)) == 1


@pytest.mark.law("DB.19")
async def test_where_the_objection_is_right_the_case_waits_for_a_new_opinion_whatever_the_others_say(
    service: Service, household: Household, clock: TestClock
) -> None:
    clock.move_to(shanghai("2026-09-28"))
    first, _ = await objects(service, household)
    second, _ = await objects(service, household)
    await answer(service, first, ObjectionOutcome.UPHELD)
    await answer(service, second, ObjectionOutcome.UNFOUNDED)
    said = [e.then for e in await published(service, pb.ObjectionAnswered)]  # type: ignore[attr-defined]
    assert said == ["waiting", "new-opinion"]
    assert (await latest(service, household)).stage is Stage.OBJECTED
    world = Publishers(service)
    world.intake._versions[household.household_id] = 2
    await world.say(household.opinion("2026-09-29", revision=2))
    renewed = await latest(service, household)
    assert (renewed.revision, renewed.stage) == (2, Stage.AWAITING_POSTING)


@pytest.mark.law("DB.19")
async def test_a_repeated_objection_is_closed_with_its_reason_and_the_first_never_is(
    service: Service, household: Household, clock: TestClock
) -> None:
    clock.move_to(shanghai("2026-09-28"))
    first, _ = await objects(service, household)
    closing = CloseRepeatedObjection(objection_id=first, reason="与上一次所说相同，没有新的事实")
    with pytest.raises(Refused) as refused:
        await service.perform(closing, OFFICE)
    assert refused.value.code == "nothing-to-repeat"
    await answer(service, first, ObjectionOutcome.UPHELD)
    second, _ = await objects(service, household)
    await service.perform(CloseRepeatedObjection(objection_id=second, reason=closing.reason), OFFICE)
    async with service.reading(SYSTEM) as tx:
        closed = await objections.load_objection(tx, second)
    assert (closed.outcome, closed.answer) == (ObjectionOutcome.REPEATED, closing.reason)


@pytest.mark.law("R5.4")
async def test_after_the_period_it_is_a_report_for_intakes_ledger_and_nothing_stops(
    service: Service, household: Household, clock: TestClock
) -> None:
    clock.move_to(shanghai("2026-10-09", time(0, 1)))
    await scheduler.run_due(service)
    _, receipt = await objects(service, household)
    assert receipt.answer_due_on is None
    assert await published(service, pb.ObjectionRaised) == []
    [report] = await published(service, pb.PublicReportReceived)
    assert (report.about, report.receipt_no) == ("publicity-over", receipt.receipt_no)  # type: ignore[attr-defined]


@pytest.mark.law("DB.16", "R3.10")
async def test_one_alone_and_kin_of_the_household_do_not_investigate(
    service: Service, household: Household, clock: TestClock
) -> None:
    mine, _ = await objects(service, household)
    world = Publishers(service)
    world.intake._versions[household.household_id] = 2
    kin = {"household_id": household.household_id, "township": TOWNSHIP, "staff_ids": ["second"]}
    await world.say(intake.RecusalChanged(**kin))
    for who, code in ((("first",), "too-few-investigators"), (("first", "second"), "investigator-recused")):
        cmd = InvestigateObjection(
            objection_id=mine,
            investigators=tuple(map(StaffId, who)),
            investigated_on=date(2026, 9, 24),
            investigation="入户查看",
        )
        with pytest.raises(Refused) as refused:
            await service.perform(cmd, OFFICE)
        assert refused.value.code == code


@pytest.mark.law("R5.4", "PIPL.6")
async def test_what_was_said_and_by_whom_lies_sealed_and_no_answer_carries_a_number(
    service: Service, household: Household, clock: TestClock
) -> None:
    mine, _ = await objects(service, household, OFFICE, "visit", "王大爷")
    async with service.reading(SYSTEM) as tx:
        row = await tx.one(select(table))
        assert row is not None
        assert WORDS.encode() not in row.words
        assert words_of(await objections.load_objection(tx, mine), tx)["name"] == "王大爷"
        payloads = [one.payload for one in await tx.all(select(tables.outbox.c.payload))]
    assert not [payload for payload in payloads if "汽车" in payload or "王大爷" in payload]
    with pytest.raises(Invalid):
        await service.perform(
            AnswerObjection(objection_id=mine, outcome=ObjectionOutcome.UNFOUNDED, answer="不属实。"), OFFICE
        )
    await service.perform(
        InvestigateObjection(
            objection_id=mine,
            investigators=(StaffId("first"), StaffId("second")),
            investigated_on=date(2026, 9, 24),
            investigation="入户查看",
        ),
        OFFICE,
    )
    leaking = AnswerObjection(
        objection_id=mine, outcome=ObjectionOutcome.UNFOUNDED, answer="该户尿毒症透析，电话13900001234。"
    )
    with pytest.raises(Refused) as refused:
        await service.perform(leaking, OFFICE)
    assert refused.value.code == "leak-found"
    assert "13900001234" not in refused.value.message


async def test_the_same_objection_sent_twice_has_one_receipt_and_the_public_registers_by_page_only(
    service: Service, household: Household
) -> None:
    notice = (await latest(service, household)).publicity_id
    cmd = RaiseObjection(
        objection_id=ObjectionId(new_id()), notice_id=notice, way=ObjectionWay.PAGE, words=WORDS
    )
    assert await service.perform(cmd, PUBLIC) == await service.perform(cmd, PUBLIC)
    with pytest.raises(Invalid):
        await objects(service, household, PUBLIC, "phone")
    with pytest.raises(Forbidden):
        await objects(service, household, Actor("grid", (Post(Role.GRID_WORKER, TOWNSHIP),)), "phone")
