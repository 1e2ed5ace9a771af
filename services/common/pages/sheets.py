"""Lists that leave the office as a file: the batch table behind a button, to work on or to print and sign."""

from __future__ import annotations

from urllib.parse import quote

from fastapi import Response

from services.common.papers.batch import HEAD_ROW as HEAD_ROW
from services.common.papers.batch import MOST_ROWS as MOST_ROWS
from services.common.papers.batch import WARNING as WARNING
from services.common.papers.batch import Cell as Cell
from services.common.papers.batch import Column as Column
from services.common.papers.batch import Kind as Kind
from services.common.papers.batch import Sheet as Sheet
from services.common.papers.batch import printed
from services.common.papers.batch import workbook as workbook

TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
PDF = "application/pdf"


def attachment(sheet: Sheet, preparer: str, name: str) -> Response:
    """The workbook to keep; its name says the list and the day, nobody's name."""
    return Response(workbook(sheet, preparer), media_type=TYPE, headers=_named(sheet, name, "xlsx"))


async def print_out(sheet: Sheet, preparer: str, name: str) -> Response:
    """The PDF to print and sign."""
    made = await printed(sheet, preparer)
    return Response(made, media_type=PDF, headers=_named(sheet, name, "pdf", "inline"))


def _named(sheet: Sheet, name: str, ending: str, how: str = "attachment") -> dict[str, str]:
    day = f"{sheet.made_on:%Y%m%d}"
    shown = quote(f"{sheet.title}-{day}.{ending}")
    return {
        "Content-Disposition": f"{how}; filename=\"{name}-{day}.{ending}\"; filename*=UTF-8''{shown}",
        "Cache-Control": "no-store",
    }
