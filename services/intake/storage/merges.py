"""Rows of merge tasks, and back; what the two sides say lies sealed."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any

from cryptography.exceptions import InvalidTag
from sqlalchemy import Row, or_, select, update

from services.common.policy.law import Conflict, Missing
from services.common.runtime.ids import new_id
from services.common.runtime.tx import Tx
from services.intake.model.merges import MergeKind, MergeTask
from services.intake.storage.visit_tables import merge_tasks
from services.intake.storage.visits import insert_once


async def open_merge(
    tx: Tx,
    kind: MergeKind,
    visit_id: str,
    village: str,
    content: str,
    *,
    content_sha256: str,
    household_id: str = "",
) -> None:
    """Keep what a person has to look at, once."""
    row = {
        "merge_task_id": new_id(),
        "kind": kind,
        "visit_id": visit_id,
        "village": village,
        "household_id": household_id,
        "content_sha256": content_sha256,
        "envelope": tx.service.sealer.seal(content, f"merge_tasks|envelope|{visit_id}"),
        "sent_by": tx.actor.id,
        "opened_at": tx.now,
    }
    await tx.execute(insert_once(merge_tasks, tx).values(row))


async def load_merge(tx: Tx, merge_task_id: str, *, lock: bool = False) -> MergeTask:
    wanted = select(merge_tasks).where(merge_tasks.c.merge_task_id == merge_task_id)
    row = await tx.one(wanted.with_for_update() if lock else wanted)
    if row is None:
        raise Missing("这项核对")
    return _merge(row)


async def merges_in(tx: Tx, areas: Sequence[str]) -> list[MergeTask]:
    """What waits in areas, the oldest first."""
    at = merge_tasks.c
    here = or_(*(at.village.startswith(area, autoescape=True) for area in areas))
    rows = await tx.all(select(merge_tasks).where(here, at.closed_at.is_(None)).order_by(at.opened_at))
    return [_merge(row) for row in rows]


async def content_of(tx: Tx, merge_task_id: str) -> Mapping[str, Any]:
    """The other side of a merge as it was brought."""
    at = merge_tasks.c
    row = await tx.one(select(at.visit_id, at.envelope).where(at.merge_task_id == merge_task_id))
    if row is None:
        raise Missing("这项核对")
    try:
        opened = tx.service.sealer.open(row.envelope, f"merge_tasks|envelope|{row.visit_id}")
        found: Mapping[str, Any] = json.loads(opened)
    except (InvalidTag, ValueError) as error:
        raise Conflict("后到的内容已损坏，打不开；请联系系统运维人员，并以先到的记录为准") from error
    return found


async def close_merge(tx: Tx, merge_task_id: str, outcome: str) -> None:
    mine = merge_tasks.c.merge_task_id == merge_task_id
    closed = {"closed_at": tx.now, "closed_by": tx.actor.id, "outcome": outcome}
    await tx.execute(update(merge_tasks).where(mine).values(closed))


def _merge(row: Row[Any]) -> MergeTask:
    return MergeTask(
        merge_task_id=row.merge_task_id,
        kind=MergeKind(row.kind),
        visit_id=row.visit_id,
        village=row.village,
        household_id=row.household_id,
        sent_by=row.sent_by,
        opened_at=row.opened_at,
        closed_at=row.closed_at,
        outcome=row.outcome,
    )
