"""How cases come to the docket and become ready for a meeting."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

from services.approval.model import (
    UNDECIDED,
    CaseId,
    DocketItem,
    HouseholdId,
    PersonId,
    Publicity,
    Stage,
)
from services.approval.rules import docket as rules
from services.approval.storage import docket as storage
from services.common.policy.areas import TownshipCode
from services.common.policy.articles import R4_2, R7_4
from services.common.policy.household_terms import Category
from services.common.policy.law import Finding
from services.common.policy.money import Fen
from services.common.runtime.gate import action
from services.common.runtime.tx import Tx


@dataclass(frozen=True, slots=True, kw_only=True)
class EnterDocket:
    """A preliminary opinion was formed: its proposal waits for the end of its publicity."""

    case_id: CaseId
    household_id: HouseholdId
    township: TownshipCode
    revision: int
    category: Category
    household_size: int
    insured_person_ids: tuple[PersonId, ...]
    monthly_amount_fen: Fen
    due_on: date
    kin_declared: bool
    village: str = ""
    head_name: str = ""


@action("enter-docket")
async def enter_docket(cmd: EnterDocket, tx: Tx) -> None:
    known = await storage.find_item(tx, cmd.case_id)
    if known and cmd.revision <= known.revision:
        return
    if known and known.stage not in UNDECIDED:
        text = f"该案已作出决定，第{cmd.revision}次初审意见不再上会"
        await tx.record(cmd.case_id, Finding(R4_2, "decided-already", {"text": text}))
        return
    text = f"第{cmd.revision}次初审意见列入待上会清单"
    await tx.record(cmd.case_id, Finding(R4_2, "waiting", {"revision": cmd.revision, "text": text}))
    await _save_when_settled(tx, _item_of(cmd, known))


def _item_of(cmd: EnterDocket, known: DocketItem | None) -> DocketItem:
    """The newest opinion replaces the older; the district's visit to the home still counts."""
    return DocketItem(
        case_id=cmd.case_id,
        household_id=cmd.household_id,
        township=cmd.township,
        revision=cmd.revision,
        category=cmd.category,
        household_size=cmd.household_size,
        insured_person_ids=cmd.insured_person_ids,
        proposed_amount_fen=cmd.monthly_amount_fen,
        due_on=cmd.due_on,
        kin_declared=cmd.kin_declared,
        district_visited_on=known.district_visited_on if known else None,
        stage=known.move(Stage.WAITING).stage if known else Stage.WAITING,
        village=cmd.village,
        head_name=cmd.head_name or (known.head_name if known else ""),
        version=known.version if known else 0,
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class NotePublicity:
    """Disclosure told when the notice may come down, or that it ended without objection."""

    case_id: CaseId
    household_id: HouseholdId
    township: TownshipCode
    revision: int
    ends_on: date | None = None
    decidable_on: date | None = None
    concluded_on: date | None = None


@action("note-publicity")
async def note_publicity(cmd: NotePublicity, tx: Tx) -> None:
    """Whichever comes first, publicity or opinion, waits for the other."""
    known = await storage.find_publicity(tx, cmd.case_id, cmd.revision)
    publicity = known or Publicity(case_id=cmd.case_id, revision=cmd.revision)
    publicity = replace(
        publicity,
        ends_on=cmd.ends_on or publicity.ends_on,
        decidable_on=cmd.decidable_on or publicity.decidable_on,
        concluded_on=cmd.concluded_on or publicity.concluded_on,
    )
    await storage.save_publicity(tx, publicity, cmd.township)
    item = await storage.find_item(tx, cmd.case_id)
    if item and item.stage is Stage.WAITING and item.revision == cmd.revision:
        await _save_when_settled(tx, item)


async def _save_when_settled(tx: Tx, item: DocketItem) -> None:
    """Save the item, ready for a meeting if the publicity of its revision is over."""
    ready = rules.readiness(await storage.entry_of(tx, item), tx.today)
    if ready:
        item = replace(item.move(Stage.READY), ready_on=ready.value)
        await tx.record(item.case_id, ready)
    await storage.save_item(tx, item)


@dataclass(frozen=True, slots=True, kw_only=True)
class MoveDeadline:
    """Intake lengthened or recomputed the decision clock."""

    case_id: CaseId
    household_id: HouseholdId
    township: TownshipCode
    due_on: date


@action("move-deadline")
async def move_deadline(cmd: MoveDeadline, tx: Tx) -> None:
    item = await storage.find_item(tx, cmd.case_id)
    if item is None or item.stage not in UNDECIDED or item.due_on == cmd.due_on:
        return
    await storage.save_item(tx, replace(item, due_on=cmd.due_on))
    text = f"办理期限由{item.due_on}改为{cmd.due_on}"
    await tx.record(cmd.case_id, Finding(R7_4, cmd.due_on, {"was": item.due_on, "text": text}))


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordDistrictVisit:
    """The district went to the home of a household with declared kin."""

    case_id: CaseId
    visited_on: date


@action("record-district-visit")
async def record_district_visit(cmd: RecordDistrictVisit, tx: Tx) -> None:
    item = await storage.lock_item(tx, cmd.case_id)
    visit = rules.district_visit(cmd.visited_on, tx.today)
    await storage.save_item(tx, replace(item, district_visited_on=visit.value))
    await tx.record(cmd.case_id, visit)
