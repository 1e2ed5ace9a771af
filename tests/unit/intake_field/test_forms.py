"""The district's spreadsheets: each compiles, opens in ODK, and asks what the law wants to know."""

from __future__ import annotations

import io
import zipfile

import pytest
from openpyxl import load_workbook
from pyxform.xls2xform import convert

from services.common.forms.model import Group, Kind, Question
from services.common.policy.household_terms import (
    Category,
    DisabilityKind,
    Employment,
    IncomeKind,
    SingleGround,
    SpendingKind,
    Standing,
    SupporterInability,
)
from services.common.policy.law import Invalid
from services.intake.commands.forms import compile_form
from services.intake.forms import SHIPPED, shipped
from services.intake.model.survey import SurveyMode
from tests.world.field import form


@pytest.mark.parametrize("form_id", SHIPPED)
def test_odk_accepts_the_form(form_id: str) -> None:
    converted = convert(shipped(form_id), file_type=".xlsx", validate=True)

    assert [warning for warning in converted.warnings if "max-pixels" not in warning] == []


@pytest.mark.parametrize(
    ("form_id", "title"), [("visit", "走访记录"), ("survey", "入户调查表"), ("posting", "张贴公示")]
)
def test_every_question_that_is_asked_has_a_chinese_label(form_id: str, title: str) -> None:
    compiled = form(form_id)

    assert compiled.title == title
    for node in compiled.root.walk():
        if isinstance(node, Group) or node.asked:
            assert any("\u4e00" <= letter <= "\u9fff" for letter in node.label), node.path


@pytest.mark.law("R1.9")
def test_the_visit_asks_who_lives_there_who_is_kin_and_what_the_family_wants() -> None:
    asked = {node.path.removeprefix("/data/") for node in form("visit").root.walk()}

    assert asked >= {
        "household_id", "case_id", "address", "compound", "phone", "wish", "category", "claim", "consent",
        "helped_by", "members/name", "members/id_number", "members/relation", "members/counted",
        "members/authorised", "members/is_staff", "members/is_kin", "members/kin_relation", "door",
    }  # fmt: skip


@pytest.mark.law("DB.16")
def test_the_survey_has_its_eight_parts() -> None:
    labels = [node.label for node in form("survey").root.walk() if isinstance(node, Group)]

    for part in "一二三四五六七八":
        assert any(label.startswith(f"第{part}部分") for label in labels), part


@pytest.mark.law("DB.16")
@pytest.mark.parametrize(
    ("path", "kind"),
    [
        ("head/mode", Kind.SELECT_ONE),
        ("members/incomes/monthly", Kind.DECIMAL),
        ("members/supporters/unable", Kind.SELECT_ONE),
        ("assets/deposits", Kind.DECIMAL),
        ("assets/vehicle_list/plate", Kind.TEXT),
        ("spending/total", Kind.DECIMAL),
        ("living/narrative", Kind.TEXT),
        ("conclusion/surveyors/signature", Kind.PICTURE),
        ("conclusion/family_signature", Kind.PICTURE),
        ("conclusion/refusal_reason", Kind.TEXT),
        ("conclusion/witness", Kind.TEXT),
        ("conclusion/door", Kind.PICTURE),
    ],
)
def test_the_survey_asks_what_the_law_names(path: str, kind: Kind) -> None:
    question = form("survey").find(path)

    assert isinstance(question, Question)
    assert question.kind is kind


@pytest.mark.parametrize(
    ("form_id", "path", "words"),
    [
        ("visit", "category", Category),
        ("survey", "head/category", Category),
        ("survey", "head/mode", SurveyMode),
        ("survey", "members/standing", Standing),
        ("survey", "members/disability_kind", DisabilityKind),
        ("survey", "members/employment", Employment),
        ("survey", "members/incomes/income_kind", IncomeKind),
        ("survey", "members/supporters/unable", SupporterInability),
        ("survey", "spending/spending_kind", SpendingKind),
        ("survey", "conclusion/single_ground", SingleGround),
    ],
)
def test_what_can_be_chosen_is_what_the_law_distinguishes(
    form_id: str, path: str, words: type[Category]
) -> None:
    question = form(form_id).find(path)

    assert isinstance(question, Question)
    assert {choice.value for choice in question.choices or ()} == {word.value for word in words}


def changed(form_id: str, sheet: str, cell: str, value: str) -> bytes:
    """The spreadsheet with one cell as somebody else typed it."""
    book = load_workbook(io.BytesIO(shipped(form_id)))
    book[sheet][cell] = value
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def rows_of(form_id: str) -> dict[str, int]:
    """The row of each name on the sheet `survey`."""
    sheet = load_workbook(io.BytesIO(shipped(form_id)))["survey"]
    return {str(row[1].value): number for number, row in enumerate(sheet.iter_rows(), 1)}


@pytest.mark.parametrize(
    ("name", "column", "value", "advice"),
    [
        ("claim", "A", "audio", "只支持照片"),
        ("claim", "A", "nonsense", "nonsense"),
        ("claim", "F", "${nobody} = 'yes'", "nobody"),
        ("claim", "B", "reason", "缺少必需的项目：claim"),
    ],
)
def test_a_form_that_cannot_work_is_refused_by_name(name: str, column: str, value: str, advice: str) -> None:
    spoilt = changed("visit", "survey", f"{column}{rows_of('visit')[name]}", value)

    with pytest.raises(Invalid) as refusal:
        compile_form(spoilt)
    assert advice in refusal.value.message


@pytest.mark.parametrize(
    ("cell", "value", "advice"), [("B2", "census", "visit、survey、posting"), ("C2", "版本一", "version")]
)
def test_a_form_needs_a_known_id_and_a_version(cell: str, value: str, advice: str) -> None:
    with pytest.raises(Invalid) as refusal:
        compile_form(changed("visit", "settings", cell, value))
    assert advice in refusal.value.message


def zipped(name: str, content: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(name, content)
    return out.getvalue()


@pytest.mark.parametrize(
    ("content", "advice"),
    [
        (b"", "不是.xlsx文件"),
        (b"type,name,label\ntext,a,A\n", "不是.xlsx文件"),
        (shipped("visit")[:4000], "不是.xlsx文件"),
        (zipped("hello.txt", b"hello"), "xlsx"),
        (zipped("xl/worksheets/sheet1.xml", b"0" * 50_000_000), "展开后过大"),
        (b"x" * 4_000_001, "超过4MB"),
    ],
    ids=["nothing", "csv", "half a file", "another zip", "zip bomb", "too large"],
)
def test_what_is_no_spreadsheet_is_refused(content: bytes, advice: str) -> None:
    with pytest.raises(Invalid) as refusal:
        compile_form(content)
    assert advice in refusal.value.message
