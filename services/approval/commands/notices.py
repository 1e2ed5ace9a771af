"""The written notice and the filing: served, receipted, and noted when they are late."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

from services.approval.commands import announce
from services.approval.model import CaseId, NoticeMethod, Stage
from services.approval.rules import notices as rules
from services.approval.storage import decisions, docket
from services.common.policy.law import Conflict
from services.common.runtime.gate import action
from services.common.runtime.tx import Tx


@dataclass(frozen=True, slots=True, kw_only=True)
class ServeNotice:
    """The written result reached the applicant."""

    case_id: CaseId
    method: NoticeMethod
    served_on: date


@action("serve-notice")
async def serve_notice(cmd: ServeNotice, tx: Tx) -> None:
    decision = await decisions.load_decision(tx, cmd.case_id)
    served = rules.notice_served(decision, cmd.method, cmd.served_on, tx.today)
    decision = replace(decision, notice_method=cmd.method, notice_served_on=cmd.served_on)
    await decisions.save_decision(tx, decision)
    await tx.record(cmd.case_id, served)
    tx.publish(announce.notice_served(decision))
    if decision.notice_due_on:
        tx.publish(announce.notice_clock(decision, running=False))


@dataclass(frozen=True, slots=True, kw_only=True)
class NoteOverdueNotice:
    """A refusal was not told in time."""

    case_id: CaseId
    day: date


@action("note-overdue-notice")
async def note_overdue_notice(cmd: NoteOverdueNotice, tx: Tx) -> None:
    decision = await decisions.load_decision(tx, cmd.case_id)
    overdue = rules.notice_overdue(decision, cmd.day)
    if overdue is None or decision.notice_overdue_noted:
        return
    await decisions.save_decision(tx, replace(decision, notice_overdue_noted=True))
    await tx.record(cmd.case_id, overdue)


@dataclass(frozen=True, slots=True, kw_only=True)
class ReceiptFiling:
    """The district receipts a filed result."""

    case_id: CaseId


@dataclass(frozen=True, slots=True)
class FilingReceipted:
    case_id: CaseId
    receipt_no: str


@action("receipt-filing")
async def receipt_filing(cmd: ReceiptFiling, tx: Tx) -> FilingReceipted:
    item = await docket.lock_item(tx, cmd.case_id)
    decision = await decisions.load_decision(tx, cmd.case_id)
    if decision.receipt_no:
        raise Conflict(f"该案已备案，回执号 {decision.receipt_no}")
    if item.stage is not Stage.CONFIRMED:
        raise Conflict(f"该案目前{item.stage.chinese}，不是待备案的事项")
    district, year = item.township[:6], tx.today.year
    number = rules.receipt_number(district, year, await decisions.next_receipt(tx, district, year))
    decision = replace(decision, receipt_no=number, filed_on=tx.today)
    await decisions.save_decision(tx, decision)
    await docket.save_item(tx, item.move(Stage.FILED))
    await tx.record(cmd.case_id, rules.filed(number, tx.today))
    tx.publish(announce.decision_filed(decision))
    return FilingReceipted(cmd.case_id, number)


@dataclass(frozen=True, slots=True, kw_only=True)
class RemindFiling:
    """A result of an earlier month still waits for the district's receipt."""

    case_id: CaseId
    day: date


@action("remind-filing")
async def remind_filing(cmd: RemindFiling, tx: Tx) -> None:
    decision = await decisions.load_decision(tx, cmd.case_id)
    if decision.filed_on is None:
        await tx.record(cmd.case_id, rules.filing_open(decision, cmd.day))
