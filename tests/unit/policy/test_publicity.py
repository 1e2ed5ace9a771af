"""Publicity periods over holidays, and from when the case may be decided."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.common.policy.calendar import WorkCalendar
from services.common.policy.parameters import Policy
from services.common.policy.publicity import PublicityKind, publicity_period


@pytest.mark.law("R5.2a")
def test_publicity_over_national_day_ends_on_the_8th_and_may_be_decided_on_the_9th(policy, calendar):
    found = publicity_period(PublicityKind.INITIAL, date(2026, 9, 24), calendar, policy)
    assert found.article.id == "R5.2a"
    assert found.value.first_day == date(2026, 9, 25)
    assert found.value.last_day == date(2026, 10, 8)
    assert found.value.decidable_on == date(2026, 10, 9)
    assert "2026-10-01是国庆节放假，顺延到2026-10-08" in found.facts["text"]


@pytest.mark.law("R5.2a")
def test_publicity_without_the_roll_ends_on_the_holiday_itself(amended, calendar):
    policy = amended({"publicity.roll_to_working_day": False})
    found = publicity_period(PublicityKind.INITIAL, date(2026, 9, 24), calendar, policy)
    assert found.value.last_day == date(2026, 10, 1)


@pytest.mark.law("R5.2a")
def test_publicity_counted_in_working_days_ends_on_the_12th(amended, calendar):
    policy = amended({"publicity.count_working_days": True})
    found = publicity_period(PublicityKind.INITIAL, date(2026, 9, 24), calendar, policy)
    assert found.value.last_day == date(2026, 10, 12)


@pytest.mark.law("R5.3a")
def test_publicity_of_expenditure_relief_over_national_day_ends_on_the_8th_at_the_earliest(policy, calendar):
    found = publicity_period(PublicityKind.EXPENDITURE, date(2026, 9, 28), calendar, policy)
    assert (found.article.id, found.value.days) == ("R5.3a", 5)
    assert found.value.last_day == date(2026, 10, 8)


@pytest.mark.law("R5.2c")
def test_publicity_before_destitute_support_ends_is_seven_days(policy, calendar):
    found = publicity_period(PublicityKind.DESTITUTE_END, date(2026, 11, 2), calendar, policy)
    assert (found.article.id, found.value.last_day) == ("R5.2c", date(2026, 11, 9))


@pytest.mark.law("R5.2a")
def test_publicity_in_a_year_without_a_notice_is_provisional(policy, calendar):
    assert publicity_period(PublicityKind.INITIAL, date(2027, 3, 1), calendar, policy).value.provisional


@given(st.sampled_from(PublicityKind), st.dates(date(2024, 1, 1), date(2039, 1, 1)))
def test_a_period_is_never_shorter_than_its_days_and_ends_on_a_working_day(kind: PublicityKind, posted: date):
    policy, calendar = Policy.shipped(), WorkCalendar.shipped()
    period = publicity_period(kind, posted, calendar, policy).value
    assert (period.last_day - posted).days >= period.days
    assert calendar.is_working(period.last_day)
    assert period.decidable_on - period.last_day == timedelta(days=1)
