"""After a relief: its papers, the written explanation of a refusal, the entry in the provincial platform."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

from services.approval.commands import announce_relief as announce
from services.approval.model import NoticeMethod, Relief, ReliefId
from services.approval.rules import relief as rules
from services.approval.storage import reliefs
from services.common.policy.articles import R9_1, R9_4
from services.common.policy.law import Finding
from services.common.runtime.gate import action
from services.common.runtime.tx import Tx


@dataclass(frozen=True, slots=True, kw_only=True)
class CompletePaperwork:
    """The necessary papers of an emergency are there (R9.1)."""

    relief_id: ReliefId
    application_signed: bool = False
    identity_checked: bool = False
    cause_proved: bool = False
    approval_signed: bool = False


@action("complete-paperwork")
async def complete_paperwork(cmd: CompletePaperwork, tx: Tx) -> None:
    relief = await reliefs.lock_relief(tx, cmd.relief_id)
    papers = rules.Papers(cmd.application_signed, cmd.identity_checked, cmd.cause_proved, cmd.approval_signed)
    done = rules.paperwork_complete(relief, papers, tx.today)
    relief = replace(relief, paperwork_completed_on=tx.today)
    await reliefs.save_relief(tx, relief)
    await tx.record(relief.relief_id, done)
    tx.publish(announce.paperwork_clock(relief, running=False))


@dataclass(frozen=True, slots=True, kw_only=True)
class NotePaperwork:
    """The papers of an emergency are nearly due, or overdue."""

    relief_id: ReliefId
    day: date


@action("note-paperwork")
async def note_paperwork(cmd: NotePaperwork, tx: Tx) -> None:
    relief = await reliefs.lock_relief(tx, cmd.relief_id)
    found = rules.paperwork_late(relief, cmd.day, tx.calendar)
    if found is None or (found.value == "overdue" and relief.paperwork_overdue_noted):
        return
    if found.value == "overdue":
        await reliefs.save_relief(tx, replace(relief, paperwork_overdue_noted=True))
    await tx.record(relief.relief_id, found)


@dataclass(frozen=True, slots=True, kw_only=True)
class ServeReliefNotice:
    """The written explanation of a refusal reached the applicant (R9.4)."""

    relief_id: ReliefId
    method: NoticeMethod
    served_on: date


@action("serve-relief-notice")
async def serve_relief_notice(cmd: ServeReliefNotice, tx: Tx) -> None:
    relief = await reliefs.lock_relief(tx, cmd.relief_id)
    served = rules.notice_served(relief, cmd.method, cmd.served_on, tx.today)
    relief = replace(relief, notice_method=cmd.method, notice_served_on=cmd.served_on)
    await reliefs.save_relief(tx, relief)
    await tx.record(relief.relief_id, served)
    tx.publish(announce.notice_clock(relief, running=False))


@dataclass(frozen=True, slots=True, kw_only=True)
class NoteOverdueReliefNotice:
    """A refused relief was not explained in time."""

    relief_id: ReliefId
    day: date


@action("note-overdue-relief-notice")
async def note_overdue_relief_notice(cmd: NoteOverdueReliefNotice, tx: Tx) -> None:
    relief = await reliefs.lock_relief(tx, cmd.relief_id)
    overdue = rules.notice_overdue(relief, cmd.day)
    if overdue is None or relief.notice_overdue_noted:
        return
    await reliefs.save_relief(tx, replace(relief, notice_overdue_noted=True))
    await tx.record(relief.relief_id, overdue)


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordPlatformEntry:
    """The relief was entered in the provincial platform (R9.5)."""

    relief_id: ReliefId
    entry_no: str
    entered_on: date


@action("record-platform-entry")
async def record_platform_entry(cmd: RecordPlatformEntry, tx: Tx) -> None:
    relief = await reliefs.lock_relief(tx, cmd.relief_id)
    entered = rules.platform_entry(relief, cmd.entry_no, cmd.entered_on, tx.today)
    relief = replace(
        relief,
        platform_no=entered.value,
        platform_entered_on=cmd.entered_on,
        platform_entered_by=tx.actor.id,
    )
    await reliefs.save_relief(tx, relief)
    await tx.record(relief.relief_id, entered)


async def recount(tx: Tx) -> None:
    """An imported holiday notice moves what is still owed."""
    for relief in await reliefs.owing_paperwork(tx):
        await _recount_paperwork(relief, tx)
    for relief in await reliefs.unserved(tx):
        await _recount_notice(relief, tx)


async def _recount_paperwork(relief: Relief, tx: Tx) -> None:
    assert relief.granted_on is not None, "papers are owed for what was given"  # noqa: S101
    due = rules.paperwork_due(relief.granted_on, tx.calendar, tx.policy).value
    if (due.day, due.provisional) == (relief.paperwork_due_on, relief.paperwork_provisional):
        return
    was = relief.paperwork_due_on
    relief = replace(relief, paperwork_due_on=due.day, paperwork_provisional=due.provisional)
    await reliefs.save_relief(tx, relief)
    text = f"工作日历更新，急难救助手续期限由{was}改为{due}"
    await tx.record(relief.relief_id, Finding(R9_1, due, {"was": was, "text": text}))
    tx.publish(announce.paperwork_clock(relief, running=True))


async def _recount_notice(relief: Relief, tx: Tx) -> None:
    assert relief.refused_on is not None, "only a refusal has a term for its notice"  # noqa: S101
    due = rules.notice_due(relief.refused_on, tx.calendar, tx.policy).value
    if (due.day, due.provisional) == (relief.notice_due_on, relief.notice_provisional):
        return
    was = relief.notice_due_on
    relief = replace(relief, notice_due_on=due.day, notice_provisional=due.provisional)
    await reliefs.save_relief(tx, relief)
    text = f"工作日历更新，不予救助告知书期限由{was}改为{due}"
    await tx.record(relief.relief_id, Finding(R9_4, due, {"was": was, "text": text}))
    tx.publish(announce.notice_clock(relief, running=True))
