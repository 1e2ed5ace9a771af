"""Rows of posts lent during leave, and back."""

from __future__ import annotations

from datetime import date
from typing import Any

from sqlalchemy import Row, insert, or_, select, update

from services.common.policy.law import Missing
from services.common.policy.roles import Post, Role
from services.common.runtime.tx import Tx
from services.intake.model.identity import Delegation
from services.intake.model.ids import StaffId
from services.intake.storage.identity_tables import delegations


async def add_delegation(tx: Tx, lent: Delegation) -> None:
    await tx.execute(
        insert(delegations).values(
            delegation_id=lent.delegation_id,
            role=lent.post.role,
            area=lent.post.area,
            principal=lent.principal,
            delegate=lent.delegate,
            from_on=lent.from_on,
            to_on=lent.to_on,
            actions=sorted(lent.actions),
            reason=lent.reason,
        )
    )


async def load_delegation(tx: Tx, delegation_id: str) -> Delegation:
    row = await tx.one(select(delegations).where(delegations.c.delegation_id == delegation_id))
    if row is None:
        raise Missing("这项委托")
    return _delegation(row)


async def end_delegation(tx: Tx, delegation_id: str, on: date) -> None:
    mine = delegations.c.delegation_id == delegation_id
    await tx.execute(update(delegations).where(mine).values(revoked_on=on))


async def lent_to(tx: Tx, staff_id: str, on: date) -> list[Delegation]:
    """What somebody stands in for that day."""
    at = delegations.c
    wanted = select(delegations).where(
        at.delegate == staff_id, at.revoked_on.is_(None), at.from_on <= on, at.to_on >= on
    )
    return [_delegation(row) for row in await tx.all(wanted.order_by(at.from_on, at.delegation_id))]


async def delegations_of(tx: Tx, staff_id: str, since: date) -> list[Delegation]:
    """Lent by somebody or to him, those that are over before `since` left out; the newest first."""
    at = delegations.c
    wanted = select(delegations).where(
        or_(at.principal == staff_id, at.delegate == staff_id), at.to_on >= since
    )
    return [_delegation(row) for row in await tx.all(wanted.order_by(at.from_on.desc(), at.delegation_id))]


def _delegation(row: Row[Any]) -> Delegation:
    return Delegation(
        delegation_id=row.delegation_id,
        post=Post(Role(row.role), row.area),
        principal=StaffId(row.principal),
        delegate=StaffId(row.delegate),
        from_on=row.from_on,
        to_on=row.to_on,
        actions=frozenset(row.actions),
        reason=row.reason,
        revoked_on=row.revoked_on,
    )
