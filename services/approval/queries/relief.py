"""What people and systems read of temporary relief and of the reserve fund."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from google.protobuf.message import Message

from services.approval.model import (
    FundRequest,
    HalfYear,
    Instalment,
    MonthlyReport,
    Movement,
    Relief,
    ReliefId,
    ReliefKind,
    ReliefStage,
    Transfer,
)
from services.approval.rules.relief import LIMIT
from services.approval.storage import fund, reliefs
from services.common.contracts import approval as contract
from services.common.runtime.adapter import fill
from services.common.runtime.tx import Tx

SHOWN_DAYS = 180


@dataclass(frozen=True, slots=True)
class ReliefAnswer:
    relief: Message
    instalments: tuple[Instalment, ...]


async def get_relief(request: Any, tx: Tx) -> ReliefAnswer:
    found = await reliefs.load_relief(tx, ReliefId(request.relief_id))
    plan = await reliefs.instalments_of(tx, found.relief_id)
    return ReliefAnswer(fill(contract.Relief, found), tuple(plan))


@dataclass(frozen=True, slots=True)
class ReliefList:
    reliefs: tuple[Message, ...]


async def list_reliefs(request: Any, tx: Tx) -> ReliefList:
    """Open reliefs and those of the last half-year, the newest first."""
    return ReliefList(tuple(fill(contract.Relief, one) for one in await recent(tx, request.township)))


async def recent(tx: Tx, area: str) -> list[Relief]:
    return await reliefs.reliefs_of(tx, area, since=tx.today - timedelta(days=SHOWN_DAYS))


@dataclass(frozen=True, slots=True)
class FundView:
    township: str
    balance_fen: int
    allocated_fen: int
    granted_fen: int
    returned_fen: int
    unpaid_fen: int


async def get_fund(request: Any, tx: Tx) -> FundView:
    """The fund over its whole life; the balance is what the movements come to."""
    whole = await fund.movement(tx, request.township, None, tx.today)
    return FundView(
        request.township,
        await fund.balance(tx, request.township),
        whole.allocated_fen,
        whole.granted_fen,
        whole.returned_fen,
        await reliefs.unpaid_fen(tx, request.township),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Purse:
    """The fund of one township as its page shows it."""

    township: str
    balance_fen: int
    half: HalfYear
    this_half: Movement
    unpaid_fen: int
    transfers: tuple[Transfer, ...]
    requests: tuple[FundRequest, ...]
    carried: tuple[tuple[int, int], ...]
    reports: tuple[MonthlyReport, ...]

    @property
    def spent_percent(self) -> int:
        """How much of what the half-year had is spent (支付进度)."""
        had = self.this_half.opening_fen + self.this_half.allocated_fen
        spent = self.this_half.granted_fen - self.this_half.returned_fen
        return spent * 100 // had if had else 0


async def purse_of(tx: Tx, township: str) -> Purse:
    half = HalfYear.of(tx.today)
    return Purse(
        township=township,
        balance_fen=await fund.balance(tx, township),
        half=half,
        this_half=await fund.movement(tx, township, half.first_day, tx.today),
        unpaid_fen=await reliefs.unpaid_fen(tx, township),
        transfers=tuple((await fund.transfers_of(tx, township, half.first_day, tx.today))[::-1]),
        requests=tuple(await fund.requests_of(tx, township)),
        carried=tuple(await fund.years_of(tx, township)),
        reports=tuple(await fund.reports_of(tx, township)),
    )


def limit_fen(tx: Tx, on: date) -> int | None:
    """The township's limit, or None while the district has not said it."""
    return tx.policy.int(LIMIT, on) if tx.policy.known(LIMIT, on) else None


def next_step(relief: Relief, today: date) -> tuple[str, str]:
    """What is to be done next on a relief, and whose turn it is."""
    match relief.stage:
        case ReliefStage.REQUESTED if relief.kind is ReliefKind.EMERGENCY:
            return "先行救助", "镇领导"
        case ReliefStage.REQUESTED:
            return "调查后提出救助意见", "承办人"
        case ReliefStage.PROPOSED:
            return "等公示期满", "系统"
        case ReliefStage.READY if relief.decidable_on and today < relief.decidable_on:
            return "等公示期满", "系统"
        case ReliefStage.READY:
            return "审批", "镇街负责人"
        case ReliefStage.WITH_DISTRICT:
            return "审批", "区民政局"
        case ReliefStage.REFUSED:
            return ("送达告知书", "承办人") if relief.owes_notice else ("已办结", "")
        case ReliefStage.GRANTED if relief.owes_paperwork:
            return "补充手续", "承办人"
        case ReliefStage.GRANTED if relief.owes_platform:
            return "录入临时救助平台", "承办人"
        case _:
            return "已办结", ""
