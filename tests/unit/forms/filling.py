"""Forms for tests, written as small sheets, and an occasion whose clock and dice are known."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from decimal import Decimal
from itertools import count

from pyxform.xls2xform import convert

from services.common.forms.occasion import Occasion
from services.common.forms.program import Program, compile_program
from services.common.forms.session import Session
from services.common.forms.xform import parse_form
from services.common.policy.calendar import SHANGHAI

SETTINGS = """
| settings | | | |
| | form_title | form_id | version |
| | 测试表 | trial | 1 |
"""


def occasion(language: str = "") -> Occasion:
    """16 September 2026, half past nine; ids count up, dice always show a quarter."""
    ids = count(1)
    return Occasion(
        now=lambda: datetime(2026, 9, 16, 9, 30, tzinfo=SHANGHAI),
        uuid=lambda: f"01920000-0000-7000-8000-{next(ids):012d}",
        chance=lambda: Decimal("0.25"),
        properties={"username": "w-17", "deviceid": "tablet-3"},
        language=language,
    )


def xform(sheet: str) -> str:
    """The XForm of a sheet; one without settings gets some."""
    whole = sheet if "| settings" in sheet else sheet.rstrip() + SETTINGS
    return convert(whole, file_type=".md").xform


def program(sheet: str, files: Mapping[str, str] | None = None) -> Program:
    return compile_program(parse_form(xform(sheet)), files or {})


def started(sheet: str, files: Mapping[str, str] | None = None) -> Session:
    return Session.start(program(sheet, files), occasion())
