"""Neighbour visits (邻里访问) and disputes over a verification: what else an opinion can rest on."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from services.common.policy.areas import TownshipCode
from services.intake.model.ids import CaseId, StaffId, VerificationId


@dataclass(frozen=True, slots=True, kw_only=True)
class NeighbourVisit:
    """What somebody who knows the family said, and to whom; `neighbour` is empty where he stays unnamed."""

    visit_id: str
    case_id: CaseId
    township: TownshipCode
    visitor_ids: tuple[StaffId, ...]
    visited_on: date
    neighbour: str
    knows_by: str
    account: str
    supports: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class VerificationDispute:
    """The family disagrees with a report and gives its evidence; the township has to check again (DB.18)."""

    dispute_id: str
    case_id: CaseId
    township: TownshipCode
    verification_id: VerificationId
    statement: str
    evidence: tuple[str, ...]
    raised_on: date
    rechecked_by: VerificationId
