"""What the comparison of boards and roll found, month by month and part by part."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sqlalchemy import delete, insert, select

from services.common.runtime.tx import Tx
from services.disclosure.storage.tables import agreements

LARGEST_LIST = 500


@dataclass(frozen=True, slots=True, kw_only=True)
class Agreement:
    """One part of a township's roll: how many stand where, and (household, case, difference)."""

    township: str
    month: str
    after: str
    compared_on: date
    on_roll: int
    on_board: int
    differences: tuple[tuple[str, str, str], ...]


async def put(tx: Tx, found: Agreement) -> None:
    """Replace what an earlier comparison of the same part found."""
    table = agreements
    mine = table.c.township == found.township, table.c.month == found.month, table.c.after == found.after
    await tx.execute(delete(table).where(*mine))
    values = {name: getattr(found, name) for name in found.__slots__}
    await tx.execute(insert(table).values(values | {"differences": [list(one) for one in found.differences]}))


async def agreements_in(tx: Tx, area: str) -> list[Agreement]:
    """The newest months of an area first."""
    table = agreements
    here = select(table).where(table.c.township.startswith(area[:9], autoescape=True))
    rows = await tx.all(
        here.order_by(table.c.month.desc(), table.c.township, table.c.after).limit(LARGEST_LIST)
    )
    return [
        Agreement(**{**row._mapping, "differences": tuple((a, b, c) for a, b, c in row.differences)})
        for row in rows
    ]
