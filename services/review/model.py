"""What review keeps: the roll of recipients, one file a household, and the papers that lie in it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import NewType

from services.common.policy.household_terms import Category
from services.common.policy.month import Month

CaseId = NewType("CaseId", str)
HouseholdId = NewType("HouseholdId", str)
PersonId = NewType("PersonId", str)
RecipientId = NewType("RecipientId", str)
StaffId = NewType("StaffId", str)


class Stage(StrEnum):
    """Where an entry of the roll stands."""

    ACTIVE = "active"
    ENDED = "ended"


MOVES: dict[Stage, frozenset[Stage]] = {
    Stage.ACTIVE: frozenset({Stage.ENDED}),
    Stage.ENDED: frozenset(),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class RollEntry:
    """A household on the roll: what was confirmed, for whom, how much and from which month."""

    recipient_id: RecipientId
    case_id: CaseId
    household_id: HouseholdId
    township: str
    village: str
    category: Category
    insured_person_ids: tuple[PersonId, ...]
    monthly_amount_fen: int
    add_on_fen: int
    first_month: Month
    enrolled_on: date
    stage: Stage = Stage.ACTIVE
    version: int = 1

    @property
    def persons(self) -> int:
        return len(self.insured_person_ids)


@dataclass(frozen=True, slots=True, kw_only=True)
class HouseholdFile:
    """The one file of a household; its number never changes."""

    household_id: HouseholdId
    township: str
    village: str
    file_no: str
    opened_on: date
    kept_apart: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class KnownCase:
    """What other services have said about a case; empty where nothing was said yet."""

    case_id: CaseId
    household_id: HouseholdId
    township: str
    village: str
    opinion_revision: int = 0
    kin_declared: bool = False


class PaperKind(StrEnum):
    """Papers that come into being in the course of a case."""

    VISIT_RECORD = "visit-record"
    SURVEY_FORM = "survey-form"
    ACCEPTANCE_NOTICE = "acceptance-notice"
    NON_ACCEPTANCE_NOTICE = "non-acceptance-notice"
    PRELIMINARY_OPINION = "preliminary-opinion"
    BOARD_PHOTO = "board-photo"
    PUBLICITY_NOTICE = "publicity-notice"
    PUBLICITY_RESULT = "publicity-result"
    DECISION = "decision"
    DECISION_NOTICE = "decision-notice"
    FILING_RECEIPT = "filing-receipt"
    DISTRICT_APPROVAL = "district-approval"
    LONG_TERM_LISTING = "long-term-listing"

    @property
    def chinese(self) -> str:
        return _PAPERS[self]


_PAPERS: dict[PaperKind, str] = {
    PaperKind.VISIT_RECORD: "走访记录",
    PaperKind.SURVEY_FORM: "入户调查表",
    PaperKind.ACCEPTANCE_NOTICE: "受理告知书",
    PaperKind.NON_ACCEPTANCE_NOTICE: "不予受理告知书",
    PaperKind.PRELIMINARY_OPINION: "初审意见",
    PaperKind.BOARD_PHOTO: "公示张贴照片",
    PaperKind.PUBLICITY_NOTICE: "初审公示单",
    PaperKind.PUBLICITY_RESULT: "公示结果",
    PaperKind.DECISION: "审核确认表及会议记录",
    PaperKind.DECISION_NOTICE: "确认结果告知书",
    PaperKind.FILING_RECEIPT: "备案回执",
    PaperKind.DISTRICT_APPROVAL: "区级审批(认定)表",
    PaperKind.LONG_TERM_LISTING: "长期公示记录",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Paper:
    """One paper of a case. `reference` is the id of the act it records, so the same act files it once."""

    case_id: CaseId
    household_id: HouseholdId
    kind: PaperKind
    event: str
    reference: str
    filed_on: date
