"""Eligibility and amount, by household and by single person."""

from __future__ import annotations

import copy
import json
from datetime import date
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.common.policy.assess import Assessment, WholeFamilyFirst, assess
from services.common.policy.household import Category, HouseholdFacts
from services.common.policy.law import Invalid
from services.common.policy.parameters import ParameterMissing, Policy

DAY = date(2026, 9, 14)
EXAMPLES = Path(__file__).parents[3] / "docs" / "examples"


def household(*incomes: list[dict[str, Any]], **more: Any) -> dict[str, Any]:
    """A household whose members have these incomes; further facts by name."""
    members = [{"key": f"m{n}", "relation": "成员", "incomes": list(i)} for n, i in enumerate(incomes)]
    assets = {"deposits_fen": 0, "houses": 1, "vehicles": 0}
    return {"category": "dibao", "applied_on": "2026-09-14", "members": members, "assets": assets, **more}


def money(kind: str, yuan: str, **more: Any) -> dict[str, Any]:
    return {"kind": kind, "monthly_yuan": yuan, **more}


def judge(data: dict[str, Any], policy: Policy) -> Assessment:
    return assess(HouseholdFacts.from_json(data), DAY, policy)


@pytest.mark.law("R4.5")
def test_the_amount_is_what_the_family_lacks_rounded_once_at_the_end(policy):
    found = judge(household([money("transfer", "1000.00")], [], []), policy)
    assert found.eligible
    assert found.per_capita == Fraction(100000, 3)
    assert found.amount == 128000
    assert found.persons == 3


@pytest.mark.law("R4.5")
def test_employment_cost_and_rigid_deduction_are_listed_as_steps_with_their_articles(amended):
    policy = amended({"income.employment_cost_rate": "0.2"})
    data = household([money("wage", "1800")], [money("transfer", "200")], [], rigid_deduction_yuan="400")
    found = judge(data, policy)
    assert (found.household_income, found.amount) == (124000, 104000)
    texts = {step.facts["text"]: step.article.id for step in found.steps}
    assert texts["就业成本扣减360.00元（按工资的20%）"] == "DB.13"
    assert any(text.startswith("残疾、重病刚性支出扣减400.00元") for text in texts)
    assert texts["补差：760.00 × 3 － 1,240.00 = 1,040.00元，末尾一次四舍五入到分"] == "DB.23"


def test_a_recorded_employment_cost_is_used_where_the_rate_is_not_decided(policy):
    found = judge(household([money("wage", "1000", employment_cost_yuan="200")], []), policy)
    assert found.household_income == 80000


def test_a_wage_without_recorded_cost_stops_while_the_rate_is_not_decided(policy):
    with pytest.raises(ParameterMissing, match="参数待确认：就业成本"):
        judge(household([money("wage", "1000")], []), policy)


def test_rigid_spending_without_a_recognised_deduction_stops_while_the_rate_is_not_decided(policy):
    data = household([money("transfer", "500")], rigid_spending=[{"kind": "medical", "total_yuan": "1200"}])
    with pytest.raises(ParameterMissing, match="刚性支出扣减"):
        judge(data, policy)


def test_rigid_spending_is_deducted_by_the_districts_rate(amended):
    data = household([money("transfer", "500")], rigid_spending=[{"kind": "medical", "total_yuan": "1200"}])
    assert judge(data, amended({"dibao.rigid_deduction_rate": "1"})).household_income == 40000


def test_income_of_part_of_the_window_is_spread_over_it(policy):
    assert judge(household([money("transfer", "1000", months=6)]), policy).household_income == 50000


def test_support_paid_to_others_is_taken_off(policy):
    data = household([money("transfer", "500"), money("support-paid", "100")])
    assert judge(data, policy).household_income == 40000


def test_income_never_falls_below_zero(policy):
    data = household([money("transfer", "500")], rigid_deduction_yuan="900")
    found = judge(data, policy)
    assert (found.household_income, found.amount) == (0, 76000)


