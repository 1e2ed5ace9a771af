"""Jinja as office pages use it: escaped, strict, the service's templates before the common ones."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from fastapi import APIRouter, Request, Response
from jinja2 import ChoiceLoader, Environment, FileSystemLoader, StrictUndefined

from services.common.pages.nav import SERVICES, SHELL, may_be_told, may_search, nav_for
from services.common.pages.words import FILTERS
from services.common.policy.law import Missing

if TYPE_CHECKING:
    from services.common.pages.session import OfficeSession

FOLDER = Path(__file__).parent / "templates"
STATIC = {path.name: path.read_bytes() for path in sorted((Path(__file__).parent / "static").iterdir())}
# In every address of a static file, so that it may be kept for good.
VERSION = hashlib.sha256(b"".join(STATIC.values())).hexdigest()[:12]
TYPES = {"css": "text/css; charset=utf-8", "js": "text/javascript; charset=utf-8", "svg": "image/svg+xml"}


def environment(*folders: Path) -> Environment:
    """Templates of `folders`, then the common ones."""
    made = Environment(
        loader=ChoiceLoader([FileSystemLoader(folder) for folder in (*folders, FOLDER)]),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.filters.update(FILTERS)
    return made


def layout(request: Request, session: OfficeSession | None) -> Mapping[str, Any]:
    """What the layout needs on every page."""
    first = request.url.path.split("/")[1]
    service = first if first in SERVICES else SHELL
    return {
        "static": f"/{service}/static/{VERSION}",
        "session": session,
        "nav": nav_for(session.posts if session else (), request.url.path),
        "may_search": may_search(session.posts if session else ()),
        "may_be_told": may_be_told(session.posts if session else ()),
        "path": request.url.path,
    }


def static_routes(service: str) -> APIRouter:
    """The common look under the service's own path: it stays whole while another service is down."""
    router = APIRouter(include_in_schema=False)

    @router.get(f"/{service}/static/{{version}}/{{name}}")
    async def static(version: str, name: str) -> Response:
        if name not in STATIC:
            raise Missing("这个文件")
        headers = {"Cache-Control": "public, max-age=31536000, immutable"}
        return Response(STATIC[name], media_type=TYPES[name.rsplit(".", 1)[-1]], headers=headers)

    return router
