"""The yearly notice: read in three forms, refused when it contradicts itself, and what it changes."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest

from services.common.policy.calendar import WorkCalendar
from services.common.policy.holiday_notice import HolidayNotice, parse_notice
from services.common.policy.law import Invalid
from services.common.policy.parameters import Policy, Revision

EXAMPLES = Path(__file__).parents[3] / "docs" / "examples"
TEXT_2026 = (EXAMPLES / "holidays-2026.txt").read_text(encoding="utf-8")
TOML_2027 = (EXAMPLES / "holidays-2027.toml").read_text(encoding="utf-8")


def test_the_notice_as_published_gives_the_calendar_that_is_checked_in():
    notice, table = parse_notice(TEXT_2026), WorkCalendar.shipped().years[2026]
    assert notice.document == table.document == "国办发明电〔2025〕7号"
    assert set(notice.off) == set(table.off)
    assert set(notice.work) == set(table.work)


def test_the_advice_to_rest_on_new_years_eve_is_not_a_day_off():
    text = (
        "国务院办公厅关于2024年部分节假日安排的通知\n国办发明电〔2023〕7号\n"
        "二、春节：2月10日至17日放假调休，共8天。2月4日（星期日）、2月18日（星期日）上班。"
        "鼓励各单位结合带薪年休假等制度落实，安排职工在除夕（2月9日）休息。\n"
    )
    notice = parse_notice(text)
    assert date(2024, 2, 9) not in notice.off
    assert len(notice.off) == 8


def test_new_year_days_of_the_december_before_belong_to_the_notice():
    text = (
        "国务院办公厅关于2023年部分节假日安排的通知\n国办发明电〔2022〕16号\n"
        "一、元旦：2022年12月31日至2023年1月2日放假调休，共3天。\n"
    )
    assert sorted(parse_notice(text).off) == [date(2022, 12, 31), date(2023, 1, 1), date(2023, 1, 2)]


def test_holiday_cn_json_is_read():
    days = [{"name": "元旦", "date": "2027-01-01", "isOffDay": True}]
    days += [{"name": "春节", "date": "2027-01-30", "isOffDay": False}]
    notice = parse_notice(json.dumps({"year": 2027, "papers": ["https://www.gov.cn/x"], "days": days}))
    assert notice.off == {date(2027, 1, 1): "元旦"}
    assert notice.work == {date(2027, 1, 30): "春节"}


def test_a_notice_survives_its_own_json():
    notice = parse_notice(TOML_2027)
    assert HolidayNotice.from_json(json.loads(json.dumps(notice.to_json()))) == notice


@pytest.mark.law("R7.4")
def test_dates_of_a_year_without_a_notice_are_provisional_until_it_is_imported():
    before = Policy.shipped().calendar
    start = date(2027, 1, 18)
    assert [str(before.after(start, n)) for n in (10, 20, 30)] == [
        "2027-02-01（暂定）", "2027-02-19（暂定）", "2027-03-05（暂定）"
    ]  # fmt: skip
    after = Policy.shipped().with_revision(Revision(1, notice=parse_notice(TOML_2027))).calendar
    assert [str(after.after(start, n)) for n in (10, 20, 30)] == ["2027-01-30", "2027-02-20", "2027-03-05"]


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ("1月1日（周四）", "1月1日（周五）", "周四"),
        ("共9天", "共8天", "读出的是9天"),
        ("国办发明电〔2025〕7号", "", "文号"),
        ("关于2026年部分节假日安排", "关于工作安排", "关于××××年"),
        ("2月14日（周六）、2月28日", "2月30日、2月28日", "没有“2月30日”"),
        ("2月14日（周六）", "2月13日（周五）", "不是周末"),
        ("2月14日（周六）", "2月15日（周日）", "既写了放假又写了上班"),
    ],
)
def test_a_notice_that_contradicts_itself_is_refused(old: str, new: str, says: str):
    assert old in TEXT_2026
    with pytest.raises(Invalid, match=says):
        parse_notice(TEXT_2026.replace(old, new))


def test_a_notice_that_leaves_out_a_statutory_holiday_is_refused():
    notice = parse_notice(TOML_2027.replace('{ name = "端午节", off = ["2027-06-09"] },', ""))
    with pytest.raises(Invalid, match="2027-06-09（端午节）"):
        WorkCalendar.shipped().with_notice(notice)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "   ",
        "{",
        "{}",
        '{"year": 2027, "days": 3}',
        "year = 2027",
        "year = \n",
        "year = 2027\nholiday = 3",
        "随便什么",
    ],
)
def test_what_is_not_a_notice_is_refused_with_a_sentence(text: str):
    with pytest.raises(Invalid):
        parse_notice(text)
