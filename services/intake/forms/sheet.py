"""The spreadsheet of a form as its author sees it: which cell holds what."""

from __future__ import annotations

import io
import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from openpyxl import load_workbook
from openpyxl.utils import get_column_letter

SURVEY = "survey"
OPENING = re.compile(r"begin[ _](group|repeat)", re.IGNORECASE)
CLOSING = re.compile(r"end[ _](group|repeat)", re.IGNORECASE)
# The columns that one may also write otherwise.
ALIASES: Mapping[str, tuple[str, ...]] = {
    "relevant": ("relevance", "bind::relevant"),
    "calculation": ("calculate", "bind::calculate"),
    "constraint": ("bind::constraint",),
    "constraint_message": ("bind::jr:constraintmsg",),
    "required": ("bind::required",),
    "required_message": ("requiredmsg", "bind::jr:requiredmsg"),
    "readonly": ("read_only", "bind::readonly"),
    "repeat_count": ("count", "jr:count"),
    "choice_filter": ("choice filter",),
    "label": ("caption",),
    "media": ("media::image", "image", "audio", "video", "big-image"),
    "default": ("type",),
}


@dataclass(slots=True)
class Sheet:
    """The rows of the sheet `survey` by the path of their item, and its columns by their head."""

    columns: dict[str, int] = field(default_factory=dict)
    rows: dict[str, int] = field(default_factory=dict)
    types: dict[str, int] = field(default_factory=dict)

    def cell(self, path: str, column: str) -> str:
        """Where the author wrote it, such as `survey页F12`; without a place just the sheet."""
        if row := self.rows.get(path):
            return self.at(row, column)
        # The count of a repeat becomes an item of its own: its author wrote it beside the repeat.
        repeat = self.rows.get(path.removesuffix("_count"))
        return self.at(repeat, "repeat_count") if repeat else f"{SURVEY}页"

    def at(self, row: int, column: str) -> str:
        """A cell of a row."""
        names = (column, *ALIASES.get(column, ()), "name")
        found = next((self.columns[name] for name in names if name in self.columns), 0)
        return f"{SURVEY}页{get_column_letter(found + 1)}{row}"


def read_sheet(xlsx: bytes) -> Sheet:
    """The places of a spreadsheet; what cannot be read has none."""
    sheet = Sheet()
    book = load_workbook(io.BytesIO(xlsx), read_only=True, data_only=True)
    found = next((book[name] for name in book.sheetnames if name.strip().lower() == SURVEY), None)
    if found is None:
        return sheet
    around: list[str] = []
    for number, row in enumerate(found.iter_rows(values_only=True), 1):
        cells = ["" if value is None else str(value).strip() for value in row]
        if not sheet.columns:
            sheet.columns = _heads(cells)
        elif "type" in sheet.columns and "name" in sheet.columns:
            _enter(sheet, around, number, cells[sheet.columns["type"]], cells[sheet.columns["name"]])
    return sheet


def _heads(cells: list[str]) -> dict[str, int]:
    heads: dict[str, int] = {}
    for place, cell in enumerate(cells):
        head = cell.lower()
        heads.setdefault(head, place)
        heads.setdefault(head.partition("::")[0].replace(" ", "_"), place)
    return heads if "type" in heads else {}


def _enter(sheet: Sheet, around: list[str], number: int, kind: str, name: str) -> None:
    sheet.types.setdefault(kind, number)
    if CLOSING.match(kind):
        if around:
            around.pop()
        return
    if name:
        sheet.rows.setdefault("/".join([*around, name]), number)
    if OPENING.match(kind):
        around.append(name)
