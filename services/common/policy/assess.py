"""Whether a household is eligible, for how many persons and at which amount, step by step."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date

from services.common.policy.add_on import add_on
from services.common.policy.articles import (
    DB_8,
    DB_23,
    GX_3,
    GX_4,
    INTERIM_9,
    NOTICE2022_1_1,
    NOTICE2022_1_4,
    NOTICE2023_5_1,
    TK_4,
    TK_17,
)
from services.common.policy.assessment import Assessment as Assessment
from services.common.policy.assessment import WholeFamilyFirst as WholeFamilyFirst
from services.common.policy.assessment import require_whole_family as require_whole_family
from services.common.policy.benefit import benefit as benefit
from services.common.policy.destitute import destitute, destitute_means
from services.common.policy.household import Category, HouseholdFacts, MemberFacts, SingleGround
from services.common.policy.law import Finding, Invalid, rule
from services.common.policy.means import Means, Steps, counted_persons, means_of, property_fits
from services.common.policy.money import Fen, exact_yuan, yuan
from services.common.policy.parameters import ParameterMissing, Policy


@rule(NOTICE2023_5_1)
def assess(facts: HouseholdFacts, calendar_day: date, policy: Policy) -> Assessment:
    """Judge the category applied for with the values of that day; where it fails, name one that would fit."""
    if facts.single_person:
        found = _single_person(facts, facts.member(facts.single_person.member), calendar_day, policy)
    else:
        found = _JUDGES[facts.category](facts, calendar_day, policy)
        if found.eligible and facts.insured is not None:
            whole = require_whole_family(facts, facts.insured)
            found = replace(found, steps=(*found.steps, whole))
    suggested = None if found.eligible else _suggest(facts, calendar_day, policy)
    return replace(
        found,
        suggested=suggested,
        unconfirmed=_unconfirmed(found.category, calendar_day, policy),
        revision=policy.revision,
    )


@rule(INTERIM_9, DB_23)
def _dibao(facts: HouseholdFacts, day: date, policy: Policy) -> Assessment:
    """Income per head below the standard, and property within its limits."""
    people, means = counted_persons(facts), means_of(facts.counted, facts, day, policy)
    below = _below_standard(means, policy.fen("dibao.standard_fen", day))
    steps: Steps = (people, *means.steps, below)
    if not below.value:
        return _outcome(Category.DIBAO, means, steps)
    fits = property_fits(facts, day, policy)
    steps = (*steps, fits)
    if not fits.value:
        return _outcome(Category.DIBAO, means, steps)
    return _granted(facts.counted, means, steps, day, policy)


@rule(DB_8)
def _edge(facts: HouseholdFacts, day: date, policy: Policy) -> Assessment:
    """Income per head from the standard up to its multiple, or below it with property over its limits."""
    people, means = counted_persons(facts), means_of(facts.counted, facts, day, policy)
    in_band = _edge_family(facts, means, day, policy)
    steps = (people, *means.steps, *in_band)
    return _outcome(Category.EDGE, means, steps, eligible=all(step.value for step in in_band))


@rule(GX_3, GX_4)
def _rigid(facts: HouseholdFacts, day: date, policy: Policy) -> Assessment:
    """Not one of the other categories, and rigid spending over its share of the family's income."""
    people, means = counted_persons(facts), means_of(facts.counted, facts, day, policy)
    steps: Steps = (people, *means.steps)
    other = _suggest(facts, day, policy, before=Category.RIGID)
    if other:
        text = f"家庭符合{other.chinese}条件，应按该类认定"
        return _outcome(Category.RIGID, means, (*steps, Finding(GX_3, False, {"text": text})))
    line = policy.fen("rigid.disposable_income_month_fen", day)
    below_text = f"人均月收入{exact_yuan(means.per_capita)}元，上年度人均可支配收入（折月）{yuan(line)}元"
    below = Finding(GX_3, means.per_capita < line, {"text": below_text})
    share = _spending_share(facts, means, day, policy)
    steps = (*steps, below, share, property_fits(facts, day, policy, edge=True))
    return _outcome(Category.RIGID, means, steps, eligible=all(step.value for step in steps[-3:]))


