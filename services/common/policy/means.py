"""What a household lives on: counted persons, monthly income after deductions, and property."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from services.common.policy.articles import DB_7, DB_13, DB_14
from services.common.policy.household import (
    HouseholdFacts,
    Income,
    IncomeKind,
    MemberFacts,
    RigidSpending,
    SpendingKind,
)
from services.common.policy.law import Finding, rule
from services.common.policy.money import Fen, exact_yuan, yuan
from services.common.policy.parameters import ParameterMissing, Policy

Steps = tuple[Finding[object], ...]
# What disability and grave illness cost; living and schooling are no deduction of the guarantee.
_DEDUCTIBLE = (SpendingKind.MEDICAL, SpendingKind.REHABILITATION)


@dataclass(frozen=True, slots=True)
class Means:
    """Exact figures in fen a month; never rounded before they are compared."""

    persons: int
    gross: Fraction
    income: Fraction
    per_capita: Fraction
    steps: Steps


def means_of(
    members: Sequence[MemberFacts],
    facts: HouseholdFacts,
    day: date,
    policy: Policy,
    *,
    own_only: bool = False,
) -> Means:
    """The means of these members, with the values in force on that day."""
    window = policy.int("income.window_months", day)
    incomes = [income for member in members for income in member.incomes]
    counted = counted_incomes(incomes, policy.words("income.excluded", day), window, day, policy)
    cost = employment_cost(incomes, window, day, policy)
    keys = {member.key for member in members}
    spending = [s for s in facts.rigid_spending if s.member in keys or (s.member is None and not own_only)]
    recorded = None if own_only else facts.rigid_deduction
    rigid = rigid_deduction(spending, recorded, window, day, policy)
    income = max(Fraction(0), counted.value - cost.value - rigid.value)
    total = Finding(
        DB_13,
        income,
        {
            "income_fen": str(income),
            "text": f"家庭月收入：{exact_yuan(counted.value)} － {exact_yuan(cost.value)} － "
            f"{exact_yuan(rigid.value)} = {exact_yuan(income)}元",
        },
    )
    per_capita = income / len(members)
    return Means(len(members), counted.value, income, per_capita, (counted, cost, rigid, total))


@rule(DB_7)
def counted_persons(facts: HouseholdFacts) -> Finding[int]:
    """How many members count, and why the others do not."""
    count = len(facts.counted)
    left_out = [m for m in facts.members if not m.counted]
    because = "".join(f"；{m.relation}{m.standing.chinese}，不计入" for m in left_out)
    return Finding(
        DB_7,
        count,
        {
            "counted": [m.key for m in facts.counted],
            "left_out": {m.key: m.standing.value for m in left_out},
            "text": f"共同生活的家庭成员{count}人{because}",
        },
    )


@rule(DB_13)
def counted_incomes(
    incomes: Iterable[Income], excluded: Sequence[str], window: int, day: date, policy: Policy
) -> Finding[Fraction]:
    """All that counts as income, a month; what the law excludes is named, what nobody decided stops it."""
    undetermined = policy.words("income.undetermined", day)
    sums: dict[IncomeKind, Fraction] = {}
    left_out: list[str] = []
    for income in incomes:
        if income.kind in excluded:
            left_out.append(income.kind.chinese)
        elif income.kind in undetermined:
            raise ParameterMissing(DB_13, f"参数待确认：{income.kind.chinese}是否计入家庭收入（{day}）")
        else:
            sums[income.kind] = sums.get(income.kind, Fraction(0)) + monthly(income, window)
    paid = sums.get(IncomeKind.SUPPORT_PAID, Fraction(0))
    total = sum(sums.values(), Fraction(0)) - 2 * paid
    parts = "、".join(f"{kind.chinese}{exact_yuan(amount)}元" for kind, amount in sums.items()) or "无收入"
    apart = f"；不计入：{'、'.join(dict.fromkeys(left_out))}" if left_out else ""
    return Finding(
        DB_13,
        total,
        {
            "by_kind": {kind.value: str(amount) for kind, amount in sums.items()},
            "excluded": sorted(set(left_out)),
            "window_months": window,
            "text": f"每月收入：{parts}，合计{exact_yuan(total)}元{apart}",
        },
    )


def monthly(income: Income, window: int) -> Fraction:
    """An income spread over the window: six months of 1,000 are 500 a month."""
    return Fraction(income.monthly * min(income.months, window), window)


@rule(DB_13)
def employment_cost(incomes: Iterable[Income], window: int, day: date, policy: Policy) -> Finding[Fraction]:
    """What being employed costs: by the district's rate, else as proven on the survey."""
    wages = [income for income in incomes if income.kind is IncomeKind.WAGE and income.monthly]
    if policy.known("income.employment_cost_rate", day) or any(w.employment_cost is None for w in wages):
        rate = policy.fraction("income.employment_cost_rate", day) if wages else Fraction(0)
        cost = rate * sum((monthly(w, window) for w in wages), Fraction(0))
        how = f"按工资的{_percent(rate)}"
    else:
        proven = (Income(w.kind, w.employment_cost or Fen(0), w.months) for w in wages)
        cost = sum((monthly(p, window) for p in proven), Fraction(0))
        how = "按入户调查记录（地方扣减办法待确认）"
    text = f"就业成本扣减{exact_yuan(cost)}元（{how}）" if wages else "没有工资性收入，不扣减就业成本"
    return Finding(DB_13, cost, {"deducted_fen": str(cost), "text": text})


