"""Who signs in: the posts in force today, own and lent, and the account a fresh system starts with."""

from __future__ import annotations

from dataclasses import dataclass

from services.common.policy.areas import DISTRICT
from services.common.policy.roles import Post, Role
from services.common.runtime.actor import Actor, Delegated
from services.common.runtime.tx import Tx
from services.intake.model.registry import Staff
from services.intake.storage import identity, registry, stand_ins

# Somebody must load the registry before it can say who may. In production `jiuzhu accounts operator` gives
# this account its password; in development it has the one that the demonstration prints.
BOOTSTRAP = {"operator": Actor("operator", (Post(Role.OPERATOR, DISTRICT.code),))}


@dataclass(frozen=True, slots=True)
class Account:
    """Who stands behind an account; `acting` says in whose place too, for people to read."""

    actor: Actor
    name: str
    acting: str = ""


async def find_account(tx: Tx, account: str) -> Account | None:
    """The actor and name of an account; None where it is unknown or holds no post today."""
    staff = await registry.find_staff_by_account(tx, account) if account else None
    if staff is not None:
        return await _account(tx, staff)
    actor = BOOTSTRAP.get(account)
    if actor is None:
        return None
    known = tx.service.settings.is_development or await identity.find_credential(tx, actor.id)
    return Account(actor, account) if known else None


async def find_staff_account(tx: Tx, staff_id: str) -> Account | None:
    """The same for a member of staff by id."""
    staff = await registry.find_staff(tx, staff_id)
    return await _account(tx, staff) if staff else None


async def name_of(tx: Tx, staff_id: str) -> str:
    """The name of a member of staff; an id without a registry entry stands for itself."""
    staff = await registry.find_staff(tx, staff_id)
    return staff.name if staff else staff_id


async def _account(tx: Tx, staff: Staff) -> Account | None:
    own = staff.posts_on(tx.today)
    lent, acting = [], []
    for one in await stand_ins.lent_to(tx, staff.staff_id, tx.today):
        principal = await registry.find_staff(tx, one.principal)
        if principal and one.post in principal.posts_on(tx.today) and one.post not in own:
            lent.append(Delegated(one.post, one.principal, one.actions))
            acting.append(f"代{principal.name}（{one.post.role.chinese}）")
    whole = tuple(one.post for one in lent if not one.actions)
    posts = tuple(dict.fromkeys((*own, *whole)))
    if not own and not lent:
        return None
    return Account(Actor(staff.staff_id, posts, tuple(lent)), staff.name, "、".join(acting))
