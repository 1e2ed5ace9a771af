"""Reading an XForm: what it asks, and what is refused by name."""

from __future__ import annotations

import pytest
from pyxform.xls2xform import convert

from services.common.forms.model import Choice, Form, Group, Kind, Question
from services.common.forms.xform import Unsupported, parse_form
from services.common.policy.law import Invalid

SHEET = """
| survey | | | | | | | |
| | type | name | label | required | relevant | constraint | calculation |
| | calculate | case_id | | | | | once(uuid()) |
| | begin group | home | 住房 | | | | |
| | text | address | 住址 | yes | | | |
| | end group | | | | | | |
| | begin repeat | members | 家庭成员 | | | | |
| | text | name | 姓名 | yes | | | |
| | integer | age | 年龄 | | | . < 120 | |
| | begin repeat | incomes | 收入 | | | | |
| | decimal | monthly | 月收入 | yes | ${age} > 15 | | |
| | end repeat | | | | | | |
| | end repeat | | | | | | |
| | select_one yn | wish | 是否申请 | yes | | | |
| | text | claim | 理由 | yes | ${wish} = 'yes' | | |
| | select_multiple yn | many | 多选 | | | | |
| | image | door | 照片 | | | | |
| | date | seen_on | 日期 | | | | |
| | geopoint | place | 位置 | | | | |
| | acknowledge | told | 已告知 | | | | |
| choices | | | |
| | list_name | name | label |
| | yn | yes | 是 |
| | yn | no | 否 |
| settings | | | |
| | form_title | form_id | version |
| | 测试表 | trial | 2026090101 |
"""


def compiled(sheet: str) -> Form:
    return parse_form(convert(sheet, file_type=".md").xform)


@pytest.fixture(scope="module")
def form() -> Form:
    return compiled(SHEET)


def question(form: Form, path: str) -> Question:
    found = form.find(path)
    assert isinstance(found, Question), path
    return found


def test_a_form_has_its_id_version_and_title(form: Form) -> None:
    assert (form.id, form.version, form.title) == ("trial", "2026090101", "测试表")


@pytest.mark.parametrize(
    ("path", "kind"),
    [
        ("home/address", Kind.TEXT),
        ("members/age", Kind.INTEGER),
        ("members/incomes/monthly", Kind.DECIMAL),
        ("wish", Kind.SELECT_ONE),
        ("many", Kind.SELECT_MANY),
        ("door", Kind.PICTURE),
        ("seen_on", Kind.DATE),
        ("place", Kind.GEOPOINT),
        ("told", Kind.ACKNOWLEDGE),
        ("case_id", Kind.TEXT),
    ],
)
def test_every_question_has_its_kind(form: Form, path: str, kind: Kind) -> None:
    assert question(form, path).kind is kind


def test_labels_choices_and_conditions_are_kept_as_written(form: Form) -> None:
    assert question(form, "members/name").label == "姓名"
    assert question(form, "wish").choices == (Choice("yes", "是"), Choice("no", "否"))
    assert question(form, "claim").relevant == "/data/wish  = 'yes'"
    assert question(form, "members/age").constraint == ". < 120"
    assert question(form, "case_id").calculate == "once(uuid())"
    assert question(form, "members/name").required
    assert not question(form, "members/age").required
    assert not question(form, "case_id").asked


def test_repeats_may_stand_in_repeats(form: Form) -> None:
    members, incomes = form.find("members"), form.find("members/incomes")
    assert isinstance(members, Group)
    assert isinstance(incomes, Group)
    assert members.repeat
    assert incomes.repeat
    assert [child.name for child in members.children] == ["name", "age", "incomes"]


def test_the_default_language_gives_the_labels() -> None:
    sheet = """
| survey | | | | |
| | type | name | label::中文(zh) | label::English(en) |
| | text | name | 姓名 | Name |
| settings | | | | |
| | form_title | form_id | version | default_language |
| | 测试表 | trial | 1 | 中文(zh) |
"""
    assert question(compiled(sheet), "name").label == "姓名"


UNSUPPORTED = {
    "audio": ("| | audio | a | 录音 |", "“录音”要上传audio/*，只支持照片"),
    "file": ("| | file | a | 附件 |", "“附件”要上传application/*，只支持照片"),
    "line": ("| | geotrace | a | 路线 |", "“路线”是轨迹题"),
    "area": ("| | geoshape | a | 地块 |", "“地块”是范围题"),
    "rank": ("| | rank yn | a | 排序 |", "“排序”是排序题"),
}


@pytest.mark.parametrize(("row", "named"), UNSUPPORTED.values(), ids=UNSUPPORTED.keys())
def test_what_cannot_run_is_refused_by_name(row: str, named: str) -> None:
    sheet = f"""
| survey | | | |
| | type | name | label |
| | text | first | 第一题 |
{row}
| choices | | | |
| | list_name | name | label |
| | yn | yes | 是 |
| settings | | | |
| | form_title | form_id | version |
| | 测试表 | trial | 1 |
"""
    with pytest.raises(Unsupported, match="不能运行") as refusal:
        compiled(sheet)
    assert named in refusal.value.message


@pytest.mark.parametrize(
    ("source", "advice"),
    [
        ("", "XML"),
        ("<html/>", "不是XForm"),
        ("<!DOCTYPE x><html/>", "DOCTYPE"),
        (convert(SHEET, file_type=".md").xform.replace('version="2026090101"', ""), "填写version"),
        (convert(SHEET, file_type=".md").xform.replace('id="trial"', 'id="试"'), "填写form_id"),
    ],
)
def test_what_is_no_form_is_refused_with_what_to_do(source: str, advice: str) -> None:
    with pytest.raises(Invalid, match=advice):
        parse_form(source)
