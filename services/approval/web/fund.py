"""The reserve fund on the screen: balance and progress, requests, the books, and the monthly report."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from fastapi import APIRouter, Request, Response

from services.approval import access
from services.approval.access import ACCESS
from services.approval.model import (
    MonthlyReport,
    ObjectCategory,
    ReliefKind,
    RequestId,
    RequestStage,
)
from services.approval.queries.relief import purse_of
from services.approval.rules import monthly_report
from services.approval.storage import fund
from services.approval.web import fund_forms as forms
from services.approval.web.docket import home
from services.common.pages.acts import Act
from services.common.pages.looking import areas_held, looking
from services.common.pages.office import Office
from services.common.pages.session import OfficeRoute
from services.common.pages.sheets import Column, Sheet
from services.common.pages.words import body
from services.common.policy.areas import UNITS
from services.common.policy.law import Missing
from services.common.policy.month import Month
from services.common.policy.roles import AreaLevel, area_level
from services.common.runtime.gate import Place
from services.common.runtime.http import SignedIn

DONE = {"request": "申请已报区民政局。", "allocate": "已办理。", "report": "月报已报送，内容不再改变。"}
CRUMBS = (("临时救助", "/approval/relief"), ("备用金", "/approval/fund"))
COLUMNS = (
    Column("救助类型", 14),
    Column("对象类别", 22),
    Column("救助（户次）", 14, total=True),
    Column("救助金额（元）", 16, money=True, total=True),
    Column("不予救助（户次）", 16, total=True),
)


@dataclass(frozen=True, slots=True)
class _Named:
    request_id: str


def routes(office: Office) -> APIRouter:
    """The fund of a township, or all of them for the district; the forms; the report as page and as file."""
    router = APIRouter(prefix="/approval/fund", route_class=OfficeRoute, include_in_schema=False)
    service = office.service

    @router.get("")
    async def shown(request: Request, actor: SignedIn, area: str = "", done: str = "") -> Response:
        held = home(actor, "read-fund")
        area = area or held
        async with looking(service, actor, "read-fund", Place(area)) as tx:
            may_ask = bool(areas_held(actor, ACCESS["request-fund"]))
            may_send = bool(areas_held(actor, ACCESS["send-monthly-report"]))
            allocates = bool(areas_held(actor, ACCESS["allocate-fund"]))
            facts: dict[str, Any] = {
                "area": area,
                "held": held,
                "today": tx.today,
                "done": DONE.get(done, ""),
            }
            if area_level(area) is AreaLevel.DISTRICT:
                purses = [await purse_of(tx, one.code) for one in UNITS]
                waiting = [
                    asked
                    for purse in purses
                    for asked in purse.requests
                    if asked.stage is RequestStage.REQUESTED
                ]
                last = str(Month.of(tx.today) + -1)
                sent = {one.township for one in await fund.reports_of(tx, area, last)}
                return office.page(
                    request,
                    "funds.html",
                    purses=purses,
                    waiting=waiting,
                    allocates=allocates,
                    last=last,
                    sent=sent,
                    **facts,
                )
            purse = await purse_of(tx, area)
            return office.page(
                request,
                "fund.html",
                purse=purse,
                months=_months(purse.reports, tx.today),
                may_ask=may_ask,
                may_send=may_send,
                allocates=allocates,
                **facts,
            )

    @router.get("/request")
    async def request_form(request: Request, actor: SignedIn) -> Response:
        return office.form(request, await asking(actor))

    @router.post("/request")
    async def ask(request: Request, actor: SignedIn) -> Response:
        return await office.act(request, await asking(actor), actor)

    async def asking(actor: SignedIn) -> Act:
        township = home(actor, "request-fund")
        async with looking(service, actor, "request-fund", Place(township)) as tx:
            return await forms.request_form(township, tx)

    @router.get("/requests/{request_id}/allocate")
    async def allocate_form(request_id: str, request: Request, actor: SignedIn) -> Response:
        return office.form(request, await allocating(request_id, actor))

    @router.post("/requests/{request_id}/allocate")
    async def allocate(request_id: str, request: Request, actor: SignedIn) -> Response:
        return await office.act(request, await allocating(request_id, actor), actor)

    async def allocating(request_id: str, actor: SignedIn) -> Act:
        named = _Named(request_id)
        async with looking(service, actor, "allocate-fund", access.request_place, named) as tx:
            asked = await fund.find_request(tx, RequestId(request_id))
            if asked is None:
                raise Missing("该备用金申请")
            return forms.allocate_form(asked)

    @router.get("/report/send")
    async def send_form(request: Request, actor: SignedIn, month: str = "") -> Response:
        return office.form(request, await sending(actor, month))

    @router.post("/report/send")
    async def send(request: Request, actor: SignedIn, month: str = "") -> Response:
        return await office.act(request, await sending(actor, month), actor)

    async def sending(actor: SignedIn, month: str) -> Act:
        township = home(actor, "send-monthly-report")
        async with looking(service, actor, "send-monthly-report", Place(township)) as tx:
            chosen = month or str(Month.of(tx.today) + -1)
            return await forms.send_form(township, chosen, tx)

    @router.get("/report")
    async def report(
        request: Request, actor: SignedIn, area: str = "", month: str = "", version: int = 0
    ) -> Response:
        township = area or home(actor, "read-fund")
        async with looking(service, actor, "read-fund", Place(township)) as tx:
            content, kept, versions = await forms.report_of(township, month, version, tx)
            return office.page(
                request,
                "report.html",
                content=content,
                kept=kept,
                versions=versions,
                month=Month.parse(str(content["month"])),
                lines=monthly_report.lines(content),
                kinds={one.value: one.chinese for one in ReliefKind},
                categories={one.value: one.chinese for one in ObjectCategory},
                today=tx.today,
                area=township,
            )

    @router.get("/report.xlsx")
    async def sheet(
        request: Request, actor: SignedIn, area: str = "", month: str = "", version: int = 0
    ) -> Response:
        township = area or home(actor, "read-fund")
        async with looking(service, actor, "read-fund", Place(township)) as tx:
            content, _, _ = await forms.report_of(township, month, version, tx)
            shown = Sheet(
                title=f"临时救助月报 {content['month']}",
                body=body(township),
                columns=COLUMNS,
                rows=forms.rows_of(content),
                made_on=tx.today,
            )
        return office.sheet(request, shown, f"relief-report-{content['month']}")

    return router


def _months(reports: Sequence[MonthlyReport], today: date) -> list[tuple[Month, MonthlyReport | None]]:
    """The last six months that are over, each with its newest report."""
    newest: dict[str, MonthlyReport] = {}
    for one in reports:
        newest.setdefault(one.month, one)
    months = [Month.of(today) + -back for back in range(1, 7)]
    return [(month, newest.get(str(month))) for month in months]
