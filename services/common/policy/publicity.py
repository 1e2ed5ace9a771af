"""How long a notice hangs on the board, and from which day on the case may be decided."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from services.common.policy.articles import CIVIL_201, CIVIL_203, R5_2A, R5_2C, R5_3A
from services.common.policy.calendar import Due, WorkCalendar
from services.common.policy.law import Article, Finding, rule
from services.common.policy.parameters import Policy


class PublicityKind(StrEnum):
    """The publicity periods that end: before aid, before relief, before destitute support ends."""

    INITIAL = "initial"
    EXPENDITURE = "expenditure"
    DESTITUTE_END = "destitute-end"

    @property
    def chinese(self) -> str:
        return {"initial": "初审公示", "expenditure": "支出型临时救助初审公示"}.get(self, "终止特困供养公示")


ARTICLE: dict[PublicityKind, Article] = {
    PublicityKind.INITIAL: R5_2A,
    PublicityKind.EXPENDITURE: R5_3A,
    PublicityKind.DESTITUTE_END: R5_2C,
}
DAYS: dict[PublicityKind, str] = {
    PublicityKind.INITIAL: "publicity.initial_days",
    PublicityKind.EXPENDITURE: "publicity.expenditure_days",
    PublicityKind.DESTITUTE_END: "publicity.destitute_end_days",
}


@dataclass(frozen=True, slots=True)
class Period:
    """Full days on the board; the case may be decided from the day after the last."""

    first_day: date
    last_day: date
    days: int
    provisional: bool
    decidable_on: date


@rule(R5_2A, R5_2C, R5_3A, CIVIL_201, CIVIL_203)
def publicity_period(
    kind: PublicityKind, posted_on: date, calendar: WorkCalendar, policy: Policy
) -> Finding[Period]:
    """The day of posting is not counted; a last day on a holiday is carried to the next working day."""
    days = policy.int(DAYS[kind], posted_on)
    counts_working_days = policy.flag("publicity.count_working_days", posted_on)
    first = posted_on + timedelta(days=1)
    if counts_working_days:
        counted = last = calendar.after(posted_on, days)
    else:
        counted = Due(posted_on + timedelta(days=days), False)
        rolls = policy.flag("publicity.roll_to_working_day", posted_on)
        last = calendar.next_working(counted.day) if rolls else counted
    period = Period(first, last.day, days, last.provisional, last.day + timedelta(days=1))
    facts: dict[str, object] = {
        "kind": kind.value,
        "posted_on": posted_on.isoformat(),
        "days": days,
        "counted_in": "working-days" if counts_working_days else "days",
        "counted_to": counted.day.isoformat(),
        "skipped": [
            {"day": day.isoformat(), "why": calendar.why(day)}
            for day in _from_to(counted.day, last.day)
            if not calendar.is_working(day)
        ],
        "revision": policy.revision,
        "text": _text(kind, posted_on, period, counted.day, calendar, counts_working_days),
    }
    return Finding(ARTICLE[kind], period, facts)


def _from_to(first: date, last: date) -> list[date]:
    return [first + timedelta(days=n) for n in range((last - first).days + 1)]


def _text(
    kind: PublicityKind,
    posted_on: date,
    period: Period,
    counted_to: date,
    calendar: WorkCalendar,
    counts_working_days: bool,
) -> str:
    unit = "个工作日" if counts_working_days else "天"
    text = f"{posted_on}张贴，当日不计，{kind.chinese}{period.days}{unit}从{period.first_day}算起"
    if counted_to != period.last_day:
        text += f"，第{period.days}天{counted_to}是{calendar.why(counted_to)}，顺延到{period.last_day}"
    mark = "（暂定）" if period.provisional else ""
    return f"{text}，{period.last_day} 24时届满{mark}，{period.decidable_on}起可以审核确认"
