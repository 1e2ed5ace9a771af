"""The facts of a household on which eligibility and amount are judged, and how they are read from JSON."""

from __future__ import annotations

from dataclasses import dataclass, fields, is_dataclass
from datetime import date
from enum import StrEnum
from typing import Any

from services.common.policy.household_terms import Category as Category
from services.common.policy.household_terms import DisabilityKind as DisabilityKind
from services.common.policy.household_terms import Employment as Employment
from services.common.policy.household_terms import IncomeKind as IncomeKind
from services.common.policy.household_terms import SingleGround as SingleGround
from services.common.policy.household_terms import SpendingKind as SpendingKind
from services.common.policy.household_terms import Standing as Standing
from services.common.policy.household_terms import SupporterInability as SupporterInability
from services.common.policy.identity import age_on
from services.common.policy.law import Invalid
from services.common.policy.money import Fen
from services.common.policy.reading import Record


@dataclass(frozen=True, slots=True)
class Disability:
    """Kind and grade, 1 the gravest."""

    kind: DisabilityKind
    grade: int

    @property
    def severe(self) -> bool:
        """Grade 1 or 2, or grade 3 of the intellectual and mental kinds."""
        return self.grade <= 2 or (
            self.grade == 3 and self.kind in (DisabilityKind.INTELLECTUAL, DisabilityKind.MENTAL)
        )


@dataclass(frozen=True, slots=True)
class Income:
    """A monthly amount and for how many months of the window; for wages the proven cost of being employed."""

    kind: IncomeKind
    monthly: Fen
    months: int
    employment_cost: Fen | None = None


@dataclass(frozen=True, slots=True)
class Supporter:
    """A legal supporter (赡养、抚养、扶养义务人); without a ground he or she is able to support."""

    relation: str
    unable: SupporterInability | None


@dataclass(frozen=True, slots=True)
class MemberFacts:
    """One member: who counts, who earns, who needs care. `supporters` is None where nobody asked."""

    key: str
    relation: str
    born_on: date | None = None
    standing: Standing = Standing.COUNTED
    disability: Disability | None = None
    seriously_ill: bool = False
    clergy_three_years: bool = False
    employment: Employment | None = None
    incomes: tuple[Income, ...] = ()
    supporters: tuple[Supporter, ...] | None = None

    @property
    def counted(self) -> bool:
        return self.standing is Standing.COUNTED

    def age(self, day: date) -> int:
        if self.born_on is None:
            raise Invalid(f"members[{self.key}].born_on", "这一步要用年龄，请填写出生日期")
        return age_on(self.born_on, day)


@dataclass(frozen=True, slots=True)
class RigidSpending:
    """What was spent with receipts over the window, after insurance; for one member where it is his."""

    kind: SpendingKind
    total: Fen
    member: str | None = None


@dataclass(frozen=True, slots=True)
class PropertyFacts:
    """What the family owns beyond necessities; the report's conclusion where it gives one."""

    deposits: Fen
    houses: int
    vehicles: int
    business: bool = False
    meets_limits: bool | None = None
    meets_edge_limits: bool | None = None
    exemption: str | None = None


@dataclass(frozen=True, slots=True)
class SinglePerson:
    """The application of one member alone."""

    member: str
    ground: SingleGround


@dataclass(frozen=True, slots=True)
class HouseholdFacts:
    """Everything a calculation may look at; nothing else enters it."""

    category: Category
    applied_on: date
    members: tuple[MemberFacts, ...]
    assets: PropertyFacts
    rigid_spending: tuple[RigidSpending, ...] = ()
    rigid_deduction: Fen | None = None
    single_person: SinglePerson | None = None
    insured: tuple[str, ...] | None = None
    collective_care: bool = False

    @property
    def counted(self) -> tuple[MemberFacts, ...]:
        return tuple(member for member in self.members if member.counted)

    def member(self, key: str) -> MemberFacts:
        for member in self.members:
            if member.key == key:
                return member
        raise Invalid("members", f"没有编号为“{key}”的家庭成员")

    @classmethod
    def from_json(cls, data: object) -> HouseholdFacts:
        """Read the facts; see docs/policy-files.md for every name."""
        record = Record(data)
        single = record.record("single_person") if record.has("single_person") else None
        facts = cls(
            category=record.choice("category", Category),
            applied_on=record.day("applied_on"),
            members=tuple(_member(item) for item in record.records("members")),
            assets=_assets(record.record("assets")),
            rigid_spending=tuple(_spending(item) for item in record.records("rigid_spending")),
            rigid_deduction=record.optional_money("rigid_deduction"),
            single_person=_single(single) if single else None,
            insured=tuple(record.texts("insured")) if record.has("insured") else None,
            collective_care=record.flag("collective_care", default=False),
        )
        record.done()
        _check(facts)
        return facts

    def to_json(self) -> dict[str, object]:
        """The same facts as JSON; `from_json` reads them back unchanged."""
        data = _plain(self)
        if not isinstance(data, dict):
            raise TypeError
        return data


