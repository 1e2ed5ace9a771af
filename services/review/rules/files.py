"""One file a household, one box a village: the number of a file, and when it is kept apart."""

from __future__ import annotations

from datetime import date

from services.common.policy.articles import R3_8, R8_1
from services.common.policy.household_terms import Category
from services.common.policy.law import Finding, Refused, rule
from services.review.model import Paper

CLASS_LETTERS: dict[Category, str] = {
    Category.DIBAO: "DB",
    Category.DESTITUTE: "TK",
    Category.EDGE: "BY",
    Category.RIGID: "GX",
}
LARGEST_SERIAL = 9999


class BoxIsFull(Refused):
    """The village used up the four digits of the year."""

    code = "box-is-full"


def box(village: str, category: Category, year: int) -> str:
    """The part of a file number that one counter counts for: district, township, village, class, year."""
    return f"{village[:6]}-{village[6:9]}-{village[9:12]}-{CLASS_LETTERS[category]}-{year}"


@rule(R8_1)
def file_number(village: str, category: Category, opened_on: date, serial: int) -> Finding[str]:
    """The number of a household's file: its place, its class, the year and a number of that year."""
    if serial > LARGEST_SERIAL:
        raise BoxIsFull(R8_1, f"该村(居){opened_on.year}年的档案流水号已用完，请联系区民政局")
    number = f"{box(village, category, opened_on.year)}-{serial:04d}"
    text = f"一户一档：{opened_on.isoformat()}建立{category.chinese}档案，档号{number}"
    facts = {"village": village, "category": category, "opened_on": opened_on, "serial": serial, "text": text}
    return Finding(R8_1, number, facts)


@rule(R3_8)
def kept_apart(*, kin_declared: bool) -> Finding[bool]:
    """The file of a household with near kin among staff is kept apart from the others."""
    text = (
        "有近亲属为经办人员或村(居)工作人员：档案单独管理"
        if kin_declared
        else "没有申报近亲属：按一般档案管理"
    )
    return Finding(R3_8, kin_declared, {"kin_declared": kin_declared, "text": text})


@rule(R8_1)
def filed_when_made(paper: Paper) -> Finding[date]:
    """A paper belongs in the file from the day it was made."""
    text = f"{paper.kind.chinese}（{paper.filed_on.isoformat()}）随时归档"
    return Finding(R8_1, paper.filed_on, {"kind": paper.kind, "reference": paper.reference, "text": text})
