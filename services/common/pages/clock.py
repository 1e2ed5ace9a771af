"""The clock chip and the counting calendar: working days left first, then the date, then why."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from services.common.pages.words import day
from services.common.policy.calendar import WorkCalendar

NEAR_WORKING_DAYS = 3
QUARTERS = 4


class Urgency(StrEnum):
    """Groups of today's work, the most urgent first."""

    OVERDUE = "overdue"
    TODAY = "today"
    NEAR = "near"
    LATER = "later"
    NO_CLOCK = "no-clock"

    @property
    def chinese(self) -> str:
        return _GROUPS[self]


_GROUPS = {
    Urgency.OVERDUE: "已逾期",
    Urgency.TODAY: "今天",
    Urgency.NEAR: f"{NEAR_WORKING_DAYS} 个工作日内",
    Urgency.LATER: "以后",
    Urgency.NO_CLOCK: "尚未计时",
}


@dataclass(frozen=True, slots=True)
class Chip:
    """What a clock says: `css` is its shape and colour, `used` the quarters of the term gone by."""

    text: str
    css: str = ""
    used: int = 0
    urgency: Urgency = Urgency.NO_CLOCK


@dataclass(frozen=True, slots=True)
class Cell:
    """One day of the counting calendar."""

    label: str
    note: str
    css: str


def chip(
    today: date, started_on: date | None, due_on: date, calendar: WorkCalendar, *, provisional: bool = False
) -> Chip:
    """A running clock; without its start the disc stays empty."""
    when = f"{day(due_on, today)}{' 暂定' if provisional else ''}"
    css = " is-tentative" if provisional else ""
    if due_on < today:
        late = calendar.working_days_between(due_on, today)
        return Chip(f"逾期 {late} 个工作日 · {when}", f"is-over{css}", QUARTERS, Urgency.OVERDUE)
    if due_on == today:
        return Chip(f"今天到期 · {when}", f"is-today{css}", QUARTERS, Urgency.TODAY)
    left = calendar.working_days_between(today, due_on)
    whole = max(calendar.working_days_between(started_on, due_on), 1) if started_on else left
    used = max(0, min(QUARTERS - 1, QUARTERS * (whole - left) // whole))
    text = f"还剩 {left} 个工作日 · {when}"
    if left <= NEAR_WORKING_DAYS:
        return Chip(text, f"is-near{css}", used, Urgency.NEAR)
    return Chip(text, css.strip(), used, Urgency.LATER)


def stopped(on: date | None, today: date) -> Chip:
    return Chip(f"已停止 · {day(on, today)}" if on else "已停止", "is-stopped")


def waiting(text: str) -> Chip:
    """No term of ours runs: somebody else's turn, or nothing has begun."""
    return Chip(text, "is-hold")


def counting(
    start: date, target: date | None, due: date, today: date, calendar: WorkCalendar
) -> list[list[Cell]]:
    """Weeks from the start to the end of a term: each day counted or not, and why."""
    numbers = {
        counted.day: counted.number
        for counted in calendar.explain(start, calendar.working_days_between(start, due))
    }
    first = start - timedelta(days=start.weekday())
    last = due + timedelta(days=6 - due.weekday())
    days = [first + timedelta(days=n) for n in range((last - first).days + 1)]
    cells = [_cell(one, start, target, due, today, numbers, calendar) for one in days]
    return [cells[at : at + 7] for at in range(0, len(cells), 7)]


def _cell(
    one: date,
    start: date,
    target: date | None,
    due: date,
    today: date,
    numbers: dict[date, int],
    calendar: WorkCalendar,
) -> Cell:
    label = f"{one.month}.{one.day}" if one.day == 1 or one == start else str(one.day)
    if one == start:
        return Cell(label, "起算", "start")
    if one < start or one > due:
        return Cell(label, "", "out")
    number = numbers.get(one, 0)
    if not number:
        why = calendar.why(one).removesuffix("放假")
        return Cell(label, "休" if why.startswith("周") else why, "off")
    named = {target: "目标", due: "法定"}.get(one, "")
    shape = {"目标": "due", "法定": "hard"}.get(named, "later" if one > today else "")
    note = f"{named} {number}".strip()
    if one == today:
        return Cell(label, f"今天 {number}" if not named else note, f"{shape} now".strip())
    return Cell(label, f"班 {number}" if one.weekday() > 4 and not named else note, shape)
