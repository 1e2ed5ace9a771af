"""Work that could not be filed by whoever did it: it waits, sealed, until a person releases or rejects it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from services.intake.model.ids import VisitId

RECORD = "record"


@dataclass(frozen=True, slots=True)
class HeldPart:
    """One letter of a work: its record, or a photo by its hash. `sha256` and `size` are of the letter."""

    part: str
    sha256: str
    size: int


@dataclass(frozen=True, slots=True, kw_only=True)
class HeldWork:
    """One visit of a tablet that was ended or whose person moved."""

    visit_id: VisitId
    device_id: str
    area: str
    arrived_at: datetime
    parts: tuple[HeldPart, ...]
    closed_at: datetime | None = None
    outcome: str = ""
    reason: str = ""

    @property
    def is_open(self) -> bool:
        return self.closed_at is None

    def part(self, name: str) -> HeldPart | None:
        return next((one for one in self.parts if one.part == name), None)
