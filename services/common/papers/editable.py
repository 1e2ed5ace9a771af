"""The same paper as .docx, for an office that has to change words; what was issued is the PDF alone."""

from __future__ import annotations

import io
from typing import Any

from docx import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml.ns import qn
from docx.shared import Mm, Pt

from services.common.papers.paper import Grid, Items, Paper, Paragraph, Rows, Signatures, chinese_day

TITLE_FONT, BODY_FONT = "方正小标宋简体", "仿宋"
BODY_POINTS, TITLE_POINTS, BODY_NAME_POINTS, ROW_POINTS = 16, 22, 18, 14
DRAFT = "可编辑稿，仅供修改文字使用；以盖章的正式文书为准"


def docx(paper: Paper) -> bytes:
    """The paper for a word processor. It has no QR code: nobody can tell what became of it."""
    document = Document()
    section = document.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.top_margin, section.bottom_margin = Mm(37), Mm(35)
    section.left_margin, section.right_margin = Mm(28), Mm(26)
    centre, right = WD_ALIGN_PARAGRAPH.CENTER, WD_ALIGN_PARAGRAPH.RIGHT
    _line(document, DRAFT, 9, align=right)
    _line(document, paper.body, BODY_NAME_POINTS, font=TITLE_FONT, align=centre)
    _line(document, paper.title, TITLE_POINTS, font=TITLE_FONT, align=centre)
    _line(document, paper.number, BODY_POINTS, align=centre)
    if paper.addressee:
        _line(document, f"{paper.addressee}：", BODY_POINTS)
    for block in paper.blocks:
        match block:
            case Paragraph(runs):
                line = _line(document, "", BODY_POINTS, indent=True)
                for run in runs:
                    _run(line, run.text, BODY_POINTS).bold = run.strong
            case Rows(rows):
                _table(document, rows)
            case Items(items):
                for at, item in enumerate(items, 1):
                    _line(document, f"{at}．{item}", BODY_POINTS, indent=True)
            case Grid(heads, rows):
                _grid(document, (heads, *rows))
            case Signatures(roles):
                for role in roles:
                    _line(document, f"{role}（签字）：", BODY_POINTS)
    _line(document, "", BODY_POINTS)
    _line(document, f"{paper.body}（盖章）", BODY_POINTS, align=right)
    _line(document, f"{chinese_day(paper.issued_on)}　　", BODY_POINTS, align=right)
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def _line(
    document: Any, text: str, points: int, *, font: str = BODY_FONT, align: Any = None, indent: bool = False
) -> Any:
    line = document.add_paragraph()
    line.alignment = align
    line.paragraph_format.space_after = Pt(0)
    line.paragraph_format.line_spacing = 1.5
    if indent:
        line.paragraph_format.first_line_indent = Pt(2 * points)
    if text:
        _run(line, text, points, font)
    return line


def _run(line: Any, text: str, points: int, font: str = BODY_FONT) -> Any:
    run = line.add_run(text)
    run.font.size = Pt(points)
    run.font.name = font
    # Word takes Chinese characters from a font of their own.
    run._element.get_or_add_rPr().get_or_add_rFonts().set(qn("w:eastAsia"), font)
    return run


def _grid(document: Any, rows: tuple[tuple[str, ...], ...]) -> None:
    table = document.add_table(rows=0, cols=len(rows[0]), style="Table Grid")
    for row in rows:
        for cell, text in zip(table.add_row().cells, row, strict=True):
            _run(cell.paragraphs[0], text, ROW_POINTS)


def _table(document: Any, rows: tuple[tuple[str, str], ...]) -> None:
    table = document.add_table(rows=0, cols=2, style="Table Grid")
    for what, about in rows:
        cells = table.add_row().cells
        for cell, text, width in zip(cells, (what, about), (Mm(34), Mm(122)), strict=True):
            cell.width = width
            _run(cell.paragraphs[0], text, ROW_POINTS)
