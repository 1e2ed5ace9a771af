"""What the office sees of publicities: the list, and disclosure's part of today and of a case."""

from __future__ import annotations

from datetime import date
from itertools import groupby
from pathlib import Path

from fastapi import APIRouter, Request, Response

from services.common.pages import audited
from services.common.pages.clock import Chip, Urgency, stopped, waiting
from services.common.pages.environment import static_routes
from services.common.pages.looking import areas_held, looking, may
from services.common.pages.office import Office
from services.common.pages.session import OfficeRoute
from services.common.pages.trail import trail_of
from services.common.pages.words import day
from services.common.papers.press import press
from services.common.policy.law import Forbidden, Invalid
from services.common.policy.publicity import ARTICLE, DAYS
from services.common.runtime.actor import Actor
from services.common.runtime.gate import Place
from services.common.runtime.http import SignedIn
from services.common.runtime.service import Service
from services.common.runtime.tx import Tx
from services.disclosure.access import ACCESS
from services.disclosure.model import CaseId, Publicity, PublicityId, Stage
from services.disclosure.queries.office import (
    PublicityLine,
    hanging,
    publicities_of,
    skipped_day,
    village_names,
)
from services.disclosure.queries.posters import poster
from services.disclosure.rules.agreement import Difference
from services.disclosure.rules.wording import quarters_used, time_left
from services.disclosure.storage import publicities
from services.disclosure.storage.agreements import agreements_in
from services.disclosure.web import objections, outreach

HERE = Path(__file__).parents[1]
NOW = (Stage.AWAITING_POSTING, Stage.POSTED, Stage.OBJECTED)
SIZES = ("a4", "a3")
STAGES = {
    Stage.AWAITING_POSTING: "待张贴",
    Stage.POSTED: "公示中",
    Stage.OBJECTED: "有异议待答复",
    Stage.CONCLUDED: "公示期满",
    Stage.WITHDRAWN: "已撤回",
}


def routes(service: Service) -> list[APIRouter]:
    """Everything of disclosure that a browser in the office reads."""
    office = Office(service, HERE)
    return [
        static_routes(service.name),
        _pages(office),
        audited.routes(office),
        objections.routes(service),
        outreach.routes(service),
    ]


def _pages(office: Office) -> APIRouter:
    router = APIRouter(prefix="/disclosure", route_class=OfficeRoute, include_in_schema=False)
    service = office.service

    @router.get("/publicities")
    async def listed(request: Request, actor: SignedIn, stage: str = "", area: str = "") -> Response:
        held = _held(actor)
        wanted = area or held[0]
        chosen = [one for one in Stage if one.value == stage] or list(NOW)
        async with looking(service, actor, "read-publicity", Place(wanted)) as tx:
            lines = await publicities_of(tx, [wanted] if area else held, chosen)
            names = await village_names(tx)
            return office.page(
                request,
                "publicities.html",
                lines=[(one, names.get(one.village, one.village), chip_of(one, tx.today)) for one in lines],
                stages=STAGES,
                stage=stage,
                area=wanted,
                held=held,
                villages={code: name for code, name in names.items() if code.startswith(tuple(held))},
                today=tx.today,
            )

    @router.get("/publicities/{publicity_id}/poster.pdf")
    async def wall(publicity_id: str, actor: SignedIn, size: str = "a4") -> Response:
        """The poster to print and hang, on A4 or A3."""
        if size not in SIZES:
            raise Invalid("size", "纸张只有A3和A4两种")

        async def at(_: object, tx: Tx) -> Place:
            found = await publicities.load_publicity(tx, PublicityId(publicity_id))
            return Place(found.village, found.household_id, found.case_id)

        async with looking(service, actor, "read-publicity", at, publicity_id) as tx:
            found = await publicities.load_publicity(tx, PublicityId(publicity_id))
            sheet = await poster(found, size, tx)
        content = await press().pdf(sheet, "poster.typ")
        headers = {"Content-Disposition": f'inline; filename="poster-{size}.pdf"'}
        return Response(content, media_type="application/pdf", headers=headers)

    @router.get("/agreement")
    async def agreement(request: Request, actor: SignedIn) -> Response:
        """Where boards and roll differ, the newest month first."""
        held = areas_held(actor, ACCESS["read-agreement"])
        if not held:
            raise Forbidden("您的岗位不核对公示栏与名册")
        async with looking(service, actor, "read-agreement", Place(held[0])) as tx:
            found = await agreements_in(tx, held[0])
        months = [
            (month, township, list(parts))
            for (month, township), parts in groupby(found, key=lambda one: (one.month, one.township))
        ]
        ids = [case for one in found for _, case, _ in one.differences]
        words = {one.value: one.chinese for one in Difference}
        return office.page(request, "agreement.html", months=months, words=words, ids=ids)

    @router.get("/fragments/today")
    async def today(request: Request, actor: SignedIn) -> Response:
        held = _held(actor)
        async with looking(service, actor, "read-publicity", Place(held[0])) as tx:
            lines = await publicities_of(tx, held, NOW)
            names = await village_names(tx)
            return office.page(
                request,
                "part_today.html",
                unposted=[
                    (one, names.get(one.village, one.village))
                    for one in lines
                    if one.stage is Stage.AWAITING_POSTING
                ],
                running=[(one, chip_of(one, tx.today)) for one in lines if one.stage is Stage.POSTED],
                today=tx.today,
            )

    @router.get("/fragments/cases/{case_id}")
    async def case(case_id: str, request: Request, actor: SignedIn) -> Response:
        async with service.reading(actor) as tx:
            found = await publicities.find_latest_publicity(tx, CaseId(case_id))
        if found is None:
            return office.page(request, "part_case.html", publicity=None)
        place = Place(found.village, found.household_id, case_id)
        async with looking(service, actor, "read-publicity", place) as tx:
            sees_trail = await may(tx, "read-timeline", place)
            days = tx.policy.int(DAYS[found.kind], found.formed_on)
            return office.page(
                request,
                "part_case.html",
                publicity=found,
                clock=chip_of(found, tx.today),
                stage=STAGES[found.stage],
                postings=await hanging(tx, found.publicity_id),
                days=days,
                article=ARTICLE[found.kind].id,
                moved=_moved(found, days),
                trail=await trail_of(tx, case_id) if sees_trail else (),
                today=tx.today,
            )

    return router


def chip_of(publicity: Publicity | PublicityLine, today: date) -> Chip:
    """A publicity counts calendar days and ends at midnight, so its chip speaks of days."""
    ends_on, posted_on = publicity.ends_on, publicity.posted_on
    if publicity.stage is Stage.AWAITING_POSTING or ends_on is None or posted_on is None:
        return waiting("等张贴拍照")
    if publicity.stage is Stage.OBJECTED:
        return waiting("有异议，等调查答复")
    if publicity.stage is not Stage.POSTED:
        return stopped(ends_on, today)
    provisional = publicity.provisional
    text = f"{time_left(today, ends_on)} · {day(ends_on, today)} 24 时止{' 暂定' if provisional else ''}"
    css = ("is-near" if ends_on <= today else "") + (" is-tentative" if provisional else "")
    return Chip(text, css.strip(), quarters_used(today, posted_on, ends_on), Urgency.LATER)


def _held(actor: Actor) -> list[str]:
    held = areas_held(actor, ACCESS["read-publicity"])
    if not held:
        raise Forbidden("您的岗位不查看公示办理情况")
    return held


def _moved(publicity: Publicity, days: int) -> date | None:
    if publicity.first_day is None or publicity.ends_on is None:
        return None
    return skipped_day(publicity.ends_on, publicity.first_day, days)
