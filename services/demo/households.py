"""Forty families that do not exist: old couples, single parents, disabled, students; always the same."""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from enum import StrEnum
from functools import cache

from services.common.policy.areas import unit
from services.demo.district import QINGQUAN, VILLAGES, village
from services.demo.ids import demo_id
from services.demo.numbers import fictional_id_number, fictional_phone, seeded
from services.demo.people import member_of_staff

SEED = 20260914
HOUSEHOLDS = 40
# The liaison of 清泉村 lives in this family: she is recused from it (R3.10).
FAMILY_OF_STAFF = 7
STAFF_IN_FAMILY = "liaison.lichunmei"
# Somebody of this family has a number that ends in X, typed in lower case.
LOWER_CASE_X = 12

SURNAMES = "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕"
MEN = "建国志强永福海军文斌晓东俊杰宏伟福昌根生振华保田玉明立新"
WOMEN = "秀英桂兰玉梅春燕丽萍晓红月娥改花巧玲雪琴美荣爱莲瑞芳"
CHILDREN = "子涵雨桐浩然欣怡宇轩梓萱一鸣思远佳琪晨曦"


class Kind(StrEnum):
    """Why a family is in the demonstration."""

    ELDERLY_COUPLE = "elderly-couple"
    ELDERLY_ALONE = "elderly-alone"
    SINGLE_PARENT = "single-parent"
    DISABLED = "disabled"
    STUDENT = "student"
    THREE_GENERATIONS = "three-generations"


@dataclass(frozen=True, slots=True)
class DemoMember:
    """One member as the registry is told."""

    person_id: str
    name: str
    id_number: str
    relation: str


@dataclass(frozen=True, slots=True)
class DemoHousehold:
    """One family as the registry is told."""

    household_id: str
    kind: Kind
    village: str
    address: str
    phone: str
    members: tuple[DemoMember, ...]

    @property
    def township(self) -> str:
        return self.village[:9]

    @property
    def head(self) -> DemoMember:
        return self.members[0]


@dataclass(frozen=True, slots=True)
class _Family:
    """What the members of one family are made with."""

    chance: random.Random
    number: int
    given: set[str] = field(default_factory=set)

    def member(self, relation: str, born: tuple[int, int], surname: str, *, female: bool) -> DemoMember:
        names = CHILDREN if born[0] > 2000 else WOMEN if female else MEN
        free = [names[at : at + 2] for at in range(0, len(names), 2) if names[at : at + 2] not in self.given]
        given = self.chance.choice(free)
        self.given.add(given)
        year = self.chance.randint(*born)
        number = fictional_id_number(self.chance, year, female=female)
        person = demo_id("person", f"{self.number}/{relation}")
        return DemoMember(person, surname + given, number, relation)

    def surname(self) -> str:
        return self.chance.choice(SURNAMES)


def _elderly_couple(family: _Family) -> list[DemoMember]:
    return [
        family.member("户主", (1944, 1956), family.surname(), female=False),
        family.member("配偶", (1946, 1958), family.surname(), female=True),
    ]


def _elderly_alone(family: _Family) -> list[DemoMember]:
    return [family.member("户主", (1940, 1952), family.surname(), female=family.chance.random() < 0.5)]


def _single_parent(family: _Family) -> list[DemoMember]:
    surname = family.surname()
    return [
        family.member("户主", (1980, 1992), surname, female=True),
        family.member("女", (2011, 2019), surname, female=True),
        family.member("子", (2011, 2019), surname, female=False),
    ]


def _disabled(family: _Family) -> list[DemoMember]:
    surname = family.surname()
    return [
        family.member("户主", (1964, 1976), surname, female=False),
        family.member("配偶", (1966, 1978), family.surname(), female=True),
        family.member("子", (1990, 1999), surname, female=False),
    ]


def _student(family: _Family) -> list[DemoMember]:
    surname = family.surname()
    return [
        family.member("户主", (1972, 1980), surname, female=False),
        family.member("配偶", (1973, 1981), family.surname(), female=True),
        family.member("女", (2004, 2007), surname, female=True),
    ]


def _three_generations(family: _Family) -> list[DemoMember]:
    surname = family.surname()
    return [
        family.member("户主", (1975, 1985), surname, female=False),
        family.member("配偶", (1976, 1986), family.surname(), female=True),
        family.member("母亲", (1946, 1955), family.surname(), female=True),
        family.member("子", (2005, 2014), surname, female=False),
    ]


_FAMILIES: dict[Kind, Callable[[_Family], list[DemoMember]]] = {
    Kind.ELDERLY_COUPLE: _elderly_couple,
    Kind.ELDERLY_ALONE: _elderly_alone,
    Kind.SINGLE_PARENT: _single_parent,
    Kind.DISABLED: _disabled,
    Kind.STUDENT: _student,
    Kind.THREE_GENERATIONS: _three_generations,
}


@cache
def households() -> tuple[DemoHousehold, ...]:
    """The forty families."""
    chance = seeded(SEED)
    kinds = tuple(Kind)
    return tuple(_household(chance, number, kinds[number % len(kinds)]) for number in range(HOUSEHOLDS))


def _household(chance: random.Random, number: int, kind: Kind) -> DemoHousehold:
    members = _FAMILIES[kind](_Family(chance, number))
    if number == FAMILY_OF_STAFF:
        members.append(_staff_in_family(number))
    if number == LOWER_CASE_X:
        ends_in_x = fictional_id_number(chance, 1951, female=False, check="X")
        members[0] = replace(members[0], id_number=ends_in_x.lower())
    code = QINGQUAN if number == FAMILY_OF_STAFF else VILLAGES[number % len(VILLAGES)].code
    return DemoHousehold(
        household_id=demo_id("household", str(number)),
        kind=kind,
        village=code,
        address=_address(code, number),
        phone=fictional_phone(1000 + number),
        members=tuple(members),
    )


def _staff_in_family(number: int) -> DemoMember:
    person = member_of_staff(STAFF_IN_FAMILY)
    return DemoMember(demo_id("person", f"{number}/儿媳"), person.name, person.id_number, "儿媳")


def _address(code: str, number: int) -> str:
    area = village(code)
    if area.compounds:
        compound = area.compounds[number % len(area.compounds)]
        door = f"{number % 9 + 1}号楼{number % 3 + 1}单元{number % 6 + 1}01室"
        return f"{unit(code).name}{area.name}{compound}{door}"
    return f"{unit(code).name}{area.name}{number % 4 + 1}组{number + 1}号"
