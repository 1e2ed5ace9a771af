"""A batch table as PDF: A4 or A3 across, its head on every page, the line to sign at the foot of each."""

from __future__ import annotations

from datetime import date
from functools import cache
from typing import Any

from services.common.papers.batch.sheet import WARNING, Cell, Column, Kind, Sheet
from services.common.papers.paper import chinese_day, inert
from services.common.papers.press import Press
from services.common.policy.money import capital, yuan

LAYOUT = "batch.typ"


@cache
def table_press() -> Press:
    """A press of their own: a long table must not hold up a notice somebody waits for at the window."""
    return Press()


async def printed(sheet: Sheet, preparer: str) -> bytes:
    """The PDF of a table."""
    return await table_press().pdf(laid_out(sheet, preparer), LAYOUT)


def laid_out(sheet: Sheet, preparer: str) -> dict[str, Any]:
    """What the layout is given: text alone, every cell as it is to be read."""
    shown = sheet.numbered
    whole = sheet.whole_fen if sheet.kind is Kind.PAYMENT_ROLL else None
    return {
        "title": inert(sheet.title),
        "size": "a3" if sheet.large else "a4",
        "body": inert(sheet.body),
        "period": inert(sheet.period),
        "unit": "单位：元" if sheet.has_money else "",
        "counted": sheet.counted,
        "columns": [{"head": one.head, "width": one.width, "right": _is_right(shown, at)}
                    for at, one in enumerate(shown.columns)],
        "rows": [_texts(row, shown.columns) for row in shown.rows],
        "totals": _texts(totals, shown.columns) if (totals := shown.totals) else [],
        "capital": capital(whole) if whole is not None else "",
        "note": inert(sheet.note),
        "preparer": inert(preparer),
        "signers": list(sheet.kind.signers),
        "made_on": chinese_day(sheet.made_on),
        "day": [sheet.made_on.year, sheet.made_on.month, sheet.made_on.day],
        "warning": WARNING,
    }  # fmt: skip


def _texts(row: Any, columns: Any) -> list[str]:
    return [_text(cell, column) for cell, column in zip(row, columns, strict=True)]


def _text(cell: Cell, column: Column) -> str:
    if isinstance(cell, int):
        return yuan(cell) if column.money else str(cell)
    return cell.isoformat() if isinstance(cell, date) else inert(cell or "")


def _is_right(sheet: Sheet, at: int) -> bool:
    """Numbers stand to the right, whatever the first rows lack."""
    return sheet.columns[at].money or any(isinstance(row[at], int) for row in sheet.rows)
