"""What may stand in the one free text that is published: a person's name, and nothing smuggled in with it."""

from __future__ import annotations

import unicodedata
from typing import ClassVar

from services.common.policy.articles import PIPL_6, R5_4
from services.common.policy.identity import redact
from services.common.policy.law import Finding, Refused, rule
from services.disclosure.rules.leaks.numbers import numbers_in
from services.disclosure.rules.leaks.words import words_in

LONGEST_NAME = 30
# Nobody's name is shorter than the remark that is found in it: 李炎 is a name, 李守田尿毒症 is not.
SHORTEST_REMARKED = 4
# Minority names are written with a middle dot, foreign ones with a space or a hyphen.
JOINTS = frozenset("·• -'’")
# How intake covers the name of a head who is a child.
MASKS = "*＊"
DIGITS_IN_WORDS = frozenset("〇零一二三四五六七八九壹贰叁肆伍陆柒捌玖")
LONGEST_RUN_OF_DIGITS = 4


class NameNotPublishable(Refused):
    """The name field holds something that is not a name; what it holds is never repeated in the message."""

    code: ClassVar[str] = "name-not-publishable"


@rule(R5_4, PIPL_6)
def publishable_name(raw: str) -> Finding[str]:
    """A person's name as it may be printed; a number, an address or a remark in its place is refused."""
    name = " ".join(unicodedata.normalize("NFC", raw).split())
    fault = _fault(name)
    if fault:
        raise NameNotPublishable(R5_4, f"姓名一栏{fault}，不能公示；请改正姓名后重新提出")
    return Finding(R5_4, name, {"text": "姓名一栏只有姓名，可以公示"})


def _fault(name: str) -> str:
    if not name.strip(MASKS):
        return "是空的"
    if len(name) > LONGEST_NAME:
        return f"超过{LONGEST_NAME}个字"
    wide = unicodedata.normalize("NFKC", name)
    if redact(wide) != wide or any(unicodedata.category(c) in ("Nd", "No") for c in wide):
        return "有数字，可能是证件号码或电话"
    if _longest_run(wide) > LONGEST_RUN_OF_DIGITS or numbers_in(wide):
        return "有用汉字写的号码"
    shown = name.rstrip(MASKS)
    if not all(c in JOINTS or unicodedata.category(c)[0] in "LM" or c in DIGITS_IN_WORDS for c in shown):
        return "有姓名以外的符号"
    if "·" not in name and len(name) >= SHORTEST_REMARKED and words_in(name):
        return "有病情或住址"
    return ""


def _longest_run(text: str) -> int:
    longest = run = 0
    for character in text:
        run = run + 1 if character in DIGITS_IN_WORDS else 0
        longest = max(longest, run)
    return longest
