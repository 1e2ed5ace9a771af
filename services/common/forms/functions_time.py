"""Functions of days and instants, on the clock of the district."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date, datetime, time
from decimal import Decimal

from services.common.forms.code import Code, Compile, Scope, Sort, as_text, one_value
from services.common.forms.faults import ExpressionError
from services.common.forms.functions import built, plain
from services.common.forms.syntax import Literal, Syntax
from services.common.forms.values import Value, half_up, in_zone, moment, number, parse_moment

WEEKDAYS = "一二三四五六日"
Moment = date | time

_PARTS: dict[str, Callable[[Moment], str]] = {
    "Y": lambda m: f"{_day(m).year:04d}",
    "y": lambda m: f"{_day(m).year % 100:02d}",
    "m": lambda m: f"{_day(m).month:02d}",
    "n": lambda m: str(_day(m).month),
    "b": lambda m: f"{_day(m).month}月",
    "d": lambda m: f"{_day(m).day:02d}",
    "e": lambda m: str(_day(m).day),
    "a": lambda m: f"周{WEEKDAYS[_day(m).weekday()]}",
    "A": lambda m: f"星期{WEEKDAYS[_day(m).weekday()]}",
    "H": lambda m: f"{_clock(m).hour:02d}",
    "h": lambda m: str(_clock(m).hour),
    "M": lambda m: f"{_clock(m).minute:02d}",
    "S": lambda m: f"{_clock(m).second:02d}",
    "3": lambda m: f"{_clock(m).microsecond // 1000:03d}",
    "%": lambda m: "%",
}
_FIRST = date(1970, 1, 1)


def _day(value: Moment) -> date:
    return value if isinstance(value, date) else _FIRST


def _clock(value: Moment) -> time:
    if isinstance(value, datetime):
        return value.time()
    return value if isinstance(value, time) else time()


@built(
    "today", "today()", "The day on which the form is filled in.", ("today()", "2026-09-16"), least=0, most=0
)
def _today(arguments: Sequence[Syntax], scope: Scope, compile_: Compile) -> Code:
    return Code(lambda node, env: env.today, Sort.MOMENT)


@built(
    "now",
    "now()",
    "The instant; it runs once for each item and never again.",
    ("now()", "2026-09-16T09:30:00.000+08:00"),
    least=0,
    most=0,
)
def _now(arguments: Sequence[Syntax], scope: Scope, compile_: Compile) -> Code:
    scope.uses.impure = True
    return Code(lambda node, env: in_zone(env.now), Sort.MOMENT)


@plain(
    "date",
    "v",
    Sort.MOMENT,
    "date(值)",
    "A day out of a text or of days since 1970-01-01; blank where it is none.",
    ("date('2026-09-16')", "2026-09-16"),
    ("date(1)", "1970-01-02"),
    ("date('2026-02-30')", ""),
    ("date('2026-09-16T23:30:00.000+08:00')", "2026-09-16"),
)
def _date(value: Value) -> Value:
    found = moment(value)
    return found.date() if isinstance(found, datetime) else found


@plain(
    "date-time",
    "v",
    Sort.MOMENT,
    "date-time(值)",
    "An instant out of a text or of days since 1970-01-01.",
    ("date-time('2026-09-16')", "2026-09-16T00:00:00.000+08:00"),
    ("date-time(0.5)", "1970-01-01T12:00:00.000+08:00"),
)
def _date_time(value: Value) -> Value:
    found = moment(value)
    if isinstance(found, date) and not isinstance(found, datetime):
        return in_zone(datetime(found.year, found.month, found.day))  # noqa: DTZ001 (gets its zone)
    return found


@plain(
    "decimal-date-time",
    "v",
    Sort.NUMBER,
    "decimal-date-time(日期)",
    "Days since 1970-01-01 on the clock of the district, with the time as a fraction.",
    ("decimal-date-time('1970-01-02')", "1"),
    ("decimal-date-time('1970-01-01T12:00:00.000+08:00')", "0.5"),
)
def _decimal_date_time(value: Value) -> Decimal | None:
    return number(moment(value))


@plain(
    "decimal-time",
    "v",
    Sort.NUMBER,
    "decimal-time(时间)",
    "The time of day as a fraction of it.",
    ("decimal-time('06:00:00.000+08:00')", "0.25"),
    ("decimal-time('1970-01-02T06:00:00.000+08:00')", "0.25"),
)
def _decimal_time(value: Value) -> Decimal | None:
    found = _moment(value)
    return number(_clock(found)) if found is not None else None


@built(
    "format-date",
    "format-date(日期, '%Y年%n月%e日')",
    "A day as text: %Y %y %m %n %b %d %e %a %A, and of an instant %H %h %M %S %3.",
    ("format-date('2026-09-06', '%Y年%n月%e日')", "2026年9月6日"),
    ("format-date('2026-09-16', '%y-%m-%d %A')", "26-09-16 星期三"),
    ("format-date('', '%Y')", ""),
    least=2,
    most=2,
)
def _format_date(arguments: Sequence[Syntax], scope: Scope, compile_: Compile) -> Code:
    return _formatted(arguments, scope, compile_)


@built(
    "format-date-time",
    "format-date-time(时间, '%H:%M')",
    "An instant as text, with the letters of format-date.",
    ("format-date-time('2026-09-06T09:05:00.000+08:00', '%b%e日 %H:%M')", "9月6日 09:05"),
    least=2,
    most=2,
)
def _format_date_time(arguments: Sequence[Syntax], scope: Scope, compile_: Compile) -> Code:
    return _formatted(arguments, scope, compile_)


def _formatted(arguments: Sequence[Syntax], scope: Scope, compile_: Compile) -> Code:
    value = one_value(compile_(arguments[0], scope))
    pattern = as_text(compile_(arguments[1], scope))
    if isinstance(arguments[1], Literal):
        shown(_FIRST, arguments[1].value)
    return Code(lambda node, env: _safely(value(node, env), pattern(node, env)), Sort.TEXT)


def _safely(value: Value, pattern: str) -> str:
    found = _moment(value)
    try:
        return shown(found, pattern) if found is not None else ""
    except ExpressionError:
        return ""


def shown(value: Moment, pattern: str) -> str:
    """A moment by a pattern of `%` letters; one that does not exist is refused."""
    parts = pattern.split("%")
    out, rest = [parts[0]], parts[1:]
    while rest:
        part = rest.pop(0)
        if part == "" and rest:
            out += ["%", rest.pop(0)]
            continue
        if part[:1] not in _PARTS:
            raise ExpressionError(f"日期格式里没有“%{part[:1]}”")
        out += [_PARTS[part[0]](value), part[1:]]
    return "".join(out)


def _moment(value: Value) -> Moment | None:
    if isinstance(value, date | time):
        return value
    if isinstance(value, str) and ":" in value and "T" not in value:
        try:
            return time.fromisoformat(value)
        except ValueError:
            return None
    found = parse_moment(value) if isinstance(value, str) else moment(value)
    return found if isinstance(found, date | time) else None


@built(
    "random",
    "random()",
    "A number from 0 to below 1; it runs once for each item and never again.",
    least=0,
    most=0,
)
def _random(arguments: Sequence[Syntax], scope: Scope, compile_: Compile) -> Code:
    scope.uses.impure = True
    return Code(lambda node, env: half_up(env.chance(), 12), Sort.NUMBER)
