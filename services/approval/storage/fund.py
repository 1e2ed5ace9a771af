"""The reserve fund's books: transfers, their two entries, the balance, requests and reports."""

from __future__ import annotations

from datetime import date
from typing import Any

from sqlalchemy import Row, and_, func, insert, select, update
from sqlalchemy.dialects.postgresql import insert as pg_insert
from sqlalchemy.dialects.sqlite import insert as sqlite_insert

from services.approval.model import (
    Account,
    FundRequest,
    MonthlyReport,
    Movement,
    RequestId,
    RequestStage,
    Transfer,
    TransferKind,
)
from services.approval.storage import rows
from services.approval.storage.relief_tables import (
    fund_balances,
    fund_entries,
    fund_requests,
    fund_transfers,
    fund_years,
    monthly_reports,
)
from services.common.policy.law import Missing
from services.common.runtime.tx import Tx


async def book(tx: Tx, transfer: Transfer) -> bool:
    """Move the money, or nothing: False where the fund does not hold that much.

    The balance is taken and compared in one statement, so that of many at once none takes what is not there.
    """
    reserve = sum(amount for account, amount in transfer.entries if account is Account.RESERVE)
    if reserve and not await _move_balance(tx, transfer.township, reserve):
        return False
    await tx.execute(insert(fund_transfers).values(rows.values_of(transfer)))
    await tx.execute(
        insert(fund_entries).values(
            [
                {
                    "transfer_id": transfer.transfer_id,
                    "township": transfer.township,
                    "account": account.value,
                    "amount_fen": amount,
                }
                for account, amount in transfer.entries
            ]
        )
    )
    return True


async def _move_balance(tx: Tx, township: str, by: int) -> bool:
    dialect = sqlite_insert if tx.service.database.is_sqlite else pg_insert
    first = dialect(fund_balances).values(township=township, balance_fen=0)
    await tx.execute(first.on_conflict_do_nothing(index_elements=["township"]))
    enough = and_(fund_balances.c.township == township, fund_balances.c.balance_fen + by >= 0)
    moved = update(fund_balances).where(enough).values(balance_fen=fund_balances.c.balance_fen + by)
    return bool((await tx.execute(moved)).rowcount)


async def balance(tx: Tx, township: str) -> int:
    wanted = select(fund_balances.c.balance_fen).where(fund_balances.c.township == township)
    return int(await tx.scalar(wanted) or 0)


async def entries_of_reserve(tx: Tx, township: str) -> int:
    """What the entries of the fund's account add up to."""
    mine = and_(fund_entries.c.township == township, fund_entries.c.account == Account.RESERVE.value)
    return int(await tx.scalar(select(func.coalesce(func.sum(fund_entries.c.amount_fen), 0)).where(mine)))


async def unpaired(tx: Tx, township: str) -> int:
    """Transfers whose entries do not cancel out; there should be none."""
    sums = (
        select(fund_entries.c.transfer_id)
        .where(fund_entries.c.township == township)
        .group_by(fund_entries.c.transfer_id)
        .having(func.sum(fund_entries.c.amount_fen) != 0)
    )
    return len(await tx.all(sums))


async def movement(tx: Tx, township: str, first: date | None, last: date) -> Movement:
    """The fund over a period; without a first day from the beginning."""
    mine = fund_transfers.c.township == township
    before = await _sums(tx, and_(mine, fund_transfers.c.made_on < first)) if first else {}
    within = and_(mine, fund_transfers.c.made_on <= last)
    during = await _sums(tx, and_(within, fund_transfers.c.made_on >= first) if first else within)
    return Movement(
        opening_fen=_counted(before).closing_fen,
        allocated_fen=during.get(TransferKind.ALLOCATION, 0),
        granted_fen=during.get(TransferKind.GRANT, 0),
        returned_fen=during.get(TransferKind.RETURN, 0),
        other_granted_fen=during.get(TransferKind.OTHER_GRANT, 0),
        other_returned_fen=during.get(TransferKind.OTHER_RETURN, 0),
    )


