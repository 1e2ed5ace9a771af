"""What is published of a household: the regulation's fields, in its order, and nothing else."""

from dataclasses import fields
from datetime import date

import pytest

from services.common.policy.areas import TownshipCode, VillageCode
from services.common.policy.household import Category
from services.common.policy.money import Fen
from services.common.policy.parameters import Policy, Revision
from services.disclosure.model import (
    BoardKind,
    Cause,
    EndReason,
    Notice,
    ObjectCategory,
    ReliefType,
    Sex,
)
from services.disclosure.rules.fields import (
    FIELDS,
    CauseNotPublishable,
    publishable_cause,
    published_amount,
    published_fields,
)
from services.disclosure.storage.tables import board

POLICY = Policy.shipped()
PHONE = "0355-0000123"


def notice(kind: BoardKind, **more: object) -> Notice:
    facts: dict[str, object] = {
        "entry_id": "e",
        "kind": kind,
        "township": TownshipCode("140403103"),
        "village": VillageCode("140403103001"),
        "head_name": "李守田",
        "shown_from": date(2026, 9, 24),
    }
    if kind in (BoardKind.INITIAL, BoardKind.LONG_TERM):
        facts["category"] = Category.DIBAO
    return Notice(**(facts | more))  # type: ignore[arg-type]


@pytest.mark.law("R5.2a")
def test_initial_publicity_prints_exactly_five_fields_in_the_order_of_the_regulation() -> None:
    printed = published_fields(
        notice(BoardKind.INITIAL, household_size=3, cause=Cause.ILLNESS, shown_until=date(2026, 10, 8)), PHONE
    )
    assert [(each.field, each.label, each.text) for each in printed] == [
        ("head_name", "户主姓名", "李守田"),
        ("household_size", "家庭人口数", "3 人"),
        ("cause", "致贫原因", "因病"),
        ("category", "申请保障类型", "最低生活保障"),
        ("report_phone", "监督举报电话", PHONE),
    ]


@pytest.mark.law("R5.2b")
def test_long_term_disclosure_prints_exactly_five_fields_in_the_order_of_the_regulation() -> None:
    printed = published_fields(notice(BoardKind.LONG_TERM, persons=3, amount_fen=Fen(128_000)), PHONE)
    assert [(each.field, each.label, each.text) for each in printed] == [
        ("head_name", "户主姓名", "李守田"),
        ("category", "保障类型", "最低生活保障"),
        ("persons", "保障人口数", "3 人"),
        ("amount", "保障金额", "每月 1,280.00 元"),
        ("report_phone", "监督举报电话", PHONE),
    ]


@pytest.mark.law("R5.3a")
def test_publicity_of_expenditure_relief_prints_name_object_category_reason_and_phone() -> None:
    printed = published_fields(
        notice(BoardKind.EXPENDITURE, object_category=ObjectCategory.EDGE, cause=Cause.SCHOOLING), PHONE
    )
    assert [(each.label, each.text) for each in printed] == [
        ("姓名", "李守田"),
        ("对象类别", "最低生活保障边缘家庭"),
        ("申请原因", "因学"),
        ("监督举报电话", PHONE),
    ]


@pytest.mark.law("R5.2c")
def test_publicity_before_support_ends_prints_name_sex_reason_and_phone() -> None:
    printed = published_fields(
        notice(BoardKind.DESTITUTE_END, sex=Sex.FEMALE, end_reason=EndReason.VOLUNTARY), PHONE
    )
    assert [(each.label, each.text) for each in printed] == [
        ("姓名", "李守田"),
        ("性别", "女"),
        ("终止原因", "自愿申请退出"),
        ("监督举报电话", PHONE),
    ]


@pytest.mark.law("R5.3b")
def test_disclosure_of_a_relief_prints_name_type_object_category_and_amount() -> None:
    printed = published_fields(
        notice(
            BoardKind.RELIEF,
            relief_type=ReliefType.EMERGENCY,
            object_category=ObjectCategory.OTHER,
            amount_fen=Fen(300_000),
        ),
        PHONE,
    )
    assert [(each.label, each.text) for each in printed] == [
        ("户主姓名", "李守田"),
        ("救助类型", "急难型"),
        ("对象类别", "其他困难家庭"),
        ("救助金额", "3,000.00 元"),
    ]


@pytest.mark.law("R5.2b")
@pytest.mark.parametrize("category", [Category.EDGE, Category.RIGID])
def test_edge_and_rigid_spending_families_have_no_amount_and_print_a_dash(category: Category) -> None:
    amount = published_amount(category, Fen(0), Fen(0))
    printed = published_fields(
        notice(BoardKind.LONG_TERM, category=category, persons=2, amount_fen=amount.value), PHONE
    )
    assert {each.field: each.text for each in printed}["amount"] == "—"


@pytest.mark.law("R5.2b", "R5.4")
def test_the_add_on_for_the_ill_and_disabled_is_never_shown_apart() -> None:
    assert published_amount(Category.DIBAO, Fen(128_000), Fen(15_200)).value == Fen(143_200)


@pytest.mark.law("R5.4")
def test_every_kind_of_notice_has_its_line_in_the_one_table_of_fields() -> None:
    assert FIELDS.keys() == set(BoardKind)


@pytest.mark.law("R5.4")
def test_the_public_table_can_hold_nothing_but_fields_areas_and_dates() -> None:
    published = {"head_name", "category", "household_size", "cause", "persons", "amount_fen"}
    published |= {"object_category", "relief_type", "sex", "end_reason"}
    frame = {"entry_id", "kind", "township", "village", "also_in"}
    frame |= {"shown_from", "shown_until", "provisional"}
    assert {column.name for column in board.columns} == published | frame
    assert {field.name for field in fields(Notice)} == published | frame


@pytest.mark.law("R5.2a")
@pytest.mark.parametrize("cause", Cause)
def test_each_cause_is_one_of_the_coarse_words_of_the_policy(cause: Cause) -> None:
    assert publishable_cause(cause, POLICY, date(2026, 9, 22)).value is cause


@pytest.mark.law("R5.2a")
def test_a_cause_that_the_district_struck_from_its_list_is_not_published() -> None:
    row = POLICY.definition("publicity.causes").row(
        ["因病"], date(2026, 1, 1), "a decision of the district", confirmed=True
    )
    narrowed = POLICY.with_revision(Revision(1, rows=(row,)))
    with pytest.raises(CauseNotPublishable):
        publishable_cause(Cause.DISABILITY, narrowed, date(2026, 9, 22))
