"""Gradual exit: who gets it, how long, how much, and when it ends by itself."""

from __future__ import annotations

from typing import Any

import pytest

from services.common.policy.gradual_exit import GradualExit, GradualExitFacts, gradual_exit
from services.common.policy.law import Invalid
from services.common.policy.parameters import Policy


def exit_of(policy: Policy, **change: Any) -> GradualExit:
    data = {
        "decided_on": "2026-08-31",
        "ground": "income-after-employment",
        "self_reported": True,
        "last_monthly_yuan": "1230.00",
    }
    return gradual_exit(GradualExitFacts.from_json({**data, **change}), policy).value


@pytest.mark.law("R6.3")
def test_six_payments_as_last_set_follow_the_month_of_the_decision(policy):
    found = exit_of(policy)
    assert (str(found.first_month), str(found.last_month), found.months) == ("2026-09", "2027-02", 6)
    assert (found.monthly, found.total) == (123000, 738000)
    assert str(found.stops_from) == "2027-03"


@pytest.mark.law("R6.3")
def test_no_gradual_exit_where_the_change_was_not_declared(policy):
    found = exit_of(policy, self_reported=False)
    assert (found.months, found.total) == (0, 0)
    assert str(found.stops_from) == "2026-09"


@pytest.mark.law("R6.3")
def test_a_decision_of_31_august_2027_ends_on_29_february_2028(policy):
    assert str(exit_of(policy, decided_on="2027-08-31").ends_on) == "2028-02-29"


@pytest.mark.law("R6.3")
@pytest.mark.parametrize(("spent", "months"), [("30000.00", 12), ("29999.99", 0)])
def test_twelve_months_where_rigid_spending_at_entry_reached_30000(spent: str, months: int, policy):
    found = exit_of(policy, ground="rigid-spending-at-entry", rigid_at_entry_yuan=spent)
    assert found.months == months


@pytest.mark.law("R6.3")
def test_the_longer_term_wins_where_two_grounds_hold(policy):
    grounds = ["graduate", "rigid-spending-at-entry"]
    assert exit_of(policy, ground=None, grounds=grounds, rigid_at_entry_yuan="30000").months == 12
    assert exit_of(policy, ground=None, grounds=grounds, rigid_at_entry_yuan="1000").months == 6


@pytest.mark.law("R6.3")
@pytest.mark.parametrize("ground", ["graduate", "lifted-out-of-poverty", "monitored"])
def test_six_months_on_each_of_the_other_grounds(ground: str, policy):
    assert exit_of(policy, ground=ground).months == 6


@pytest.mark.law("R6.3")
def test_no_ground_gives_no_gradual_exit(policy):
    assert exit_of(policy, ground=None).months == 0


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"ground": "渐退"}, "ground"),
        ({"ground": None, "grounds": ["x"]}, "grounds"),
        ({"self_reported": None}, "self_reported"),
        ({"self_reported": "是"}, "self_reported"),
        ({"last_monthly_yuan": None}, "last_monthly_fen"),
        ({"ground": "rigid-spending-at-entry"}, "rigid_at_entry_fen"),
        ({"decided": "2026-08-31"}, "decided"),
    ],
)
def test_a_wrong_fact_is_refused_by_the_name_of_its_field(change: dict[str, Any], field: str, policy):
    with pytest.raises(Invalid) as refused:
        exit_of(policy, **change)
    assert refused.value.field == field
