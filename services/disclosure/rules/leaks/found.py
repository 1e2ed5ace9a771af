"""What the gate found, in words that say where to look without repeating it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class LeakKind(StrEnum):
    """What must never be public (R5.4)."""

    IDENTITY_NUMBER = "identity-number"
    PHONE = "phone"
    BANK_CARD = "bank-card"
    LONG_NUMBER = "long-number"
    BIRTH_DATE = "birth-date"
    ADDRESS = "address"
    DIAGNOSIS = "diagnosis"
    DISABILITY_GRADE = "disability-grade"
    FILE_METADATA = "file-metadata"

    @property
    def chinese(self) -> str:
        return {
            "identity-number": "证件号码",
            "phone": "电话号码",
            "bank-card": "银行账号",
            "long-number": "长串号码",
            "birth-date": "出生日期",
            "address": "村以下住址",
            "diagnosis": "病情",
            "disability-grade": "残疾等级",
            "file-metadata": "文件里的隐藏信息",
        }[self.value]


WORDS = frozenset({LeakKind.DIAGNOSIS, LeakKind.DISABILITY_GRADE})
"""What a law text may say of nobody in particular."""


@dataclass(frozen=True, slots=True)
class Leak:
    """One thing found: its kind, where it begins, and its first sign only."""

    kind: LeakKind
    at: int
    hint: str

    def __str__(self) -> str:
        where = f"第{self.at + 1}个字起" if self.at >= 0 else ""
        return f"{where}有{self.kind.chinese}（{self.hint}）"


def covered(text: str) -> str:
    """The first sign and stars: enough to find it, too little to use it."""
    return text[:1] + "*" * min(len(text) - 1, 6)
