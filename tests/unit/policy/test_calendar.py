"""Working days as the yearly notice and the statute make them."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import chinese_calendar
import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.common.policy.calendar import SHANGHAI, WorkCalendar, legal_day, months_after
from services.common.policy.law import Invalid

CALENDAR = WorkCalendar.shipped()
DAYS = st.dates(date(2024, 1, 1), date(2039, 6, 30))
COUNTS = st.integers(0, 120)
TERMS = (3, 10, 15, 20, 30, 45)


def d(text: str) -> date:
    return date.fromisoformat(text)


def test_every_day_of_2026_agrees_with_the_public_calendar_package():
    days = [date(2026, 1, 1) + timedelta(days=n) for n in range(365)]
    assert [CALENDAR.is_working(day) for day in days] == [chinese_calendar.is_workday(day) for day in days]


@pytest.mark.parametrize("year", [2024, 2025])
def test_every_day_of_the_earlier_notices_agrees_with_the_public_calendar_package(year: int):
    days = [date(year, 1, 1) + timedelta(days=n) for n in range(366 if year == 2024 else 365)]
    assert [CALENDAR.is_working(day) for day in days] == [chinese_calendar.is_workday(day) for day in days]


@pytest.mark.law("R7.4", "R7.3")
@pytest.mark.parametrize(
    ("start", "ends"),
    [
        ("2026-02-02", "2026-02-05 2026-02-14 2026-02-28 2026-03-06 2026-03-20 2026-04-13"),
        ("2026-02-13", "2026-02-25 2026-03-05 2026-03-12 2026-03-19 2026-04-02 2026-04-24"),
        ("2026-09-14", "2026-09-17 2026-09-28 2026-10-10 2026-10-16 2026-10-30 2026-11-20"),
        ("2026-09-16", "2026-09-20 2026-09-30 2026-10-13 2026-10-20 2026-11-03 2026-11-24"),
        ("2026-09-30", "2026-10-10 2026-10-20 2026-10-27 2026-11-03 2026-11-17 2026-12-08"),
        ("2026-11-23", "2026-11-26 2026-12-07 2026-12-14 2026-12-21 2027-01-05* 2027-01-26*"),
        ("2027-01-18", "2027-01-21* 2027-02-01* 2027-02-12* 2027-02-19* 2027-03-05* 2027-03-26*"),
    ],
)
def test_the_computed_table_of_terms(start: str, ends: str):
    dues = [CALENDAR.after(d(start), term) for term in TERMS]
    assert [f"{due.day}{'*' if due.provisional else ''}" for due in dues] == ends.split()


def test_a_year_without_a_notice_has_the_statutory_days_made_up_on_weekdays():
    off = ["01-01", "02-05", "02-08", "02-09", "02-10", "04-05", "05-03", "05-04", "06-09", "09-15"]
    off += ["10-01", "10-04", "10-05"]
    weekdays = [day.strftime("%m-%d") for day in sorted(CALENDAR.years[2027].off) if day.weekday() < 5]
    assert weekdays == off
    assert not CALENDAR.years[2027].work


def test_mid_autumn_inside_national_day_earns_one_more_day():
    assert [day for day in sorted(CALENDAR.years[2031].off) if day.month == 10] == [
        d("2031-10-01"), d("2031-10-02"), d("2031-10-03"), d("2031-10-06")
    ]  # fmt: skip


@pytest.mark.law("R7.3")
def test_midnight_in_shanghai_decides_the_day_of_acceptance():
    assert legal_day(datetime(2026, 9, 30, 15, 59, 59, tzinfo=UTC)) == d("2026-09-30")
    assert legal_day(datetime(2026, 9, 30, 16, 0, 0, tzinfo=UTC)) == d("2026-10-01")
    for day in ("2026-09-30", "2026-10-01"):
        assert CALENDAR.after(d(day), 3).day == d("2026-10-10")


def test_an_instant_without_a_zone_is_refused():
    with pytest.raises(Invalid, match="时区"):
        legal_day(datetime(2026, 9, 30, 16, 0, 0))


def test_a_clock_explains_which_days_it_counted_and_which_it_skipped_and_why():
    explained = CALENDAR.explain(d("2026-09-30"), 3)
    assert [day.day for day in explained if day.counted] == [
        d("2026-10-08"), d("2026-10-09"), d("2026-10-10")
    ]  # fmt: skip
    assert {day.why for day in explained if not day.counted} == {"国庆节放假"}
    assert explained[-1].why == "国庆节调休上班"
    assert explained[-1].number == 3


def test_a_year_beyond_the_tables_is_refused_with_what_to_do():
    with pytest.raises(Invalid, match="2041"):
        CALENDAR.after(d("2040-12-20"), 30)


def test_a_negative_term_is_refused():
    with pytest.raises(Invalid, match="负数"):
        CALENDAR.after(d("2026-01-05"), -1)


@pytest.mark.parametrize(
    ("start", "months", "end"),
    [
        ("2026-08-31", 6, "2027-02-28"),
        ("2027-08-31", 6, "2028-02-29"),
        ("2026-11-30", 3, "2027-02-28"),
        ("2026-12-31", 1, "2027-01-31"),
        ("2026-06-15", 12, "2027-06-15"),
    ],
)
def test_a_term_of_months_ends_on_the_same_date_or_on_the_last_of_the_month(
    start: str, months: int, end: str
):
    assert months_after(d(start), months) == d(end)


@given(DAYS, COUNTS)
def test_a_term_ends_on_a_working_day_and_counts_exactly_its_working_days(start: date, count: int):
    due = CALENDAR.after(start, count)
    assert CALENDAR.working_days_between(start, due.day) == count
    assert count == 0 or CALENDAR.is_working(due.day)
    explained = CALENDAR.explain(start, count)
    assert sum(day.counted for day in explained) == count
    assert not explained or explained[-1].day == due.day


@given(DAYS, st.integers(0, 60), st.integers(0, 60))
def test_two_terms_after_each_other_are_one_term_of_their_sum(start: date, one: int, two: int):
    assert CALENDAR.after(CALENDAR.after(start, one).day, two).day == CALENDAR.after(start, one + two).day


@given(DAYS)
def test_the_next_working_day_is_the_day_itself_or_the_first_after_it(day: date):
    found = CALENDAR.next_working(day).day
    assert CALENDAR.is_working(found)
    assert found == day or CALENDAR.working_days_between(day, found) == 1


@given(DAYS, COUNTS)
def test_a_term_is_provisional_exactly_when_it_touches_a_year_without_a_notice(start: date, count: int):
    due = CALENDAR.after(start, count)
    counted = [day.day for day in CALENDAR.explain(start, count)] or [start]
    assert due.provisional == any(day.year > 2026 for day in counted)


@given(st.datetimes(datetime(2024, 1, 1), datetime(2039, 1, 1)))
def test_the_legal_day_is_the_date_on_a_clock_in_shanghai(moment: datetime):
    there = moment.replace(tzinfo=SHANGHAI)
    assert legal_day(there.astimezone(UTC)) == there.date()
