"""Economic verification: asked for with everyone's authorisation, returned by the provincial system."""

from __future__ import annotations

import json
from dataclasses import dataclass, replace
from datetime import date

from services.common.policy.articles import DB_17
from services.common.policy.clocks import verification_start_due
from services.common.policy.household import HouseholdFacts
from services.common.policy.law import Conflict, Finding, Invalid
from services.common.runtime.gate import action
from services.common.runtime.ids import new_id
from services.common.runtime.tx import Tx
from services.intake.commands.clocks import announce
from services.intake.commands.investigation import require_open
from services.intake.model.clock import VERIFICATION, Clock, ClockState
from services.intake.model.ids import CaseId, StaffId, VerificationId
from services.intake.model.neighbours import VerificationDispute
from services.intake.model.verification import Verification, VerifiedFact
from services.intake.rules import verification as rules
from services.intake.storage import appraisals, cases, means


@dataclass(frozen=True, slots=True, kw_only=True)
class RequestVerification:
    case_id: CaseId


@dataclass(frozen=True, slots=True, kw_only=True)
class ReturnVerification:
    verification_id: VerificationId
    report_no: str
    facts: tuple[VerifiedFact, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class DisputeVerification:
    """The family disagrees with what the report found, and brings evidence."""

    dispute_id: str
    case_id: CaseId
    statement: str
    evidence: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class VerificationRequested:
    verification_id: VerificationId
    due_on: date


@dataclass(frozen=True, slots=True)
class VerificationReturned:
    """Whether the report agrees; not known while there is no survey to compare with."""

    verification_id: VerificationId
    consistent: bool | None


@action("request-verification")
async def request_verification(cmd: RequestVerification, tx: Tx) -> VerificationRequested:
    """Also asked again after a dispute; while one request is open no second is made."""
    case = await cases.load_case(tx, cmd.case_id)
    await require_open(case, tx)
    before = await means.latest_verification(tx, case.case_id)
    if before and before.returned_on is None:
        raise Conflict(f"已于{before.requested_on}提请核对,尚待返回报告")
    signed = rules.authorised(await cases.members_of(tx, case.case_id), tx.policy, tx.today)
    due = verification_start_due(tx.today, tx.calendar, tx.policy)
    verification = Verification(
        VerificationId(new_id()), case.case_id, case.township, tx.today, StaffId(tx.actor.id)
    )
    await means.add_verification(tx, verification)
    await announce(
        tx,
        Clock(
            case_id=case.case_id,
            household_id=case.household_id,
            township=case.township,
            clock=VERIFICATION,
            owner=tx.service.name,
            state=ClockState.RUNNING,
            started_on=tx.today,
            target_on=None,
            due_on=due.value.day,
            provisional=due.value.provisional,
            article=due.article.id,
        ),
    )
    await tx.record(case.case_id, signed, due)
    return VerificationRequested(verification.verification_id, due.value.day)


@action("return-verification")
async def return_verification(cmd: ReturnVerification, tx: Tx) -> VerificationReturned:
    """The report is taken once; the same report again is answered the same."""
    asked = await means.load_verification(tx, cmd.verification_id)
    if asked.returned_on is not None:
        if asked.report_no != cmd.report_no:
            raise Conflict("该核对请求已返回过另一份报告")
        return await _compared(asked, tx)
    if not cmd.report_no.strip():
        raise Invalid("report_no", "请填写核对报告编号")
    if any(fact.amount_fen < 0 for fact in cmd.facts):
        raise Invalid("facts", "核对金额不能是负数")
    back = replace(asked, returned_on=tx.today, report_no=cmd.report_no, facts=cmd.facts)
    await means.save_report(tx, back)
    clock = await cases.find_clock(tx, asked.case_id, VERIFICATION)
    if clock and clock.is_running:
        await announce(tx, clock.stop(tx.today))
    text = f"{tx.today}收到核对报告,共{len(cmd.facts)}项"
    await tx.record(asked.case_id, Finding(DB_17, cmd.report_no, {"lines": len(cmd.facts), "text": text}))
    return await _compared(back, tx, record=True)


@action("dispute-verification")
async def dispute_verification(cmd: DisputeVerification, tx: Tx) -> VerificationRequested:
    """The township must check again (DB.18): the dispute and the new request are one act."""
    case = await cases.load_case(tx, cmd.case_id)
    before = await appraisals.disputes_of(tx, case.case_id)
    known = next((one for one in before if one.dispute_id == cmd.dispute_id), None)
    if known:
        return VerificationRequested(known.rechecked_by, tx.today)
    report = rules.returned(await means.latest_verification(tx, case.case_id))
    told = rules.disputed(report, cmd.statement, cmd.evidence, tx.today)
    again: VerificationRequested = await tx.perform(RequestVerification(case_id=case.case_id))
    await appraisals.add_dispute(
        tx,
        VerificationDispute(
            dispute_id=cmd.dispute_id,
            case_id=case.case_id,
            township=case.township,
            verification_id=report.verification_id,
            statement=cmd.statement.strip(),
            evidence=cmd.evidence,
            raised_on=tx.today,
            rechecked_by=again.verification_id,
        ),
    )
    await tx.record(case.case_id, told)
    return again


async def _compared(back: Verification, tx: Tx, *, record: bool = False) -> VerificationReturned:
    survey = await means.latest_survey(tx, back.case_id)
    if survey is None:
        return VerificationReturned(back.verification_id, None)
    found = rules.compare(back.facts, HouseholdFacts.from_json(json.loads(survey.facts)))
    if record:
        await tx.record(back.case_id, found)
    return VerificationReturned(back.verification_id, found.value)
