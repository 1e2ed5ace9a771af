"""The township accepts, asks once for what is missing, or declines, in writing; and lengthens the clock."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

from services.common.contracts import intake as events
from services.common.policy.clocks import decision_clock, extension_ground, investigation_start_due
from services.common.policy.law import Conflict
from services.common.runtime.gate import action
from services.common.runtime.tx import Tx
from services.intake.commands.clocks import announce, running_clock
from services.intake.commands.kinship import refresh_recusal
from services.intake.commands.papers import IssuePaper
from services.intake.model.case import Case, DeclineGround, Stage, Supplement
from services.intake.model.clock import DECISION, Clock, ClockState
from services.intake.model.ids import CaseId, StaffId
from services.intake.model.papers import PaperKind
from services.intake.rules import acceptance as rules
from services.intake.storage import cases as storage
from services.intake.storage import registry


@dataclass(frozen=True, slots=True, kw_only=True)
class AcceptApplication:
    case_id: CaseId


@dataclass(frozen=True, slots=True, kw_only=True)
class DeclineApplication:
    case_id: CaseId
    ground: DeclineGround


@dataclass(frozen=True, slots=True, kw_only=True)
class RequestSupplement:
    case_id: CaseId
    missing: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ExtendClock:
    case_id: CaseId
    ground: str


@dataclass(frozen=True, slots=True)
class Accepted:
    case_id: CaseId
    accepted_on: date
    target_on: date
    due_on: date
    provisional: bool


@dataclass(frozen=True, slots=True)
class Due:
    """A date that an act led to."""

    case_id: CaseId
    due_on: date
    provisional: bool


@action("accept-application")
async def accept_application(cmd: AcceptApplication, tx: Tx) -> Accepted:
    """The clock of 30 working days runs from today, whatever day the village received the papers."""
    case = await storage.load_case(tx, cmd.case_id)
    dues = decision_clock(tx.today, None, tx.calendar, tx.policy)
    start = investigation_start_due(tx.today, tx.calendar, tx.policy)
    case = replace(case.move(Stage.ACCEPTED), accepted_on=tx.today, handler_id=StaffId(tx.actor.id))
    await storage.save_case(tx, case)
    household = await registry.load_household(tx, case.household_id)
    kin = await refresh_recusal(tx, household, tx.today, case.case_id)
    clock = Clock(
        case_id=case.case_id,
        household_id=case.household_id,
        township=case.township,
        clock=DECISION,
        owner=tx.service.name,
        state=ClockState.RUNNING,
        started_on=tx.today,
        target_on=dues.value.target,
        due_on=dues.value.hard,
        provisional=dues.value.provisional,
        article=dues.article.id,
    )
    await announce(tx, clock)
    await tx.record(case.case_id, dues, start, kin)
    tx.publish(_accepted(case, clock))
    await tx.perform(IssuePaper(case_id=case.case_id, kind=PaperKind.ACCEPTANCE))
    if kin.value:
        await tx.perform(IssuePaper(case_id=case.case_id, kind=PaperKind.KIN_FORM))
    return Accepted(case.case_id, tx.today, dues.value.target, clock.due_on, clock.provisional)


@action("decline-application")
async def decline_application(cmd: DeclineApplication, tx: Tx) -> None:
    case = await storage.load_case(tx, cmd.case_id)
    ground = rules.decline(cmd.ground, case.supplement)
    case = replace(case.move(Stage.DECLINED), declined_on=tx.today, decline_ground=ground.value)
    await storage.save_case(tx, case)
    await tx.record(case.case_id, ground)
    tx.publish(
        events.ApplicationNotAccepted(
            case_id=case.case_id,
            household_id=case.household_id,
            township=case.township,
            ground=ground.value.value,
            declined_on=tx.today.isoformat(),
        )
    )
    await tx.perform(IssuePaper(case_id=case.case_id, kind=PaperKind.NON_ACCEPTANCE))


@action("request-supplement")
async def request_supplement(cmd: RequestSupplement, tx: Tx) -> Due:
    case = await storage.load_case(tx, cmd.case_id)
    case.require(Stage.RECEIVED)
    due = rules.tell_missing_once(cmd.missing, case.supplement, tx.today, tx.calendar, tx.policy)
    await storage.save_case(tx, replace(case, supplement=Supplement(cmd.missing, tx.today, due.value.day)))
    await tx.record(case.case_id, due)
    await tx.perform(IssuePaper(case_id=case.case_id, kind=PaperKind.SUPPLEMENT))
    return Due(case.case_id, due.value.day, due.value.provisional)


@action("extend-clock")
async def extend_clock(cmd: ExtendClock, tx: Tx) -> Due:
    """45 working days from acceptance, not from the day of asking."""
    case = await storage.load_case(tx, cmd.case_id)
    clock = await running_clock(tx, case.case_id, DECISION)
    ground = extension_ground(cmd.ground)
    rules.may_extend(clock, tx.today)
    if case.accepted_on is None:
        raise Conflict("该申请尚未受理,没有可延长的时限")
    dues = decision_clock(case.accepted_on, ground.value, tx.calendar, tx.policy)
    longer = replace(
        clock, due_on=dues.value.hard, provisional=dues.value.provisional, ground=ground.value.value
    )
    await announce(tx, longer)
    await tx.record(case.case_id, ground, dues)
    await tx.perform(IssuePaper(case_id=case.case_id, kind=PaperKind.EXTENSION))
    return Due(case.case_id, longer.due_on, longer.provisional)


def _accepted(case: Case, clock: Clock) -> events.ApplicationAccepted:
    return events.ApplicationAccepted(
        case_id=case.case_id,
        household_id=case.household_id,
        township=case.township,
        village=case.village,
        category=case.category.value,
        accepted_on=clock.started_on.isoformat(),
        target_on=clock.target_on.isoformat() if clock.target_on else "",
        due_on=clock.due_on.isoformat(),
        provisional=clock.provisional,
        handler_id=case.handler_id or "",
    )
