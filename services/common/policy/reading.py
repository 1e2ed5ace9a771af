"""Reading facts from JSON field by field: every error names the field and says what to write."""

from __future__ import annotations

import json
from collections.abc import Iterable
from datetime import date
from enum import StrEnum
from typing import Any, TypeVar

from services.common.policy.law import Invalid
from services.common.policy.money import LARGEST, Fen, parse_yuan

E = TypeVar("E", bound=StrEnum)


class Record:
    """One JSON object; what is read is remembered, so that `done` can refuse a misspelt name."""

    def __init__(self, data: object, path: str = "") -> None:
        if not isinstance(data, dict):
            raise Invalid(path or "文件", "应为一个 JSON 对象，即 { … }")
        self._data: dict[str, Any] = data
        self._path = path
        self._read: set[str] = set()

    def field(self, key: str) -> str:
        return f"{self._path}.{key}" if self._path else key

    def has(self, key: str) -> bool:
        return self._get(key) is not None

    def text(self, key: str, default: str | None = None) -> str:
        value = self._required(key, default, "文字")
        if not isinstance(value, str) or not value.strip():
            raise Invalid(self.field(key), "应为文字，不能为空")
        return value.strip()

    def day(self, key: str) -> date:
        return self._day(key, self._required(key, None, "日期，例如 2026-09-14"))

    def optional_day(self, key: str) -> date | None:
        value = self._get(key)
        return None if value is None else self._day(key, value)

    def flag(self, key: str, *, default: bool) -> bool:
        value = self.optional_flag(key)
        return default if value is None else value

    def optional_flag(self, key: str) -> bool | None:
        value = self._get(key)
        if value is not None and not isinstance(value, bool):
            raise Invalid(self.field(key), "应为 true（是）或 false（否）")
        return value

    def integer(self, key: str, low: int, high: int, default: int | None = None) -> int:
        value = self._required(key, default, f"{low} 到 {high} 的整数")
        if not isinstance(value, int) or isinstance(value, bool) or not low <= value <= high:
            raise Invalid(self.field(key), f"应为 {low} 到 {high} 的整数")
        return value

    def choice(self, key: str, kind: type[E], default: E | None = None) -> E:
        value = self._required(key, default, _choices(kind))
        try:
            return kind(value)
        except ValueError:
            raise Invalid(self.field(key), f"应为下列之一：{_choices(kind)}") from None

    def money(self, key: str, default: Fen | None = None) -> Fen:
        found = self.optional_money(key)
        if found is None:
            found = default
        if found is None:
            raise Invalid(self.field(f"{key}_fen"), f"请填写金额：{key}_fen（分）或 {key}_yuan（元）")
        return found

    def optional_money(self, key: str) -> Fen | None:
        """`key_fen` as whole fen, or `key_yuan` as people write it; not both."""
        fen, yuan = self._get(f"{key}_fen"), self._get(f"{key}_yuan")
        if fen is not None and yuan is not None:
            raise Invalid(self.field(f"{key}_fen"), f"{key}_fen 和 {key}_yuan 只能填一个")
        if yuan is not None:
            fen = self._yuan(f"{key}_yuan", yuan)
        if fen is None:
            return None
        if not isinstance(fen, int) or isinstance(fen, bool) or not 0 <= fen < LARGEST:
            raise Invalid(self.field(f"{key}_fen"), "应为不小于 0 的整数，单位是分")
        return Fen(fen)

    def record(self, key: str) -> Record:
        return Record(self._required(key, None, "一个 JSON 对象"), self.field(key))

    def records(self, key: str) -> list[Record]:
        value = self._get(key)
        if value is None:
            return []
        if not isinstance(value, list):
            raise Invalid(self.field(key), "应为列表，即 [ … ]")
        return [Record(item, f"{self.field(key)}[{index}]") for index, item in enumerate(value)]

    def texts(self, key: str) -> list[str]:
        value = self._get(key) or []
        if not isinstance(value, list) or not all(isinstance(item, str) for item in value):
            raise Invalid(self.field(key), "应为文字的列表")
        return value

    def done(self) -> None:
        """Refuse names that nobody read: a misspelt fact must not silently count as absent."""
        unknown = sorted(set(self._data) - self._read)
        if unknown:
            raise Invalid(
                self.field(str(unknown[0])[:40]), "没有这一项，请对照 docs/policy-files.md 核对名称"
            )

    def _get(self, key: str) -> Any:
        self._read.add(key)
        return self._data.get(key)

    def _required(self, key: str, default: object, wanted: str) -> Any:
        value = self._get(key)
        if value is None:
            value = default
        if value is None:
            raise Invalid(self.field(key), f"请填写：{wanted}")
        return value

    def _yuan(self, key: str, value: object) -> Fen:
        if not isinstance(value, str):
            raise Invalid(self.field(key), '金额请写成带引号的文字，例如 "1000.00"')
        try:
            return parse_yuan(value)
        except Invalid as problem:
            raise Invalid(self.field(key), problem.message) from None

    def _day(self, key: str, value: object) -> date:
        try:
            return date.fromisoformat(value) if isinstance(value, str) else _not_a_day()
        except ValueError:
            raise Invalid(self.field(key), "应为日期，例如 2026-09-14") from None


def parse_json(text: str) -> object:
    """The JSON of a file, or where it breaks; numbers that JSON does not know are refused."""
    try:
        return json.loads(text, parse_constant=_no_constant)
    except json.JSONDecodeError as problem:
        raise Invalid("文件", f"不是正确的 JSON：第 {problem.lineno} 行第 {problem.colno} 列附近") from None
    except (RecursionError, ValueError):
        raise Invalid("文件", "不是正确的 JSON：数字过长或层次过深") from None


def _no_constant(text: str) -> object:
    raise Invalid("文件", f"不能使用 {text}")


def _not_a_day() -> date:
    raise ValueError


def _choices(kind: Iterable[StrEnum]) -> str:
    return "、".join(member.value for member in kind)
