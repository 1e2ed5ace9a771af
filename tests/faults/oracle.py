"""What must stand after any fault: what was committed is applied, once, in order, and nothing else is."""

from __future__ import annotations

import itertools
from collections.abc import Collection

from sqlalchemy import func, select

from services.common.runtime import tables
from tests.faults.pair import announced, counts, days, echoes, noted
from tests.world.deployment import Deployment, until


async def check(house: Deployment, *, days_passed: int = 0, poison: Collection[str] = ()) -> None:
    """Compare acts with their effects in both services; `poison` names the dead letters that must be."""
    acts = await counts(house["intake"], announced)
    assert acts, "the load did something"
    twice = {household: 2 * times for household, times in acts.items()}
    assert await counts(house["approval"], noted) == twice
    assert await counts(house["intake"], echoes) == twice
    await until(lambda: _unsent(house), lambda waiting: waiting == 0)
    buried: list[str] = []
    for service in house.services.values():
        async with service.database.read() as db:
            rows = (await db.execute(select(tables.outbox).order_by(tables.outbox.c.seq))).all()
            buried += (await db.execute(select(tables.dead_letters.c.event_id))).scalars()
            assert (await db.execute(select(tables.parked))).all() == []
        for _, events in itertools.groupby(
            sorted(rows, key=lambda row: (row.aggregateid, row.seq)), key=lambda row: row.aggregateid
        ):
            versions = [row.version for row in events]
            assert versions == list(range(1, len(versions) + 1)), "versions are contiguous, in commit order"
    assert sorted(buried) == sorted(poison), "dead letters are exactly the poison"
    kept = await days(house["intake"])
    assert len(kept) == len(set(kept)) >= days_passed, "each day's job ran once, none was missed"


async def _unsent(house: Deployment) -> int:
    """Events that are committed and not yet handed on."""
    waiting = select(func.count()).where(tables.outbox.c.sent_at.is_(None))
    total = 0
    for service in house.services.values():
        async with service.database.read() as db:
            total += (await db.execute(waiting)).scalar_one()
    return total
