"""Around every HTTP answer: where the call comes from, its trace, its duration, and headers that protect."""

from __future__ import annotations

import time
from collections.abc import Callable

import structlog
from starlette.datastructures import Headers, MutableHeaders
from starlette.requests import Request
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from services.common.runtime import observe, origin, trace

log = structlog.get_logger()
SAFE_HEADERS = {
    "Content-Security-Policy": (
        "default-src 'self'; frame-ancestors 'none'; form-action 'self'; base-uri 'none'"
    ),
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Cache-Control": "no-store",
}
METHODS = frozenset({"GET", "HEAD", "OPTIONS", "POST", "PUT", "PATCH", "DELETE"})
Apology = Callable[[Request], Response]


class Guard:
    """ASGI middleware: plain, because a wrapped request costs more than what it guards."""

    def __init__(self, app: ASGIApp, *, apologise: Apology) -> None:
        self._app = app
        self._apologise = apologise

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        headers, client = Headers(scope=scope), scope.get("client")
        told = (headers.get(name, "") for name in (origin.DEVICE_HEADER, origin.PURPOSE_HEADER))
        origin.came_from(client[0] if client else "", *told)
        parent = trace.read(headers.get(trace.HEADER, ""))
        with trace.span(scope["method"], kind="server", parent=parent):
            await self._answer(scope, receive, send)

    async def _answer(self, scope: Scope, receive: Receive, send: Send) -> None:
        started, status = time.monotonic(), 0

        async def safely(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
                answered = MutableHeaders(scope=message)
                for name, value in SAFE_HEADERS.items():
                    answered.setdefault(name, value)
            await send(message)

        try:
            await self._app(scope, receive, safely)
        except Exception as error:
            log.error("http.failed", path=scope["path"], exc_info=error)
            if status:
                raise  # half an answer is out: the line is cut, so that nobody takes it for a whole one
            await self._apologise(Request(scope))(scope, receive, safely)
        finally:
            route = getattr(scope.get("route"), "path", "")
            trace.rename(f"{scope['method']} {route}")
            method = scope["method"] if scope["method"] in METHODS else "other"
            observe.http_seconds.labels(method, route, status).observe(time.monotonic() - started)
