"""Visits from tablets: the record is filed at once, its photos follow, and then it takes effect."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum

from services.common.forms.instance import Filled, read_instance
from services.common.policy.areas import VillageCode
from services.common.policy.law import Invalid, Missing
from services.common.runtime.gate import action
from services.common.runtime.tx import Tx
from services.intake.commands import visit_effects as effects
from services.intake.model.ids import StaffId, VisitId
from services.intake.model.merges import MergeKind
from services.intake.model.registry import township_of
from services.intake.model.visits import AnnouncedPhoto, Photo, PhotoState, Visit, VisitKind, VisitStage
from services.intake.rules import visits as rules
from services.intake.storage import merges, registry
from services.intake.storage import visits as storage
from services.intake.storage.forms import load_form

VILLAGE_DIGITS = 12


@dataclass(frozen=True, slots=True)
class KnownField:
    """One field of the household as the tablet showed it."""

    name: str
    value: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ReceiveVisit:
    """One envelope of a tablet: the record, and the photos that will follow."""

    visit_id: VisitId
    form_id: str
    form_version: str
    recorded_at: datetime
    village: VillageCode
    instance: str
    photos: tuple[AnnouncedPhoto, ...]
    # What the tablet knew of the household when the visit began, for merging field by field.
    base: tuple[KnownField, ...] = ()


class Arrival(StrEnum):
    """What an envelope turned out to be."""

    NEW = "new"
    SAME = "same"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class VisitReceived:
    """How the envelope arrived, and the visit that stands under its id."""

    arrival: Arrival
    visit: Visit


@action("receive-visit")
async def receive_visit(cmd: ReceiveVisit, tx: Tx) -> VisitReceived:
    """File a visit once. Other content under the same id overwrites nothing: it waits as a merge task."""
    return await receive(cmd, tx, StaffId(tx.actor.id))


async def receive(cmd: ReceiveVisit, tx: Tx, recorded_by: StaffId) -> VisitReceived:
    """The same in the name of whoever recorded it."""
    envelope = _canonical(cmd)
    digest = rules.content_hash(envelope)
    known = await storage.find_visit(tx, cmd.visit_id, lock=True)
    if known is None:
        filled = await _read(cmd, tx)
        kept = await storage.verified_contents(tx, {photo.sha256 for photo in cmd.photos})
        visit = replace(_visit(cmd, filled, digest, kept, tx), recorded_by=recorded_by)
        if await storage.add_visit(tx, visit):
            return VisitReceived(Arrival.NEW, await _file(visit, filled, tx))
        known = await storage.load_visit(tx, cmd.visit_id, lock=True)
    if known.content_sha256 == digest:
        return VisitReceived(Arrival.SAME, known)
    await merges.open_merge(
        tx, MergeKind.CONTENT, cmd.visit_id, known.village, envelope, content_sha256=digest
    )
    return VisitReceived(Arrival.OTHER, known)


def _canonical(cmd: ReceiveVisit) -> str:
    rules.check_recorded_at(cmd.recorded_at)
    rules.check_base([(one.name, one.value) for one in cmd.base])
    return rules.canonical(
        cmd.visit_id,
        cmd.form_id,
        cmd.form_version,
        cmd.recorded_at,
        cmd.village,
        cmd.instance,
        cmd.photos,
        {one.name: one.value for one in cmd.base},
    )


async def _read(cmd: ReceiveVisit, tx: Tx) -> Filled:
    """The filled-in form, after every check that needs no photo."""
    rules.check_photos(cmd.photos, tx.service.settings.photo_limit_bytes)
    form = await load_form(cmd.form_id, cmd.form_version, tx)
    filled = read_instance(form, cmd.instance)
    rules.check_instance_id(filled, cmd.visit_id)
    rules.check_pictures(filled, cmd.photos)
    effects.check_answers(rules.kind_of(form.id), filled.answers, tx)
    return filled


def _visit(
    cmd: ReceiveVisit, filled: Filled, digest: str, kept: Collection[tuple[str, int]], tx: Tx
) -> Visit:
    kind = rules.kind_of(cmd.form_id)
    return Visit(
        visit_id=cmd.visit_id,
        kind=kind,
        township=township_of(cmd.village),
        village=cmd.village,
        form_id=cmd.form_id,
        form_version=cmd.form_version,
        recorded_at=cmd.recorded_at,
        received_at=tx.now,
        recorded_by=StaffId(tx.actor.id),
        content_sha256=digest,
        instance=cmd.instance,
        stage=VisitStage.INCOMPLETE,
        visited_on=rules.visited_on(filled.answers, effects.VISITED_ON[kind], cmd.recorded_at, tx.today),
        photos=tuple(_photo(one, kept) for one in cmd.photos),
        base={one.name: one.value for one in cmd.base},
    )


def _photo(announced: AnnouncedPhoto, kept: Collection[tuple[str, int]]) -> Photo:
    """A photo that another visit brought already need not be sent."""
    known = (announced.sha256, announced.size) in kept
    state = PhotoState.VERIFIED if known else PhotoState.MISSING
    return Photo(announced.name, announced.sha256, announced.size, announced.kind, state)


async def _file(visit: Visit, filled: Filled, tx: Tx) -> Visit:
    """An application counts from the record; survey and posting only with every photo verified."""
    if visit.kind is VisitKind.VISIT or visit.all_verified:
        visit = await effects.take_effect(visit, filled.answers, tx)
        await storage.close_visit(tx, visit, visit.stage, visit.outcome)
    return visit


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordPhoto:
    """A photo arrived whole and was looked at; `objection` says why it cannot be kept."""

    visit_id: VisitId
    sha256: str
    objection: str


@action("record-photo")
async def record_photo(cmd: RecordPhoto, tx: Tx) -> Visit:
    """Enter what became of the photo; with the last one the visit takes effect."""
    visit = await storage.load_visit(tx, cmd.visit_id, lock=True)
    mine = [photo for photo in visit.photos if photo.sha256 == cmd.sha256]
    if not mine:
        raise Missing("随这次走访申报的这张照片")
    if all(photo.state is PhotoState.VERIFIED for photo in mine):
        return visit
    state = PhotoState.REFUSED if cmd.objection else PhotoState.VERIFIED
    await storage.mark_photo(tx, visit.visit_id, cmd.sha256, state, cmd.objection)
    visit = replace(visit, photos=tuple(_now(photo, cmd, state) for photo in visit.photos))
    if visit.stage is not VisitStage.INCOMPLETE or not visit.all_verified:
        return visit
    return await _complete(visit, tx)


@dataclass(frozen=True, slots=True, kw_only=True)
class AttachPhoto:
    """The content of a photo that its record announced by name alone, as OpenRosa brings it."""

    visit_id: VisitId
    name: str
    sha256: str
    size: int
    objection: str


@action("record-photo")
async def attach_photo(cmd: AttachPhoto, tx: Tx) -> Visit:
    """The name gets its content once; another content under it is a conflict, the same one is harmless."""
    visit = await storage.load_visit(tx, cmd.visit_id, lock=True)
    if visit.takes(cmd.name, cmd.sha256):
        return visit
    await storage.name_content(tx, cmd.visit_id, cmd.name, cmd.sha256, cmd.size)
    recorded: Visit = await tx.perform(
        RecordPhoto(visit_id=cmd.visit_id, sha256=cmd.sha256, objection=cmd.objection)
    )
    return recorded


def _now(photo: Photo, cmd: RecordPhoto, state: PhotoState) -> Photo:
    return replace(photo, state=state, reason=cmd.objection) if photo.sha256 == cmd.sha256 else photo


async def _complete(visit: Visit, tx: Tx) -> Visit:
    if visit.kind is VisitKind.VISIT:
        visit = replace(visit, stage=VisitStage.COMPLETE)
    else:
        form = await load_form(visit.form_id, visit.form_version, tx)
        visit = await effects.take_effect(visit, read_instance(form, visit.instance).answers, tx)
    await storage.close_visit(tx, visit, visit.stage, visit.outcome)
    return visit


async def check_envelope(visit_id: str, village: str, tx: Tx) -> None:
    """Invalid unless the visit has an id of its own and was made in a village of the registry."""
    rules.check_id(visit_id, "visit_id")
    fits = village.isascii() and village.isdigit() and len(village) == VILLAGE_DIGITS
    if not fits or await registry.find_area(tx, village) is None:
        raise Invalid(
            "village", f"没有登记代码为“{village[:12]}”的村(居)，请在平板上同步村(居)名单后重新选择"
        )
