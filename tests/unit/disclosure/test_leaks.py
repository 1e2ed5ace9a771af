"""The head's name is a name: a number, an address or a remark in its place is refused and never repeated."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.common.policy.identity import WEIGHTS, check_digit
from services.disclosure.rules.leaks import NameNotPublishable, publishable_name


@pytest.mark.law("R5.4")
@pytest.mark.parametrize(
    ("typed", "printed"),
    [
        ("李守田", "李守田"),
        (" 段腊梅 ", "段腊梅"),
        ("阿卜杜热西提·买买提", "阿卜杜热西提·买买提"),
        ("马〇", "马〇"),
        ("丁一", "丁一"),
        ("李*", "李*"),
        ("𠮷田花", "𠮷田花"),
        ("Anna  Schmidt-Li", "Anna Schmidt-Li"),
    ],
)
def test_names_of_all_kinds_are_printed(typed: str, printed: str) -> None:
    assert publishable_name(typed).value == printed


@pytest.mark.law("R5.4", "PIPL.6")
@pytest.mark.parametrize(
    "typed",
    [
        "",
        "   ",
        "李守田140402197001011234",
        "李守田 １４０４０２１９７００１０１１２３４",
        "李守田13800001234",
        "李守田①",
        "*",
        "李*守田",
        "李守田一三八零零零零一二三四",
        "李守田（马厂镇李家庄村）",
        "李守田，尿毒症透析",
        "<b>李守田</b>",
        "李守田\u202e",
        "李" * 31,
    ],
)
def test_anything_else_in_the_place_of_the_name_is_refused(typed: str) -> None:
    with pytest.raises(NameNotPublishable) as refused:
        publishable_name(typed)
    assert refused.value.article.id == "R5.4"


@given(st.text(alphabet="0123456789", min_size=len(WEIGHTS), max_size=len(WEIGHTS)), st.text(max_size=5))
def test_no_identity_number_ever_passes_and_no_refusal_repeats_it(digits: str, around: str) -> None:
    number = digits + check_digit(digits)
    with pytest.raises(NameNotPublishable) as refused:
        publishable_name(around + number)
    assert number not in str(refused.value)
