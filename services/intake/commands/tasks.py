"""Tasks for people in the village: opened by the office or by an event, closed by the visit that did them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from services.common.policy.areas import TownshipCode, VillageCode
from services.common.policy.law import Conflict
from services.common.runtime.gate import action
from services.common.runtime.tx import Tx
from services.intake.model.ids import CaseId, HouseholdId, StaffId, TaskId, VisitId
from services.intake.model.visits import Task, TaskKind
from services.intake.storage import tasks as storage


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenTask:
    """Send somebody; without assignees it is anybody's whose post covers the village."""

    task_id: TaskId
    kind: TaskKind
    township: TownshipCode
    village: VillageCode
    case_id: CaseId
    household_id: HouseholdId
    assignees: tuple[StaffId, ...]
    due_on: date | None
    title: str
    subject: dict[str, str]


@action("open-task")
async def open_task(cmd: OpenTask, tx: Tx) -> None:
    """Enter the task; the same task asked for again changes nothing."""
    await storage.add_task(
        tx,
        Task(
            task_id=cmd.task_id,
            kind=cmd.kind,
            township=cmd.township,
            village=cmd.village,
            case_id=cmd.case_id,
            household_id=cmd.household_id,
            assignees=tuple(dict.fromkeys(cmd.assignees)),
            due_on=cmd.due_on,
            title=cmd.title,
            subject=cmd.subject,
            opened_at=tx.now,
        ),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class CloseTask:
    """This visit did the task."""

    task_id: TaskId
    visit_id: VisitId


@action("close-task")
async def close_task(cmd: CloseTask, tx: Tx) -> None:
    """Take the task off the tablets; another visit that did it before is a conflict."""
    task = await storage.load_task(tx, cmd.task_id)
    if not task.is_open and task.closed_by_visit != cmd.visit_id:
        raise Conflict("这项任务已由另一次记录完成，本次记录只存档")
    await storage.close_task(tx, cmd.task_id, cmd.visit_id, tx.now)