def _counted(sums: dict[TransferKind, int]) -> Movement:
    return Movement(
        allocated_fen=sums.get(TransferKind.ALLOCATION, 0),
        granted_fen=sums.get(TransferKind.GRANT, 0),
        returned_fen=sums.get(TransferKind.RETURN, 0),
    )


async def _sums(tx: Tx, where: Any) -> dict[TransferKind, int]:
    wanted = select(fund_transfers.c.kind, func.sum(fund_transfers.c.amount_fen).label("amount"))
    found = await tx.all(wanted.where(where).group_by(fund_transfers.c.kind))
    return {TransferKind(row.kind): int(row.amount) for row in found}


async def transfers_of(tx: Tx, township: str, first: date, last: date) -> list[Transfer]:
    mine = and_(fund_transfers.c.township == township, fund_transfers.c.made_on.between(first, last))
    found = select(fund_transfers).where(mine)
    return [
        Transfer(**rows.plain(Transfer, row) | {"kind": TransferKind(row.kind)})
        for row in await tx.all(found.order_by(fund_transfers.c.made_on, fund_transfers.c.transfer_id))
    ]


async def townships(tx: Tx) -> list[str]:
    """Every township that has ever had a fund."""
    rows_ = await tx.all(select(fund_balances.c.township).order_by(fund_balances.c.township))
    return [row.township for row in rows_]


async def lock_request(tx: Tx, request_id: RequestId) -> FundRequest:
    row = await tx.one(
        select(fund_requests).where(fund_requests.c.request_id == request_id).with_for_update()
    )
    if row is None:
        raise Missing("该备用金申请")
    return _request(row)


async def save_request(tx: Tx, asked: FundRequest) -> None:
    await rows.save(tx, fund_requests, "request_id", asked, "该申请刚被他人办理，请刷新后重试")


async def find_request(tx: Tx, request_id: RequestId) -> FundRequest | None:
    row = await tx.one(select(fund_requests).where(fund_requests.c.request_id == request_id))
    return _request(row) if row else None


async def requests_of(tx: Tx, area: str) -> list[FundRequest]:
    wanted = select(fund_requests).where(fund_requests.c.township.startswith(area, autoescape=True))
    found = await tx.all(wanted.order_by(fund_requests.c.requested_on.desc()).limit(100))
    return [_request(row) for row in found]


async def requests_in(tx: Tx, township: str, half: str) -> int:
    """How many of a half-year count: what the district declined may be asked for again."""
    mine = and_(
        fund_requests.c.township == township,
        fund_requests.c.half == half,
        fund_requests.c.stage != RequestStage.DECLINED.value,
    )
    return int(await tx.scalar(select(func.count()).select_from(fund_requests).where(mine)))


async def begin_year(tx: Tx, township: str, year: int, carried: int) -> None:
    await tx.execute(insert(fund_years).values(township=township, year=year, carried_over_fen=carried))


async def years_of(tx: Tx, township: str) -> list[tuple[int, int]]:
    wanted = select(fund_years).where(fund_years.c.township == township).order_by(fund_years.c.year)
    return [(row.year, row.carried_over_fen) for row in await tx.all(wanted)]


async def reports_of(tx: Tx, area: str, month: str = "") -> list[MonthlyReport]:
    """Every version that was sent, the newest month and version first."""
    wanted = select(monthly_reports).where(monthly_reports.c.township.startswith(area, autoescape=True))
    if month:
        wanted = wanted.where(monthly_reports.c.month == month)
    ordered = wanted.order_by(monthly_reports.c.month.desc(), monthly_reports.c.version.desc()).limit(200)
    return [MonthlyReport(**rows.plain(MonthlyReport, row)) for row in await tx.all(ordered)]


async def enter_report(tx: Tx, report: MonthlyReport) -> None:
    await tx.execute(insert(monthly_reports).values(rows.values_of(report)))


def _request(row: Row[Any]) -> FundRequest:
    return FundRequest(**rows.plain(FundRequest, row) | {"stage": RequestStage(row.stage)})