def test_what_the_law_excludes_is_not_counted(policy):
    kinds = ["preferential-pension", "family-planning-award", "scholarship", "bravery-award"]
    kinds += ["government-aid", "disability-subsidy"]
    assert judge(household([money(kind, "900") for kind in kinds]), policy).household_income == 0


def test_the_basic_pension_was_excluded_until_2025_and_nobody_decided_what_follows(policy):
    data = household([money("basic-pension", "143")])
    facts = HouseholdFacts.from_json({**data, "applied_on": "2025-09-15"})
    assert assess(facts, date(2025, 9, 15), policy).household_income == 0
    with pytest.raises(ParameterMissing, match="基础养老金"):
        judge(data, policy)


def test_income_equal_to_the_standard_is_not_below_it(policy):
    assert judge(household([money("transfer", "759.99")]), policy).eligible
    found = judge(household([money("transfer", "760.00")]), policy)
    assert not found.eligible
    assert found.amount == 0
    assert found.suggested is Category.EDGE


@pytest.mark.parametrize(
    ("income", "edge"), [("759.99", False), ("760", True), ("1139.99", True), ("1140", False)]
)
def test_an_edge_family_lies_from_the_standard_up_to_one_and_a_half_of_it(income: str, edge: bool, policy):
    found = judge(household([money("transfer", income)], category="edge"), policy)
    assert found.eligible is edge
    assert found.amount == 0


def test_a_family_below_the_standard_with_property_over_the_limits_is_an_edge_family(policy):
    assets = {
        "deposits_yuan": "90000",
        "houses": 1,
        "vehicles": 0,
        "meets_limits": False,
        "meets_edge_limits": True,
    }
    data = household([money("transfer", "100")], assets=assets)
    found = judge(data, policy)
    assert not found.eligible
    assert found.suggested is Category.EDGE
    assert judge({**data, "category": "edge"}, policy).eligible


def test_property_beyond_necessities_without_a_conclusion_stops(policy):
    assets = {"deposits_yuan": "90000", "houses": 1, "vehicles": 0}
    with pytest.raises(ParameterMissing, match="金融资产上限"):
        judge(household([money("transfer", "100")], assets=assets), policy)


def test_property_is_compared_with_the_limits_once_they_are_decided_and_an_exemption_is_recorded(amended):
    policy = amended({"property.vehicles_limit": 0})
    assets: dict[str, Any] = {"deposits_yuan": "0", "houses": 1, "vehicles": 1}
    assert not judge(household([money("transfer", "100")], assets=assets), policy).eligible
    exempted = {**assets, "exemption": "残疾人代步车"}
    assert judge(household([money("transfer", "100")], assets=exempted), policy).eligible


def test_members_in_prison_or_away_are_not_counted(policy):
    data = household([money("transfer", "900")], [])
    data["members"][1]["standing"] = "prison"
    found = judge(data, policy)
    assert found.persons == 1
    assert "在监狱内服刑，不计入" in str(found.steps[0].facts["text"])


@pytest.mark.law("R6.1")
def test_an_eligible_family_is_insured_whole(policy):
    data = household([money("transfer", "1000")], [], [], insured=["m0"])
    with pytest.raises(WholeFamilyFirst) as refused:
        judge(data, policy)
    assert refused.value.article.id == "NOTICE2022.1_1"
    assert judge({**data, "insured": ["m0", "m1", "m2"]}, policy).eligible


def single(disability: dict[str, Any] | None, ground: str = "severely-disabled", income: str = "1900") -> Any:
    data = household([money("transfer", income)], [], single_person={"member": "m1", "ground": ground})
    data["members"][1] |= {"disability": disability, "born_on": "1990-06-01", "employment": "unemployed"}
    return data


@pytest.mark.law("R6.1")
def test_a_severely_disabled_adult_of_an_edge_family_is_insured_alone(policy):
    found = judge(single({"kind": "limb", "grade": 2}), policy)
    assert (found.eligible, found.persons, found.insured) == (True, 1, ("m1",))
    assert found.amount == 76000


