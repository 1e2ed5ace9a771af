"""Tables of choices: rows found by the value of a column without looking at all of them."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from typing import TypeVar

from services.common.forms.document import parse
from services.common.forms.model import Row
from services.common.forms.values import Value, parse_number, snap, text
from services.common.policy.law import Invalid

MOST_ROWS = 200_000
K = TypeVar("K", str, Decimal)


class Table:
    """The rows of a secondary instance; each column is indexed when it is first asked for."""

    __slots__ = ("_numbers", "_texts", "columns", "name", "rows")

    def __init__(self, name: str, rows: Sequence[Row]) -> None:
        self.name = name
        self.rows = list(rows)
        self.columns = frozenset(column for row in self.rows for column in row)
        self._texts: dict[str, dict[str, list[Row]]] = {}
        self._numbers: dict[str, dict[Decimal, list[Row]]] = {}

    def where(self, column: str, value: Value) -> list[Row]:
        """The rows in which the column equals the value, as `=` compares them, in the order of the table."""
        if value is None:
            value = ""
        if type(value) is Decimal:
            return self._by_number(column).get(snap(value), [])
        return self._by_text(column).get(text(value), [])

    def _by_text(self, column: str) -> dict[str, list[Row]]:
        index = self._texts.get(column)
        if index is None:
            index = self._texts[column] = _indexed((row.get(column, ""), row) for row in self.rows)
        return index

    def _by_number(self, column: str) -> dict[Decimal, list[Row]]:
        index = self._numbers.get(column)
        if index is None:
            numbers = ((parse_number(row.get(column, "")), row) for row in self.rows)
            index = self._numbers[column] = _indexed((key, row) for key, row in numbers if key is not None)
        return index


def _indexed(pairs: Iterable[tuple[K, Row]]) -> dict[K, list[Row]]:
    index: dict[K, list[Row]] = {}
    for key, row in pairs:
        index.setdefault(key, []).append(row)
    return index


def read_tables(wanted: Mapping[str, str], files: Mapping[str, str]) -> dict[str, Table]:
    """The tables that come as files; Invalid names one that is not there or cannot be read."""
    found = {}
    for name, file in wanted.items():
        if file not in files:
            raise Invalid(file, f"缺少数据表“{file}”，请重新下载表单")
        content = files[file]
        rows = _csv(content, file) if file.endswith(".csv") else _xml(content, file)
        if len(rows) > MOST_ROWS:
            raise Invalid(file, f"数据表超过{MOST_ROWS}行")
        found[name] = Table(name, rows)
    return found


def _csv(content: str, file: str) -> list[Row]:
    try:
        lines = csv.DictReader(io.StringIO(content.removeprefix("\ufeff")), strict=True, restval="")
        return [{name: cell.strip() for name, cell in line.items() if name is not None} for line in lines]
    except (csv.Error, AttributeError) as error:
        raise Invalid(file, f"数据表“{file}”不是CSV，请用Excel另存为CSV UTF-8") from error


def _xml(content: str, file: str) -> list[Row]:
    root = parse(content, file)
    return [{cell.name: cell.text.strip() for cell in item.children} for item in root.all("item")]
