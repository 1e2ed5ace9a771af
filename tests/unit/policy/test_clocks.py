"""The terms of the procedure."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from services.common.policy.clocks import (
    ExtensionGround,
    ExtensionNeedsGround,
    decision_clock,
    extension_ground,
    first_month,
    investigation_start_due,
    month_bucket,
    refusal_notice_due,
    step_due,
    verification_start_due,
)
from services.common.policy.month import Month
from services.common.policy.parameters import ParameterMissing


@pytest.mark.law("R7.4")
def test_decided_within_30_working_days_over_national_day(policy, calendar):
    clock = decision_clock(date(2026, 9, 14), None, calendar, policy)
    assert clock.article.id == "R7.4"
    assert clock.value.target == date(2026, 10, 16)
    assert clock.value.hard == date(2026, 10, 30)


@pytest.mark.law("R7.4")
def test_decided_within_30_working_days_over_spring_festival(policy, calendar):
    clock = decision_clock(date(2026, 2, 2), None, calendar, policy).value
    assert (clock.target, clock.hard) == (date(2026, 3, 6), date(2026, 3, 20))
    assert calendar.is_working(date(2026, 2, 14))
    assert calendar.is_working(date(2026, 2, 28))
    extended = decision_clock(date(2026, 2, 2), ExtensionGround.OBJECTION, calendar, policy).value
    assert extended.hard == date(2026, 4, 13)


@pytest.mark.law("R7.4")
def test_the_extension_needs_its_recorded_ground(policy):
    for text in (None, "", "工作忙"):
        with pytest.raises(ExtensionNeedsGround, match="人户分离") as refused:
            extension_ground(text)
        assert refused.value.article.id == "R7.4"
        assert refused.value.code == "extension-needs-ground"


@pytest.mark.law("R7.4")
def test_the_extension_counts_45_working_days_from_acceptance(policy, calendar):
    ground = extension_ground("人户分离").value
    assert ground is ExtensionGround.LIVES_ELSEWHERE
    assert decision_clock(date(2026, 9, 14), ground, calendar, policy).value.hard == date(2026, 11, 20)


@pytest.mark.law("R7.4")
def test_the_target_may_be_made_the_hard_limit(amended, calendar):
    policy = amended({"clock.target_is_hard": True})
    assert decision_clock(date(2026, 9, 14), None, calendar, policy).value.hard == date(2026, 10, 16)


@pytest.mark.law("R4.7")
def test_a_refusal_of_30_september_is_told_in_writing_by_saturday_10_october(policy, calendar):
    due = refusal_notice_due(date(2026, 9, 30), calendar, policy)
    assert (due.article.id, due.value.day) == ("R4.7", date(2026, 10, 10))


@pytest.mark.law("R7.3")
def test_investigation_and_verification_start_within_three_working_days(policy, calendar):
    assert investigation_start_due(date(2026, 9, 16), calendar, policy).value.day == date(2026, 9, 20)
    assert verification_start_due(date(2026, 9, 30), calendar, policy).value.day == date(2026, 10, 10)


@pytest.mark.law("R7.3")
def test_a_step_whose_term_nobody_fixed_is_not_guessed(policy, calendar):
    with pytest.raises(ParameterMissing, match="参数待确认"):
        step_due("clock.preliminary_opinion_working_days", date(2026, 9, 16), calendar, policy, "核对完成")


@pytest.mark.law("R7.3")
def test_two_acceptances_around_midnight_belong_to_two_months(policy):
    assert month_bucket(datetime(2026, 9, 30, 15, 59, 59, tzinfo=UTC)) == Month(2026, 9)
    assert month_bucket(datetime(2026, 9, 30, 16, 0, 0, tzinfo=UTC)) == Month(2026, 10)


@pytest.mark.law("R4.6")
def test_money_is_paid_from_the_month_after_the_decision(policy):
    assert str(first_month(date(2026, 12, 31)).value) == "2027-01"
