"""Temporary relief from the report to the decision: emergencies at once, expenditures after publicity."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

from services.approval.commands import announce_relief as announce
from services.approval.model import (
    CaseId,
    HouseholdId,
    Instalment,
    ObjectCategory,
    Outcome,
    Relief,
    ReliefCause,
    ReliefId,
    ReliefKind,
    ReliefStage,
    StaffId,
)
from services.approval.rules import relief as rules
from services.approval.storage import reliefs as storage
from services.common.policy.areas import TownshipCode
from services.common.policy.articles import R5_3A, R9_1, R9_2
from services.common.policy.law import Conflict, Finding, Invalid
from services.common.policy.money import Fen
from services.common.policy.roles import Role
from services.common.runtime.gate import action
from services.common.runtime.tx import Tx

NOTHING = Fen(0)
HANDLERS = (Role.TOWNSHIP_HANDLER, Role.OFFICE_HEAD)
TOWNSHIP_HEAD, DISTRICT = "镇街负责人", "区民政局"


@dataclass(frozen=True, slots=True, kw_only=True)
class RequestRelief:
    """A household asks for relief, or its need was found; nothing is decided yet."""

    relief_id: ReliefId
    household_id: HouseholdId
    township: TownshipCode
    village: str
    head_name: str
    kind: ReliefKind
    cause: ReliefCause
    object_category: ObjectCategory
    amount_fen: Fen = NOTHING
    residence_village: str = ""
    compound: str = ""
    lead_id: str = ""
    handler_id: StaffId | None = None


@action("request-relief")
async def request_relief(cmd: RequestRelief, tx: Tx) -> None:
    """The same request told again changes nothing."""
    known = await storage.find_relief(tx, cmd.relief_id)
    if known:
        if known.household_id != cmd.household_id:
            raise Conflict("该救助事项编号已用于另一户，请刷新后重新登记")
        return
    relief = requested(cmd, tx)
    await warn_of_repeats(relief, tx)
    await storage.save_relief(tx, relief)
    where = "由线索转入，" if cmd.lead_id else ""
    text = f"{where}登记{cmd.kind.chinese}临时救助，原因：{cmd.cause.chinese}"
    article = R9_1 if cmd.kind is ReliefKind.EMERGENCY else R9_2
    await tx.record(cmd.relief_id, Finding(article, "requested", {"lead_id": cmd.lead_id, "text": text}))


def requested(cmd: RequestRelief, tx: Tx) -> Relief:
    if not cmd.relief_id or not cmd.household_id:
        raise Invalid("household_id", "请先查找并选择要救助的家庭")
    if not cmd.head_name.strip():
        raise Invalid("head_name", "请填写户主姓名，救助后须公开")
    return Relief(
        relief_id=cmd.relief_id,
        household_id=cmd.household_id,
        township=cmd.township,
        village=cmd.village,
        residence_village=cmd.residence_village,
        compound=cmd.compound,
        head_name=cmd.head_name.strip(),
        kind=cmd.kind,
        cause=cmd.cause,
        object_category=cmd.object_category,
        amount_fen=cmd.amount_fen,
        handler_id=cmd.handler_id or StaffId(tx.actor.id),
        lead_id=cmd.lead_id,
        requested_on=tx.today,
    )


async def warn_of_repeats(relief: Relief, tx: Tx) -> None:
    earlier = await storage.reliefs_of_household(tx, relief.household_id)
    if again := rules.repeated(earlier, relief):
        await tx.record(relief.relief_id, again)


@dataclass(frozen=True, slots=True, kw_only=True)
class PlannedStage:
    """One stage of a relief approved once."""

    amount_fen: Fen
    planned_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class ProposeRelief:
    """The handler's proposal after investigation: how much, in which stages; it is made public."""

    relief_id: ReliefId
    amount_fen: Fen
    instalments: tuple[PlannedStage, ...] = ()


@action("propose-relief")
async def propose_relief(cmd: ProposeRelief, tx: Tx) -> None:
    relief = await storage.lock_relief(tx, cmd.relief_id)
    if relief.kind is ReliefKind.EMERGENCY:
        raise Conflict("急难型救助不经公示，请使用“先行救助”")
    stages = cmd.instalments or (PlannedStage(amount_fen=cmd.amount_fen, planned_on=tx.today),)
    plan = [
        Instalment(
            relief_id=relief.relief_id,
            township=relief.township,
            number=number,
            amount_fen=stage.amount_fen,
            planned_on=stage.planned_on,
        )
        for number, stage in enumerate(stages, 1)
    ]
    planned = rules.plan(cmd.amount_fen, plan, tx.today)
    relief = replace(
        relief.move(ReliefStage.PROPOSED),
        amount_fen=cmd.amount_fen,
        revision=relief.revision + 1,
        proposed_on=tx.today,
        ends_on=None,
        decidable_on=None,
    )
    await storage.save_relief(tx, relief)
    await storage.replace_plan(tx, relief.relief_id, plan)
    await tx.record(relief.relief_id, planned)
    tx.publish(announce.proposed(relief))


