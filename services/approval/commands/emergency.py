"""急难型: relief first, by one act of the approver; the papers follow (R9.1)."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

from services.approval.commands import announce_relief as announce
from services.approval.commands.relief import HANDLERS, RequestRelief, requested, warn_of_repeats
from services.approval.commands.relief_money import draw
from services.approval.model import (
    HouseholdId,
    Instalment,
    ObjectCategory,
    Relief,
    ReliefCause,
    ReliefId,
    ReliefKind,
    ReliefStage,
    Source,
    StaffId,
)
from services.approval.rules import relief as rules
from services.approval.storage import registry
from services.approval.storage import reliefs as storage
from services.common.policy.areas import TownshipCode
from services.common.policy.law import Conflict
from services.common.policy.money import Fen
from services.common.runtime.gate import action
from services.common.runtime.tx import Tx


@dataclass(frozen=True, slots=True, kw_only=True)
class GrantEmergency:
    """先行救助: the approver gives the relief at once; who handles it is somebody else."""

    relief_id: ReliefId
    household_id: HouseholdId
    township: TownshipCode
    village: str
    head_name: str
    cause: ReliefCause
    object_category: ObjectCategory
    amount_fen: Fen
    handler_id: StaffId
    source: Source | None = None
    source_note: str = ""
    residence_village: str = ""


@dataclass(frozen=True, slots=True)
class EmergencyGranted:
    relief_id: ReliefId
    paperwork_due_on: date


@action("grant-emergency")
async def grant_emergency(cmd: GrantEmergency, tx: Tx) -> EmergencyGranted:
    relief = await _emergency_of(cmd, tx)
    roster = await registry.roster_of(tx, relief.township, tx.today)
    kin = await registry.recused_from(tx, relief.household_id)
    approver = StaffId(tx.actor.id)
    lawful = rules.emergency(cmd.amount_fen, cmd.handler_id, approver, roster.holding(*HANDLERS), kin)
    due = rules.paperwork_due(tx.today, tx.calendar, tx.policy)
    relief = replace(
        relief.move(ReliefStage.GRANTED),
        amount_fen=cmd.amount_fen,
        handler_id=cmd.handler_id,
        approver_id=approver,
        decided_on=tx.today,
        granted_on=tx.today,
        paperwork_due_on=due.value.day,
        paperwork_provisional=due.value.provisional,
    )
    await warn_of_repeats(relief, tx)
    await storage.save_relief(tx, relief)
    only = Instalment(
        relief_id=relief.relief_id,
        township=relief.township,
        number=1,
        amount_fen=cmd.amount_fen,
        planned_on=tx.today,
    )
    await storage.replace_plan(tx, relief.relief_id, [only])
    await draw(replace(only, source=cmd.source, source_note=cmd.source_note.strip()), tx)
    await tx.record(relief.relief_id, lawful, due)
    tx.publish(announce.granted(relief, tx.today))
    tx.publish(announce.paperwork_clock(relief, running=True))
    return EmergencyGranted(relief.relief_id, due.value.day)


async def _emergency_of(cmd: GrantEmergency, tx: Tx) -> Relief:
    """The relief that a lead has opened, or a new one made on the spot."""
    known = await storage.find_relief(tx, cmd.relief_id)
    if known is None:
        return requested(
            RequestRelief(
                relief_id=cmd.relief_id,
                household_id=cmd.household_id,
                township=cmd.township,
                village=cmd.village,
                head_name=cmd.head_name,
                kind=ReliefKind.EMERGENCY,
                cause=cmd.cause,
                object_category=cmd.object_category,
                residence_village=cmd.residence_village,
            ),
            tx,
        )
    locked = await storage.lock_relief(tx, cmd.relief_id)
    if locked.household_id != cmd.household_id or locked.kind is not ReliefKind.EMERGENCY:
        raise Conflict("该救助事项编号已用于另一户或另一类救助，请刷新后重新办理")
    return replace(locked, cause=cmd.cause, object_category=cmd.object_category)
