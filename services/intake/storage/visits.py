"""Rows of forms, visits and photos, and back; what people said is kept sealed."""

from __future__ import annotations

from collections.abc import Collection

from sqlalchemy import Insert, Row, Table, and_, case, insert, select, update
from sqlalchemy.dialects.postgresql import insert as pg_insert
from sqlalchemy.dialects.sqlite import insert as sqlite_insert

from services.common.policy.areas import TownshipCode, VillageCode
from services.common.policy.law import Missing
from services.common.runtime.tx import Tx
from services.intake.model.ids import StaffId, VisitId
from services.intake.model.visits import (
    Outcome,
    Photo,
    PhotoState,
    PublishedForm,
    Visit,
    VisitKind,
    VisitStage,
)
from services.intake.storage.visit_tables import forms, visit_photos, visits


async def save_form(tx: Tx, form: PublishedForm) -> None:
    await tx.execute(
        insert(forms).values(
            form_id=form.form_id,
            version=form.version,
            title=form.title,
            sha256=form.sha256,
            xform=form.xform,
            published_at=tx.now,
            published_by=tx.actor.id,
        )
    )


async def find_form(tx: Tx, form_id: str, version: str) -> PublishedForm | None:
    row = await tx.one(select(forms).where(forms.c.form_id == form_id, forms.c.version == version))
    return _form(row) if row else None


async def list_forms(tx: Tx) -> list[PublishedForm]:
    """Every published version, the newest of each form first."""
    order = (forms.c.form_id, forms.c.published_at.desc(), forms.c.version.desc())
    return [_form(row) for row in await tx.all(select(forms).order_by(*order))]


def _form(row: Row[tuple[object, ...]]) -> PublishedForm:
    return PublishedForm(
        form_id=row.form_id, version=row.version, title=row.title, sha256=row.sha256, xform=row.xform
    )


async def add_visit(tx: Tx, visit: Visit) -> bool:
    """Enter a visit unless its id is there already; of two at once, one enters and the other learns it."""
    row = {
        "visit_id": visit.visit_id,
        "kind": visit.kind,
        "township": visit.township,
        "village": visit.village,
        "form_id": visit.form_id,
        "form_version": visit.form_version,
        "recorded_at": visit.recorded_at,
        "received_at": visit.received_at,
        "recorded_by": visit.recorded_by,
        "content_sha256": visit.content_sha256,
        "instance": tx.service.sealer.seal(visit.instance, f"visits|instance|{visit.visit_id}"),
        "stage": visit.stage,
        "case_id": visit.case_id,
        "household_id": visit.household_id,
        "visited_on": visit.visited_on,
    }
    entered = await tx.execute(insert_once(visits, tx).values(row).returning(visits.c.visit_id))
    if entered.first() is None:
        return False
    if visit.photos:
        # As a list of rows, not as values: the statement is then compiled once for any number of photos.
        await tx.db.execute(insert(visit_photos), [_photo_row(tx, visit, one) for one in visit.photos])
    return True


def _photo_row(tx: Tx, visit: Visit, photo: Photo) -> dict[str, object]:
    return {
        "visit_id": visit.visit_id,
        "name": photo.name,
        "sha256": photo.sha256,
        "size": photo.size,
        "kind": photo.kind,
        "state": photo.state,
        "reason": photo.reason,
        "verified_at": tx.now if photo.state is PhotoState.VERIFIED else None,
    }


async def find_visit(tx: Tx, visit_id: str, *, lock: bool = False) -> Visit | None:
    """A visit with its photos; locked where it will be changed."""
    wanted = select(visits).where(visits.c.visit_id == visit_id)
    row = await tx.one(wanted.with_for_update() if lock else wanted)
    if row is None:
        return None
    found = await tx.all(
        select(visit_photos).where(visit_photos.c.visit_id == visit_id).order_by(visit_photos.c.name)
    )
    return Visit(
        visit_id=VisitId(row.visit_id),
        kind=VisitKind(row.kind),
        township=TownshipCode(row.township),
        village=VillageCode(row.village),
        form_id=row.form_id,
        form_version=row.form_version,
        recorded_at=row.recorded_at,
        received_at=row.received_at,
        recorded_by=StaffId(row.recorded_by),
        content_sha256=row.content_sha256,
        instance=tx.service.sealer.open(row.instance, f"visits|instance|{visit_id}"),
        stage=VisitStage(row.stage),
        outcome=Outcome(row.refusal_code, row.refusal_article, row.refusal_message),
        case_id=row.case_id,
        household_id=row.household_id,
        visited_on=row.visited_on,
        photos=tuple(_photo(one) for one in found),
    )


