"""Kin among staff: who declared what, who asked to be recused, what stands in the separate register (R3)."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum

from services.common.policy.areas import TownshipCode, VillageCode
from services.common.policy.law import Conflict
from services.common.policy.roles import AreaLevel, area_level
from services.intake.model.ids import CaseId, HouseholdId, PersonId, StaffId


@dataclass(frozen=True, slots=True)
class KinDeclaration:
    """One declaration: the person is staff, or is related to the named member of staff."""

    person_id: PersonId
    staff_id: StaffId
    relation: str
    is_staff: bool


class DeclarationStage(StrEnum):
    """How far a declaration by staff has come upwards (R3.7)."""

    DECLARED = "declared"
    REVIEWED = "reviewed"
    FILED = "filed"
    RETURNED = "returned"

    @property
    def chinese(self) -> str:
        return _DECLARATION_STAGES[self]


_DECLARATION_STAGES = {
    DeclarationStage.DECLARED: "已申报,待审核",
    DeclarationStage.REVIEWED: "已审核,待区民政局备案",
    DeclarationStage.FILED: "已备案",
    DeclarationStage.RETURNED: "退回更正",
}
DECLARATION_MOVES: dict[DeclarationStage, frozenset[DeclarationStage]] = {
    # What district staff declare goes to the bureau's section at once: nobody below reviews it.
    DeclarationStage.DECLARED: frozenset(
        {DeclarationStage.REVIEWED, DeclarationStage.RETURNED, DeclarationStage.FILED}
    ),
    DeclarationStage.REVIEWED: frozenset({DeclarationStage.FILED, DeclarationStage.RETURNED}),
    DeclarationStage.RETURNED: frozenset({DeclarationStage.DECLARED}),
    DeclarationStage.FILED: frozenset(),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class StaffDeclaration:
    """A member of staff declares kin who receive or apply for assistance; `area` is where he works."""

    declaration_id: str
    staff_id: StaffId
    area: str
    person_id: PersonId
    relation: str
    stage: DeclarationStage
    declared_on: date
    reviewed_by: str = ""
    reviewed_on: date | None = None
    filed_by: str = ""
    filed_on: date | None = None
    note: str = ""

    def move(self, to: DeclarationStage) -> StaffDeclaration:
        if to not in DECLARATION_MOVES[self.stage]:
            raise Conflict(f"该申报目前是“{self.stage.chinese}”,不能转为“{to.chinese}”,请刷新后再办")
        return replace(self, stage=to)

    @property
    def of_district(self) -> bool:
        """Whether the bureau's section is the first to see it."""
        return area_level(self.area) is AreaLevel.DISTRICT


@dataclass(frozen=True, slots=True)
class Widening:
    """Relations that a township counts as near kin beyond the regulation's list, from a day on (R3.5)."""

    township: TownshipCode
    from_on: date
    relations: tuple[str, ...]
    reason: str
    set_by: StaffId


@dataclass(frozen=True, slots=True, kw_only=True)
class RecusalRequest:
    """A member of staff asks to take no part, for whatever relation; the head names who does it instead."""

    request_id: str
    case_id: CaseId
    household_id: HouseholdId
    township: TownshipCode
    staff_id: StaffId
    reason: str
    asked_on: date
    replacement_id: StaffId | None = None
    named_by: str = ""
    named_on: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class KinEntry:
    """One case in the separate register (单独登记); `late` where kin were found after acceptance."""

    case_id: CaseId
    household_id: HouseholdId
    township: TownshipCode
    village: VillageCode
    staff_ids: tuple[StaffId, ...]
    registered_on: date
    late: bool
    filed_on: date | None = None
    filed_by: str = ""
