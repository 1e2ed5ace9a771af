"""What a decision fixes, what it must give reasons for, and where it goes."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from services.approval.model import (
    MOVES,
    ROUTES,
    CaseId,
    DocketItem,
    HouseholdId,
    Next,
    Outcome,
    PersonId,
    Stage,
)
from services.approval.rules import decision as rules
from services.common.policy.areas import TownshipCode
from services.common.policy.clocks import first_month, refusal_notice_due
from services.common.policy.household_terms import Category
from services.common.policy.law import Invalid
from services.common.policy.money import Fen
from services.common.policy.parameters import Parameter, Policy, Revision

POLICY = Policy.shipped()
DAY = date(2026, 10, 9)
FAMILY = (PersonId("p1"), PersonId("p2"), PersonId("p3"))
ITEM = DocketItem(
    case_id=CaseId("case-1"),
    household_id=HouseholdId("household-1"),
    township=TownshipCode("140403103"),
    revision=1,
    category=Category.DIBAO,
    household_size=3,
    insured_person_ids=FAMILY,
    proposed_amount_fen=Fen(128000),
    due_on=date(2026, 10, 30),
    kin_declared=False,
)
AS_PROPOSED = rules.Resolution(
    outcome=Outcome.CONFIRM,
    category=Category.DIBAO,
    insured_person_ids=FAMILY,
    monthly_amount_fen=Fen(128000),
)


def resolve(resolution: rules.Resolution, item: DocketItem = ITEM, policy: Policy = POLICY) -> str:
    return str(rules.resolve(resolution, item, policy, DAY).facts["text"])


def tiered() -> Policy:
    method = POLICY.definition("amount.method").row("tiers", date(2026, 1, 1), "测试", confirmed=True)
    assert isinstance(method, Parameter)
    return POLICY.with_revision(Revision(1, (method,)))


@pytest.mark.law("R4.5")
def test_a_decision_fixes_persons_category_and_amount() -> None:
    text = resolve(AS_PROPOSED)
    assert text == "确认最低生活保障，保障人口3人，每月1,280.00元"


@pytest.mark.law("NOTICE2022.1_1")
def test_a_family_of_three_is_not_cut_down_to_one_even_with_a_reason() -> None:
    single = replace(AS_PROPOSED, insured_person_ids=FAMILY[:1], reason="只保病人")
    with pytest.raises(rules.WholeFamilyRequired, match="不得仅将个别家庭成员纳入") as refused:
        resolve(single)
    assert refused.value.article.id == "NOTICE2022.1_1"


@pytest.mark.law("NOTICE2022.1_1")
def test_a_single_person_household_does_not_bring_in_the_rest_of_the_family() -> None:
    alone = replace(ITEM, insured_person_ids=FAMILY[:1])
    assert "保障人口1人" in resolve(replace(AS_PROPOSED, insured_person_ids=FAMILY[:1]), alone)
    with pytest.raises(rules.WholeFamilyRequired, match="单人户"):
        resolve(AS_PROPOSED, alone)


@pytest.mark.law("NOTICE2022.1_1")
@pytest.mark.parametrize("persons", [(), (*FAMILY, FAMILY[0])])
def test_insured_persons_are_named_and_named_once(persons: tuple[PersonId, ...]) -> None:
    with pytest.raises(Invalid, match="保障人口"):
        resolve(replace(AS_PROPOSED, insured_person_ids=persons))


@pytest.mark.law("R4.5")
def test_a_stranger_to_the_proposal_is_not_insured() -> None:
    with pytest.raises(rules.WholeFamilyRequired):
        resolve(replace(AS_PROPOSED, insured_person_ids=(*FAMILY, PersonId("p4"))))


@pytest.mark.law("R4.5")
@pytest.mark.parametrize(
    ("change", "named"),
    [
        ({"monthly_amount_fen": Fen(120000)}, "保障金额"),
        ({"category": Category.DESTITUTE}, "保障类别"),
        ({"add_on_fen": Fen(15200)}, "分类施保金额"),
    ],
)
def test_a_departure_from_the_proposal_needs_a_reason(change: dict[str, object], named: str) -> None:
    departed = replace(AS_PROPOSED, **change)  # type: ignore[arg-type]
    with pytest.raises(rules.ReasonRequired, match=named):
        resolve(departed)
    assert "会议核实" in resolve(replace(departed, reason="会议核实"))


@pytest.mark.law("R4.5")
def test_a_paid_category_needs_an_amount() -> None:
    with pytest.raises(rules.AmountNotAllowed, match="大于零"):
        resolve(replace(AS_PROPOSED, monthly_amount_fen=Fen(0), reason="无"))


@pytest.mark.law("R4.5")
@pytest.mark.parametrize("category", [Category.EDGE, Category.RIGID])
def test_an_edge_or_rigid_family_is_recognised_and_not_paid(category: Category) -> None:
    item = replace(ITEM, category=category, proposed_amount_fen=Fen(0))
    recognised = replace(AS_PROPOSED, category=category, monthly_amount_fen=Fen(0))
    assert "元" not in resolve(recognised, item)
    with pytest.raises(rules.AmountNotAllowed, match="应为零"):
        resolve(replace(recognised, monthly_amount_fen=Fen(1), reason="照顾"), item)


@pytest.mark.law("R4.5")
def test_a_negative_amount_is_sent_back() -> None:
    with pytest.raises(Invalid, match="负数"):
        resolve(replace(AS_PROPOSED, monthly_amount_fen=Fen(-1)))


@pytest.mark.law("R4.5")
def test_a_tier_is_named_exactly_where_the_method_has_tiers() -> None:
    with pytest.raises(rules.TierNotAllowed, match="补差"):
        resolve(replace(AS_PROPOSED, tier="一档"))
    with pytest.raises(rules.TierNotAllowed, match="请填写"):
        resolve(AS_PROPOSED, policy=tiered())
    assert resolve(replace(AS_PROPOSED, tier="一档"), policy=tiered())


@pytest.mark.law("R4.7")
@pytest.mark.parametrize("reason", ["", "  "])
def test_a_refusal_without_a_reason_is_refused(reason: str) -> None:
    with pytest.raises(rules.ReasonRequired, match="须说明理由"):
        resolve(rules.Resolution(outcome=Outcome.REFUSE, category=Category.DIBAO, reason=reason))


@pytest.mark.law("R4.7")
def test_a_refusal_keeps_its_reason() -> None:
    refusal = rules.Resolution(outcome=Outcome.REFUSE, category=Category.DIBAO, reason="家庭收入超过标准")
    assert "家庭收入超过标准" in resolve(refusal)


@pytest.mark.law("R4.8", "R4.9")
def test_the_township_confirms_three_categories_and_sends_the_destitute_up() -> None:
    confirmed = {c for c in Category if rules.route(c, Outcome.CONFIRM).value is Next.FILING}
    assert confirmed == {Category.DIBAO, Category.EDGE, Category.RIGID}
    up = rules.route(Category.DESTITUTE, Outcome.CONFIRM)
    assert (up.value, up.article.id) == (Next.DISTRICT_APPROVAL, "R4.9")
    assert rules.route(Category.DIBAO, Outcome.CONFIRM).article.id == "R4.8"
    assert set(ROUTES) == set(Category)


@pytest.mark.law("R4.7")
@pytest.mark.parametrize("category", list(Category))
def test_a_refusal_is_neither_filed_nor_sent_up(category: Category) -> None:
    assert rules.route(category, Outcome.REFUSE).value is Next.NONE


@pytest.mark.law("R4.9")
def test_the_district_refuses_with_a_reason_too() -> None:
    with pytest.raises(rules.ReasonRequired, match="区民政局"):
        rules.district_decision(Outcome.REFUSE, " ")
    assert "批准" in str(rules.district_decision(Outcome.CONFIRM, "").facts["text"])


@pytest.mark.law("R4.6", "DB.21")
def test_payment_starts_in_the_month_after_the_decision() -> None:
    assert str(first_month(DAY).value) == "2026-11"
    assert str(first_month(date(2026, 12, 31)).value) == "2027-01"


@pytest.mark.law("R4.7")
def test_a_refusal_of_30_september_is_told_by_the_working_saturday_after_the_holiday() -> None:
    due = refusal_notice_due(date(2026, 9, 30), POLICY.calendar, POLICY)
    assert due.value.day == date(2026, 10, 10)


def test_every_stage_has_its_moves() -> None:
    assert set(MOVES) == set(Stage)
