"""Acts and looks leave rows that nobody changes, removes or swaps unnoticed."""

from __future__ import annotations

import asyncio
from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import create_engine, delete, select, text, update
from sqlalchemy.exc import DBAPIError
from typer.testing import CliRunner

from services.common.contracts import intake
from services.common.policy.law import Forbidden, Refused
from services.common.runtime import (
    anchor,
    append_only,
    audit,
    audit_check,
    migrations,
    origin,
    scheduler,
    tables,
)
from services.common.runtime.actor import Actor
from services.common.runtime.audit_check import Anchor
from services.common.runtime.service import Service
from services.common.runtime.tx import Tx
from services.intake.commands.acceptance import RequestSupplement
from services.intake.commands.registry import PutArea
from services.intake.queries import dossier
from services.ops.audit import check
from services.ops.commands import app
from tests.world.applications import (
    CASE,
    HANDLER,
    NEIGHBOUR_TOWNSHIP,
    OFFICE_HEAD,
    TOWNSHIP,
    Village,
)
from tests.world.services import TestClock, published, shanghai

ROWS = tables.audit.c
CHAINED = tables.audit.update().where(ROWS.chain == TOWNSHIP)


async def rows(service: Service, *wanted: object) -> list[object]:
    async with service.database.read() as db:
        found = await db.execute(select(tables.audit).where(*wanted).order_by(ROWS.chain, ROWS.number))  # type: ignore[arg-type]
        return list(found.all())


async def flaws(service: Service) -> list[str]:
    return [str(flaw) for flaw in (await check(service))[1]]


async def tamper(service: Service, *statements: object) -> None:
    """Change the audit as somebody with every right on the database would."""
    async with service.database.begin() as db:
        await db.run_sync(append_only.permit, "audit")
        for statement in statements:
            await db.execute(statement)  # type: ignore[call-overload]
        await db.run_sync(append_only.forbid, "audit")


async def dossier_of(village: Village, actor: Actor) -> object:
    request = intake.GetDossierRequest(case_id=CASE)
    read = village.intake.blueprint.rpc.reads["GetDossier"]  # type: ignore[union-attr]
    async with village.intake.reading(actor) as tx:
        await village.intake.look(read.action, request, tx, read.locate)
        return await dossier.get_dossier(request, tx)


async def test_each_township_has_a_chain_of_its_own_and_the_district_one(village: Village) -> None:
    await village.receive()
    await village.accept()

    chains = {row.chain for row in await rows(village.intake)}  # type: ignore[attr-defined]
    assert chains == {TOWNSHIP, "district"}
    assert await flaws(village.intake) == []
    own = await rows(village.intake, ROWS.chain == TOWNSHIP)
    assert [row.number for row in own] == list(range(1, len(own) + 1))  # type: ignore[attr-defined]
    assert [row.action for row in own][:2] == ["receive-application", "accept-application"]  # type: ignore[attr-defined]


async def test_a_refused_act_is_entered_though_all_else_is_undone(village: Village) -> None:
    await village.receive()
    with pytest.raises(Forbidden):
        await village.intake.perform(PutArea(code="140403", name="冒名"), HANDLER)
    missing = RequestSupplement(case_id=CASE, missing=("银行流水",))
    await village.intake.perform(missing, HANDLER)
    with pytest.raises(Refused):
        await village.intake.perform(missing, HANDLER)

    refused = await rows(village.intake, ROWS.result != audit.DONE)
    assert [(row.actor, row.action, row.kind) for row in refused] == [  # type: ignore[attr-defined]
        (HANDLER.id, "put-area", "act"),
        (HANDLER.id, "request-supplement", "act"),
    ]
    assert refused[1].subject == CASE  # type: ignore[attr-defined]
    assert await flaws(village.intake) == []


async def test_a_look_says_who_at_what_from_where_and_why(village: Village) -> None:
    await village.receive()
    origin.came_from("192.0.2.7", "tablet-12", "%E5%A4%8D%E6%A0%B8")
    await dossier_of(village, OFFICE_HEAD)
    with pytest.raises(Forbidden):
        await dossier_of(village, NEIGHBOUR_TOWNSHIP)

    looks = await rows(village.intake, ROWS.kind == "look")
    told = [(row.actor, row.action, row.result, row.purpose, row.origin) for row in looks]  # type: ignore[attr-defined]
    assert told[0] == (OFFICE_HEAD.id, "read-dossier", "done", "复核", "192.0.2.7 tablet-12")
    assert told[1][:3] == (NEIGHBOUR_TOWNSHIP.id, "read-dossier", "forbidden")
    assert looks[0].subject == CASE  # type: ignore[attr-defined]


@pytest.mark.parametrize("change", [update(tables.audit).values(actor="nobody"), delete(tables.audit)])
async def test_the_database_itself_refuses_to_change_or_remove_a_row(
    village: Village, change: object
) -> None:
    with pytest.raises(DBAPIError, match=append_only.REFUSAL):
        async with village.intake.database.begin() as db:
            await db.execute(change)  # type: ignore[call-overload]


async def test_postgresql_refuses_to_empty_the_table(village: Village, database_url: str) -> None:
    emptied = "TRUNCATE audit" if database_url else "DELETE FROM audit"
    with pytest.raises(DBAPIError, match=append_only.REFUSAL):
        async with village.intake.database.begin() as db:
            await db.execute(text(emptied))


async def test_a_changed_row_is_found(village: Village) -> None:
    await village.receive()
    await village.accept()
    await tamper(village.intake, CHAINED.where(ROWS.number == 2).values(actor="somebody-else"))

    assert await flaws(village.intake) == [f"{TOWNSHIP} 第2条：内容被改动过"]


