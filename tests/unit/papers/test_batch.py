"""The batch table: fixed columns, head and line to sign on every page, sums in figures and in capitals."""

from __future__ import annotations

from datetime import date
from io import BytesIO

import pytest
from openpyxl import load_workbook

from services.common.papers.batch import WARNING, Cell, Column, Kind, Sheet, printed, workbook
from services.common.policy.money import capital
from tests.world.papers import fonts_of, page_count, words_of

COLUMNS = (
    Column("户主"),
    Column("村（居）", 16),
    Column("人数", 8, total=True),
    Column("金额", money=True, total=True),
)
ROW: tuple[Cell, ...] = ("崔建林", "清泉村", 3, 104_000)


def sheet(kind: Kind, rows: int = 2, *, large: bool = False) -> Sheet:
    return Sheet(
        title=f"最低生活保障金{kind.chinese}",
        body="马厂镇人民政府",
        columns=COLUMNS,
        rows=[ROW] * rows,
        made_on=date(2026, 10, 13),
        kind=kind,
        period="2026年10月",
        large=large,
    )


async def test_a_payment_roll_says_whose_it_is_of_which_month_and_what_it_pays_in_capitals() -> None:
    words = words_of(await printed(sheet(Kind.PAYMENT_ROLL), "赵晓燕"))

    for said in (
        "编制单位：马厂镇人民政府",
        "所属期：2026年10月",
        "单位：元",
        "2,080.00",
        "合计金额（大写）：贰仟零捌拾元整",
        "制表人：赵晓燕",
        "制表日期：2026年10月13日",
    ):
        assert said in words


@pytest.mark.parametrize(
    ("kind", "signers"),
    [
        (Kind.LEDGER, ["审核人"]),
        (Kind.ROSTER, ["审核人", "负责人"]),
        (Kind.PAYMENT_ROLL, ["审核人", "分管领导", "主要领导"]),
        (Kind.FILING_FORM, ["审核人", "负责人"]),
    ],
)
async def test_each_kind_is_signed_by_who_answers_for_it(kind: Kind, signers: list[str]) -> None:
    pdf = words_of(await printed(sheet(kind), "赵晓燕"))
    lines = [str(row[0]) for row in load_workbook(BytesIO(workbook(sheet(kind), "赵晓燕"))).active.values]  # type: ignore[union-attr]

    assert all(f"{who}：" in pdf and f"{who}：" in lines[-1] for who in signers)


async def test_every_page_has_the_head_the_line_to_sign_and_its_number() -> None:
    pdf = await printed(sheet(Kind.ROSTER, 60), "赵晓燕")

    pages, words = page_count(pdf), words_of(pdf)
    assert pages == 3
    assert [words.count(said) for said in ("村（居）", "审核人：", WARNING.replace(" ", ""))] == [3, 3, 3]
    assert "第3页，共3页" in words
    assert words.count("合计") == 1, "the sums stand once, at the end"


async def test_fonts_are_embedded_and_a3_is_larger() -> None:
    small, large = (
        await printed(sheet(Kind.LEDGER), "赵晓燕"),
        await printed(sheet(Kind.LEDGER, large=True), "赵晓燕"),
    )

    assert {row[-5] for row in fonts_of(small)} == {"yes"}
    assert b"841.8" in small or b"842" in small
    assert b"1190.5" in large or b"1191" in large


def test_all_but_plain_lists_number_their_rows() -> None:
    heads = {
        kind: load_workbook(BytesIO(workbook(sheet(kind), "赵晓燕"))).active["A4"].value  # type: ignore[index]
        for kind in (Kind.LIST, Kind.LEDGER)
    }

    assert heads == {Kind.LIST: "户主", Kind.LEDGER: "序号"}


async def test_a_cell_made_of_signs_stays_text() -> None:
    one = Sheet(
        title="#panic()",
        body="$x$",
        columns=(Column("*户主*"),),
        rows=[("#eval[1] <a>",)],
        made_on=date(2026, 1, 1),
    )

    words = words_of(await printed(one, "@who"))

    assert all(said in words for said in ("#panic()", "$x$", "*户主*", "#eval[1]<a>", "@who"))


@pytest.mark.parametrize(
    ("fen", "text"),
    [
        (0, "零元整"),
        (104_000, "壹仟零肆拾元整"),
        (86_050, "捌佰陆拾元伍角整"),
        (10_012, "壹佰元壹角贰分"),
        (10_002, "壹佰元零贰分"),
        (1_000_000_01, "壹佰万元零壹分"),
        (1_0000_0001_00, "壹亿零壹元整"),
    ],
)
def test_sums_are_written_in_capitals_that_nobody_can_add_a_stroke_to(fen: int, text: str) -> None:
    assert capital(fen) == text
