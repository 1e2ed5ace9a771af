"""Papers as they come from the press: Chinese right, fonts inside, and names that are only names."""

from __future__ import annotations

import time
from dataclasses import replace
from datetime import date
from pathlib import Path
from zipfile import ZipFile

import pytest

from services.common.papers import press as press_module
from services.common.papers import qr
from services.common.papers.editable import docx
from services.common.papers.issue import sheet
from services.common.papers.paper import Items, Paper, Paragraph, Rows, Run, inert, lines, numbered
from services.common.papers.press import NoChineseFont, Press, press
from services.common.papers.qr import Code
from services.common.policy.areas import UNITS, UnitKind
from tests.world.papers import drawn, fonts_of, page_count, words_of

PAPER_ID = "01920000-0000-7000-8000-00000000ca5e"
NOTICE = Paper(
    title="社会救助申请受理告知书",
    number="马民救受〔2026〕187号",
    addressee="李守田",
    blocks=(
        Paragraph((Run("你于2026年9月10日提出的"), Run("最低生活保障", strong=True), Run("申请已受理。"))),
        Rows((("法定时限", "30个工作日，至2026年10月30日"), ("接下来", "请出示户口簿"))),
        Items(("户口簿", "身份证")),
    ),
    body="马厂镇人民政府",
    issued_on=date(2026, 9, 14),
)


async def printed(paper: Paper, site: str = "https://救助.example") -> bytes:
    code = Code(PAPER_ID, paper.mark(PAPER_ID, "acceptance-notice/1"))
    return await press().pdf(sheet(paper, code, site))


async def test_a_notice_is_one_page_with_every_font_inside_and_its_words_readable() -> None:
    pdf = await printed(NOTICE)

    assert page_count(pdf) == 1
    fonts = fonts_of(pdf)
    assert fonts
    assert all("NotoSerifCJK" in row[0] for row in fonts)
    assert all(row[-5:-2] == ["yes", "yes", "yes"] for row in fonts), "embedded, subset, with unicode"
    words = words_of(pdf)
    for said in (
        "李守田：",
        "马民救受〔2026〕187号",
        "2026年9月14日",
        "（盖章）",
        "—1—",
        "送达回证",
        "1．户口簿",
    ):
        assert said in words


async def test_a_warm_page_is_set_in_less_than_a_tenth_of_a_second() -> None:
    await printed(NOTICE)
    taken = []
    for number in range(5):
        started = time.perf_counter()
        await printed(replace(NOTICE, number=f"马民救受〔2026〕{number}号", addressee=f"王{number}"))
        taken.append(time.perf_counter() - started)

    assert min(taken) < 0.1


@pytest.mark.parametrize(
    "name",
    [
        "#panic()",
        "#let x = 1",
        "$x^2$ @cite <label>",
        '<svg onload="alert(1)">',
        "\\u{41}*粗*_斜_`码`",
        "\"引号\"'与'“全角”",
        "= 标题 // 注释 /* 段 */",
        "{received_on}{0}%s",
        '#read("/etc/passwd")',
    ],
)
async def test_a_name_made_of_signs_stays_a_name(name: str) -> None:
    paper = replace(
        NOTICE, addressee=name, blocks=(Paragraph((Run(name),)), Rows((("姓名", name),)), Items((name,)))
    )

    words = words_of(await printed(paper))

    assert words.count("".join(name.split())) == 4


async def test_a_very_long_name_wraps_and_loses_nothing() -> None:
    name = "阿卜杜热合曼·" * 40
    pdf = await printed(replace(NOTICE, addressee=name, blocks=(*NOTICE.blocks, Rows((("姓名", name),)))))

    assert words_of(pdf).count("阿卜杜热合曼·") == 80
    right_edge = drawn(pdf, dpi=100).convert("L").crop((780, 0, 827, 1169))
    assert right_edge.getextrema() == (255, 255), "nothing runs into the margin"


async def test_rare_characters_of_names_are_set() -> None:
    assert "䶮㛃𠅤" in words_of(await printed(replace(NOTICE, addressee="䶮㛃𠅤")))


def test_text_cannot_leave_its_line_or_turn_it_round() -> None:
    assert inert("李\u202e守\n田\x00 \u2028 王") == "李守 田 王"


async def test_a_long_paper_goes_on_to_a_second_page_with_its_number() -> None:
    many = Items(tuple(f"第{n}项材料:" + "说明" * 30 for n in range(20)))
    pdf = await printed(replace(NOTICE, blocks=(many,)))

    assert page_count(pdf) == 3
    assert "—3—" in words_of(pdf)
    own = Code(PAPER_ID, replace(NOTICE, blocks=(many,)).mark(PAPER_ID, "acceptance-notice/1"))
    assert [qr.codes_in(drawn(pdf, page)) for page in range(3)] == [[own]] * 3, "each page can file itself"


async def test_the_code_on_the_paper_says_which_paper_it_is_and_what_it_must_say() -> None:
    found = qr.codes_in(drawn(await printed(NOTICE)))

    assert found == [Code(PAPER_ID, NOTICE.mark(PAPER_ID, "acceptance-notice/1"))]


def test_a_changed_word_changes_the_mark() -> None:
    changed = replace(NOTICE, blocks=(Paragraph((Run("你的申请不予受理。"),)),))

    assert changed.mark(PAPER_ID, "w/1") != NOTICE.mark(PAPER_ID, "w/1")
    assert Paper.from_json(NOTICE.to_json()).mark(PAPER_ID, "w/1") == NOTICE.mark(PAPER_ID, "w/1")


@pytest.mark.parametrize("unit", UNITS, ids=lambda unit: unit.name)
def test_an_office_or_centre_never_signs_as_a_government(unit: object) -> None:
    assert hasattr(unit, "kind")
    if unit.kind is not UnitKind.TOWN:
        assert "人民政府" not in unit.body
    if unit.kind is UnitKind.STREET:
        assert unit.body.endswith("街道办事处")


async def test_the_body_at_the_foot_is_the_one_of_the_head() -> None:
    street = next(unit for unit in UNITS if unit.kind is UnitKind.STREET)
    words = words_of(await printed(replace(NOTICE, body=street.body)))

    assert words.count(street.body) == 2
    assert "人民政府" not in words


def test_numbers_are_written_as_offices_write_them() -> None:
    assert numbered("马民救", "受", 2026, 12) == "马民救受〔2026〕12号"
    assert len({unit.mark for unit in UNITS}) == len(UNITS), "no two bodies number under the same letters"


async def test_without_chinese_fonts_nothing_is_issued(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(press_module, "FONT_FOLDERS", (tmp_path,))

    with pytest.raises(NoChineseFont, match="fonts-noto-cjk"):
        await Press().pdf(sheet(NOTICE, Code(PAPER_ID, "0" * 12), ""))


def test_the_editable_copy_says_the_same_and_that_it_is_not_the_paper(tmp_path: Path) -> None:
    file = tmp_path / "notice.docx"
    file.write_bytes(docx(NOTICE))
    with ZipFile(file) as parts:
        text = parts.read("word/document.xml").decode()

    for said in (
        *(block for block in lines(NOTICE) if "你于" not in block and "：" not in block),
        NOTICE.number,
    ):
        assert said in text
    assert "以盖章的正式文书为准" in text
    assert 'w:eastAsia="仿宋"' in text
