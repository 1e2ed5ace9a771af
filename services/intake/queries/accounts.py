"""Who signs in: the posts in force today, and the accounts a fresh development system starts with."""

from __future__ import annotations

from services.common.policy.areas import DISTRICT
from services.common.policy.roles import Post, Role
from services.common.runtime.actor import Actor
from services.common.runtime.tx import Tx
from services.intake.storage import registry

# Somebody must load the registry before it can say who may; both accounts exist in development only.
BOOTSTRAP = {
    "operator": Actor("operator", (Post(Role.OPERATOR, DISTRICT.code),)),
    "province": Actor("province", (Post(Role.EXTERNAL_SYSTEM, DISTRICT.code),)),
}


async def find_account(tx: Tx, account: str) -> tuple[Actor, str] | None:
    """The actor and name of an account; None where it is unknown or holds no post today."""
    staff = await registry.find_staff_by_account(tx, account) if account else None
    if staff is None:
        actor = BOOTSTRAP.get(account)
        return (actor, account) if actor else None
    posts = staff.posts_on(tx.today)
    return (Actor(staff.staff_id, posts), staff.name) if posts else None


async def name_of(tx: Tx, staff_id: str) -> str:
    """The name of a member of staff; an id without a registry entry stands for itself."""
    staff = await registry.find_staff(tx, staff_id)
    return staff.name if staff else staff_id
