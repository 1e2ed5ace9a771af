"""The events of approval, built from what was decided."""

from __future__ import annotations

from datetime import date

from services.approval.model import Decision, DocketItem
from services.common.contracts import approval as events
from services.common.policy.articles import R4_7


def decision_made(decision: Decision) -> events.DecisionMade:
    return events.DecisionMade(
        decision_id=decision.decision_id,
        case_id=decision.case_id,
        household_id=decision.household_id,
        township=decision.township,
        meeting_id=decision.meeting_id,
        outcome=decision.outcome.value,
        category=decision.category.value,
        insured_person_ids=decision.insured_person_ids,
        tier=decision.tier,
        monthly_amount_fen=decision.monthly_amount_fen,
        add_on_fen=decision.add_on_fen,
        first_month=str(decision.first_month or ""),
        decided_on=decision.decided_on.isoformat(),
        next=decision.next.value,
    )


def assistance_confirmed(decision: Decision, confirmed_on: date) -> events.AssistanceConfirmed:
    return events.AssistanceConfirmed(
        case_id=decision.case_id,
        household_id=decision.household_id,
        township=decision.township,
        decision_id=decision.decision_id,
        category=decision.category.value,
        insured_person_ids=decision.insured_person_ids,
        monthly_amount_fen=decision.monthly_amount_fen,
        add_on_fen=decision.add_on_fen,
        first_month=str(decision.first_month or ""),
        confirmed_on=confirmed_on.isoformat(),
    )


def case_returned(item: DocketItem, meeting_id: str, on: date) -> events.CaseReturned:
    """The reason itself may name people: it stays with the minutes, and the event says only that it is so."""
    return events.CaseReturned(
        case_id=item.case_id,
        household_id=item.household_id,
        township=item.township,
        meeting_id=meeting_id,
        revision=item.revision,
        returned_on=on.isoformat(),
    )


def district_decided(decision: Decision) -> events.DistrictDecided:
    return events.DistrictDecided(
        case_id=decision.case_id,
        household_id=decision.household_id,
        township=decision.township,
        decision_id=decision.decision_id,
        outcome=decision.district_outcome.value if decision.district_outcome else "",
        decided_on=_iso(decision.district_decided_on),
    )


def notice_served(decision: Decision) -> events.NoticeServed:
    return events.NoticeServed(
        case_id=decision.case_id,
        household_id=decision.household_id,
        township=decision.township,
        decision_id=decision.decision_id,
        method=decision.notice_method.value if decision.notice_method else "",
        served_on=_iso(decision.notice_served_on),
    )


def decision_filed(decision: Decision) -> events.DecisionFiled:
    return events.DecisionFiled(
        case_id=decision.case_id,
        household_id=decision.household_id,
        township=decision.township,
        decision_id=decision.decision_id,
        receipt_no=decision.receipt_no,
        filed_on=_iso(decision.filed_on),
    )


def notice_clock(decision: Decision, *, running: bool) -> events.ClockChanged:
    """The clock of the written refusal; its target is its limit."""
    return events.ClockChanged(
        case_id=decision.case_id,
        household_id=decision.household_id,
        township=decision.township,
        clock="refusal-notice",
        state="running" if running else "stopped",
        started_on=_iso(decision.refused_on),
        target_on=_iso(decision.notice_due_on),
        due_on=_iso(decision.notice_due_on),
        provisional=decision.notice_provisional,
        article=R4_7.id,
    )


def _iso(day: date | None) -> str:
    return day.isoformat() if day else ""
