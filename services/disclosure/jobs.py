"""What time does: a publicity ends by the clock and never by hand."""

from __future__ import annotations

from datetime import date, time

from services.common.contracts import disclosure
from services.common.runtime.anchor import anchoring
from services.common.runtime.scheduler import Job
from services.common.runtime.tx import Tx
from services.disclosure.commands.entries import RetireEntry
from services.disclosure.commands.publicity import ChasePosting, ConcludePublicity
from services.disclosure.storage.board import entries_whose_time_is_over
from services.disclosure.storage.publicities import overdue_publicities, unproven_postings


async def conclude_publicities(day: date, tx: Tx) -> None:
    """Every publicity whose last day ended at this midnight or before."""
    for publicity_id in await overdue_publicities(tx, day):
        await tx.perform(ConcludePublicity(publicity_id=publicity_id))


async def retire_reliefs(day: date, tx: Tx) -> None:
    """Every relief whose display period ended at this midnight or before."""
    for entry_id in await entries_whose_time_is_over(tx, day):
        await tx.perform(RetireEntry(entry_id=entry_id))


async def chase_postings(day: date, tx: Tx) -> None:
    """Every place whose photo has not come; the command knows whether it is time to remind."""
    for posting in await unproven_postings(tx, day):
        await tx.perform(ChasePosting(posting_id=posting.posting_id))


JOBS = (
    Job("conclude-publicity", time(0, 0), conclude_publicities),
    Job("retire-reliefs", time(0, 0), retire_reliefs),
    Job("chase-postings", time(8, 0), chase_postings),
    anchoring(disclosure.AuditHeadAnchored),
)
