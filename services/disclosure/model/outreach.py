"""Outreach: the library of policy, who read it, activities, field studies and training."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from services.disclosure.model.ids import ActivityId, DocumentId, StaffId, StudyId, TrainingId


class DocumentKind(StrEnum):
    """What the library keeps."""

    POLICY = "policy"
    FORM = "form"
    PROCEDURE = "procedure"

    @property
    def chinese(self) -> str:
        return {"policy": "政策文件", "form": "表格", "procedure": "办事流程"}[self.value]


class Channel(StrEnum):
    """How policy is made known (R10.1), and where results are published (R5.1)."""

    LEAFLET = "leaflet"
    GROUP = "group"
    PAGE = "page"
    BROADCAST = "broadcast"
    WEBSITE = "website"
    MICRO_POWER = "micro-power"
    BOARD = "board"

    @property
    def chinese(self) -> str:
        return {
            "leaflet": "明白卡、宣传单",
            "group": "微信群",
            "page": "网页、公众号",
            "broadcast": "广播、大喇叭",
            "website": "政府网站",
            "micro-power": "小微权力平台",
            "board": "公示栏、宣传栏",
        }[self.value]


class TrainingLevel(StrEnum):
    """Who gives a training: the district trains three levels, a township two."""

    DISTRICT = "district"
    TOWNSHIP = "township"

    @property
    def chinese(self) -> str:
        return {"district": "区级（区、镇街、村居三级）", "township": "镇街（镇街、村居两级）"}[self.value]


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """One version of a document; versions never change."""

    document_id: DocumentId
    version: int
    area: str
    kind: DocumentKind
    title: str
    number: str
    valid_from: date
    valid_until: date | None
    body: str
    file_name: str
    file_sha256: str
    file_size: int
    published_on: date
    published_by: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Activity:
    """Policy or a result was made known by one channel; `proof` says where it can be seen."""

    activity_id: ActivityId
    area: str
    channel: Channel
    title: str
    held_on: date
    copies: int
    reach: int
    proof: str
    recorded_by: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Study:
    """A field study with what was found."""

    study_id: StudyId
    area: str
    place: str
    topic: str
    held_on: date
    findings: str
    recorded_by: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Training:
    """A training, planned and then held; its code is shown in the room and lets people sign in."""

    training_id: TrainingId
    area: str
    level: TrainingLevel
    title: str
    planned_on: date
    code: str
    planned_by: str
    held_on: date | None = None
    material: str = ""
    questions: str = ""
    cases: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Attendance:
    """Somebody signed in."""

    training_id: TrainingId
    staff_id: StaffId
    at: datetime
