"""Objections: written whole, guarded by their version; their words stay sealed here."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import fields, replace
from typing import Any

from sqlalchemy import Row, func, insert, or_, select, update

from services.common.policy.areas import TownshipCode, VillageCode
from services.common.policy.law import Conflict, Missing
from services.common.runtime.tx import Tx
from services.disclosure.model import (
    CaseId,
    HouseholdId,
    Objection,
    ObjectionAbout,
    ObjectionId,
    ObjectionOutcome,
    ObjectionStage,
    ObjectionWay,
    StaffId,
)
from services.disclosure.storage.tables import objections

OPEN = (ObjectionStage.RAISED.value, ObjectionStage.INVESTIGATED.value)
LARGEST_LIST = 200


async def find_objection(tx: Tx, objection_id: ObjectionId) -> Objection | None:
    row = await tx.one(select(objections).where(objections.c.objection_id == objection_id))
    return _objection(row) if row else None


async def load_objection(tx: Tx, objection_id: ObjectionId) -> Objection:
    found = await find_objection(tx, objection_id)
    if found is None:
        raise Missing("这件异议")
    return found


async def find_by_receipt(tx: Tx, receipt_no: str) -> Objection | None:
    row = await tx.one(select(objections).where(objections.c.receipt_no == receipt_no))
    return _objection(row) if row else None


async def objections_of_case(tx: Tx, case_id: CaseId) -> list[Objection]:
    mine = select(objections).where(objections.c.case_id == case_id)
    return [_objection(row) for row in await tx.all(mine.order_by(objections.c.raised_at))]


async def open_of(tx: Tx, notice_id: str) -> int:
    """How many objections to a publicity are not answered."""
    waiting = objections.c.notice_id == notice_id, objections.c.stage.in_(OPEN)
    return int(await tx.scalar(select(func.count()).select_from(objections).where(*waiting)))


async def objections_in(tx: Tx, areas: Sequence[str], stages: Sequence[ObjectionStage]) -> list[Objection]:
    """Objections of these areas at these stages, what is due first on top."""
    here = or_(*(objections.c.village.startswith(area, autoescape=True) for area in areas))
    wanted = select(objections).where(here, objections.c.stage.in_([stage.value for stage in stages]))
    order = objections.c.answer_due_on.is_(None), objections.c.answer_due_on, objections.c.raised_at
    return [_objection(row) for row in await tx.all(wanted.order_by(*order).limit(LARGEST_LIST))]


async def add_objection(tx: Tx, objection: Objection) -> None:
    await tx.execute(insert(objections).values(_values(objection)))


async def save_objection(tx: Tx, objection: Objection) -> None:
    """Write the next version; Conflict if somebody else was first."""
    mine = (
        objections.c.objection_id == objection.objection_id,
        objections.c.version == objection.version,
    )
    changed = replace(objection, version=objection.version + 1)
    done = await tx.execute(update(objections).where(*mine).values(_values(changed)))
    if done.rowcount != 1:
        raise Conflict("这件异议刚被改动，请刷新后重试")


def _values(objection: Objection) -> dict[str, object]:
    values = {field.name: getattr(objection, field.name) for field in fields(objection)}
    return values | {"investigators": list(objection.investigators)}


def _objection(row: Row[Any]) -> Objection:
    return Objection(
        objection_id=ObjectionId(row.objection_id),
        township=TownshipCode(row.township),
        village=VillageCode(row.village),
        receipt_no=row.receipt_no,
        about=ObjectionAbout(row.about),
        notice_id=row.notice_id,
        case_id=CaseId(row.case_id),
        household_id=HouseholdId(row.household_id),
        way=ObjectionWay(row.way),
        anonymous=row.anonymous,
        words=row.words,
        stage=ObjectionStage(row.stage),
        raised_at=row.raised_at,
        raised_on=row.raised_on,
        answer_due_on=row.answer_due_on,
        investigators=tuple(map(StaffId, row.investigators)),
        investigated_on=row.investigated_on,
        investigation=row.investigation,
        outcome=ObjectionOutcome(row.outcome) if row.outcome else None,
        answer=row.answer,
        answered_on=row.answered_on,
        answered_by=row.answered_by,
        version=row.version,
    )
