"""Who stands in for whom during leave: a post is lent, and taken back."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from services.common.policy.law import Missing
from services.common.policy.roles import Post, Role
from services.common.runtime.gate import action
from services.common.runtime.tx import Tx
from services.intake.commands.registry import announce_staff
from services.intake.model.identity import Delegation
from services.intake.model.ids import StaffId
from services.intake.model.registry import Staff
from services.intake.rules import identity as rules
from services.intake.storage import registry
from services.intake.storage import stand_ins as storage


@dataclass(frozen=True, slots=True, kw_only=True)
class DelegatePost:
    """The holder lends his post; no action named means all of them."""

    delegation_id: str
    role: Role
    area: str
    delegate_id: StaffId
    from_on: date
    to_on: date
    actions: frozenset[str] = frozenset()
    reason: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class EndDelegation:
    delegation_id: str


@action("delegate-post")
async def delegate_post(cmd: DelegatePost, tx: Tx) -> None:
    principal, delegate = await load_staff(tx, tx.actor.id), await load_staff(tx, cmd.delegate_id)
    lent = Delegation(
        delegation_id=cmd.delegation_id,
        post=Post(cmd.role, cmd.area),
        principal=principal.staff_id,
        delegate=delegate.staff_id,
        from_on=cmd.from_on,
        to_on=cmd.to_on,
        actions=cmd.actions,
        reason=cmd.reason.strip(),
    )
    rules.check_delegation(lent, principal, delegate, tx.today)
    await storage.add_delegation(tx, lent)


@action("end-delegation")
async def end_delegation(cmd: EndDelegation, tx: Tx) -> None:
    lent = await storage.load_delegation(tx, cmd.delegation_id)
    rules.check_ending(lent, tx.actor.id, operator=any(post.role is Role.OPERATOR for post in tx.actor.own))
    await storage.end_delegation(tx, cmd.delegation_id, tx.today)
    await announce_staff(await load_staff(tx, lent.delegate), tx, revoked=True)


async def load_staff(tx: Tx, staff_id: str) -> Staff:
    """A member of staff who must be in the registry."""
    staff = await registry.find_staff(tx, staff_id)
    if staff is None:
        raise Missing("该工作人员")
    return staff
