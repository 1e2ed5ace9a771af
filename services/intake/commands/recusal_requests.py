"""Recusal on request: whoever asks is out at once, and the head names who does it instead (R3.10)."""

from __future__ import annotations

from dataclasses import dataclass, replace

from services.common.policy.articles import R3_10
from services.common.policy.law import Conflict, Finding, Invalid
from services.common.policy.roles import covers
from services.common.runtime.gate import action
from services.common.runtime.tx import Tx
from services.intake.commands.kinship import refresh_recusal
from services.intake.model.case import Case
from services.intake.model.ids import CaseId, StaffId
from services.intake.model.kinship import RecusalRequest
from services.intake.rules import kinship as rules
from services.intake.storage import cases, means, registry, tasks
from services.intake.storage import kinship as storage


@dataclass(frozen=True, slots=True, kw_only=True)
class AskRecusal:
    """The actor asks for himself, for any relation."""

    request_id: str
    case_id: CaseId
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class NameReplacement:
    request_id: str
    replacement_id: StaffId


@action("ask-recusal")
async def ask_recusal(cmd: AskRecusal, tx: Tx) -> None:
    """Asked again it changes nothing."""
    case = await cases.load_case(tx, cmd.case_id)
    before = await storage.requests_of(tx, case.household_id)
    if any(one.staff_id == tx.actor.id and one.case_id == case.case_id for one in before):
        return
    if not cmd.reason.strip():
        raise Invalid("reason", "请写明与该家庭的关系或申请回避的理由")
    asked = RecusalRequest(
        request_id=cmd.request_id,
        case_id=case.case_id,
        household_id=case.household_id,
        township=case.township,
        staff_id=StaffId(tx.actor.id),
        reason=cmd.reason.strip(),
        asked_on=tx.today,
    )
    await storage.save_request(tx, asked)
    await tx.record(case.case_id, Finding(R3_10, tx.actor.id, {"text": "工作人员1人申请回避,待指定接替人员"}))
    await refresh_recusal(tx, await registry.load_household(tx, case.household_id), tx.today, case.case_id)


@action("name-replacement")
async def name_replacement(cmd: NameReplacement, tx: Tx) -> None:
    """The replacement takes over the case, and the tasks that were the other's."""
    asked = await storage.load_request(tx, cmd.request_id)
    if asked.replacement_id:
        raise Conflict("已指定过接替人员,请刷新后查看")
    case = await cases.load_case(tx, asked.case_id)
    await _in_post(cmd.replacement_id, case, tx)
    recused = await registry.recused_from(tx, case.household_id)
    named = rules.replaces(asked.staff_id, cmd.replacement_id, recused)
    await storage.save_request(
        tx,
        replace(asked, replacement_id=cmd.replacement_id, named_by=tx.actor.id, named_on=tx.today),
    )
    if case.handler_id == asked.staff_id:
        await cases.save_case(tx, replace(case, handler_id=cmd.replacement_id))
    await tasks.reassign(tx, case.case_id, asked.staff_id, cmd.replacement_id)
    await means.reassign_orders(tx, case.case_id, asked.staff_id, cmd.replacement_id)
    await tx.record(case.case_id, named)


async def _in_post(staff_id: StaffId, case: Case, tx: Tx) -> None:
    staff = await registry.find_staff(tx, staff_id)
    held = staff.posts_on(tx.today) if staff else ()
    if not any(covers(post.area, case.village) for post in held):
        raise Invalid("replacement_id", "接替人员在该村(居)没有在任岗位,请核对")
