"""The monthly amount of the guarantee: what is lacking to the standard (补差), or by tiers (分档)."""

from __future__ import annotations

from datetime import date

from services.common.policy.articles import DB_23
from services.common.policy.law import Finding, rule
from services.common.policy.means import Means
from services.common.policy.money import Fen, Rounding, exact_yuan, parse_yuan, round_once, yuan
from services.common.policy.parameters import ParameterMissing, Policy


@rule(DB_23)
def benefit(means: Means, day: date, policy: Policy) -> Finding[Fen]:
    """What the family lacks to the standard, from its totals, rounded once; or the tier's amount."""
    if policy.text("amount.method", day) == "tiers":
        return _by_tier(means, day, policy)
    standard = policy.fen("dibao.standard_fen", day)
    how = Rounding(policy.text("amount.rounding", day))
    exact = means.persons * standard - means.income
    amount = round_once(exact, how)
    text = (
        f"补差：{yuan(standard)} × {means.persons} － {exact_yuan(means.income)} = {yuan(amount)}元，"
        f"末尾一次{how.chinese}"
    )
    return Finding(DB_23, amount, {"method": "difference", "exact_fen": str(exact), "tier": "", "text": text})


def _by_tier(means: Means, day: date, policy: Policy) -> Finding[Fen]:
    for number, row in enumerate(policy.words("amount.tiers", day), start=1):
        upper, _, each = row.partition(":")
        if means.per_capita < parse_yuan(upper):
            amount = Fen(parse_yuan(each) * means.persons)
            text = f"第{number}档：每人{each}元 × {means.persons}人 = {yuan(amount)}元"
            return Finding(DB_23, amount, {"method": "tiers", "tier": f"第{number}档", "text": text})
    raise ParameterMissing(DB_23, "参数待确认：人均收入不在任何一档之内")
