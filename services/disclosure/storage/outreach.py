"""The library with its search, readings, activities, studies and trainings."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import fields
from datetime import date
from typing import Any

from sqlalchemy import Table, delete, func, insert, select

from services.common.policy.law import Missing
from services.common.runtime.tx import Tx
from services.disclosure.model.ids import DocumentId, StaffId, TrainingId
from services.disclosure.model.outreach import (
    Activity,
    Attendance,
    Channel,
    Document,
    DocumentKind,
    Study,
    Training,
    TrainingLevel,
)
from services.disclosure.storage import tables

LARGEST_LIST = 500


async def latest_version(tx: Tx, document_id: DocumentId) -> int:
    newest = select(func.max(tables.library.c.version)).where(tables.library.c.document_id == document_id)
    return int(await tx.scalar(newest) or 0)


async def add_document(tx: Tx, document: Document, grams: Iterable[str]) -> None:
    """Keep a version; only the newest is searched."""
    await _add(tx, tables.library, document)
    found = tables.library_grams
    await tx.execute(delete(found).where(found.c.document_id == document.document_id))
    key = {"document_id": document.document_id, "version": document.version}
    rows = [{"gram": gram, **key} for gram in sorted(grams)]
    if rows:
        await tx.execute(insert(found).values(rows[:1])) if len(rows) == 1 else await tx.db.execute(
            insert(found), rows
        )


async def all_documents(tx: Tx) -> list[Document]:
    order = tables.library.c.title, tables.library.c.version
    return [
        _document(row) for row in await tx.all(select(tables.library).order_by(*order).limit(LARGEST_LIST))
    ]


async def load_document(tx: Tx, document_id: DocumentId, version: int = 0) -> Document:
    """One version, or the newest."""
    mine = select(tables.library).where(tables.library.c.document_id == document_id)
    if version:
        mine = mine.where(tables.library.c.version == version)
    row = await tx.one(mine.order_by(tables.library.c.version.desc()).limit(1))
    if row is None:
        raise Missing("这份文件")
    return _document(row)


async def documents_with(tx: Tx, grams: Sequence[str]) -> list[Document]:
    """Newest versions that hold every one of these pairs."""
    found, kept = tables.library_grams, tables.library
    having = (
        select(found.c.document_id, found.c.version)
        .where(found.c.gram.in_(grams))
        .group_by(found.c.document_id, found.c.version)
        .having(func.count() == len(grams))
        .subquery()
    )
    both = (kept.c.document_id == having.c.document_id) & (kept.c.version == having.c.version)
    rows = await tx.all(select(kept).join(having, both).order_by(kept.c.title).limit(LARGEST_LIST))
    return [_document(row) for row in rows]


async def has_read(tx: Tx, staff_id: str) -> set[tuple[str, int]]:
    mine = select(tables.readings).where(tables.readings.c.staff_id == staff_id)
    return {(row.document_id, row.version) for row in await tx.all(mine)}


async def readers_of(tx: Tx, document: Document) -> list[tuple[str, Any]]:
    """Who read this version, and when."""
    read = tables.readings
    mine = read.c.document_id == document.document_id, read.c.version == document.version
    rows = await tx.all(select(read).where(*mine).order_by(read.c.read_at))
    return [(row.staff_id, row.read_at) for row in rows]


async def note_reading(tx: Tx, document_id: DocumentId, version: int, staff_id: str) -> None:
    """Read once is read."""
    if (document_id, version) not in await has_read(tx, staff_id):
        row = {"document_id": document_id, "version": version, "staff_id": staff_id, "read_at": tx.now}
        await tx.execute(insert(tables.readings).values(row))


async def add_activity(tx: Tx, activity: Activity) -> None:
    await _add(tx, tables.activities, activity)


async def add_study(tx: Tx, study: Study) -> None:
    await _add(tx, tables.studies, study)


async def add_training(tx: Tx, training: Training) -> None:
    await _add(tx, tables.trainings, training)


async def save_training(tx: Tx, training: Training) -> None:
    table = tables.trainings
    mine = table.c.training_id == training.training_id
    await tx.execute(table.update().where(mine).values(_values(training)))


async def load_training(tx: Tx, training_id: TrainingId) -> Training:
    row = await tx.one(select(tables.trainings).where(tables.trainings.c.training_id == training_id))
    if row is None:
        raise Missing("这次培训")
    return Training(**{**row._mapping, "level": TrainingLevel(row.level)})


async def attend(tx: Tx, training_id: TrainingId, staff_id: str) -> None:
    """Signed in once is there."""
    if staff_id not in {one.staff_id for one in await attendances_of(tx, training_id)}:
        row = {"training_id": training_id, "staff_id": staff_id, "at": tx.now}
        await tx.execute(insert(tables.attendances).values(row))


async def attendances_of(tx: Tx, training_id: TrainingId) -> list[Attendance]:
    mine = select(tables.attendances).where(tables.attendances.c.training_id == training_id)
    return [
        Attendance(training_id=training_id, staff_id=StaffId(row.staff_id), at=row.at)
        for row in await tx.all(mine.order_by(tables.attendances.c.at))
    ]


async def activities_in(tx: Tx, area: str, year: int) -> list[Activity]:
    rows = await _of_year(tx, tables.activities, tables.activities.c.held_on, area, year)
    return [Activity(**{**row._mapping, "channel": Channel(row.channel)}) for row in rows]


async def studies_in(tx: Tx, area: str, year: int) -> list[Study]:
    rows = await _of_year(tx, tables.studies, tables.studies.c.held_on, area, year)
    return [Study(**row._mapping) for row in rows]


async def trainings_in(tx: Tx, area: str, year: int) -> list[Training]:
    """Trainings that this very area gives; those below it are theirs."""
    rows = await _of_year(tx, tables.trainings, tables.trainings.c.planned_on, area, year)
    return [Training(**{**row._mapping, "level": TrainingLevel(row.level)}) for row in rows]


async def _of_year(tx: Tx, table: Table, on: Any, area: str, year: int) -> list[Any]:
    within = on.between(date(year, 1, 1), date(year, 12, 31))
    here = table.c.area.startswith(area, autoescape=True)
    return await tx.all(select(table).where(here, within).order_by(on.desc()).limit(LARGEST_LIST))


async def _add(tx: Tx, table: Table, record: Document | Activity | Study | Training) -> None:
    await tx.execute(insert(table).values(_values(record)))


def _values(record: Document | Activity | Study | Training) -> dict[str, object]:
    return {field.name: getattr(record, field.name) for field in fields(record)}


def _document(row: Any) -> Document:
    return Document(**{**row._mapping, "kind": DocumentKind(row.kind)})
