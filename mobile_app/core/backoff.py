"""How long to wait after a failure: longer each time, never twice the same, never for good."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

FIRST, LONGEST = timedelta(seconds=15), timedelta(minutes=30)


def pause(failures: int, chance: Callable[[], float], told: float | None = None) -> timedelta:
    """The wait after so many failures in a row, half of it by chance; at least what the office asked for.

    Without chance all tablets of a township would come back at once when a server does.
    """
    whole: timedelta = min(FIRST * 2 ** min(max(failures - 1, 0), 20), LONGEST)
    wait = whole / 2 + whole / 2 * chance()
    return max(wait, timedelta(seconds=min(told or 0.0, LONGEST.total_seconds())))
