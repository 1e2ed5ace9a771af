"""Money: an int of fen between people and tables, an exact Fraction inside a calculation, rounded once."""

from __future__ import annotations

import re
import unicodedata
from enum import StrEnum
from fractions import Fraction
from typing import NewType

from services.common.policy.law import Invalid

Fen = NewType("Fen", int)
# Larger than any sum of a district; a longer figure is a slip of the hand.
LARGEST = 10**15


class Rounding(StrEnum):
    """How an exact amount becomes payable: to which coin, and to which side."""

    HALF_UP_FEN = "half-up-fen"
    HALF_UP_JIAO = "half-up-jiao"
    HALF_UP_YUAN = "half-up-yuan"
    CEIL_FEN = "ceil-fen"
    CEIL_JIAO = "ceil-jiao"
    CEIL_YUAN = "ceil-yuan"

    @property
    def chinese(self) -> str:
        coin = {"fen": "分", "jiao": "角", "yuan": "元"}[self.value.rsplit("-", 1)[1]]
        return f"{'四舍五入' if self.value.startswith('half') else '进一'}到{coin}"


_COIN = {"fen": 1, "jiao": 10, "yuan": 100}


def round_once(amount: Fraction, how: Rounding | str) -> Fen:
    """The one rounding at the end of a calculation; `amount` is in fen."""
    try:
        side, coin = Rounding(how).value.rsplit("-", 1)
    except ValueError:
        raise Invalid("取整方式", f"没有“{how}”这种取整方式") from None
    coins = amount / _COIN[coin]
    whole = -(-coins // 1) if side == "ceil" else (coins + Fraction(1, 2)) // 1
    return Fen(int(whole) * _COIN[coin])


def yuan(fen: int | Fen) -> str:
    """As printed on notices: `1,280.00`."""
    sign, rest = ("-", -fen) if fen < 0 else ("", fen)
    return f"{sign}{rest // 100:,}.{rest % 100:02d}"


def exact_yuan(fen: Fraction) -> str:
    """An unrounded amount for an explanation: exact when it is, else with four places and a mark."""
    if fen.denominator == 1:
        return yuan(int(fen))
    ten_thousandths = abs(fen) * 100 // 1
    sign = "-" if fen < 0 else ""
    return f"{sign}{ten_thousandths // 10_000:,}.{ten_thousandths % 10_000:04d}…"


def parse_yuan(text: str) -> Fen:
    """What people write for an amount: `1280`, `1,280.00`, `￥1280元`; never more than two decimals."""
    plain = unicodedata.normalize("NFKC", text).strip().removeprefix("¥").removesuffix("元").strip()
    match = re.fullmatch(r"(-?)(\d{1,3}(?:,\d{3})+|\d+)(?:\.(\d{1,2}))?", plain, re.ASCII)
    if match is None:
        raise Invalid("金额", f"“{text[:20]}”不是金额，请写成 1280 或 1,280.00，最多两位小数")
    sign, whole, cents = match.groups()
    # Counted before int(): a very long figure must get a sentence, not the interpreter's own limit.
    if len(whole) > 20 or int(whole.replace(",", "")) * 100 >= LARGEST:
        raise Invalid("金额", "金额过大，请核对")
    fen = int(whole.replace(",", "")) * 100 + int((cents or "").ljust(2, "0"))
    return Fen(-fen if sign else fen)


_FIGURES = "零壹贰叁肆伍陆柒捌玖"
_PLACES = ("", "拾", "佰", "仟")
_GROUPS = ("", "万", "亿", "万亿")


def capital(fen: int | Fen) -> str:
    """As payment rolls and receipts write a sum so that nobody adds a stroke: `壹仟零肆拾元整`."""
    if fen < 0:
        return f"负{capital(-fen)}"
    whole, rest = divmod(fen, 100)
    jiao, cent = divmod(rest, 10)
    text = f"{_whole(whole)}元" if whole else ""
    if not rest:
        return f"{text or '零元'}整"
    if jiao:
        text += f"{_FIGURES[jiao]}角"
    elif whole:
        text += "零"
    return f"{text}{_FIGURES[cent]}分" if cent else f"{text}整"


def _whole(number: int) -> str:
    """Groups of four figures from the left, one 零 for any run of noughts between figures."""
    text, gap = "", False
    digits = f"{number:0{-(-len(str(number)) // 4) * 4}d}"
    groups = [digits[at : at + 4] for at in range(0, len(digits), 4)]
    for at, group in enumerate(groups):
        for place, figure in zip((3, 2, 1, 0), group, strict=True):
            if figure == "0":
                gap = bool(text)
                continue
            text += ("零" if gap else "") + _FIGURES[int(figure)] + _PLACES[place]
            gap = False
        if int(group):
            text += _GROUPS[len(groups) - 1 - at]
    return text
