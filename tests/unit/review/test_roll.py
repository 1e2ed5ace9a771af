"""A household stands on the roll once, for what was confirmed."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from services.common.policy.household_terms import Category
from services.common.policy.month import Month
from services.review.model import (
    MOVES,
    CaseId,
    HouseholdId,
    PersonId,
    RecipientId,
    RollEntry,
    Stage,
)
from services.review.rules import roll

ENTRY = RollEntry(
    recipient_id=RecipientId("r"),
    case_id=CaseId("c"),
    household_id=HouseholdId("h"),
    township="140403103",
    village="140403103001",
    category=Category.DIBAO,
    insured_person_ids=(PersonId("a"), PersonId("b"), PersonId("c")),
    monthly_amount_fen=128_000,
    add_on_fen=0,
    first_month=Month(2026, 11),
    enrolled_on=date(2026, 10, 9),
)


@pytest.mark.law("R6.1")
def test_a_household_is_entered_with_the_number_of_insured_persons() -> None:
    found = roll.one_entry_a_household(ENTRY, None)

    assert found.article.id == "R6.1"
    assert "最低生活保障，保障3人" in str(found.facts["text"])


@pytest.mark.law("R6.1")
def test_a_second_confirmation_is_refused_while_the_household_receives_assistance() -> None:
    with pytest.raises(roll.AlreadyOnTheRoll):
        roll.one_entry_a_household(replace(ENTRY, case_id=CaseId("other")), ENTRY)


@pytest.mark.law("DB.21")
def test_the_entry_says_amount_and_first_month() -> None:
    found = roll.entitled_from(ENTRY)

    assert found.value == Month(2026, 11)
    assert found.facts["text"] == "自2026年11月起，每月1,280.00元"


@pytest.mark.law("R4.5")
def test_classified_add_on_aid_is_told_beside_the_amount() -> None:
    assert "分类施保50.00元" in str(roll.entitled_from(replace(ENTRY, add_on_fen=5_000)).facts["text"])


def test_every_stage_has_its_moves_and_an_ended_entry_stays_ended() -> None:
    assert MOVES.keys() == set(Stage)
    assert MOVES[Stage.ENDED] == frozenset()
