"""The one place that knows the system clock. Everything else is handed an instant or a date."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Protocol


class Clock(Protocol):
    """What a process tells the time by."""

    def now(self) -> datetime:
        """The present instant in UTC."""
        ...


class SystemClock:
    """Real time: the only clock of production mode."""

    def now(self) -> datetime:
        return datetime.now(UTC)


class DevelopmentClock:
    """Runs with real time from a chosen start and can be advanced, never turned back."""

    def __init__(self, start: datetime | None = None) -> None:
        self._ahead = start - datetime.now(UTC) if start else timedelta(0)

    def now(self) -> datetime:
        return datetime.now(UTC) + self._ahead

    def advance_to(self, instant: datetime) -> None:
        """Jump forward to `instant`; an earlier one changes nothing."""
        self._ahead = max(self._ahead, instant - datetime.now(UTC))


def system_now() -> datetime:
    """Real time for tokens, leases and back-off, which no development clock may stretch."""
    return datetime.now(UTC)
