"""An application for assistance as a case: its stages and the moves the procedure allows."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum

from services.common.policy.areas import TownshipCode, VillageCode
from services.common.policy.household import Category
from services.common.policy.law import Conflict
from services.intake.model.ids import CaseId, HouseholdId, PersonId, StaffId, VisitId


class Stage(StrEnum):
    """Where a case stands, from the village's receipt to the roll."""

    RECEIVED = "received"
    ACCEPTED = "accepted"
    DECLINED = "declined"
    OPINION_FORMED = "opinion-formed"
    IN_PUBLICITY = "in-publicity"
    PUBLICITY_CONCLUDED = "publicity-concluded"
    DECIDED = "decided"
    ENROLLED = "enrolled"

    @property
    def chinese(self) -> str:
        return _STAGES[self]


_STAGES = {
    Stage.RECEIVED: "村(居)已收件",
    Stage.ACCEPTED: "已受理,调查核对中",
    Stage.DECLINED: "不予受理",
    Stage.OPINION_FORMED: "已提出初审意见",
    Stage.IN_PUBLICITY: "初审公示中",
    Stage.PUBLICITY_CONCLUDED: "公示期满,待上会",
    Stage.DECIDED: "已作出决定",
    Stage.ENROLLED: "已纳入保障",
}

MOVES: dict[Stage, frozenset[Stage]] = {
    Stage.RECEIVED: frozenset({Stage.ACCEPTED, Stage.DECLINED}),
    Stage.ACCEPTED: frozenset({Stage.OPINION_FORMED}),
    Stage.DECLINED: frozenset(),
    # Formed again after an opinion that found nobody eligible; decided without publicity if it stays so.
    Stage.OPINION_FORMED: frozenset({Stage.OPINION_FORMED, Stage.IN_PUBLICITY, Stage.DECIDED}),
    # A new opinion after an objection, a report or undeclared kin is made public again (DB.19, R3.11).
    Stage.IN_PUBLICITY: frozenset({Stage.PUBLICITY_CONCLUDED, Stage.OPINION_FORMED}),
    Stage.PUBLICITY_CONCLUDED: frozenset({Stage.DECIDED, Stage.OPINION_FORMED}),
    Stage.DECIDED: frozenset({Stage.ENROLLED}),
    Stage.ENROLLED: frozenset(),
}
# How far along a stage is; other services' news may come in any order and never sets a case back.
_FAR = {stage: far for far, stage in enumerate(Stage)}
OPEN = frozenset(Stage) - {Stage.DECLINED, Stage.DECIDED, Stage.ENROLLED}


class DeclineGround(StrEnum):
    """Why an application is not accepted; a code, because the event carries it."""

    OTHER_TOWNSHIP = "other-township"
    ALREADY_ASSISTED = "already-assisted"
    AUTHORISATION_REFUSED = "authorisation-refused"
    WITHDRAWN = "withdrawn"

    @property
    def chinese(self) -> str:
        return _GROUNDS[self]


_GROUNDS = {
    DeclineGround.OTHER_TOWNSHIP: "户籍不在本镇(街、中心),应向户籍所在地提出申请",
    DeclineGround.ALREADY_ASSISTED: "已享受同类救助",
    DeclineGround.AUTHORISATION_REFUSED: "一次性告知后仍不签署核对授权或承诺",
    DeclineGround.WITHDRAWN: "申请人撤回申请",
}


class Cause(StrEnum):
    """Cause of poverty as a coarse code: more than that is nobody's business on a board (R5.2a)."""

    ILLNESS = "illness"
    DISABILITY = "disability"
    SCHOOLING = "schooling"
    DISASTER = "disaster"
    NO_LABOUR = "no-labour"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Supplement:
    """What was missing, told once."""

    missing: tuple[str, ...]
    told_on: date
    due_on: date


@dataclass(frozen=True, slots=True)
class Case:
    """One application of one household."""

    case_id: CaseId
    household_id: HouseholdId
    township: TownshipCode
    village: VillageCode
    category: Category
    stage: Stage
    received_on: date
    visit_id: VisitId | None = None
    claim: str = ""
    helped_by: StaffId | None = None
    accepted_on: date | None = None
    handler_id: StaffId | None = None
    supplement: Supplement | None = None
    declined_on: date | None = None
    decline_ground: DeclineGround | None = None
    opinion_revision: int = 0
    outcome: str = ""
    version: int = 0

    def move(self, to: Stage) -> Case:
        """The case one step on; Conflict where the procedure has no such step."""
        if to not in MOVES[self.stage]:
            raise Conflict(f"该申请目前是“{self.stage.chinese}”,不能转为“{to.chinese}”,请刷新后再办")
        return replace(self, stage=to)

    def reached(self, stage: Stage) -> Case:
        """The case at `stage` or further: for news from others, which may overtake one another."""
        return replace(self, stage=stage) if _FAR[stage] > _FAR[self.stage] else self

    def require(self, *stages: Stage) -> None:
        """Conflict unless the case stands at one of `stages`."""
        if self.stage not in stages:
            raise Conflict(f"该申请目前是“{self.stage.chinese}”,此时不能办理此事项,请刷新后再办")


@dataclass(frozen=True, slots=True)
class CaseMember:
    """One person of an application, as declared in it."""

    person_id: PersonId
    name: str
    born_on: date
    relation: str
    counted: bool
    authorised: bool
    is_staff: bool = False
    kin_relation: str = ""
    kin_staff_id: str = ""
    id_masked: str = ""


@dataclass(frozen=True, slots=True)
class Opinion:
    """The preliminary opinion: what is proposed, with every step of its calculation."""

    case_id: CaseId
    township: TownshipCode
    revision: int
    category: Category
    eligible: bool
    cause: Cause
    insured_person_ids: tuple[PersonId, ...]
    monthly_amount_fen: int
    formed_on: date
    handler_id: StaffId
    policy_revision: int
    steps: tuple[tuple[str, str], ...]
