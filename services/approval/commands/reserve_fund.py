"""The reserve fund: asked for, allocated, carried over, reconciled, and reported by month."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, timedelta

from services.approval.commands import announce_relief as announce
from services.approval.model import (
    FundRequest,
    HalfYear,
    MonthlyReport,
    RequestId,
    RequestStage,
    StaffId,
    Transfer,
    TransferKind,
)
from services.approval.rules import monthly_report
from services.approval.rules import reserve_fund as rules
from services.approval.storage import fund, reliefs
from services.common.policy.areas import TownshipCode
from services.common.policy.law import Conflict, Invalid
from services.common.policy.money import Fen
from services.common.policy.month import Month
from services.common.runtime.gate import action
from services.common.runtime.ids import new_id
from services.common.runtime.tx import Tx


def subject(township: str) -> str:
    """Under what the findings of a township's fund stand."""
    return f"fund:{township}"


@dataclass(frozen=True, slots=True, kw_only=True)
class RequestFund:
    """A township asks for money for the half-year."""

    request_id: RequestId
    township: TownshipCode
    amount_fen: Fen
    exception_reason: str = ""


@action("request-fund")
async def request_fund(cmd: RequestFund, tx: Tx) -> None:
    if not cmd.request_id:
        raise Invalid("request_id", "缺少申请编号，请刷新后重新填写")
    known = await fund.find_request(tx, cmd.request_id)
    if known:
        if (known.township, known.amount_fen) != (cmd.township, cmd.amount_fen):
            raise Conflict("该申请编号已用于另一份申请，请刷新后重新填写")
        return
    half = HalfYear.of(tx.today)
    now = await fund.movement(tx, cmd.township, half.first_day, tx.today)
    earlier = await fund.requests_in(tx, cmd.township, str(half))
    lawful = rules.request(cmd.amount_fen, half, earlier, cmd.exception_reason, now)
    asked = FundRequest(
        request_id=cmd.request_id,
        township=cmd.township,
        half=str(half),
        amount_fen=cmd.amount_fen,
        balance_fen=Fen(now.closing_fen),
        spent_fen=Fen(now.granted_fen - now.returned_fen),
        unpaid_fen=Fen(await reliefs.unpaid_fen(tx, cmd.township)),
        exception_reason=cmd.exception_reason.strip(),
        requested_on=tx.today,
        requested_by=StaffId(tx.actor.id),
    )
    await fund.save_request(tx, asked)
    await tx.record(subject(cmd.township), lawful)


@dataclass(frozen=True, slots=True, kw_only=True)
class AllocateFund:
    """The district allocates money, or declines."""

    request_id: RequestId
    amount_fen: Fen
    reason: str = ""


@action("allocate-fund")
async def allocate_fund(cmd: AllocateFund, tx: Tx) -> None:
    asked = await fund.lock_request(tx, cmd.request_id)
    lawful = rules.allocation(asked, cmd.amount_fen, cmd.reason)
    stage = RequestStage.ALLOCATED if cmd.amount_fen else RequestStage.DECLINED
    asked.require(stage)
    decided = replace(
        asked,
        stage=stage,
        allocated_fen=cmd.amount_fen,
        decided_on=tx.today,
        decided_by=tx.actor.id,
        reason=cmd.reason.strip(),
    )
    await fund.save_request(tx, decided)
    if cmd.amount_fen:
        transfer = Transfer(
            transfer_id=new_id(),
            township=asked.township,
            kind=TransferKind.ALLOCATION,
            amount_fen=cmd.amount_fen,
            made_on=tx.today,
            made_by=tx.actor.id,
            request_id=asked.request_id,
        )
        await fund.book(tx, transfer)
    await tx.record(subject(asked.township), lawful)


@dataclass(frozen=True, slots=True, kw_only=True)
class CarryOver:
    """A year begins with what the one before left."""

    township: TownshipCode
    year: int


@action("carry-over")
async def carry_over(cmd: CarryOver, tx: Tx) -> None:
    last = date(cmd.year, 1, 1) - timedelta(days=1)
    left = (await fund.movement(tx, cmd.township, None, last)).closing_fen
    if cmd.year in dict(await fund.years_of(tx, cmd.township)):
        return
    await fund.begin_year(tx, cmd.township, cmd.year, left)
    await tx.record(subject(cmd.township), rules.carried_over(cmd.year, left))


@dataclass(frozen=True, slots=True, kw_only=True)
class ReconcileFund:
    """The books of a township's fund are compared with themselves."""

    township: TownshipCode


@action("reconcile-fund")
async def reconcile_fund(cmd: ReconcileFund, tx: Tx) -> None:
    whole = await fund.movement(tx, cmd.township, None, tx.today)
    found = rules.reconciled(
        await fund.balance(tx, cmd.township),
        whole,
        await fund.entries_of_reserve(tx, cmd.township),
        await fund.unpaired(tx, cmd.township),
    )
    await tx.record(subject(cmd.township), found)


@dataclass(frozen=True, slots=True, kw_only=True)
class SendMonthlyReport:
    """A month's approvals and the use of the fund go to the district; from then on they stand."""

    township: TownshipCode
    month: str
    correction: str = ""


@dataclass(frozen=True, slots=True)
class MonthlyReportSent:
    township: TownshipCode
    month: str
    version: int
    sha256: str


@action("send-monthly-report")
async def send_monthly_report(cmd: SendMonthlyReport, tx: Tx) -> MonthlyReportSent:
    month = Month.parse(cmd.month)
    sent = await fund.reports_of(tx, cmd.township, str(month))
    lawful = rules.report(month, len(sent), cmd.correction, tx.today)
    facts = await report_facts(cmd.township, month, tx)
    content = monthly_report.content(facts)
    report = MonthlyReport(
        township=cmd.township,
        month=str(month),
        version=lawful.value,
        content=content,
        sha256=rules.fingerprint(content),
        sent_on=tx.today,
        sent_by=StaffId(tx.actor.id),
        correction=cmd.correction.strip(),
    )
    await fund.enter_report(tx, report)
    await tx.record(subject(cmd.township), lawful)
    tx.publish(
        announce.report_sent(report, monthly_report.totals(facts)), stream=cmd.township, township=cmd.township
    )
    return MonthlyReportSent(cmd.township, report.month, report.version, report.sha256)


async def report_facts(township: str, month: Month, tx: Tx) -> monthly_report.Facts:
    """What the books say of a month, as they stand now."""
    first, last = month.first_day, month.last_day
    decided = await reliefs.decided_between(tx, township, first, last)
    return monthly_report.Facts(
        township=township,
        month=month,
        decided=tuple(decided),
        movement=await fund.movement(tx, township, first, last),
        transfers=tuple(await fund.transfers_of(tx, township, first, last)),
        unpaid_fen=await reliefs.unpaid_fen(tx, township),
    )
