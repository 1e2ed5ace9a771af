"""The events of temporary relief and of the reserve fund."""

from __future__ import annotations

from datetime import date

from services.approval.model import MonthlyReport, Relief, ReliefCause
from services.common.contracts import approval as events
from services.common.policy.articles import R9_1, R9_4

# What the board may say of a cause: the coarse codes of an application.
PUBLISHED_CAUSE = {
    ReliefCause.ILLNESS: "illness",
    ReliefCause.SCHOOLING: "schooling",
    ReliefCause.DISASTER: "disaster",
    ReliefCause.FIRE: "disaster",
    ReliefCause.TRAFFIC: "other",
    ReliefCause.OTHER: "other",
}


def proposed(relief: Relief) -> events.ReliefProposed:
    return events.ReliefProposed(
        case_id=relief.relief_id,
        household_id=relief.household_id,
        township=relief.township,
        village=relief.village,
        residence_village=relief.residence_village,
        compound=relief.compound,
        revision=relief.revision,
        object_category=relief.object_category.value,
        head_name=relief.head_name,
        cause=PUBLISHED_CAUSE[relief.cause],
        formed_on=_iso(relief.proposed_on),
    )


def granted(relief: Relief, paid_on: date) -> events.ReliefGranted:
    return events.ReliefGranted(
        case_id=relief.relief_id,
        household_id=relief.household_id,
        township=relief.township,
        decision_id=relief.relief_id,
        village=relief.village,
        residence_village=relief.residence_village,
        relief_type=relief.kind.value,
        object_category=relief.object_category.value,
        head_name=relief.head_name,
        amount_fen=relief.amount_fen,
        granted_on=paid_on.isoformat(),
    )


def paperwork_clock(relief: Relief, *, running: bool) -> events.ClockChanged:
    """The ten working days in which the papers of an emergency follow (R9.1)."""
    return events.ClockChanged(
        case_id=relief.relief_id,
        household_id=relief.household_id,
        township=relief.township,
        clock="relief-paperwork",
        state="running" if running else "stopped",
        started_on=_iso(relief.granted_on),
        target_on=_iso(relief.paperwork_due_on),
        due_on=_iso(relief.paperwork_due_on),
        provisional=relief.paperwork_provisional,
        article=R9_1.id,
    )


def notice_clock(relief: Relief, *, running: bool) -> events.ClockChanged:
    """The clock of the written explanation of a refused relief (R9.4)."""
    return events.ClockChanged(
        case_id=relief.relief_id,
        household_id=relief.household_id,
        township=relief.township,
        clock="refusal-notice",
        state="running" if running else "stopped",
        started_on=_iso(relief.refused_on),
        target_on=_iso(relief.notice_due_on),
        due_on=_iso(relief.notice_due_on),
        provisional=relief.notice_provisional,
        article=R9_4.id,
    )


def report_sent(report: MonthlyReport, totals: dict[str, int]) -> events.MonthlyReportSent:
    return events.MonthlyReportSent(
        township=report.township,
        month=report.month,
        version=report.version,
        sent_on=report.sent_on.isoformat(),
        sha256=report.sha256,
        **totals,
    )


def _iso(day: date | None) -> str:
    return day.isoformat() if day else ""
