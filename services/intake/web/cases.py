"""Cases as a list and as a page: the facts, the clock that explains itself, the steps of the calculation."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from fastapi import APIRouter, Request, Response

from services.common.contracts import intake
from services.common.pages.clock import Cell, Chip, chip, counting, stopped, waiting
from services.common.pages.looking import areas_held, looking, may
from services.common.pages.office import Office
from services.common.pages.session import OfficeRoute
from services.common.pages.trail import trail_of
from services.common.pages.words import day
from services.common.policy.areas import DISTRICT
from services.common.policy.articles import ARTICLES
from services.common.policy.clocks import ExtensionGround
from services.common.policy.household_terms import Category
from services.common.policy.identity import age_on
from services.common.policy.law import Forbidden
from services.common.runtime.http import SignedIn
from services.common.runtime.tx import Tx
from services.intake import access
from services.intake.model.case import Case, Stage
from services.intake.model.clock import DECISION, Clock
from services.intake.queries import cases, dossier
from services.intake.queries.cases import CaseView
from services.intake.queries.papers import papers_of
from services.intake.queries.worklist import area_names, next_step, progress_of
from services.intake.storage import cases as storage
from services.intake.storage import means
from services.intake.storage.accounts import name_of
from services.intake.web.acts import buttons_for, done_text

PAGE = 30


@dataclass(frozen=True, slots=True)
class Passed:
    """One stage of the procedure as the page shows it."""

    title: str
    note: str
    css: str


@dataclass(frozen=True, slots=True)
class Clockwork:
    """The decision clock with its explanation."""

    legal: Chip
    target: Chip | None
    text: str
    articles: Sequence[str]
    weeks: list[list[Cell]]
    skipped: str


def routes(office: Office) -> APIRouter:
    """The list and the page of a case."""
    router = APIRouter(prefix="/intake/cases", route_class=OfficeRoute, include_in_schema=False)
    service = office.service

    @router.get("")
    async def listed(
        request: Request, actor: SignedIn, area: str = "", stage: str = "", page: str = ""
    ) -> Response:
        held = areas_held(actor, access.ACCESS["list-cases"])
        if not held:
            raise Forbidden("您的岗位不查看案件")
        wanted = intake.ListCasesRequest(area=area or held[0], stage=stage, page_size=PAGE, page_token=page)
        async with looking(service, actor, "list-cases", access.at_area, wanted) as tx:
            found = await cases.list_cases(wanted, tx)
            names = await area_names(tx, DISTRICT.code)
            return office.page(
                request,
                "cases.html",
                rows=[
                    (case, names.get(case.village, case.village), clock_of(case, tx)) for case in found.cases
                ],
                stages=list(Stage),
                categories={one.value: one.chinese for one in Category},
                villages={code: name for code, name in names.items() if code.startswith(tuple(held))},
                area=wanted.area,
                held=held,
                stage=stage,
                page=page,
                following=found.next_page_token,
                may_export=bool(areas_held(actor, access.ACCESS["export-cases"])),
                today=tx.today,
            )

    @router.get("/{case_id}")
    async def shown(case_id: str, request: Request, actor: SignedIn, done: str = "") -> Response:
        wanted = intake.GetCaseRequest(case_id=case_id)
        async with looking(service, actor, "read-case", access.at_case, wanted) as tx:
            facts = await _facts(case_id, tx)
            return office.page(request, "case.html", done=done_text(done), **facts)

    return router


def clock_of(case: CaseView, tx: Tx) -> Chip:
    """The chip of a case in a list."""
    if case.accepted_on is None or case.due_on is None:
        return waiting("尚未受理") if case.stage == Stage.RECEIVED else stopped(None, tx.today)
    if case.clock_state != "running":
        return stopped(None, tx.today)
    return chip(tx.today, case.accepted_on, case.due_on, tx.calendar, provisional=case.provisional)


async def _facts(case_id: str, tx: Tx) -> dict[str, Any]:
    view = await cases.case_view(case_id, tx)
    case = await storage.load_case(tx, case_id)
    place = await access.at_case(case, tx)
    progress = (await progress_of(tx, [case_id]))[case_id]
    opinion = await means.latest_opinion(tx, case)
    names = await area_names(tx, view.township)
    sees_file = await may(tx, "read-dossier", place)
    clock = await storage.find_clock(tx, case_id, DECISION)
    step = next_step(case.stage, progress)
    handler = await name_of(tx, view.handler_id) if view.handler_id else ""
    whose = handler if step.act and handler else step.whose
    members = await storage.members_of(tx, case_id) if sees_file else ()
    grown = tx.policy.int("addon.minor_age", tx.today)
    return {
        "case": view,
        "stage": case.stage,
        "category": Category(view.category).chinese,
        "village": names.get(view.village, view.village),
        "handler": handler,
        "whose": whose,
        "claim": case.claim,
        "supplement": case.supplement,
        "today": tx.today,
        "step": step,
        "buttons": await buttons_for(case, progress, clock, place, tx),
        "papers": await papers_of(tx, case_id),
        "passed": _passed(case, opinion.formed_on if opinion else None, whose, tx.today),
        "clockwork": _clockwork(clock, tx) if clock else None,
        "opinion": opinion,
        "progress": progress,
        "file": await dossier.get_dossier(intake.GetDossierRequest(case_id=case_id), tx)
        if sees_file
        else None,
        "members": members,
        "minors": {one.person_id for one in members if age_on(one.born_on, tx.today) < grown},
        "recused": [
            await name_of(tx, staff_id) for staff_id in sorted(await access.recused(tx, view.household_id))
        ],
        "trail": await trail_of(tx, case_id),
    }


_ROAD: tuple[tuple[str, frozenset[Stage]], ...] = (
    ("受理", frozenset({Stage.RECEIVED})),
    ("调查核对", frozenset({Stage.ACCEPTED})),
    ("初审意见", frozenset()),
    ("公示", frozenset({Stage.OPINION_FORMED, Stage.IN_PUBLICITY})),
    ("审核确认会", frozenset({Stage.PUBLICITY_CONCLUDED})),
    ("决定与告知", frozenset({Stage.DECIDED})),
    ("纳入保障", frozenset()),
)


def _passed(case: Case, formed_on: date | None, whose: str, today: date) -> list[Passed]:
    """The road of the case; where it stands now says whose turn it is."""
    stage = case.stage
    if stage is Stage.DECLINED:
        return [
            Passed("收件", day(case.received_on, today), "is-done"),
            Passed("不予受理", "已书面告知", "is-now"),
        ]
    now = next((at for at, (_, stages) in enumerate(_ROAD) if stage in stages), len(_ROAD))
    dates = {0: day(case.accepted_on, today), 2: day(formed_on, today)}
    return [
        Passed(
            title,
            f"轮到 {whose}" if at == now else dates.get(at, "已完成") if at < now else "",
            "is-done" if at < now else "is-now" if at == now else "",
        )
        for at, (title, _) in enumerate(_ROAD)
    ]


def _clockwork(clock: Clock, tx: Tx) -> Clockwork:
    """Start, days counted, days skipped with their names, article."""
    calendar, today = tx.calendar, tx.today
    whole = calendar.working_days_between(clock.started_on, clock.due_on)
    ground = f"({ExtensionGround(clock.ground).chinese}，已延长)" if clock.ground else ""
    aim = (
        f"目标 {calendar.working_days_between(clock.started_on, clock.target_on)} 个工作日，"
        if clock.target_on
        else ""
    )
    text = f"{day(clock.started_on, today)}受理，次日起算。{aim}法定 {whole} 个工作日{ground}。"
    if clock.is_running and clock.started_on <= today <= clock.due_on:
        text += f"今天是第 {calendar.working_days_between(clock.started_on, today)} 个工作日。"
    running = clock.is_running
    named = ["R7.4", "DB.22"]
    return Clockwork(
        legal=chip(today, clock.started_on, clock.due_on, calendar, provisional=clock.provisional)
        if running
        else stopped(clock.stopped_on, today),
        target=_target(clock, tx) if running else None,
        text=text,
        articles=[one for one in named if one in ARTICLES],
        weeks=counting(clock.started_on, clock.target_on, clock.due_on, today, calendar),
        skipped=_skipped(clock, whole, tx),
    )


def _target(clock: Clock, tx: Tx) -> Chip | None:
    if clock.target_on is None:
        return None
    if clock.target_on < tx.today:
        return Chip(f"已过目标日 · {day(clock.target_on, tx.today)}", "is-near", 4)
    return chip(tx.today, clock.started_on, clock.target_on, tx.calendar, provisional=clock.provisional)


def _skipped(clock: Clock, whole: int, tx: Tx) -> str:
    """The holidays inside the term, by name; weekends are said once."""
    days: dict[str, int] = {}
    for counted in tx.calendar.explain(clock.started_on, whole):
        if not counted.counted and not counted.why.startswith("周"):
            days[counted.why.removesuffix("放假")] = days.get(counted.why.removesuffix("放假"), 0) + 1
    holidays = "、".join(f"{name} {count} 天" for name, count in days.items())
    worked = [
        day(counted.day, tx.today)
        for counted in tx.calendar.explain(clock.started_on, whole)
        if counted.counted and counted.day.weekday() > 4
    ]
    made_up = f"{'、'.join(worked)}调休上班，计入。" if worked else ""
    return f"不计周末{'、' + holidays if holidays else ''}。{made_up}"
