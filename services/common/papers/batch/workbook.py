"""A batch table as .xlsx: text stays text, nothing is a formula, its head is on every printed page."""

from __future__ import annotations

from datetime import UTC, date, datetime, time
from decimal import Decimal
from io import BytesIO

import xlsxwriter

from services.common.papers.batch.sheet import WARNING, Cell, Column, Kind, Sheet
from services.common.policy.money import capital

A3, A4 = 8, 9
HEAD_ROW = 3
# A program that reads the text again must not take it for a formula either.
_RISKY = ("=", "+", "-", "@", "\t", "\r")
BLANK = "　" * 6


def workbook(sheet: Sheet, preparer: str) -> bytes:
    """The table as a workbook of one sheet that prints across."""
    into = BytesIO()
    shown = sheet.numbered
    with xlsxwriter.Workbook(into, {"in_memory": True}) as book:
        book.set_properties({"title": sheet.title, "created": datetime.combine(sheet.made_on, time(), UTC)})
        page = book.add_worksheet(sheet.title[:31])
        look = _Look(book)
        page.merge_range(0, 0, 0, len(shown.columns) - 1, "", look.title)
        page.write_string(0, 0, sheet.title, look.title)
        page.write_string(1, 0, _about(sheet, preparer))
        page.write_string(2, 0, WARNING, look.warning)
        for at, column in enumerate(shown.columns):
            page.set_column(at, at, column.width)
            page.write_string(HEAD_ROW, at, column.head, look.head)
        end = _lines(page, shown, look)
        for line in (*_below(sheet), signed(sheet, preparer)):
            end += 1
            page.write_string(end, 0, line)
        page.freeze_panes(HEAD_ROW + 1, 0)
        page.repeat_rows(HEAD_ROW)
        page.set_landscape()
        page.set_paper(A3 if sheet.large else A4)
        page.fit_to_pages(1, 0)
        page.set_footer("&C第 &P 页，共 &N 页")
    return into.getvalue()


def _about(sheet: Sheet, preparer: str) -> str:
    period = f"　所属期：{sheet.period}" if sheet.period else ""
    made = f"{sheet.made_on:%Y-%m-%d}"
    return f"单位：{sheet.body}{period}　制表人：{preparer}　制表日期：{made}　{sheet.counted}"


def _below(sheet: Sheet) -> list[str]:
    """What stands between the last row and the line of signatures."""
    whole = sheet.whole_fen if sheet.kind is Kind.PAYMENT_ROLL else None
    paid = [f"合计金额（大写）：{capital(whole)}"] if whole is not None else []
    return [*paid, *([f"备注：{sheet.note}"] if sheet.note else [])]


def signed(sheet: Sheet, preparer: str) -> str:
    """The line that somebody signs: preparer, then who reviews, then the day."""
    others = "　　".join(f"{who}：{BLANK}" for who in sheet.kind.signers)
    return f"制表人：{preparer}　　{others}日期："


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


def _lines(page: xlsxwriter.worksheet.Worksheet, sheet: Sheet, look: _Look) -> int:
    """All rows and their sums, as numbers, not formulas; the number of the line after them."""
    totals = sheet.totals
    lines = [*sheet.rows, *([totals] if totals else [])]
    for down, row in enumerate(lines, HEAD_ROW + 1):
        for at, (cell, column) in enumerate(zip(row, sheet.columns, strict=True)):
            look.write(page, down, at, cell, column)
    return HEAD_ROW + 1 + len(lines)
