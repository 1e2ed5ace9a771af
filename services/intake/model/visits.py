"""What tablets bring and take: visits with their photos, receipts, and tasks."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum

from services.common.policy.areas import TownshipCode, VillageCode
from services.common.policy.law import Conflict, Missing
from services.intake.model.ids import CaseId, HouseholdId, StaffId, TaskId, VisitId


class VisitKind(StrEnum):
    """What a visit was for; the form says it."""

    VISIT = "visit"
    SURVEY = "survey"
    POSTING = "posting"


class TaskKind(StrEnum):
    """What somebody is sent to do in a village."""

    SURVEY = "survey"
    POSTING = "posting"


class VisitStage(StrEnum):
    """A visit waits for its photos, is filed, or is filed with the reason why it has no effect."""

    INCOMPLETE = "incomplete"
    COMPLETE = "complete"
    REFUSED = "refused"


class PhotoState(StrEnum):
    """What the receipt says of a photo. Only `verified` lets the tablet free its storage."""

    MISSING = "missing"
    PARTIAL = "partial"
    RECEIVED = "received"
    VERIFIED = "verified"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True)
class AnnouncedPhoto:
    """A photo as the envelope announces it; an OpenRosa record knows only its name (hash "", size 0)."""

    name: str
    sha256: str
    size: int
    kind: str


@dataclass(frozen=True, slots=True)
class Photo:
    """An announced photo and how far it has come; `state` is missing, verified or refused."""

    name: str
    sha256: str
    size: int
    kind: str
    state: PhotoState = PhotoState.MISSING
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Outcome:
    """Why a filed visit has no effect: code, article where the law says it, and the sentence."""

    code: str = ""
    article: str = ""
    message: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Visit:
    """One visit as filed. `recorded_at` is the tablet's clock, `received_at` ours."""

    visit_id: VisitId
    kind: VisitKind
    township: TownshipCode
    village: VillageCode
    form_id: str
    form_version: str
    recorded_at: datetime
    received_at: datetime
    recorded_by: StaffId
    content_sha256: str
    instance: str
    stage: VisitStage
    outcome: Outcome = field(default_factory=Outcome)
    case_id: str = ""
    household_id: str = ""
    visited_on: date
    photos: tuple[Photo, ...] = ()
    # What the tablet knew of the household when the visit began; only while it takes effect.
    base: Mapping[str, str] = field(default_factory=dict)

    @property
    def all_verified(self) -> bool:
        return all(photo.state is PhotoState.VERIFIED for photo in self.photos)

    def photo(self, name: str) -> Photo | None:
        return next((photo for photo in self.photos if photo.name == name), None)

    def takes(self, name: str, sha256: str) -> bool:
        """Whether this content is already verified under the name. Raises where it cannot be taken."""
        photo = self.photo(name)
        if photo is None:
            raise Missing(f"记录里名为“{name[:40]}”的照片，这个附件")
        if photo.sha256 not in ("", sha256) and photo.state is not PhotoState.REFUSED:
            raise Conflict(
                f"已收到过另一张名为“{name}”的照片，先收到的照片没有改动；如需更换，请重新填写一份记录"
            )
        return photo.sha256 == sha256 and photo.state is PhotoState.VERIFIED


@dataclass(frozen=True, slots=True, kw_only=True)
class Task:
    """Something to do on site; `subject` holds what must be known there."""

    task_id: TaskId
    kind: TaskKind
    township: TownshipCode
    village: VillageCode
    case_id: CaseId
    household_id: HouseholdId
    assignees: tuple[StaffId, ...]
    due_on: date | None
    title: str
    subject: Mapping[str, str]
    opened_at: datetime
    closed_at: datetime | None = None
    closed_by_visit: str = ""

    @property
    def is_open(self) -> bool:
        return self.closed_at is None


@dataclass(frozen=True, slots=True, kw_only=True)
class PublishedForm:
    """One version of a form as tablets fetch it."""

    form_id: str
    version: str
    title: str
    sha256: str
    xform: str
