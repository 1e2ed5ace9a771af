"""The one place that knows the system clock. Everything else is handed an instant or a date."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path
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
    """Runs with real time, so far ahead of it as it was advanced; it is never turned back.

    With a `path` the lead over real time outlives the process, as what was decided in that time does.
    """

    def __init__(self, ahead: timedelta = timedelta(0), path: Path | None = None) -> None:
        self._path = path
        self._ahead = ahead
        if path and path.exists():
            self._ahead = max(ahead, timedelta(seconds=float(path.read_text())))

    def now(self) -> datetime:
        return datetime.now(UTC) + self._ahead

    def advance_to(self, instant: datetime) -> None:
        """Jump forward to `instant`; an earlier one changes nothing."""
        self._ahead = max(self._ahead, instant - datetime.now(UTC))
        if self._path:
            self._path.parent.mkdir(parents=True, exist_ok=True)
            self._path.write_text(str(self._ahead.total_seconds()))


def system_now() -> datetime:
    """Real time for tokens, leases and back-off, which no development clock may stretch."""
    return datetime.now(UTC)
