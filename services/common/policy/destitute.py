"""Destitute persons (特困): no ability to work, no source of income, no able supporter, all three at once."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from fractions import Fraction

from services.common.policy.articles import TK_4, TK_5, TK_6, TK_8
from services.common.policy.household import (
    DisabilityKind,
    HouseholdFacts,
    Income,
    MemberFacts,
    SupporterInability,
)
from services.common.policy.law import Article, Finding, Invalid, rule
from services.common.policy.means import Means, Steps, counted_incomes, property_fits
from services.common.policy.money import exact_yuan, yuan
from services.common.policy.parameters import Policy

# 视力一级、肢体二级以上、智力和精神三级以上 (特困人员认定办法第五条)
_NO_ABILITY_GRADES = {
    DisabilityKind.INTELLECTUAL: 3,
    DisabilityKind.MENTAL: 3,
    DisabilityKind.LIMB: 2,
    DisabilityKind.VISION: 1,
}
_INABILITY_CHINESE = {
    SupporterInability.DESTITUTE: "本人是特困人员",
    SupporterInability.ELDERLY_ON_DIBAO: "六十周岁以上的低保对象",
    SupporterInability.ELDERLY_LOW_INCOME: "七十周岁以上且收入、财产符合规定",
    SupporterInability.SEVERELY_DISABLED: "重度残疾人或三级智力、精神残疾人且收入、财产符合规定",
    SupporterInability.INCAPACITATED_MISSING_OR_PRISON: "无民事行为能力、被宣告失踪或在监狱服刑",
    SupporterInability.PROVINCIAL: "省级规定的其他情形",
}


@rule(TK_4)
def destitute(facts: HouseholdFacts, day: date, policy: Policy) -> tuple[bool, Steps]:
    """Whether every counted member meets the three conditions, step by step."""
    steps: list[Finding[object]] = []
    for member in facts.counted:
        steps += [cannot_work(member, day, policy), no_income(member, day, policy), no_supporter(member)]
    steps.append(property_fits(facts, day, policy))
    return all(step.value for step in steps), tuple(steps)


def destitute_means(facts: HouseholdFacts, day: date, policy: Policy) -> Means:
    """The income that counts for destitute persons; nothing is deducted from it."""
    incomes = [income for member in facts.counted for income in member.incomes]
    income = _counted(incomes, day, policy)
    count = len(facts.counted)
    return Means(count, income, income, income / count, ())


def _counted(incomes: Sequence[Income], day: date, policy: Policy) -> Fraction:
    spared = policy.words("destitute.income_excluded", day) + policy.words("income.excluded", day)
    window = policy.int("income.window_months", day)
    return counted_incomes(incomes, spared, window, day, policy).value


@rule(TK_5)
def cannot_work(member: MemberFacts, day: date, policy: Policy) -> Finding[bool]:
    """Elderly, minors, and persons of the listed disabilities have no ability to work."""
    found = member.disability
    limit = _NO_ABILITY_GRADES.get(found.kind, 0) if found else 0
    if found and found.grade <= limit:
        return _said(TK_5, member, "残疾类别和等级符合", met=True)
    age = member.age(day)
    elderly = age >= policy.int("destitute.elderly_age", day)
    minor = age < policy.int("destitute.minor_age", day)
    words = "属于老年人" if elderly else "属于未成年人" if minor else "有劳动能力"
    return _said(TK_5, member, f"{age}周岁，{words}", met=elderly or minor)


@rule(TK_6)
def no_income(member: MemberFacts, day: date, policy: Policy) -> Finding[bool]:
    """Income below the standard, counted without the pensions and allowances that the article spares."""
    income = _counted(member.incomes, day, policy)
    standard = policy.fen("dibao.standard_fen", day)
    words = f"月收入{exact_yuan(income)}元，低保标准{yuan(standard)}元"
    return _said(TK_6, member, words, met=income < standard)


@rule(TK_8)
def no_supporter(member: MemberFacts) -> Finding[bool]:
    """No legal supporter, or none who is able to support."""
    if member.supporters is None:
        raise Invalid(
            f"members[{member.key}].supporters", "请填写法定赡养、抚养、扶养义务人；没有的写空列表 []"
        )
    able = [s.relation for s in member.supporters if s.unable is None]
    unable = [f"{s.relation}{_INABILITY_CHINESE[s.unable]}" for s in member.supporters if s.unable]
    words = f"义务人有履行能力：{'、'.join(able)}" if able else "、".join(unable) or "没有法定义务人"
    return _said(TK_8, member, words, met=not able)


def _said(article: Article, member: MemberFacts, words: str, *, met: bool) -> Finding[bool]:
    text = f"{member.relation}{words}，{'符合' if met else '不符合'}"
    return Finding(article, met, {"member": member.key, "text": text})
