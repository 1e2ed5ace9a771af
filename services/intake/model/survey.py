"""The statutory home survey: who was sent, what they brought back."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from services.common.policy.areas import TownshipCode
from services.intake.model.ids import CaseId, StaffId, TaskId, VisitId


class SurveyMode(StrEnum):
    """How the survey was made; anything but at home needs a declared emergency."""

    HOME = "home"
    VIDEO = "video"
    PHONE = "phone"


@dataclass(frozen=True, slots=True)
class Surveyor:
    """One surveyor, with what the rules ask about."""

    staff_id: StaffId
    of_township: bool


@dataclass(frozen=True, slots=True)
class SurveyOrder:
    """The township sends these people to this household."""

    task_id: TaskId
    case_id: CaseId
    township: TownshipCode
    surveyor_ids: tuple[StaffId, ...]
    ordered_on: date
    ordered_by: StaffId


@dataclass(frozen=True, slots=True)
class Survey:
    """A filed survey; `facts` is the HouseholdFacts document as JSON text."""

    visit_id: VisitId
    case_id: CaseId
    township: TownshipCode
    surveyor_ids: tuple[StaffId, ...]
    visited_on: date
    mode: SurveyMode
    signed_by_family: bool
    refusal_reason: str
    witness: str
    facts: str
    filed_on: date
