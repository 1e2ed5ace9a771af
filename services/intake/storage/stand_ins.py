"""Rows of lent posts and handovers, and back; and the open work that changes hands."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, Row, and_, delete, func, insert, or_, select, update

from services.common.policy.law import Conflict, Missing
from services.common.policy.roles import Post, Role
from services.common.runtime.tx import Tx
from services.intake.model.case import OPEN
from services.intake.model.identity import Delegation, Handover
from services.intake.model.ids import StaffId
from services.intake.storage.case_tables import cases
from services.intake.storage.identity_tables import delegations, handovers
from services.intake.storage.registry_tables import recusals
from services.intake.storage.visit_tables import task_assignees, tasks
from services.intake.storage.visits import insert_once


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


async def add_handover(tx: Tx, handover: Handover) -> None:
    await tx.execute(
        insert(handovers).values(
            handover_id=handover.handover_id,
            role=handover.post.role,
            area=handover.post.area,
            giver=handover.giver,
            taker=handover.taker,
            open_cases=handover.open_cases,
            open_tasks=handover.open_tasks,
            given_at=handover.given_at,
        )
    )


async def load_handover(tx: Tx, handover_id: str) -> Handover:
    row = await tx.one(select(handovers).where(handovers.c.handover_id == handover_id))
    if row is None:
        raise Missing("这次交接")
    return _handover(row)


async def finish_handover(tx: Tx, handover_id: str, at: datetime) -> None:
    mine = and_(handovers.c.handover_id == handover_id, handovers.c.taken_at.is_(None))
    if not (await tx.execute(update(handovers).where(mine).values(taken_at=at))).rowcount:
        raise Conflict("这次交接已经办完")


async def handovers_of(tx: Tx, staff_id: str) -> list[Handover]:
    """Given or taken by somebody, the newest first."""
    at = handovers.c
    wanted = select(handovers).where(or_(at.giver == staff_id, at.taker == staff_id))
    return [_handover(row) for row in await tx.all(wanted.order_by(at.given_at.desc()))]


async def open_work(tx: Tx, staff_id: str, area: str) -> tuple[int, int]:
    """How many open cases somebody handles in an area, and how many open tasks are his there."""
    async with tx.everywhere():
        handled = await tx.scalar(select(func.count()).select_from(cases).where(_handled_by(staff_id, area)))
        tasked = await tx.scalar(select(func.count()).select_from(tasks).where(_tasked_to(staff_id, area)))
    return int(handled), int(tasked)


async def move_work(tx: Tx, giver: StaffId, taker: StaffId, area: str) -> tuple[int, int]:
    """Open cases and tasks go to the taker, but no family's from which he is recused; how many went."""
    barred = select(recusals.c.household_id).where(recusals.c.staff_id == taker)
    async with tx.everywhere():
        moved = await tx.execute(
            update(cases)
            .where(_handled_by(giver, area), cases.c.household_id.not_in(barred))
            .values(handler_id=taker, version=cases.c.version + 1)
        )
        rows = await tx.all(
            select(tasks.c.task_id).where(_tasked_to(giver, area), tasks.c.household_id.not_in(barred))
        )
        await _reassign(tx, giver, taker, [row.task_id for row in rows])
    return moved.rowcount, len(rows)


async def _reassign(tx: Tx, giver: StaffId, taker: StaffId, task_ids: Collection[str]) -> None:
    mine = and_(task_assignees.c.task_id.in_(task_ids), task_assignees.c.staff_id == giver)
    await tx.execute(delete(task_assignees).where(mine))
    for task_id in sorted(task_ids):
        await tx.execute(insert_once(task_assignees, tx).values(task_id=task_id, staff_id=taker))


def _handled_by(staff_id: str, area: str) -> ColumnElement[bool]:
    return and_(
        cases.c.handler_id == staff_id,
        cases.c.stage.in_(OPEN),
        cases.c.village.startswith(area, autoescape=True),
    )


def _tasked_to(staff_id: str, area: str) -> ColumnElement[bool]:
    mine = select(task_assignees.c.task_id).where(task_assignees.c.staff_id == staff_id)
    return and_(
        tasks.c.closed_at.is_(None),
        tasks.c.village.startswith(area, autoescape=True),
        tasks.c.task_id.in_(mine),
    )


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


def _handover(row: Row[Any]) -> Handover:
    return Handover(
        handover_id=row.handover_id,
        post=Post(Role(row.role), row.area),
        giver=StaffId(row.giver),
        taker=StaffId(row.taker),
        open_cases=row.open_cases,
        open_tasks=row.open_tasks,
        given_at=row.given_at,
        taken_at=row.taken_at,
    )
