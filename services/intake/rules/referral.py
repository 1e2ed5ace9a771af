"""Handing suspected abuse to the authority that judges it: whom, by whom, with which receipt (R3.13)."""

from __future__ import annotations

from datetime import date
from typing import ClassVar

from services.common.policy.articles import R3_13
from services.common.policy.law import Finding, Invalid, Refused, rule
from services.intake.model.referral import Referral, ReferralKind
from services.intake.model.registry import Staff


class OwnReferral(Refused):
    """Somebody refers a suspicion about himself."""

    code: ClassVar[str] = "own-referral"


@rule(R3_13)
def may_refer(staff: Staff | None, facts: str, authority: str, actor_id: str) -> None:
    """It names somebody of the staff, the facts and the authority, and never comes from the one concerned."""
    if staff is None:
        raise Invalid("staff_id", "请选择登记在册的工作人员")
    if staff.staff_id == actor_id:
        raise OwnReferral(R3_13, "不能移送本人的问题线索,请由上级负责人办理")
    if not facts.strip():
        raise Invalid("facts", "请写明涉嫌徇私舞弊、优亲厚友的事实")
    if not authority.strip():
        raise Invalid("authority", "请写明接收机关,例如:潞州区纪委监委")


@rule(R3_13)
def referred(kind: ReferralKind, authority: str, on: date) -> Finding[ReferralKind]:
    """The day, the kind and the authority stand in the record."""
    return Finding(R3_13, kind, {"text": f"{on}{kind.chinese}({authority.strip()})"})


@rule(R3_13)
def answered(known: Referral, receipt_no: str, received_on: date, outcome: str, today: date) -> Finding[bool]:
    """The receipt has a number and a day between the referral and today."""
    if not receipt_no.strip():
        raise Invalid("receipt_no", "请填写接收机关的回执编号")
    if not known.referred_on <= received_on <= today:
        raise Invalid("received_on", f"回执日期应在{known.referred_on}至{today}之间")
    text = f"{received_on}收到回执" + (f",{today}登记处理结果" if outcome.strip() else "")
    return Finding(R3_13, bool(outcome.strip()), {"text": text})
