"""Temporary relief: first the help and then the papers, who may approve how much, and what follows."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import date

import pytest

from services.approval.rules.relief import (
    AboveLimit,
    ConsentMissing,
    HandlerUnknown,
    PaperworkIncomplete,
    ReasonMissing,
    ReliefPublicityNotOver,
    SamePerson,
    SourceUnexplained,
)
from services.approval.rules.reserve_fund import FundEmpty
from services.common.contracts import approval, intake
from services.common.policy.law import Conflict, Forbidden, Invalid
from services.common.policy.parameters import ParameterMissing
from services.common.policy.roles import Post, Role
from services.common.runtime.actor import Actor
from tests.integration.approval.hall import (
    COLLEAGUE,
    DISTRICT_HANDLER,
    DISTRICT_LEADER,
    HANDLER,
    HEAD,
    LEADER,
    STRANGER,
    TOWNSHIP,
    VILLAGE,
    recusal,
)
from tests.integration.approval.relief import FINANCE, Desk, open_desk
from tests.world.services import published, run_jobs, shanghai

ALL_PAPERS = dict.fromkeys(
    ("application_signed", "identity_checked", "cause_proved", "approval_signed"), True
)


@pytest.fixture
async def desk() -> AsyncIterator[Desk]:
    async with open_desk() as opened:
        yield opened


@pytest.mark.law("R9.1", "R4.1")
async def test_emergency_relief_is_given_at_once_and_its_papers_are_due_ten_working_days_later(
    desk: Desk,
) -> None:
    await desk.funded(500_000)
    granted = await desk.emergency()
    assert granted.paperwork_due_on == "2026-10-26"
    relief = await desk.relief(granted.relief_id)
    assert (relief.stage, relief.granted_on, relief.approver_id) == ("granted", "2026-10-12", LEADER.id)
    assert (await desk.fund()).balance_fen == 400_000
    (told,) = await published(desk.service, approval.ReliefGranted)
    assert (told.relief_type, told.head_name, told.amount_fen) == ("emergency", "李四", 100_000)  # type: ignore[attr-defined]
    (clock,) = await published(desk.service, approval.ClockChanged)
    assert (clock.clock, clock.state, clock.due_on) == ("relief-paperwork", "running", "2026-10-26")  # type: ignore[attr-defined]


@pytest.mark.law("R9.1", "R4.1")
async def test_who_handles_an_emergency_does_not_approve_it(desk: Desk) -> None:
    await desk.funded(500_000)
    both = Actor(LEADER.id, (*LEADER.posts, Post(Role.TOWNSHIP_HANDLER, TOWNSHIP)))
    with pytest.raises(SamePerson, match="不能是同一人"):
        await desk.emergency(by=both, handler_id=both.id)
    with pytest.raises(HandlerUnknown):
        await desk.emergency(handler_id="nobody")
    with pytest.raises(Forbidden):
        await desk.emergency(by=HANDLER, handler_id=COLLEAGUE.id)
    assert (await desk.fund()).balance_fen == 500_000


@pytest.mark.law("R3.10", "R9.1")
async def test_kin_of_the_household_neither_approve_nor_handle_its_relief(desk: Desk) -> None:
    await desk.funded(500_000)
    await desk.hears(recusal("case-1", HANDLER))
    with pytest.raises(HandlerUnknown, match="回避"):
        await desk.emergency()
    await desk.hears(recusal("case-1", LEADER))
    with pytest.raises(Forbidden, match="近亲属"):
        await desk.emergency()


@pytest.mark.law("R9.1")
async def test_an_empty_fund_does_not_stop_an_emergency_another_source_is_recorded(desk: Desk) -> None:
    with pytest.raises(FundEmpty, match="财政垫付"):
        await desk.emergency()
    with pytest.raises(SourceUnexplained):
        await desk.emergency(source="advance")
    granted = await desk.emergency(source="advance", source_note="镇财政所垫付单12号")
    assert (await desk.relief(granted.relief_id)).stage == "granted"
    assert "第1阶段1,000.00元，来源：财政垫付" in await desk.told(granted.relief_id)
    assert (await desk.fund()).balance_fen == 0


@pytest.mark.law("R9.1")
async def test_the_papers_of_an_emergency_are_complete_only_with_all_of_them(desk: Desk) -> None:
    granted = await desk.emergency(source="goods", source_note="棉被2床、米50斤")
    with pytest.raises(PaperworkIncomplete, match="身份已核对"):
        await desk.calls(HANDLER, "CompletePaperwork", relief_id=granted.relief_id, application_signed=True)
    await desk.calls(HANDLER, "CompletePaperwork", relief_id=granted.relief_id, **ALL_PAPERS)
    assert (await desk.relief(granted.relief_id)).paperwork_completed_on == "2026-10-12"
    assert [c.state for c in await published(desk.service, approval.ClockChanged)] == ["running", "stopped"]  # type: ignore[attr-defined]
    with pytest.raises(Conflict):
        await desk.calls(HANDLER, "CompletePaperwork", relief_id=granted.relief_id, **ALL_PAPERS)


@pytest.mark.law("R9.1")
async def test_late_papers_are_reminded_of_then_escalated_once(desk: Desk) -> None:
    granted = await desk.emergency(source="goods", source_note="棉被2床")
    for day in (21, 22, 26, 27, 28):
        desk.clock.move_to(shanghai(date(2026, 10, day)))
        await run_jobs([desk.service])
    told = [text for article, text in await desk.found(granted.relief_id) if "手续应于" in text]
    assert told == [
        "急难救助手续应于2026-10-26前补充，还剩3个工作日",
        "急难救助手续应于2026-10-26前补充，已逾期，报主要领导和区民政局督办",
    ]


@pytest.mark.law("R9.1")
async def test_a_lead_from_a_tablet_opens_the_relief_that_a_leader_gives_with_one_act(desk: Desk) -> None:
    await desk.funded(500_000)
    event = intake.ReliefRequested(
        relief_id="relief-7",
        household_id="household-1",
        township=TOWNSHIP,
        village=VILLAGE,
        head_name="李四",
        kind="emergency",
        cause="fire",
        object_category="other",
        lead_id="lead-3",
        handler_id=HANDLER.id,
    )
    await desk.hears(event)
    assert (await desk.relief("relief-7")).stage == "requested"
    await desk.emergency(relief_id="relief-7")
    assert (await desk.relief("relief-7")).stage == "granted"
    with pytest.raises(Conflict):
        await desk.emergency(relief_id="relief-7")
    assert (await desk.fund()).balance_fen == 400_000


@pytest.mark.law("R9.2", "R5.3a")
async def test_expenditure_relief_is_decided_after_its_publicity_by_the_townships_head(desk: Desk) -> None:
    await desk.limited()
    await desk.funded(500_000)
    relief_id = await desk.requested()
    (proposed,) = await published(desk.service, approval.ReliefProposed)
    assert (proposed.revision, proposed.object_category, proposed.cause) == (1, "edge", "illness")  # type: ignore[attr-defined]
    with pytest.raises(ReliefPublicityNotOver):
        await desk.calls(LEADER, "DecideRelief", relief_id=relief_id, outcome="confirm")
    await desk.publicised(relief_id, date(2026, 10, 12))
    decided = await desk.calls(LEADER, "DecideRelief", relief_id=relief_id, outcome="confirm")
    assert decided.stage == "granted"
    assert await published(desk.service, approval.ReliefGranted) == []
    await desk.calls(FINANCE, "PayRelief", relief_id=relief_id, number=1)
    (granted,) = await published(desk.service, approval.ReliefGranted)
    assert (granted.relief_type, granted.amount_fen) == ("expenditure", 100_000)  # type: ignore[attr-defined]
    assert (await desk.fund()).balance_fen == 400_000


@pytest.mark.law("R9.2")
async def test_while_the_limit_is_unknown_the_system_chooses_no_approver(desk: Desk) -> None:
    relief_id = await desk.proposed_and_public()
    with pytest.raises(ParameterMissing, match="审批权限"):
        await desk.calls(LEADER, "DecideRelief", relief_id=relief_id, outcome="confirm")
    assert (await desk.relief(relief_id)).stage == "ready"


@pytest.mark.law("R9.3", "R4.9")
async def test_above_the_townships_limit_the_district_decides(desk: Desk) -> None:
    await desk.limited()
    relief_id = await desk.proposed_and_public(200_001)
    decided = await desk.calls(LEADER, "DecideRelief", relief_id=relief_id, outcome="confirm")
    assert decided.stage == "with-district"
    with pytest.raises(Forbidden):
        await desk.calls(LEADER, "DecideReliefForDistrict", relief_id=relief_id, outcome="confirm")
    back = await desk.calls(
        DISTRICT_LEADER, "DecideReliefForDistrict", relief_id=relief_id, outcome="return", reason="缺医疗票据"
    )
    assert back.stage == "ready"
    await desk.calls(LEADER, "DecideRelief", relief_id=relief_id, outcome="confirm")
    await desk.calls(DISTRICT_LEADER, "DecideReliefForDistrict", relief_id=relief_id, outcome="confirm")
    assert (await desk.relief(relief_id)).stage == "granted"
    articles = {article for article, _ in await desk.found(relief_id)}
    assert {"R9.3", "R5.3a"} <= articles


@pytest.mark.law("R9.4")
async def test_a_refused_relief_is_explained_in_writing_and_its_clock_runs_until_then(desk: Desk) -> None:
    await desk.limited()
    relief_id = await desk.proposed_and_public()
    with pytest.raises(ReasonMissing):
        await desk.calls(LEADER, "DecideRelief", relief_id=relief_id, outcome="refuse")
    refused = await desk.calls(
        LEADER, "DecideRelief", relief_id=relief_id, outcome="refuse", reason="刚性支出未达到标准"
    )
    assert refused.notice_due_on == "2026-10-15"
    desk.clock.move_to(shanghai(date(2026, 10, 16)))
    await run_jobs([desk.service])
    assert any("已逾期，请立即送达" in text for text in await desk.told(relief_id))
    served = {"relief_id": relief_id, "method": "in-person", "served_on": "2026-10-16"}
    await desk.calls(HANDLER, "ServeReliefNotice", **served)
    with pytest.raises(Conflict):
        await desk.calls(HANDLER, "ServeReliefNotice", **served)
    states = [c.state for c in await published(desk.service, approval.ClockChanged)]  # type: ignore[attr-defined]
    assert states == ["running", "stopped"]


@pytest.mark.law("R9.2")
async def test_relief_approved_once_is_paid_in_stages_each_on_its_day(desk: Desk) -> None:
    await desk.limited()
    await desk.funded(500_000)
    stages = [
        {"amount_fen": 60_000, "planned_on": "2026-10-12"},
        {"amount_fen": 40_000, "planned_on": "2026-11-12"},
    ]
    with pytest.raises(Invalid, match="之和"):
        await desk.requested(90_000, instalments=stages)
    relief_id = await desk.proposed_and_public(100_000, instalments=stages)
    await desk.calls(LEADER, "DecideRelief", relief_id=relief_id, outcome="confirm")
    await desk.calls(FINANCE, "PayRelief", relief_id=relief_id, number=1)
    with pytest.raises(Conflict, match="不能重复发放"):
        await desk.calls(FINANCE, "PayRelief", relief_id=relief_id, number=1)
    with pytest.raises(Invalid, match="还没有到"):
        await desk.calls(FINANCE, "PayRelief", relief_id=relief_id, number=2)
    assert (await desk.fund()).unpaid_fen == 40_000
    desk.clock.move_to(shanghai(date(2026, 11, 12)))
    await desk.calls(FINANCE, "PayRelief", relief_id=relief_id, number=2)
    assert ((await desk.fund()).balance_fen, (await desk.fund()).unpaid_fen) == (400_000, 0)
    assert len(await published(desk.service, approval.ReliefGranted)) == 1


@pytest.mark.law("R9.2")
async def test_somebody_elses_account_needs_written_consent_and_a_returned_payment_is_made_again(
    desk: Desk,
) -> None:
    await desk.limited()
    await desk.funded(500_000)
    relief_id = await desk.proposed_and_public()
    await desk.calls(LEADER, "DecideRelief", relief_id=relief_id, outcome="confirm")
    pay = {"relief_id": relief_id, "number": 1, "payee": "other-holder"}
    with pytest.raises(ConsentMissing):
        await desk.calls(FINANCE, "PayRelief", **pay)
    await desk.calls(FINANCE, "PayRelief", **pay, consent_no="TY-2026-1")
    back = {"relief_id": relief_id, "number": 1, "amount_fen": 100_000, "reason": "closed-card"}
    await desk.calls(FINANCE, "ReturnRelief", **back)
    with pytest.raises(Invalid):
        await desk.calls(FINANCE, "ReturnRelief", **back)
    assert ((await desk.fund()).balance_fen, (await desk.fund()).unpaid_fen) == (500_000, 100_000)
    await desk.calls(FINANCE, "PayRelief", relief_id=relief_id, number=1)
    assert (await desk.fund()).balance_fen == 400_000


@pytest.mark.law("R9.2")
async def test_relief_for_the_same_cause_before_is_shown_and_does_not_bar(desk: Desk) -> None:
    await desk.funded(500_000)
    first = await desk.emergency()
    again = await desk.emergency(cause="fire")
    other = await desk.emergency(cause="traffic")
    assert not any("曾因" in text for text in await desk.told(first.relief_id))
    assert "该家庭曾因“火灾等意外事件”获得救助：2026-10-12，请核对" in await desk.told(again.relief_id)
    assert not any("曾因" in text for text in await desk.told(other.relief_id))


@pytest.mark.law("R9.5")
async def test_each_relief_is_entered_in_the_provincial_platform_with_number_day_and_person(
    desk: Desk,
) -> None:
    await desk.funded(500_000)
    relief_id = (await desk.emergency()).relief_id
    entry = {"relief_id": relief_id, "entry_no": "SX-LS-2026-0001", "entered_on": "2026-10-12"}
    with pytest.raises(Invalid):
        await desk.calls(HANDLER, "RecordPlatformEntry", **(entry | {"entered_on": "2026-10-13"}))
    await desk.calls(HANDLER, "RecordPlatformEntry", **entry)
    assert (await desk.relief(relief_id)).platform_no == "SX-LS-2026-0001"
    with pytest.raises(Conflict):
        await desk.calls(HANDLER, "RecordPlatformEntry", **entry)


@pytest.mark.law("R9.1")
async def test_another_township_neither_sees_nor_touches_a_relief(desk: Desk) -> None:
    await desk.funded(500_000)
    relief_id = (await desk.emergency()).relief_id
    with pytest.raises(Forbidden):
        await desk.calls(STRANGER, "GetRelief", relief_id=relief_id)
    with pytest.raises(Forbidden):
        await desk.calls(STRANGER, "CompletePaperwork", relief_id=relief_id, **ALL_PAPERS)
    answer = await desk.calls(DISTRICT_HANDLER, "ListReliefs", township=TOWNSHIP)
    assert [one.relief_id for one in answer.reliefs] == [relief_id]
    assert AboveLimit.code == "above-township-limit"


@pytest.mark.law("R9.1", "R4.1")
async def test_an_office_head_may_request_but_not_approve_relief(desk: Desk) -> None:
    with pytest.raises(Forbidden):
        await desk.emergency(by=HEAD, source="goods", source_note="米50斤")
