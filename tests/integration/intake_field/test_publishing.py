"""Publishing a form: a version is kept for good, and only the bureau and the operator may do it."""

from __future__ import annotations

import io

import pytest
from openpyxl import load_workbook

from services.common.policy.law import Conflict, Forbidden, Invalid
from services.intake.commands.forms import FormPublished, PublishForm
from services.intake.forms import shipped
from services.intake.storage.visits import list_forms
from tests.world.applications import GRID_WORKER, HANDLER, OPERATOR, Village
from tests.world.field import VERSION


def edited(version: str, title: str = "走访记录(新)") -> bytes:
    """The spreadsheet of the visit under another title and version."""
    book = load_workbook(io.BytesIO(shipped("visit")))
    book["settings"]["A2"], book["settings"]["C2"] = title, version
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


async def versions(village: Village) -> list[tuple[str, str]]:
    async with village.intake.reading(OPERATOR) as tx:
        return [(one.version, one.title) for one in await list_forms(tx) if one.form_id == "visit"]


async def test_the_same_file_published_again_changes_nothing(village: Village) -> None:
    again = await village.intake.perform(PublishForm(xlsx=shipped("visit")), OPERATOR)

    assert again == FormPublished("visit", VERSION)
    assert await versions(village) == [(VERSION, "走访记录")]


async def test_a_published_version_never_changes_its_meaning(village: Village) -> None:
    with pytest.raises(Conflict, match="改用新的version"):
        await village.intake.perform(PublishForm(xlsx=edited(VERSION)), OPERATOR)
    assert await versions(village) == [(VERSION, "走访记录")]


async def test_a_new_version_stands_beside_the_old_one(village: Village) -> None:
    await village.intake.perform(PublishForm(xlsx=edited("2026100101")), OPERATOR)

    assert await versions(village) == [("2026100101", "走访记录(新)"), (VERSION, "走访记录")]


@pytest.mark.parametrize("who", [GRID_WORKER, HANDLER])
async def test_villages_and_townships_use_forms_and_do_not_publish_them(
    village: Village, who: object
) -> None:
    with pytest.raises(Forbidden):
        await village.intake.perform(PublishForm(xlsx=edited("2")), who)  # type: ignore[arg-type]


async def test_a_file_that_does_not_compile_leaves_nothing(village: Village) -> None:
    with pytest.raises(Invalid):
        await village.intake.perform(PublishForm(xlsx=b"no spreadsheet"), OPERATOR)
    assert len(await versions(village)) == 1
