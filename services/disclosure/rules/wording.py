"""How long is left, in words that anybody at the board understands."""

from __future__ import annotations

from datetime import date

QUARTERS = 4


def time_left(today: date, ends_on: date) -> str:
    """The days that remain, as people say it."""
    days = (ends_on - today).days
    return f"还有 {days} 天" if days > 0 else "今天是最后一天"


def quarters_used(today: date, posted_on: date, ends_on: date) -> int:
    """How much of the period has passed, in quarters, for the filling disc."""
    length = max((ends_on - posted_on).days, 1)
    return max(0, min(QUARTERS, QUARTERS * (today - posted_on).days // length))


def chinese_day(day: date) -> str:
    """Month and day as printed on the board."""
    return f"{day.month}月{day.day}日"
