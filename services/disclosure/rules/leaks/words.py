"""Words about a person that are never public: where the house stands, illnesses, grades of disability.

Illnesses are told by how Chinese writes them, not by a register: signs with the radical of sickness (疒), and
stems that name what is wrong with a part of the body. Ordinary words of assistance that have such a sign in
them (因病, 医疗, 残疾人) are taken out first.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from pathlib import Path

from services.disclosure.rules.leaks.found import Leak, LeakKind, covered

HERE = Path(__file__).parent


def _words(name: str) -> list[str]:
    """The words of a list, without its comments."""
    lines = (HERE / name).read_text("utf-8").splitlines()
    return [word for line in lines if not line.startswith("#") for word in line.split()]


# 疒 and what is built on it.
SICK = "\u7592-\u7647"
ORDINARY = tuple(sorted(_words("ordinary.txt"), key=len, reverse=True))
STEMS = tuple(_words("stems.txt"))
# Most stems are plain words, which are looked for one by one; few are patterns.
PLAIN = tuple(one for one in STEMS if one.isalpha() and one != "疒" and not one.isascii())
PATTERNS = re.compile("|".join(f"[{SICK}]" if one == "疒" else one for one in STEMS if one not in PLAIN))
KINDS = "视力|听力|言语|肢体|智力|精神|多重"
GRADE = "[一二三四1-4ⅠⅡⅢⅣ][级級]"
GRADES = re.compile(
    "|".join(
        (
            rf"(?:{KINDS})(?:、(?:{KINDS}))*(?:残疾|障碍)?{GRADE}",
            rf"{GRADE}(?:{KINDS})",
            rf"残疾(?:等级|级别|程度)?(?:为|是|[:：])?{GRADE}",
            rf"{GRADE}残疾",
            "残疾证(?:号|编号)",
            "聋哑|哑巴|盲人|瞎子|跛子|傻子|弱智|智障|精神病人",
            rf"(?:{KINDS})残疾",
        )
    )
)
NUMBER = r"[0-9一二三四五六七八九十百零〇]{1,5}"
STREETS = "村|庄|路|街|巷|里|弄|胡同|小区|社区|苑|园|寨|沟|坡|屯"
ADDRESSES = re.compile(
    "|".join(
        (
            rf"{NUMBER} ?(?:号楼|栋|幢|号院)",
            rf"{NUMBER} ?单元",
            rf"(?:楼|单元|栋|幢|层) ?{NUMBER} ?(?:室|户|号)",
            rf"(?:{STREETS})(?:[东西南北中前后]{{0,2}}(?:段|侧)?) ?{NUMBER} ?号(?!文|楼前|令|公告|通知|窗口)",
            rf"第? ?{NUMBER} ?(?:村民小组|居民小组|生产队)",
            rf"{NUMBER} ?[组排] ?{NUMBER} ?号",
            rf"门牌(?:号)? ?{NUMBER}",
        )
    )
)


def words_in(text: str) -> tuple[Leak, ...]:
    """Every word about a person's house, illness or disability."""
    plain = (
        unicodedata.normalize("NFKC", text) if len(unicodedata.normalize("NFKC", text)) == len(text) else text
    )
    return tuple(_found(plain))


def _found(plain: str) -> Iterator[Leak]:
    for match in ADDRESSES.finditer(plain):
        yield Leak(LeakKind.ADDRESS, match.start(), covered(match[0]))
    for match in GRADES.finditer(plain):
        yield Leak(LeakKind.DISABILITY_GRADE, match.start(), covered(match[0]))
    without = _without_ordinary(plain)
    places = {without.index(stem) for stem in PLAIN if stem in without}
    places |= {match.start() for match in PATTERNS.finditer(without)}
    for at in sorted(places):
        yield Leak(LeakKind.DIAGNOSIS, at, covered(plain[at : at + 4]))


def _without_ordinary(plain: str) -> str:
    """The text with the ordinary words of social assistance blotted out, the longest first."""
    for word in ORDINARY:
        if word in plain:
            plain = plain.replace(word, "。" * len(word))
    return plain
