"""Economic verification by the provincial system: the request and its report."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from services.common.policy.areas import TownshipCode
from services.intake.model.ids import CaseId, PersonId, StaffId, VerificationId


class FactKind(StrEnum):
    """What a line of the report is about."""

    WAGE = "wage"
    BUSINESS = "business"
    PROPERTY_INCOME = "property-income"
    TRANSFER = "transfer"
    DEPOSIT = "deposit"
    VEHICLE = "vehicle"
    HOUSING = "housing"
    ENTERPRISE = "enterprise"

    @property
    def chinese(self) -> str:
        return _KINDS[self]


_KINDS = {
    FactKind.WAGE: "工资性收入",
    FactKind.BUSINESS: "经营净收入",
    FactKind.PROPERTY_INCOME: "财产净收入",
    FactKind.TRANSFER: "转移净收入",
    FactKind.DEPOSIT: "金融资产",
    FactKind.VEHICLE: "机动车辆",
    FactKind.HOUSING: "住房",
    FactKind.ENTERPRISE: "市场主体",
}


@dataclass(frozen=True, slots=True)
class VerifiedFact:
    """One line of the report: what was found about whom; income by the month, holdings as they stand."""

    person_id: PersonId
    kind: FactKind
    amount_fen: int
    note: str = ""


@dataclass(frozen=True, slots=True)
class Verification:
    """One request and, once it is back, its report."""

    verification_id: VerificationId
    case_id: CaseId
    township: TownshipCode
    requested_on: date
    requested_by: StaffId
    returned_on: date | None = None
    report_no: str = ""
    facts: tuple[VerifiedFact, ...] = ()
