"""What follows a decision: the notice and its clock, the filing, the district's approval."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from services.approval.main import blueprint
from services.approval.rules.decision import ReasonRequired
from services.approval.rules.notices import NothingToServe
from services.common.contracts import approval
from services.common.policy.law import Conflict, Forbidden, Missing
from services.common.runtime import scheduler, tables
from services.common.runtime.gate import complete
from tests.integration.approval.hall import (
    DISTRICT_HANDLER,
    DISTRICT_LEADER,
    HANDLER,
    HEAD,
    LEADER,
    Hall,
    open_hall,
    recusal,
)
from tests.world.services import published, shanghai


async def clocks(hall: Hall) -> list[tuple[str, str]]:
    changed = await published(hall.service, approval.ClockChanged)
    return [(event.state, event.due_on) for event in changed]  # type: ignore[attr-defined]


async def serve(hall: Hall, day: str) -> None:
    request = {"case_id": "case-1", "method": "in-person", "served_on": day}
    await hall.calls(HANDLER, "ServeNotice", **request)


@pytest.mark.law("R4.7")
async def test_a_refusal_is_told_within_three_working_days_and_its_clock_stops(hall: Hall) -> None:
    answer = await hall.refused()
    assert (answer.first_month, answer.notice_due_on, answer.next) == ("", "2026-10-13", "none")
    assert await clocks(hall) == [("running", "2026-10-13")]
    assert await published(hall.service, approval.AssistanceConfirmed) == []
    hall.clock.wait(days=3)
    await serve(hall, "2026-10-12")
    (served,) = await published(hall.service, approval.NoticeServed)
    assert served.served_on == "2026-10-12"  # type: ignore[attr-defined]
    assert await clocks(hall) == [("running", "2026-10-13"), ("stopped", "2026-10-13")]
    assert (await hall.timeline())[-1][1].endswith("按期送达")
    with pytest.raises(Conflict):
        await serve(hall, "2026-10-12")


@pytest.mark.law("R4.7")
async def test_a_notice_that_is_late_is_noted_once_and_recorded_as_late(hall: Hall) -> None:
    await hall.refused()
    for day in ("2026-10-13", "2026-10-14", "2026-10-16"):
        hall.clock.move_to(shanghai(day))
        await scheduler.run_due(hall.service)
        overdue = [text for _, text in await hall.timeline() if "已逾期" in text]
        assert len(overdue) == (0 if day == "2026-10-13" else 1)
    await serve(hall, "2026-10-16")
    assert (await hall.timeline())[-1][1].endswith("逾期送达")


@pytest.mark.law("R4.7")
async def test_a_refusal_without_a_reason_is_not_announced(hall: Hall) -> None:
    await hall.ready()
    meeting_id = await hall.convenes("case-1")
    await hall.sits(meeting_id)
    await hall.votes(meeting_id, "case-1", "against")
    with pytest.raises(ReasonRequired):
        await hall.decides(meeting_id, "case-1", outcome="refuse", reason="")


@pytest.mark.law("DB.21")
async def test_the_notice_of_a_confirmation_runs_no_clock(hall: Hall) -> None:
    await hall.confirmed()
    await serve(hall, "2026-10-09")
    assert await clocks(hall) == []
    decision = (await hall.calls(HANDLER, "GetDecision", case_id="case-1")).decision
    assert (decision.notice_served_on, decision.notice_due_on) == ("2026-10-09", "")


@pytest.mark.law("R4.8")
async def test_filings_are_receipted_with_the_years_next_number(hall: Hall) -> None:
    for case in ("case-1", "case-2"):
        await hall.confirmed(case)
    numbers = []
    for case in ("case-1", "case-2"):
        answer = await hall.calls(DISTRICT_HANDLER, "ReceiptFiling", case_id=case)
        numbers.append(answer.receipt_no)
    assert numbers == ["140403-2026-000001", "140403-2026-000002"]
    filed = await published(hall.service, approval.DecisionFiled)
    assert [event.receipt_no for event in filed] == numbers  # type: ignore[attr-defined]
    decision = (await hall.calls(HEAD, "GetDecision", case_id="case-1")).decision
    assert (decision.receipt_no, decision.filed_on) == (numbers[0], "2026-10-09")
    assert (decision.persons, decision.first_month, decision.outcome) == (3, "2026-11", "confirm")
    with pytest.raises(Conflict, match="140403-2026-000001"):
        await hall.calls(DISTRICT_HANDLER, "ReceiptFiling", case_id="case-1")


@pytest.mark.law("R4.8")
async def test_the_numbers_begin_again_with_the_year(hall: Hall) -> None:
    for case in ("case-1", "case-2"):
        await hall.confirmed(case)
    await hall.calls(DISTRICT_HANDLER, "ReceiptFiling", case_id="case-1")
    hall.clock.move_to(shanghai("2027-01-04"))
    answer = await hall.calls(DISTRICT_HANDLER, "ReceiptFiling", case_id="case-2")
    assert answer.receipt_no == "140403-2027-000001"


@pytest.mark.law("R4.8")
async def test_the_township_does_not_receipt_its_own_filing(hall: Hall) -> None:
    await hall.confirmed()
    with pytest.raises(Forbidden):
        await hall.calls(HEAD, "ReceiptFiling", case_id="case-1")
    with pytest.raises(Conflict, match="不是待区民政局审批"):
        await hall.calls(DISTRICT_LEADER, "DecideForDistrict", case_id="case-1", outcome="confirm")


@pytest.mark.law("R4.8", "R7.3")
async def test_an_open_filing_is_noted_when_the_month_is_cleared(hall: Hall) -> None:
    await hall.confirmed("case-1")
    await hall.confirmed("case-2")
    await hall.calls(DISTRICT_HANDLER, "ReceiptFiling", case_id="case-2")
    for day in ("2026-10-31", "2026-11-01", "2026-11-02"):
        hall.clock.move_to(shanghai(day))
        await scheduler.run_due(hall.service)
    noted = {
        case: [text for _, text in await hall.timeline(case) if "尚未收到备案回执" in text]
        for case in ("case-1", "case-2")
    }
    assert (len(noted["case-1"]), len(noted["case-2"])) == (1, 0)


@pytest.mark.law("R4.9")
async def test_a_destitute_person_waits_for_the_district(hall: Hall) -> None:
    answer = await hall.confirmed(category="destitute")
    assert (answer.next, answer.first_month) == ("district-approval", "")
    assert await published(hall.service, approval.AssistanceConfirmed) == []
    with pytest.raises(NothingToServe):
        await serve(hall, "2026-10-09")
    with pytest.raises(Conflict, match="不是待备案"):
        await hall.calls(DISTRICT_HANDLER, "ReceiptFiling", case_id="case-1")
    hall.clock.move_to(shanghai("2026-11-02"))
    await hall.calls(DISTRICT_LEADER, "DecideForDistrict", case_id="case-1", outcome="confirm")
    (decided,) = await published(hall.service, approval.DistrictDecided)
    (confirmed,) = await published(hall.service, approval.AssistanceConfirmed)
    assert (decided.outcome, decided.decided_on) == ("confirm", "2026-11-02")  # type: ignore[attr-defined]
    assert confirmed.first_month == "2026-12"  # type: ignore[attr-defined]
    with pytest.raises(Conflict):
        await hall.calls(DISTRICT_LEADER, "DecideForDistrict", case_id="case-1", outcome="confirm")


@pytest.mark.law("R4.9", "R4.7")
async def test_a_refusal_by_the_district_is_told_from_its_own_day(hall: Hall) -> None:
    await hall.confirmed(category="destitute")
    hall.clock.move_to(shanghai("2026-11-02"))
    request = {"case_id": "case-1", "outcome": "refuse"}
    with pytest.raises(ReasonRequired):
        await hall.calls(DISTRICT_LEADER, "DecideForDistrict", **request)
    await hall.calls(DISTRICT_LEADER, "DecideForDistrict", **request, reason="有法定赡养人")
    assert await clocks(hall) == [("running", "2026-11-05")]
    assert await published(hall.service, approval.AssistanceConfirmed) == []


@pytest.mark.law("R3.10")
async def test_kin_in_the_district_do_not_approve(hall: Hall) -> None:
    await hall.confirmed(category="destitute")
    await hall.hears(recusal("case-1", DISTRICT_LEADER))
    with pytest.raises(Forbidden, match="回避"):
        await hall.calls(DISTRICT_LEADER, "DecideForDistrict", case_id="case-1", outcome="confirm")


async def test_what_is_not_there_is_not_found(hall: Hall) -> None:
    await hall.ready()
    for method in ("GetDecision", "ReceiptFiling"):
        with pytest.raises(Missing):
            await hall.calls(DISTRICT_HANDLER, method, case_id="case-unknown")
    with pytest.raises(Missing, match="审核确认决定"):
        await hall.calls(LEADER, "GetDecision", case_id="case-1")


async def test_every_act_has_a_row_and_every_call_an_answer(hall: Hall) -> None:
    built = blueprint()
    assert built.rpc is not None
    assert built.rpc.unanswered() == []
    assert complete(built.acts, built.access) == []
    await hall.confirmed()
    async with hall.service.database.read() as db:
        actions = {row.action for row in await db.execute(select(tables.audit.c.action))}
    assert {"enter-docket", "convene-meeting", "sign-attendance", "cast-vote", "decide-case"} <= actions


@pytest.mark.law("R4.8")
async def test_the_same_holds_on_postgresql(postgres_url: str) -> None:
    async with open_hall(database_url=postgres_url) as hall:
        await hall.confirmed()
        answer = await hall.calls(DISTRICT_HANDLER, "ReceiptFiling", case_id="case-1")
        assert answer.receipt_no == "140403-2026-000001"
        await hall.refused("case-2")
        hall.clock.move_to(shanghai("2026-10-15"))
        await scheduler.run_due(hall.service)
        assert any("已逾期" in text for _, text in await hall.timeline("case-2"))
        assert await hall.buried() == 0
