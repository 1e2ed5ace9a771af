"""Village appraisals and neighbour visits, recorded by the township (DB.16, DB.19)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from services.common.runtime.gate import action
from services.common.runtime.tx import Tx
from services.intake.commands.investigation import require_open
from services.intake.model.appraisal import Appraisal, Appraiser
from services.intake.model.ids import CaseId, StaffId
from services.intake.model.neighbours import NeighbourVisit
from services.intake.rules import appraisal as rules
from services.intake.storage import appraisals as storage
from services.intake.storage import cases, registry


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordAppraisal:
    appraisal_id: str
    case_id: CaseId
    held_on: date
    place: str
    chair: str
    appraisers: tuple[Appraiser, ...]
    votes_for: int
    votes_against: int
    abstained: int
    minutes: str
    is_public: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordNeighbourVisit:
    visit_id: str
    case_id: CaseId
    visitor_ids: tuple[StaffId, ...]
    visited_on: date
    neighbour: str
    knows_by: str
    account: str
    supports: bool


@action("record-appraisal")
async def record_appraisal(cmd: RecordAppraisal, tx: Tx) -> None:
    """The same appraisal sent again changes nothing."""
    if await storage.find_appraisal(tx, cmd.appraisal_id):
        return
    case = await cases.load_case(tx, cmd.case_id)
    await require_open(case, tx)
    rules.held_in_time(cmd.held_on, case, tx.today)
    rules.no_kin_appraises(cmd.appraisers, await registry.recused_from(tx, case.household_id))
    appraisal = Appraisal(
        appraisal_id=cmd.appraisal_id,
        case_id=case.case_id,
        township=case.township,
        held_on=cmd.held_on,
        place=cmd.place,
        chair=cmd.chair,
        appraisers=cmd.appraisers,
        votes_for=cmd.votes_for,
        votes_against=cmd.votes_against,
        abstained=cmd.abstained,
        minutes=cmd.minutes,
        is_public=cmd.is_public,
        recorded_by=StaffId(tx.actor.id),
    )
    found = rules.appraised(appraisal, tx.policy)
    await storage.add_appraisal(tx, appraisal)
    await tx.record(case.case_id, found)


@action("record-neighbour-visit")
async def record_neighbour_visit(cmd: RecordNeighbourVisit, tx: Tx) -> None:
    """What a neighbour said stays with the case; who said it is for the file alone."""
    if await storage.find_neighbour_visit(tx, cmd.visit_id):
        return
    case = await cases.load_case(tx, cmd.case_id)
    await require_open(case, tx)
    visit = NeighbourVisit(
        visit_id=cmd.visit_id,
        case_id=case.case_id,
        township=case.township,
        visitor_ids=tuple(dict.fromkeys(cmd.visitor_ids)),
        visited_on=cmd.visited_on,
        neighbour=cmd.neighbour.strip(),
        knows_by=cmd.knows_by.strip(),
        account=cmd.account.strip(),
        supports=cmd.supports,
    )
    recused = frozenset(map(StaffId, await registry.recused_from(tx, case.household_id)))
    found = rules.neighbour_visited(visit, recused, case, tx.policy, tx.today)
    await storage.add_neighbour_visit(tx, visit)
    await tx.record(case.case_id, found)