async def load_visit(tx: Tx, visit_id: str, *, lock: bool = False) -> Visit:
    visit = await find_visit(tx, visit_id, lock=lock)
    if visit is None:
        raise Missing("这次走访的记录，请先提交记录，再传照片")
    return visit


async def place_of(tx: Tx, visit_id: str) -> tuple[str, str]:
    """Village and household of a visit."""
    wanted = select(visits.c.village, visits.c.household_id).where(visits.c.visit_id == visit_id)
    row = await tx.one(wanted)
    if row is None:
        raise Missing("这次走访的记录，请先提交记录，再传照片")
    return row.village, row.household_id


async def announced_photo(tx: Tx, visit_id: str, sha256: str) -> tuple[str, str, Photo | None]:
    """Village and household of a visit, and its photo of this content, if it announced one."""
    joined = visits.outerjoin(
        visit_photos, and_(visit_photos.c.visit_id == visits.c.visit_id, visit_photos.c.sha256 == sha256)
    )
    wanted = select(visits.c.village, visits.c.household_id, *visit_photos.c).select_from(joined)
    # Of two names with this content the one that is not verified yet decides.
    order = case((visit_photos.c.state == PhotoState.VERIFIED, 1), else_=0)
    found = await tx.all(wanted.where(visits.c.visit_id == visit_id).order_by(order).limit(1))
    if not found:
        raise Missing("这次走访的记录，请先提交记录，再传照片")
    [row] = found
    return row.village, row.household_id, _photo(row) if row.sha256 else None


async def visits_of_case(tx: Tx, case_id: str) -> list[Visit]:
    """Visits of one case in the order they arrived."""
    ids = await tx.all(
        select(visits.c.visit_id).where(visits.c.case_id == case_id).order_by(visits.c.received_at)
    )
    return [await load_visit(tx, row.visit_id) for row in ids]


async def verified_contents(tx: Tx, hashes: Collection[str]) -> set[tuple[str, int]]:
    """Hash and size of those photos that some visit has brought and we have looked at."""
    if not hashes:
        return set()
    wanted = select(visit_photos.c.sha256, visit_photos.c.size).where(
        visit_photos.c.sha256.in_(hashes), visit_photos.c.state == PhotoState.VERIFIED
    )
    return {(row.sha256, row.size) for row in await tx.all(wanted.distinct())}


def _photo(row: Row[tuple[object, ...]]) -> Photo:
    return Photo(row.name, row.sha256, row.size, row.kind, PhotoState(row.state), row.reason)


async def mark_photo(tx: Tx, visit_id: str, sha256: str, state: PhotoState, reason: str) -> None:
    """Every announced name with this content gets the state."""
    mine = (visit_photos.c.visit_id == visit_id, visit_photos.c.sha256 == sha256)
    verified_at = tx.now if state is PhotoState.VERIFIED else None
    await tx.execute(
        update(visit_photos).where(*mine).values(state=state, reason=reason, verified_at=verified_at)
    )


async def name_content(tx: Tx, visit_id: str, name: str, sha256: str, size: int) -> None:
    """A photo announced by name alone gets its content."""
    mine = (visit_photos.c.visit_id == visit_id, visit_photos.c.name == name)
    fresh = {"sha256": sha256, "size": size, "state": PhotoState.MISSING, "reason": ""}
    await tx.execute(update(visit_photos).where(*mine).values(fresh))


async def close_visit(tx: Tx, visit: Visit, stage: VisitStage, outcome: Outcome) -> None:
    """The visit is filed: with its effect, or with the reason why it has none."""
    await tx.execute(
        update(visits)
        .where(visits.c.visit_id == visit.visit_id)
        .values(
            stage=stage,
            refusal_code=outcome.code,
            refusal_article=outcome.article,
            refusal_message=outcome.message,
            case_id=visit.case_id,
            household_id=visit.household_id,
        )
    )


def insert_once(table: Table, tx: Tx) -> Insert:
    """An insert that leaves a row alone which is there already."""
    dialect = sqlite_insert if tx.service.database.is_sqlite else pg_insert
    return dialect(table).on_conflict_do_nothing()
