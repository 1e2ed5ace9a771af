"""What time triggers: refusals not told in time, filings without a receipt."""

from __future__ import annotations

from datetime import date, time

from services.approval.commands.notices import NoteOverdueNotice, RemindFiling
from services.approval.storage import decisions
from services.common.contracts import approval
from services.common.runtime.anchor import anchoring
from services.common.runtime.scheduler import Job
from services.common.runtime.tx import Tx


async def watch_notices(day: date, tx: Tx) -> None:
    """The day after its last day, an unserved refusal is noted, once."""
    for case_id in await decisions.overdue_notices(tx, day):
        await tx.perform(NoteOverdueNotice(case_id=case_id, day=day))


async def watch_filings(day: date, tx: Tx) -> None:
    """Cleared by month: on the first, results of earlier months that still have no receipt are noted."""
    if day.day != 1:
        return
    for case_id in await decisions.open_filings(tx, day):
        await tx.perform(RemindFiling(case_id=case_id, day=day))


JOBS = (
    Job("watch-notices", time(0, 5), watch_notices),
    Job("watch-filings", time(0, 10), watch_filings),
    anchoring(approval.AuditHeadAnchored),
)
