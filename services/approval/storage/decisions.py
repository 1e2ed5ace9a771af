"""Decisions, and the counter of the district's receipts."""

from __future__ import annotations

from dataclasses import fields
from datetime import date
from enum import Enum
from typing import Any

from sqlalchemy import Row, and_, insert, select, update
from sqlalchemy.dialects.postgresql import insert as pg_insert
from sqlalchemy.dialects.sqlite import insert as sqlite_insert

from services.approval.model import (
    CaseId,
    Decision,
    DecisionId,
    HouseholdId,
    MeetingId,
    Next,
    NoticeMethod,
    Outcome,
    PersonId,
    StaffId,
)
from services.approval.storage.tables import decisions, receipt_counters
from services.common.policy.areas import TownshipCode
from services.common.policy.household_terms import Category
from services.common.policy.law import Conflict, Missing
from services.common.policy.money import Fen
from services.common.policy.month import Month
from services.common.runtime.tx import Tx


async def find_decision(tx: Tx, case_id: CaseId) -> Decision | None:
    row = await tx.one(select(decisions).where(decisions.c.case_id == case_id))
    return _decision(row) if row else None


async def load_decision(tx: Tx, case_id: CaseId) -> Decision:
    decision = await find_decision(tx, case_id)
    if decision is None:
        raise Missing("该案件的审核确认决定")
    return decision


async def save_decision(tx: Tx, decision: Decision) -> None:
    """Insert, or update what nobody else has changed since it was loaded."""
    values = _values(decision)
    if decision.version == 0:
        await tx.execute(insert(decisions).values(values | {"version": 1}))
        return
    mine = and_(decisions.c.decision_id == decision.decision_id, decisions.c.version == decision.version)
    changed = await tx.execute(
        update(decisions).where(mine).values(values | {"version": decision.version + 1})
    )
    if changed.rowcount != 1:
        raise Conflict("该决定刚被他人更新，请刷新后重试")


async def unserved_refusals(tx: Tx) -> list[Decision]:
    """Refusals whose written notice is still owed."""
    owed = and_(decisions.c.notice_due_on.is_not(None), decisions.c.notice_served_on.is_(None))
    rows = await tx.all(select(decisions).where(owed).order_by(decisions.c.notice_due_on))
    return [_decision(row) for row in rows]


async def overdue_notices(tx: Tx, day: date) -> list[CaseId]:
    """Cases whose notice should have been served before that day and which were not noted yet."""
    late = and_(
        decisions.c.notice_due_on < day,
        decisions.c.notice_served_on.is_(None),
        decisions.c.notice_overdue_noted.is_(False),
    )
    rows = await tx.all(select(decisions.c.case_id).where(late).order_by(decisions.c.notice_due_on))
    return [CaseId(row.case_id) for row in rows]


async def open_filings(tx: Tx, before: date) -> list[CaseId]:
    """Cases confirmed before that day without a receipt of the district."""
    waiting = and_(
        decisions.c.next == Next.FILING.value,
        decisions.c.filed_on.is_(None),
        decisions.c.decided_on < before,
    )
    rows = await tx.all(select(decisions.c.case_id).where(waiting).order_by(decisions.c.decided_on))
    return [CaseId(row.case_id) for row in rows]


async def spot_checks(tx: Tx, area: str, year: int) -> tuple[int, int]:
    """How many of a year's destitute cases the district has seen, and of how many."""
    these = and_(
        decisions.c.township.startswith(area, autoescape=True),
        decisions.c.category == Category.DESTITUTE.value,
        decisions.c.next == Next.DISTRICT_APPROVAL.value,
        decisions.c.decided_on.between(date(year, 1, 1), date(year, 12, 31)),
    )
    rows = await tx.all(select(decisions.c.spot_checked_on).where(these))
    return sum(row.spot_checked_on is not None for row in rows), len(rows)


async def next_receipt(tx: Tx, district: str, year: int) -> int:
    """The year's next number; two receipts at once get two numbers."""
    dialect = sqlite_insert if tx.service.database.is_sqlite else pg_insert
    statement = dialect(receipt_counters).values(district=district, year=year, last=1)
    statement = statement.on_conflict_do_update(
        index_elements=["district", "year"], set_={"last": receipt_counters.c.last + 1}
    )
    number: int = await tx.scalar(statement.returning(receipt_counters.c.last))
    return number


def _decision(row: Row[Any]) -> Decision:
    typed: dict[str, Any] = {
        "decision_id": DecisionId(row.decision_id),
        "case_id": CaseId(row.case_id),
        "household_id": HouseholdId(row.household_id),
        "township": TownshipCode(row.township),
        "meeting_id": MeetingId(row.meeting_id),
        "outcome": Outcome(row.outcome),
        "category": Category(row.category),
        "insured_person_ids": tuple(map(PersonId, row.insured_person_ids)),
        "monthly_amount_fen": Fen(row.monthly_amount_fen),
        "add_on_fen": Fen(row.add_on_fen),
        "decided_by": StaffId(row.decided_by),
        "next": Next(row.next),
        "first_month": Month.parse(row.first_month) if row.first_month else None,
        "notice_method": NoticeMethod(row.notice_method) if row.notice_method else None,
        "district_outcome": Outcome(row.district_outcome) if row.district_outcome else None,
    }
    return Decision(**{field.name: getattr(row, field.name) for field in fields(Decision)} | typed)


def _values(decision: Decision) -> dict[str, object]:
    columns = {f.name: _column(getattr(decision, f.name)) for f in fields(decision)}
    del columns["version"]
    return columns


def _column(value: object) -> object:
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, tuple):
        return list(value)
    return str(value) if isinstance(value, Month) else value
