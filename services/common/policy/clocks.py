"""The terms of the procedure in working days, and the months that follow from a decision or an instant."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import ClassVar

from services.common.policy.articles import DB_15, DB_17, DB_21, DB_22, NOTICE2022_4_1, R4_7, R7_3, R7_4
from services.common.policy.calendar import Due, WorkCalendar, legal_day
from services.common.policy.law import Finding, Refused, rule
from services.common.policy.month import Month
from services.common.policy.parameters import Policy


class ExtensionGround(StrEnum):
    """The four grounds on which a decision may take longer; there is no other."""

    OBJECTION = "objection"
    LIVES_ELSEWHERE = "separated-registration"
    APPLIED_ELSEWHERE = "away-from-home"
    HARD_INVESTIGATION = "hard-investigation"

    @property
    def chinese(self) -> str:
        return _GROUNDS[self]


_GROUNDS = {
    ExtensionGround.OBJECTION: "公示有异议",
    ExtensionGround.LIVES_ELSEWHERE: "人户分离",
    ExtensionGround.APPLIED_ELSEWHERE: "异地申办",
    ExtensionGround.HARD_INVESTIGATION: "家庭经济状况调查难度较大",
}


class ExtensionNeedsGround(Refused):
    """The extension was asked for without one of the four grounds."""

    code: ClassVar[str] = "extension-needs-ground"


@dataclass(frozen=True, slots=True)
class ClockDues:
    """The early target (amber) and the hard limit of a decision."""

    target: date
    hard: date
    provisional: bool


@rule(R7_4, DB_22)
def extension_ground(text: str | None) -> Finding[ExtensionGround]:
    """The ground as code or in Chinese; the extension needs it recorded."""
    wanted = (text or "").strip()
    for ground in ExtensionGround:
        if wanted in (ground.value, ground.chinese):
            return Finding(R7_4, ground, {"ground": ground.value, "text": f"延长理由：{ground.chinese}"})
    raise ExtensionNeedsGround(R7_4, f"延长办理时限须写明下列理由之一：{'、'.join(_GROUNDS.values())}")


@rule(R7_4, DB_22, NOTICE2022_4_1)
def decision_clock(
    accepted_on: date, extension: ExtensionGround | None, calendar: WorkCalendar, policy: Policy
) -> Finding[ClockDues]:
    """When the case must be decided: from acceptance, the longer term too."""
    target_days = policy.int("clock.decision_target_working_days", accepted_on)
    extended = extension is not None
    name = "clock.decision_extended_working_days" if extended else "clock.decision_working_days"
    hard_days = policy.int(name, accepted_on)
    if policy.flag("clock.target_is_hard", accepted_on) and not extended:
        hard_days = target_days
    target, hard = calendar.after(accepted_on, target_days), calendar.after(accepted_on, hard_days)
    dues = ClockDues(target.day, hard.day, target.provisional or hard.provisional)
    because = f"（{extension.chinese}，延长）" if extension else ""
    text = f"{accepted_on}受理，{hard_days}个工作日{because}到{hard}，{target_days}个工作日目标到{target}"
    facts: dict[str, object] = {
        "accepted_on": accepted_on.isoformat(),
        "target_working_days": target_days,
        "hard_working_days": hard_days,
        "extension": extension.value if extension else None,
        "revision": policy.revision,
        "text": text,
    }
    return Finding(R7_4, dues, facts)


@rule(R4_7, DB_21)
def refusal_notice_due(decided_on: date, calendar: WorkCalendar, policy: Policy) -> Finding[Due]:
    """The last day on which a refusal may reach the applicant in writing."""
    return step_due("clock.refusal_notice_working_days", decided_on, calendar, policy, "作出不予确认决定")


@rule(DB_15)
def investigation_start_due(accepted_on: date, calendar: WorkCalendar, policy: Policy) -> Finding[Due]:
    """The last day to start the economic investigation after acceptance."""
    return step_due("clock.investigation_start_working_days", accepted_on, calendar, policy, "受理")


@rule(DB_17)
def verification_start_due(requested_on: date, calendar: WorkCalendar, policy: Policy) -> Finding[Due]:
    """The last day for the district to start verification after the township's request."""
    return step_due("clock.verification_start_working_days", requested_on, calendar, policy, "提请核对")


@rule(R7_3)
def step_due(parameter: str, start: date, calendar: WorkCalendar, policy: Policy, event: str) -> Finding[Due]:
    """The due day of a step whose term in working days is a parameter, under that parameter's article."""
    term = policy.value(parameter, start)
    days = policy.int(parameter, start)
    due = calendar.after(start, days)
    facts: dict[str, object] = {
        "start": start.isoformat(),
        "working_days": days,
        "parameter": parameter,
        "confirmed": term.confirmed,
        "revision": policy.revision,
        "text": f"{start}{event}，{days}个工作日到{due}",
    }
    return Finding(term.article, due, facts)


@rule(DB_21)
def first_month(decided_on: date) -> Finding[Month]:
    """Money is paid from the month after the decision."""
    month = Month.of(decided_on) + 1
    facts = {"decided_on": decided_on.isoformat(), "text": f"{decided_on}确认，自次月{month.chinese}起发放"}
    return Finding(DB_21, month, facts)


@rule(R7_3)
def month_bucket(instant: datetime) -> Month:
    """The month whose clearing list an event belongs to, by the date in Shanghai."""
    return Month.of(legal_day(instant))
