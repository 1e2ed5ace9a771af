"""The values of the law, dated: the shipped tables and the revisions imported since."""

from __future__ import annotations

import builtins
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from fractions import Fraction
from functools import cache
from typing import Any, ClassVar, TypeVar

from services.common.policy.articles import ARTICLES
from services.common.policy.calendar import HolidayNotice, WorkCalendar
from services.common.policy.law import Article, Conflict, Invalid, Refused
from services.common.policy.money import Fen, yuan
from services.common.policy.shipped import shipped

V = TypeVar("V")
Value = int | bool | str | Fraction | tuple[str, ...]


class Unit(StrEnum):
    """What a value is, so that a wrong kind is refused when it is imported, not when it is used."""

    DAYS = "days"
    WORKING_DAYS = "working-days"
    MONTHS = "months"
    YEARS = "years"
    PERSONS = "persons"
    COUNT = "count"
    FEN = "fen"
    RATIO = "ratio"
    FLAG = "flag"
    TEXT = "text"
    LIST = "list"


class ParameterMissing(Refused):
    """A calculation needs a value that the district has not decided; it stops instead of guessing."""

    code: ClassVar[str] = "parameter-missing"


@dataclass(frozen=True, slots=True)
class Parameter:
    """One dated row; a value of None says that it is known to be missing."""

    name: str
    value: Value | None
    from_on: date
    article: Article
    source: str
    confirmed: bool
    revision: int = 0


@dataclass(frozen=True, slots=True)
class Definition:
    """What a name means: its Chinese title, its unit, its article and what to ask the bureau for."""

    name: str
    title: str
    unit: Unit
    article: Article
    ask: str
    rows: tuple[Parameter, ...]

    def row(self, value: object, from_on: date, source: str, *, confirmed: bool) -> Parameter:
        """A new dated row of this parameter, with its value checked against the unit."""
        return Parameter(self.name, _typed(self, value), from_on, self.article, source, confirmed)


@dataclass(frozen=True, slots=True)
class Revision:
    """One import or change at run time: dated rows, or a holiday notice, under a number that only grows."""

    number: int
    rows: tuple[Parameter, ...] = ()
    notice: HolidayNotice | None = None
    note: str = ""


@dataclass(frozen=True, slots=True)
class Policy:
    """The values of the law as this process knows them; a case asks for those of its own day."""

    revisions: tuple[Revision, ...] = ()

    @classmethod
    def shipped(cls) -> Policy:
        return cls()

    @property
    def definitions(self) -> Mapping[str, Definition]:
        """What every name means; part of the program, not of the snapshot."""
        return _definitions()

    @property
    def revision(self) -> int:
        return self.revisions[-1].number if self.revisions else 0

    @property
    def calendar(self) -> WorkCalendar:
        """The shipped work calendar with every imported notice."""
        calendar = WorkCalendar.shipped()
        for revision in self.revisions:
            if revision.notice:
                calendar = calendar.with_notice(revision.notice)
        return calendar

    def at_revision(self, number: int) -> Policy:
        """As it was known then, so that re-running an old case gives the old answer."""
        return replace(self, revisions=tuple(r for r in self.revisions if r.number <= number))

    def with_revision(self, revision: Revision) -> Policy:
        if revision.number <= self.revision:
            raise Conflict(f"政策版本已是第{self.revision}号，不能再加第{revision.number}号，请刷新后重试")
        rows = tuple(
            replace(row, value=_typed(self.definition(row.name), row.value), revision=revision.number)
            for row in revision.rows
        )
        if revision.notice:
            WorkCalendar.shipped().with_notice(revision.notice)
        return replace(self, revisions=(*self.revisions, replace(revision, rows=rows)))

    def definition(self, name: str) -> Definition:
        if name not in self.definitions:
            raise Invalid("参数", f"没有名为“{name}”的参数，可用 jiuzhu policy parameters 查看")
        return self.definitions[name]

    def find(self, name: str, on: date) -> Parameter | None:
        """The row in force on that day: the latest from-date, and of equal ones the latest revision."""
        rows = [row for row in self._rows(name) if row.from_on <= on]
        return max(rows, key=lambda row: (row.from_on, row.revision), default=None)

    def known(self, name: str, on: date) -> bool:
        row = self.find(name, on)
        return row is not None and row.value is not None

    def value(self, name: str, on: date) -> Parameter:
        """The row in force on that day, or `ParameterMissing`."""
        row = self.find(name, on)
        if row is None or row.value is None:
            what = self.definition(name)
            raise ParameterMissing(what.article, f"参数待确认：{what.ask or what.title}（{on}）")
        return row

    def int(self, name: str, on: date) -> int:
        return self._as(builtins.int, name, on)

    def fen(self, name: str, on: date) -> Fen:
        return Fen(self.int(name, on))

    def fraction(self, name: str, on: date) -> Fraction:
        return self._as(Fraction, name, on)

    def flag(self, name: str, on: date) -> bool:
        return self._as(bool, name, on)

    def text(self, name: str, on: date) -> str:
        return self._as(str, name, on)

    def words(self, name: str, on: date) -> tuple[str, ...]:
        return self._as(tuple, name, on)

    def all(self, on: date) -> list[Parameter]:
        """Every parameter's row of that day, missing values included, in the order of the shipped file."""
        rows = (self.find(name, on) for name in self.definitions)
        return [row for row in rows if row is not None]

    def to_json(self) -> dict[str, object]:
        """The revisions alone; the base travels with the program."""
        return {"revision": self.revision, "revisions": [_revision_json(r) for r in self.revisions]}

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> Policy:
        policy = cls.shipped()
        for item in data["revisions"]:
            policy = policy.with_revision(policy._revision_from(item))
        return policy

    def _as(self, kind: type[V], name: str, on: date) -> V:
        value = self.value(name, on).value
        if not isinstance(value, kind):
            raise TypeError(f"{name} is not {kind.__name__}")
        return value

    def _rows(self, name: str) -> Iterator[Parameter]:
        yield from self.definition(name).rows
        for revision in self.revisions:
            yield from (row for row in revision.rows if row.name == name)

    def _revision_from(self, item: Mapping[str, Any]) -> Revision:
        rows = tuple(
            self.definition(row["name"]).row(
                row["value"], date.fromisoformat(row["from"]), row["source"], confirmed=row["confirmed"]
            )
            for row in item.get("rows", ())
        )
        notice = HolidayNotice.from_json(item["notice"]) if item.get("notice") else None
        return Revision(int(item["number"]), rows, notice, item.get("note", ""))


