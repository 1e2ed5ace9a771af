"""The overview: figures first, then area by area, then how long cases take and of what kind they are."""

from __future__ import annotations

from dataclasses import dataclass

from fastapi import APIRouter, Request, Response

from services.common.pages import charts
from services.common.pages.charts import Bar, Point
from services.common.pages.clock import NEAR_WORKING_DAYS
from services.common.pages.looking import areas_held, looking
from services.common.pages.office import Office
from services.common.pages.session import OfficeRoute
from services.common.policy.areas import DISTRICT
from services.common.policy.law import Forbidden
from services.common.runtime.http import SignedIn
from services.common.runtime.tx import Tx
from services.intake import access
from services.intake.queries.overview import ACTION, Overview, overview_of
from services.intake.queries.worklist import area_names

NAMES = {"dibao": "低保", "destitute": "特困", "edge": "低保边缘", "rigid": "刚性支出"}


@dataclass(frozen=True, slots=True)
class _Wanted:
    area: str


def routes(office: Office) -> APIRouter:
    """One page for a district, a township or a village."""
    router = APIRouter(prefix="/intake", route_class=OfficeRoute, include_in_schema=False)

    @router.get("/overview")
    async def overview(request: Request, actor: SignedIn, area: str = "") -> Response:
        held = areas_held(actor, access.ACCESS[ACTION])
        if not held:
            raise Forbidden("您的岗位不查看总览")
        wanted = _Wanted(area or held[0])
        async with looking(office.service, actor, ACTION, access.at_area, wanted) as tx:
            names = await area_names(tx, DISTRICT.code)
            found = await overview_of(wanted.area, NEAR_WORKING_DAYS, tx)
            return office.page(
                request,
                "overview.html",
                found=found,
                title=DISTRICT.name if wanted.area == DISTRICT.code else names.get(wanted.area, wanted.area),
                is_top=wanted.area in held,
                goes_down=len(wanted.area) < len("140403103"),
                line=_line(found, tx),
                bars=_bars(found),
                shares={
                    one.area: charts.share(one.done_in_time, one.done, is_behind=one.done_in_time < one.done)
                    for one in found.lines
                },
                near_days=NEAR_WORKING_DAYS,
                today=tx.today,
            )

    return router


def _line(found: Overview, tx: Tx) -> object:
    known = [(month, value) for month, value in found.months if value is not None]
    if not known:
        return ""
    says = f"受理到决定的平均工作日，最近 {known[-1][0].chinese}为 {known[-1][1]:g} 个"
    target = tx.policy.int("clock.decision_target_working_days", tx.today)
    points = [Point(f"{month.number}月", value) for month, value in found.months]
    return charts.line(points, says, aim=("目标", target))


def _bars(found: Overview) -> object:
    says = "、".join(f"{NAMES[one.value]}在办 {open_} 件" for one, open_, _ in found.by_category)
    return charts.bars([Bar(NAMES[one.value], open_, new) for one, open_, new in found.by_category], says)
