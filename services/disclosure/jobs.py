"""What time does: a publicity ends by the clock and never by hand."""

from __future__ import annotations

from datetime import date, time

from services.common.contracts import disclosure
from services.common.runtime.anchor import anchoring
from services.common.runtime.scheduler import Job
from services.common.runtime.tx import Tx
from services.disclosure.commands.publicity import ConcludePublicity
from services.disclosure.storage.publicities import overdue_publicities


async def conclude_publicities(day: date, tx: Tx) -> None:
    """Every publicity whose last day ended at this midnight or before."""
    for publicity_id in await overdue_publicities(tx, day):
        await tx.perform(ConcludePublicity(publicity_id=publicity_id))


JOBS = (
    Job("conclude-publicity", time(0, 0), conclude_publicities),
    anchoring(disclosure.AuditHeadAnchored),
)
