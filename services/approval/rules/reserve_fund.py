"""The reserve fund: asked for by half-years, never below zero, carried over, reported (R9.5 to R9.7)."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from datetime import date
from typing import ClassVar

from services.approval.model import FundRequest, HalfYear, Movement
from services.common.policy.articles import R9_1, R9_5, R9_6, R9_7
from services.common.policy.law import Finding, Invalid, Refused, rule
from services.common.policy.money import Fen, yuan
from services.common.policy.month import Month


class FundEmpty(Refused):
    """The fund does not hold that much."""

    code: ClassVar[str] = "fund-empty"


class AlreadyRequested(Refused):
    """The half-year's request was made; another is an exception and says why."""

    code: ClassVar[str] = "already-requested"


class BooksDiffer(Refused):
    """The balance is not what the entries add up to."""

    code: ClassVar[str] = "books-differ"


class MonthNotOver(Refused):
    """A month is reported when it is over."""

    code: ClassVar[str] = "month-not-over"


class ReportFrozen(Refused):
    """A report that was sent is corrected by a new version with its reason."""

    code: ClassVar[str] = "report-frozen"


@rule(R9_1, R9_6)
def empty(balance: int, wanted: int) -> FundEmpty:
    """Why the fund does not pay, and what is done instead: an empty fund does not stop an emergency."""
    instead = "请改选财政垫付、慈善资金或实物救助，并写明来源"
    text = f"备用金余额{yuan(balance)}元，不足支付{yuan(wanted)}元；{instead}"
    return FundEmpty(R9_6, text)


@rule(R9_6)
def request(amount: Fen, half: HalfYear, earlier: int, exception: str, now: Movement) -> Finding[str]:
    """In principle once per half-year; what is left and what was spent stand beside the amount."""
    if amount <= 0:
        raise Invalid("amount_fen", "请拨金额应大于零")
    if earlier and not exception.strip():
        raise AlreadyRequested(R9_6, f"{half.chinese}已经申请过备用金，确需再次申请的请写明理由")
    standing = f"余额{yuan(now.closing_fen)}元，本半年支出{yuan(now.granted_fen)}元"
    text = f"{half.chinese}申请备用金{yuan(amount)}元；{standing}"
    if earlier:
        text += f"；例外理由：{exception.strip()}"
    facts: dict[str, object] = {
        "balance_fen": now.closing_fen,
        "spent_fen": now.granted_fen,
        "exception": bool(earlier),
        "text": text,
    }
    return Finding(R9_6, str(half), facts)


@rule(R9_6)
def allocation(asked: FundRequest, amount: Fen, reason: str) -> Finding[Fen]:
    """The district allocates what was asked, or another amount and says why."""
    if amount < 0:
        raise Invalid("amount_fen", "拨付金额不能是负数")
    if amount != asked.amount_fen and not reason.strip():
        raise Invalid("reason", "拨付金额与申请不一致，或不予拨付的，请写明理由")
    text = f"区民政局拨付备用金{yuan(amount)}元" if amount else "区民政局未予拨付备用金"
    return Finding(R9_6, amount, {"asked_fen": asked.amount_fen, "text": text})


@rule(R9_7)
def carried_over(year: int, balance: int) -> Finding[int]:
    """What is left at the end of a year is the beginning of the next."""
    return Finding(R9_7, balance, {"text": f"备用金{year - 1}年结余{yuan(balance)}元，滚存到{year}年使用"})


@rule(R9_6)
def reconciled(balance: int, whole: Movement, entries: int, unpaired: int) -> Finding[int]:
    """Allocations less grants plus returns, the entries and the balance say the same, or it is refused."""
    if balance != whole.closing_fen or entries != balance or unpaired:
        raise BooksDiffer(R9_6, "备用金账目不平，请立即停止支付并报告系统管理员核查")
    text = (
        f"对账相符：拨入{yuan(whole.allocated_fen)}－支出{yuan(whole.granted_fen)}＋退回{yuan(whole.returned_fen)}"
        f"＝余额{yuan(balance)}元"
    )
    return Finding(R9_6, balance, {"text": text})


@rule(R9_5)
def report(month: Month, sent: int, correction: str, today: date) -> Finding[int]:
    """A month is told when it is over; what was told is only followed by a reasoned new version."""
    if today <= month.last_day:
        raise MonthNotOver(R9_5, f"{month.chinese}还没有结束，{(month + 1).first_day}起可以报送")
    if sent and not correction.strip():
        raise ReportFrozen(R9_5, f"{month.chinese}月报已报送，不能修改；需要更正的请写明理由，另报新版本")
    text = f"{month.chinese}临时救助月报（第{sent + 1}版）报送区民政局"
    return Finding(R9_5, sent + 1, {"text": text + (f"，更正理由：{correction.strip()}" if sent else "")})


def fingerprint(content: Mapping[str, object]) -> str:
    """SHA-256 of a report as it was sent."""
    text = json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()
