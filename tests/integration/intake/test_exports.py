"""The list of cases as a file: whoever works with names gets it, never with ID numbers, and it is audited."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import replace
from io import BytesIO

import httpx
import pytest
from openpyxl import load_workbook
from sqlalchemy import select

from services.common.runtime import tables
from services.common.runtime.actor import Actor
from services.common.runtime.auth import Keys
from services.common.runtime.http import SESSION_COOKIE, office_app
from tests.world.applications import (
    FAMILY,
    GRID_WORKER,
    HANDLER,
    HEAD_MEMBER,
    NEIGHBOUR_TOWNSHIP,
    TOWNSHIP,
    WIFE_MEMBER,
    Village,
)

KEYS = Keys.fresh()
PATH = f"/intake/exports/cases.xlsx?area={TOWNSHIP}"


@pytest.fixture
async def browser(village: Village) -> AsyncIterator[httpx.AsyncClient]:
    transport = httpx.ASGITransport(office_app([village.intake], KEYS))
    async with httpx.AsyncClient(transport=transport, base_url="http://office") as client:
        yield client


async def fetch(browser: httpx.AsyncClient, who: Actor) -> httpx.Response:
    return await browser.get(PATH, headers={"cookie": f"{SESSION_COOKIE}={KEYS.issue(who)}"})


async def test_the_file_holds_what_the_page_shows_and_no_id_number(
    village: Village, browser: httpx.AsyncClient
) -> None:
    await village.receive()
    await village.accept()

    answer = await fetch(browser, HANDLER)

    page = load_workbook(BytesIO(answer.content)).active
    assert page is not None
    cells = [[str(cell.value) for cell in row] for row in page.iter_rows()]
    assert cells[4][:3] == ["王守田", "南村", "最低生活保障"]
    everything = " ".join(cell for row in cells for cell in row)
    assert not any(one.id_number.value in everything or one.id_number.masked in everything for one in FAMILY)
    async with village.intake.reading(HANDLER) as tx:
        rows = await tx.all(select(tables.audit).where(tables.audit.c.action == "export-cases"))
    assert [(row.kind, row.actor, row.subject, row.result) for row in rows] == [
        ("look", HANDLER.id, TOWNSHIP, "done")
    ]


@pytest.mark.law("R3.10")
async def test_the_households_of_ones_kin_are_left_out(village: Village, browser: httpx.AsyncClient) -> None:
    kin = replace(WIFE_MEMBER, kin_relation="姐弟", kin_staff_id=HANDLER.id)
    await village.receive(HEAD_MEMBER, kin)

    page = load_workbook(BytesIO((await fetch(browser, HANDLER)).content)).active

    assert page is not None
    assert "共 0 条" in str(page["A2"].value)


@pytest.mark.parametrize("who", [NEIGHBOUR_TOWNSHIP, GRID_WORKER], ids=["other-township", "village"])
async def test_others_get_no_file_and_stand_in_the_audit(
    village: Village, browser: httpx.AsyncClient, who: Actor
) -> None:
    assert (await fetch(browser, who)).status_code == 403

    async with village.intake.reading(HANDLER) as tx:
        rows = await tx.all(select(tables.audit).where(tables.audit.c.action == "export-cases"))
    assert [(row.actor, row.result == "done") for row in rows] == [(who.id, False)]
