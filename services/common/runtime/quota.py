"""The token bucket at the door: a township that floods is told to wait, and no other township notices."""

from __future__ import annotations

import math
import time
from collections.abc import Callable
from dataclasses import dataclass

from services.common.runtime.actor import Actor
from services.common.runtime.settings import Settings
from services.common.runtime.townships import Quota

TOWNSHIP_DIGITS = 9
MOST_ADDRESSES = 50_000


class TooMany(Exception):
    """More calls than the township's quota; `retry_after` says how many seconds to wait."""

    code = "too-many"

    def __init__(self, retry_after: int) -> None:
        super().__init__(f"请求过于频繁,请 {retry_after} 秒后再试")
        self.retry_after = retry_after


@dataclass(slots=True)
class Bucket:
    """Holds up to `burst` tokens and gains `per_second`; a call takes one."""

    quota: Quota
    tokens: float
    at: float

    def take(self, now: float) -> float:
        """Take a token: 0, or the seconds until there is one."""
        self.tokens = min(self.quota.burst, self.tokens + (now - self.at) * self.quota.per_second)
        self.at = now
        if self.tokens >= 1:
            self.tokens -= 1
            return 0.0
        return (1 - self.tokens) / self.quota.per_second


class Quotas:
    """A bucket for each township, as one door of one process sees it."""

    def __init__(
        self, quota_of: Callable[[str], Quota], stopwatch: Callable[[], float] = time.monotonic
    ) -> None:
        self._quota_of = quota_of
        self._stopwatch = stopwatch
        self._buckets: dict[str, Bucket] = {}

    @classmethod
    def of(cls, settings: Settings) -> Quotas | None:
        """The quotas of townships_file; without the file nobody is counted."""
        return cls(settings.townships.quota_of) if settings.townships_file else None

    def admit_actor(self, actor: Actor) -> None:
        """Count a call against the actor's township; the district and its systems belong to none."""
        areas = sorted(actor.areas)
        if areas and all(len(area) >= TOWNSHIP_DIGITS for area in areas):
            self.admit(areas[0][:TOWNSHIP_DIGITS])

    def admit(self, township: str) -> None:
        """Let one call of the township in; TooMany if it has to wait."""
        now = self._stopwatch()
        bucket = self._buckets.get(township)
        if bucket is None:
            quota = self._quota_of(township)
            bucket = self._buckets[township] = Bucket(quota, quota.burst, now)
        if wait := bucket.take(now):
            raise TooMany(math.ceil(wait))


class Addresses:
    """A bucket for each address that asks without sign-in; past a number the oldest are forgotten."""

    def __init__(self, quota: Quota, stopwatch: Callable[[], float] = time.monotonic) -> None:
        self._quota = quota
        self._stopwatch = stopwatch
        self._buckets: dict[str, Bucket] = {}

    def admit(self, address: str) -> None:
        """TooMany for an address that asks more often than its quota."""
        now = self._stopwatch()
        bucket = self._buckets.pop(address, None) or Bucket(self._quota, self._quota.burst, now)
        self._buckets[address] = bucket
        if len(self._buckets) > MOST_ADDRESSES:
            del self._buckets[next(iter(self._buckets))]
        if wait := bucket.take(now):
            raise TooMany(math.ceil(wait))
