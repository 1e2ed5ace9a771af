"""Pages that are the same for everybody: the styleguide, help for each regulation, and single articles."""

from __future__ import annotations

import tomllib
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from fastapi import APIRouter, Request, Response

from services.common.pages import charts
from services.common.pages.clock import Chip, chip, counting, stopped, waiting
from services.common.pages.office import Office
from services.common.pages.session import OfficeRoute
from services.common.policy.articles import ROWS
from services.common.policy.calendar import WorkCalendar
from services.common.policy.law import RULES, Missing
from services.common.policy.regulations import REGULATIONS, clause_of
from services.common.runtime.http import SignedIn

GUIDES = Path(__file__).parent / "help.toml"
TODAY = date(2026, 10, 13)


def routes(office: Office) -> APIRouter:
    """Help stands under the service that shows the shell; the styleguide under a name of its own."""
    router = APIRouter(route_class=OfficeRoute, include_in_schema=False)
    service = office.service

    @router.get("/styleguide")
    async def styleguide(request: Request) -> Response:
        return office.page(request, "styleguide.html", **_samples(service.policy.calendar))

    @router.get(f"/{service.name}/help")
    async def contents(request: Request, actor: SignedIn) -> Response:
        listed = [(one, guides()[one.id]) for one in REGULATIONS.values()]
        return office.page(request, "help.html", listed=listed)

    @router.get(f"/{service.name}/help/{{regulation}}")
    async def regulation(regulation: str, request: Request, actor: SignedIn) -> Response:
        if regulation not in REGULATIONS:
            raise Missing("这项制度")
        return office.page(
            request,
            "regulation.html",
            regulation=REGULATIONS[regulation],
            guide=guides()[regulation],
            others=list(REGULATIONS.values()),
        )

    @router.get(f"/{service.name}/articles/{{article}}")
    async def article(article: str, request: Request, actor: SignedIn) -> Response:
        if article not in ROWS:
            raise Missing("该条款")
        return office.page(
            request,
            "article.html",
            row=ROWS[article],
            clause=clause_of(article),
            regulation=REGULATIONS.get(article.split(".")[0]),
            rules=RULES.get(article, []),
        )

    return router


@cache
def guides() -> dict[str, Any]:
    """How the work of each regulation is done with this system."""
    return tomllib.loads(GUIDES.read_text(encoding="utf-8"))


def _samples(calendar: WorkCalendar) -> dict[str, Any]:
    """Every part in every state, made by the same code as on real pages."""
    near, over = date(2026, 10, 16), date(2026, 10, 10)
    start, target, due = date(2026, 9, 14), date(2026, 10, 16), date(2026, 10, 30)
    chips: list[Chip] = [
        chip(TODAY, start, due, calendar),
        chip(TODAY, start, near, calendar),
        chip(TODAY, start, TODAY, calendar),
        chip(TODAY, start, over, calendar),
        waiting("等区民政局 · 核对报告"),
        stopped(date(2026, 10, 14), TODAY),
        chip(TODAY, TODAY, date(2027, 1, 5), calendar, provisional=True),
    ]
    months = [f"{month}月" for month in (11, 12, *range(1, 11))]
    days = [21.4, 20.8, 20.1, 22.6, 19.5, 18.2, 17.9, 17.0, 16.4, 15.9, 15.3, 15.5]
    kinds = [
        ("低保", 172, 76),
        ("特困", 46, 17),
        ("低保边缘", 69, 29),
        ("刚性支出", 33, 13),
        ("临时救助", 92, 103),
    ]
    return {
        "today": TODAY,
        "chips": chips,
        "weeks": counting(start, target, due, TODAY, calendar),
        "line": charts.line(
            [charts.Point(*each) for each in zip(months, days, strict=True)],
            "受理到决定的平均工作日，由去年11月 21.4 降到本月 15.5，2月因春节为 22.6",
            aim=("目标", 20),
        ),
        "bars": charts.bars(
            [charts.Bar(*one) for one in kinds], "各类别在办和本月办结件数，低保在办 172 件最多"
        ),
        "share": charts.share(71, 100),
        "behind": charts.share(44, 100, aim=61, is_behind=True),
    }
