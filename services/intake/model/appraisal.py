"""Village appraisal (民主评议): who took part, how they voted, and its minutes."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from services.common.policy.areas import TownshipCode
from services.intake.model.ids import CaseId, StaffId


class AppraisalPart(StrEnum):
    """What somebody is in the appraisal."""

    TOWNSHIP = "township-staff"
    COMMITTEE = "village-committee"
    DELEGATE = "villagers-delegate"
    RESIDENT = "resident"

    @property
    def chinese(self) -> str:
        return _PARTS[self]


_PARTS = {
    AppraisalPart.TOWNSHIP: "镇(街、中心)工作人员",
    AppraisalPart.COMMITTEE: "村(居)党组织和村(居)委会成员",
    AppraisalPart.DELEGATE: "村(居)民代表",
    AppraisalPart.RESIDENT: "其他村(居)民",
}


@dataclass(frozen=True, slots=True)
class Appraiser:
    """One person who took part; `staff_id` where he is on the staff. Votes are kept as numbers only."""

    name: str
    part: AppraisalPart
    staff_id: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Appraisal:
    """One meeting of a village over one application."""

    appraisal_id: str
    case_id: CaseId
    township: TownshipCode
    held_on: date
    place: str
    chair: str
    appraisers: tuple[Appraiser, ...]
    votes_for: int
    votes_against: int
    abstained: int
    minutes: str
    is_public: bool
    recorded_by: StaffId

    @property
    def agrees(self) -> bool:
        return self.votes_for > self.votes_against
