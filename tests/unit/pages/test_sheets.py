"""Lists that leave the office: text stays text, sums are numbers, the sheet warns and prints."""

from __future__ import annotations

from datetime import date
from io import BytesIO

import pytest
from openpyxl import load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from services.common.pages.sheets import HEAD_ROW, WARNING, Cell, Column, Sheet, attachment, workbook

COLUMNS = (
    Column("户主"),
    Column("人数", total=True),
    Column("金额（元）", money=True, total=True),
    Column("受理"),
)
FIRST = HEAD_ROW + 2


def sheet(*rows: tuple[Cell, ...]) -> Sheet:
    return Sheet(title="保障名册", body="马厂镇民政办", columns=COLUMNS, rows=rows, made_on=date(2026, 9, 14))


def opened(of: Sheet) -> Worksheet:
    found = load_workbook(BytesIO(workbook(of, "赵晓燕"))).active
    assert isinstance(found, Worksheet)
    return found


@pytest.mark.parametrize(
    "typed", ["=1+1", "+86", "-3", "@SUM(A1)", '=HYPERLINK("http://x")', "http://x.example"]
)
def test_no_text_becomes_a_formula_or_a_link(typed: str) -> None:
    cell = opened(sheet((typed, 1, 100, None))).cell(FIRST, 1)

    assert (cell.value, cell.data_type, cell.hyperlink) == (typed, "s", None)
    assert cell.number_format == "@"
    assert bool(cell.quotePrefix) == (typed[0] in "=+-@"), "the next program must not compute it either"


def test_money_is_yuan_and_the_last_line_adds_up_what_stands_above() -> None:
    page = opened(sheet(("崔建林", 3, 104_000, date(2026, 9, 14)), ("王守田", 2, 86_050, None)))

    assert [page.cell(FIRST, at).value for at in (1, 2, 3)] == ["崔建林", 3, 1040]
    assert page.cell(FIRST, 4).is_date
    assert [page.cell(FIRST + 2, at).value for at in (1, 2, 3)] == ["合计", 5, 1900.5]


def test_the_sheet_says_its_title_preparer_and_day_and_warns_against_sending_it() -> None:
    page = opened(sheet(("崔建林", 3, 104_000, None)))

    assert page["A1"].value == "保障名册"
    assert page["A2"].value == "单位：马厂镇民政办　制表人：赵晓燕　制表日期：2026-09-14　共 1 条"
    assert page["A3"].value == WARNING
    assert "微信" in WARNING
    assert page.cell(page.max_row, 1).value == "制表人：赵晓燕　　审核人：　　　　　　日期："
    assert page.print_title_rows == f"${HEAD_ROW + 1}:${HEAD_ROW + 1}"
    assert page.page_setup.orientation == "landscape"


def test_an_empty_list_and_a_cut_one_say_so() -> None:
    assert "共 0 条" in str(opened(sheet())["A2"].value)
    cut = Sheet(title="案件清单", body="区", columns=COLUMNS, rows=(), made_on=date(2026, 9, 14), cut=True)
    assert "只列出前 5000 条" in str(opened(cut)["A2"].value)


def test_the_file_name_says_list_and_day_and_nobodys_name() -> None:
    told = attachment(sheet(), "赵晓燕", "roll").headers

    assert 'filename="roll-20260914.xlsx"' in told["content-disposition"]
    assert told["cache-control"] == "no-store"