def _member(record: Record) -> MemberFacts:
    disability = record.record("disability") if record.has("disability") else None
    supporters = record.records("supporters") if record.has("supporters") else None
    member = MemberFacts(
        key=record.text("key"),
        relation=record.text("relation"),
        born_on=record.optional_day("born_on"),
        standing=record.choice("standing", Standing, Standing.COUNTED),
        disability=_disability(disability) if disability else None,
        seriously_ill=record.flag("seriously_ill", default=False),
        clergy_three_years=record.flag("clergy_three_years", default=False),
        employment=record.choice("employment", Employment) if record.has("employment") else None,
        incomes=tuple(_income(item) for item in record.records("incomes")),
        supporters=None if supporters is None else tuple(_supporter(item) for item in supporters),
    )
    record.done()
    return member


def _disability(record: Record) -> Disability:
    found = Disability(record.choice("kind", DisabilityKind), record.integer("grade", 1, 4))
    record.done()
    return found


def _income(record: Record) -> Income:
    kind = record.choice("kind", IncomeKind)
    found = Income(
        kind,
        record.money("monthly"),
        record.integer("months", 1, 12, 12),
        record.optional_money("employment_cost"),
    )
    if found.employment_cost is not None and kind is not IncomeKind.WAGE:
        raise Invalid(record.field("employment_cost_fen"), "只有工资性收入(wage)可以填就业成本")
    if found.employment_cost is not None and found.employment_cost > found.monthly:
        raise Invalid(record.field("employment_cost_fen"), "就业成本不能大于工资")
    record.done()
    return found


def _supporter(record: Record) -> Supporter:
    unable = record.choice("unable", SupporterInability) if record.has("unable") else None
    found = Supporter(record.text("relation"), unable)
    record.done()
    return found


def _spending(record: Record) -> RigidSpending:
    member = record.text("member") if record.has("member") else None
    found = RigidSpending(record.choice("kind", SpendingKind), record.money("total"), member)
    record.done()
    return found


def _assets(record: Record) -> PropertyFacts:
    found = PropertyFacts(
        deposits=record.money("deposits"),
        houses=record.integer("houses", 0, 99),
        vehicles=record.integer("vehicles", 0, 99),
        business=record.flag("business", default=False),
        meets_limits=record.optional_flag("meets_limits"),
        meets_edge_limits=record.optional_flag("meets_edge_limits"),
        exemption=record.text("exemption") if record.has("exemption") else None,
    )
    record.done()
    return found


def _single(record: Record) -> SinglePerson:
    found = SinglePerson(record.text("member"), record.choice("ground", SingleGround))
    record.done()
    return found


def _check(facts: HouseholdFacts) -> None:
    keys = [member.key for member in facts.members]
    if not facts.counted:
        raise Invalid("members", "至少要有一名计入的家庭成员")
    for key in keys:
        if keys.count(key) > 1:
            raise Invalid("members", f"编号“{key}”重复，每名成员的编号(key)须不同")
    for index, member in enumerate(facts.members):
        if member.born_on and member.born_on > facts.applied_on:
            raise Invalid(f"members[{index}].born_on", "出生日期晚于申请日期，请核对")
    for spending in facts.rigid_spending:
        if spending.member is not None:
            facts.member(spending.member)
    for key in facts.insured or ():
        facts.member(key)
    if facts.insured is not None and not facts.insured:
        raise Invalid("insured", "保障人口不能为空")
    if facts.single_person:
        if not facts.member(facts.single_person.member).counted:
            raise Invalid("single_person.member", "该成员不计入家庭人口，不能单独申请")
        if facts.category is not Category.DIBAO:
            raise Invalid("single_person", "只有最低生活保障(dibao)可以单人户申请")


# Amounts carry their unit in the JSON name, so that nobody mistakes yuan for fen.
_AMOUNTS = frozenset({"monthly", "employment_cost", "total", "deposits", "rigid_deduction"})


def _plain(value: Any) -> object:
    if is_dataclass(value):
        named = ((field.name, getattr(value, field.name)) for field in fields(value))
        return {
            f"{name}_fen" if name in _AMOUNTS else name: _plain(item)
            for name, item in named
            if item is not None
        }
    if isinstance(value, tuple):
        return [_plain(item) for item in value]
    if isinstance(value, StrEnum):
        return value.value
    return value.isoformat() if isinstance(value, date) else value
