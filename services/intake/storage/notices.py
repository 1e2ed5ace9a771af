"""Up to where each member of staff has read the news of his cases."""

from __future__ import annotations

from sqlalchemy import BigInteger, Column, String, Table, insert, select, update

from services.common.runtime.tx import Tx
from services.intake.storage.metadata import metadata

notice_marks = Table(
    "notice_marks",
    metadata,
    Column("staff_id", String(80), primary_key=True),
    Column("seq", BigInteger, nullable=False, comment="last finding that was seen"),
)


async def seen_up_to(tx: Tx, staff_id: str) -> int:
    mine = select(notice_marks.c.seq).where(notice_marks.c.staff_id == staff_id)
    return int(await tx.scalar(mine) or 0)


async def mark_seen(tx: Tx, staff_id: str, seq: int) -> None:
    """News is read once: an older mark than the one that is there changes nothing."""
    mine = update(notice_marks).where(notice_marks.c.staff_id == staff_id)
    if await tx.scalar(select(notice_marks.c.seq).where(notice_marks.c.staff_id == staff_id)) is None:
        await tx.execute(insert(notice_marks).values(staff_id=staff_id, seq=seq))
    else:
        await tx.execute(mine.where(notice_marks.c.seq < seq).values(seq=seq))