@pytest.mark.law("R6.1")
@pytest.mark.parametrize(
    ("kind", "grade", "eligible"),
    [
        ("limb", 1, True),
        ("limb", 3, False),
        ("limb", 4, False),
        ("mental", 3, True),
        ("intellectual", 4, False),
    ],
)
def test_which_disabilities_are_a_ground_for_a_single_person(kind: str, grade: int, eligible: bool, policy):
    assert judge(single({"kind": kind, "grade": grade}), policy).eligible is eligible


@pytest.mark.law("R6.1")
def test_a_single_person_of_an_eligible_family_is_refused_for_the_whole_family(policy):
    with pytest.raises(WholeFamilyFirst):
        judge(single({"kind": "limb", "grade": 2}, income="1000"), policy)


def test_a_family_above_the_edge_gives_no_single_person_but_a_jobless_severely_disabled_adult(policy):
    disability = {"kind": "limb", "grade": 2}
    assert not judge(single(disability, income="9000"), policy).eligible
    assert judge(single(disability, "jobless-severely-disabled", income="9000"), policy).eligible


def test_a_ground_that_the_facts_do_not_bear_out_fails(policy):
    assert not judge(single(None, "seriously-ill"), policy).eligible


@pytest.mark.law("R4.9")
def test_a_destitute_person_meets_all_three_conditions(policy):
    data = json.loads((EXAMPLES / "destitute.json").read_text(encoding="utf-8"))
    assert judge(data, policy).amount == 98800
    assert judge({**data, "collective_care": True}, policy).amount == 108700
    for change in (
        {"born_on": "1980-01-01"},
        {"incomes": [money("transfer", "760")]},
        {"supporters": [{"relation": "儿子"}]},
    ):
        changed = copy.deepcopy(data)
        changed["members"][0] |= change
        assert not judge(changed, policy).eligible
    data["members"][0]["supporters"] = [{"relation": "儿子", "unable": "severely-disabled"}]
    assert judge(data, policy).eligible


def test_rigid_expenditure_stops_without_its_ratio_and_is_judged_with_it(policy, amended):
    data = json.loads((EXAMPLES / "rigid-expenditure.json").read_text(encoding="utf-8"))
    with pytest.raises(ParameterMissing, match="参数待确认"):
        judge(data, policy)
    decided = {"rigid.disposable_income_month_fen": 300000}
    assert judge(data, amended({**decided, "rigid.ratio": "3/5"})).eligible
    assert not judge(data, amended({**decided, "rigid.ratio": "2"})).eligible


def test_a_family_that_meets_a_better_category_is_not_one_of_rigid_expenditure(policy):
    found = judge(household([money("transfer", "100")], category="rigid"), policy)
    assert not found.eligible
    assert found.suggested is Category.DIBAO


def test_add_on_aid_stands_apart_and_takes_the_highest_category_of_each_person(policy, amended):
    data = household([money("transfer", "100")], [])
    data["members"][0] |= {"born_on": "1950-01-01", "seriously_ill": True}
    undecided = judge(data, policy)
    assert undecided.add_on is None
    rates = {"addon.elderly_fen": 5000, "addon.seriously_ill_fen": 8000}
    decided = judge(data, amended(rates))
    assert decided.add_on == 8000
    assert decided.amount == undecided.amount == 142000


def test_tiers_are_the_other_method(amended):
    policy = amended({"amount.method": "tiers", "amount.tiers": ["300:600", "760:300"]})
    found = judge(household([money("transfer", "1000")], [], []), policy)
    assert (found.tier, found.amount) == ("第2档", 90000)


def test_a_case_keeps_the_values_of_its_own_day(amended):
    policy = amended({"dibao.standard_fen": 80000}, date(2026, 10, 1))
    facts = HouseholdFacts.from_json(household([money("transfer", "100")]))
    assert assess(facts, DAY, policy).amount == 66000
    assert assess(facts, date(2026, 10, 1), policy).amount == 70000


