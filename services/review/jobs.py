"""What time triggers in review."""

from __future__ import annotations

from datetime import date, time

from services.common.contracts import review
from services.common.runtime.anchor import anchoring
from services.common.runtime.scheduler import Job
from services.common.runtime.tx import Tx
from services.review import storage
from services.review.commands import StateRoll


async def state_rolls(day: date, tx: Tx) -> None:
    """On the first of each month every township's roll is stated; disclosure compares its boards with it."""
    if day.day == 1:
        for township in await storage.townships_on_roll(tx):
            await tx.perform(StateRoll(township=township, month=f"{day:%Y-%m}"))


JOBS = (anchoring(review.AuditHeadAnchored), Job("state-rolls", time(1, 0), state_rolls))
