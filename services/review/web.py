"""Review's pages: the roll, a household's file, and its part of today and of a case."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from fastapi import APIRouter, Request, Response

from services.common.contracts import review
from services.common.pages import audited
from services.common.pages.environment import static_routes
from services.common.pages.looking import areas_held, looking, may
from services.common.pages.office import Office
from services.common.pages.session import OfficeRoute
from services.common.pages.sheets import MOST_ROWS, Cell, Column, Sheet
from services.common.pages.trail import trail_of
from services.common.pages.words import body, short, township
from services.common.policy.law import Forbidden, Missing
from services.common.runtime import audit
from services.common.runtime.actor import Actor
from services.common.runtime.gate import Place
from services.common.runtime.http import SignedIn
from services.common.runtime.service import Service
from services.common.runtime.tx import Tx
from services.review import access, queries, storage
from services.review.model import CaseId, HouseholdId, Stage

HERE = Path(__file__).parent
PAGE = 50
NEWEST = 5
EXPORT = "export-roll"
# Names live in intake alone: the file names households by their case number.
COLUMNS = (
    Column("案号"),
    Column("镇街", 14),
    Column("类别", 16),
    Column("保障人口", 10, total=True),
    Column("月金额（元）", 14, money=True, total=True),
    Column("分类施保（元）", 14, money=True, total=True),
    Column("首发月"),
    Column("纳入"),
    Column("状态", 10),
)


def routes(service: Service) -> list[APIRouter]:
    """Everything of review that a browser reads."""
    office = Office(service, HERE)
    return [static_routes(service.name), _pages(office), audited.routes(office)]


def _pages(office: Office) -> APIRouter:
    router = APIRouter(prefix="/review", route_class=OfficeRoute, include_in_schema=False)
    service = office.service

    @router.get("/roll")
    async def roll(request: Request, actor: SignedIn, area: str = "", page: str = "") -> Response:
        held = _held(actor)
        wanted = review.ListRollRequest(area=area or held[0], page_size=PAGE, page_token=page)
        async with looking(service, actor, "list-roll", access.area_place, wanted) as tx:
            found = await queries.list_roll(wanted, tx)
            return office.page(
                request,
                "roll.html",
                rows=found.recipients,
                following=found.next_page_token,
                page=page,
                area=wanted.area,
                townships=await queries.townships_on_roll(tx, held[0]),
                held=held,
                total=await queries.roll_total(tx, wanted.area),
                today=tx.today,
            )

    @router.get("/exports/roll.xlsx")
    async def exported(request: Request, actor: SignedIn, area: str = "") -> Response:
        held = _held(actor)
        wanted = review.ListRollRequest(area=area or held[0], page_size=queries.LARGEST_PAGE)
        async with looking(service, actor, EXPORT, access.area_place, wanted) as tx:
            found = await _whole_roll(wanted, tx)
            sheet = Sheet(
                title="保障名册",
                body=body(wanted.area),
                columns=COLUMNS,
                rows=[_cells(one) for one in found[:MOST_ROWS]],
                made_on=tx.today,
                cut=len(found) > MOST_ROWS,
            )
            await audit.look(tx, EXPORT, (wanted.area, wanted.area))
        return office.sheet(request, sheet, "roll")

    @router.get("/fragments/today")
    async def today(request: Request, actor: SignedIn) -> Response:
        area = _held(actor)[0]
        async with looking(service, actor, "list-roll", Place(area)) as tx:
            return office.page(
                request,
                "part_today.html",
                total=await queries.roll_total(tx, area),
                newest=await queries.newest_on_roll(tx, area, NEWEST),
                today=tx.today,
            )

    @router.get("/fragments/cases/{case_id}")
    async def case(case_id: str, request: Request, actor: SignedIn) -> Response:
        named = review.GetTimelineRequest(case_id=case_id)
        try:
            async with looking(
                service, actor, "read-household-file", access.case_place, named, hides=False
            ) as tx:
                household_id, township = await storage.case_township(tx, CaseId(case_id))
                entry = await storage.find_entry_of_case(tx, CaseId(case_id))
                place = Place(township, household_id, case_id)
                return office.page(
                    request,
                    "part_case.html",
                    entry=entry,
                    file=await storage.find_file(tx, household_id),
                    papers=await queries.papers_of(tx, HouseholdId(household_id)),
                    trail=await trail_of(tx, case_id) if await may(tx, "read-timeline", place) else (),
                    today=tx.today,
                )
        except Missing:
            return office.page(
                request, "part_case.html", entry=None, file=None, papers=(), trail=(), today=None
            )

    return router


def _held(actor: Actor) -> list[str]:
    held = areas_held(actor, access.ACCESS["list-roll"])
    if not held:
        raise Forbidden("您的岗位不查看保障名册")
    return held


async def _whole_roll(wanted: review.ListRollRequest, tx: Tx) -> list[queries.Recipient]:
    found: list[queries.Recipient] = []
    while len(found) <= MOST_ROWS:
        page = await queries.list_roll(wanted, tx)
        found.extend(page.recipients)
        if not page.next_page_token:
            break
        wanted.page_token = page.next_page_token
    return found


def _cells(one: queries.Recipient) -> Sequence[Cell]:
    return (
        short(one.case_id),
        township(one.township),
        one.category.chinese,
        one.persons,
        one.monthly_amount_fen,
        one.add_on_fen,
        one.first_month,
        one.enrolled_on,
        "在册" if one.stage is Stage.ACTIVE else "已退出",
    )
