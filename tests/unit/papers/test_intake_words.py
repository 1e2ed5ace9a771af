"""What intake's notices must say: dates, ground, whom to ask, and the right to review."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from services.common.papers.paper import lines
from services.common.papers.wording import Wording, wording
from services.common.policy.areas import UNITS, TownshipCode, Unit, UnitKind, unit
from services.common.policy.calendar import WorkCalendar
from services.common.policy.clocks import ExtensionGround
from services.common.policy.household import Category
from services.common.policy.law import Conflict, Invalid
from services.common.policy.parameters import Policy
from services.intake.commands.papers import WORDINGS
from services.intake.model.case import Case, DeclineGround, Stage, Supplement
from services.intake.model.papers import DeliveryMethod, PaperKind, Sender, Words
from services.intake.rules import papers as rules
from services.intake.rules.papers import NOTHING_MORE
from tests.unit.papers.test_setting import NOTICE
from tests.world.applications import CASE, HOUSEHOLD, TOWNSHIP, VILLAGE

POLICY, CALENDAR = Policy.shipped(), WorkCalendar.shipped()
DAY = date(2026, 9, 14)
TOLD = Case(
    case_id=CASE,
    household_id=HOUSEHOLD,
    township=TownshipCode(TOWNSHIP),
    village=VILLAGE,
    category=Category.DIBAO,
    stage=Stage.RECEIVED,
    received_on=date(2026, 9, 10),
    accepted_on=DAY,
    supplement=Supplement(("户口簿", "核对授权书"), DAY, date(2026, 9, 21)),
    declined_on=DAY,
    decline_ground=DeclineGround.OTHER_TOWNSHIP,
)
# What the case alone does not hold: the register of kin, the lines of a report, why more time is needed.
FURTHER = {
    PaperKind.KIN_FORM: Words(
        {
            "staff": "赵强（马厂镇承办人）",
            "head": "李守田",
            "sex": "男",
            "born": "1966年3月5日",
            "id_masked": "1404**********0018",
            "address": "村南3号",
            "relation": "李守田是工作人员的岳父",
            "size": "3",
            "how": "申请人声明",
            "recused": "赵强",
        },
        {},
    ),
    PaperKind.VERIFICATION: Words({}, {"differences": ("经营收入：核对多于申报",)}),
    PaperKind.EXTENSION: Words({"ground": ExtensionGround.LIVES_ELSEWHERE.value}, {}),
}
TOWN, STREET, CENTRE = (
    next(one for one in UNITS if one.kind is kind)
    for kind in (UnitKind.TOWN, UnitKind.STREET, UnitKind.CENTRE)
)


def said(kind: PaperKind, case: Case = TOLD, body: Unit = TOWN, phone: str = "0355-0000118") -> str:
    words = words_of(kind, case, Sender(body, "陈敏", phone))
    blocks = words_text(kind).fill(words.values, words.lists)
    return "\n".join(lines(replace(NOTICE, blocks=blocks)))


def words_of(kind: PaperKind, case: Case, sender: Sender) -> Words:
    return rules.words_of(kind, case, sender, CALENDAR, POLICY, FURTHER.get(kind, NOTHING_MORE)).value


def words_text(kind: PaperKind) -> Wording:
    return wording(WORDINGS, kind)


@pytest.mark.law("R7.3", "R7.4", "DB.22")
def test_an_acceptance_notice_says_when_the_family_may_count_on_a_decision() -> None:
    text = said(PaperKind.ACCEPTANCE)

    for due in (
        "20个工作日，至2026年10月16日",
        "30个工作日，至2026年10月30日",
        "45个工作日，至2026年11月20日",
    ):
        assert due in text
    assert "2026年9月14日受理" in text
    assert "公示有异议、人户分离、异地申办、家庭经济状况调查难度较大" in text
    assert "经办人：陈敏　　联系电话：0355-0000118" in text


@pytest.mark.law("R7.4")
def test_dates_of_a_year_without_holiday_notice_are_called_provisional() -> None:
    assert "暂定" in said(PaperKind.ACCEPTANCE, replace(TOLD, accepted_on=date(2026, 12, 1)))
    assert "暂定" not in said(PaperKind.ACCEPTANCE)


@pytest.mark.law("DB.10")
def test_a_supplement_notice_lists_everything_once_and_offers_the_promise_instead() -> None:
    text = said(PaperKind.SUPPLEMENT)

    assert "1．户口簿\n2．核对授权书" in text
    assert "2026年9月21日前" in text
    assert "书面承诺" in text
    assert "只告知这一次" in text


@pytest.mark.law("R7.3", "DB.38")
@pytest.mark.parametrize("ground", DeclineGround)
def test_a_non_acceptance_notice_gives_ground_way_out_and_the_right_to_review(ground: DeclineGround) -> None:
    text = said(PaperKind.NON_ACCEPTANCE, replace(TOLD, decline_ground=ground))

    assert ground.chinese.translate(str.maketrans("(),", "（），")) in text
    assert "你可以这样办：" in text
    assert "60日内向长治市潞州区人民政府申请行政复议" in text
    assert "6个月内依法向人民法院提起行政诉讼" in text


@pytest.mark.parametrize("kind", PaperKind)
def test_nothing_is_told_that_has_not_happened(kind: PaperKind) -> None:
    nothing = replace(TOLD, accepted_on=None, supplement=None, declined_on=None, decline_ground=None)

    with pytest.raises(Conflict):
        rules.words_of(kind, nothing, Sender(TOWN, "陈敏", ""), CALENDAR, POLICY)


@pytest.mark.parametrize("kind", PaperKind)
@pytest.mark.parametrize("body", [STREET, CENTRE], ids=["street", "centre"])
def test_an_office_or_centre_speaks_as_itself(kind: PaperKind, body: Unit) -> None:
    text = said(kind, body=body).replace("长治市潞州区人民政府", "")

    assert "人民政府" not in text
    assert "我镇" not in text
    if "we" in words_text(kind).places:
        assert ("我街道" if body is STREET else "我单位") in text


@pytest.mark.parametrize("kind", PaperKind)
def test_a_wording_asks_for_nothing_that_its_rule_does_not_give(kind: PaperKind) -> None:
    words = words_of(kind, TOLD, Sender(TOWN, "", ""))

    assert words_text(kind).places == words.values.keys() & words_text(kind).places
    assert words_text(kind).lists == words.lists.keys()
    assert words_text(kind).title.endswith("备案表" if kind is PaperKind.KIN_FORM else "告知书")


def test_without_a_phone_the_family_is_asked_to_come_by() -> None:
    assert "请到民政办当面咨询" in said(PaperKind.SUPPLEMENT, phone="")


def test_a_value_that_looks_like_a_place_or_a_star_is_not_filled_again() -> None:
    case = replace(TOLD, supplement=Supplement(("{due_on} **全部**",), DAY, DAY))

    assert "1．{due_on} **全部**" in said(PaperKind.SUPPLEMENT, case)


@pytest.mark.law("R7.3")
def test_a_paper_is_not_delivered_before_it_was_issued_nor_to_nobody() -> None:
    told = rules.delivered(DeliveryMethod.POST, DAY, "李守田", DAY, DAY, "受理告知书")

    assert told.facts["text"] == "2026-09-14邮寄送达受理告知书"
    with pytest.raises(Invalid, match="送达日期"):
        rules.delivered(DeliveryMethod.POST, date(2026, 9, 13), "李守田", DAY, DAY, "受理告知书")
    with pytest.raises(Invalid, match="见证人"):
        rules.delivered(DeliveryMethod.LEFT_AT_HOME, DAY, " ", DAY, DAY, "受理告知书")


def test_every_body_of_the_district_has_its_letters() -> None:
    assert unit(TOWNSHIP).mark == "马民救"
    assert not unit(TOWNSHIP).mark_confirmed, "a default until the office says its own"