@rule(TK_4, TK_17)
def _destitute(facts: HouseholdFacts, day: date, policy: Policy) -> Assessment:
    """Support at the published standard for each person who meets the three conditions."""
    people, (eligible, conditions) = counted_persons(facts), destitute(facts, day, policy)
    steps: Steps = (people, *conditions)
    income = destitute_means(facts, day, policy)
    if not eligible:
        return _outcome(Category.DESTITUTE, income, steps)
    name = "destitute.collective_fen" if facts.collective_care else "destitute.dispersed_fen"
    each = policy.fen(name, day)
    amount = Fen(each * income.persons)
    how = "集中" if facts.collective_care else "分散"
    text = f"{how}供养标准每人每月{yuan(each)}元 × {income.persons}人 = {yuan(amount)}元"
    steps = (*steps, Finding(TK_17, amount, {"text": text}))
    keys = tuple(m.key for m in facts.counted)
    return replace(_outcome(Category.DESTITUTE, income, steps, eligible=True), amount=amount, insured=keys)


_JUDGES: dict[Category, Callable[[HouseholdFacts, date, Policy], Assessment]] = {
    Category.DESTITUTE: _destitute,
    Category.DIBAO: _dibao,
    Category.EDGE: _edge,
    Category.RIGID: _rigid,
}


@rule(DB_8, NOTICE2022_1_1, NOTICE2022_1_4)
def _single_person(facts: HouseholdFacts, person: MemberFacts, day: date, policy: Policy) -> Assessment:
    """One member alone, on a listed ground; an eligible family is insured whole instead."""
    application = facts.single_person
    if application is None:
        raise Invalid("single_person", "请填写单人户申请的成员和理由")
    ground = application.ground
    family = means_of(facts.counted, facts, day, policy)
    standard = policy.fen("dibao.standard_fen", day)
    if (
        ground is not SingleGround.CLERGY
        and family.per_capita < standard
        and property_fits(facts, day, policy).value
    ):
        raise WholeFamilyFirst(
            NOTICE2022_1_1,
            f"家庭人均月收入{exact_yuan(family.per_capita)}元，整户符合低保条件，不得仅将一人纳入",
        )
    own = means_of([person], facts, day, policy, own_only=True)
    steps: list[Finding[object]] = [counted_persons(facts)]
    if ground in (SingleGround.SEVERELY_DISABLED, SingleGround.SERIOUSLY_ILL):
        steps += _edge_family(facts, family, day, policy)
    on_ground = _ground_met(person, ground, day, policy)
    steps.append(on_ground)
    eligible = all(step.value for step in steps)
    below = _below_standard(own, standard)
    steps += [*own.steps, below]
    if not (eligible and below.value):
        return _outcome(Category.DIBAO, own, tuple(steps))
    return _granted((person,), own, tuple(steps), day, policy)


def _ground_met(person: MemberFacts, ground: SingleGround, day: date, policy: Policy) -> Finding[bool]:
    severe = person.disability is not None and person.disability.severe
    article = NOTICE2022_1_4 if ground is SingleGround.JOBLESS_SEVERELY_DISABLED else DB_8
    if ground is SingleGround.SEVERELY_DISABLED:
        met = severe
    elif ground is SingleGround.SERIOUSLY_ILL:
        met = person.seriously_ill
    elif ground is SingleGround.CLERGY:
        met = person.clergy_three_years
    else:
        adult = severe and person.age(day) >= policy.int("addon.minor_age", day)
        met = adult and person.employment is not None and person.employment.jobless
    text = f"单人户理由“{ground.chinese}”{'成立' if met else '不成立，与登记的情况不符'}"
    return Finding(article, met, {"ground": ground.value, "text": text})


