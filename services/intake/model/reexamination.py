"""A case examined anew: after an objection, a report, or kin who were not declared."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from services.common.policy.areas import TownshipCode
from services.intake.model.ids import CaseId, HouseholdId, StaffId


class ReexaminationGround(StrEnum):
    """Why a case is examined anew."""

    UNDECLARED_KIN = "undeclared-kin"
    OBJECTION = "objection"
    REPORT = "report"

    @property
    def chinese(self) -> str:
        return _GROUNDS[self]


_GROUNDS = {
    ReexaminationGround.UNDECLARED_KIN: "申请时未申明近亲属关系",
    ReexaminationGround.OBJECTION: "公示有异议",
    ReexaminationGround.REPORT: "举报投诉",
}


class ReexaminationOutcome(StrEnum):
    """What the new examination came to."""

    STANDS = "stands"
    CHANGED = "changed"
    NOT_ELIGIBLE = "not-eligible"

    @property
    def chinese(self) -> str:
        return _OUTCOMES[self]


_OUTCOMES = {
    ReexaminationOutcome.STANDS: "维持原认定",
    ReexaminationOutcome.CHANGED: "重新核定金额",
    ReexaminationOutcome.NOT_ELIGIBLE: "不符合条件",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Reexamination:
    """One new examination; `source_id` is the objection or report, or empty."""

    reexamination_id: str
    case_id: CaseId
    household_id: HouseholdId
    township: TownshipCode
    ground: ReexaminationGround
    staff_ids: tuple[StaffId, ...]
    source_id: str
    opened_on: date
    opened_by: str
    concluded_on: date | None = None
    concluded_by: str = ""
    outcome: ReexaminationOutcome | None = None
    monthly_amount_fen: int = 0

    @property
    def is_open(self) -> bool:
        return self.concluded_on is None