def shown(value: Value | None, unit: Unit) -> str:
    """A value for people: amounts in yuan, yes or no in words, a missing one said plainly."""
    if value is None:
        return "待确认"
    if isinstance(value, bool):
        return "是" if value else "否"
    if unit is Unit.FEN and isinstance(value, int):
        return f"{yuan(value)}元"
    return "、".join(value) if isinstance(value, tuple) else str(value)


def plain(value: Value | None) -> object:
    """A value for JSON: fractions as text, lists as lists."""
    if isinstance(value, Fraction):
        return str(value)
    return list(value) if isinstance(value, tuple) else value


def _revision_json(revision: Revision) -> dict[str, object]:
    rows = [
        {
            "name": row.name,
            "value": plain(row.value),
            "from": row.from_on.isoformat(),
            "source": row.source,
            "confirmed": row.confirmed,
        }
        for row in revision.rows
    ]
    notice = revision.notice.to_json() if revision.notice else None
    return {"number": revision.number, "note": revision.note, "rows": rows, "notice": notice}


def _typed(what: Definition, value: object) -> Value | None:
    if value is None:
        return None
    unit = what.unit
    if unit is Unit.FLAG and isinstance(value, bool):
        return value
    if unit is Unit.TEXT and isinstance(value, str):
        return value
    if unit is Unit.LIST and isinstance(value, list | tuple) and all(isinstance(v, str) for v in value):
        return tuple(value)
    if unit is Unit.RATIO and isinstance(value, str | int | Fraction) and not isinstance(value, bool):
        return _ratio(what, value)
    numeric = unit not in (Unit.FLAG, Unit.TEXT, Unit.LIST, Unit.RATIO)
    if numeric and isinstance(value, int) and not isinstance(value, bool) and value >= 0:
        return value
    raise Invalid(what.name, f"“{what.title}”的值不合要求（{unit}），请核对")


def _ratio(what: Definition, value: str | int | Fraction) -> Fraction:
    try:
        return Fraction(value)
    except (ValueError, ZeroDivisionError):
        raise Invalid(what.name, f"“{what.title}”应写成比例，例如 3/2 或 0.2") from None


@cache
def _definitions() -> Mapping[str, Definition]:
    found: dict[str, Definition] = {}
    for item in shipped("parameters.toml")["parameter"]:
        unit, article = Unit(item["unit"]), ARTICLES[item["article"]]
        what = Definition(item["name"], item["title"], unit, article, item.get("ask", ""), ())
        rows = tuple(
            what.row(row.get("value"), row["from"], row["source"], confirmed=row["confirmed"])
            for row in item["row"]
        )
        found[what.name] = replace(what, rows=rows)
    return found
