"""What a batch table is: its kind, its columns, its rows, and who answers for it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

WARNING = "本表含个人信息，仅供办理救助使用。不得通过微信、QQ 等发送本表或其照片，用毕删除。"
MOST_ROWS = 5000
Cell = str | int | date | None


class Kind(StrEnum):
    """What the table is for: it decides who signs it."""

    LIST = "list"
    LEDGER = "ledger"
    ROSTER = "roster"
    PAYMENT_ROLL = "payment-roll"
    FILING_FORM = "filing-form"

    @property
    def chinese(self) -> str:
        return _WORDS[self]

    @property
    def signers(self) -> tuple[str, ...]:
        """Who signs below the preparer, in the order of the line."""
        return _SIGNERS.get(self, ("审核人",))


_WORDS = {
    Kind.LIST: "清单",
    Kind.LEDGER: "台账",
    Kind.ROSTER: "花名册",
    Kind.PAYMENT_ROLL: "发放表",
    Kind.FILING_FORM: "备案表",
}
_SIGNERS = {
    Kind.ROSTER: ("审核人", "负责人"),
    Kind.PAYMENT_ROLL: ("审核人", "分管领导", "主要领导"),
    Kind.FILING_FORM: ("审核人", "负责人"),
}


@dataclass(frozen=True, slots=True)
class Column:
    """One column; `width` in characters, `money` holds fen and shows yuan, `total` is summed up below."""

    head: str
    width: int = 12
    money: bool = False
    total: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """One table as it leaves the office; `period` is what it is about, `large` prints it on A3."""

    title: str
    body: str
    columns: Sequence[Column]
    rows: Sequence[Sequence[Cell]]
    made_on: date
    cut: bool = False
    kind: Kind = Kind.LIST
    period: str = ""
    note: str = ""
    large: bool = False

    @property
    def numbered(self) -> Sheet:
        """The same table with a running number in front; a plain list stays as it is."""
        if self.kind is Kind.LIST:
            return self
        return Sheet(
            title=self.title,
            body=self.body,
            columns=(Column("序号", 5), *self.columns),
            rows=[(at, *row) for at, row in enumerate(self.rows, 1)],
            made_on=self.made_on,
            cut=self.cut,
            period=self.period,
            note=self.note,
            large=self.large,
        )

    @property
    def counted(self) -> str:
        """How many rows, and whether there are more than a table holds."""
        return f"共 {len(self.rows)} 条{f'，只列出前 {MOST_ROWS} 条' if self.cut else ''}"

    @property
    def has_money(self) -> bool:
        return any(column.money for column in self.columns)

    @property
    def totals(self) -> list[Cell] | None:
        """The last line: sums under what is summed up; None where nothing is."""
        if not self.rows or not any(column.total for column in self.columns):
            return None
        return [
            sum(cell for row in self.rows if isinstance(cell := row[at], int))
            if column.total
            else "合计"
            if at == 0
            else ""
            for at, column in enumerate(self.columns)
        ]

    @property
    def whole_fen(self) -> int | None:
        """What a payment roll pays in all; None where no money is summed up."""
        paid = [at for at, column in enumerate(self.columns) if column.money and column.total]
        if not paid or not self.rows:
            return None
        return sum(cell for row in self.rows if isinstance(cell := row[paid[-1]], int))
