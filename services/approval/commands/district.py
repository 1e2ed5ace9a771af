"""The district's side: results sent back for correction and sent again, homes seen by spot check."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

from services.approval.model import CaseId, Next, Stage
from services.approval.rules import district as rules
from services.approval.storage import decisions, docket
from services.common.policy.articles import R4_8, R4_9
from services.common.policy.household_terms import Category
from services.common.policy.law import Conflict
from services.common.runtime.gate import action
from services.common.runtime.tx import Tx


@dataclass(frozen=True, slots=True, kw_only=True)
class AskCorrection:
    """The district asks for a correction instead of a receipt or an approval."""

    case_id: CaseId
    reason: str


@action("ask-correction")
async def ask_correction(cmd: AskCorrection, tx: Tx) -> None:
    item = await docket.lock_item(tx, cmd.case_id)
    decision = await decisions.load_decision(tx, cmd.case_id)
    article = R4_8 if decision.next is Next.FILING else R4_9
    asked = rules.sent_back(cmd.reason, article)
    await docket.save_item(tx, item.move(Stage.SENT_BACK))
    await decisions.save_decision(tx, replace(decision, correction=cmd.reason.strip(), corrected=""))
    await tx.record(cmd.case_id, asked)


@dataclass(frozen=True, slots=True, kw_only=True)
class SubmitCorrection:
    """The township answers a correction and sends the result again."""

    case_id: CaseId
    answer: str


@action("submit-correction")
async def submit_correction(cmd: SubmitCorrection, tx: Tx) -> None:
    item = await docket.lock_item(tx, cmd.case_id)
    if item.stage is not Stage.SENT_BACK:
        raise Conflict(f"该案目前{item.stage.chinese}，没有要补正的内容")
    decision = await decisions.load_decision(tx, cmd.case_id)
    is_filing = decision.next is Next.FILING
    again = rules.corrected(cmd.answer, R4_8 if is_filing else R4_9)
    await docket.save_item(tx, item.move(Stage.CONFIRMED if is_filing else Stage.WITH_DISTRICT))
    await decisions.save_decision(tx, replace(decision, corrected=cmd.answer.strip()))
    await tx.record(cmd.case_id, again)


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordSpotCheck:
    """The district saw the home of a destitute person before it decides."""

    case_id: CaseId
    visited_on: date


@action("record-spot-check")
async def record_spot_check(cmd: RecordSpotCheck, tx: Tx) -> None:
    decision = await decisions.load_decision(tx, cmd.case_id)
    if decision.category is not Category.DESTITUTE:
        raise Conflict("只有特困人员救助供养的审批需要登记抽查")
    seen = rules.spot_check(cmd.visited_on, decision.decided_on, tx.today)
    await decisions.save_decision(tx, replace(decision, spot_checked_on=seen.value))
    checked, of = await decisions.spot_checks(tx, decision.township[:6], tx.today.year)
    await tx.record(cmd.case_id, seen, rules.enough_checked(checked, of, tx.policy, tx.today))
