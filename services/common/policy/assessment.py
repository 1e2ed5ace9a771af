"""The calculated proposal with its steps, and the rule that an eligible family is insured whole."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from fractions import Fraction
from typing import ClassVar

from services.common.policy.articles import DB_7, NOTICE2022_1_1, R6_1
from services.common.policy.household import Category, HouseholdFacts
from services.common.policy.law import Finding, Refused, rule
from services.common.policy.means import Steps
from services.common.policy.money import Fen, exact_yuan, yuan

NOTHING = Fen(0)


class WholeFamilyFirst(Refused):
    """An eligible family is insured whole; picking single members out of it is forbidden."""

    code: ClassVar[str] = "whole-family-first"


@dataclass(frozen=True, slots=True)
class Assessment:
    """The calculated proposal: it advises, the meeting decides. Incomes are exact fen a month."""

    category: Category
    eligible: bool
    persons: int
    household_income: Fraction
    per_capita: Fraction
    amount: Fen
    steps: Steps
    insured: tuple[str, ...] = ()
    tier: str = ""
    add_on: Fen | None = NOTHING
    suggested: Category | None = None
    unconfirmed: tuple[str, ...] = ()
    revision: int = 0

    @property
    def reasons(self) -> tuple[str, ...]:
        """The steps as Chinese sentences, each with its article."""
        return tuple(f"{step.facts['text']}（{step.article.title}）" for step in self.steps)

    def to_json(self) -> dict[str, object]:
        steps = [
            {"article": s.article.id, "title": s.article.title, "text": s.facts["text"]} for s in self.steps
        ]
        return {
            "category": self.category.value,
            "eligible": self.eligible,
            "persons": self.persons,
            "insured": list(self.insured),
            "household_income": exact_yuan(self.household_income),
            "household_income_fen": str(self.household_income),
            "per_capita": exact_yuan(self.per_capita),
            "per_capita_fen": str(self.per_capita),
            "amount_fen": self.amount,
            "amount": yuan(self.amount),
            "tier": self.tier,
            "add_on_fen": self.add_on,
            "suggested": self.suggested.value if self.suggested else None,
            "unconfirmed": list(self.unconfirmed),
            "revision": self.revision,
            "steps": steps,
        }


@rule(NOTICE2022_1_1, R6_1)
def require_whole_family(facts: HouseholdFacts, insured: Collection[str]) -> Finding[int]:
    """Every counted member of an eligible family is insured, nobody else."""
    counted = {member.key for member in facts.counted}
    for key in insured:
        if key not in counted:
            raise WholeFamilyFirst(DB_7, f"{facts.member(key).relation}不计入家庭人口，不能列为保障人口")
    if set(insured) != counted:
        raise WholeFamilyFirst(
            NOTICE2022_1_1,
            f"家庭符合条件，应当整户纳入，不得仅将个别家庭成员纳入：应保障{len(counted)}人，只选了{len(set(insured))}人",
        )
    return Finding(NOTICE2022_1_1, len(counted), {"text": f"整户纳入，保障人口{len(counted)}人"})
