"""How many legal clocks are near their end, for those who watch the system."""

from __future__ import annotations

from collections.abc import Mapping

from sqlalchemy import case, func, select

from services.common.runtime.service import Gauge
from services.common.runtime.tx import Tx
from services.intake.model.clock import ClockState
from services.intake.storage.case_tables import clocks


async def due(tx: Tx) -> Mapping[tuple[str, ...], float]:
    """(clock, how near) → running clocks: past their end, ending today, warned, or with time left."""
    near = case(
        (clocks.c.due_on < tx.today, "overdue"),
        (clocks.c.due_on == tx.today, "today"),
        (clocks.c.target_on <= tx.today, "warned"),
        else_="later",
    ).label("near")
    wanted = select(clocks.c.clock, near, func.count().label("clocks"))
    running = clocks.c.state == ClockState.RUNNING
    rows = await tx.all(wanted.where(running).group_by(clocks.c.clock, near))
    return {(row.clock, row.near): row.clocks for row in rows}


CLOCKS_DUE = Gauge("clocks_due", "Running legal clocks by how near their end is", ("clock", "near"), due)
