"""The reserve fund: asked for by half-years, never below zero, exact under any crowd, reported by month."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from datetime import date

import pytest
from sqlalchemy import func, select, update

from services.approval.commands.reserve_fund import ReconcileFund, subject
from services.approval.model import TransferKind
from services.approval.rules.reserve_fund import (
    AlreadyRequested,
    BooksDiffer,
    FundEmpty,
    MonthNotOver,
    ReportFrozen,
)
from services.approval.storage.relief_tables import (
    fund_balances,
    fund_entries,
    fund_transfers,
    fund_years,
    monthly_reports,
)
from services.common.contracts import approval
from services.common.policy.areas import TownshipCode
from services.common.policy.law import Conflict, Forbidden, Invalid
from services.common.runtime.ids import new_id
from tests.integration.approval.hall import DISTRICT_LEADER, HEAD, LEADER, STRANGER, TOWNSHIP
from tests.integration.approval.relief import FINANCE, Desk, open_desk
from tests.world.services import published, run_jobs, shanghai


@pytest.fixture
async def desk() -> AsyncIterator[Desk]:
    async with open_desk() as opened:
        yield opened


@pytest.mark.law("R9.6")
async def test_two_hundred_grants_at_once_leave_the_fund_exact_and_never_below_zero(desk: Desk) -> None:
    await desk.funded(10_000 * 120)

    async def one(number: int) -> bool:
        try:
            await desk.emergency(household_id=f"household-{number}", amount_fen=10_000)
        except FundEmpty:
            return False
        return True

    outcomes = await asyncio.gather(*map(one, range(200)))
    assert outcomes.count(True) == 120
    assert (await desk.fund()).balance_fen == 0
    async with desk.service.database.read() as db:
        grants = fund_transfers.c.kind == TransferKind.GRANT.value
        counted = select(func.count(), func.sum(fund_transfers.c.amount_fen)).where(grants)
        assert tuple((await db.execute(counted)).one()) == (120, 1_200_000)
        assert (await db.execute(select(func.sum(fund_entries.c.amount_fen)))).scalar() == 0
    await desk.service.perform(ReconcileFund(township=TownshipCode(TOWNSHIP)), FINANCE)
    assert len(await published(desk.service, approval.ReliefGranted)) == 120


@pytest.mark.law("R9.6")
async def test_the_fund_is_asked_for_once_in_a_half_year_and_again_only_with_its_reason(desk: Desk) -> None:
    await desk.funded(500_000)
    await desk.emergency()
    again = {"request_id": new_id(), "township": TOWNSHIP, "amount_fen": 300_000}
    with pytest.raises(AlreadyRequested, match="2026年下半年"):
        await desk.calls(HEAD, "RequestFund", **again)
    await desk.calls(HEAD, "RequestFund", **again, exception_reason="水灾后急难救助集中发放")
    told = await desk.told(subject(TOWNSHIP))
    assert told[-1] == (
        "2026年下半年申请备用金3,000.00元；余额4,000.00元，本半年支出1,000.00元；例外理由：水灾后急难救助集中发放"
    )
    desk.clock.move_to(shanghai(date(2027, 1, 4)))
    await desk.calls(HEAD, "RequestFund", request_id=new_id(), township=TOWNSHIP, amount_fen=300_000)


@pytest.mark.law("R9.6")
async def test_the_district_allocates_once_and_says_why_it_departs_from_the_request(desk: Desk) -> None:
    asked = {"request_id": new_id(), "township": TOWNSHIP, "amount_fen": 300_000}
    with pytest.raises(Forbidden):
        await desk.calls(STRANGER, "RequestFund", **asked)
    await desk.calls(HEAD, "RequestFund", **asked)
    less = {"request_id": asked["request_id"], "amount_fen": 200_000}
    with pytest.raises(Invalid, match="不一致"):
        await desk.calls(DISTRICT_LEADER, "AllocateFund", **less)
    with pytest.raises(Forbidden):
        await desk.calls(LEADER, "AllocateFund", **less)
    await desk.calls(DISTRICT_LEADER, "AllocateFund", **less, reason="按支付进度核减")
    with pytest.raises(Conflict):
        await desk.calls(DISTRICT_LEADER, "AllocateFund", **less, reason="按支付进度核减")
    assert (await desk.fund()).balance_fen == 200_000


@pytest.mark.law("R9.7")
async def test_what_is_left_at_the_end_of_the_year_is_carried_over(desk: Desk) -> None:
    await desk.funded(500_000)
    await desk.emergency()
    for day in (date(2026, 12, 31), date(2027, 1, 1), date(2027, 1, 2)):
        desk.clock.move_to(shanghai(day))
        await run_jobs([desk.service])
    assert (await desk.fund()).balance_fen == 400_000
    assert "备用金2026年结余4,000.00元，滚存到2027年使用" in await desk.told(subject(TOWNSHIP))
    async with desk.service.database.read() as db:
        rows = (await db.execute(select(fund_years.c.year, fund_years.c.carried_over_fen))).all()
    assert [tuple(row) for row in rows] == [(2027, 400_000)]


@pytest.mark.law("R9.6")
async def test_books_that_do_not_agree_are_found(desk: Desk) -> None:
    await desk.funded(500_000)
    await desk.service.perform(ReconcileFund(township=TownshipCode(TOWNSHIP)), FINANCE)
    async with desk.service.database.begin("*") as db:
        await db.execute(update(fund_balances).values(balance_fen=499_999))
    with pytest.raises(BooksDiffer):
        await desk.service.perform(ReconcileFund(township=TownshipCode(TOWNSHIP)), FINANCE)


@pytest.mark.law("R9.5")
async def test_a_month_is_reported_when_it_is_over_frozen_and_corrected_only_by_a_new_version(
    desk: Desk,
) -> None:
    await desk.funded(500_000)
    first = (await desk.emergency()).relief_id
    await desk.emergency(source="charity", source_note="区慈善总会", object_category="dibao")
    october = {"township": TOWNSHIP, "month": "2026-10"}
    with pytest.raises(MonthNotOver, match="2026-11-01"):
        await desk.calls(HEAD, "SendMonthlyReport", **october)
    desk.clock.move_to(shanghai(date(2026, 11, 2)))
    sent = await desk.calls(HEAD, "SendMonthlyReport", **october)
    (event,) = await published(desk.service, approval.MonthlyReportSent)
    assert (event.emergency_count, event.approved_fen, event.closing_fen) == (2, 200_000, 400_000)  # type: ignore[attr-defined]
    assert (event.other_sources_fen, event.sha256) == (100_000, sent.sha256)  # type: ignore[attr-defined]
    entry = {"relief_id": first, "entry_no": "SX-1", "entered_on": "2026-11-02"}
    await desk.calls(HEAD, "RecordPlatformEntry", **entry)
    with pytest.raises(ReportFrozen):
        await desk.calls(HEAD, "SendMonthlyReport", **october)
    corrected = await desk.calls(HEAD, "SendMonthlyReport", **october, correction="补登平台编号")
    assert (corrected.version, corrected.sha256 != sent.sha256) == (2, True)
    async with desk.service.database.read("*") as db:
        kept = (await db.execute(select(monthly_reports).order_by(monthly_reports.c.version))).all()
    assert [(row.version, row.content["open"]["without_platform"]) for row in kept] == [(1, 2), (2, 1)]