def _below_standard(means: Means, standard: Fen) -> Finding[bool]:
    below = means.per_capita < standard
    text = (
        f"人均月收入{exact_yuan(means.income)} ÷ {means.persons} = {exact_yuan(means.per_capita)}元，"
        f"{'低于' if below else '不低于'}低保标准{yuan(standard)}元"
    )
    return Finding(INTERIM_9, below, {"standard_fen": standard, "text": text})


def _edge_family(facts: HouseholdFacts, means: Means, day: date, policy: Policy) -> list[Finding[object]]:
    """Whether the family is one of the edge: by income, or stopped by property alone."""
    standard = policy.fen("dibao.standard_fen", day)
    line = standard * policy.fraction("dibao.edge_factor", day)
    if means.per_capita >= line:
        text = f"人均月收入{exact_yuan(means.per_capita)}元，不低于低保边缘线{exact_yuan(line)}元"
        return [Finding(DB_8, False, {"text": text})]
    if means.per_capita < standard and property_fits(facts, day, policy).value:
        text = f"人均月收入{exact_yuan(means.per_capita)}元，符合低保条件，不按边缘家庭认定"
        return [Finding(DB_8, False, {"text": text})]
    text = f"人均月收入{exact_yuan(means.per_capita)}元，低于低保边缘线{exact_yuan(line)}元，未纳入低保"
    return [Finding(DB_8, True, {"text": text}), property_fits(facts, day, policy, edge=True)]


def _spending_share(facts: HouseholdFacts, means: Means, day: date, policy: Policy) -> Finding[bool]:
    window = policy.int("income.window_months", day)
    ratio = policy.fraction("rigid.ratio", day)
    spent = sum(spending.total for spending in facts.rigid_spending)
    earned = means.gross * window
    over = spent > ratio * earned
    compared = f"{'超过' if over else '未超过'}{ratio}"
    text = f"近{window}个月刚性支出{yuan(spent)}元，总收入{exact_yuan(earned)}元，占比{compared}"
    return Finding(GX_4, over, {"text": text})


def _granted(
    insured: tuple[MemberFacts, ...], means: Means, steps: Steps, day: date, policy: Policy
) -> Assessment:
    amount = benefit(means, day, policy)
    extra = add_on(insured, day, policy)
    outcome = _outcome(Category.DIBAO, means, (*steps, amount, extra), eligible=True)
    return replace(
        outcome,
        amount=amount.value,
        add_on=extra.value,
        insured=tuple(member.key for member in insured),
        tier=str(amount.facts["tier"]),
    )


def _outcome(category: Category, means: Means, steps: Steps, *, eligible: bool = False) -> Assessment:
    return Assessment(category, eligible, means.persons, means.income, means.per_capita, Fen(0), steps)


def _suggest(
    facts: HouseholdFacts, day: date, policy: Policy, before: Category | None = None
) -> Category | None:
    """The first category that the facts meet, in the order of the law; undecided ones are passed over."""
    plain = replace(facts, single_person=None, insured=None)
    for category, judge in _JUDGES.items():
        if category is before:
            return None
        asked = category is not Category.DESTITUTE or all(m.supporters is not None for m in facts.counted)
        if category is not facts.category and category is not Category.RIGID and asked:
            try:
                if judge(plain, day, policy).eligible:
                    return category
            except ParameterMissing:
                continue
    return None


_USED = {
    Category.DIBAO: ("dibao.standard_fen", "income.window_months", "amount.method", "amount.rounding"),
    Category.EDGE: ("dibao.standard_fen", "income.window_months"),
    Category.RIGID: ("rigid.ratio", "rigid.disposable_income_month_fen"),
    Category.DESTITUTE: ("dibao.standard_fen", "destitute.dispersed_fen"),
}


def _unconfirmed(category: Category, day: date, policy: Policy) -> tuple[str, ...]:
    rows = (policy.find(name, day) for name in _USED[category])
    return tuple(row.name for row in rows if row and not row.confirmed)
