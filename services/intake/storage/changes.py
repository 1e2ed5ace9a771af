"""What changed for tablets since they last asked: one entry per thing and stream, with the stream's version.

A stream is a village, or a member of staff (`staff:ID`) for what he was sent to do elsewhere. Its version
is taken by one statement that holds the row until the commit, so versions are seen in the order of commits.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import and_, or_, select
from sqlalchemy.dialects.postgresql import insert as pg_insert
from sqlalchemy.dialects.sqlite import insert as sqlite_insert

from services.common.runtime.tx import Tx
from services.intake.storage.visit_tables import field_changes, field_versions, task_assignees, tasks

HOUSEHOLD, TASK = "household", "task"


@dataclass(frozen=True, slots=True)
class Change:
    """Something of a stream that is new, other than before, or gone."""

    stream: str
    version: int
    kind: str
    key: str


def of_staff(staff_id: str) -> str:
    """The stream of what one member of staff was sent to do."""
    return f"staff:{staff_id}"


async def note(tx: Tx, kind: str, key: str, streams: Collection[str]) -> None:
    """The tablets that follow these streams have to look at it again; streams are taken in one order."""
    insert = sqlite_insert if tx.service.database.is_sqlite else pg_insert
    for stream in sorted(set(streams)):
        counted = insert(field_versions).values(stream=stream, version=1)
        version = await tx.scalar(
            counted.on_conflict_do_update(
                index_elements=["stream"], set_={"version": field_versions.c.version + 1}
            ).returning(field_versions.c.version)
        )
        entry = insert(field_changes).values(stream=stream, kind=kind, key=key, version=version)
        await tx.execute(
            entry.on_conflict_do_update(index_elements=["stream", "kind", "key"], set_={"version": version})
        )


async def note_task(tx: Tx, task_id: str) -> None:
    """A task came or went: for those who were sent, with its household; for the village where nobody was."""
    found = await tx.one(select(tasks.c.village, tasks.c.household_id).where(tasks.c.task_id == task_id))
    if found is None:
        return
    sent = await tx.all(select(task_assignees.c.staff_id).where(task_assignees.c.task_id == task_id))
    theirs = [of_staff(row.staff_id) for row in sent]
    await note(tx, TASK, task_id, theirs or [found.village])
    if found.household_id:
        await note(tx, HOUSEHOLD, found.household_id, theirs)


async def note_tasks_of(tx: Tx, household_id: str) -> None:
    """Who may see the household changed: its open tasks have to be looked at again."""
    mine = (tasks.c.household_id == household_id, tasks.c.closed_at.is_(None))
    for row in await tx.all(select(tasks.c.task_id).where(*mine).order_by(tasks.c.task_id)):
        await note_task(tx, row.task_id)


async def since(tx: Tx, seen: Mapping[str, int], limit: int) -> list[Change]:
    """What streams hold beyond the versions seen, one stream after the other."""
    if not seen:
        return []
    at = field_changes.c
    newer = or_(*(and_(at.stream == stream, at.version > version) for stream, version in seen.items()))
    wanted = select(field_changes).where(newer).order_by(at.stream, at.version).limit(limit)
    return [Change(row.stream, row.version, row.kind, row.key) for row in await tx.all(wanted)]


async def versions(tx: Tx, streams: Sequence[str]) -> dict[str, int]:
    """The newest version of each stream that ever held something."""
    wanted = select(field_versions).where(field_versions.c.stream.in_(streams))
    return {row.stream: row.version for row in await tx.all(wanted)}
