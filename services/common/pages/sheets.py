"""Lists as .xlsx to work on outside: a title, who made it and when, a warning, and never a formula."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from decimal import Decimal
from io import BytesIO
from urllib.parse import quote

import xlsxwriter
from fastapi import Response

TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
WARNING = "本表含个人信息，仅供办理救助使用。不得通过微信、QQ 等发送本表或其照片，用毕删除。"
MOST_ROWS = 5000
A4 = 9
HEAD_ROW = 3
# A program that reads the text again must not take it for a formula either.
_RISKY = ("=", "+", "-", "@", "\t", "\r")
Cell = str | int | date | None


@dataclass(frozen=True, slots=True)
class Column:
    """One column; `money` holds fen and shows yuan, `total` is summed up below."""

    head: str
    width: int = 12
    money: bool = False
    total: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """One list as it leaves the office."""

    title: str
    body: str
    columns: Sequence[Column]
    rows: Sequence[Sequence[Cell]]
    made_on: date
    cut: bool = False


def workbook(sheet: Sheet, preparer: str) -> bytes:
    """The list as a workbook of one sheet that prints on A4 across, its head on every page."""
    into = BytesIO()
    with xlsxwriter.Workbook(into, {"in_memory": True}) as book:
        book.set_properties({"title": sheet.title, "created": datetime.combine(sheet.made_on, time(), UTC)})
        page = book.add_worksheet(sheet.title[:31])
        look = _Look(book)
        last = len(sheet.columns) - 1
        page.merge_range(0, 0, 0, last, "", look.title)
        page.write_string(0, 0, sheet.title, look.title)
        note = f"，只列出前 {MOST_ROWS} 条" if sheet.cut else ""
        made = f"{sheet.made_on:%Y-%m-%d}"
        counted = f"共 {len(sheet.rows)} 条{note}"
        page.write_string(1, 0, f"单位：{sheet.body}　制表人：{preparer}　制表日期：{made}　{counted}")
        page.write_string(2, 0, WARNING, look.warning)
        for at, column in enumerate(sheet.columns):
            page.set_column(at, at, column.width)
            page.write_string(HEAD_ROW, at, column.head, look.head)
        for down, row in enumerate(sheet.rows, HEAD_ROW + 1):
            for at, (cell, column) in enumerate(zip(row, sheet.columns, strict=True)):
                look.write(page, down, at, cell, column)
        end = HEAD_ROW + 1 + len(sheet.rows)
        if any(column.total for column in sheet.columns) and sheet.rows:
            _totals(page, end, sheet, look)
            end += 1
        page.write_string(end + 1, 0, f"制表人：{preparer}　　审核人：　　　　　　日期：")
        page.freeze_panes(HEAD_ROW + 1, 0)
        page.repeat_rows(HEAD_ROW)
        page.set_landscape()
        page.set_paper(A4)
        page.fit_to_pages(1, 0)
        page.set_footer("&C第 &P 页，共 &N 页")
    return into.getvalue()


def attachment(sheet: Sheet, preparer: str, name: str) -> Response:
    """The workbook to keep; its name says the list and the day, nobody's name."""
    day = f"{sheet.made_on:%Y%m%d}"
    shown = quote(f"{sheet.title}-{day}.xlsx")
    headers = {
        "Content-Disposition": f"attachment; filename=\"{name}-{day}.xlsx\"; filename*=UTF-8''{shown}",
        "Cache-Control": "no-store",
    }
    return Response(workbook(sheet, preparer), media_type=TYPE, headers=headers)


class _Look:
    """The formats of one workbook."""

    def __init__(self, book: xlsxwriter.Workbook) -> None:
        edge = {"border": 1, "border_color": "#b9c1c4", "valign": "vcenter", "text_wrap": True}
        self.title = book.add_format({"bold": True, "font_size": 16, "align": "center"})
        self.warning = book.add_format({"bold": True, "font_color": "#9e231a"})
        self.head = book.add_format({**edge, "bold": True, "bg_color": "#eceeec", "align": "center"})
        self.text = book.add_format({**edge, "num_format": "@"})
        self.quoted = book.add_format({**edge, "num_format": "@", "quote_prefix": True})
        self.number = book.add_format({**edge, "num_format": "0"})
        self.money = book.add_format({**edge, "num_format": "#,##0.00"})
        self.day = book.add_format({**edge, "num_format": "yyyy-mm-dd", "align": "left"})

    def write(
        self, page: xlsxwriter.worksheet.Worksheet, down: int, at: int, cell: Cell, as_: Column
    ) -> None:
        if isinstance(cell, int) and as_.money:
            page.write_number(down, at, Decimal(cell) / 100, self.money)
        elif isinstance(cell, int):
            page.write_number(down, at, cell, self.number)
        elif isinstance(cell, date):
            page.write_datetime(down, at, datetime.combine(cell, time()), self.day)
        else:
            text = cell or ""
            page.write_string(down, at, text, self.quoted if text.startswith(_RISKY) else self.text)


def _totals(page: xlsxwriter.worksheet.Worksheet, down: int, sheet: Sheet, look: _Look) -> None:
    """Sums as numbers: what stands in the list is what was counted."""
    for at, column in enumerate(sheet.columns):
        found = [row[at] for row in sheet.rows]
        whole = sum(cell for cell in found if isinstance(cell, int)) if column.total else None
        look.write(page, down, at, whole if column.total else "合计" if at == 0 else "", column)
