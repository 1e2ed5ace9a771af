"""A case on its way to the meeting: category, stage, the moves that the procedure allows, its publicity."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum

from services.approval.model.ids import CaseId, HouseholdId, MeetingId, PersonId
from services.common.policy.areas import TownshipCode
from services.common.policy.household_terms import Category
from services.common.policy.law import Conflict
from services.common.policy.money import Fen

# Recognised, not paid: no monthly money follows.
UNPAID = frozenset({Category.EDGE, Category.RIGID})


class Next(StrEnum):
    """What follows the township's decision."""

    FILING = "filing"
    DISTRICT_APPROVAL = "district-approval"
    NONE = "none"


ROUTES: Mapping[Category, Next] = {
    Category.DIBAO: Next.FILING,
    Category.EDGE: Next.FILING,
    Category.RIGID: Next.FILING,
    Category.DESTITUTE: Next.DISTRICT_APPROVAL,
}


class Stage(StrEnum):
    """Where a case stands between the preliminary opinion and the end of approval."""

    WAITING = "waiting"
    READY = "ready"
    ON_AGENDA = "on-agenda"
    RETURNED = "returned"
    CONFIRMED = "confirmed"
    WITH_DISTRICT = "with-district"
    SENT_BACK = "sent-back"
    FILED = "filed"
    APPROVED = "approved"
    REFUSED = "refused"

    @property
    def chinese(self) -> str:
        return _STAGES[self]


_STAGES = {
    Stage.WAITING: "等待公示结束",
    Stage.READY: "待上会",
    Stage.ON_AGENDA: "已列入会议议程",
    Stage.RETURNED: "会议退回，补充调查",
    Stage.CONFIRMED: "已确认，待区民政局备案",
    Stage.WITH_DISTRICT: "已报区民政局审批",
    Stage.SENT_BACK: "区民政局退回补正",
    Stage.FILED: "已备案",
    Stage.APPROVED: "区民政局已批准",
    Stage.REFUSED: "不予确认",
}

# WAITING again: a newer preliminary opinion must be made public before anybody decides on it.
# READY again: the meeting deferred the item. RETURNED: it wants to know more, in a newer opinion.
MOVES: dict[Stage, frozenset[Stage]] = {
    Stage.WAITING: frozenset({Stage.WAITING, Stage.READY}),
    Stage.READY: frozenset({Stage.WAITING, Stage.ON_AGENDA}),
    Stage.ON_AGENDA: frozenset(
        {
            Stage.WAITING,
            Stage.READY,
            Stage.ON_AGENDA,
            Stage.RETURNED,
            Stage.CONFIRMED,
            Stage.WITH_DISTRICT,
            Stage.REFUSED,
        }
    ),
    Stage.RETURNED: frozenset({Stage.WAITING}),
    Stage.CONFIRMED: frozenset({Stage.FILED, Stage.SENT_BACK}),
    Stage.WITH_DISTRICT: frozenset({Stage.APPROVED, Stage.REFUSED, Stage.SENT_BACK}),
    Stage.SENT_BACK: frozenset({Stage.CONFIRMED, Stage.WITH_DISTRICT}),
    Stage.FILED: frozenset(),
    Stage.APPROVED: frozenset(),
    Stage.REFUSED: frozenset(),
}
UNDECIDED = frozenset({Stage.WAITING, Stage.READY, Stage.ON_AGENDA, Stage.RETURNED})


@dataclass(frozen=True, slots=True, kw_only=True)
class DocketItem:
    """A case with the proposal of its newest preliminary opinion."""

    case_id: CaseId
    household_id: HouseholdId
    township: TownshipCode
    revision: int
    category: Category
    household_size: int
    insured_person_ids: tuple[PersonId, ...]
    proposed_amount_fen: Fen
    due_on: date
    kin_declared: bool
    district_visited_on: date | None = None
    stage: Stage = Stage.WAITING
    ready_on: date | None = None
    meeting_id: MeetingId | None = None
    village: str = ""
    head_name: str = ""
    version: int = 0

    def move(self, to: Stage) -> DocketItem:
        """The item at another stage; a move that is not in the table is refused."""
        if to not in MOVES[self.stage]:
            raise Conflict(f"该案目前{self.stage.chinese}，不能改为“{to.chinese}”，请刷新后重试")
        return replace(self, stage=to)

    @property
    def nobody_eligible(self) -> bool:
        """Whether the opinion proposes nobody: the meeting may only refuse."""
        return not self.insured_person_ids

    @property
    def single_person(self) -> bool:
        """Whether only some of the household are proposed, as for a person who applies alone."""
        return len(self.insured_person_ids) < self.household_size


@dataclass(frozen=True, slots=True, kw_only=True)
class Publicity:
    """What disclosure has told about the publicity of one revision; it may come before the opinion."""

    case_id: CaseId
    revision: int
    ends_on: date | None = None
    decidable_on: date | None = None
    concluded_on: date | None = None
