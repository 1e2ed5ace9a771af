"""People's numbers in any spacing, width or writing: identity numbers, telephones, cards, dates of birth.

A text is read as pieces of digits with what stands between them. Spaces, hyphens and dots join pieces as they
come; commas and 、 join them only where that can be a hidden number and not an enumeration or an amount.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from itertools import pairwise

from services.disclosure.rules.leaks.found import Leak, LeakKind, covered

WORD_DIGITS = {
    sign: digit
    for digit, signs in {
        "0": "〇零洞○◯", "1": "一幺壹", "2": "二两贰", "3": "三叁", "4": "四肆",
        "5": "五伍", "6": "六陆", "7": "七柒拐", "8": "八捌", "9": "九玖勾",
    }.items()
    for sign in signs
}  # fmt: skip
# Letters that stand in for digits, believed only between digits.
LOOKALIKES = {"O": "0", "o": "0", "〇": "0", "l": "1", "I": "1", "|": "1"}
JOINING, LISTING = frozenset(" \t\n-‐‑‒–—―−._·•/\\~()[]{}:*#+|'`"), frozenset(",、;，；")
FURTHEST_APART = 3
LONGEST_UNBROKEN = 15
ID_LENGTH, OLD_ID_LENGTH, MOBILE_LENGTH = 18, 15, 11
CARD_LENGTHS = range(16, 20)
PROVINCES = frozenset(
    map(str, (*range(11, 16), *range(21, 24), *range(31, 38), *range(41, 47), *range(50, 55), *range(61, 66)))
) | {"71", "81", "82", "83"}
EARLIEST_BIRTH, LATEST_BIRTH = 1900, 2099
# The X at the end of an identity number may stand apart like any digit of it.
PIECES = re.compile(r"[0-9]+[Xx]?(?![A-Za-z])|[0-9]+|(?<![A-Za-z0-9])[Xx](?![A-Za-z0-9])")
# Of a masked number the ends are still a number's ends.
MASKED = re.compile(
    r"(?<![0-9])[0-9]{3,10}[*xX×●•_]{3,14}[0-9]{2,6}[0-9Xx]?(?![0-9])|(?<![0-9])[0-9]{6,}[*×●•]{4,}"
)
BORN = re.compile(
    r"(?:(?:19|20)[0-9]{2}[年./-] ?[01]?[0-9][月./-] ?[0-3]?[0-9]日?(?:出?生|生人)"
    r"|(?:出生|生于|生日|生辰)[^0-9。；]{0,6}(?:19|20)[0-9]{2}[年./-] ?[01]?[0-9](?:[月./-] ?[0-3]?[0-9])?)"
)
DATES = re.compile(
    r"(?:19|20)[0-9]{2} ?[-./年] ?[01]?[0-9] ?[-./月] ?[0-3]?[0-9](?![0-9])"
    r"|(?<![0-9])[0-2]?[0-9]:[0-5][0-9](?::[0-5][0-9])?(?![0-9])"
)
LANDLINE = re.compile(r"(?<![0-9])\(?0[1-9][0-9]{1,2}\)?[- ]{0,2}[2-9][0-9]{2,3}[- ]?[0-9]{4}(?![0-9])")
LOCAL = re.compile(r"(?:电话|手机|座机|联系|致电|拨打)[^0-9。；，]{0,6}([2-9][0-9]{6,7})(?![0-9])")


@dataclass(frozen=True, slots=True)
class Piece:
    """Digits that stand together, and where they begin in the text."""

    digits: str
    at: int


def numbers_in(text: str) -> tuple[Leak, ...]:
    """Every number in `text` that can be somebody's."""
    plain = _digits_read(text)
    found = {LeakKind.BIRTH_DATE: [m.start() for m in BORN.finditer(plain)]}
    found[LeakKind.IDENTITY_NUMBER] = [m.start() for m in MASKED.finditer(plain)]
    for run in _runs(plain):
        if (at := _identity_number(run)) is not None:
            found[LeakKind.IDENTITY_NUMBER].append(at)
    # A date is no part of a card or a telephone; it may be one of an identity number.
    undated = DATES.sub(lambda match: "日" * len(match[0]), plain)
    for run in _runs(undated):
        for kind, at in _other_number(run):
            found.setdefault(kind, []).append(at)
    phones = [*LANDLINE.finditer(undated), *LOCAL.finditer(undated)]
    found.setdefault(LeakKind.PHONE, []).extend(match.start() for match in phones)
    return tuple(
        Leak(kind, at, covered(text[at : at + 8]))
        for kind, places in found.items()
        for at in sorted(set(places))
    )


def _digits_read(text: str) -> str:
    """The text with every sign for a digit as that digit, sign for sign."""
    wide = "".join(_plain(sign) for sign in text)
    between = re.sub(r"(?<=[0-9])[OoIl|](?=[0-9])", lambda match: LOOKALIKES[match[0]], wide)
    return between.replace("\u0001", "")


