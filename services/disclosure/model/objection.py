"""Objections: how they come, what they stop, where they stand."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import StrEnum

from services.common.policy.areas import TownshipCode, VillageCode
from services.common.policy.law import Conflict
from services.disclosure.model.ids import CaseId, HouseholdId, ObjectionId, StaffId


class ObjectionWay(StrEnum):
    """How an objection came."""

    PAGE = "page"
    PHONE = "phone"
    LETTER = "letter"
    VISIT = "visit"

    @property
    def chinese(self) -> str:
        return {"page": "网页", "phone": "电话", "letter": "来信", "visit": "来访"}[self.value]


class ObjectionAbout(StrEnum):
    """What is objected to: a running publicity stops its case, anything else is a report."""

    PUBLICITY = "publicity"
    PUBLICITY_OVER = "publicity-over"
    LONG_TERM = "long-term"
    RELIEF = "relief"

    @property
    def chinese(self) -> str:
        return {
            "publicity": "公示期内",
            "publicity-over": "公示期满后",
            "long-term": "长期公开",
            "relief": "临时救助公开",
        }[self.value]


class ObjectionOutcome(StrEnum):
    """What an investigation found."""

    UPHELD = "upheld"
    UNFOUNDED = "unfounded"
    REPEATED = "repeated"

    @property
    def chinese(self) -> str:
        return {"upheld": "异议成立", "unfounded": "异议不成立", "repeated": "重复异议"}[self.value]


class ObjectionStage(StrEnum):
    """Where an objection stands."""

    RAISED = "raised"
    INVESTIGATED = "investigated"
    ANSWERED = "answered"
    REPORTED = "reported"

    @property
    def chinese(self) -> str:
        return {
            "raised": "待调查",
            "investigated": "待答复",
            "answered": "已答复",
            "reported": "已转举报台账",
        }[self.value]


OBJECTION_MOVES: dict[ObjectionStage, frozenset[ObjectionStage]] = {
    ObjectionStage.RAISED: frozenset(
        {ObjectionStage.INVESTIGATED, ObjectionStage.ANSWERED, ObjectionStage.REPORTED}
    ),
    ObjectionStage.INVESTIGATED: frozenset({ObjectionStage.ANSWERED}),
    ObjectionStage.ANSWERED: frozenset(),
    ObjectionStage.REPORTED: frozenset(),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Objection:
    """One objection; what was said and by whom lies sealed and is opened for whoever works on it."""

    objection_id: ObjectionId
    township: TownshipCode
    village: VillageCode
    receipt_no: str
    about: ObjectionAbout
    notice_id: str
    case_id: CaseId
    household_id: HouseholdId
    way: ObjectionWay
    anonymous: bool
    words: bytes
    stage: ObjectionStage
    raised_at: datetime
    raised_on: date
    answer_due_on: date | None = None
    investigators: tuple[StaffId, ...] = ()
    investigated_on: date | None = None
    investigation: bytes | None = None
    outcome: ObjectionOutcome | None = None
    answer: str = ""
    answered_on: date | None = None
    answered_by: str = ""
    version: int = 0

    def moved_to(self, stage: ObjectionStage) -> Objection:
        """The same objection one step on; Conflict where OBJECTION_MOVES has no such step."""
        if stage not in OBJECTION_MOVES[self.stage]:
            raise Conflict(f"异议现在是“{self.stage.chinese}”，不能变为“{stage.chinese}”")
        return replace(self, stage=stage)
