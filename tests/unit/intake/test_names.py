"""Names as they are typed when only their sound is known."""

from __future__ import annotations

import pytest

from services.intake.rules.names import spellings, typed_sound


@pytest.mark.parametrize(
    ("name", "typed"),
    [
        ("王守田", "wangshoutian"),
        ("王守田", "wst"),
        ("王守田", "shoutian"),
        ("曾志刚", "zengzhigang"),
        ("解秀英", "xiexiuying"),
        ("吕芳", "lvfang"),
        ("阿依古丽·买买提", "ayiguli"),
    ],
)
def test_a_name_is_found_by_whole_pinyin_by_the_given_name_and_by_initials(name: str, typed: str) -> None:
    assert f" {typed}" in spellings(name)


def test_a_search_meets_the_beginning_of_a_spelling_only() -> None:
    assert " oushou" not in spellings("周守田")


def test_a_name_without_any_sound_has_no_spelling() -> None:
    assert spellings("") == ""
    assert spellings("··") == ""


@pytest.mark.parametrize("typed", ["Lǚ Fāng", "lv fang", "LVFANG", "lü fang", "ｌｖｆａｎｇ"])
def test_tones_spaces_and_wide_letters_do_not_matter(typed: str) -> None:
    assert typed_sound(typed) == "lvfang"
