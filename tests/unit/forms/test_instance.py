"""Reading what was filled in: typed answers, and every problem by path and label."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.common.forms.answers import Picture, Place
from services.common.forms.instance import Filled, WrongAnswers, read_instance, write_instance
from services.common.forms.model import Form
from services.common.policy.law import Invalid
from tests.unit.forms.test_xform import SHEET, compiled

ID = "01920000-0000-7000-8000-000000000001"
ANSWERS: dict[str, object] = {
    "case_id": ID,
    "home": {"address": "村南3号 <b>&"},
    "members": [
        {"name": "王守田", "age": 60, "incomes": [{"monthly": "1280.05"}, {"monthly": Decimal(3)}]},
        {"name": "李秀兰", "age": "", "incomes": []},
    ],
    "wish": True,
    "claim": "病了",
    "many": ("yes", "no"),
    "door": Picture("door.jpg"),
    "seen_on": date(2026, 9, 14),
    "place": Place(Decimal("36.2"), Decimal("113.1"), None),
    "told": "OK",
}


@pytest.fixture(scope="module")
def form() -> Form:
    return compiled(SHEET)


def filled(form: Form, change: Callable[[str], str] = lambda xml: xml) -> Filled:
    return read_instance(form, change(write_instance(form, ANSWERS, ID)))


def problems(form: Form, change: Callable[[str], str]) -> list[tuple[str, str, str]]:
    with pytest.raises(WrongAnswers) as refusal:
        filled(form, change)
    return [(one.path, one.label, one.message) for one in refusal.value.problems]


def test_answers_come_back_with_their_types(form: Form) -> None:
    read = filled(form)
    answers = read.answers

    assert read.instance_id == f"uuid:{ID}"
    assert read.pictures == ("door.jpg",)
    assert answers.text("home/address") == "村南3号 <b>&"
    assert answers.yes("wish")
    assert answers.chosen("many") == ("yes", "no")
    assert answers.day("seen_on") == date(2026, 9, 14)
    assert answers.picture("door") == "door.jpg"
    assert answers.find("place") == Place(Decimal("36.2"), Decimal("113.1"), Decimal(0))
    head, wife = answers.each("members")
    assert head.integer("age") == 60
    assert [one.money("monthly") for one in head.each("incomes")] == [128_005, 300]
    assert wife.integer("age") is None
    assert wife.each("incomes") == ()


def test_what_was_not_answered_is_blank(form: Form) -> None:
    answers = filled(form, lambda xml: xml.replace("<seen_on>2026-09-14</seen_on>", "<seen_on/>")).answers

    assert answers.day("seen_on") is None
    assert answers.find("seen_on") is None
    assert answers.text("nothing/at/all") == ""


def test_a_part_that_does_not_apply_may_be_absent(form: Form) -> None:
    answers = filled(form, lambda xml: xml.replace("<claim>病了</claim>", "")).answers

    assert answers.text("claim") == ""


def test_a_part_that_applies_and_was_left_blank_is_named(form: Form) -> None:
    assert problems(form, lambda xml: xml.replace("<claim>病了</claim>", "<claim/>")) == [
        ("claim", "理由", "没有填写，请补填")
    ]


def test_a_missing_group_names_what_it_should_hold(form: Form) -> None:
    def without_home(xml: str) -> str:
        start, end = xml.index("<home>"), xml.index("</home>") + len("</home>")
        return xml[:start] + xml[end:]

    assert problems(form, without_home) == [("home/address", "住址", "没有填写，请补填")]


def test_every_problem_is_named_by_its_place_and_label(form: Form) -> None:
    def spoil(xml: str) -> str:
        return (
            xml.replace("<name>李秀兰</name>", "<name/>")
            .replace("<age>60</age>", "<age>sixty</age>")
            .replace("<monthly>3</monthly>", "<monthly>1_000</monthly>")
            .replace("<wish>yes</wish>", "<wish>maybe</wish>")
        )

    assert [(path, label) for path, label, _ in problems(form, spoil)] == [
        ("members[1]/age", "家庭成员第1项·年龄"),
        ("members[1]/incomes[2]/monthly", "家庭成员第1项·收入第2项·月收入"),
        ("members[2]/name", "家庭成员第2项·姓名"),
        ("wish", "是否申请"),
    ]


@pytest.mark.parametrize("raw", ["1,000", "infinity", "NaN", "1e5", "1_000", "", " ", "0x10", "1.2.3", "--1"])
def test_what_python_would_take_for_a_number_is_none(form: Form, raw: str) -> None:
    assert problems(form, lambda xml: xml.replace("<monthly>3</monthly>", f"<monthly>{raw}</monthly>"))


def test_full_width_digits_are_read_as_people_mean_them(form: Form) -> None:
    answers = filled(form, lambda xml: xml.replace("<age>60</age>", "<age>６０</age>")).answers

    assert answers.each("members")[0].integer("age") == 60


def test_money_has_at_most_two_decimals(form: Form) -> None:
    answers = filled(
        form, lambda xml: xml.replace("<monthly>3</monthly>", "<monthly>3.005</monthly>")
    ).answers

    with pytest.raises(Invalid, match="两位小数"):
        answers.each("members")[0].each("incomes")[1].money("monthly")


@given(st.integers(min_value=0, max_value=10**12))
def test_yuan_as_text_becomes_exactly_the_same_fen(fen: int) -> None:
    form = compiled_once()
    text = f"{fen // 100}.{fen % 100:02d}"
    answers = ANSWERS | {"members": [{"name": "甲", "incomes": [{"monthly": text}]}]}

    read = read_instance(form, write_instance(form, answers, ID)).answers
    assert read.each("members")[0].each("incomes")[0].money("monthly") == fen


@given(st.text(min_size=1, max_size=200).filter(str.strip))
def test_whatever_people_write_comes_back_as_written_or_is_refused(text: str) -> None:
    form = compiled_once()
    written = write_instance(form, ANSWERS | {"home": {"address": text}}, ID)

    try:
        read = read_instance(form, written).answers.text("home/address")
    except Invalid:
        assert not text.isprintable()  # a control character is no XML
    else:
        assert read.split() == text.replace("\r\n", "\n").split()


_FORMS: list[Form] = []


def compiled_once() -> Form:
    if not _FORMS:
        _FORMS.append(compiled(SHEET))
    return _FORMS[0]


def test_a_picture_named_like_a_path_is_refused(form: Form) -> None:
    [(path, _, message)] = problems(form, lambda xml: xml.replace("door.jpg", "../../door.jpg"))
    assert (path, message) == ("door", "不是照片的文件名")


def test_an_answer_that_stands_twice_is_refused(form: Form) -> None:
    twice = "<wish>yes</wish><wish>no</wish>"
    assert problems(form, lambda xml: xml.replace("<wish>yes</wish>", twice))[0][0] == "wish"


def test_the_template_of_a_repeat_is_no_entry(form: Form) -> None:
    template = (
        '<members xmlns:jr="http://openrosa.org/javarosa" jr:template=""><name/></members><members><name>王'
    )
    answers = filled(form, lambda xml: xml.replace("<members><name>王", template, 1)).answers

    assert len(answers.each("members")) == 2


def test_an_instance_of_another_form_is_refused(form: Form) -> None:
    with pytest.raises(Invalid, match="不是表单"):
        filled(form, lambda xml: xml.replace('id="trial"', 'id="other"'))


def test_a_misspelt_answer_is_refused_when_it_is_written(form: Form) -> None:
    with pytest.raises(Invalid, match="不是这张表的项目"):
        write_instance(form, ANSWERS | {"adress": "村南"}, ID)
