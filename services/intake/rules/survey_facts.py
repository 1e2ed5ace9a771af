"""The fact map of 入户调查表: its answers become the facts on which eligibility and amount are judged."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import TypeVar

from services.common.forms.answers import Answers
from services.common.policy.articles import DB_13, DB_14
from services.common.policy.household import (
    Category,
    Disability,
    DisabilityKind,
    Employment,
    HouseholdFacts,
    Income,
    IncomeKind,
    MemberFacts,
    PropertyFacts,
    RigidSpending,
    SingleGround,
    SinglePerson,
    SpendingKind,
    Standing,
    Supporter,
    SupporterInability,
)
from services.common.policy.law import Invalid, rule
from services.common.policy.money import Fen
from services.intake.rules.visits import id_number, naming

E = TypeVar("E", bound=StrEnum)
T = TypeVar("T")
# Everything that could be turned into money at once counts with the deposits.
FINANCIAL_ASSETS = ("deposits", "securities", "funds", "insurance_value", "online_finance", "claims")


@dataclass(frozen=True, slots=True)
class Signatures:
    """Who signed the form: surveyors by their ids, and the family or the reason why not."""

    surveyor_ids: tuple[str, ...]
    signed_by_family: bool
    refusal_reason: str
    witness: str


def signatures(answers: Answers) -> Signatures:
    """The last part of the form."""
    return Signatures(
        tuple(one.text("staff_id") for one in answers.each("conclusion/surveyors")),
        answers.yes("conclusion/family_signed"),
        answers.text("conclusion/refusal_reason"),
        answers.text("conclusion/witness"),
    )


@rule(DB_13, DB_14)
def household_facts(answers: Answers, applied_on: date) -> HouseholdFacts:
    """The facts of the household as surveyed; Invalid names the question that does not fit."""
    facts = HouseholdFacts(
        category=_required(Category, answers, "head/category"),
        applied_on=applied_on,
        members=tuple(_each(answers, "members", _member)),
        assets=_assets(answers),
        rigid_spending=tuple(_each(answers, "spending", _spending)),
        single_person=_single_person(answers),
        collective_care=answers.yes("conclusion/collective_care"),
    )
    # Read back as every other source is read, so that the same checks hold.
    return HouseholdFacts.from_json(facts.to_json())


def _member(answers: Answers) -> MemberFacts:
    return MemberFacts(
        key=answers.text("person_id"),
        relation=answers.text("relation"),
        born_on=id_number(answers).born_on,
        standing=_required(Standing, answers, "standing"),
        disability=_disability(answers),
        seriously_ill=answers.yes("seriously_ill"),
        clergy_three_years=answers.yes("clergy_three_years"),
        employment=_choice(Employment, answers, "employment"),
        incomes=tuple(_each(answers, "incomes", _income)),
        supporters=tuple(_each(answers, "supporters", _supporter))
        if answers.yes("supporters_asked")
        else None,
    )


def _disability(answers: Answers) -> Disability | None:
    if not answers.yes("disabled"):
        return None
    grade = answers.text("disability_grade")
    if grade not in ("1", "2", "3", "4"):
        raise Invalid("disability_grade", "请选择残疾等级")
    return Disability(_required(DisabilityKind, answers, "disability_kind"), int(grade))


def _income(answers: Answers) -> Income:
    kind = _required(IncomeKind, answers, "income_kind")
    months = answers.integer("months")
    cost = answers.money("employment_cost") if kind is IncomeKind.WAGE else None
    return Income(kind, _money(answers, "monthly"), 12 if months is None else months, cost)


def _supporter(answers: Answers) -> Supporter:
    return Supporter(answers.text("relation"), _choice(SupporterInability, answers, "unable"))


def _spending(answers: Answers) -> RigidSpending:
    return RigidSpending(
        _required(SpendingKind, answers, "spending_kind"),
        _money(answers, "total"),
        answers.text("person_id") or None,
    )


def _assets(answers: Answers) -> PropertyFacts:
    amounts = [answers.money(f"assets/{name}") or 0 for name in FINANCIAL_ASSETS]
    return PropertyFacts(
        deposits=Fen(sum(amounts)),
        houses=_count(answers, "assets/houses"),
        vehicles=_count(answers, "assets/vehicles"),
        business=answers.yes("assets/business"),
        meets_limits=_verdict(answers, "assets/meets_limits"),
        meets_edge_limits=_verdict(answers, "assets/meets_edge_limits"),
        exemption=answers.text("assets/exemption") or None,
    )


def _verdict(answers: Answers, path: str) -> bool | None:
    """Yes, no, or left to the verification report."""
    return {"yes": True, "no": False}.get(answers.text(path))


def _single_person(answers: Answers) -> SinglePerson | None:
    if not answers.yes("conclusion/single_person"):
        return None
    return SinglePerson(
        answers.text("conclusion/single_person_id"),
        _required(SingleGround, answers, "conclusion/single_ground"),
    )


def _each(answers: Answers, path: str, read: Callable[[Answers], T]) -> Iterator[T]:
    for number, entry in enumerate(answers.each(path), 1):
        with naming(f"{path}[{number}]"):
            yield read(entry)


def _required(kind: type[E], answers: Answers, path: str) -> E:
    found = _choice(kind, answers, path)
    if found is None:
        raise Invalid(path, "请选择一项")
    return found


def _choice(kind: type[E], answers: Answers, path: str) -> E | None:
    value = answers.text(path)
    if not value:
        return None
    try:
        return kind(value)
    except ValueError:
        raise Invalid(path, f"“{value[:20]}”不是可用的选项，请更新表单后重选") from None


def _money(answers: Answers, path: str) -> Fen:
    found = answers.money(path)
    if found is None:
        raise Invalid(path, "请填写金额(元)")
    return found


def _count(answers: Answers, path: str) -> int:
    found = answers.integer(path)
    if found is None:
        raise Invalid(path, "请填写数量，没有的填0")
    return found
