"""One file a household, one box a village, and the files of staff's kin kept apart."""

from __future__ import annotations

from datetime import date

import pytest

from services.common.policy.household_terms import Category
from services.review.model import CaseId, HouseholdId, Paper, PaperKind
from services.review.rules import files

VILLAGE = "140403103001"


@pytest.mark.law("R8.1")
def test_the_number_of_a_file_names_district_township_village_class_year_and_serial() -> None:
    number = files.file_number(VILLAGE, Category.DIBAO, date(2026, 10, 9), 7)

    assert number.value == "140403-103-001-DB-2026-0007"
    assert number.article.id == "R8.1"


@pytest.mark.law("R8.1")
@pytest.mark.parametrize(
    ("category", "letters"),
    [
        (Category.DIBAO, "DB"),
        (Category.DESTITUTE, "TK"),
        (Category.EDGE, "BY"),
        (Category.RIGID, "GX"),
    ],
)
def test_every_category_has_its_own_class_of_files(category: Category, letters: str) -> None:
    assert f"-{letters}-" in files.box(VILLAGE, category, 2026)


@pytest.mark.law("R8.1")
def test_a_box_counts_for_one_village_one_class_and_one_year() -> None:
    boxes = {
        files.box(village, category, year)
        for village in (VILLAGE, "140403103002")
        for category in Category
        for year in (2026, 2027)
    }

    assert len(boxes) == 2 * len(Category) * 2


@pytest.mark.law("R8.1")
def test_the_ten_thousandth_file_of_a_box_is_refused_instead_of_widening_the_number() -> None:
    with pytest.raises(files.BoxIsFull):
        files.file_number(VILLAGE, Category.DIBAO, date(2026, 10, 9), 10_000)


@pytest.mark.law("R3.8")
def test_the_file_of_a_household_with_kin_among_staff_is_kept_apart() -> None:
    apart = files.kept_apart(kin_declared=True)

    assert apart.value is True
    assert apart.article.id == "R3.8"
    assert "单独管理" in str(apart.facts["text"])


@pytest.mark.law("R8.1")
def test_a_paper_is_filed_on_the_day_it_was_made() -> None:
    paper = Paper(
        case_id=CaseId("c"),
        household_id=HouseholdId("h"),
        kind=PaperKind.ACCEPTANCE_NOTICE,
        event="ApplicationAccepted",
        reference="c",
        filed_on=date(2026, 9, 14),
    )

    assert files.filed_when_made(paper).value == date(2026, 9, 14)


def test_every_kind_of_paper_has_a_chinese_name_and_every_category_a_class() -> None:
    assert all(kind.chinese for kind in PaperKind)
    assert files.CLASS_LETTERS.keys() == set(Category)
