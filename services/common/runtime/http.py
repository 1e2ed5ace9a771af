"""HTTP: one app for the office and tablets, one for the public; one table from refusal to page or JSON."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape
from typing import Annotated

import structlog
from fastapi import Depends, FastAPI, Request, Response
from fastapi.responses import HTMLResponse, JSONResponse
from prometheus_client import CONTENT_TYPE_LATEST

from services.common.policy.law import Conflict, Forbidden, Invalid, Missing, Refused, TooLarge
from services.common.runtime.actor import Actor
from services.common.runtime.auth import Keys, NotSignedIn
from services.common.runtime.doors import SESSION_COOKIE as SESSION_COOKIE
from services.common.runtime.doors import door, doors_of, signed_in
from services.common.runtime.guard import SAFE_HEADERS as SAFE_HEADERS
from services.common.runtime.guard import Guard
from services.common.runtime.kept_pages import Shortcut
from services.common.runtime.metrics import exposition
from services.common.runtime.quota import Quotas, TooMany
from services.common.runtime.service import Service

log = structlog.get_logger()

# A refusal and the status a browser or tablet sees; the first row that fits counts.
STATUS: tuple[tuple[type[Exception], int], ...] = (
    (NotSignedIn, 401),
    (Forbidden, 403),
    (Refused, 409),
    (TooLarge, 413),
    (Invalid, 422),
    (Missing, 404),
    (Conflict, 409),
    (TooMany, 429),
)


def office_app(services: Sequence[Service], keys: Keys) -> FastAPI:
    """Everything behind sign-in: office pages, the tablet's interface, health and metrics."""
    app = _app(services)
    app.state.keys = keys
    for service in services:
        if service.blueprint.routes:
            for router in service.blueprint.routes(service):
                app.include_router(router)

    @app.get("/metrics", include_in_schema=False)
    async def metrics() -> Response:
        return Response(await exposition(services), media_type=CONTENT_TYPE_LATEST)

    return app


def public_app(services: Sequence[Service]) -> FastAPI:
    """The public board: an app of its own, which can reach nothing but public routes."""
    app = _app(services)
    for service in services:
        if service.blueprint.public_routes:
            for router in service.blueprint.public_routes(service):
                app.include_router(router)
        if service.blueprint.public_shortcut:
            app.add_middleware(Shortcut, answer=service.blueprint.public_shortcut(service))
    return app


SignedIn = Annotated[Actor, Depends(signed_in)]


def _app(services: Sequence[Service]) -> FastAPI:
    app = FastAPI(
        title="Jiuzhu 救助", docs_url=None, redoc_url=None, openapi_url=None, dependencies=[Depends(door)]
    )
    app.state.doors = doors_of(services)
    app.state.services = tuple(services)
    app.state.quotas = Quotas.of(services[0].settings) if services else None
    for type_, _ in STATUS:
        app.add_exception_handler(type_, refuse)

    app.add_middleware(Guard, apologise=_apologise)

    @app.get("/livez", include_in_schema=False)
    async def livez() -> dict[str, object]:
        return {"status": "alive", "services": {service.name: "alive" for service in services}}

    @app.get("/readyz", include_in_schema=False)
    async def readyz(response: Response) -> dict[str, object]:
        return await _readiness(services, response)

    return app


async def _readiness(services: Sequence[Service], response: Response) -> dict[str, object]:
    """Ready with every database answering. Without Kafka work is taken in all the same: degraded."""
    states = {service.name: await _state(service) for service in services}
    found = {state["status"] for state in states.values()}
    worst = next((status for status in ("unready", "degraded") if status in found), "ready")
    if worst == "unready":
        response.status_code = 503
    return {"status": worst, "services": states}


async def _state(service: Service) -> dict[str, str]:
    events = "ok" if service.bus_connected else "waiting for Kafka"
    try:
        await service.database.ping()
    except Exception as error:
        return {"status": "unready", "database": type(error).__name__, "events": events}
    return {
        "status": "ready" if service.bus_connected else "degraded",
        "database": "ok",
        "events": events,
    }


def _apologise(request: Request) -> Response:
    return _answer(request, 500, "internal", "系统内部错误,已记录。请稍后再试")


async def refuse(request: Request, error: Exception) -> Response:
    """Answer a refusal as a page to a browser and as JSON to everyone else."""
    status = next(code for type_, code in STATUS if isinstance(error, type_))
    article = getattr(error, "article", None)
    answer = _answer(
        request,
        status,
        getattr(error, "code", "refused"),
        str(error),
        article=article.id if article else "",
        field=getattr(error, "field", ""),
    )
    if isinstance(error, TooMany):
        answer.headers["Retry-After"] = str(error.retry_after)
    return answer


def _answer(
    request: Request, status: int, code: str, message: str, *, article: str = "", field: str = ""
) -> Response:
    if "text/html" in request.headers.get("accept", ""):
        note = f"<p>依据:{escape(article)}</p>" if article else ""
        return HTMLResponse(
            "<!doctype html><html lang=zh-CN><meta charset=utf-8><title>不能办理</title>"
            f"<main><h1>不能办理</h1><p>{escape(message)}</p>{note}<p><a href='/'>返回</a></p></main></html>",
            status,
        )
    body = {"code": code, "message": message, "article": article, "field": field}
    return JSONResponse({key: value for key, value in body.items() if value}, status)
