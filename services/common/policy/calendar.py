"""Working days: weekends, public holidays and make-up working days (调休), by the notice of each year."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta, timezone
from functools import cache
from types import MappingProxyType
from typing import Any

from services.common.policy.articles import CIVIL_202, HOLIDAYS_2, HOLIDAYS_6
from services.common.policy.holiday_notice import HolidayNotice as HolidayNotice
from services.common.policy.holiday_notice import notice_from_table
from services.common.policy.holiday_notice import parse_notice as parse_notice
from services.common.policy.law import Invalid, rule
from services.common.policy.shipped import shipped

# China has had one zone and no daylight saving since 1991; a fixed offset needs no zone files on a tablet.
SHANGHAI = timezone(timedelta(hours=8), "Asia/Shanghai")
ONE_DAY = timedelta(days=1)
WEEKDAY_NAMES = ("周一", "周二", "周三", "周四", "周五", "周六", "周日")


def legal_day(instant: datetime) -> date:
    """The day on which an instant falls for the law: the date in Shanghai."""
    if instant.tzinfo is None:
        raise Invalid("时间", "时间必须带时区")
    return instant.astimezone(SHANGHAI).date()


@dataclass(frozen=True, slots=True)
class Due:
    """A date that was counted; provisional (暂定) while the holiday notice of its year is not out."""

    day: date
    provisional: bool

    def __str__(self) -> str:
        return f"{self.day}（暂定）" if self.provisional else str(self.day)


@dataclass(frozen=True, slots=True)
class CountedDay:
    """One day of a term: counted as its `number`-th, or skipped (0), and why."""

    day: date
    counted: bool
    number: int
    why: str


@dataclass(frozen=True, slots=True)
class YearTable:
    """Days off and working weekend days of one year; without a document, what the statute alone gives."""

    year: int
    document: str | None
    off: Mapping[date, str]
    work: Mapping[date, str]


@dataclass(frozen=True, slots=True)
class WorkCalendar:
    """Which days are working days, for every year that has a table."""

    years: Mapping[int, YearTable]

    @classmethod
    def shipped(cls) -> WorkCalendar:
        """The notices checked in, and the statutory days of the years after them."""
        return _shipped()

    def with_notice(self, notice: HolidayNotice) -> WorkCalendar:
        """The same calendar with this notice in the place of whatever stood for its year."""
        self._require_statutory_days(notice)
        table = YearTable(notice.year, notice.document, notice.off, notice.work)
        return WorkCalendar(MappingProxyType({**self.years, notice.year: table}))

    def is_working(self, day: date) -> bool:
        return self._reason(day)[0]

    def is_provisional(self, day: date) -> bool:
        return self._table(day.year).document is None

    def why(self, day: date) -> str:
        """Why the day counts or not, in the words a clerk would use."""
        return self._reason(day)[1]

    def after(self, start: date, working_days: int) -> Due:
        """The last day of a term of `working_days`; the day of the event itself is not counted."""
        day, provisional = start, self.is_provisional(start) and working_days == 0
        for counted in self._count(start, working_days):
            day, provisional = counted.day, provisional or self.is_provisional(counted.day)
        return Due(day, provisional)

    def explain(self, start: date, working_days: int) -> list[CountedDay]:
        """Every day from the day after `start` to the last, counted or skipped and why."""
        return list(self._count(start, working_days))

    def next_working(self, day: date) -> Due:
        """The day itself if it is a working day, else the next one."""
        provisional = self.is_provisional(day)
        while not self.is_working(day):
            day += ONE_DAY
            provisional = provisional or self.is_provisional(day)
        return Due(day, provisional)

    def working_days_between(self, start: date, end: date) -> int:
        """How many working days lie after `start`, up to and including `end`."""
        if end < start:
            raise Invalid("日期", f"止日 {end} 早于起日 {start}")
        span = ((start + timedelta(days=n)) for n in range(1, (end - start).days + 1))
        return sum(self.is_working(day) for day in span)

    def _count(self, start: date, working_days: int) -> Iterator[CountedDay]:
        if working_days < 0:
            raise Invalid("工作日数", "工作日数不能是负数")
        day, number = start, 0
        while number < working_days:
            day += ONE_DAY
            counted, why = self._reason(day)
            number += counted
            yield CountedDay(day, counted, number if counted else 0, why)

    def _table(self, year: int) -> YearTable:
        if year not in self.years:
            first, last = min(self.years), max(self.years)
            raise Invalid(
                "日期",
                f"工作日历只有 {first} 年至 {last} 年，没有 {year} 年；请核对日期，或先导入该年放假通知",
            )
        return self.years[year]

    def _reason(self, day: date) -> tuple[bool, str]:
        # The notice for next year's New Year may move days of this December, so it is asked first.
        following = self.years.get(day.year + 1) if day.month == 12 else None
        for table in (following, self._table(day.year)):
            if table and day in table.work:
                return True, f"{table.work[day]}调休上班"
            if table and day in table.off:
                return False, f"{table.off[day]}放假"
        weekday = WEEKDAY_NAMES[day.weekday()]
        return (True, "工作日") if day.weekday() < 5 else (False, weekday)

    @staticmethod
    def _require_statutory_days(notice: HolidayNotice) -> None:
        for day, name in statutory_days(notice.year):
            works = day.weekday() < 5 or day in notice.work
            if works and day not in notice.off:
                raise Invalid("通知", f"缺少法定假日 {day}（{name}）；通知须写全当年各节的放假日期")


@rule(CIVIL_202)
def months_after(start: date, months: int) -> date:
    """A term of months ends on the same date of the last month, or on its last day if it has none."""
    count = start.year * 12 + start.month - 1 + months
    year, month = divmod(count, 12)
    return date(year, month + 1, min(start.day, _last_of(year, month + 1)))


def _last_of(year: int, month: int) -> int:
    following = date(year + month // 12, month % 12 + 1, 1)
    return (following - ONE_DAY).day


@rule(HOLIDAYS_2)
def statutory_days(year: int) -> list[tuple[date, str]]:
    """The days that the statute makes holidays in that year; moving festivals as far as they are known."""
    tables = shipped("work_calendar.toml")
    moving: dict[str, date] = tables["festivals"].get(str(year), {})
    days: list[tuple[date, str]] = []
    for key, festival in tables["statutory"].items():
        starts = festival.get("starts")
        first = date.fromisoformat(f"{year}-{starts}") if starts else moving.get(key)
        if first:
            days += [(first + n * ONE_DAY, str(festival["name"])) for n in range(festival["days"])]
    return sorted(days)


@rule(HOLIDAYS_6)
def statutory_table(year: int) -> YearTable:
    """A year without a notice: a holiday on a weekend, or on another holiday, is made up on a weekday."""
    off: dict[date, str] = {}
    owed: list[tuple[date, str]] = []
    for day, name in statutory_days(year):
        # Some years have 中秋 inside 国庆: one date, two festivals, so one more day is owed.
        if day.weekday() >= 5 or day in off:
            owed.append((day, name))
        off.setdefault(day, name)
    for day, name in owed:
        while day in off or day.weekday() >= 5:
            day += ONE_DAY
        off[day] = f"{name}补假"
    return YearTable(year, None, MappingProxyType(off), MappingProxyType({}))


@cache
def _shipped() -> WorkCalendar:
    data: dict[str, Any] = shipped("work_calendar.toml")
    years = {int(year): statutory_table(int(year)) for year in data["festivals"]}
    for row in data["notice"]:
        notice = notice_from_table(row)
        years[notice.year] = YearTable(notice.year, notice.document, notice.off, notice.work)
    return WorkCalendar(MappingProxyType(years))
