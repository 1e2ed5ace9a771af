"""Today's work: what is due first, whose turn it is, and why that day."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

from fastapi import APIRouter, Request, Response

from services.common.pages.clock import Chip, Urgency, chip, waiting
from services.common.pages.looking import areas_held
from services.common.pages.office import Office
from services.common.pages.session import OfficeRoute
from services.common.pages.words import day
from services.common.policy.areas import DISTRICT
from services.common.policy.household_terms import Category
from services.common.runtime.http import SignedIn
from services.common.runtime.tx import Tx
from services.intake.access import ACCESS
from services.intake.model.case import Stage
from services.intake.queries.cases import CaseView
from services.intake.queries.worklist import NextStep, area_names, next_step, open_cases, progress_of
from services.intake.storage.accounts import name_of


@dataclass(frozen=True, slots=True)
class Line:
    """One case in today's work."""

    case: CaseView
    village: str
    category: str
    clock: Chip
    step: NextStep
    whose: str
    why: str
    article: str


@dataclass(frozen=True, slots=True)
class Group:
    """Lines of one urgency."""

    urgency: Urgency
    lines: Sequence[Line]


def routes(office: Office) -> APIRouter:
    """The page that the day begins with."""
    router = APIRouter(route_class=OfficeRoute, include_in_schema=False)

    @router.get("/intake/today")
    async def today(request: Request, actor: SignedIn) -> Response:
        async with office.service.reading(actor) as tx:
            lines = await lines_of(tx, areas_held(actor, ACCESS["list-cases"]))
            return office.page(
                request,
                "today.html",
                today=tx.today,
                working=tx.calendar.why(tx.today),
                groups=grouped(lines),
                total=len(lines),
                sees_cases=bool(areas_held(actor, ACCESS["list-cases"])),
            )

    return router


async def lines_of(tx: Tx, areas: Sequence[str]) -> list[Line]:
    if not areas:
        return []
    found = await open_cases(tx, areas)
    progress = await progress_of(tx, [case.case_id for case in found])
    names = await area_names(tx, DISTRICT.code)
    lines = []
    for case in found:
        step = next_step(Stage(case.stage), progress[case.case_id])
        whose = await name_of(tx, case.handler_id) if step.act and case.handler_id else step.whose
        lines.append(_line(case, names.get(case.village, case.village), step, whose, tx))
    return lines


def grouped(lines: Sequence[Line]) -> list[Group]:
    """By urgency, the most urgent first; inside a group the order of the list."""
    order = list(Urgency)
    ranked = sorted(lines, key=lambda line: order.index(line.clock.urgency))
    return [
        Group(urgency, list(found)) for urgency, found in groupby(ranked, lambda line: line.clock.urgency)
    ]


def _line(case: CaseView, village: str, step: NextStep, whose: str, tx: Tx) -> Line:
    category = Category(case.category).chinese
    if case.accepted_on is None or case.due_on is None:
        why = f"{day(case.received_on, tx.today)}村（居）收件，受理后开始计时"
        return Line(case, village, category, waiting("尚未受理"), step, whose, why, "R7.3")
    clock = chip(tx.today, case.accepted_on, case.due_on, tx.calendar, provisional=case.provisional)
    target = f"，目标{day(case.target_on, tx.today)}" if case.target_on else ""
    why = f"{day(case.accepted_on, tx.today)}受理起算{target}"
    return Line(case, village, category, clock, step, whose, why, "R7.4")
