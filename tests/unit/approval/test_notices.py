"""The written notice in time or late, and the number of the district's receipt."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from services.approval.model import (
    CaseId,
    Decision,
    DecisionId,
    HouseholdId,
    MeetingId,
    Next,
    NoticeMethod,
    Outcome,
    StaffId,
)
from services.approval.rules import notices as rules
from services.common.policy.areas import TownshipCode
from services.common.policy.household_terms import Category
from services.common.policy.law import Conflict, Invalid
from services.common.policy.money import Fen

DECIDED, DUE = date(2026, 9, 30), date(2026, 10, 10)
REFUSED = Decision(
    decision_id=DecisionId("decision-1"),
    case_id=CaseId("case-1"),
    household_id=HouseholdId("household-1"),
    township=TownshipCode("140403103"),
    meeting_id=MeetingId("meeting-1"),
    revision=1,
    outcome=Outcome.REFUSE,
    category=Category.DIBAO,
    tier="",
    insured_person_ids=(),
    monthly_amount_fen=Fen(0),
    add_on_fen=Fen(0),
    reason="家庭收入超过标准",
    decided_on=DECIDED,
    decided_by=StaffId("leader"),
    next=Next.NONE,
    refused_on=DECIDED,
    notice_due_on=DUE,
)
CONFIRMED = replace(REFUSED, outcome=Outcome.CONFIRM, next=Next.FILING, refused_on=None, notice_due_on=None)
SENT_UP = replace(CONFIRMED, category=Category.DESTITUTE, next=Next.DISTRICT_APPROVAL)


@pytest.mark.law("R4.7")
@pytest.mark.parametrize(
    ("served_on", "value"), [(DECIDED, "in-time"), (DUE, "in-time"), (date(2026, 10, 11), "late")]
)
def test_a_refusal_served_after_its_last_day_is_recorded_as_late(served_on: date, value: str) -> None:
    found = rules.notice_served(REFUSED, NoticeMethod.POST, served_on, date(2026, 10, 12))
    assert found.value == value
    assert ("逾期" in str(found.facts["text"])) is (value == "late")


@pytest.mark.law("R4.7")
@pytest.mark.parametrize("served_on", [date(2026, 9, 29), date(2026, 10, 13)])
def test_a_notice_is_served_neither_before_the_decision_nor_in_the_future(served_on: date) -> None:
    with pytest.raises(Invalid, match="送达日期"):
        rules.notice_served(REFUSED, NoticeMethod.POST, served_on, date(2026, 10, 12))


@pytest.mark.law("R4.7")
def test_a_notice_is_not_served_twice() -> None:
    served = replace(REFUSED, notice_served_on=DUE)
    with pytest.raises(Conflict, match="2026-10-10"):
        rules.notice_served(served, NoticeMethod.IN_PERSON, DUE, DUE)


@pytest.mark.law("DB.21")
def test_the_notice_of_a_confirmation_has_no_term() -> None:
    found = rules.notice_served(CONFIRMED, NoticeMethod.IN_PERSON, date(2026, 11, 30), date(2026, 11, 30))
    assert (found.value, found.article.id) == ("served", "DB.21")


@pytest.mark.law("R4.9")
def test_no_result_is_told_before_the_district_has_decided() -> None:
    with pytest.raises(rules.NothingToServe):
        rules.notice_served(SENT_UP, NoticeMethod.IN_PERSON, DECIDED, DECIDED)
    approved = replace(SENT_UP, district_outcome=Outcome.CONFIRM, district_decided_on=DUE)
    with pytest.raises(Invalid):
        rules.notice_served(approved, NoticeMethod.IN_PERSON, DECIDED, DUE)
    assert rules.notice_served(approved, NoticeMethod.IN_PERSON, DUE, DUE).value == "served"


@pytest.mark.law("R4.7")
def test_a_notice_is_overdue_from_the_day_after_its_last() -> None:
    assert rules.notice_overdue(REFUSED, DUE) is None
    overdue = rules.notice_overdue(REFUSED, date(2026, 10, 11))
    assert overdue is not None
    assert "已逾期" in str(overdue.facts["text"])
    assert rules.notice_overdue(replace(REFUSED, notice_served_on=DUE), date(2026, 10, 11)) is None
    assert rules.notice_overdue(CONFIRMED, date(2027, 10, 11)) is None


@pytest.mark.law("R4.8")
def test_a_receipt_is_numbered_by_district_year_and_serial() -> None:
    assert rules.receipt_number("140403", 2026, 123) == "140403-2026-000123"


@pytest.mark.law("R4.8")
def test_an_open_filing_does_not_hold_up_the_payment() -> None:
    assert "不影响发放" in str(rules.filing_open(CONFIRMED, date(2026, 11, 1)).facts["text"])
