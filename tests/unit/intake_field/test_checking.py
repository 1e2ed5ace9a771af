"""Publishing a form: whatever keeps it from running is refused by its cell."""

from __future__ import annotations

import io
from collections.abc import Mapping
from pathlib import Path

import pytest
from openpyxl import Workbook
from typer.testing import CliRunner

from services.common.policy.law import Invalid
from services.intake.forms import SHIPPED, shipped
from services.intake.forms.checking import FormCannotRun, check_form
from services.intake.forms.sheet import read_sheet

HEADS = (
    "type", "name", "label", "relevant", "calculation", "constraint", "required",
    "choice_filter", "repeat_count", "default", "appearance", "trigger",
)  # fmt: skip
FIRST = {"type": "text", "name": "first", "label": "第一题"}


def sheet(*rows: Mapping[str, str], id_: str = "posting") -> bytes:
    """A spreadsheet whose third row is the first of `rows`."""
    book = Workbook()
    survey = book.active
    assert survey is not None
    survey.title = "survey"
    for row in (dict(zip(HEADS, HEADS, strict=True)), FIRST, *rows):
        survey.append([row.get(head, "") for head in HEADS])
    choices = book.create_sheet("choices")
    for line in (("list_name", "name", "label"), ("yn", "yes", "是"), ("yn", "no", "否")):
        choices.append(line)
    settings = book.create_sheet("settings")
    settings.append(("form_title", "form_id", "version"))
    settings.append(("测试表", id_, "1"))
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def faults(*rows: Mapping[str, str]) -> list[tuple[str, str]]:
    with pytest.raises(FormCannotRun) as refusal:
        check_form(sheet(*rows))
    return [(one.cell, one.message) for one in refusal.value.faults]


def text(name: str, **cells: str) -> Mapping[str, str]:
    return {"type": "text", "name": name, "label": "第二题"} | cells


REFUSED = {
    "an unknown function": (text("x", relevant="foo(${first})"), "survey页D3", "没有函数 foo()"),
    "a function we do not run": (text("x", calculation="area(${first})"), "survey页E3", "不支持函数 面积"),
    "a wrong expression": (text("x", constraint=". > "), "survey页F3", "没有写完"),
    "an open bracket": (text("x", relevant="(1 = 2"), "survey页D3", "应为“)”"),
    "the wrong number of arguments": (text("x", required="if(1, 2)"), "survey页G3", "参数个数不对"),
    "a name that is not there": (text("x", relevant="${nobody} = 1"), "survey页D3", "没有名为“nobody”的项目"),
    "a wrong pattern": (text("x", constraint="regex(., '[0-9')"), "survey页F3", "模式“[0-9”写错了"),
    "a path with //": (text("x", calculation="//first"), "survey页E3", "不支持路径里的“//”"),
    "a circle of one": (text("x", calculation="${x} + 1"), "survey页E3", "x → x"),
    "a wrong default": (text("x", default="foo(1)"), "survey页J3", "没有函数 foo()"),
    "an unknown column": (
        {
            "type": "select_one yn", "name": "x", "label": "题", "choice_filter": "size = ${first}",
        },
        "survey页H3", "没有“size”这一列",
    ),
    "an unknown list": ({"type": "select_one zz", "name": "x", "label": "题"}, "survey页A3", "“zz”的选项组"),
    "an unknown type": ({"type": "nonsense", "name": "x", "label": "题"}, "survey页A3", "题型“nonsense”"),
    "a name twice": (text("first"), "survey页B3", "名称“first”在同一组里用了两次"),
    "a wrong name": (text("a b"), "survey页B3", "名称要以字母开头"),
    "no name": (text(""), "survey页B3", "没有写名称"),
    "no label": ({"type": "text", "name": "x"}, "survey页C3", "没有写标签"),
    "an open group": ({"type": "begin group", "name": "g", "label": "组"}, "survey页A3", "没有成对"),
    "a table": ({"type": "csv-external", "name": "prices"}, "survey页", "数据表“prices.csv”"),
}  # fmt: skip


@pytest.mark.parametrize(("row", "cell", "advice"), REFUSED.values(), ids=REFUSED.keys())
def test_what_cannot_run_is_refused_by_cell(row: Mapping[str, str], cell: str, advice: str) -> None:
    [(where, message)] = faults(row)

    assert where == cell
    assert advice in message


def test_a_circle_is_shown_all_the_way_round() -> None:
    [(cell, message)] = faults(
        text("a", calculation="${b} + 1"),
        text("b", calculation="${c} + 1"),
        text("c", relevant="${a} > 1"),
    )

    assert cell in ("survey页E3", "survey页E4", "survey页D5")
    assert message.count("→") == 3


def test_every_fault_is_named_and_inside_groups_too() -> None:
    found = faults(
        {"type": "begin repeat", "name": "rows", "label": "行", "repeat_count": "foo(1)"},
        text("x", relevant="bar(1)"),
        {"type": "end repeat"},
        text("x", constraint="baz(1)"),
        {"type": "audio", "name": "sound", "label": "录音"},
    )

    assert sorted(cell for cell, _ in found) == ["survey页A7", "survey页D4", "survey页F6", "survey页I3"]


@pytest.mark.parametrize("form_id", SHIPPED)
def test_every_item_of_a_shipped_form_has_its_cell(form_id: str) -> None:
    form, places = check_form(shipped(form_id)).form, read_sheet(shipped(form_id))

    for node in form.root.walk():
        assert places.cell(node.path.removeprefix("/data/"), "name").startswith("survey页B"), node.path


def test_a_form_without_faults_but_of_no_known_kind_is_refused() -> None:
    with pytest.raises(Invalid, match="form_id须为"):
        check_form(sheet(id_="census"))


def test_the_command_line_says_the_cells_or_what_the_form_asks(tmp_path: Path) -> None:
    from services.forms_cli import app

    good, bad = tmp_path / "good.xlsx", tmp_path / "bad.xlsx"
    good.write_bytes(shipped("survey"))
    bad.write_bytes(sheet(text("x", relevant="foo(1)")))

    fine = CliRunner().invoke(app, ["check", str(good)])
    refused = CliRunner().invoke(app, ["check", str(bad)])

    assert fine.exit_code == 0
    assert "可以发布：入户调查表 survey" in fine.output
    assert refused.exit_code == 2
    assert "survey页D3：“第二题”的relevant：没有函数 foo()" in refused.output
