"""Pages that are the same for everybody: made now and then, otherwise served from memory with their ETag."""

from __future__ import annotations

import asyncio
import hashlib
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from starlette.requests import Request
from starlette.responses import Response
from starlette.types import ASGIApp, Receive, Scope, Send

Make = Callable[[], Awaitable[tuple[bytes, str]]]


@dataclass(frozen=True, slots=True)
class KeptPage:
    """A page that was made, and until when it is good."""

    until: float
    body: bytes
    media_type: str
    etag: str


class Shortcut:
    """Before the app: what lies in memory is answered without routes, doors and parsing."""

    def __init__(self, app: ASGIApp, answer: Callable[[Request], Response | None]) -> None:
        self._app, self._answer = app, answer

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http" and scope["method"] == "GET":
            answer = self._answer(Request(scope))
            if answer is not None:
                await answer(scope, receive, send)
                return
        await self._app(scope, receive, send)


class KeptPages:
    """The pages of one process; all are forgotten when there are too many."""

    def __init__(self, seconds: float, most: int, stopwatch: Callable[[], float] = time.monotonic) -> None:
        self._seconds, self._most, self._stopwatch = seconds, most, stopwatch
        self._pages: dict[str, KeptPage] = {}
        self._making: dict[str, asyncio.Future[KeptPage]] = {}

    def fresh(self, key: str) -> KeptPage | None:
        """The page if it is good, without making it."""
        found = self._pages.get(key)
        return found if found is not None and found.until >= self._stopwatch() else None

    async def get(self, key: str, make: Make) -> KeptPage:
        """The page under `key`, made anew where it is too old; whoever asks meanwhile waits for it."""
        if (found := self.fresh(key)) is not None:
            return found
        being_made = self._making.get(key)
        if being_made is None:
            being_made = self._making[key] = asyncio.ensure_future(self._made(key, make))
            being_made.add_done_callback(lambda _: self._making.pop(key, None))
        return await asyncio.shield(being_made)

    async def _made(self, key: str, make: Make) -> KeptPage:
        body, media_type = await make()
        mark = hashlib.sha256(body).hexdigest()[:20]
        if len(self._pages) >= self._most:
            self._pages.clear()
        page = KeptPage(self._stopwatch() + self._seconds, body, media_type, f'"{mark}"')
        self._pages[key] = page
        return page
