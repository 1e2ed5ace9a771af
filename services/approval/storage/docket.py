"""Docket items and what is known of their publicity."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from sqlalchemy import Row, and_, delete, insert, or_, select, update

from services.approval.model import (
    UNDECIDED,
    CaseId,
    DocketItem,
    HouseholdId,
    MeetingId,
    PersonId,
    Publicity,
    Stage,
)
from services.approval.rules.docket import Entry
from services.approval.storage.tables import docket, publicities, recusals
from services.common.policy.areas import TownshipCode
from services.common.policy.household_terms import Category
from services.common.policy.law import Conflict, Missing
from services.common.policy.money import Fen
from services.common.runtime.tx import Tx


async def find_item(tx: Tx, case_id: CaseId) -> DocketItem | None:
    row = await tx.one(select(docket).where(docket.c.case_id == case_id))
    return _item(row) if row else None


async def load_item(tx: Tx, case_id: CaseId) -> DocketItem:
    item = await find_item(tx, case_id)
    if item is None:
        raise Missing("该案件的审批事项")
    return item


async def lock_item(tx: Tx, case_id: CaseId) -> DocketItem:
    """Load it so that nobody votes while it is decided."""
    row = await tx.one(select(docket).where(docket.c.case_id == case_id).with_for_update())
    if row is None:
        raise Missing("该案件的审批事项")
    return _item(row)


async def save_item(tx: Tx, item: DocketItem) -> None:
    """Insert, or update what nobody else has changed since it was loaded."""
    values = _item_values(item)
    if item.version == 0:
        await tx.execute(insert(docket).values(values | {"version": 1}))
        return
    mine = and_(docket.c.case_id == item.case_id, docket.c.version == item.version)
    changed = await tx.execute(update(docket).where(mine).values(values | {"version": item.version + 1}))
    if changed.rowcount != 1:
        raise Conflict("该案件刚被他人更新，请刷新后重试")


async def find_publicity(tx: Tx, case_id: CaseId, revision: int) -> Publicity | None:
    mine = and_(publicities.c.case_id == case_id, publicities.c.revision == revision)
    row = await tx.one(select(publicities).where(mine))
    return _publicity(row) if row else None


async def save_publicity(tx: Tx, publicity: Publicity, township: str) -> None:
    mine = and_(publicities.c.case_id == publicity.case_id, publicities.c.revision == publicity.revision)
    await tx.execute(delete(publicities).where(mine))
    await tx.execute(
        insert(publicities).values(
            case_id=publicity.case_id,
            revision=publicity.revision,
            township=township,
            ends_on=publicity.ends_on,
            decidable_on=publicity.decidable_on,
            concluded_on=publicity.concluded_on,
        )
    )


async def entry_of(tx: Tx, item: DocketItem) -> Entry:
    return Entry(item, await find_publicity(tx, item.case_id, item.revision))


async def page_of_entries(
    tx: Tx, area: str, hidden_from: str, after: tuple[date, str] | None, limit: int
) -> list[Entry]:
    """Undecided cases of an area by due date; those from which the reader is recused are left out."""
    kin = select(recusals.c.household_id).where(recusals.c.staff_id == hidden_from)
    wanted = (
        select(docket)
        .where(
            docket.c.township.startswith(area, autoescape=True),
            docket.c.stage.in_([stage.value for stage in UNDECIDED]),
            docket.c.household_id.not_in(kin),
        )
        .order_by(docket.c.due_on, docket.c.case_id)
        .limit(limit)
    )
    if after:
        due_on, case_id = after
        later = and_(docket.c.due_on == due_on, docket.c.case_id > case_id)
        wanted = wanted.where(or_(docket.c.due_on > due_on, later))
    items = [_item(row) for row in await tx.all(wanted)]
    known = await _publicities_of(tx, items)
    return [Entry(item, known.get((item.case_id, item.revision))) for item in items]


async def _publicities_of(tx: Tx, items: Sequence[DocketItem]) -> dict[tuple[str, int], Publicity]:
    cases = [item.case_id for item in items]
    rows = await tx.all(select(publicities).where(publicities.c.case_id.in_(cases)))
    return {(row.case_id, row.revision): _publicity(row) for row in rows}


def _item(row: Row[Any]) -> DocketItem:
    return DocketItem(
        case_id=CaseId(row.case_id),
        household_id=HouseholdId(row.household_id),
        township=TownshipCode(row.township),
        revision=row.revision,
        category=Category(row.category),
        household_size=row.household_size,
        insured_person_ids=tuple(map(PersonId, row.insured_person_ids)),
        proposed_amount_fen=Fen(row.proposed_amount_fen),
        due_on=row.due_on,
        kin_declared=row.kin_declared,
        district_visited_on=row.district_visited_on,
        stage=Stage(row.stage),
        ready_on=row.ready_on,
        meeting_id=MeetingId(row.meeting_id) if row.meeting_id else None,
        village=row.village,
        head_name=row.head_name,
        version=row.version,
    )


def _item_values(item: DocketItem) -> dict[str, object]:
    return {
        "case_id": item.case_id,
        "household_id": item.household_id,
        "township": item.township,
        "revision": item.revision,
        "category": item.category.value,
        "household_size": item.household_size,
        "insured_person_ids": list(item.insured_person_ids),
        "proposed_amount_fen": item.proposed_amount_fen,
        "due_on": item.due_on,
        "kin_declared": item.kin_declared,
        "district_visited_on": item.district_visited_on,
        "stage": item.stage.value,
        "ready_on": item.ready_on,
        "meeting_id": item.meeting_id,
        "village": item.village,
        "head_name": item.head_name,
    }


def _publicity(row: Row[Any]) -> Publicity:
    return Publicity(
        case_id=CaseId(row.case_id),
        revision=row.revision,
        ends_on=row.ends_on,
        decidable_on=row.decidable_on,
        concluded_on=row.concluded_on,
    )
