"""The procedure at a glance: what is open, late and close, area by area, and how long cases take."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from sqlalchemy import ColumnElement, and_, case, func, or_, select

from services.common.policy.areas import UNITS
from services.common.policy.household_terms import Category
from services.common.policy.month import Month
from services.common.policy.roles import AreaLevel, area_level
from services.common.runtime.tx import Tx
from services.intake.model.case import OPEN
from services.intake.model.clock import DECISION, ClockState
from services.intake.queries.worklist import area_names
from services.intake.storage.case_tables import cases, clocks
from services.intake.storage.registry_tables import recusals

ACTION = "read-overview"
MONTHS = 12
TOWNSHIP_DIGITS, VILLAGE_DIGITS = 9, 12


@dataclass(frozen=True, slots=True)
class AreaLine:
    """One township of the district, or one village of a township."""

    area: str
    name: str
    open: int
    overdue: int
    near: int
    done: int
    done_in_time: int

    @property
    def in_time_percent(self) -> int | None:
        """Of those decided this year; None before the first."""
        return round(100 * self.done_in_time / self.done) if self.done else None


@dataclass(frozen=True, slots=True)
class Overview:
    """What the page shows."""

    area: str
    lines: tuple[AreaLine, ...]
    by_category: tuple[tuple[Category, int, int], ...]
    months: tuple[tuple[Month, float | None], ...]

    def total(self, name: str) -> int:
        return sum(getattr(line, name) for line in self.lines)


async def overview_of(area: str, near_working_days: int, tx: Tx) -> Overview:
    """Counts alone; households of the reader's kin are counted in none (R3.10)."""
    below = await _below(area, tx)
    digits = VILLAGE_DIGITS if area_level(area) is not AreaLevel.DISTRICT else TOWNSHIP_DIGITS
    lines = {code: AreaLine(code, name, 0, 0, 0, 0, 0) for code, name in below.items()}
    for row in await tx.all(_counted(area, digits, near_working_days, tx)):
        counts = (row.open, row.overdue, row.near, row.done, row.done_in_time)
        name = below.get(row.area, row.area)
        lines[row.area] = AreaLine(row.area, name, *(int(one or 0) for one in counts))
    ranked = sorted(lines.values(), key=lambda line: (-line.overdue, -line.near, -line.open, line.area))
    return Overview(area, tuple(ranked), await _categories(area, tx), await _months(area, tx))


async def _below(area: str, tx: Tx) -> Mapping[str, str]:
    """The townships of a district, the villages of a township, or the village itself."""
    if area_level(area) is AreaLevel.DISTRICT:
        return {unit.code: unit.name for unit in UNITS}
    names = await area_names(tx, area)
    return {code: name for code, name in names.items() if len(code) == VILLAGE_DIGITS}


def _counted(area: str, digits: int, near_working_days: int, tx: Tx) -> Any:
    due = clocks.c.due_on
    near_until = tx.calendar.after(tx.today, near_working_days).day
    running = clocks.c.state == ClockState.RUNNING
    this_year = and_(clocks.c.stopped_on.is_not(None), clocks.c.stopped_on >= date(tx.today.year, 1, 1))
    key = func.substr(cases.c.village, 1, digits)
    return (
        select(
            key.label("area"),
            _how_many(cases.c.stage.in_(OPEN)).label("open"),
            _how_many(and_(running, due < tx.today)).label("overdue"),
            _how_many(and_(running, due >= tx.today, due <= near_until)).label("near"),
            _how_many(this_year).label("done"),
            _how_many(and_(this_year, clocks.c.stopped_on <= due)).label("done_in_time"),
        )
        .select_from(_with_clock())
        .where(*_mine(area, tx))
        .group_by(key)
    )


def _how_many(fits: ColumnElement[bool]) -> ColumnElement[int]:
    return func.sum(case((fits, 1), else_=0))


def _with_clock() -> Any:
    decision = and_(
        clocks.c.township == cases.c.township,
        clocks.c.case_id == cases.c.case_id,
        clocks.c.clock == DECISION,
    )
    return cases.outerjoin(clocks, decision)


def _mine(area: str, tx: Tx) -> Sequence[ColumnElement[bool]]:
    kin = select(recusals.c.household_id).where(recusals.c.staff_id == tx.actor.id)
    here = or_(cases.c.township == area, cases.c.village.startswith(area, autoescape=True))
    return (here, cases.c.household_id.not_in(kin))


async def _categories(area: str, tx: Tx) -> tuple[tuple[Category, int, int], ...]:
    """Open cases of each category, and those received in the last thirty days."""
    since = tx.today - timedelta(days=30)
    rows = await tx.all(
        select(
            cases.c.category,
            _how_many(cases.c.stage.in_(OPEN)).label("open"),
            _how_many(cases.c.received_on > since).label("received"),
        )
        .where(*_mine(area, tx))
        .group_by(cases.c.category)
    )
    found = {row.category: (int(row.open or 0), int(row.received or 0)) for row in rows}
    return tuple((one, *found.get(one.value, (0, 0))) for one in Category)


async def _months(area: str, tx: Tx) -> tuple[tuple[Month, float | None], ...]:
    """Working days from acceptance to the decision, on average, month by month of the decision."""
    months = [Month.of(tx.today) + -back for back in reversed(range(MONTHS))]
    rows = await tx.all(
        select(clocks.c.started_on, clocks.c.stopped_on, func.count().label("cases"))
        .select_from(_with_clock())
        .where(*_mine(area, tx), clocks.c.stopped_on >= months[0].first_day)
        .group_by(clocks.c.started_on, clocks.c.stopped_on)
    )
    sums: dict[Month, tuple[int, int]] = {}
    for row in rows:
        month = Month.of(row.stopped_on)
        days, count = sums.get(month, (0, 0))
        each = tx.calendar.working_days_between(row.started_on, max(row.stopped_on, row.started_on))
        sums[month] = (days + each * row.cases, count + row.cases)
    return tuple((one, round(sums[one][0] / sums[one][1], 1) if one in sums else None) for one in months)