@cache
def _plain(sign: str) -> str:
    if sign in WORD_DIGITS:
        return WORD_DIGITS[sign]
    if "0" <= sign <= "~" and sign.isascii():
        return sign
    if unicodedata.category(sign) in ("Mn", "Me", "Cf", "Mc"):
        return " "
    digit = unicodedata.digit(sign, None)
    if digit is not None:
        return str(digit)
    folded = unicodedata.normalize("NFKC", sign)
    inner = WORD_DIGITS.get(folded.strip("()[]〔〕"), folded.strip("()"))
    return inner if len(inner) == 1 else (folded[:1] if len(folded) == 1 else sign)


def _runs(plain: str) -> Iterator[list[Piece]]:
    """Pieces of digits that only signs of joining or listing keep apart."""
    run: list[Piece] = []
    gaps: list[str] = []
    end = 0
    for match in PIECES.finditer(plain):
        gap = plain[end : match.start()]
        joins = bool(run) and len(gap) <= FURTHEST_APART and set(gap) <= JOINING | LISTING
        if not joins:
            yield from _settled(run, gaps)
            run, gaps = [], []
        else:
            gaps.append(gap)
        run.append(Piece(match[0], match.start()))
        end = match.end()
    yield from _settled(run, gaps)


def _settled(run: list[Piece], gaps: list[str]) -> Iterator[list[Piece]]:
    """One run, or its parts where the commas in it only list."""
    if not run:
        return
    if not any(set(gap) & LISTING for gap in gaps) or _hides_a_number(run):
        yield run
        return
    part = [run[0]]
    for piece, gap in zip(run[1:], gaps, strict=True):
        if set(gap) & LISTING:
            yield part
            part = []
        part.append(piece)
    yield part


def _hides_a_number(run: Sequence[Piece]) -> bool:
    """Pieces of one or two digits, or all of three as in amounts; an enumeration 1、2、3 is none."""
    values = [int(piece.digits.rstrip("Xx") or 0) for piece in run]
    steps = {later - earlier for earlier, later in pairwise(values)}
    if steps == {1}:
        return False
    sizes = [len(piece.digits) for piece in run]
    return max(sizes) <= 2 or (max(sizes) <= 3 and set(sizes[1:-1]) == {3} and sum(sizes) >= LONGEST_UNBROKEN)


def _identity_number(run: Sequence[Piece]) -> int | None:
    """Where an identity number begins at a piece and ends with one; a mistyped one is somebody's too."""
    for first, piece in enumerate(run):
        digits = ""
        for last in run[first:]:
            digits += last.digits
            if len(digits) > ID_LENGTH:
                break
            if len(digits) == ID_LENGTH and digits[:2] in PROVINCES and _born(digits[6:14]):
                return piece.at
            if len(digits) == OLD_ID_LENGTH and digits[:2] in PROVINCES and _born("19" + digits[6:12]):
                return piece.at
    return None


def _other_number(run: Sequence[Piece]) -> Iterator[tuple[LeakKind, int]]:
    for piece in run:
        if len(piece.digits) >= LONGEST_UNBROKEN:
            yield LeakKind.LONG_NUMBER, piece.at
    for first, piece in enumerate(run):
        digits = ""
        for count, last in enumerate(run[first:], 1):
            digits += last.digits
            if len(digits) > max(CARD_LENGTHS):
                break
            if _is_mobile(digits):
                yield LeakKind.PHONE, piece.at
            if (
                count > 1
                and len(digits) in CARD_LENGTHS
                and digits.isdigit()
                and _is_card(digits, run[first : first + count])
            ):
                yield LeakKind.BANK_CARD, piece.at


def _is_mobile(digits: str) -> bool:
    if len(digits) < MOBILE_LENGTH or len(digits) > MOBILE_LENGTH + len("0086"):
        return False
    bare = re.sub(r"^(?:00)?86(?=1[3-9][0-9]{9}$)", "", digits)
    return len(bare) == MOBILE_LENGTH and bare[0] == "1" and bare[1] in "3456789" and bare.isdigit()


def _is_card(digits: str, pieces: Sequence[Piece]) -> bool:
    """Cards of China begin with 62; others are believed by their check digit."""
    if digits[0] not in "3456":
        return False
    total = sum(int(d) if n % 2 else sum(divmod(int(d) * 2, 10)) for n, d in enumerate(reversed(digits), 1))
    in_fours = all(len(piece.digits) == 4 for piece in pieces[:-1])
    return total % 10 == 0 or (digits.startswith("62") and in_fours)


def _born(text: str) -> bool:
    try:
        born = date(int(text[:4]), int(text[4:6]), int(text[6:8]))
    except ValueError:
        return False
    return EARLIEST_BIRTH <= born.year <= LATEST_BIRTH
