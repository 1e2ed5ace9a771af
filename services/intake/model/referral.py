"""Suspected abuse by staff, handed to discipline or to the judiciary (R3.13)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from services.intake.model.ids import StaffId


class ReferralKind(StrEnum):
    """To whom a suspicion goes."""

    DISCIPLINE = "discipline"
    JUDICIAL = "judicial"

    @property
    def chinese(self) -> str:
        return _KINDS[self]


_KINDS = {
    ReferralKind.DISCIPLINE: "违规违纪,移送纪检监察机关",
    ReferralKind.JUDICIAL: "涉嫌犯罪,移送司法机关",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Referral:
    """One suspicion with its authority, date, receipt and outcome; read by named roles only."""

    referral_id: str
    kind: ReferralKind
    area: str
    staff_id: StaffId
    case_id: str
    facts: str
    authority: str
    referred_on: date
    referred_by: str
    receipt_no: str = ""
    received_on: date | None = None
    outcome: str = ""
    answered_on: date | None = None

    @property
    def is_open(self) -> bool:
        return self.answered_on is None
