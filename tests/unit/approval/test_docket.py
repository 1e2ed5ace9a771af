"""Which cases reach a meeting, and from which day on."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.approval.model import CaseId, DocketItem, HouseholdId, PersonId, Publicity, Stage
from services.approval.rules.docket import (
    DistrictVisitMissing,
    Entry,
    PublicityNotOver,
    agenda,
    blockers,
    district_visit,
    readiness,
)
from services.common.policy.areas import TownshipCode
from services.common.policy.calendar import WorkCalendar
from services.common.policy.household_terms import Category
from services.common.policy.law import Conflict, Invalid
from services.common.policy.money import Fen
from services.common.policy.parameters import Policy
from services.common.policy.publicity import PublicityKind, publicity_period

POLICY = Policy.shipped()
CASE = CaseId("case-1")
LAST_DAY, DECIDABLE = date(2026, 10, 8), date(2026, 10, 9)
ITEM = DocketItem(
    case_id=CASE,
    household_id=HouseholdId("household-1"),
    township=TownshipCode("140403103"),
    revision=1,
    category=Category.DIBAO,
    household_size=3,
    insured_person_ids=(PersonId("p1"), PersonId("p2"), PersonId("p3")),
    proposed_amount_fen=Fen(128000),
    due_on=date(2026, 10, 30),
    kin_declared=False,
)
POSTED = Publicity(case_id=CASE, revision=1, ends_on=LAST_DAY, decidable_on=DECIDABLE)
CONCLUDED = replace(POSTED, concluded_on=DECIDABLE)
READY = replace(ITEM, stage=Stage.READY, ready_on=DECIDABLE)


@pytest.mark.law("R4.2")
def test_a_case_is_ready_when_its_publicity_ended_without_objection() -> None:
    ready = readiness(Entry(ITEM, CONCLUDED), DECIDABLE)
    assert ready is not None
    assert ready.value == DECIDABLE
    assert "2026-10-09" in str(ready.facts["text"])


@pytest.mark.law("R4.2")
@pytest.mark.parametrize("publicity", [None, POSTED, replace(CONCLUDED, revision=2)])
def test_a_case_waits_without_the_end_of_its_own_publicity(publicity: Publicity | None) -> None:
    assert readiness(Entry(ITEM, publicity), DECIDABLE) is None


@pytest.mark.law("R4.2")
def test_a_conclusion_dated_by_the_last_day_still_waits_for_the_day_after() -> None:
    ready = readiness(Entry(ITEM, replace(POSTED, concluded_on=LAST_DAY)), DECIDABLE)
    assert ready is not None
    assert ready.value == DECIDABLE


@pytest.mark.law("R4.2")
def test_a_meeting_on_the_last_day_of_publicity_is_refused_and_the_date_is_named() -> None:
    (refused,) = blockers(Entry(READY, CONCLUDED), POLICY, LAST_DAY)
    assert isinstance(refused, PublicityNotOver)
    assert "2026-10-08" in refused.message
    assert "2026-10-09" in refused.message
    assert blockers(Entry(READY, CONCLUDED), POLICY, DECIDABLE) == ()


@pytest.mark.law("R4.2")
def test_the_date_is_named_while_the_notice_still_hangs() -> None:
    (refused,) = blockers(Entry(ITEM, POSTED), POLICY, LAST_DAY)
    assert "2026-10-08" in refused.message
    assert "2026-10-09" in refused.message


@pytest.mark.law("R4.2")
def test_a_case_whose_notice_was_never_hung_says_so() -> None:
    (refused,) = blockers(Entry(ITEM, None), POLICY, DECIDABLE)
    assert "公示" in refused.message
    assert refused.code == "publicity-not-over"


@pytest.mark.law("R4.2", "R5.2a")
@pytest.mark.law("R4.7")
def test_an_opinion_that_found_nobody_eligible_comes_before_the_meeting_without_publicity() -> None:
    ready = readiness(Entry(replace(ITEM, insured_person_ids=()), None), LAST_DAY)
    assert ready is not None
    assert ready.value == LAST_DAY


@given(st.dates(date(2026, 1, 1), date(2027, 12, 1)), st.integers(0, 30))
def test_no_meeting_is_ever_held_within_the_publicity(posted_on: date, later: int) -> None:
    period = publicity_period(PublicityKind.INITIAL, posted_on, WorkCalendar.shipped(), POLICY).value
    publicity = replace(
        POSTED,
        ends_on=period.last_day,
        decidable_on=period.decidable_on,
        concluded_on=period.last_day,
    )
    ready = readiness(Entry(ITEM, publicity), DECIDABLE)
    assert ready is not None
    day = posted_on + timedelta(days=later)
    refused = blockers(Entry(replace(READY, ready_on=ready.value), publicity), POLICY, day)
    assert bool(refused) is (day <= period.last_day)


@pytest.mark.law("DB.20")
def test_a_household_with_declared_kin_waits_for_the_districts_own_visit() -> None:
    kin = replace(READY, kin_declared=True)
    (refused,) = blockers(Entry(kin, CONCLUDED), POLICY, DECIDABLE)
    assert isinstance(refused, DistrictVisitMissing)
    assert refused.article.id == "DB.20"
    visited = replace(kin, district_visited_on=date(2026, 9, 28))
    assert blockers(Entry(visited, CONCLUDED), POLICY, DECIDABLE) == ()


@pytest.mark.law("DB.20")
def test_a_visit_of_tomorrow_cannot_be_recorded_today() -> None:
    assert district_visit(LAST_DAY, LAST_DAY).value == LAST_DAY
    with pytest.raises(Invalid, match="不能晚于今天"):
        district_visit(DECIDABLE, LAST_DAY)


@pytest.mark.law("R4.2")
def test_an_agenda_takes_no_case_of_another_township() -> None:
    with pytest.raises(Invalid, match="其他镇街"):
        agenda((CASE,), {CASE: Entry(READY, CONCLUDED)}, "140403104", POLICY, DECIDABLE)


@pytest.mark.law("R4.2")
@pytest.mark.parametrize("case_ids", [(), (CASE, CASE)])
def test_an_agenda_is_neither_empty_nor_names_a_case_twice(case_ids: tuple[CaseId, ...]) -> None:
    with pytest.raises(Invalid, match="议程"):
        agenda(case_ids, {CASE: Entry(READY, CONCLUDED)}, "140403103", POLICY, DECIDABLE)


def test_a_refused_case_makes_no_further_move() -> None:
    with pytest.raises(Conflict, match="不予确认"):
        replace(ITEM, stage=Stage.REFUSED).move(Stage.ON_AGENDA)
