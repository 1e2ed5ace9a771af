"""Identity numbers and the masking of free text; every number here is invented."""

from __future__ import annotations

import re
from contextlib import suppress
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.common.policy.identity import IdNumber, Sex, age_on, check_digit, redact
from services.common.policy.law import Invalid

INVENTED = ("140403198803080023", "140402196501011019", "140411195212314023", "14040319901001002X")


@st.composite
def numbers(draw: st.DrawFn) -> str:
    area = draw(st.integers(110000, 659999))
    born = draw(st.dates(date(1900, 1, 1), date(2026, 12, 31)))
    first = f"{area:06d}{born:%Y%m%d}{draw(st.integers(0, 999)):03d}"
    return first + check_digit(first)


def test_the_invented_numbers_are_valid_and_say_birth_and_sex():
    assert [IdNumber.parse(n).value for n in INVENTED] == list(INVENTED)
    first = IdNumber.parse(INVENTED[0])
    assert (first.born_on, first.sex) == (date(1988, 3, 8), Sex.FEMALE)


def test_what_people_type_is_accepted():
    assert IdNumber.parse(" １４０４０３ 19901001-002x ").value == "14040319901001002X"


def test_the_prefix_of_the_area_is_never_tested():
    first = "99999919880308002"
    assert IdNumber.parse(first + check_digit(first))


@pytest.mark.parametrize(
    ("raw", "says"),
    [
        ("", "请填写"),
        ("140403880308002", "15位旧号码"),
        ("14040319880308002", "18位"),
        ("1404031988030800234", "18位"),
        ("140403198802300023", "出生日期"),
        ("140403188003080023", "出生日期"),
        ("140403198803080024", "校验码"),
        ("一四〇四", "18位"),
        ("1404031988030X0023", "18位"),
    ],
)
def test_what_cannot_be_a_number_is_refused_with_a_sentence(raw: str, says: str):
    with pytest.raises(Invalid, match=says) as refused:
        IdNumber.parse(raw)
    assert not raw or raw not in str(refused.value)


def test_it_prints_masked_everywhere():
    number = IdNumber.parse(INVENTED[0])
    for shown in (str(number), repr(number), f"{number}", f"{[number]}", number.masked):
        assert "1404**********0023" in shown
        assert "19880308" not in shown


@given(numbers())
def test_a_masked_number_never_reveals_the_birth_date(raw: str):
    number = IdNumber.parse(raw)
    assert re.fullmatch(r"\d{4}\*{10}\d{3}[\dX]", number.masked)
    assert raw not in f"{number!r} {number}"


@given(numbers(), st.integers(0, 17), st.integers(1, 9))
def test_any_single_changed_digit_is_rejected(raw: str, place: int, shift: int):
    old = raw[place]
    new = str((int(old) + shift) % 10) if old != "X" else str(shift)
    with pytest.raises(Invalid):
        IdNumber.parse(raw[:place] + new + raw[place + 1 :])


@given(st.text(max_size=30))
def test_any_text_is_a_number_or_refused(raw: str):
    with suppress(Invalid):
        assert len(IdNumber.parse(raw).value) == 18


@given(
    numbers(), st.text(alphabet="户主电话：, 。a", max_size=8), st.text(alphabet="户主：, 。b", max_size=8)
)
def test_no_valid_number_survives_redaction(raw: str, before: str, after: str):
    assert raw not in redact(before + raw + after)
    assert raw[6:14] not in redact(before + raw + after)


@pytest.mark.parametrize(
    "text",
    [
        "13800138000",
        "电话13800138000。",
        "+86 138-0013-8000",
        "１３８００１３８０００",
        "phone=13800138000&x",
        "0355-2023456",
        "(0355)2023456",
        "03552023456",
    ],
)
def test_telephones_are_redacted(text: str):
    masked = redact(text)
    assert "****" in masked
    assert "0013" not in masked
    assert "20234" not in masked


def test_ids_hashes_amounts_and_dates_are_left_alone():
    text = (
        "01902f3e-7c1b-7000-8000-138001380001 "
        "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855 2026-09-14 1,280.00 140403103201"
    )
    assert redact(text) == text


@given(st.text())
def test_redaction_never_fails_and_is_stable(text: str):
    assert redact(redact(text)) == redact(text)


@pytest.mark.parametrize(
    ("born", "day", "age"),
    [
        ("1966-09-14", "2026-09-13", 59),
        ("1966-09-14", "2026-09-14", 60),
        ("2008-02-29", "2026-02-28", 17),
        ("2008-02-29", "2026-03-01", 18),
    ],
)
def test_age_counts_full_years_and_the_birthday_itself(born: str, day: str, age: int):
    assert age_on(date.fromisoformat(born), date.fromisoformat(day)) == age


def test_a_birth_after_the_day_is_refused():
    with pytest.raises(Invalid):
        age_on(date(2026, 9, 15), date(2026, 9, 14))
