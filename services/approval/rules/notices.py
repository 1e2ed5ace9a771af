"""The written notice and its clock (R4.7), and the filing with the district (R4.8)."""

from __future__ import annotations

from datetime import date
from typing import ClassVar

from services.approval.model import Decision, NoticeMethod
from services.common.policy.articles import DB_21, R4_7, R4_8
from services.common.policy.law import Conflict, Finding, Invalid, Refused, rule


class NothingToServe(Refused):
    """The district has not decided yet, so there is no result to tell."""

    code: ClassVar[str] = "nothing-to-serve"


@rule(R4_7, DB_21)
def notice_served(decision: Decision, method: NoticeMethod, served_on: date, today: date) -> Finding[str]:
    """The notice reached the applicant: in time, late, or without a term where the case was confirmed."""
    if decision.awaits_district:
        raise NothingToServe(DB_21, "区民政局尚未审批，不能送达结果告知书")
    if decision.notice_served_on:
        raise Conflict(f"告知书已于{decision.notice_served_on}送达，不能重复登记")
    first = decision.refused_on or decision.district_decided_on or decision.decided_on
    if not first <= served_on <= today:
        raise Invalid("served_on", f"送达日期应在{first}（作出决定）至{today}（今天）之间，请核对后重填")
    how = f"{served_on}{method.chinese}"
    if decision.notice_due_on is None:
        return Finding(DB_21, "served", {"text": f"确认结果告知书{how}"})
    late = served_on > decision.notice_due_on
    facts: dict[str, object] = {
        "due_on": decision.notice_due_on.isoformat(),
        "served_on": served_on.isoformat(),
        "text": f"不予确认告知书{how}，期限{decision.notice_due_on}，{'逾期' if late else '按期'}送达",
    }
    return Finding(R4_7, "late" if late else "in-time", facts)


@rule(R4_7)
def notice_overdue(decision: Decision, day: date) -> Finding[str] | None:
    """A refusal whose notice should have been served before `day` and was not."""
    due = decision.notice_due_on
    if due is None or decision.notice_served_on or day <= due:
        return None
    text = f"不予确认告知书应于{due}前送达，已逾期，请立即送达"
    return Finding(R4_7, "overdue", {"due_on": due.isoformat(), "text": text})


@rule(R4_8)
def receipt_number(district: str, year: int, serial: int) -> str:
    """The number of the district's receipt, counted within the year."""
    return f"{district}-{year}-{serial:06d}"


@rule(R4_8)
def filed(receipt_no: str, on: date) -> Finding[str]:
    """The district has receipted the filed result."""
    return Finding(R4_8, receipt_no, {"text": f"{on}区民政局出具备案回执 {receipt_no}"})


@rule(R4_8)
def filing_open(decision: Decision, day: date) -> Finding[str]:
    """A result of an earlier month that the district has not receipted; payment does not wait for it."""
    text = f"{decision.decided_on}确认的结果到{day}尚未收到备案回执，不影响发放"
    return Finding(R4_8, "open", {"decided_on": decision.decided_on.isoformat(), "text": text})
