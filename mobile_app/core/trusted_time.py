"""The time to believe: the office's as last heard, carried on by the tablet's clock, and never backwards.

A tablet whose battery was taken out wakes in January 1970. No legal date rests on its clock, but what was
recorded should still be in order, and a lease must not be stretched by turning the clock back.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

from mobile_app.core.journal import Journal

OFFSET, LATEST = "clock-offset", "clock-latest"
WORTH_TELLING = timedelta(minutes=10)
WORTH_KEEPING = timedelta(minutes=1)


class TrustedTime:
    """Reads and keeps two notes of the journal; `device` is the tablet's own clock."""

    def __init__(self, journal: Journal, device: Callable[[], datetime]) -> None:
        self._journal = journal
        self._device = device

    def now(self) -> datetime:
        """The office's time as well as it is known; at least the latest that was ever seen."""
        at = self._device() + self.offset
        latest = self._latest()
        if latest is not None and at < latest:
            return latest
        if latest is None or at - latest > WORTH_KEEPING:
            self._journal.set_note(LATEST, at.astimezone(UTC).isoformat())
        return at

    def heard(self, office: datetime) -> None:
        """The office just said what time it is."""
        offset = office - self._device()
        self._journal.set_note(OFFSET, str(offset.total_seconds()))
        # A clock that ran ahead is believed no longer.
        self._journal.set_note(LATEST, office.astimezone(UTC).isoformat())

    @property
    def offset(self) -> timedelta:
        return timedelta(seconds=float(self._journal.note(OFFSET) or 0))

    @property
    def warning(self) -> str:
        """What to tell the person whose tablet is wrong; empty while it is right."""
        off = self.offset
        if abs(off) < WORTH_TELLING:
            return ""
        minutes = int(abs(off).total_seconds() // 60)
        way = "慢" if off > timedelta() else "快"
        span = f"{minutes}分钟" if minutes < 2 * 60 else f"{minutes // 60}小时"
        if minutes >= 2 * 24 * 60:
            span = f"{minutes // (24 * 60)}天"
        return f"平板时间{way}了约{span}，请在系统设置里校准；记录已按单位时间登记"

    def _latest(self) -> datetime | None:
        kept = self._journal.note(LATEST)
        return datetime.fromisoformat(kept) if kept else None
