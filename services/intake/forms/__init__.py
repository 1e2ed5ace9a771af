"""The district's forms as spreadsheets: 走访记录, 入户调查表, 张贴公示; compiled when published."""

from __future__ import annotations

from pathlib import Path

FOLDER = Path(__file__).parent
SHIPPED = ("visit", "survey", "posting")


def shipped(form_id: str) -> bytes:
    """The spreadsheet of a form that comes with the program."""
    return (FOLDER / f"{form_id}.xlsx").read_bytes()