@dataclass(frozen=True, slots=True, kw_only=True)
class NoteReliefPublicity:
    """Disclosure told when the notice of a relief may come down, or that it ended without objection."""

    case_id: CaseId
    household_id: HouseholdId
    township: TownshipCode
    revision: int
    ends_on: date | None = None
    decidable_on: date | None = None
    concluded_on: date | None = None


@action("note-relief-publicity")
async def note_relief_publicity(cmd: NoteReliefPublicity, tx: Tx) -> None:
    known = await storage.find_relief(tx, cmd.case_id)
    if known is None or known.revision != cmd.revision or known.stage is not ReliefStage.PROPOSED:
        return
    relief = replace(
        known, ends_on=cmd.ends_on or known.ends_on, decidable_on=cmd.decidable_on or known.decidable_on
    )
    if cmd.concluded_on:
        relief = relief.move(ReliefStage.READY)
        text = f"支出型临时救助公示无异议结束，{relief.decidable_on or cmd.concluded_on}起可以审批"
        await tx.record(relief.relief_id, Finding(R5_3A, cmd.concluded_on, {"text": text}))
    await storage.save_relief(tx, relief)


@dataclass(frozen=True, slots=True, kw_only=True)
class DecideRelief:
    """The township's head decides within the limit; above it he reviews and it goes up."""

    relief_id: ReliefId
    outcome: Outcome
    reason: str = ""


@dataclass(frozen=True, slots=True)
class ReliefDecided:
    relief_id: ReliefId
    stage: ReliefStage
    notice_due_on: date | None


@action("decide-relief")
async def decide_relief(cmd: DecideRelief, tx: Tx) -> ReliefDecided:
    relief = await storage.lock_relief(tx, cmd.relief_id)
    if cmd.outcome is Outcome.REFUSE and relief.stage is ReliefStage.REQUESTED:
        return await _conclude(relief, cmd.outcome, cmd.reason, TOWNSHIP_HEAD, tx)
    rules.decidable(relief, tx.today)
    if cmd.outcome is not Outcome.CONFIRM:
        return await _conclude(relief, cmd.outcome, cmd.reason, TOWNSHIP_HEAD, tx)
    who = rules.approver(relief.amount_fen, tx.policy, tx.today)
    await tx.record(relief.relief_id, who)
    if who.value == "township":
        return await _conclude(relief, cmd.outcome, cmd.reason, TOWNSHIP_HEAD, tx)
    relief = replace(relief.move(ReliefStage.WITH_DISTRICT), approver_id=StaffId(tx.actor.id))
    await storage.save_relief(tx, relief)
    return ReliefDecided(relief.relief_id, relief.stage, None)


@dataclass(frozen=True, slots=True, kw_only=True)
class DecideReliefForDistrict:
    """The district approves, refuses or sends back what is above the township's limit."""

    relief_id: ReliefId
    outcome: Outcome
    reason: str = ""


@action("decide-relief-for-district")
async def decide_relief_for_district(cmd: DecideReliefForDistrict, tx: Tx) -> ReliefDecided:
    relief = await storage.lock_relief(tx, cmd.relief_id)
    if relief.stage is not ReliefStage.WITH_DISTRICT:
        raise Conflict(f"该救助事项目前{relief.stage.chinese}，不是待区民政局审批的事项")
    return await _conclude(relief, cmd.outcome, cmd.reason, DISTRICT, tx)


async def _conclude(relief: Relief, outcome: Outcome, reason: str, by: str, tx: Tx) -> ReliefDecided:
    decided = rules.decided(outcome, reason, by)
    await tx.record(relief.relief_id, decided)
    if outcome is Outcome.RETURN:
        to = ReliefStage.READY if by == DISTRICT else ReliefStage.PROPOSED
        relief = replace(relief.move(to), reason=reason.strip())
    else:
        relief = replace(
            relief.move(ReliefStage.GRANTED if outcome is Outcome.CONFIRM else ReliefStage.REFUSED),
            approver_id=StaffId(tx.actor.id),
            decided_on=tx.today,
            reason=reason.strip(),
        )
    if outcome is Outcome.CONFIRM:
        relief = replace(relief, granted_on=tx.today)
    if outcome is Outcome.REFUSE:
        due = rules.notice_due(tx.today, tx.calendar, tx.policy)
        relief = replace(
            relief,
            refused_on=tx.today,
            notice_due_on=due.value.day,
            notice_provisional=due.value.provisional,
        )
        await tx.record(relief.relief_id, due)
        tx.publish(announce.notice_clock(relief, running=True))
    await storage.save_relief(tx, relief)
    return ReliefDecided(relief.relief_id, relief.stage, relief.notice_due_on)
