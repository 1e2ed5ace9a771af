"""Rows of work in quarantine and of its letters, and back."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Row, func, or_, select, update

from services.common.policy.law import Missing
from services.common.runtime.tx import Tx
from services.intake.model.ids import VisitId
from services.intake.model.quarantine import HeldPart, HeldWork
from services.intake.storage.visit_tables import quarantined as works
from services.intake.storage.visit_tables import quarantined_parts as parts
from services.intake.storage.visits import insert_once


async def keep_work(tx: Tx, work: HeldWork) -> None:
    """Enter a work unless it is there already."""
    row = {
        "visit_id": work.visit_id,
        "device_id": work.device_id,
        "area": work.area,
        "arrived_at": work.arrived_at,
    }
    await tx.execute(insert_once(works, tx).values(row))


async def keep_part(tx: Tx, visit_id: str, part: HeldPart) -> None:
    """Enter a letter once; another try to bring it changes nothing."""
    row = {
        "visit_id": visit_id,
        "part": part.part,
        "sha256": part.sha256,
        "size": part.size,
        "arrived_at": tx.now,
    }
    await tx.execute(insert_once(parts, tx).values(row))


async def find_work(tx: Tx, visit_id: str, *, lock: bool = False) -> HeldWork | None:
    wanted = select(works).where(works.c.visit_id == visit_id)
    row = await tx.one(wanted.with_for_update() if lock else wanted)
    if row is None:
        return None
    return _work(row, await _parts(tx, [visit_id]))


async def load_work(tx: Tx, visit_id: str, *, lock: bool = False) -> HeldWork:
    work = await find_work(tx, visit_id, lock=lock)
    if work is None:
        raise Missing("这份待核对的走访记录")
    return work


async def works_in(tx: Tx, areas: Sequence[str]) -> list[HeldWork]:
    """What waits in areas, the oldest first."""
    here = or_(*(works.c.area.startswith(area, autoescape=True) for area in areas))
    rows = await tx.all(select(works).where(here, works.c.closed_at.is_(None)).order_by(works.c.arrived_at))
    found = await _parts(tx, [row.visit_id for row in rows])
    return [_work(row, found) for row in rows]


async def open_works_of(tx: Tx, device_id: str) -> int:
    """How many works of a device wait."""
    counted = select(func.count()).where(works.c.device_id == device_id, works.c.closed_at.is_(None))
    return int(await tx.scalar(counted) or 0)


async def close_work(tx: Tx, visit_id: str, outcome: str, reason: str) -> None:
    closed = {"closed_at": tx.now, "closed_by": tx.actor.id, "outcome": outcome, "reason": reason}
    await tx.execute(update(works).where(works.c.visit_id == visit_id).values(closed))


async def _parts(tx: Tx, visit_ids: Sequence[str]) -> dict[str, list[HeldPart]]:
    found: dict[str, list[HeldPart]] = {}
    wanted = select(parts).where(parts.c.visit_id.in_(visit_ids)).order_by(parts.c.visit_id, parts.c.part)
    for row in await tx.all(wanted):
        found.setdefault(row.visit_id, []).append(HeldPart(row.part, row.sha256, row.size))
    return found


def _work(row: Row[Any], found: dict[str, list[HeldPart]]) -> HeldWork:
    return HeldWork(
        visit_id=VisitId(row.visit_id),
        device_id=row.device_id,
        area=row.area,
        arrived_at=row.arrived_at,
        parts=tuple(found.get(row.visit_id, ())),
        closed_at=row.closed_at,
        outcome=row.outcome,
        reason=row.reason,
    )
