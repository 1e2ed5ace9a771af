"""The reserve fund (备用金): accounts, transfers as double entries, requests, the monthly report."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from services.approval.model.ids import ReliefId, RequestId, StaffId
from services.common.policy.areas import TownshipCode
from services.common.policy.law import Conflict
from services.common.policy.money import Fen


class Account(StrEnum):
    """Where money stands: with the district, in the fund, with other givers, with the households."""

    DISTRICT = "district"
    RESERVE = "reserve"
    OTHER = "other"
    SPENT = "spent"

    @property
    def chinese(self) -> str:
        return _ACCOUNTS[self.value]


_ACCOUNTS = {"district": "区级拨款", "reserve": "备用金", "other": "其他来源", "spent": "救助支出"}
NOTHING = Fen(0)


class TransferKind(StrEnum):
    """What moves money between two accounts."""

    ALLOCATION = "allocation"
    GRANT = "grant"
    RETURN = "return"
    OTHER_GRANT = "other-grant"
    OTHER_RETURN = "other-return"

    @property
    def chinese(self) -> str:
        return _TRANSFERS[self.value]


_TRANSFERS = {
    "allocation": "拨入",
    "grant": "救助支出",
    "return": "退回",
    "other-grant": "其他来源支出",
    "other-return": "其他来源退回",
}
# From which account to which: every transfer is written twice, taken from one and given to the other.
SIDES: Mapping[TransferKind, tuple[Account, Account]] = {
    TransferKind.ALLOCATION: (Account.DISTRICT, Account.RESERVE),
    TransferKind.GRANT: (Account.RESERVE, Account.SPENT),
    TransferKind.RETURN: (Account.SPENT, Account.RESERVE),
    TransferKind.OTHER_GRANT: (Account.OTHER, Account.SPENT),
    TransferKind.OTHER_RETURN: (Account.SPENT, Account.OTHER),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Transfer:
    """Money moved once; a mistake is put right by another transfer."""

    transfer_id: str
    township: TownshipCode
    kind: TransferKind
    amount_fen: Fen
    made_on: date
    made_by: str
    relief_id: ReliefId | None = None
    instalment: int = 0
    request_id: RequestId | None = None
    note: str = ""

    @property
    def entries(self) -> tuple[tuple[Account, int], ...]:
        """The two entries; together they are nothing."""
        source, target = SIDES[self.kind]
        return ((source, -self.amount_fen), (target, int(self.amount_fen)))


class RequestStage(StrEnum):
    """Where a request for money stands."""

    REQUESTED = "requested"
    ALLOCATED = "allocated"
    DECLINED = "declined"

    @property
    def chinese(self) -> str:
        return {"requested": "待区民政局拨付", "allocated": "已拨付", "declined": "未拨付"}[self.value]


REQUEST_MOVES: dict[RequestStage, frozenset[RequestStage]] = {
    RequestStage.REQUESTED: frozenset({RequestStage.ALLOCATED, RequestStage.DECLINED}),
    RequestStage.ALLOCATED: frozenset(),
    RequestStage.DECLINED: frozenset(),
}


@dataclass(frozen=True, slots=True, order=True)
class HalfYear:
    """Half a year: in principle the fund is asked for once in each."""

    year: int
    half: int

    @classmethod
    def of(cls, day: date) -> HalfYear:
        return cls(day.year, 1 if day.month <= 6 else 2)

    @property
    def first_day(self) -> date:
        return date(self.year, 1 if self.half == 1 else 7, 1)

    @property
    def chinese(self) -> str:
        return f"{self.year}年{'上' if self.half == 1 else '下'}半年"

    def __str__(self) -> str:
        return f"{self.year}H{self.half}"


@dataclass(frozen=True, slots=True, kw_only=True)
class FundRequest:
    """A township asks for money, showing what is left, what was spent and how far its payments are."""

    request_id: RequestId
    township: TownshipCode
    half: str
    amount_fen: Fen
    balance_fen: Fen
    spent_fen: Fen
    unpaid_fen: Fen
    exception_reason: str
    requested_on: date
    requested_by: StaffId
    stage: RequestStage = RequestStage.REQUESTED
    allocated_fen: Fen = NOTHING
    decided_on: date | None = None
    decided_by: str = ""
    reason: str = ""
    version: int = 0

    def require(self, to: RequestStage) -> None:
        if to not in REQUEST_MOVES[self.stage]:
            raise Conflict(f"该请拨{self.stage.chinese}，不能再次办理")


@dataclass(frozen=True, slots=True, kw_only=True)
class Movement:
    """The fund of a township over a period."""

    opening_fen: int = 0
    allocated_fen: int = 0
    granted_fen: int = 0
    returned_fen: int = 0
    other_granted_fen: int = 0
    other_returned_fen: int = 0

    @property
    def closing_fen(self) -> int:
        return self.opening_fen + self.allocated_fen - self.granted_fen + self.returned_fen


@dataclass(frozen=True, slots=True, kw_only=True)
class MonthlyReport:
    """What a township told the district of one month; a later version corrects, the earlier stays."""

    township: TownshipCode
    month: str
    version: int
    content: Mapping[str, object]
    sha256: str
    sent_on: date
    sent_by: StaffId
    correction: str = ""
