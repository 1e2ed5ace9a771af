"""Values inside expressions: text, exact numbers, truth and moments, and how one is read as another.

Empty is blank: neither 0 nor an error. A blank number is None, every other blank is the empty text.
"""

from __future__ import annotations

import re
import unicodedata
from datetime import date, datetime, time, timedelta
from decimal import ROUND_HALF_UP, Context, Decimal, localcontext

from services.common.policy.calendar import SHANGHAI

Value = str | Decimal | bool | date | time | None

NUMBER = re.compile(r"[+-]?([0-9]{1,30}(\.[0-9]{0,30})?|\.[0-9]{1,30})")
DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
# Enough for any sum of money; what a division leaves over is rounded away before it is compared or shown.
ARITHMETIC = Context(prec=40, rounding=ROUND_HALF_UP, traps=[])
SHOWN_PLACES = 12
_SNAP = Decimal(1).scaleb(-20)
_SHOWN = Decimal(1).scaleb(-SHOWN_PLACES)
_EPOCH = date(1970, 1, 1).toordinal()
_SECONDS_OF_DAY = 86_400


def number(value: Value) -> Decimal | None:
    """The value as a number; None where it is blank or none."""
    if type(value) is Decimal:
        return value
    if type(value) is str:
        return parse_number(value)
    if value is None:
        return None
    if isinstance(value, bool):
        return Decimal(int(value))
    if isinstance(value, datetime):
        return day_number(value.date()) + _of_day(value.time())
    if isinstance(value, date):
        return day_number(value)
    return _of_day(value) if isinstance(value, time) else None


def parse_number(text: str) -> Decimal | None:
    """What stands in a text as a number: `１２.５` yes; `1,000`, `1e5` and `infinity` no."""
    if not text:
        return None
    plain = text.strip() if text.isascii() else unicodedata.normalize("NFKC", text).strip()
    return Decimal(plain) if NUMBER.fullmatch(plain) else None


def day_number(day: date) -> Decimal:
    """Days since 1970-01-01."""
    return Decimal(day.toordinal() - _EPOCH)


def _of_day(moment: time) -> Decimal:
    seconds = moment.hour * 3600 + moment.minute * 60 + moment.second
    return ARITHMETIC.divide(Decimal(seconds), Decimal(_SECONDS_OF_DAY)).quantize(_SHOWN)


def text(value: Value) -> str:
    """The value as it is stored and shown."""
    if type(value) is str:
        return value
    if type(value) is Decimal:
        return number_text(value)
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, datetime):
        return value.isoformat(timespec="milliseconds")
    if isinstance(value, time):
        return value.isoformat(timespec="milliseconds")
    return value.isoformat() if isinstance(value, date) else str(value)


def number_text(value: Decimal) -> str:
    """Digits without exponent; `1280.50` shows as `1280.5`, as every engine of this kind does."""
    shown = snap(value)
    plain = f"{shown:f}"
    if "." in plain:
        if len(plain) - plain.index(".") - 1 > SHOWN_PLACES:
            plain = f"{half_up(shown, SHOWN_PLACES):f}"
        plain = plain.rstrip("0").rstrip(".")
    return "0" if plain in ("-0", "") else plain


def truth(value: Value) -> bool:
    """Whether the value counts as yes: a text with letters, a number that is not 0."""
    if type(value) is bool:
        return value
    if type(value) is str:
        return value != ""
    if type(value) is Decimal:
        return value != 0
    return value is not None


def snap(value: Decimal) -> Decimal:
    """The number without the crumbs of a division: a third three times is one again."""
    exponent = value.as_tuple().exponent
    if not isinstance(exponent, int) or exponent >= -20:
        return value
    return value.quantize(_SNAP, rounding=ROUND_HALF_UP, context=ARITHMETIC)


def half_up(value: Decimal, places: int) -> Decimal:
    """Rounded half away from zero, as people round money."""
    if places < -60 or places > 60:
        return value
    with localcontext(ARITHMETIC) as context:
        context.prec = 120
        return snap(value).quantize(Decimal(1).scaleb(-places), rounding=ROUND_HALF_UP)


def equal(left: Value, right: Value) -> bool:
    """XPath's equality: truth first, then numbers, then texts; a blank number equals nothing but a blank."""
    if type(left) is str and type(right) is str:
        return left == right
    if isinstance(left, bool) or isinstance(right, bool):
        return truth(left) is truth(right)
    if left is None or right is None:
        return (left is None or left == "") and (right is None or right == "")
    if type(left) is Decimal or type(right) is Decimal:
        one, other = number(left), number(right)
        return one is not None and other is not None and (one == other or snap(one) == snap(other))
    if isinstance(left, str) or isinstance(right, str):
        return _day_text(left) == _day_text(right)
    return number(left) == number(right)


def _day_text(value: Value) -> str:
    return text(value)


def order(left: Value, right: Value) -> int | None:
    """-1, 0 or 1; None where one of them is blank or no number: then no comparison holds."""
    one, other = _measure(left, right), _measure(right, left)
    if one is None or other is None:
        return None
    if one == other:
        return 0
    one, other = snap(one), snap(other)
    return (one > other) - (one < other)


def _measure(value: Value, other: Value) -> Decimal | None:
    # A day that a calculation keeps as text is still a day beside another day.
    if type(value) is str and isinstance(other, date | time) and value:
        return number(moment(value))
    return number(value)


def moment(value: Value) -> Value:
    """A day or an instant out of text or a count of days; blank where it is none."""
    if isinstance(value, date):
        return value
    if type(value) is str:
        return parse_moment(value)
    days = number(value)
    if days is None or isinstance(value, bool | time):
        return ""
    return from_days(days)


def parse_moment(source: str) -> Value:
    """`2026-09-14` is a day, `2026-09-14T09:30:00.000+08:00` an instant; all else is blank."""
    try:
        if DAY.fullmatch(source):
            return date.fromisoformat(source)
        return in_zone(datetime.fromisoformat(source)) if "T" in source else ""
    except ValueError:
        return ""


def in_zone(instant: datetime) -> datetime:
    """The instant on the clock of the district; a clock without a zone was that clock."""
    return instant.replace(tzinfo=SHANGHAI) if instant.tzinfo is None else instant.astimezone(SHANGHAI)


def from_days(days: Decimal) -> Value:
    """Days since 1970-01-01, with a fraction as an instant."""
    whole = int(days.to_integral_value(rounding="ROUND_FLOOR"))
    try:
        day = date.fromordinal(_EPOCH + whole)
    except (ValueError, OverflowError):
        return ""
    seconds = half_up((days - whole) * _SECONDS_OF_DAY, 3)
    if not seconds:
        return day
    midnight = datetime(day.year, day.month, day.day, tzinfo=SHANGHAI)
    return midnight + timedelta(milliseconds=int(seconds * 1000))
