"""From receipt to acceptance: assisted applications, the one supplement notice, grounds of non-acceptance."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import ClassVar

from services.common.policy.articles import DB_10, R1_9, R7_3, R7_4
from services.common.policy.calendar import Due, WorkCalendar
from services.common.policy.clocks import step_due
from services.common.policy.law import Finding, Invalid, Refused, rule
from services.common.policy.parameters import Policy
from services.intake.model.case import DeclineGround, Supplement
from services.intake.model.clock import Clock
from services.intake.model.ids import StaffId


class ConsentMissing(Refused):
    """Somebody applied for a family without its consent."""

    code: ClassVar[str] = "consent-missing"


class SupplementToldAlready(Refused):
    """What is missing is told once."""

    code: ClassVar[str] = "supplement-told-already"


class GroundNeedsSupplement(Refused):
    """Refusal of papers only counts after they were asked for."""

    code: ClassVar[str] = "ground-needs-supplement"


class ClockNotExtendable(Refused):
    """The term is over, or was lengthened before."""

    code: ClassVar[str] = "clock-not-extendable"


@rule(R1_9)
def assisted(helped_by: StaffId | None, *, consent: bool) -> Finding[bool]:
    """A grid worker may prepare and submit the application; the applicant's consent is kept with it."""
    if helped_by is None:
        return Finding(R1_9, False, {"text": "申请人自行提出申请"})
    if not consent:
        raise ConsentMissing(R1_9, "协助提出申请须有申请人同意的签名或捺印,请补拍后再提交")
    return Finding(R1_9, True, {"helped_by": helped_by, "text": "由网格员协助提出申请,申请人已同意"})


@rule(DB_10, R7_3)
def tell_missing_once(
    missing: Sequence[str],
    before: Supplement | None,
    today: date,
    calendar: WorkCalendar,
    policy: Policy,
) -> Finding[Due]:
    """All that is missing is told at once, and only once."""
    if before is not None:
        raise SupplementToldAlready(DB_10, f"已于{before.told_on}一次性告知补正材料,不得再次要求补正")
    if not [line for line in missing if line.strip()]:
        raise Invalid("missing", "请写明缺少的全部材料")
    due = step_due("clock.supplement_working_days", today, calendar, policy, "一次性告知补正")
    text = f"一次性告知缺少材料{len(missing)}项;{due.facts['text']}"
    return Finding(DB_10, due.value, {**due.facts, "missing": list(missing), "text": text})


@rule(R7_3)
def decline(ground: DeclineGround, supplement: Supplement | None) -> Finding[DeclineGround]:
    """An application is turned away only on a stated ground, in writing."""
    if ground is DeclineGround.AUTHORISATION_REFUSED and supplement is None:
        raise GroundNeedsSupplement(R7_3, "以拒不签署授权为由不予受理,须先一次性告知补正")
    return Finding(R7_3, ground, {"ground": ground.value, "text": f"不予受理:{ground.chinese},应书面告知"})


@rule(R7_4)
def may_extend(clock: Clock, today: date) -> None:
    """The term is lengthened while it runs, once, and never after it is over."""
    if clock.ground:
        raise ClockNotExtendable(R7_4, "办理时限已经延长过,不能再次延长")
    if today > clock.due_on:
        raise ClockNotExtendable(R7_4, f"办理时限已于{clock.due_on}届满,不能再延长")
