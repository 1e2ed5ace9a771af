"""When, where and by whom a form is filled in; handed in, so that the engine reads no clock and no dice."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal


@dataclass(frozen=True, slots=True, kw_only=True)
class Occasion:
    """What the device knows beside the answers; `properties` are what property() and preloads ask for."""

    now: Callable[[], datetime]
    uuid: Callable[[], str]
    chance: Callable[[], Decimal]
    properties: Mapping[str, str] = field(default_factory=dict)
    language: str = ""
