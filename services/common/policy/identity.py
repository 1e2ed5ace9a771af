"""Citizen identity numbers as a validated value that prints masked, and the redaction of free text."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from services.common.policy.articles import GB11643, PIPL_6
from services.common.policy.law import Invalid, rule

WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
CHECK_DIGITS = "10X98765432"
EARLIEST_YEAR, LATEST_YEAR = 1900, 2099
SEPARATORS = re.compile(r"[\s\-·‐-―]+")


class Sex(StrEnum):
    """GB/T 2261.1, as far as an identity number tells it."""

    MALE = "male"
    FEMALE = "female"

    @property
    def chinese(self) -> str:
        return "男" if self is Sex.MALE else "女"


@dataclass(frozen=True, slots=True, repr=False)
class IdNumber:
    """A valid 18-digit number; it prints masked, so that a log or an error can never carry it by accident."""

    value: str

    @classmethod
    @rule(GB11643)
    def parse(cls, raw: str) -> IdNumber:
        """Accept what people type (full width, spaces, small x) and refuse what cannot be a number.

        The area prefix is never tested: residents keep the prefix of their first registration.
        """
        text = SEPARATORS.sub("", unicodedata.normalize("NFKC", raw)).upper()
        if not text:
            raise Invalid("身份证号", "请填写身份证号")
        if re.fullmatch(r"[0-9]{15}", text):
            raise Invalid("身份证号", "这是15位旧号码，请按现用身份证填写18位号码")
        if not re.fullmatch(r"[0-9]{17}[0-9X]", text):
            raise Invalid(
                "身份证号", f"应为18位，前17位是数字，末位是数字或X；现有{len(text)}位，请对照身份证重填"
            )
        if _birth_date(text) is None:
            raise Invalid("身份证号", "第7至14位不是真实的出生日期，请对照身份证重填")
        if check_digit(text[:17]) != text[17]:
            raise Invalid("身份证号", "末位校验码不符，可能有一位写错，请对照身份证逐位核对")
        return cls(text)

    @property
    def masked(self) -> str:
        return f"{self.value[:4]}{'*' * 10}{self.value[-4:]}"

    @property
    def born_on(self) -> date:
        return date(int(self.value[6:10]), int(self.value[10:12]), int(self.value[12:14]))

    @property
    def sex(self) -> Sex:
        return Sex.MALE if int(self.value[16]) % 2 else Sex.FEMALE

    def __str__(self) -> str:
        return self.masked

    def __repr__(self) -> str:
        return f"IdNumber({self.masked})"


def check_digit(first_17: str) -> str:
    """The 18th character that the standard computes from the first seventeen digits."""
    return CHECK_DIGITS[sum(w * int(d) for w, d in zip(WEIGHTS, first_17, strict=True)) % 11]


def age_on(born: date, day: date) -> int:
    """Full years on that day: the birthday itself counts, 29 February comes on 1 March in common years."""
    if day < born:
        raise Invalid("出生日期", f"出生日期晚于{day}，请核对")
    return day.year - born.year - ((day.month, day.day) < (born.month, born.day))


def _birth_date(text: str) -> date | None:
    try:
        born = date(int(text[6:10]), int(text[10:12]), int(text[12:14]))
    except ValueError:
        return None
    return born if EARLIEST_YEAR <= born.year <= LATEST_YEAR else None


# Ids and hashes are tried first and left alone: twelve of their digits in a row may look like a telephone.
_SENSITIVE = re.compile(
    r"(?P<uuid>[0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12})"
    r"|(?P<hash>(?<![0-9a-fA-F])(?=[0-9]*[a-fA-F])[0-9a-fA-F]{32,})"
    r"|(?P<id>(?<![0-9])[1-9](?:[ \-]{0,2}[0-9]){16}[ \-]{0,2}[0-9Xx](?![0-9]))"
    r"|(?P<mobile>(?<![0-9])(?:(?:\+|00)?86[ \-]?)?1[3-9][0-9](?:[ \-]?[0-9]){8}(?![0-9]))"
    r"|(?P<landline>(?<![0-9])(?:\(?0[1-9][0-9]{1,2}\)?)[ \-]?[2-9][0-9]{6,7}(?![0-9]))"
)
_FULL_WIDTH = {ord(c): ord(c) - 0xFEE0 for c in map(chr, range(0xFF01, 0xFF5F))}


@rule(PIPL_6)
def redact(text: str) -> str:
    """The text with identity numbers and telephone numbers masked, wherever they stand in it."""
    plain = text.translate(_FULL_WIDTH)
    parts, end = [], 0
    for match in _SENSITIVE.finditer(plain):
        masked = _mask(match)
        if masked is not None:
            parts += [text[end : match.start()], masked]
            end = match.end()
    return "".join((*parts, text[end:]))


def _mask(match: re.Match[str]) -> str | None:
    found = SEPARATORS.sub("", match[0])
    if match["id"] is not None:
        # A number with a wrong check digit is still somebody's number, mistyped.
        return f"{found[:4]}{'*' * 10}{found[-4:]}" if _birth_date(found) else None
    if match["mobile"] is not None:
        return f"{found[-11:-8]}****{found[-4:]}"
    if match["landline"] is not None:
        return f"{'*' * (len(found) - 2)}{found[-2:]}"
    return None