@rule(DB_13)
def rigid_deduction(
    spending: Sequence[RigidSpending], recorded: Fen | None, window: int, day: date, policy: Policy
) -> Finding[Fraction]:
    """What disability and grave illness cost: by the district's rate, else as recognised by the handler."""
    spent = sum((Fraction(s.total, window) for s in spending if s.kind in _DEDUCTIBLE), Fraction(0))
    if policy.known("dibao.rigid_deduction_rate", day) or (spent and recorded is None):
        rate = policy.fraction("dibao.rigid_deduction_rate", day)
        deducted, how = rate * spent, f"按支出的{_percent(rate)}"
    else:
        deducted, how = Fraction(recorded or 0), "按经办人核定（地方扣减办法待确认）"
    text = f"残疾、重病刚性支出扣减{exact_yuan(deducted)}元（{how}）" if deducted else "没有刚性支出扣减"
    return Finding(DB_13, deducted, {"deducted_fen": str(deducted), "spent_fen": str(spent), "text": text})


@rule(DB_14)
def property_fits(facts: HouseholdFacts, day: date, policy: Policy, *, edge: bool = False) -> Finding[bool]:
    """Whether property stays within the limits, has a recorded exemption, or goes beyond."""
    assets = facts.assets
    concluded = assets.meets_limits
    if edge and assets.meets_edge_limits is not None:
        concluded = assets.meets_edge_limits
    failures = [] if concluded is False else _over_limits(facts, day, policy, concluded=concluded)
    if concluded is False:
        failures = ["核对和调查结论为不符合"]
    fits = not failures or assets.exemption is not None
    text = f"家庭财产{'符合' if fits else '不符合'}规定"
    if failures:
        text += f"：{'、'.join(failures)}"
        text += f"；认定为维持生产生活必需，理由：{assets.exemption}" if assets.exemption else ""
    elif concluded:
        text += "（核对和调查结论）"
    facts_of = {"fits": fits, "failures": failures, "exempted": bool(failures) and fits, "text": text}
    return Finding(DB_14, fits, facts_of)


def _over_limits(facts: HouseholdFacts, day: date, policy: Policy, *, concluded: bool | None) -> list[str]:
    """What exceeds a limit; with neither a limit nor a conclusion, only plain necessities pass."""
    assets, failures = facts.assets, []
    checks = (
        ("property.deposit_limit_months", assets.deposits > 0),
        ("property.houses_limit", assets.houses > 1),
        ("property.vehicles_limit", assets.vehicles > 0),
        ("property.business_allowed", assets.business),
    )
    for name, matters in checks:
        if matters and (policy.known(name, day) or concluded is None):
            failures += _exceeds(name, facts, day, policy)
    return failures


def _exceeds(name: str, facts: HouseholdFacts, day: date, policy: Policy) -> list[str]:
    assets = facts.assets
    if name == "property.business_allowed":
        return [] if policy.flag(name, day) else ["名下有经营主体登记"]
    limit = policy.int(name, day)
    if name == "property.deposit_limit_months":
        most = policy.fen("dibao.standard_fen", day) * len(facts.counted) * limit
        return [f"金融资产超过{yuan(most)}元"] if assets.deposits > most else []
    if name == "property.houses_limit":
        return [f"住房超过{limit}套"] if assets.houses > limit else []
    return [f"机动车辆超过{limit}辆"] if assets.vehicles > limit else []


def _percent(rate: Fraction) -> str:
    share = rate * 100
    return f"{share.numerator}%" if share.denominator == 1 else str(rate)
