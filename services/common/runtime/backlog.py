"""What waits in a service's database: unsent events by lane, gaps, failures, dead letters, jobs owed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select

from services.common.runtime import scheduler, tables
from services.common.runtime.service import Service


@dataclass(frozen=True, slots=True)
class Unsent:
    """Committed events of one lane that no listener was handed yet."""

    count: int
    oldest_at: datetime


@dataclass(frozen=True, slots=True)
class Backlog:
    """`gaps` wait for an earlier event of their stream, `failing` for their next try."""

    unsent: Mapping[str, Unsent]
    gaps: int
    failing: int
    dead_letters: int
    jobs_owed: int


async def of(service: Service) -> Backlog:
    """As it stands now; cheap enough to ask every few seconds."""
    outbox, parked, letters = tables.outbox, tables.parked, tables.dead_letters
    by_lane = (
        select(outbox.c.lane, func.count().label("events"), func.min(outbox.c.occurred_at).label("oldest_at"))
        .where(outbox.c.sent_at.is_(None))
        .group_by(outbox.c.lane)
    )
    tried = func.count().filter(parked.c.attempts > 0)
    dead = select(func.count()).select_from(letters).where(letters.c.replayed_at.is_(None))
    async with service.database.read() as db:
        lanes = (await db.execute(by_lane)).all()
        all_parked, failing = (await db.execute(select(func.count(), tried).select_from(parked))).one()
        given_up = (await db.execute(dead)).scalar_one()
    return Backlog(
        unsent={row.lane: Unsent(row.events, row.oldest_at) for row in lanes},
        gaps=all_parked - failing,
        failing=failing,
        dead_letters=given_up,
        jobs_owed=await scheduler.owed(service),
    )
