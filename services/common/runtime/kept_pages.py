"""Pages that are the same for everybody: made now and then, otherwise served from memory with their ETag."""

from __future__ import annotations

import hashlib
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass

Make = Callable[[], Awaitable[tuple[bytes, str]]]


@dataclass(frozen=True, slots=True)
class KeptPage:
    """A page that was made, and until when it is good."""

    until: float
    body: bytes
    media_type: str
    etag: str


class KeptPages:
    """The pages of one process; all are forgotten when there are too many."""

    def __init__(self, seconds: float, most: int, stopwatch: Callable[[], float] = time.monotonic) -> None:
        self._seconds, self._most, self._stopwatch = seconds, most, stopwatch
        self._pages: dict[str, KeptPage] = {}

    async def get(self, key: str, make: Make) -> KeptPage:
        """The page under `key`, made anew where it is older than it may be."""
        found, now = self._pages.get(key), self._stopwatch()
        if found is None or found.until < now:
            body, media_type = await make()
            mark = hashlib.sha256(body).hexdigest()[:20]
            found = KeptPage(now + self._seconds, body, media_type, f'"{mark}"')
            if len(self._pages) >= self._most:
                self._pages.clear()
            self._pages[key] = found
        return found
