"""Suspected abuse handed to discipline or to the judiciary, and their answer (R3.13)."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

from services.common.policy.law import Conflict
from services.common.runtime.gate import action
from services.common.runtime.tx import Tx
from services.intake.model.ids import StaffId
from services.intake.model.referral import Referral, ReferralKind
from services.intake.rules import referral as rules
from services.intake.storage import kin_register as storage
from services.intake.storage import registry


@dataclass(frozen=True, slots=True, kw_only=True)
class ReferAbuse:
    """`area` is where the person concerned works; `case_id` may be empty."""

    referral_id: str
    area: str
    kind: ReferralKind
    staff_id: StaffId
    case_id: str
    facts: str
    authority: str


@dataclass(frozen=True, slots=True, kw_only=True)
class AnswerReferral:
    """The authority's receipt, and once it has one, its outcome."""

    referral_id: str
    receipt_no: str
    received_on: date
    outcome: str


@action("refer-abuse")
async def refer_abuse(cmd: ReferAbuse, tx: Tx) -> None:
    """The same referral sent again changes nothing."""
    if await storage.find_referral(tx, cmd.referral_id):
        return
    staff = await registry.find_staff(tx, cmd.staff_id)
    rules.may_refer(staff, cmd.facts, cmd.authority, tx.actor.id)
    await storage.save_referral(
        tx,
        Referral(
            referral_id=cmd.referral_id,
            kind=cmd.kind,
            area=cmd.area,
            staff_id=cmd.staff_id,
            case_id=cmd.case_id,
            facts=cmd.facts.strip(),
            authority=cmd.authority.strip(),
            referred_on=tx.today,
            referred_by=tx.actor.id,
        ),
    )
    await tx.record(cmd.referral_id, rules.referred(cmd.kind, cmd.authority, tx.today))


@action("answer-referral")
async def answer_referral(cmd: AnswerReferral, tx: Tx) -> None:
    """First the receipt, later the outcome; what is concluded stays."""
    known = await storage.load_referral(tx, cmd.referral_id)
    if not known.is_open:
        raise Conflict(f"该移送已于{known.answered_on}办结")
    answered = rules.answered(known, cmd.receipt_no, cmd.received_on, cmd.outcome, tx.today)
    await storage.save_referral(
        tx,
        replace(
            known,
            receipt_no=cmd.receipt_no.strip(),
            received_on=cmd.received_on,
            outcome=cmd.outcome.strip(),
            answered_on=tx.today if cmd.outcome.strip() else None,
        ),
    )
    await tx.record(cmd.referral_id, answered)
