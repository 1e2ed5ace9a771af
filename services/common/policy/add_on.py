"""Classified add-on aid (分类施保): who gets it, one category a person, on a line of its own."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from services.common.policy.articles import DB_27
from services.common.policy.household import MemberFacts
from services.common.policy.law import Finding, rule
from services.common.policy.money import Fen, yuan
from services.common.policy.parameters import Policy

_GROUPS = {
    "elderly": "老年人",
    "minor": "未成年人",
    "severely_disabled": "重度残疾人",
    "seriously_ill": "重病患者",
}


@rule(DB_27)
def add_on(insured: Sequence[MemberFacts], day: date, policy: Policy) -> Finding[Fen | None]:
    """The monthly add-on of the insured, the highest single category each; None while not decided."""
    entitled = {m.key: groups for m in insured if (groups := _groups(m, day, policy))}
    named = {group for groups in entitled.values() for group in groups}
    undecided = sorted(g for g in named if not policy.known(f"addon.{g}_fen", day))
    facts: dict[str, object] = {"persons": entitled, "undecided": undecided}
    if undecided:
        words = "、".join(_GROUPS[group] for group in undecided)
        facts["text"] = f"分类施保：{len(entitled)}人符合，{words}标准待区民政局确认，未计入"
        return Finding(DB_27, None, facts)
    total = sum(max(policy.fen(f"addon.{g}_fen", day) for g in groups) for groups in entitled.values())
    facts["text"] = f"分类施保：{len(entitled)}人，每月{yuan(total)}元" if entitled else "没有分类施保对象"
    return Finding(DB_27, Fen(total), facts)


def _groups(member: MemberFacts, day: date, policy: Policy) -> list[str]:
    """The groups that this person belongs to; without a birth date age gives none."""
    groups = []
    if member.born_on is not None:
        age = member.age(day)
        groups += ["elderly"] if age >= policy.int("addon.elderly_age", day) else []
        groups += ["minor"] if age < policy.int("addon.minor_age", day) else []
    groups += ["severely_disabled"] if member.disability and member.disability.severe else []
    groups += ["seriously_ill"] if member.seriously_ill else []
    return groups
