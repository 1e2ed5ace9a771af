"""Dates, money and names of areas as office pages write them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, datetime
from typing import Any

from services.common.policy.areas import DISTRICT, unit
from services.common.policy.articles import ARTICLES
from services.common.policy.calendar import SHANGHAI
from services.common.policy.money import yuan
from services.common.policy.roles import AreaLevel, Role, area_level

WEEKDAYS = "一二三四五六日"
NOTHING = "—"


def day(value: date | str | None, today: date | None = None) -> str:
    """`10月13日`; another year than today's is written out. What is missing is a dash."""
    if not value:
        return NOTHING
    on = date.fromisoformat(value) if isinstance(value, str) else value
    short = f"{on.month}月{on.day}日"
    return short if today and on.year == today.year else f"{on.year}年{short}"


def long_day(value: date) -> str:
    """`2026年10月13日 星期二`."""
    return f"{value.year}年{value.month}月{value.day}日 星期{WEEKDAYS[value.weekday()]}"


def moment(value: datetime | str | None, today: date | None = None) -> str:
    """Day and minute in Shanghai."""
    if not value:
        return NOTHING
    instant = datetime.fromisoformat(value) if isinstance(value, str) else value
    local = instant.astimezone(SHANGHAI)
    return f"{day(local.date(), today)} {local:%H:%M}"


def money(fen: int | None) -> str:
    return NOTHING if fen is None else yuan(fen)


def body(area: str) -> str:
    """The office that works for an area, as the top of the page names it."""
    if area_level(area) is AreaLevel.DISTRICT:
        return DISTRICT.bureau
    return f"{unit(area).name}民政办" if area_level(area) is AreaLevel.TOWNSHIP else unit(area).name


def township(area: str) -> str:
    return DISTRICT.name if area_level(area) is AreaLevel.DISTRICT else unit(area).name


def role(value: str) -> str:
    return Role(value).chinese


def article(value: str) -> str:
    """The title of an article; an id that is none stands for itself."""
    found = ARTICLES.get(value)
    return found.title if found else value


def short(value: str) -> str:
    """The last part of an id: enough to tell two rows apart while a name is not there."""
    return value.replace("-", "")[-6:].upper()


FILTERS: Mapping[str, Callable[..., Any]] = {
    "day": day,
    "long_day": long_day,
    "moment": moment,
    "money": money,
    "body": body,
    "township": township,
    "role": role,
    "article": article,
    "short": short,
}
