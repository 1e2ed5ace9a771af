"""Dated values: the shipped base, revisions, and what is known to be missing."""

from __future__ import annotations

import json
from datetime import date
from fractions import Fraction

import pytest

from services.common.policy.holiday_notice import parse_notice
from services.common.policy.law import Conflict, Invalid
from services.common.policy.parameters import ParameterMissing, Policy, Revision, Unit, plain, shown

DAY = date(2026, 9, 14)


def test_every_shipped_value_has_its_article_source_and_day(policy):
    rows = policy.all(date.max)
    assert len(rows) == len(policy.definitions)
    assert all(row.source and row.article.title and row.revision == 0 for row in rows)


def test_the_standard_of_760_is_confirmed_for_2023_and_to_be_confirmed_later(policy):
    assert policy.value("dibao.standard_fen", date(2023, 6, 1)).confirmed
    later = policy.value("dibao.standard_fen", DAY)
    assert (later.value, later.confirmed) == (76000, False)


def test_a_missing_value_stops_the_calculation_with_its_article(policy):
    with pytest.raises(ParameterMissing, match="参数待确认") as refused:
        policy.value("rigid.ratio", DAY)
    assert refused.value.code == "parameter-missing"
    assert refused.value.article.id == "GX.4"


def test_a_day_before_the_first_row_has_no_value(policy):
    with pytest.raises(ParameterMissing):
        policy.fen("dibao.standard_fen", date(2020, 1, 1))


def test_an_unknown_name_is_refused(policy):
    with pytest.raises(Invalid, match="没有名为"):
        policy.value("dibao.standard", DAY)


def test_a_revision_is_in_force_from_its_day_and_findable_by_its_number(amended):
    policy = amended({"dibao.standard_fen": 80000}, date(2026, 7, 1))
    assert policy.revision == 1
    assert policy.fen("dibao.standard_fen", date(2026, 6, 30)) == 76000
    assert policy.value("dibao.standard_fen", DAY).revision == 1
    assert policy.at_revision(0).fen("dibao.standard_fen", DAY) == 76000


def test_of_two_rows_of_one_day_the_later_revision_counts(amended):
    first = amended({"dibao.standard_fen": 80000}, date(2026, 7, 1))
    row = first.definition("dibao.standard_fen").row(81000, date(2026, 7, 1), "更正", confirmed=True)
    assert first.with_revision(Revision(2, (row,))).fen("dibao.standard_fen", DAY) == 81000


def test_a_revision_number_never_goes_back(amended):
    with pytest.raises(Conflict):
        amended({"dibao.standard_fen": 80000}).with_revision(Revision(1))


def test_a_snapshot_of_the_revisions_survives_its_own_json(amended):
    policy = amended(
        {"dibao.standard_fen": 80000, "rigid.ratio": "3/5", "kin.local_widening": ["公婆", "女婿"]}
    )
    text = 'year = 2027\ndocument = "示例"\nholiday = ['
    text += '{ name = "元旦", off = ["2027-01-01"] }, { name = "春节", off = ["2027-02-05/2027-02-10"] },'
    text += '{ name = "清明节", off = ["2027-04-05"] }, { name = "劳动节", off = ["2027-05-01/2027-05-04"] },'
    text += '{ name = "端午节", off = ["2027-06-09"] }, { name = "中秋节", off = ["2027-09-15"] },'
    text += '{ name = "国庆节", off = ["2027-10-01/2027-10-05"] }]'
    policy = policy.with_revision(Revision(2, notice=parse_notice(text), note="放假通知"))
    again = Policy.from_json(json.loads(json.dumps(policy.to_json())))
    assert again == policy
    assert again.fraction("rigid.ratio", DAY) == Fraction(3, 5)
    assert not again.calendar.after(date(2027, 1, 18), 10).provisional
    assert Policy.from_json(Policy.shipped().to_json()) == Policy.shipped()


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("dibao.standard_fen", "760"),
        ("dibao.standard_fen", -1),
        ("dibao.standard_fen", True),
        ("dibao.standard_fen", 760.5),
        ("rigid.ratio", "六成"),
        ("rigid.ratio", "1/0"),
        ("publicity.roll_to_working_day", "是"),
        ("kin.local_widening", "公婆"),
        ("amount.method", 1),
    ],
)
def test_a_value_of_the_wrong_kind_is_refused_when_it_is_imported(name: str, value: object, policy):
    with pytest.raises(Invalid):
        policy.definition(name).row(value, DAY, "测试", confirmed=True)


def test_values_are_shown_to_people_and_written_to_json():
    assert shown(76000, Unit.FEN) == "760.00元"
    assert shown(None, Unit.FEN) == "待确认"
    assert shown(False, Unit.FLAG) == "否"
    assert shown(("公婆", "女婿"), Unit.LIST) == "公婆、女婿"
    assert shown(30, Unit.WORKING_DAYS) == "30"
    assert (plain(Fraction(3, 2)), plain(("a",)), plain(3)) == ("3/2", ["a"], 3)
