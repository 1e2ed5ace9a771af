"""Approval's part of today's work and of a case's page."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, time

from fastapi import APIRouter, Request, Response

from services.approval import access
from services.approval.model import CaseId, Stage
from services.approval.queries.office import (
    docket_of,
    entry_of,
    meetings_of,
    owes_filing,
    owes_notice,
    unclosed,
)
from services.approval.queries.relief import recent
from services.approval.storage import decisions, docket, meetings
from services.approval.web.acts import buttons_for
from services.approval.web.docket import home
from services.approval.web.relief import line_of
from services.common.pages.clock import chip
from services.common.pages.looking import looking, may
from services.common.pages.office import Office
from services.common.pages.session import OfficeRoute
from services.common.pages.trail import trail_of
from services.common.papers import ledger
from services.common.policy.calendar import SHANGHAI
from services.common.policy.law import Missing
from services.common.runtime.gate import Place
from services.common.runtime.http import SignedIn


@dataclass(frozen=True, slots=True)
class _Named:
    case_id: str


def routes(office: Office) -> APIRouter:
    """Two fragments."""
    router = APIRouter(prefix="/approval/fragments", route_class=OfficeRoute, include_in_schema=False)
    service = office.service

    @router.get("/today")
    async def today(request: Request, actor: SignedIn) -> Response:
        area = home(actor, "read-docket")
        async with looking(service, actor, "read-docket", Place(area)) as tx:
            entries = await docket_of(tx, area)
            results = await unclosed(tx, area)
            lines = [line_of(one, tx) for one in await recent(tx, area)]
            midnight = datetime.combine(tx.today, time(), SHANGHAI)
            notices = [one for one in results if owes_notice(one)]
            return office.page(
                request,
                "part_today.html",
                ready=[one for one in entries if not one.blockers and one.item.stage is Stage.READY],
                waiting=[one for one in entries if one.blockers],
                meetings=await meetings_of(tx, area, midnight),
                notices=[
                    (one, chip(tx.today, one.refused_on, one.notice_due_on, tx.calendar))
                    for one in notices
                    if one.notice_due_on
                ],
                untold=len([one for one in notices if not one.notice_due_on]),
                filings=[one for one in results if owes_filing(one)],
                district=[one for one in results if one.awaits_district],
                reliefs=[one for one in lines if one.whose],
                today=tx.today,
            )

    @router.get("/cases/{case_id}")
    async def case(case_id: str, request: Request, actor: SignedIn) -> Response:
        try:
            async with looking(
                service, actor, "read-decision", access.case_place, _Named(case_id), hides=False
            ) as tx:
                item = await docket.load_item(tx, CaseId(case_id))
                decision = await decisions.find_decision(tx, item.case_id)
                place = Place(item.township, item.household_id, case_id)
                return office.page(
                    request,
                    "part_case.html",
                    item=item,
                    entry=entry_of(await docket.entry_of(tx, item), tx),
                    meeting=await meetings.load_meeting(tx, item.meeting_id) if item.meeting_id else None,
                    decision=decision,
                    buttons=await buttons_for(item, decision, tx),
                    papers=await ledger.issued_for(tx, case_id),
                    trail=await trail_of(tx, case_id) if await may(tx, "read-timeline", place) else (),
                    today=tx.today,
                )
        except Missing:
            return office.page(request, "part_case.html", item=None)

    return router
