"""The decision, its notice, and what the district adds."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from services.approval.model.case import Next
from services.approval.model.ids import CaseId, DecisionId, HouseholdId, MeetingId, PersonId, StaffId
from services.common.policy.areas import TownshipCode
from services.common.policy.household_terms import Category
from services.common.policy.money import Fen
from services.common.policy.month import Month


class Outcome(StrEnum):
    """What was concluded. Only the first two are decisions; a deferred or returned item is taken up again."""

    CONFIRM = "confirm"
    REFUSE = "refuse"
    DEFER = "defer"
    RETURN = "return"

    @property
    def chinese(self) -> str:
        return _OUTCOMES[self.value]


_OUTCOMES = {"confirm": "确认", "refuse": "不予确认", "defer": "暂缓", "return": "退回补充调查"}


class NoticeMethod(StrEnum):
    """How the written notice reached the applicant."""

    IN_PERSON = "in-person"
    POST = "post"
    LEFT_AT_HOME = "left-at-home"

    @property
    def chinese(self) -> str:
        return {"in-person": "当面送达", "post": "邮寄送达", "left-at-home": "留置送达"}[self.value]


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """What the meeting decided on a case, and what has come of it since."""

    decision_id: DecisionId
    case_id: CaseId
    household_id: HouseholdId
    township: TownshipCode
    meeting_id: MeetingId
    revision: int
    outcome: Outcome
    category: Category
    tier: str
    insured_person_ids: tuple[PersonId, ...]
    monthly_amount_fen: Fen
    add_on_fen: Fen
    reason: str
    decided_on: date
    decided_by: StaffId
    next: Next
    first_month: Month | None = None
    refused_on: date | None = None
    notice_due_on: date | None = None
    notice_provisional: bool = False
    notice_method: NoticeMethod | None = None
    notice_served_on: date | None = None
    notice_overdue_noted: bool = False
    district_outcome: Outcome | None = None
    district_reason: str = ""
    district_decided_on: date | None = None
    filed_on: date | None = None
    receipt_no: str = ""
    correction: str = ""
    corrected: str = ""
    spot_checked_on: date | None = None
    version: int = 0

    @property
    def persons(self) -> int:
        return len(self.insured_person_ids)

    @property
    def awaits_district(self) -> bool:
        return self.next is Next.DISTRICT_APPROVAL and self.district_outcome is None
