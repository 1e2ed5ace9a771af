"""The public board: pages and JSON that anybody may read, without script, cookie or index entry."""

from __future__ import annotations

from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlencode

from fastapi import APIRouter, Request, Response
from fastapi.responses import HTMLResponse, JSONResponse, RedirectResponse
from jinja2 import Environment, FileSystemLoader, StrictUndefined

from services.common.policy.areas import DISTRICT
from services.common.policy.law import Invalid, Missing
from services.common.runtime.actor import PUBLIC
from services.common.runtime.gate import Place, check
from services.common.runtime.service import Service
from services.common.runtime.tx import Tx
from services.disclosure import queries
from services.disclosure.access import ACCESS, recused
from services.disclosure.model import Shelf

HERE = Path(__file__).parents[1]
HEADERS = {
    "Content-Security-Policy": "default-src 'none'; style-src 'self'; img-src 'self'; base-uri 'none'; "
    "form-action 'none'; frame-ancestors 'none'",
    "X-Robots-Tag": "noindex, nofollow, noarchive",
    "Referrer-Policy": "no-referrer",
}
STYLES = {path.name: path.read_bytes() for path in sorted((HERE / "static").glob("*.css"))}
PAGES = Environment(
    loader=FileSystemLoader(HERE / "templates" / "public"),
    autoescape=True,
    undefined=StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
)


@dataclass(frozen=True, slots=True)
class View:
    """What the reader chose: which list, which page of it, and large type."""

    kind: Shelf
    big: bool
    page: int

    @classmethod
    def of(cls, request: Request) -> View:
        """Anything that cannot be read falls back to the first page of the initial list."""
        chosen = request.query_params
        kind = Shelf.LONG_TERM if chosen.get("list") == Shelf.LONG_TERM.value else Shelf.CURRENT
        number = chosen.get("page", "")
        page = int(number) if number.isascii() and number.isdecimal() and len(number) < 6 else 1
        return cls(kind, chosen.get("big") == "1", max(page, 1))

    def link(
        self, *, kind: Shelf | None = None, big: bool | None = None, page: int = 1, path: str = ""
    ) -> str:
        """A link that changes one choice and keeps the others."""
        chosen_kind, chosen_big = kind or self.kind, self.big if big is None else big
        query: dict[str, str] = {}
        if chosen_kind is Shelf.LONG_TERM and not path:
            query["list"] = chosen_kind.value
        if chosen_big:
            query["big"] = "1"
        if page > 1:
            query["page"] = str(page)
        return path + (f"?{urlencode(query)}" if query or not path else "")


def public_routes(service: Service) -> Sequence[APIRouter]:
    """Everything under /board/."""
    router = APIRouter()

    @router.get("/")
    @router.get("/board")
    async def door() -> Response:
        return RedirectResponse("/board/", headers=HEADERS)

    @router.get("/board/")
    async def index(request: Request) -> Response:
        view = View.of(request)
        async with _reading(service) as tx:
            lines = await queries.townships(tx)
        return _page("index.html", view, district=DISTRICT, townships=lines)

    @router.get("/board/static/{name}")
    async def style(name: str) -> Response:
        if name not in STYLES:
            raise Missing("这个文件")
        headers = HEADERS | {"Cache-Control": "public, max-age=3600"}
        return Response(STYLES[name], media_type="text/css; charset=utf-8", headers=headers)

    @router.get("/board/{area}.json")
    async def listed(area: str) -> Response:
        async with _reading(service) as tx:
            head = await queries.board_head(tx, area)
            entries = await queries.both_lists(tx, head.code)
        body = {"area": head.code, "name": head.name, "as_of": head.today.isoformat()}
        return JSONResponse(body | {"entries": [_json(entry) for entry in entries]}, headers=HEADERS)

    @router.get("/board/{area}")
    async def board(area: str, request: Request) -> Response:
        view = View.of(request)
        try:
            async with _reading(service) as tx:
                return await _board(area, view, tx)
        except (Missing, Invalid):
            return _page("missing.html", view, status=404, district=DISTRICT)

    return [router]


async def _board(area: str, view: View, tx: Tx) -> Response:
    head = await queries.board_head(tx, area)
    first = (view.page - 1) * queries.PAGE_SIZE
    is_township = head.code == head.township
    villages = await queries.villages_of(tx, head.code) if is_township else ()
    entries = await queries.board_entries(tx, head.code, view.kind, limit=queries.PAGE_SIZE, offset=first)
    total = head.initial if view.kind is Shelf.CURRENT else head.long_term
    return _page(
        "board.html",
        view,
        district=DISTRICT,
        head=head,
        is_township=is_township,
        villages=villages,
        entries=entries,
        pages=1 if is_township and view.kind is Shelf.CURRENT else -(-total // queries.PAGE_SIZE),
        kinds=Shelf,
    )


@asynccontextmanager
async def _reading(service: Service) -> AsyncIterator[Tx]:
    """A look as the public, through the gate like every other look."""
    async with service.reading(PUBLIC) as tx:
        await check(ACCESS["read-board"], "read-board", tx, Place(DISTRICT.code), recused)
        yield tx


def _page(template: str, view: View, *, status: int = 200, **facts: object) -> HTMLResponse:
    return HTMLResponse(PAGES.get_template(template).render(view=view, **facts), status, headers=HEADERS)


def _json(entry: queries.BoardEntry) -> dict[str, object]:
    return {
        "entry_id": entry.entry_id,
        "kind": entry.kind.value,
        "fields": [{"field": f.field, "label": f.label, "text": f.text} for f in entry.fields],
        "ends_on": entry.ends_on.isoformat() if entry.ends_on else None,
    }
