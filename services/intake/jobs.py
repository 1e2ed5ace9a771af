"""What time triggers in intake."""

from __future__ import annotations

from datetime import date, time

from services.common.contracts import intake
from services.common.runtime.anchor import anchoring
from services.common.runtime.scheduler import Job
from services.common.runtime.tx import Tx
from services.intake.commands.clocks import MarkOverdue
from services.intake.storage import cases


async def check_clocks(day: date, tx: Tx) -> None:
    """Every clock that runs past its end is marked once, on the first day after it."""
    for clock in await cases.newly_overdue(tx, day):
        await tx.perform(MarkOverdue(case_id=clock.case_id, clock=clock.clock, on=day))


JOBS = (
    Job("check-clocks", time(0, 5), check_clocks),
    anchoring(intake.AuditHeadAnchored),
)
