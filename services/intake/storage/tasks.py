"""Rows of tasks for people in the village, and back."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import Row, delete, false, insert, or_, select, update

from services.common.policy.areas import TownshipCode, VillageCode
from services.common.policy.law import Missing
from services.common.runtime.tx import Tx
from services.intake.model.ids import CaseId, HouseholdId, StaffId, TaskId
from services.intake.model.visits import Task, TaskKind
from services.intake.storage import changes
from services.intake.storage.visit_tables import task_assignees, tasks
from services.intake.storage.visits import insert_once


async def add_task(tx: Tx, task: Task) -> bool:
    """Enter a task unless it is there already."""
    row = {
        "task_id": task.task_id,
        "kind": task.kind,
        "township": task.township,
        "village": task.village,
        "case_id": task.case_id,
        "household_id": task.household_id,
        "due_on": task.due_on,
        "title": task.title,
        "subject": dict(task.subject),
        "opened_at": task.opened_at,
    }
    entered = await tx.execute(insert_once(tasks, tx).values(row).returning(tasks.c.task_id))
    if entered.first() is None:
        return False
    for staff_id in task.assignees:
        await tx.execute(insert(task_assignees).values(task_id=task.task_id, staff_id=staff_id))
    await changes.note_task(tx, task.task_id)
    return True


async def find_task(tx: Tx, task_id: str) -> Task | None:
    found = await _tasks(tx, await tx.all(select(tasks).where(tasks.c.task_id == task_id)))
    return found[0] if found else None


async def load_task(tx: Tx, task_id: str) -> Task:
    task = await find_task(tx, task_id)
    if task is None:
        raise Missing("这项任务，请同步任务后重新选择")
    return task


async def open_tasks(tx: Tx, staff_id: str, areas: Sequence[str]) -> list[Task]:
    """Open tasks assigned to somebody, or to nobody in the areas given; what is due first on top."""
    mine = select(task_assignees.c.task_id).where(task_assignees.c.staff_id == staff_id)
    anybody = tasks.c.task_id.not_in(select(task_assignees.c.task_id))
    here = or_(*(tasks.c.village.startswith(area, autoescape=True) for area in areas), false())
    wanted = select(tasks).where(tasks.c.closed_at.is_(None), or_(tasks.c.task_id.in_(mine), anybody & here))
    return await _tasks(
        tx, await tx.all(wanted.order_by(tasks.c.due_on.is_(None), tasks.c.due_on, tasks.c.task_id))
    )


async def tasks_of(tx: Tx, task_ids: Sequence[str]) -> list[Task]:
    """These tasks, open or done."""
    return await _tasks(tx, await tx.all(select(tasks).where(tasks.c.task_id.in_(task_ids))))


async def _tasks(tx: Tx, rows: Sequence[Row[tuple[object, ...]]]) -> list[Task]:
    assigned = await tx.all(
        select(task_assignees)
        .where(task_assignees.c.task_id.in_([row.task_id for row in rows]))
        .order_by(task_assignees.c.staff_id)
    )
    return [
        Task(
            task_id=TaskId(row.task_id),
            kind=TaskKind(row.kind),
            township=TownshipCode(row.township),
            village=VillageCode(row.village),
            case_id=CaseId(row.case_id),
            household_id=HouseholdId(row.household_id),
            assignees=tuple(StaffId(one.staff_id) for one in assigned if one.task_id == row.task_id),
            due_on=row.due_on,
            title=row.title,
            subject=row.subject,
            opened_at=row.opened_at,
            closed_at=row.closed_at,
            closed_by_visit=row.closed_by_visit,
        )
        for row in rows
    ]


async def reassign(tx: Tx, case_id: str, staff_id: str, to: str) -> None:
    """Open tasks of a case that were one person's are another's."""
    still_open = select(tasks.c.task_id).where(tasks.c.case_id == case_id, tasks.c.closed_at.is_(None))
    mine = (task_assignees.c.task_id.in_(still_open), task_assignees.c.staff_id == staff_id)
    rows = await tx.all(select(task_assignees.c.task_id).where(*mine))
    await tx.execute(delete(task_assignees).where(*mine))
    for row in rows:
        await tx.execute(insert_once(task_assignees, tx).values(task_id=row.task_id, staff_id=to))


async def close_task(tx: Tx, task_id: str, visit_id: str, at: datetime) -> None:
    still_open = (tasks.c.task_id == task_id, tasks.c.closed_at.is_(None))
    await tx.execute(update(tasks).where(*still_open).values(closed_at=at, closed_by_visit=visit_id))
    await changes.note_task(tx, task_id)
