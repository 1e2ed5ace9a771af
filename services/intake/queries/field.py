"""What tablets ask: which forms there are, what is to be done, and what has arrived."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from services.common.runtime.documents import ContentStore
from services.common.runtime.tx import Tx
from services.intake.model.visits import Photo, PhotoState, Task, Visit
from services.intake.rules.pull import field_areas
from services.intake.storage import registry
from services.intake.storage import tasks as task_storage
from services.intake.storage import visits as storage


@dataclass(frozen=True, slots=True)
class FormLine:
    """One form that a tablet should have."""

    form_id: str
    version: str
    title: str
    sha256: str


@dataclass(frozen=True, slots=True)
class TaskLine:
    """One task with what must be known on site."""

    task_id: str
    kind: str
    title: str
    township: str
    village: str
    case_id: str
    household_id: str
    due_on: str
    opened_at: str
    assignees: tuple[str, ...]
    subject: Mapping[str, str]


async def forms(tx: Tx) -> list[FormLine]:
    """Every published version: drafts begun with an older one are finished with it."""
    return [FormLine(one.form_id, one.version, one.title, one.sha256) for one in await storage.list_forms(tx)]


async def tasks(tx: Tx) -> list[TaskLine]:
    """Open tasks of the actor and of the actor's villages, without those of kin (R3.10)."""
    areas = field_areas(tx.actor.posts)
    found = await task_storage.open_tasks(tx, tx.actor.id, areas)
    return [task_line(task) for task in found if not await _kin(task, tx)]


async def _kin(task: Task, tx: Tx) -> bool:
    return tx.actor.id in await registry.recused_from(tx, task.household_id)


def task_line(task: Task) -> TaskLine:
    """A task as a tablet shows it."""
    return TaskLine(
        task_id=task.task_id,
        kind=task.kind.value,
        title=task.title,
        township=task.township,
        village=task.village,
        case_id=task.case_id,
        household_id=task.household_id,
        due_on=task.due_on.isoformat() if task.due_on else "",
        opened_at=task.opened_at.isoformat(),
        assignees=task.assignees,
        subject=task.subject,
    )


def upload_of(visit_id: str, sha256: str) -> str:
    """The name under which an unfinished photo lies."""
    return f"{visit_id}-{sha256}"


async def receipt(visit: Visit, documents: ContentStore) -> dict[str, object]:
    """What arrived, part by part; the tablet frees its storage by this alone."""
    shown: dict[str, object] = {
        "visit_id": visit.visit_id,
        "content_sha256": visit.content_sha256,
        "received_at": visit.received_at.isoformat(),
        "stage": visit.stage.value,
        "case_id": visit.case_id,
        "household_id": visit.household_id,
        "parts": [
            {"part": "record", "sha256": visit.content_sha256, "state": "received"},
            *[await _part(visit, photo, documents) for photo in visit.photos],
        ],
    }
    if visit.outcome.code:
        shown |= {
            "code": visit.outcome.code,
            "article": visit.outcome.article,
            "reason": visit.outcome.message,
        }
    return shown


async def _part(visit: Visit, photo: Photo, documents: ContentStore) -> dict[str, object]:
    offset = photo.size
    state = photo.state
    if state is not PhotoState.VERIFIED:
        offset = await documents.received(upload_of(visit.visit_id, photo.sha256))
        if offset:
            state = PhotoState.PARTIAL if offset < photo.size else PhotoState.RECEIVED
    return {
        "part": "photo",
        "name": photo.name,
        "kind": photo.kind,
        "sha256": photo.sha256,
        "size": photo.size,
        "offset": offset,
        "state": state.value,
        "reason": photo.reason if state is PhotoState.REFUSED else "",
    }
