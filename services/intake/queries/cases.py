"""Cases as lists and pages show them, with what is left of the clock."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Row, Select, and_, func, literal, or_, select

from services.common.contracts import intake
from services.common.policy.calendar import WorkCalendar
from services.common.policy.law import Invalid, Missing
from services.common.policy.roles import Role
from services.common.runtime import tables
from services.common.runtime.actor import Actor
from services.common.runtime.tx import Tx
from services.intake.model.case import Stage
from services.intake.model.clock import DECISION, ClockState
from services.intake.storage.case_tables import cases, clocks
from services.intake.storage.registry_tables import households, persons, recusals

PAGE, LARGEST_PAGE = 50, 200
# Cases without a clock come after all that have one.
NEVER = date(9999, 12, 31)
SEES_NO_NAMES = frozenset({Role.AUDITOR, Role.EXTERNAL_SYSTEM})


@dataclass(frozen=True, slots=True)
class CaseView:
    """One case, as the contract shows it."""

    case_id: str
    household_id: str
    township: str
    village: str
    stage: str
    category: str
    received_on: date
    accepted_on: date | None
    target_on: date | None
    due_on: date | None
    provisional: bool
    clock_state: str
    handler_id: str
    head_name: str
    working_days_left: int


@dataclass(frozen=True, slots=True)
class CaseFound:
    case: CaseView


@dataclass(frozen=True, slots=True)
class CasePage:
    cases: tuple[CaseView, ...]
    next_page_token: str


@dataclass(frozen=True, slots=True)
class TimelineEntry:
    """One finding: when, under which article, in words."""

    at: str
    article: str
    text: str


@dataclass(frozen=True, slots=True)
class Timeline:
    entries: tuple[TimelineEntry, ...]


async def get_case(request: intake.GetCaseRequest, tx: Tx) -> CaseFound:
    return CaseFound(await case_view(request.case_id, tx))


async def case_view(case_id: str, tx: Tx) -> CaseView:
    row = await tx.one(cases_with_clock().where(cases.c.case_id == case_id))
    if row is None:
        raise Missing("该申请")
    return view_of(row, tx)


async def list_cases(request: intake.ListCasesRequest, tx: Tx) -> CasePage:
    """What is due first on top; households from which the caller is recused are left out."""
    size = min(request.page_size or PAGE, LARGEST_PAGE)
    due = func.coalesce(clocks.c.due_on, literal(NEVER))
    kin = select(recusals.c.household_id).where(recusals.c.staff_id == tx.actor.id)
    wanted = (
        cases_with_clock()
        .where(
            or_(cases.c.township == request.area, cases.c.village.startswith(request.area, autoescape=True)),
            cases.c.household_id.not_in(kin),
        )
        .order_by(due, cases.c.case_id)
        .limit(size + 1)
    )
    if request.stage:
        wanted = wanted.where(cases.c.stage == _stage(request.stage))
    if request.page_token:
        day, case_id = _token(request.page_token)
        wanted = wanted.where(or_(due > day, and_(due == day, cases.c.case_id > case_id)))
    views = [view_of(row, tx) for row in await tx.all(wanted)]
    page = views[:size]
    more = f"{page[-1].due_on or NEVER}|{page[-1].case_id}" if len(views) > size else ""
    return CasePage(tuple(page), more)


async def get_timeline(request: intake.GetTimelineRequest, tx: Tx) -> Timeline:
    findings = tables.findings
    rows = await tx.all(
        select(findings).where(findings.c.case_id == request.case_id).order_by(findings.c.seq)
    )
    return Timeline(
        tuple(
            TimelineEntry(row.at.isoformat(), row.article, str(row.facts.get("text") or row.value))
            for row in rows
        )
    )


def cases_with_clock() -> Select[Any]:
    decision = and_(
        clocks.c.township == cases.c.township,
        clocks.c.case_id == cases.c.case_id,
        clocks.c.clock == DECISION,
    )
    return (
        select(
            cases,
            clocks.c.state,
            clocks.c.target_on,
            clocks.c.due_on,
            clocks.c.provisional,
            persons.c.name.label("head_name"),
        )
        .join(households, households.c.household_id == cases.c.household_id)
        .join(persons, persons.c.person_id == households.c.head_person_id)
        .outerjoin(clocks, decision)
    )


def view_of(row: Row[Any], tx: Tx) -> CaseView:
    running = row.state == ClockState.RUNNING
    return CaseView(
        case_id=row.case_id,
        household_id=row.household_id,
        township=row.township,
        village=row.village,
        stage=row.stage,
        category=row.category,
        received_on=row.received_on,
        accepted_on=row.accepted_on,
        target_on=row.target_on,
        due_on=row.due_on,
        provisional=bool(row.provisional),
        clock_state=row.state or "",
        handler_id=row.handler_id or "",
        head_name=row.head_name if may_see_names(tx.actor) else "",
        working_days_left=days_left(tx.today, row.due_on, tx.calendar) if running else 0,
    )


def may_see_names(actor: Actor) -> bool:
    """Auditors and other systems work with ids."""
    return any(post.role not in SEES_NO_NAMES for post in actor.posts)


def days_left(today: date, due_on: date, calendar: WorkCalendar) -> int:
    """Working days until the legal end; negative once it is past."""
    if due_on >= today:
        return calendar.working_days_between(today, due_on)
    return -calendar.working_days_between(due_on, today)


def _stage(text: str) -> Stage:
    try:
        return Stage(text)
    except ValueError as error:
        raise Invalid("stage", f"没有“{text[:20]}”这个阶段") from error


def _token(text: str) -> tuple[date, str]:
    day, _, case_id = text.partition("|")
    try:
        return date.fromisoformat(day), case_id
    except ValueError as error:
        raise Invalid("page_token", "翻页标记不对,请从第一页重新查看") from error
