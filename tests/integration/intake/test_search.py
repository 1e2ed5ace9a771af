"""People are found by name, sound, case number and ID number: in one's own area, and never one's own kin."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import pytest
from sqlalchemy import select

from services.common.policy.law import Invalid
from services.common.runtime import tables
from services.common.runtime.actor import Actor
from services.intake.commands.registry import PutArea
from services.intake.model.ids import CaseId, HouseholdId, PersonId
from services.intake.queries.search import Found, find_people
from tests.world.applications import (
    CASE,
    FAMILY,
    HANDLER,
    HEAD_MEMBER,
    NEIGHBOUR_TOWNSHIP,
    OPERATOR,
    OTHER_TOWNSHIP,
    SON_MEMBER,
    TOWNSHIP,
    WIFE_MEMBER,
    Village,
    id_number,
)


async def search(village: Village, text: str, who: Actor = HANDLER, areas: Sequence[str] = ()) -> Found:
    async with village.intake.reading(who) as tx:
        return await find_people(text, areas or [TOWNSHIP], tx)


def names(found: Found) -> list[str]:
    return [one.name for one in found.people]


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("王守田", ["王守田"]),
        (" 守 田 ", ["王守田"]),
        ("王", ["王守田", "王小军"]),
        ("wangshoutian", ["王守田"]),
        ("Wáng Shǒu", ["王守田"]),
        ("wst", ["王守田"]),
        ("xiulan", ["李秀兰"]),
        (HEAD_MEMBER.id_number.value, ["王守田"]),
        (f"{SON_MEMBER.id_number.value[:6]} {SON_MEMBER.id_number.value[6:]}", ["王小军"]),
        (CASE.replace("-", "")[-6:].upper(), ["王守田"]),
        (CASE, ["王守田"]),
        ("%", None),
        ("shoutian%", ["王守田"]),
    ],
)
async def test_one_word_finds_the_person_and_says_birth_year_village_and_case(
    village: Village, typed: str, found: list[str] | None
) -> None:
    await village.receive()
    if found is None:
        with pytest.raises(Invalid):
            await search(village, typed)
        return

    answer = await search(village, typed)

    assert sorted(names(answer)) == sorted(found)
    assert {one.village for one in answer.people} == {"140403103201"}
    assert all(one.cases[0].case_id == CASE for one in answer.people)


async def test_two_of_the_same_name_are_told_apart_by_their_birth_year(village: Village) -> None:
    namesake = replace(
        HEAD_MEMBER,
        person_id=PersonId("01920000-0000-7000-8000-0000000000f1"),
        id_number=id_number("1990-01-05"),
    )
    await village.receive()
    await village.receive(
        namesake,
        case_id=CaseId("01920000-0000-7000-8000-00000000ca5f"),
        household_id=HouseholdId("01920000-0000-7000-8000-0000000000bb"),
    )

    answer = await search(village, "王守田")

    assert [one.born_on.year for one in answer.people] == [1966, 1990]


async def test_nobody_is_found_in_another_township(village: Village) -> None:
    await village.receive()
    await village.intake.perform(PutArea(code=OTHER_TOWNSHIP, name="邻镇"), OPERATOR)

    for typed in ("王守田", "wst", HEAD_MEMBER.id_number.value):
        answer = await search(village, typed, NEIGHBOUR_TOWNSHIP, [OTHER_TOWNSHIP])
        assert answer.people == ()


@pytest.mark.law("R3.10")
async def test_kin_of_the_household_do_not_find_it_by_any_word(village: Village) -> None:
    kin = replace(WIFE_MEMBER, kin_relation="姐弟", kin_staff_id=HANDLER.id)
    await village.receive(*(kin if one is WIFE_MEMBER else one for one in FAMILY))

    for typed in ("王守田", "lxl", HEAD_MEMBER.id_number.value, CASE):
        assert (await search(village, typed)).people == ()


async def test_every_household_shown_stands_in_the_audit_and_what_was_typed_nowhere(village: Village) -> None:
    await village.receive()
    await search(village, HEAD_MEMBER.id_number.value)
    await search(village, "王守田")
    await search(village, "无此人")

    async with village.intake.reading(HANDLER) as tx:
        rows = await tx.all(select(tables.audit).where(tables.audit.c.action == "find-person"))

    assert [(row.kind, row.subject) for row in rows] == [("look", "01920000-0000-7000-8000-0000000000aa")] * 2
    assert not any(
        HEAD_MEMBER.id_number.value in str(tuple(row)) or "王守田" in str(tuple(row)) for row in rows
    )


@pytest.mark.parametrize("typed", ["", "  ", "w", "12345", "14040319660305", "140403196603050010", "x" * 81])
async def test_what_can_name_nobody_is_answered_by_a_sentence(village: Village, typed: str) -> None:
    with pytest.raises(Invalid):
        await search(village, typed)
