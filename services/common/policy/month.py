"""Calendar months: what benefits are paid for and what ledgers are cleared by."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta

from services.common.policy.law import Invalid


@dataclass(frozen=True, slots=True, order=True)
class Month:
    """One month, e.g. 2026-09; adding an int moves by months."""

    year: int
    number: int

    @classmethod
    def of(cls, day: date) -> Month:
        return cls(day.year, day.month)

    @classmethod
    def parse(cls, text: str) -> Month:
        match = re.fullmatch(r"(\d{4})-(0[1-9]|1[0-2])", text, re.ASCII)
        if match is None:
            raise Invalid("月份", f"“{text[:10]}”不是月份，请写成 2026-09")
        return cls(int(match[1]), int(match[2]))

    def __add__(self, months: int) -> Month:
        year, index = divmod(self.year * 12 + self.number - 1 + months, 12)
        return Month(year, index + 1)

    @property
    def first_day(self) -> date:
        return date(self.year, self.number, 1)

    @property
    def last_day(self) -> date:
        return (self + 1).first_day - timedelta(days=1)

    @property
    def chinese(self) -> str:
        return f"{self.year}年{self.number}月"

    def __str__(self) -> str:
        return f"{self.year:04d}-{self.number:02d}"
