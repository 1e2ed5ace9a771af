"""What time triggers: refusals not told in time, filings without a receipt."""

from __future__ import annotations

from datetime import date, time

from services.approval.commands.notices import NoteOverdueNotice, RemindFiling
from services.approval.commands.relief_after import NoteOverdueReliefNotice, NotePaperwork
from services.approval.commands.reserve_fund import CarryOver, ReconcileFund
from services.approval.storage import decisions, fund, reliefs
from services.common.contracts import approval
from services.common.policy.areas import TownshipCode
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


async def watch_reliefs(day: date, tx: Tx) -> None:
    """Papers of emergencies nearly due or overdue, and refusals nobody has explained in time (R9.1, R9.4)."""
    for relief in await reliefs.owing_paperwork(tx):
        await tx.perform(NotePaperwork(relief_id=relief.relief_id, day=day))
    for relief in await reliefs.unserved(tx):
        await tx.perform(NoteOverdueReliefNotice(relief_id=relief.relief_id, day=day))


async def keep_books(day: date, tx: Tx) -> None:
    """Every night the books are compared; a year begins with what the one before left (R9.7)."""
    for township in await fund.townships(tx):
        if (day.month, day.day) == (1, 1):
            await tx.perform(CarryOver(township=TownshipCode(township), year=day.year))
        await tx.perform(ReconcileFund(township=TownshipCode(township)))


JOBS = (
    Job("watch-notices", time(0, 5), watch_notices),
    Job("watch-filings", time(0, 10), watch_filings),
    Job("watch-reliefs", time(0, 15), watch_reliefs),
    Job("keep-books", time(0, 20), keep_books),
    anchoring(approval.AuditHeadAnchored),
)
