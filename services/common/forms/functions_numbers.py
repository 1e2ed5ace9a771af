"""Functions of numbers: exact decimals with half-up rounding; the functions of geometry are not for money."""

from __future__ import annotations

import math
from collections.abc import Callable
from decimal import Decimal

from services.common.forms.code import Sort
from services.common.forms.functions import plain
from services.common.forms.values import ARITHMETIC, Value, half_up, number, snap

MEASURED_PLACES = 12
EARTH_RADIUS = 6_378_137
LARGEST_POWER = 1000


@plain(
    "number",
    "v",
    Sort.NUMBER,
    "number(值)",
    "The value as a number; blank where it is none.",
    ("number('12.50')", "12.5"),
    ("number('１２')", "12"),
    ("number('1,000')", ""),
    ("number('1e5')", ""),
)
def _number(value: Value) -> Decimal | None:
    return number(value)


@plain(
    "round",
    "n?n",
    Sort.NUMBER,
    "round(数, 小数位)",
    "Rounded half away from zero; JavaRosa rounds -2.5 to -2, here it is -3.",
    ("round(2.345, 2)", "2.35"),
    ("round(-2.5)", "-3"),
    ("round(1250, -2)", "1300"),
    ("round(100.10 + 0.05, 2)", "100.15"),
)
def _round(value: Decimal | None, places: Decimal | None = None) -> Decimal | None:
    return None if value is None else half_up(value, int(places or 0))


@plain(
    "int",
    "n",
    Sort.NUMBER,
    "int(数)",
    "The whole part.",
    ("int(2.9)", "2"),
    ("int(-2.9)", "-2"),
    ("int((1 div 3) * 3)", "1"),
)
def _int(value: Decimal | None) -> Decimal | None:
    return None if value is None else snap(value).to_integral_value(rounding="ROUND_DOWN")


@plain("floor", "n", Sort.NUMBER, "floor(数)", "The next whole number below.", ("floor(-2.1)", "-3"))
def _floor(value: Decimal | None) -> Decimal | None:
    return None if value is None else snap(value).to_integral_value(rounding="ROUND_FLOOR")


@plain("ceiling", "n", Sort.NUMBER, "ceiling(数)", "The next whole number above.", ("ceiling(2.1)", "3"))
def _ceiling(value: Decimal | None) -> Decimal | None:
    return None if value is None else snap(value).to_integral_value(rounding="ROUND_CEILING")


@plain("abs", "n", Sort.NUMBER, "abs(数)", "Without its sign.", ("abs(-2.5)", "2.5"))
def _abs(value: Decimal | None) -> Decimal | None:
    return None if value is None else abs(value)


@plain(
    "pow",
    "nn",
    Sort.NUMBER,
    "pow(数, 指数)",
    "A power; exact for whole exponents.",
    ("pow(1.05, 2)", "1.1025"),
    ("pow(2, -1)", "0.5"),
    ("pow('', 2)", ""),
)
def _pow(value: Decimal | None, exponent: Decimal | None) -> Decimal | None:
    if value is None or exponent is None or abs(exponent) > LARGEST_POWER:
        return None
    return _finite(ARITHMETIC.power(value, exponent))


@plain(
    "sum",
    "*",
    Sort.NUMBER,
    "sum(重复组里的项目)",
    "The sum; blanks are skipped, without values it is 0.",
    ("sum('')", "0"),
)
def _sum(values: list[Value]) -> Decimal:
    return sum((found for value in values if (found := number(value)) is not None), Decimal(0))


@plain(
    "min",
    "*",
    Sort.NUMBER,
    "min(项目)或min(数, 数…)",
    "The smallest; blanks are skipped.",
    ("min(3, '', 2)", "2"),
    ("min('')", ""),
)
def _min(values: list[Value]) -> Decimal | None:
    return min(_numbers(values), default=None)


@plain(
    "max",
    "*",
    Sort.NUMBER,
    "max(项目)或max(数, 数…)",
    "The largest; blanks are skipped.",
    ("max(3, '', 12)", "12"),
)
def _max(values: list[Value]) -> Decimal | None:
    return max(_numbers(values), default=None)


def _numbers(values: list[Value]) -> list[Decimal]:
    return [found for value in values if (found := number(value)) is not None]


