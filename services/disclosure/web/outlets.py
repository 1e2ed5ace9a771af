"""The board beyond its pages: the lobby's screen, feeds, the list to print, the text for WeChat."""

from __future__ import annotations

from datetime import timedelta

from fastapi import APIRouter, Request, Response

from services.common.papers import qr
from services.common.papers.press import press
from services.common.policy.areas import DISTRICT, unit
from services.common.policy.law import Invalid, Missing
from services.common.policy.roles import AreaLevel, area_level
from services.common.runtime.service import Service
from services.disclosure import queries
from services.disclosure.queries.posters import long_term_list
from services.disclosure.web.public import HEADERS, PAGES, View, cached, page, reading

LOBBY_ROWS, LOBBY_SECONDS = 7, 20
WEEKDAYS = "一二三四五六日"


def routes(service: Service) -> APIRouter:
    """Everything of the board that is not read as a page on a telephone."""
    router = APIRouter()

    @router.get("/board/{area}/lobby")
    async def lobby(area: str, request: Request) -> Response:
        """A township's screen: one page of rows, the next after 20 seconds, without script."""
        try:
            async with reading(service) as tx:
                if area_level(area) is not AreaLevel.TOWNSHIP:
                    raise Missing("这个大屏")
                head = await queries.board_head(tx, area)
                rows = await queries.lobby_entries(tx, area)
                now = tx.now + timedelta(hours=8)
        except (Missing, Invalid):
            return page("missing.html", View.of(request), status=404, district=DISTRICT)
        pages = max(1, -(-len(rows) // LOBBY_ROWS))
        number = min(View.of(request).page, pages)
        shown = rows[(number - 1) * LOBBY_ROWS : number * LOBBY_ROWS]
        return page(
            "lobby.html",
            View.of(request),
            head=head,
            unit=unit(area),
            headers={"Refresh": f"{LOBBY_SECONDS}; url=/board/{area}/lobby?page={number % pages + 1}"},
            rows=shown,
            total=len(rows),
            number=number,
            pages=pages,
            seconds=LOBBY_SECONDS,
            moment=f"{now.year}年{now.month}月{now.day}日 星期{WEEKDAYS[now.weekday()]} {now:%H:%M}",
        )

    @router.get("/board/{area}/code.svg")
    async def code(area: str) -> Response:
        area_level(area)
        drawn = qr.drawn(f"{service.settings.public_url.rstrip('/')}/board/{area}")
        return Response(
            drawn, media_type="image/svg+xml", headers=HEADERS | {"Cache-Control": "public, max-age=3600"}
        )

    @router.get("/board/{area}/feed.atom")
    async def feed(area: str, request: Request) -> Response:
        """What hangs on a board now, for readers of feeds: links without names, for feeds are kept."""

        async def made() -> tuple[bytes, str]:
            async with reading(service) as tx:
                head = await queries.board_head(tx, area)
                entries = await queries.both_lists(tx, head.code)
                site = service.settings.public_url.rstrip("/")
                template = PAGES.get_template("feed.xml")
                text = template.render(head=head, entries=entries, site=site, now=tx.now.isoformat())
            return text.encode(), "application/atom+xml; charset=utf-8"

        return await cached(service, request, made)

    @router.get("/board/{area}/list.pdf")
    async def printed(area: str, request: Request) -> Response:
        """The long-term list of a village, to print and hang."""

        async def made() -> tuple[bytes, str]:
            async with reading(service) as tx:
                if area_level(area) is not AreaLevel.VILLAGE:
                    raise Missing("这个村(居)的名单")
                sheet = await long_term_list(area, tx)
            return await press().pdf(sheet, "board_list.typ"), "application/pdf"

        return await cached(service, request, made)

    @router.get("/board/{area}/wechat.txt")
    async def wechat(area: str, request: Request) -> Response:
        """A text for the village's WeChat group: counts and the way to the board, nobody's name."""

        async def made() -> tuple[bytes, str]:
            async with reading(service) as tx:
                head = await queries.board_head(tx, area)
            return wechat_text(head, service.settings.public_url).encode(), "text/plain; charset=utf-8"

        return await cached(service, request, made)

    return router


def wechat_text(head: queries.BoardHead, site: str) -> str:
    """What may be sent on: it holds nothing that could not be taken back."""
    where = f"{site.rstrip('/')}/board/{head.code}"
    phone = f"监督举报电话 {head.report_phone}。" if head.report_phone else ""
    running = f"正在公示 {head.initial} 户" if head.initial else "目前没有正在公示的申请"
    return (
        f"【社会救助公示】{head.name}{running}，长期公开 {head.long_term} 户"
        f"（{head.today.month}月{head.today.day}日）。\n"
        f"公示内容请到村(居)公示栏查看，或打开 {where}\n"
        f"有不同意见的，公示期内可以提出，可以不留姓名。{phone}\n"
        "请不要拍照转发公示名单。\n"
    )
