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
