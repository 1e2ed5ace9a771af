"""The small copy of intake's registry that disclosure needs: areas with their telephones, and recusals."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Row, delete, insert, or_, select

from services.common.runtime.tx import Tx
from services.disclosure.model import Area, HouseholdId, StaffId
from services.disclosure.storage.tables import areas, recusals


async def put_area(tx: Tx, area: Area) -> None:
    """Replace what is known of an area; the event carries its full state."""
    await tx.execute(delete(areas).where(areas.c.code == area.code))
    row = {"code": area.code, "name": area.name, "compounds": list(area.compounds)}
    await tx.execute(insert(areas).values(row | {"report_phone": area.report_phone}))


async def find_area(tx: Tx, code: str) -> Area | None:
    row = await tx.one(select(areas).where(areas.c.code == code))
    return _area(row) if row else None


async def areas_around(tx: Tx, code: str) -> dict[str, Area]:
    """The area itself, those above it and those below it, by code."""
    above = areas.c.code.in_([code[:6], code[:9]])
    rows = await tx.all(select(areas).where(or_(above, areas.c.code.startswith(code))).order_by(areas.c.code))
    return {row.code: _area(row) for row in rows}


async def known_phones(tx: Tx) -> tuple[str, ...]:
    """The telephones of offices: the only ones that a published text may name."""
    rows = await tx.all(select(areas.c.report_phone).where(areas.c.report_phone != "").distinct())
    return tuple(row.report_phone for row in rows)


async def put_recusals(
    tx: Tx, household_id: HouseholdId, township: str, staff_ids: frozenset[StaffId]
) -> None:
    """Replace the full set of recused staff of a household."""
    await tx.execute(delete(recusals).where(recusals.c.household_id == household_id))
    row = {"household_id": household_id, "township": township, "staff_ids": sorted(staff_ids)}
    await tx.execute(insert(recusals).values(row))


async def recused_staff(tx: Tx, household_id: str) -> frozenset[str]:
    row = await tx.one(select(recusals.c.staff_ids).where(recusals.c.household_id == household_id))
    return frozenset(row.staff_ids) if row else frozenset()


def _area(row: Row[Any]) -> Area:
    return Area(code=row.code, name=row.name, compounds=tuple(row.compounds), report_phone=row.report_phone)