async def test_a_removed_row_is_found_in_the_middle_and_at_the_end(village: Village) -> None:
    await village.receive()
    await village.accept()
    await village.verify()
    mine = delete(tables.audit).where(ROWS.chain == TOWNSHIP)
    await tamper(village.intake, mine.where(ROWS.number == 2))
    assert any("第3条：前面缺少记录" in flaw for flaw in await flaws(village.intake))

    last = len(await rows(village.intake, ROWS.chain == TOWNSHIP)) + 1
    await tamper(village.intake, mine.where(ROWS.number == last))
    assert any("链尾与登记的不一致" in flaw for flaw in await flaws(village.intake))


async def test_swapped_rows_are_found(village: Village) -> None:
    await village.receive()
    await village.accept()
    third = CHAINED.where(ROWS.number == 1).values(number=99)
    first = CHAINED.where(ROWS.number == 2).values(number=1)
    second = CHAINED.where(ROWS.number == 99).values(number=2)
    await tamper(village.intake, third, first, second)

    assert any("次序" in flaw for flaw in await flaws(village.intake))


async def test_a_chain_that_was_calculated_anew_contradicts_what_was_made_known(
    village: Village, clock: TestClock
) -> None:
    await village.receive()
    clock.move_to(shanghai(date(2026, 9, 15)))
    await scheduler.run_due(village.intake)
    await village.accept()

    first, *later = await rows(village.intake, ROWS.chain == TOWNSHIP)
    forged = {**first._mapping, "actor": "somebody-else"}  # type: ignore[attr-defined]
    previous, statements = "", []
    for row in (forged, *(dict(one._mapping) for one in later)):  # type: ignore[attr-defined]
        new = {"actor": row["actor"], "prev_hash": previous, "hash": audit.digest(row, previous)}
        statements.append(CHAINED.where(ROWS.number == row["number"]).values(new))
        previous = new["hash"]
    heads = update(tables.audit_heads).where(tables.audit_heads.c.chain == TOWNSHIP)
    await tamper(village.intake, *statements, heads.values(hash=previous))

    found = await flaws(village.intake)
    assert found == [f"{TOWNSHIP} 第1条：与2026-09-15公布的不一致"] * 2, "by the event and by the sheet"
    # Whoever also forges the event and the sheet beside the database still faces a copy kept elsewhere.
    async with village.intake.database.read() as db:
        kept = [Anchor(TOWNSHIP, 1, first.hash, "2026-09-15")]  # type: ignore[attr-defined]
        assert len((await db.run_sync(audit_check.verify, kept))[1]) == 1


async def test_only_chains_that_grew_are_anchored(village: Village, clock: TestClock) -> None:
    await village.receive()
    for day in (15, 16):
        clock.move_to(shanghai(date(2026, 9, day)))
        await scheduler.run_due(village.intake)
    told = await published(village.intake, intake.AuditHeadAnchored)

    assert sorted((event.chain, event.day) for event in told) == [  # type: ignore[attr-defined]
        (TOWNSHIP, "2026-09-15"),
        ("district", "2026-09-15"),
    ]
    sheet = Anchor.read(anchor.file_of(village.intake.settings, "intake"))
    assert [(one.chain, one.number) for one in sheet] == [
        (event.chain, event.seq)  # type: ignore[attr-defined]
        for event in told
    ]
    assert await flaws(village.intake) == []


async def test_parallel_acts_of_two_townships_leave_chains_without_gaps(village: Village) -> None:
    async def act(number: int) -> None:
        async with village.intake.transaction(HANDLER) as tx:
            _enter(tx, TOWNSHIP, "140403104" if number % 2 else "140403105")
            await asyncio.sleep(0)

    await asyncio.gather(*(act(number) for number in range(40)))

    assert len(await rows(village.intake, ROWS.chain == TOWNSHIP)) == 40
    assert await flaws(village.intake) == []


def _enter(tx: Tx, *areas: str) -> None:
    for area in areas:
        tx.entries.append(audit.Entry(audit.Kind.ACT, "try", area, "case"))


async def test_what_was_entered_before_there_were_chains_is_taken_into_them(tmp_path: Path) -> None:
    url = f"sqlite+aiosqlite:///{tmp_path / 'intake.db'}"
    from alembic import command

    await asyncio.to_thread(command.upgrade, migrations.config_for("intake", url), "20261124_0500")
    engine = create_engine(url.replace("+aiosqlite", ""))
    entered = text(
        "INSERT INTO audit (at, actor, action, area, subject)"
        " VALUES ('2026-09-14 01:00:00.000000', 'handler', 'accept-application', :area, 'case')"
    )
    with engine.begin() as connection:
        for area in ("140403103901", "140403103", "140403"):
            connection.execute(entered, {"area": area})
    await asyncio.to_thread(migrations.upgrade, "intake", url)
    with engine.connect() as connection:
        assert audit_check.verify(connection) == (3, [])
    engine.dispose()


async def test_the_operator_is_told_and_the_command_fails(
    tmp_path: Path, clock: TestClock, database_url: str
) -> None:
    from services import launch

    for name in launch.SERVICES:
        await asyncio.to_thread(migrations.upgrade, name, f"sqlite+aiosqlite:///{tmp_path / name}.db")
    ask = ["audit", "verify", "--data", str(tmp_path)]
    assert (await asyncio.to_thread(CliRunner().invoke, app, ask)).exit_code == 0

    engine = create_engine(f"sqlite:///{tmp_path / 'review.db'}")
    with engine.begin() as connection:
        connection.execute(
            text("INSERT INTO audit_heads (chain, number, hash, anchored) VALUES ('district', 7, 'x', 0)")
        )
    engine.dispose()
    answer = await asyncio.to_thread(CliRunner().invoke, app, ask)
    assert answer.exit_code == 1
    assert "review: 0 条,1 处异常" in answer.output
