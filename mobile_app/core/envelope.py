"""What goes to the office and what comes back: the envelope of a visit and its receipt."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from datetime import UTC, datetime
from typing import Any

from services.common.policy.canonical import canonical


@dataclass(frozen=True, slots=True)
class PhotoAnnounced:
    """A photo that will follow the record."""

    name: str
    sha256: str
    size: int
    kind: str

    @classmethod
    def of(cls, name: str, content: bytes, kind: str) -> PhotoAnnounced:
        """The announcement of a photo as it lies on the tablet."""
        return cls(name, hashlib.sha256(content).hexdigest(), len(content), kind)


@dataclass(frozen=True, slots=True, kw_only=True)
class Envelope:
    """One visit; its id is made once, so that sending it again is the same visit."""

    visit_id: str
    form_id: str
    form_version: str
    recorded_at: datetime
    village: str
    instance: str
    photos: tuple[PhotoAnnounced, ...] = ()
    # What the tablet showed of the household when the visit began, for merging field by field.
    base: Mapping[str, str] = field(default_factory=dict)

    @property
    def sha256(self) -> str:
        """What the office's receipt names this content by: as it computes it from what arrived."""
        photos = sorted((one.name, one.sha256, one.size, one.kind) for one in self.photos)
        content = {
            "visit_id": self.visit_id,
            "form_id": self.form_id,
            "form_version": self.form_version,
            "recorded_at": self.recorded_at.astimezone(UTC).isoformat(),
            "village": self.village,
            "instance": self.instance,
            "photos": [list(one) for one in photos],
        } | ({"base": dict(self.base)} if self.base else {})
        return hashlib.sha256(canonical(content).encode()).hexdigest()

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> Envelope:
        """The envelope again, as the journal kept it."""
        photos = tuple(PhotoAnnounced(**one) for one in data["photos"])
        return cls(
            **(
                dict(data)
                | {
                    "photos": photos,
                    "recorded_at": datetime.fromisoformat(data["recorded_at"]),
                    "base": {one["name"]: one["value"] for one in data.get("base", ())},
                }
            )
        )

    def to_json(self) -> dict[str, object]:
        return {
            "visit_id": self.visit_id,
            "form_id": self.form_id,
            "form_version": self.form_version,
            "recorded_at": self.recorded_at.isoformat(),
            "village": self.village,
            "instance": self.instance,
            "photos": [asdict(photo) for photo in self.photos],
            "base": [{"name": name, "value": value} for name, value in self.base.items()],
        }


@dataclass(frozen=True, slots=True)
class PhotoReceipt:
    """How far one photo has come; only `verified` lets the tablet free its storage."""

    name: str
    sha256: str
    size: int
    offset: int
    state: str
    reason: str

    @property
    def verified(self) -> bool:
        return self.state == "verified"


@dataclass(frozen=True, slots=True)
class Receipt:
    """What the office has of a visit, part by part; `reason` says why it has no effect."""

    visit_id: str
    content_sha256: str
    received_at: str
    stage: str
    photos: tuple[PhotoReceipt, ...]
    case_id: str = ""
    household_id: str = ""
    code: str = ""
    article: str = ""
    reason: str = ""

    @property
    def outstanding(self) -> tuple[PhotoReceipt, ...]:
        """Photos that still have to be sent."""
        return tuple(photo for photo in self.photos if not photo.verified)

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> Receipt:
        photos = tuple(
            PhotoReceipt(*(part[name] for name in PhotoReceipt.__slots__))
            for part in data["parts"]
            if part["part"] == "photo"
        )
        named = {name: data[name] for name in cls.__slots__ if name != "photos" and name in data}
        return cls(photos=photos, **named)

    def to_json(self) -> dict[str, object]:
        """As the journal keeps it."""
        named = {name: getattr(self, name) for name in self.__slots__ if name != "photos"}
        return named | {"parts": [{"part": "photo"} | asdict(one) for one in self.photos]}


@dataclass(frozen=True, slots=True)
class FormLine:
    """A published form, to be fetched where its hash is new."""

    form_id: str
    version: str
    title: str
    sha256: str


@dataclass(frozen=True, slots=True)
class TaskLine:
    """Something to do on site, with what must be known there."""

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
