"""Reliefs and their instalments."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from sqlalchemy import Row, and_, delete, insert, or_, select, update

from services.approval.model import (
    CaseId,
    HouseholdId,
    Instalment,
    NoticeMethod,
    ObjectCategory,
    Payee,
    Relief,
    ReliefCause,
    ReliefId,
    ReliefKind,
    ReliefStage,
    Source,
    StaffId,
)
from services.approval.storage import rows
from services.approval.storage.relief_tables import instalments, reliefs
from services.approval.storage.tables import recusals
from services.common.policy.areas import TownshipCode
from services.common.policy.law import Missing
from services.common.policy.money import Fen
from services.common.runtime.tx import Tx

LARGEST_LIST = 500


async def find_relief(tx: Tx, relief_id: ReliefId | CaseId) -> Relief | None:
    row = await tx.one(select(reliefs).where(reliefs.c.relief_id == relief_id))
    return _relief(row) if row else None


async def lock_relief(tx: Tx, relief_id: ReliefId) -> Relief:
    """Load it so that nobody decides or pays it twice at once."""
    row = await tx.one(select(reliefs).where(reliefs.c.relief_id == relief_id).with_for_update())
    if row is None:
        raise Missing("该救助事项")
    return _relief(row)


async def load_relief(tx: Tx, relief_id: ReliefId) -> Relief:
    found = await find_relief(tx, relief_id)
    if found is None:
        raise Missing("该救助事项")
    return found


async def save_relief(tx: Tx, relief: Relief) -> None:
    await rows.save(tx, reliefs, "relief_id", relief, "该救助事项刚被他人更新，请刷新后重试")


async def reliefs_of_household(tx: Tx, household_id: HouseholdId) -> list[Relief]:
    """All that a household has had, the newest first."""
    mine = select(reliefs).where(reliefs.c.household_id == household_id)
    return [_relief(row) for row in await tx.all(mine.order_by(reliefs.c.requested_on.desc()))]


async def reliefs_of(tx: Tx, area: str, *, since: date | None = None) -> list[Relief]:
    """Reliefs of an area, the newest first; those of the reader's kin are left out."""
    kin = select(recusals.c.household_id).where(recusals.c.staff_id == tx.actor.id)
    wanted = select(reliefs).where(
        reliefs.c.township.startswith(area[:9], autoescape=True), reliefs.c.household_id.not_in(kin)
    )
    if since:
        closed = reliefs.c.stage.in_([ReliefStage.GRANTED.value, ReliefStage.REFUSED.value])
        wanted = wanted.where(or_(~closed, reliefs.c.decided_on >= since, reliefs.c.platform_no == ""))
    newest = wanted.order_by(reliefs.c.requested_on.desc(), reliefs.c.relief_id.desc()).limit(LARGEST_LIST)
    return [_relief(row) for row in await tx.all(newest)]


async def decided_between(tx: Tx, township: str, first: date, last: date) -> list[Relief]:
    """What was granted or refused in a period."""
    wanted = and_(reliefs.c.township == township, reliefs.c.decided_on.between(first, last))
    return [_relief(row) for row in await tx.all(select(reliefs).where(wanted))]


async def owing_paperwork(tx: Tx) -> list[Relief]:
    """Emergencies whose papers are not there yet."""
    owed = and_(reliefs.c.paperwork_due_on.is_not(None), reliefs.c.paperwork_completed_on.is_(None))
    return [_relief(row) for row in await tx.all(select(reliefs).where(owed))]


async def unserved(tx: Tx) -> list[Relief]:
    """Refusals that nobody has explained in writing yet."""
    owed = and_(reliefs.c.notice_due_on.is_not(None), reliefs.c.notice_served_on.is_(None))
    return [_relief(row) for row in await tx.all(select(reliefs).where(owed))]


async def instalments_of(tx: Tx, relief_id: str) -> list[Instalment]:
    mine = select(instalments).where(instalments.c.relief_id == relief_id)
    return [_instalment(row) for row in await tx.all(mine.order_by(instalments.c.number))]


async def instalments_of_all(tx: Tx, relief_ids: Sequence[str]) -> dict[str, list[Instalment]]:
    wanted = select(instalments).where(instalments.c.relief_id.in_(relief_ids))
    found: dict[str, list[Instalment]] = {one: [] for one in relief_ids}
    for row in await tx.all(wanted.order_by(instalments.c.number)):
        found[row.relief_id].append(_instalment(row))
    return found


async def unpaid_fen(tx: Tx, township: str) -> int:
    """What is approved and not with the households yet."""
    granted = select(reliefs.c.relief_id).where(
        reliefs.c.township == township, reliefs.c.stage == ReliefStage.GRANTED.value
    )
    wanted = select(instalments).where(instalments.c.relief_id.in_(granted))
    found = [_instalment(row) for row in await tx.all(wanted)]
    return sum(one.amount_fen - one.outstanding_fen for one in found)


async def replace_plan(tx: Tx, relief_id: ReliefId, plan: Sequence[Instalment]) -> None:
    await tx.execute(delete(instalments).where(instalments.c.relief_id == relief_id))
    await tx.execute(insert(instalments).values([rows.values_of(one) for one in plan]))


async def save_instalment(tx: Tx, one: Instalment) -> None:
    mine = and_(instalments.c.relief_id == one.relief_id, instalments.c.number == one.number)
    await tx.execute(update(instalments).where(mine).values(rows.values_of(one)))


def _relief(row: Row[Any]) -> Relief:
    typed: dict[str, Any] = {
        "relief_id": ReliefId(row.relief_id),
        "household_id": HouseholdId(row.household_id),
        "township": TownshipCode(row.township),
        "kind": ReliefKind(row.kind),
        "cause": ReliefCause(row.cause),
        "object_category": ObjectCategory(row.object_category),
        "amount_fen": Fen(row.amount_fen),
        "handler_id": StaffId(row.handler_id),
        "stage": ReliefStage(row.stage),
        "notice_method": NoticeMethod(row.notice_method) if row.notice_method else None,
    }
    return Relief(**rows.plain(Relief, row) | typed)


def _instalment(row: Row[Any]) -> Instalment:
    typed: dict[str, Any] = {
        "source": Source(row.source) if row.source else None,
        "payee": Payee(row.payee),
    }
    return Instalment(**rows.plain(Instalment, row) | typed)