@plain("sqrt", "n", Sort.NUMBER, "sqrt(数)", "The square root.", ("sqrt(9)", "3"), ("sqrt(-1)", ""))
def _sqrt(value: Decimal | None) -> Decimal | None:
    return None if value is None or value < 0 else snap(ARITHMETIC.sqrt(value))


@plain("exp", "n", Sort.NUMBER, "exp(数)", "e to that power.", ("exp(0)", "1"))
def _exp(value: Decimal | None) -> Decimal | None:
    return None if value is None or abs(value) > LARGEST_POWER else _finite(ARITHMETIC.exp(value))


@plain("exp10", "n", Sort.NUMBER, "exp10(数)", "10 to that power.", ("exp10(3)", "1000"))
def _exp10(value: Decimal | None) -> Decimal | None:
    return _pow(Decimal(10), value)


@plain("log", "n", Sort.NUMBER, "log(数)", "The natural logarithm.", ("log(1)", "0"), ("log(0)", ""))
def _log(value: Decimal | None) -> Decimal | None:
    return None if value is None or value <= 0 else _finite(ARITHMETIC.ln(value))


@plain("log10", "n", Sort.NUMBER, "log10(数)", "The logarithm to base 10.", ("log10(1000)", "3"))
def _log10(value: Decimal | None) -> Decimal | None:
    return None if value is None or value <= 0 else _finite(ARITHMETIC.log10(value))


def _finite(value: Decimal) -> Decimal | None:
    return snap(value) if value.is_finite() else None


@plain(
    "pi", "", Sort.NUMBER, "pi()", "The ratio of circumference and diameter.", ("round(pi(), 4)", "3.1416")
)
def _pi() -> Decimal:
    return Decimal("3.14159265358979323846")


def _measured(
    name: str, function: Callable[[float], float], meaning: str, *examples: tuple[str, str]
) -> None:
    @plain(name, "n", Sort.NUMBER, f"{name}(弧度)", meaning, *examples)
    def _run(value: Decimal | None) -> Decimal | None:
        return None if value is None else measured(lambda: function(float(value)))


def measured(work: Callable[[], float]) -> Decimal | None:
    """A figure of geometry, rounded to twelve places; blank where there is none."""
    try:
        found = work()
    except (ValueError, OverflowError, ZeroDivisionError):
        return None
    return half_up(Decimal(repr(found)), MEASURED_PLACES) if math.isfinite(found) else None


_measured("sin", math.sin, "Sine.", ("sin(0)", "0"))
_measured("cos", math.cos, "Cosine.", ("cos(0)", "1"))
_measured("tan", math.tan, "Tangent.", ("tan(0)", "0"))
_measured("asin", math.asin, "Inverse sine.", ("round(asin(1), 4)", "1.5708"), ("asin(2)", ""))
_measured("acos", math.acos, "Inverse cosine.", ("acos(1)", "0"))
_measured("atan", math.atan, "Inverse tangent.", ("atan(0)", "0"))


@plain("atan2", "nn", Sort.NUMBER, "atan2(y, x)", "The angle of a point.", ("atan2(0, 1)", "0"))
def _atan2(y: Decimal | None, x: Decimal | None) -> Decimal | None:
    return None if x is None or y is None else measured(lambda: math.atan2(float(y), float(x)))


@plain(
    "distance",
    "*",
    Sort.NUMBER,
    "distance(位置…)",
    "Metres along the places, in their order.",
    ("distance('36.2 113.1 0 0', '36.2 113.1 0 0')", "0"),
    ("round(distance('0 0', '0 1'), 0)", "111319"),
    ("distance('36.2 113.1')", "0"),
)
def _distance(values: list[Value]) -> Decimal | None:
    places = [
        place for value in values for part in str(value).split(";") if (place := _degrees(part)) is not None
    ]
    return measured(lambda: round(math.fsum(map(_metres, places, places[1:])), 3))


def _degrees(source: str) -> tuple[float, float] | None:
    parts = [number(part) for part in source.split()[:2]]
    if len(parts) < 2 or parts[0] is None or parts[1] is None:
        return None
    return math.radians(parts[0]), math.radians(parts[1])


def _metres(one: tuple[float, float], other: tuple[float, float]) -> float:
    north, east = (other[0] - one[0]) / 2, (other[1] - one[1]) / 2
    height = math.sin(north) ** 2 + math.cos(one[0]) * math.cos(other[0]) * math.sin(east) ** 2
    return 2 * EARTH_RADIUS * math.asin(math.sqrt(height))
