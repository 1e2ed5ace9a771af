"""Kin are matched in intake on every change, and nobody takes part in the matters of his kin."""

from __future__ import annotations

from dataclasses import replace

import pytest
from sqlalchemy import select

from services.common.contracts import intake
from services.common.policy.law import Forbidden, Refused
from services.common.runtime import tables
from services.common.runtime.actor import SYSTEM
from services.common.runtime.service import Service
from services.intake.access import recused
from services.intake.commands.acceptance import AcceptApplication
from services.intake.queries import cases
from tests.world.applications import (
    CASE,
    GRID_WORKER,
    HANDLER,
    HEAD_MEMBER,
    HOUSEHOLD,
    OFFICE_HEAD,
    SON_MEMBER,
    SURVEYOR,
    TOWNSHIP,
    WIFE_MEMBER,
    Village,
    id_number,
)
from tests.world.services import TestClock, published, shanghai

KIN_OF_SURVEYOR = replace(HEAD_MEMBER, kin_relation="岳父", kin_staff_id=SURVEYOR.id)


@pytest.mark.law("R3.1", "R3.5", "R3.10")
async def test_kin_declared_in_the_application_are_recused(village: Village) -> None:
    await village.receive(KIN_OF_SURVEYOR, WIFE_MEMBER, SON_MEMBER)

    assert await recused_now(village.intake) == {SURVEYOR.id}
    [event] = await published(village.intake, intake.RecusalChanged)
    assert (event.household_id, list(event.staff_ids)) == (HOUSEHOLD, [SURVEYOR.id])


@pytest.mark.law("R3.5")
async def test_a_cousin_is_no_near_kin(village: Village) -> None:
    cousin = replace(HEAD_MEMBER, kin_relation="表哥", kin_staff_id=SURVEYOR.id)
    await village.receive(cousin, WIFE_MEMBER, SON_MEMBER)

    assert await recused_now(village.intake) == frozenset()
    assert await published(village.intake, intake.RecusalChanged) == []


@pytest.mark.law("R3.1")
async def test_a_member_who_is_staff_is_found_by_the_number_and_not_by_the_declaration(
    village: Village,
) -> None:
    await village.receive()
    await village.hire(replace(GRID_WORKER, id="the-wife"), WIFE_MEMBER.id_number)

    assert await recused_now(village.intake) == {"the-wife"}


@pytest.mark.law("R3.10")
async def test_a_corrected_number_lifts_the_recusal(village: Village) -> None:
    await village.hire(SURVEYOR, WIFE_MEMBER.id_number)
    await village.receive()
    assert await recused_now(village.intake) == {SURVEYOR.id}
    await village.hire(SURVEYOR, id_number("1990-01-01", 9))

    assert await recused_now(village.intake) == frozenset()
    assert [list(e.staff_ids) for e in await published(village.intake, intake.RecusalChanged)] == [
        [SURVEYOR.id],
        [],
    ]


@pytest.mark.law("R3.10")
async def test_kin_as_surveyor_is_refused(village: Village) -> None:
    await village.receive(KIN_OF_SURVEYOR, WIFE_MEMBER, SON_MEMBER)
    await village.accept()

    with pytest.raises(Refused, match="应当回避") as refused:
        await village.order_survey(SURVEYOR, GRID_WORKER)
    assert refused.value.article.id == "R3.10"
    await village.order_survey(HANDLER, GRID_WORKER)


@pytest.mark.law("R3.10")
async def test_kin_found_between_order_and_survey_stop_the_survey(village: Village, clock: TestClock) -> None:
    await village.receive()
    await village.accept()
    await village.order_survey(HANDLER, GRID_WORKER)
    await village.hire(GRID_WORKER, WIFE_MEMBER.id_number)
    clock.move_to(shanghai("2026-09-16"))

    with pytest.raises(Refused, match="应当回避"):
        await village.survey(surveyor_ids=(HANDLER.id, GRID_WORKER.id), by=HANDLER)


@pytest.mark.law("R3.10")
async def test_a_handler_who_is_kin_neither_acts_nor_sees_the_case_in_his_list(village: Village) -> None:
    kin = replace(HEAD_MEMBER, kin_relation="哥哥", kin_staff_id=HANDLER.id)
    await village.receive(kin, WIFE_MEMBER, SON_MEMBER)

    with pytest.raises(Forbidden, match="近亲属") as refused:
        await village.accept()
    assert refused.value.article is not None
    async with village.intake.reading(HANDLER) as tx:
        page = await cases.list_cases(intake.ListCasesRequest(area=TOWNSHIP), tx)
    assert page.cases == ()
    assert (await village.intake.perform(AcceptApplication(case_id=CASE), OFFICE_HEAD)).provisional is False


@pytest.mark.law("R3.2", "DB.20")
async def test_the_opinion_says_that_kin_are_declared_after_the_recusal_was_told(
    village: Village, clock: TestClock
) -> None:
    await village.receive(KIN_OF_SURVEYOR, WIFE_MEMBER, SON_MEMBER)
    await village.accept()
    await village.order_survey(HANDLER, GRID_WORKER)
    clock.move_to(shanghai("2026-09-16"))
    await village.survey(surveyor_ids=(HANDLER.id, GRID_WORKER.id), by=HANDLER)
    await village.verify()
    await village.form_opinion()

    [opinion] = await published(village.intake, intake.PreliminaryOpinionFormed)
    assert opinion.kin_declared
    types = await stream_of_household(village.intake)
    assert types.index("RecusalChanged") < types.index("PreliminaryOpinionFormed")


@pytest.mark.law("R3.2")
async def test_kin_declared_without_a_name_still_put_the_case_apart(
    village: Village, clock: TestClock
) -> None:
    await village.receive(replace(HEAD_MEMBER, kin_relation="儿子"), WIFE_MEMBER, SON_MEMBER)
    await village.accept()
    await village.order_survey()
    clock.move_to(shanghai("2026-09-16"))
    await village.survey()
    await village.verify()
    await village.form_opinion()

    [opinion] = await published(village.intake, intake.PreliminaryOpinionFormed)
    assert opinion.kin_declared
    assert await recused_now(village.intake) == frozenset()


async def recused_now(service: Service) -> frozenset[str]:
    async with service.reading(SYSTEM) as tx:
        return await recused(tx, HOUSEHOLD)


async def stream_of_household(service: Service) -> list[str]:
    async with service.reading(SYSTEM) as tx:
        rows = await tx.all(
            select(tables.outbox.c.type)
            .where(tables.outbox.c.aggregateid == HOUSEHOLD)
            .order_by(tables.outbox.c.version)
        )
    return [row.type.rsplit(".", 1)[1] for row in rows]
