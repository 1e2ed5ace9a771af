"""Clocks: announced when they change, noted when another service's change, marked when overdue."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

from services.common.contracts import intake as events
from services.common.policy.areas import TownshipCode
from services.common.policy.articles import ARTICLES, R7_3
from services.common.policy.law import Conflict, Finding
from services.common.runtime.gate import action
from services.common.runtime.tx import Tx
from services.intake.model.clock import Clock, ClockState
from services.intake.model.ids import CaseId, HouseholdId
from services.intake.storage import cases as storage


@dataclass(frozen=True, slots=True, kw_only=True)
class NoteClock:
    """Another service's clock changed; the ledger follows."""

    owner: str
    case_id: CaseId
    household_id: HouseholdId
    township: TownshipCode
    clock: str
    state: ClockState
    started_on: date | None
    target_on: date | None
    due_on: date | None
    provisional: bool
    article: str


@dataclass(frozen=True, slots=True, kw_only=True)
class MarkOverdue:
    case_id: CaseId
    clock: str
    on: date


@action("note-clock")
async def note_clock(cmd: NoteClock, tx: Tx) -> None:
    known = await storage.find_clock(tx, cmd.case_id, cmd.clock)
    if cmd.state is ClockState.STOPPED and known:
        await storage.save_clock(tx, known.stop(tx.today))
    elif cmd.started_on and cmd.due_on:
        running = Clock(
            case_id=cmd.case_id,
            household_id=cmd.household_id,
            township=cmd.township,
            clock=cmd.clock,
            owner=cmd.owner,
            state=ClockState.RUNNING,
            started_on=cmd.started_on,
            target_on=cmd.target_on,
            due_on=cmd.due_on,
            provisional=cmd.provisional,
            article=cmd.article,
        )
        stopped = cmd.state is ClockState.STOPPED
        await storage.save_clock(tx, running.stop(tx.today) if stopped else running)


@action("mark-overdue")
async def mark_overdue(cmd: MarkOverdue, tx: Tx) -> None:
    """Said once: the clock is past its end, and the case shows it from then on."""
    clock = await storage.find_clock(tx, cmd.case_id, cmd.clock)
    if clock is None or not clock.is_running or clock.overdue_on:
        return
    await storage.save_clock(tx, replace(clock, overdue_on=cmd.on))
    text = f"办理时限{clock.due_on}已过,截至{cmd.on}尚未办结"
    article = ARTICLES.get(clock.article, R7_3)
    await tx.record(
        clock.case_id,
        Finding(article, cmd.on, {"clock": clock.clock, "due_on": clock.due_on.isoformat(), "text": text}),
    )


async def running_clock(tx: Tx, case_id: CaseId, name: str) -> Clock:
    """The clock of that name, which must be running."""
    clock = await storage.find_clock(tx, case_id, name)
    if clock is None or not clock.is_running:
        raise Conflict("该申请没有正在计算的办理时限")
    return clock


async def announce(tx: Tx, clock: Clock) -> None:
    """Keep a clock of ours and tell the others."""
    await storage.save_clock(tx, clock)
    tx.publish(
        events.ClockChanged(
            case_id=clock.case_id,
            household_id=clock.household_id,
            township=clock.township,
            clock=clock.clock,
            state=clock.state.value,
            started_on=clock.started_on.isoformat(),
            target_on=clock.target_on.isoformat() if clock.target_on else "",
            due_on=clock.due_on.isoformat(),
            provisional=clock.provisional,
            article=clock.article,
        )
    )
