"""The small copy of intake's registry that approval needs: who is recused, who holds which post."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from sqlalchemy import bindparam, delete, select

from services.approval.model import HeldPost, HouseholdId, Roster, StaffId
from services.approval.storage.tables import posts, recusals
from services.common.policy.roles import Role
from services.common.runtime.tx import Tx


async def save_recusals(
    tx: Tx, household_id: HouseholdId, township: str, staff_ids: Sequence[StaffId]
) -> None:
    """Replace the household's whole set, as the event carries it."""
    await tx.db.execute(_forget_recusals, {"of_household": household_id})
    rows = [
        {"household_id": household_id, "township": township, "staff_id": staff_id}
        for staff_id in sorted(set(staff_ids))
    ]
    await tx.add(recusals, rows)


# Built once: an event in every batch needs it, and building costs more than running.
_forget_recusals = delete(recusals).where(recusals.c.household_id == bindparam("of_household"))


async def recused_from(tx: Tx, household_id: str) -> frozenset[StaffId]:
    rows = await tx.all(select(recusals.c.staff_id).where(recusals.c.household_id == household_id))
    return frozenset(StaffId(row.staff_id) for row in rows)


async def save_posts(tx: Tx, staff_id: StaffId, held: Sequence[HeldPost]) -> None:
    """Replace everything known of one member of staff."""
    await tx.execute(delete(posts).where(posts.c.staff_id == staff_id))
    rows = [
        {
            "staff_id": staff_id,
            "role": post.role.value,
            "area": post.area,
            "position": position,
            "from_on": post.from_on,
            "to_on": post.to_on,
        }
        for position, post in enumerate(held)
    ]
    await tx.add(posts, rows)


async def roster_of(tx: Tx, township: str, day: date) -> Roster:
    """Who holds which post of the township on that day."""
    rows = await tx.all(select(posts).where(posts.c.area == township))
    held = tuple(
        HeldPost(StaffId(row.staff_id), Role(row.role), row.area, row.from_on, row.to_on) for row in rows
    )
    return Roster.of(township, held, day)
