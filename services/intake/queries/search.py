"""Finding people by present or former name, sound, case number or ID number, in the reader's own areas."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, and_, or_, select

from services.common.policy.household_terms import Category
from services.common.policy.identity import SEPARATORS, IdNumber
from services.common.policy.law import Invalid
from services.common.runtime import audit
from services.common.runtime.tx import Tx
from services.intake.model.case import Stage
from services.intake.rules.names import typed_sound
from services.intake.storage.case_tables import cases
from services.intake.storage.registry_tables import (
    former_names,
    household_members,
    households,
    persons,
    recusals,
)

ACTION = "find-person"
MOST_FOUND = 50
MOST_TYPED = 80
SHORTEST_SOUND = 2
UUID_DIGITS = 32
_NUMBER = re.compile(r"[0-9]{14,}[0-9X]")
# What pages show of a case number is its end; six signs are enough to tell cases apart.
_CASE = re.compile(r"[0-9a-f]{6,12}|[0-9a-f]{8}-?(?:[0-9a-f]{4}-?){3}[0-9a-f]{12}")


@dataclass(frozen=True, slots=True)
class CaseOf:
    """A case of the household that somebody was found in."""

    case_id: str
    stage: Stage
    category: Category
    received_on: date


@dataclass(frozen=True, slots=True)
class PersonFound:
    """Somebody of that name, with what tells two of the same name apart."""

    name: str
    born_on: date
    relation: str
    village: str
    household_id: str
    cases: tuple[CaseOf, ...]
    former_names: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Found:
    """Who was found; `more` when the list was cut off."""

    people: tuple[PersonFound, ...]
    more: bool = False


async def find_people(text: str, areas: Sequence[str], tx: Tx) -> Found:
    """People whom `text` names, in these areas; households of the reader's kin stay hidden (R3.10).

    What was typed is kept nowhere; who was shown stands in the audit, household by household.
    """
    wanted = _meant(text, tx)
    kin = select(recusals.c.household_id).where(recusals.c.staff_id == tx.actor.id)
    here = or_(*(households.c.village.startswith(area, autoescape=True) for area in areas))
    rows = await tx.all(
        select(
            persons.c.person_id,
            persons.c.name,
            persons.c.born_on,
            household_members.c.relation,
            households.c.village,
            households.c.household_id,
            cases.c.case_id,
            cases.c.stage,
            cases.c.category,
            cases.c.received_on,
        )
        .join(household_members, household_members.c.person_id == persons.c.person_id)
        .join(households, households.c.household_id == household_members.c.household_id)
        .outerjoin(cases, cases.c.household_id == households.c.household_id)
        .where(wanted, here, households.c.household_id.not_in(kin))
        .order_by(persons.c.name, persons.c.born_on, persons.c.person_id, cases.c.received_on.desc())
        .limit(MOST_FOUND + 1)
    )
    people = _people(rows[:MOST_FOUND], await _former_names(tx, {row.person_id for row in rows}))
    await audit.look(tx, ACTION, *dict.fromkeys((one.village, one.household_id) for one in people))
    return Found(people, len(rows) > MOST_FOUND)


def _meant(text: str, tx: Tx) -> ColumnElement[bool]:
    """The condition that what was typed stands for; Invalid where it cannot name anybody."""
    typed = unicodedata.normalize("NFKC", text).strip()
    if not typed or len(typed) > MOST_TYPED:
        raise Invalid("q", "请输入姓名、拼音、案号或身份证号")
    number = SEPARATORS.sub("", typed).upper()
    if _NUMBER.fullmatch(number):
        return persons.c.id_index == tx.service.sealer.index(IdNumber.parse(number).value)
    ways: list[ColumnElement[bool]] = []
    if _CASE.fullmatch(typed.lower()):
        ends = _with_hyphens(typed.lower())
        heads = persons.c.person_id == households.c.head_person_id
        ways.append(and_(heads, cases.c.case_id.endswith(ends, autoescape=True)))
    if not typed.isascii():
        name = re.sub(r"\s", "", typed)
        ways.append(persons.c.name.contains(name, autoescape=True))
        ways.append(_formerly(former_names.c.name.contains(name, autoescape=True)))
    sound = typed_sound(typed)
    if len(sound) >= SHORTEST_SOUND and not any(sign.isdigit() for sign in typed):
        ways.append(persons.c.spellings.contains(f" {sound}", autoescape=True))
        ways.append(_formerly(former_names.c.spellings.contains(f" {sound}", autoescape=True)))
    if not ways:
        raise Invalid("q", "拼音至少输入两个字母，案号至少输入后 6 位，身份证号须输入 18 位")
    return or_(*ways)


def _formerly(fits: ColumnElement[bool]) -> ColumnElement[bool]:
    """Whoever had such a name before."""
    return persons.c.person_id.in_(select(former_names.c.person_id).where(fits))


def _with_hyphens(case_number: str) -> str:
    plain = case_number.replace("-", "")
    return (
        "-".join((plain[:8], plain[8:12], plain[12:16], plain[16:20], plain[20:]))
        if len(plain) == UUID_DIGITS
        else plain
    )


async def _former_names(tx: Tx, person_ids: Collection[str]) -> Mapping[str, tuple[str, ...]]:
    wanted = select(former_names).where(former_names.c.person_id.in_(person_ids))
    found: dict[str, tuple[str, ...]] = {}
    for row in await tx.all(wanted.order_by(former_names.c.until_on.desc(), former_names.c.name)):
        found[row.person_id] = (*found.get(row.person_id, ()), row.name)
    return found


def _people(rows: Sequence[Any], former: Mapping[str, tuple[str, ...]]) -> tuple[PersonFound, ...]:
    """One line per person and household, with all its cases."""
    found: dict[tuple[str, str], PersonFound] = {}
    for row in rows:
        key = (row.person_id, row.household_id)
        known = found.get(key)
        held = known.cases if known else ()
        if row.case_id:
            case = CaseOf(row.case_id, Stage(row.stage), Category(row.category), row.received_on)
            held = (*held, case)
        found[key] = PersonFound(
            row.name,
            row.born_on,
            row.relation,
            row.village,
            row.household_id,
            held,
            former.get(row.person_id, ()),
        )
    return tuple(found.values())
