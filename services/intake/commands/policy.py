"""A holiday notice arrives: a revision of the policy, and every running clock counted anew."""

from __future__ import annotations

import json
from dataclasses import dataclass, replace
from datetime import date

from services.common.contracts import intake as events
from services.common.policy.articles import HOLIDAY_NOTICE
from services.common.policy.calendar import parse_notice
from services.common.policy.clocks import (
    ClockDues,
    ExtensionGround,
    decision_clock,
    verification_start_due,
)
from services.common.policy.law import Finding
from services.common.policy.parameters import Revision
from services.common.runtime.gate import action
from services.common.runtime.tx import Tx
from services.intake.commands.clocks import announce
from services.intake.model.clock import DECISION, VERIFICATION, Clock
from services.intake.model.ids import CaseId
from services.intake.storage import cases as storage


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportHolidays:
    notice: str


@dataclass(frozen=True, slots=True)
class ClockChange:
    case_id: CaseId
    clock: str
    old_due_on: date
    new_due_on: date


@dataclass(frozen=True, slots=True)
class HolidaysImported:
    revision: int
    changes: tuple[ClockChange, ...]


@action("import-holidays")
async def import_holidays(cmd: ImportHolidays, tx: Tx) -> HolidaysImported:
    """Store the notice; the same notice again changes nothing."""
    notice = parse_notice(cmd.notice)
    if any(revision.notice == notice for revision in tx.policy.revisions):
        return HolidaysImported(tx.policy.revision, ())
    revised = tx.policy.with_revision(
        Revision(tx.policy.revision + 1, notice=notice, note=f"{notice.year}年放假通知 {notice.document}")
    )
    await tx.adopt_policy(revised)
    tx.publish(
        events.PolicyChanged(
            revision=revised.revision, document=json.dumps(revised.to_json(), ensure_ascii=False)
        ),
        stream="policy",
        subject="policy",
    )
    changes = [await _recount(clock, tx) for clock in await storage.running_clocks(tx, tx.service.name)]
    return HolidaysImported(revised.revision, tuple(change for change in changes if change))


async def _recount(clock: Clock, tx: Tx) -> ClockChange | None:
    """Count one clock by the new calendar; what moved is logged with both dates."""
    dues = _dues(clock, tx)
    if dues is None:
        return None
    counted = replace(
        clock,
        target_on=dues.target if clock.target_on else None,
        due_on=dues.hard,
        provisional=dues.provisional,
    )
    if counted == clock:
        return None
    await announce(tx, counted)
    await tx.record(clock.case_id, _moved(clock, counted))
    return ClockChange(clock.case_id, clock.clock, clock.due_on, counted.due_on)


def _dues(clock: Clock, tx: Tx) -> ClockDues | None:
    if clock.clock == DECISION:
        ground = ExtensionGround(clock.ground) if clock.ground else None
        return decision_clock(clock.started_on, ground, tx.calendar, tx.policy).value
    if clock.clock == VERIFICATION:
        due = verification_start_due(clock.started_on, tx.calendar, tx.policy).value
        return ClockDues(due.day, due.day, due.provisional)
    return None


def _moved(old: Clock, new: Clock) -> Finding[date]:
    mark = "(暂定)" if new.provisional else ""
    text = f"放假通知导入后重新计算时限:原{old.due_on},现{new.due_on}{mark}"
    facts: dict[str, object] = {
        "clock": old.clock,
        "old_due_on": old.due_on.isoformat(),
        "new_due_on": new.due_on.isoformat(),
        "old_target_on": old.target_on.isoformat() if old.target_on else "",
        "new_target_on": new.target_on.isoformat() if new.target_on else "",
        "provisional": new.provisional,
        "text": text,
    }
    return Finding(HOLIDAY_NOTICE, new.due_on, facts)
