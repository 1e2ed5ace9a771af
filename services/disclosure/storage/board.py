"""The public board, and the long-term entries behind it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import fields
from datetime import date
from typing import Any

from sqlalchemy import Row, delete, func, insert, or_, select, update

from services.common.policy.areas import TownshipCode, VillageCode
from services.common.policy.household import Category
from services.common.policy.law import Missing
from services.common.policy.money import Fen
from services.common.runtime.tx import Tx
from services.disclosure.model import (
    BoardKind,
    CaseId,
    Cause,
    DecisionId,
    EndReason,
    Entry,
    EntryId,
    EntryStage,
    HouseholdId,
    Notice,
    ObjectCategory,
    ReliefType,
    Sex,
    Shelf,
)
from services.disclosure.storage.tables import board, entries


async def put_notice(tx: Tx, notice: Notice) -> None:
    """Hang a notice on the public board, in the place of an older state of the same."""
    await take_notice_down(tx, notice.entry_id)
    await tx.execute(insert(board).values({f.name: getattr(notice, f.name) for f in fields(notice)}))


async def take_notice_down(tx: Tx, entry_id: str) -> None:
    await tx.execute(delete(board).where(board.c.entry_id == entry_id))


async def notices(
    tx: Tx, area: str, shelf: Shelf, today: date, *, limit: int | None = None, offset: int = 0
) -> list[Notice]:
    """What is due on the board of a village or township on that day, and nothing that is over."""
    order = board.c.village, board.c.shown_from, board.c.entry_id
    mine = select(board).where(*_due(area, shelf, today)).order_by(*order).limit(limit).offset(offset)
    return [_notice(row) for row in await tx.all(mine)]


async def count_notices(tx: Tx, area: str, shelf: Shelf, today: date) -> int:
    counted = select(func.count()).select_from(board).where(*_due(area, shelf, today))
    return int(await tx.scalar(counted))


async def count_by_village(tx: Tx, area: str, shelf: Shelf, today: date) -> dict[str, int]:
    """How many notices are due in each village of an area that has any."""
    counted = select(board.c.village, func.count().label("due")).where(*_due(area, shelf, today))
    return {row.village: row.due for row in await tx.all(counted.group_by(board.c.village))}


async def find_entry(tx: Tx, decision_id: DecisionId) -> Entry | None:
    row = await tx.one(select(entries).where(entries.c.decision_id == decision_id))
    return _entry(row) if row else None


async def listed_entries(tx: Tx, household_id: HouseholdId) -> list[Entry]:
    """What of a household is disclosed for as long as it lasts; one-off reliefs go by their own time."""
    mine = (
        entries.c.household_id == household_id,
        entries.c.stage == EntryStage.LISTED.value,
        entries.c.kind == BoardKind.LONG_TERM.value,
    )
    return [_entry(row) for row in await tx.all(select(entries).where(*mine).order_by(entries.c.entry_id))]


async def listed_between(tx: Tx, township: str, after: str, up_to: str) -> list[Entry]:
    """Long-term entries of a township whose household id is larger than one and not larger than the other."""
    mine = select(entries).where(
        entries.c.township == township,
        entries.c.stage == EntryStage.LISTED.value,
        entries.c.kind == BoardKind.LONG_TERM.value,
        entries.c.household_id > after,
    )
    if up_to:
        mine = mine.where(entries.c.household_id <= up_to)
    return [_entry(row) for row in await tx.all(mine.order_by(entries.c.household_id))]


async def add_entry(tx: Tx, entry: Entry) -> None:
    await tx.execute(insert(entries).values({f.name: getattr(entry, f.name) for f in fields(entry)}))


async def close_entry(tx: Tx, entry: Entry, stage: EntryStage) -> None:
    """Close an entry and take its notice down."""
    mine = entries.c.entry_id == entry.entry_id
    await tx.execute(update(entries).where(mine).values(stage=stage.value))
    await take_notice_down(tx, entry.entry_id)


async def find_notice(tx: Tx, entry_id: str) -> Notice | None:
    row = await tx.one(select(board).where(board.c.entry_id == entry_id))
    return _notice(row) if row else None


async def load_entry(tx: Tx, entry_id: str) -> Entry:
    row = await tx.one(select(entries).where(entries.c.entry_id == entry_id))
    if row is None:
        raise Missing("这一条公开信息")
    return _entry(row)


async def entries_whose_time_is_over(tx: Tx, day: date) -> list[EntryId]:
    """Listed reliefs whose display period has passed, oldest first."""
    over = select(entries.c.entry_id).where(
        entries.c.stage == EntryStage.LISTED.value, entries.c.shown_until < day
    )
    return [EntryId(row.entry_id) for row in await tx.all(over.order_by(entries.c.entry_id))]


def _due(area: str, shelf: Shelf, today: date) -> Sequence[Any]:
    village = or_(board.c.village == area, board.c.also_in == area)
    within = {
        6: board.c.township.startswith(area),
        9: or_(board.c.township == area, board.c.also_in.startswith(area)),
    }
    return (
        within.get(len(area), village),
        board.c.kind.in_([kind.value for kind in shelf.kinds]),
        board.c.shown_from <= today,
        or_(board.c.shown_until.is_(None), board.c.shown_until >= today),
    )


def _notice(row: Row[Any]) -> Notice:
    return Notice(
        entry_id=row.entry_id,
        kind=BoardKind(row.kind),
        township=TownshipCode(row.township),
        village=VillageCode(row.village),
        head_name=row.head_name,
        also_in=row.also_in,
        category=Category(row.category) if row.category else None,
        object_category=ObjectCategory(row.object_category) if row.object_category else None,
        relief_type=ReliefType(row.relief_type) if row.relief_type else None,
        sex=Sex(row.sex) if row.sex else None,
        end_reason=EndReason(row.end_reason) if row.end_reason else None,
        household_size=row.household_size,
        cause=Cause(row.cause) if row.cause else None,
        persons=row.persons,
        amount_fen=None if row.amount_fen is None else Fen(row.amount_fen),
        shown_from=row.shown_from,
        shown_until=row.shown_until,
        provisional=row.provisional,
    )


def _entry(row: Row[Any]) -> Entry:
    return Entry(
        entry_id=EntryId(row.entry_id),
        decision_id=DecisionId(row.decision_id),
        case_id=CaseId(row.case_id),
        household_id=HouseholdId(row.household_id),
        township=TownshipCode(row.township),
        village=VillageCode(row.village),
        kind=BoardKind(row.kind),
        stage=EntryStage(row.stage),
        category=Category(row.category) if row.category else None,
        persons=row.persons,
        amount_fen=Fen(row.amount_fen),
        first_month=row.first_month,
        listed_on=row.listed_on,
        shown_until=row.shown_until,
    )
