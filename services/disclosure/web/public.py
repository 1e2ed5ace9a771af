"""The public board: pages and JSON that anybody may read, without script, cookie or index entry.

A page is made at most once a second and then served from memory with its ETag; a browser or a proxy keeps it
for three more, and none of them past midnight in memory. A flood of readers costs little, and what is taken
down is gone everywhere within five seconds.
"""

from __future__ import annotations

import json
from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType
from urllib.parse import urlencode
from weakref import WeakKeyDictionary

from fastapi import APIRouter, Request, Response
from fastapi.responses import HTMLResponse, RedirectResponse
from jinja2 import Environment, FileSystemLoader, StrictUndefined

from services.common.policy.areas import DISTRICT
from services.common.policy.calendar import legal_day
from services.common.policy.law import Invalid, Missing
from services.common.runtime.actor import PUBLIC
from services.common.runtime.gate import Place, check
from services.common.runtime.kept_pages import KeptPage, KeptPages, Make
from services.common.runtime.quota import Addresses, TooMany
from services.common.runtime.service import Service
from services.common.runtime.townships import Quota
from services.common.runtime.tx import Tx
from services.disclosure import queries
from services.disclosure.access import ACCESS, recused
from services.disclosure.model import Shelf

HERE = Path(__file__).parents[1]
FRESH_SECONDS, KEPT_SECONDS = 1.0, 3
MOST_PAGES = 5_000
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


def pages(service: Service) -> APIRouter:
    """The index, the boards and what they look like."""
    router = APIRouter()

    @router.get("/")
    @router.get("/board")
    async def door() -> Response:
        return RedirectResponse("/board/", headers=HEADERS)

    @router.get("/board/")
    async def index(request: Request) -> Response:
        view = View.of(request)
        async with reading(service) as tx:
            lines = await queries.townships(tx)
        return page("index.html", view, district=DISTRICT, townships=lines)

    @router.get("/board/static/{name}")
    async def style(name: str) -> Response:
        if name not in STYLES:
            raise Missing("这个文件")
        headers = HEADERS | {"Cache-Control": "public, max-age=3600"}
        return Response(STYLES[name], media_type="text/css; charset=utf-8", headers=headers)

    @router.get("/board/{area}.json")
    async def listed(area: str, request: Request) -> Response:
        async def made() -> tuple[bytes, str]:
            async with reading(service) as tx:
                head = await queries.board_head(tx, area)
                entries = await queries.both_lists(tx, head.code)
            body = {"area": head.code, "name": head.name, "as_of": head.today.isoformat()}
            whole = body | {"entries": [_json(entry) for entry in entries]}
            return json.dumps(whole, ensure_ascii=False).encode(), "application/json"

        return await cached(service, request, made)

    @router.get("/board/{area}")
    async def board(area: str, request: Request) -> Response:
        async def made() -> tuple[bytes, str]:
            async with reading(service) as tx:
                return await _board(area, View.of(request), tx), "text/html; charset=utf-8"

        try:
            return await cached(service, request, made)
        except (Missing, Invalid):
            return page("missing.html", View.of(request), status=404, district=DISTRICT)

    return router


async def cached(service: Service, request: Request, make: Make) -> Response:
    """The page from memory if it is fresh, 304 if the reader has it, 429 for an address that scrapes."""
    pages, limits = _shared(service)
    if limits is not None:
        limits.admit(request.client.host if request.client else "")
    return _kept(request, await pages.get(_key(service, request), make))


def shortcut(service: Service) -> Callable[[Request], Response | None]:
    """What lies fresh in memory, before the app is asked; who reads too fast is left to the app."""

    def answer(request: Request) -> Response | None:
        pages, limits = _shared(service)
        found = pages.fresh(_key(service, request))
        if found is None:
            return None
        try:
            if limits is not None:
                limits.admit(request.client.host if request.client else "")
        except TooMany:
            return None
        return _kept(request, found)

    return answer


def _key(service: Service, request: Request) -> str:
    """A page of one legal day: what ends at midnight is not kept over it."""
    query = request.scope["query_string"].decode("latin-1")
    return f"{legal_day(service.clock.now())}{request.scope['path']}?{query}"


def _kept(request: Request, found: KeptPage) -> Response:
    headers = HEADERS | {
        "Cache-Control": f"public, max-age={KEPT_SECONDS}",
        "ETag": found.etag,
        "X-Content-Type-Options": "nosniff",
    }
    if request.headers.get("if-none-match") == found.etag:
        return Response(status_code=304, headers=headers)
    return Response(found.body, media_type=found.media_type, headers=headers)


_SHARED: WeakKeyDictionary[Service, tuple[KeptPages, Addresses | None]] = WeakKeyDictionary()


def _shared(service: Service) -> tuple[KeptPages, Addresses | None]:
    """The pages in memory and the buckets at the door of one service."""
    if service not in _SHARED:
        rate = service.settings.board_per_second
        limits = Addresses(Quota(per_second=rate, burst=int(rate * 5))) if rate else None
        _SHARED[service] = (KeptPages(FRESH_SECONDS, MOST_PAGES), limits)
    return _SHARED[service]


async def _board(area: str, view: View, tx: Tx) -> bytes:
    head = await queries.board_head(tx, area)
    first = (view.page - 1) * queries.PAGE_SIZE
    is_township = head.code == head.township
    villages = await queries.villages_of(tx, head.code) if is_township else ()
    entries = await queries.board_entries(tx, head.code, view.kind, limit=queries.PAGE_SIZE, offset=first)
    total = head.initial if view.kind is Shelf.CURRENT else head.long_term
    return render(
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
async def reading(service: Service) -> AsyncIterator[Tx]:
    """A look as the public, through the gate like every other look."""
    async with service.reading(PUBLIC) as tx:
        await check(ACCESS["read-board"], "read-board", tx, Place(DISTRICT.code), recused)
        yield tx


def render(template: str, view: View, **facts: object) -> bytes:
    return PAGES.get_template(template).render(view=view, **facts).encode()


def page(
    template: str,
    view: View,
    *,
    status: int = 200,
    headers: Mapping[str, str] = MappingProxyType({}),
    **facts: object,
) -> HTMLResponse:
    """A page made for this reader alone."""
    return HTMLResponse(render(template, view, **facts), status, headers={**HEADERS, **headers})


def _json(entry: queries.BoardEntry) -> dict[str, object]:
    return {
        "entry_id": entry.entry_id,
        "kind": entry.kind.value,
        "fields": [{"field": f.field, "label": f.label, "text": f.text} for f in entry.fields],
        "ends_on": entry.ends_on.isoformat() if entry.ends_on else None,
    }
