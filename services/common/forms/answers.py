"""Answers with their types: text, whole and exact numbers, days, choices, places and pictures."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time
from decimal import Decimal

from services.common.forms.model import Kind, Question
from services.common.policy.law import Invalid
from services.common.policy.money import LARGEST, Fen

INTEGER = re.compile(r"[+-]?[0-9]{1,18}")
DECIMAL = re.compile(r"[+-]?([0-9]{1,18}(\.[0-9]{0,12})?|\.[0-9]{1,12})")
DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
PICTURE_NAME = re.compile(r"[^\x00-\x1f/\\]{1,120}")
LONGEST_TEXT = 20_000


@dataclass(frozen=True, slots=True)
class Place:
    """Where something was answered: degrees, and metres of accuracy as the device claims them."""

    latitude: Decimal
    longitude: Decimal
    accuracy: Decimal | None


@dataclass(frozen=True, slots=True)
class Picture:
    """A photo or signature by the name under which it is announced."""

    name: str


Scalar = str | int | Decimal | date | time | datetime | tuple[str, ...] | Place | Picture


@dataclass(frozen=True, slots=True)
class Answers:
    """The answers of one form or of one entry of a repeat; paths are like `head/visited_on`."""

    values: Mapping[str, Scalar | Answers | tuple[Answers, ...] | None]

    def find(self, path: str) -> Scalar | Answers | tuple[Answers, ...] | None:
        """The answer at a path, None where nothing was answered."""
        name, _, rest = path.partition("/")
        value = self.values.get(name)
        if not rest:
            return value
        return value.find(rest) if isinstance(value, Answers) else None

    def text(self, path: str) -> str:
        """A text or a choice; empty where nothing was answered."""
        value = self.find(path)
        return value if isinstance(value, str) else ""

    def yes(self, path: str) -> bool:
        """Whether a yes-or-no question was answered yes."""
        return self.text(path) == "yes"

    def integer(self, path: str) -> int | None:
        value = self.find(path)
        return value if isinstance(value, int) else None

    def day(self, path: str) -> date | None:
        value = self.find(path)
        if isinstance(value, datetime):
            return value.date()
        return value if isinstance(value, date) else None

    def chosen(self, path: str) -> tuple[str, ...]:
        """What was ticked in a question with several answers."""
        value = self.find(path)
        if not isinstance(value, tuple):
            return ()
        return tuple(item for item in value if isinstance(item, str))

    def picture(self, path: str) -> str:
        """The name of a photo; empty where none was taken."""
        value = self.find(path)
        return value.name if isinstance(value, Picture) else ""

    def money(self, path: str) -> Fen | None:
        """An amount written in yuan, in whole fen; more than two decimals are refused."""
        value = self.find(path)
        if isinstance(value, int):
            value = Decimal(value)
        if not isinstance(value, Decimal):
            return None
        fen = value * 100
        if fen != fen.to_integral_value():
            raise Invalid(path, f"金额“{value}”多于两位小数，请精确到分")
        if abs(fen) >= LARGEST:
            raise Invalid(path, "金额过大，请核对")
        return Fen(int(fen))

    def each(self, path: str) -> tuple[Answers, ...]:
        """The entries of a repeat."""
        value = self.find(path)
        if not isinstance(value, tuple):
            return ()
        return tuple(item for item in value if isinstance(item, Answers))


def read_answer(question: Question, raw: str) -> Scalar:
    """The typed value of what stands in an instance; ValueError says what does not fit."""
    match question.kind:
        case Kind.SELECT_ONE:
            return _chosen(question, raw)
        case Kind.SELECT_MANY:
            return tuple(_chosen(question, part) for part in raw.split())
        case Kind.PICTURE:
            return Picture(_matching(PICTURE_NAME, raw, "不是照片的文件名"))
        case Kind.TEXT | Kind.ACKNOWLEDGE:
            if len(raw) > LONGEST_TEXT:
                raise ValueError(f"文字过长，最多{LONGEST_TEXT}字")
            return raw
        case Kind.GEOPOINT:
            return _place(raw)
        case _:
            return _measure(question.kind, unicodedata.normalize("NFKC", raw))


def _measure(kind: Kind, text: str) -> Scalar:
    match kind:
        case Kind.INTEGER:
            return int(_matching(INTEGER, text, "应填整数，例如 3"))
        case Kind.DECIMAL:
            return Decimal(_matching(DECIMAL, text, "应填数字，例如 1280.50，不要带逗号和单位"))
        case Kind.DATE:
            return _moment(date, _matching(DATE, text[:10], _DATE_SAMPLE), _DATE_SAMPLE)
        case Kind.TIME:
            return _moment(time, text, "应填时间，例如 09:30")
        case _:
            return _moment(datetime, text, "应填日期和时间，例如 2026-09-14T09:30:00+08:00")


_DATE_SAMPLE = "应填日期，例如 2026-09-14"


def _moment(kind: type[date] | type[time] | type[datetime], text: str, advice: str) -> Scalar:
    try:
        return kind.fromisoformat(text)
    except ValueError:
        raise ValueError(advice) from None


def _chosen(question: Question, value: str) -> str:
    if question.choices is not None and value not in {choice.value for choice in question.choices}:
        labels = "、".join(choice.label for choice in question.choices[:8])
        raise ValueError(f"“{value[:20]}”不在选项中，可选：{labels}")
    return value


def _place(raw: str) -> Place:
    parts = [Decimal(_matching(DECIMAL, part, "不是经纬度")) for part in raw.split()]
    if len(parts) not in (2, 3, 4) or abs(parts[0]) > 90 or abs(parts[1]) > 180:
        raise ValueError("不是经纬度")
    return Place(parts[0], parts[1], parts[3] if len(parts) == 4 else None)


def _matching(pattern: re.Pattern[str], text: str, advice: str) -> str:
    if not pattern.fullmatch(text):
        raise ValueError(advice)
    return text