def test_an_old_case_run_again_gives_the_old_answer(amended):
    policy = amended({"dibao.standard_fen": 80000})
    facts = HouseholdFacts.from_json(household([money("transfer", "100")]))
    assert assess(facts, DAY, policy.at_revision(0)).amount == 66000
    assert assess(facts, DAY, policy).revision == 1


def test_unconfirmed_values_are_named(policy):
    assert "dibao.standard_fen" in judge(household([money("transfer", "100")]), policy).unconfirmed


@pytest.mark.parametrize("path", sorted(EXAMPLES.glob("*.json")), ids=lambda path: path.stem)
def test_the_facts_of_every_example_survive_their_own_json(path: Path):
    data = json.loads(path.read_text(encoding="utf-8"))
    if "members" in data:
        facts = HouseholdFacts.from_json(data)
        assert HouseholdFacts.from_json(json.loads(json.dumps(facts.to_json()))) == facts


GOOD = household([money("transfer", "100")])


def earning(**income: Any) -> dict[str, Any]:
    return {"members": [{"key": "a", "relation": "户主", "incomes": [income]}]}


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"category": "低保"}, "category"),
        ({"category": None}, "category"),
        ({"applied_on": "2026-02-30"}, "applied_on"),
        ({"applied_on": 20260914}, "applied_on"),
        ({"members": []}, "members"),
        ({"members": "三人"}, "members"),
        ({"members": [3]}, "members[0]"),
        ({"members": [{"key": "a"}]}, "members[0].relation"),
        ({"members": [{"key": "a", "relation": "户主", "born_on": "2027-01-01"}]}, "members[0].born_on"),
        ({"members": [{"key": "a", "relation": "户主", "incmes": []}]}, "members[0].incmes"),
        (
            {
                "members": [
                    {"key": "a", "relation": "户主", "incomes": [{"kind": "wage", "monthly_yuan": "1,2"}]}
                ]
            },
            "members[0].incomes[0].monthly_yuan",
        ),
        (
            earning(kind="wage", monthly_fen=-1),
            "members[0].incomes[0].monthly_fen",
        ),
        (
            {
                "members": [
                    {"key": "a", "relation": "户主", "incomes": [{"kind": "wage", "monthly_fen": 1.5}]}
                ]
            },
            "members[0].incomes[0].monthly_fen",
        ),
        (
            earning(kind="薪水", monthly_fen=1),
            "members[0].incomes[0].kind",
        ),
        ({"members": [{"key": "a", "relation": "甲"}, {"key": "a", "relation": "乙"}]}, "members"),
        ({"assets": None}, "assets"),
        ({"assets": {"houses": 1, "vehicles": 0}}, "assets.deposits_fen"),
        ({"assets": {"deposits_fen": 0, "houses": True, "vehicles": 0}}, "assets.houses"),
        ({"single_person": {"member": "x", "ground": "clergy"}}, "members"),
        ({"insured": []}, "insured"),
        ({"insured": ["x"]}, "members"),
        ({"name": "张三"}, "name"),
    ],
)
def test_a_wrong_fact_is_refused_by_the_name_of_its_field(change: dict[str, Any], field: str):
    with pytest.raises(Invalid) as refused:
        HouseholdFacts.from_json({**GOOD, **change})
    assert refused.value.field == field
    assert any("\u4e00" <= c <= "\u9fff" for c in refused.value.message)


@given(st.lists(st.integers(0, 300_000), min_size=1, max_size=6))
def test_the_guarantee_brings_the_family_to_the_standard_and_never_above_by_a_fen(monthly: list[int]):
    data = household(*([{"kind": "transfer", "monthly_fen": fen}] for fen in monthly))
    found = judge(data, Policy.shipped())
    lacking = 76000 * len(monthly) - sum(monthly)
    assert found.eligible is (lacking > 0)
    assert found.amount == max(lacking, 0)
