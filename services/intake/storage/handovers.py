"""Rows of handovers with their lists, and back; and the open work that changes hands."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Row, and_, delete, insert, or_, select, update

from services.common.policy.law import Conflict, Missing
from services.common.policy.roles import Post, Role
from services.common.runtime.tx import Tx
from services.intake.model.case import OPEN, Stage
from services.intake.model.identity import HandedItem, HandedKind, HandedState, Handover
from services.intake.model.ids import StaffId
from services.intake.model.visits import TaskKind
from services.intake.storage.case_tables import cases
from services.intake.storage.identity_tables import handover_items, handovers
from services.intake.storage.metadata import metadata
from services.intake.storage.registry_tables import recusals
from services.intake.storage.visit_tables import task_assignees, tasks
from services.intake.storage.visits import insert_once

papers, deliveries = metadata.tables["issued_papers"], metadata.tables["paper_deliveries"]


async def add_handover(tx: Tx, handover: Handover, items: Sequence[HandedItem]) -> None:
    await tx.execute(
        insert(handovers).values(
            handover_id=handover.handover_id,
            role=handover.post.role,
            area=handover.post.area,
            giver=handover.giver,
            taker=handover.taker,
            given_at=handover.given_at,
        )
    )
    await _save_items(tx, handover.handover_id, items)


async def load_handover(tx: Tx, handover_id: str) -> Handover:
    row = await tx.one(select(handovers).where(handovers.c.handover_id == handover_id))
    if row is None:
        raise Missing("这次交接")
    return _handover(row)


async def finish_handover(tx: Tx, handover_id: str, items: Sequence[HandedItem], at: datetime) -> None:
    """The second signature, under the list as it ended."""
    mine = and_(handovers.c.handover_id == handover_id, handovers.c.taken_at.is_(None))
    if not (await tx.execute(update(handovers).where(mine).values(taken_at=at))).rowcount:
        raise Conflict("这次交接已经办完")
    await tx.execute(delete(handover_items).where(handover_items.c.handover_id == handover_id))
    await _save_items(tx, handover_id, items)


async def handovers_of(tx: Tx, staff_id: str) -> list[Handover]:
    """Given or taken by somebody, the newest first."""
    at = handovers.c
    wanted = select(handovers).where(or_(at.giver == staff_id, at.taker == staff_id))
    return [_handover(row) for row in await tx.all(wanted.order_by(at.given_at.desc()))]


async def items_of(tx: Tx, handover_id: str) -> list[HandedItem]:
    """The list of a handover, in its order."""
    at = handover_items.c
    wanted = select(handover_items).where(at.handover_id == handover_id).order_by(at.position)
    return [
        HandedItem(
            HandedKind(row.kind),
            row.subject,
            row.words,
            row.village,
            row.case_id,
            row.household_id,
            HandedState(row.state),
        )
        for row in await tx.all(wanted)
    ]


async def open_items(tx: Tx, staff_id: str, area: str) -> list[HandedItem]:
    """The open cases that somebody handles in an area, his open tasks there, and papers not yet delivered."""
    async with tx.everywhere():
        handled = await tx.all(select(cases).where(_handled_by(staff_id, area)).order_by(cases.c.case_id))
        tasked = await tx.all(select(tasks).where(_tasked_to(staff_id, area)).order_by(tasks.c.task_id))
        lying = await tx.all(_undelivered_by(staff_id, area))
    return [
        *(_item(HandedKind.CASE, row, row.case_id, Stage(row.stage).chinese) for row in handled),
        *(_item(HandedKind.TASK, row, row.task_id, _task_words(row)) for row in tasked),
        *(
            _item(HandedKind.PAPER, row, row.paper_id, f"{row.content['title']} {row.number}")
            for row in lying
        ),
    ]


async def barred_households(tx: Tx, staff_id: str) -> frozenset[str]:
    """The families from which somebody is recused."""
    wanted = select(recusals.c.household_id).where(recusals.c.staff_id == staff_id)
    return frozenset(row.household_id for row in await tx.all(wanted))


async def move_work(tx: Tx, giver: StaffId, taker: StaffId, items: Collection[HandedItem]) -> None:
    """The listed cases and tasks that were marked as moved are the taker's from now on."""
    moved = [item for item in items if item.state is HandedState.MOVED]
    case_ids = [item.subject for item in moved if item.kind is HandedKind.CASE]
    task_ids = [item.subject for item in moved if item.kind is HandedKind.TASK]
    mine = and_(cases.c.case_id.in_(case_ids), cases.c.handler_id == giver)
    async with tx.everywhere():
        await tx.execute(update(cases).where(mine).values(handler_id=taker, version=cases.c.version + 1))
        await _reassign(tx, giver, taker, task_ids)


async def _reassign(tx: Tx, giver: StaffId, taker: StaffId, task_ids: Collection[str]) -> None:
    mine = and_(task_assignees.c.task_id.in_(task_ids), task_assignees.c.staff_id == giver)
    await tx.execute(delete(task_assignees).where(mine))
    for task_id in sorted(task_ids):
        await tx.execute(insert_once(task_assignees, tx).values(task_id=task_id, staff_id=taker))


async def _save_items(tx: Tx, handover_id: str, items: Sequence[HandedItem]) -> None:
    for position, item in enumerate(items):
        await tx.execute(
            insert(handover_items).values(
                handover_id=handover_id,
                position=position,
                kind=item.kind,
                subject=item.subject,
                words=item.words,
                village=item.village,
                case_id=item.case_id,
                household_id=item.household_id,
                state=item.state,
            )
        )


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


def _undelivered_by(staff_id: str, area: str) -> Any:
    handled = select(cases.c.case_id).where(
        cases.c.handler_id == staff_id, cases.c.village.startswith(area, autoescape=True)
    )
    delivered = select(deliveries.c.paper_id)
    return (
        select(papers)
        .where(papers.c.case_id.in_(handled), papers.c.paper_id.not_in(delivered))
        .order_by(papers.c.number)
    )


def _task_words(row: Row[Any]) -> str:
    due = f"，{row.due_on.isoformat()}前" if row.due_on else ""
    return f"{_TASKS.get(row.kind, '村（居）任务')}{due}"


# Not a task's own title: that may name the family.
_TASKS: dict[str, str] = {TaskKind.SURVEY: "入户调查", TaskKind.POSTING: "张贴公示"}


def _item(kind: HandedKind, row: Row[Any], subject: str, words: str) -> HandedItem:
    return HandedItem(kind, subject, words, row.village, row.case_id or "", row.household_id or "")


def _handover(row: Row[Any]) -> Handover:
    return Handover(
        handover_id=row.handover_id,
        post=Post(Role(row.role), row.area),
        giver=StaffId(row.giver),
        taker=StaffId(row.taker),
        given_at=row.given_at,
        taken_at=row.taken_at,
    )
