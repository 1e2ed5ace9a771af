"""The registry as people see it: staff of an area with their posts, and what a village lacks (R1.1, R1.3)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sqlalchemy import or_, select

from services.common.policy.areas import DISTRICT, unit
from services.common.policy.roles import AreaLevel, Role, area_level
from services.common.runtime.tx import Tx
from services.intake.queries.worklist import area_names
from services.intake.storage.registry_tables import posts, staff


@dataclass(frozen=True, slots=True)
class StaffLine:
    """A member of staff with the posts of that day in words."""

    staff_id: str
    name: str
    posts: str


async def staff_in(tx: Tx, area: str, on: date) -> list[StaffLine]:
    """Staff with a post in the area or below it that day."""
    rows = await tx.all(
        select(staff.c.staff_id, staff.c.name, posts.c.role, posts.c.area)
        .join(posts, posts.c.staff_id == staff.c.staff_id)
        .where(
            posts.c.area.startswith(area, autoescape=True),
            posts.c.from_on <= on,
            or_(posts.c.to_on.is_(None), posts.c.to_on >= on),
        )
        .order_by(posts.c.area, posts.c.role, staff.c.staff_id)
    )
    names = await area_names(tx, DISTRICT.code)
    found: dict[str, StaffLine] = {}
    for row in rows:
        words = f"{_place(row.area, names)}{Role(row.role).chinese}"
        before = found.get(row.staff_id)
        said = f"{before.posts}、{words}" if before else words
        found[row.staff_id] = StaffLine(row.staff_id, row.name, said)
    return list(found.values())


def _place(area: str, names: object) -> str:
    known = names.get(area, "") if isinstance(names, dict) else ""
    if known or area_level(area) is AreaLevel.DISTRICT:
        return known
    return unit(area).name
