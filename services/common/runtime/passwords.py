"""Secrets that people and systems sign in with: argon2id, in a thread, a few at a time."""

from __future__ import annotations

import asyncio
import hashlib
import hmac
import os
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from weakref import WeakValueDictionary

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from services.common.runtime.settings import Settings

# One check takes 64 MiB: more at once would let a stranger fill the memory.
AT_ONCE = 2
REMEMBERED_SECONDS = 60.0


class Passwords:
    """Hashes and checks with the costs of the settings."""

    def __init__(self, settings: Settings) -> None:
        cost = settings.password_cost
        self._hasher = PasswordHasher(
            time_cost=cost.passes, memory_cost=cost.memory_kib, parallelism=cost.lanes
        )
        self._few = asyncio.Semaphore(AT_ONCE)
        self._nobodys: str | None = None
        self._right: dict[bytes, float] = {}
        self._own_key = os.urandom(32)
        self._checking: WeakValueDictionary[bytes, asyncio.Lock] = WeakValueDictionary()

    async def hash(self, secret: str) -> str:
        async with self._few:
            return await asyncio.to_thread(self._hasher.hash, secret)

    async def fits(self, secret: str, hashed: str | None) -> bool:
        """Whether the secret is the one. For nobody's hash the same work is done, and the answer is no."""
        if self._nobodys is None:
            self._nobodys = await self.hash("nobody's")
        async with self._few:
            right = await asyncio.to_thread(self._verify, secret, hashed or self._nobodys)
        return right and hashed is not None

    @asynccontextmanager
    async def one_check(self, secret: str, hashed: str) -> AsyncIterator[None]:
        """Calls that bring the same secret at the same moment wait for the first one's answer."""
        lock = self._checking.setdefault(self._mark(secret, hashed), asyncio.Lock())
        async with lock:
            yield

    def was_right(self, secret: str, hashed: str) -> bool:
        """Whether it fitted less than a minute ago: for programs that send it along with every call."""
        return time.monotonic() < self._right.get(self._mark(secret, hashed), 0.0)

    def remember(self, secret: str, hashed: str) -> None:
        now = time.monotonic()
        self._right = {mark: until for mark, until in self._right.items() if until > now}
        self._right[self._mark(secret, hashed)] = now + REMEMBERED_SECONDS

    def _mark(self, secret: str, hashed: str) -> bytes:
        """Neither the secret nor anything a guesser could try words on stays in memory after the process."""
        return hmac.new(self._own_key, f"{hashed}|{secret}".encode(), hashlib.sha256).digest()

    def is_outdated(self, hashed: str) -> bool:
        """Whether a hash was made with other costs than those of today."""
        return self._hasher.check_needs_rehash(hashed)

    def _verify(self, secret: str, hashed: str) -> bool:
        try:
            return self._hasher.verify(hashed, secret)
        except (VerificationError, InvalidHashError):
            return False
