"""The forms of the reserve fund and of the monthly report, and the report's content and sheet."""

from __future__ import annotations

from collections.abc import Sequence

from services.approval.commands.reserve_fund import (
    AllocateFund,
    RequestFund,
    SendMonthlyReport,
    report_facts,
)
from services.approval.model import FundRequest, HalfYear, MonthlyReport, ObjectCategory, ReliefKind
from services.approval.queries.relief import purse_of
from services.approval.rules import monthly_report
from services.approval.storage import fund
from services.common.pages.acts import Act, Field, Kind
from services.common.pages.sheets import Cell
from services.common.pages.words import money
from services.common.policy.areas import unit
from services.common.policy.articles import R9_5, R9_6
from services.common.policy.law import Missing
from services.common.policy.month import Month
from services.common.runtime.ids import new_id
from services.common.runtime.tx import Tx

CRUMBS = (("临时救助", "/approval/relief"), ("备用金", "/approval/fund"))


async def report_of(
    township: str, month: str, version: int, tx: Tx
) -> tuple[dict[str, object], MonthlyReport | None, list[MonthlyReport]]:
    """A report as it was sent, or the draft of what would be sent now."""
    chosen = Month.parse(month) if month else Month.of(tx.today) + -1
    versions = await fund.reports_of(tx, township, str(chosen))
    kept = next((one for one in versions if version in (0, one.version)), None)
    if kept:
        return dict(kept.content), kept, versions
    if version:
        raise Missing("这一版月报")
    return monthly_report.content(await report_facts(township, chosen, tx)), None, versions


def rows_of(content: dict[str, object]) -> list[Sequence[Cell]]:
    approvals: list[dict[str, int | str]] = content["approvals"]  # type: ignore[assignment]
    figures: dict[str, int] = content["totals"]  # type: ignore[assignment]
    rows: list[Sequence[Cell]] = [
        (
            ReliefKind(str(one["kind"])).chinese,
            ObjectCategory(str(one["category"])).chinese,
            one["granted"],
            one["amount_fen"],
            one["refused"],
        )
        for one in approvals
    ]
    names = {
        "opening_fen": "期初余额",
        "allocated_fen": "本月拨入",
        "granted_fen": "本月支出",
        "returned_fen": "本月退回",
        "closing_fen": "期末余额",
    }
    return rows + [("备用金", name, None, None, f"{money(figures[key])} 元") for key, name in names.items()]


async def request_form(township: str, tx: Tx) -> Act:
    purse = await purse_of(tx, township)
    half = HalfYear.of(tx.today)
    again = await fund.requests_in(tx, township, str(half))
    exception = Field(
        name="exception_reason",
        label="再次申请的理由",
        required=bool(again),
        hint=f"{half.chinese}已申请过 {again} 次，原则上每半年集中申请一次"
        if again
        else "本半年第一次申请，不用填",
    )
    return Act(
        slug="request",
        title=f"申请备用金：{half.chinese}",
        command=RequestFund,
        back="/approval/fund",
        submit="报区民政局",
        fixed={"township": township},
        fields=(
            Field(name="request_id", label="申请编号", kind=Kind.HIDDEN, start=new_id()),
            Field(name="amount_fen", label="请拨金额", kind=Kind.MONEY, unit="元"),
            exception,
        ),
        facts=(
            ("备用金余额", f"{money(purse.balance_fen)} 元"),
            ("本半年支出", f"{money(purse.this_half.granted_fen - purse.this_half.returned_fen)} 元"),
            ("支付进度", f"{purse.spent_percent}%"),
            ("已批未发", f"{money(purse.unpaid_fen)} 元"),
            ("名义", unit(township).body),
        ),
        articles=(R9_6,),
        crumbs=CRUMBS,
    )


def allocate_form(asked: FundRequest) -> Act:
    return Act(
        slug="allocate",
        title="拨付备用金",
        command=AllocateFund,
        back="/approval/fund",
        submit="登记拨付",
        fixed={"request_id": asked.request_id},
        fields=(
            Field(
                name="amount_fen",
                label="拨付金额",
                kind=Kind.MONEY,
                unit="元",
                start=money(asked.amount_fen),
                hint="不予拨付填 0",
            ),
            Field(name="reason", label="理由", required=False, hint="与申请金额不一致时必须写明"),
        ),
        facts=(
            ("镇街", unit(asked.township).name),
            ("申请", f"{asked.half}，{money(asked.amount_fen)} 元"),
            ("申请时余额", f"{money(asked.balance_fen)} 元"),
            ("本半年支出", f"{money(asked.spent_fen)} 元"),
            ("已批未发", f"{money(asked.unpaid_fen)} 元"),
            *((("例外理由", asked.exception_reason),) if asked.exception_reason else ()),
        ),
        articles=(R9_6,),
        confirm="款项已拨付，或决定不予拨付",
        crumbs=CRUMBS,
    )


async def send_form(township: str, month: str, tx: Tx) -> Act:
    content, _, versions = await report_of(township, month, 0, tx)
    figures: dict[str, int] = content["totals"]  # type: ignore[assignment]
    again = bool(versions)
    correction = (
        (Field(name="correction", label="更正理由", hint=f"已报送第 {versions[0].version} 版"),)
        if again
        else ()
    )
    return Act(
        slug="report",
        title=f"报送临时救助月报：{Month.parse(month).chinese}",
        command=SendMonthlyReport,
        back="/approval/fund",
        submit="报送区民政局",
        fixed={"township": township, "month": month},
        fields=correction,
        facts=(
            ("急难型", f"{figures['emergency_count']} 户次"),
            ("支出型", f"{figures['expenditure_count']} 户次"),
            ("救助金额", f"{money(figures['approved_fen'])} 元"),
            ("备用金期末余额", f"{money(figures['closing_fen'])} 元"),
            ("名义", unit(township).body),
        ),
        articles=(R9_5,),
        warning="报送后内容不再改变；发现错误的，写明理由另报新版本。",
        confirm="以上数据已核对",
        crumbs=CRUMBS,
    )
