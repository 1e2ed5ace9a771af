"""The ledger of papers: their numbers, what was issued, how it was delivered, and which scans came back."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, ClassVar

import structlog
from sqlalchemy import (
    JSON,
    BigInteger,
    Column,
    Date,
    Integer,
    MetaData,
    Row,
    String,
    Table,
    Text,
    UniqueConstraint,
    and_,
    insert,
    select,
    update,
)
from sqlalchemy.dialects.postgresql import insert as pg_insert
from sqlalchemy.dialects.sqlite import insert as sqlite_insert

from services.common.papers.paper import Paper
from services.common.policy.law import Conflict, Missing
from services.common.runtime import row_security
from services.common.runtime.documents import ContentStore
from services.common.runtime.tables import NAMING, Instant
from services.common.runtime.tx import Tx

log = structlog.get_logger()
ledger = MetaData(naming_convention=NAMING)

paper_numbers = Table(
    "paper_numbers",
    ledger,
    Column("township", String(12), primary_key=True, comment="the body that numbers"),
    Column("year", Integer, primary_key=True, autoincrement=False),
    Column("series", String(12), primary_key=True, comment="letter of the kind, as in 受"),
    Column("last", Integer, nullable=False, comment="last number given out; none is left out"),
)

issued_papers = Table(
    "issued_papers",
    ledger,
    Column("township", String(12), primary_key=True),
    Column("paper_id", String(36), primary_key=True),
    Column("village", String(12), nullable=False),
    Column("case_id", String(36), nullable=False, index=True),
    Column("household_id", String(36), nullable=False),
    Column("kind", String(40), nullable=False),
    Column("number", String(60), nullable=False),
    Column("wording", String(60), nullable=False, comment="kind and version of the words it was made from"),
    Column("content", JSON, nullable=False, comment="the whole paper, as it was set"),
    Column("mark", String(12), nullable=False, comment="short hash of the words, printed in the QR code"),
    Column("sha256", String(64), nullable=False, comment="of the PDF as issued"),
    Column("size", BigInteger, nullable=False),
    Column("issued_at", Instant, nullable=False),
    Column("issued_by", String(80), nullable=False),
    UniqueConstraint("paper_id"),
    UniqueConstraint("case_id", "kind"),
    UniqueConstraint("number"),
)

paper_deliveries = Table(
    "paper_deliveries",
    ledger,
    Column("township", String(12), primary_key=True),
    Column("paper_id", String(36), primary_key=True),
    Column("method", String(20), nullable=False),
    Column("delivered_on", Date, nullable=False),
    Column("receiver", String(80), nullable=False, comment="who took it"),
    Column("proof_sha256", String(64), nullable=False, default="", comment="photo of the delivery"),
    Column("recorded_at", Instant, nullable=False),
    Column("recorded_by", String(80), nullable=False),
    UniqueConstraint("paper_id"),
)

paper_scans = Table(
    "paper_scans",
    ledger,
    Column("township", String(12), primary_key=True, comment="of the paper, or of whoever brought the scan"),
    Column("scan_id", String(36), primary_key=True),
    Column("paper_id", String(36), index=True, comment="empty: to be filed by hand"),
    Column("sha256", String(64), nullable=False, comment="of the scanned file"),
    Column("page", Integer, nullable=False, comment="page of the file, from 1"),
    Column("problem", Text, nullable=False, default="", comment="why it could not file itself"),
    Column("scanned_at", Instant, nullable=False),
    Column("scanned_by", String(80), nullable=False),
    Column("filed_by", String(80), nullable=False, default="", comment="who filed it by hand"),
    UniqueConstraint("scan_id"),
    UniqueConstraint("sha256", "page"),
)


def add_to(metadata: MetaData) -> None:
    """Give a service the ledger's tables, walled off by township as its own are."""
    row_security.guard(*(table.to_metadata(metadata) for table in ledger.tables.values()))


class PaperDamaged(Conflict):
    """The stored file is not the one that was issued."""

    code: ClassVar[str] = "paper-damaged"


@dataclass(frozen=True, slots=True, kw_only=True)
class IssuedPaper:
    """A paper that left the house; it never changes again."""

    paper_id: str
    township: str
    village: str
    case_id: str
    household_id: str
    kind: str
    wording: str
    paper: Paper
    mark: str
    sha256: str
    size: int
    issued_at: datetime
    issued_by: str

    @property
    def number(self) -> str:
        return self.paper.number


@dataclass(frozen=True, slots=True, kw_only=True)
class Delivery:
    """How a paper reached the person it is for."""

    paper_id: str
    method: str
    delivered_on: date
    receiver: str
    proof_sha256: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Scan:
    """One scanned page: filed with its paper, or waiting for somebody to look."""

    scan_id: str
    township: str
    paper_id: str
    sha256: str
    page: int
    problem: str
    scanned_at: datetime
    scanned_by: str


async def lock_series(tx: Tx, township: str, year: int, series: str) -> None:
    """Hold a series until the transaction ends: whoever else wants a number of it waits."""
    dialect = sqlite_insert if tx.service.database.is_sqlite else pg_insert
    first = dialect(paper_numbers).values(township=township, year=year, series=series, last=0)
    keys = ["township", "year", "series"]
    await tx.execute(first.on_conflict_do_update(index_elements=keys, set_={"last": paper_numbers.c.last}))


async def next_number(tx: Tx, township: str, year: int, series: str) -> int:
    """The next number of a locked series."""
    mine = and_(
        paper_numbers.c.township == township,
        paper_numbers.c.year == year,
        paper_numbers.c.series == series,
    )
    counted = update(paper_numbers).where(mine).values(last=paper_numbers.c.last + 1)
    number: int = (await tx.execute(counted.returning(paper_numbers.c.last))).scalar_one()
    return number


async def enter(tx: Tx, issued: IssuedPaper) -> None:
    await tx.execute(
        insert(issued_papers).values(
            township=issued.township,
            paper_id=issued.paper_id,
            village=issued.village,
            case_id=issued.case_id,
            household_id=issued.household_id,
            kind=issued.kind,
            number=issued.number,
            wording=issued.wording,
            content=issued.paper.to_json(),
            mark=issued.mark,
            sha256=issued.sha256,
            size=issued.size,
            issued_at=issued.issued_at,
            issued_by=issued.issued_by,
        )
    )


async def find_issued(tx: Tx, paper_id: str) -> IssuedPaper | None:
    return _issued(await tx.one(select(issued_papers).where(issued_papers.c.paper_id == paper_id)))


async def load_issued(tx: Tx, paper_id: str) -> IssuedPaper:
    issued = await find_issued(tx, paper_id)
    if issued is None:
        raise Missing("这份文书")
    return issued


async def find_for_case(tx: Tx, case_id: str, kind: str) -> IssuedPaper | None:
    """The paper of this kind that the case has already."""
    mine = and_(issued_papers.c.case_id == case_id, issued_papers.c.kind == kind)
    return _issued(await tx.one(select(issued_papers).where(mine)))


async def find_by_number(tx: Tx, number: str) -> IssuedPaper | None:
    return _issued(await tx.one(select(issued_papers).where(issued_papers.c.number == number)))


async def find_by_file(tx: Tx, sha256: str) -> IssuedPaper | None:
    """The paper whose PDF, delivery photo or scan this file is."""
    return _issued(
        await tx.one(
            select(issued_papers)
            .outerjoin(paper_deliveries, paper_deliveries.c.paper_id == issued_papers.c.paper_id)
            .outerjoin(paper_scans, paper_scans.c.paper_id == issued_papers.c.paper_id)
            .where(
                (issued_papers.c.sha256 == sha256)
                | (paper_deliveries.c.proof_sha256 == sha256)
                | (paper_scans.c.sha256 == sha256)
            )
            .order_by(issued_papers.c.issued_at)
            .limit(1)
        )
    )


async def issued_for(tx: Tx, case_id: str) -> list[IssuedPaper]:
    """The papers of a case in the order they were issued."""
    wanted = select(issued_papers).where(issued_papers.c.case_id == case_id)
    rows = await tx.all(wanted.order_by(issued_papers.c.issued_at, issued_papers.c.paper_id))
    return [one for row in rows if (one := _issued(row))]


async def content_of(documents: ContentStore, issued: IssuedPaper) -> bytes:
    """The PDF as issued; PaperDamaged when the stored file is another one."""
    content = await documents.get(issued.sha256)
    if hashlib.sha256(content).hexdigest() != issued.sha256:
        log.error("paper.damaged", paper_id=issued.paper_id, sha256=issued.sha256)
        raise PaperDamaged(f"{issued.number}的存档文件与签发时不一致，不能使用。请报告系统管理员核查")
    return content


async def enter_delivery(tx: Tx, issued: IssuedPaper, delivery: Delivery) -> None:
    await tx.execute(
        insert(paper_deliveries).values(
            township=issued.township,
            paper_id=delivery.paper_id,
            method=delivery.method,
            delivered_on=delivery.delivered_on,
            receiver=delivery.receiver,
            proof_sha256=delivery.proof_sha256,
            recorded_at=tx.now,
            recorded_by=tx.actor.id,
        )
    )


async def find_delivery(tx: Tx, paper_id: str) -> Delivery | None:
    row = await tx.one(select(paper_deliveries).where(paper_deliveries.c.paper_id == paper_id))
    if row is None:
        return None
    return Delivery(
        paper_id=row.paper_id,
        method=row.method,
        delivered_on=row.delivered_on,
        receiver=row.receiver,
        proof_sha256=row.proof_sha256,
    )


async def enter_scan(tx: Tx, scan: Scan) -> None:
    await tx.execute(
        insert(paper_scans).values(
            township=scan.township,
            scan_id=scan.scan_id,
            paper_id=scan.paper_id or None,
            sha256=scan.sha256,
            page=scan.page,
            problem=scan.problem,
            scanned_at=scan.scanned_at,
            scanned_by=scan.scanned_by,
        )
    )


async def file_scan(tx: Tx, scan: Scan, issued: IssuedPaper) -> None:
    """A page that waited is filed with its paper by hand."""
    found = await tx.execute(
        update(paper_scans)
        .where(paper_scans.c.scan_id == scan.scan_id, paper_scans.c.paper_id.is_(None))
        .values(paper_id=issued.paper_id, township=issued.township, filed_by=tx.actor.id)
    )
    if not found.rowcount:
        raise Conflict("这页扫描件刚被他人归档，请刷新后再看")


async def find_scan(tx: Tx, scan_id: str) -> Scan | None:
    return _scan(await tx.one(select(paper_scans).where(paper_scans.c.scan_id == scan_id)))


async def load_scan(tx: Tx, scan_id: str) -> Scan:
    scan = await find_scan(tx, scan_id)
    if scan is None:
        raise Missing("这页扫描件")
    return scan


async def find_scanned_page(tx: Tx, sha256: str, page: int) -> Scan | None:
    """The page, if the same file was brought before."""
    mine = and_(paper_scans.c.sha256 == sha256, paper_scans.c.page == page)
    return _scan(await tx.one(select(paper_scans).where(mine)))


async def scans_of(tx: Tx, paper_id: str) -> list[Scan]:
    wanted = select(paper_scans).where(paper_scans.c.paper_id == paper_id)
    rows = await tx.all(wanted.order_by(paper_scans.c.scanned_at, paper_scans.c.scan_id))
    return [one for row in rows if (one := _scan(row))]


async def scans_to_file(tx: Tx, areas: Sequence[str]) -> list[Scan]:
    """Pages that could not file themselves, brought in these areas, the oldest first."""
    wanted = select(paper_scans).where(paper_scans.c.paper_id.is_(None))
    rows = await tx.all(wanted.order_by(paper_scans.c.scanned_at, paper_scans.c.scan_id))
    found = [one for row in rows if (one := _scan(row))]
    return [one for one in found if any(one.township.startswith(area) for area in areas)]


def _issued(row: Row[Any] | None) -> IssuedPaper | None:
    if row is None:
        return None
    return IssuedPaper(
        paper_id=row.paper_id,
        township=row.township,
        village=row.village,
        case_id=row.case_id,
        household_id=row.household_id,
        kind=row.kind,
        wording=row.wording,
        paper=Paper.from_json(row.content),
        mark=row.mark,
        sha256=row.sha256,
        size=row.size,
        issued_at=row.issued_at,
        issued_by=row.issued_by,
    )


def _scan(row: Row[Any] | None) -> Scan | None:
    if row is None:
        return None
    return Scan(
        scan_id=row.scan_id,
        township=row.township,
        paper_id=row.paper_id or "",
        sha256=row.sha256,
        page=row.page,
        problem=row.problem,
        scanned_at=row.scanned_at,
        scanned_by=row.scanned_by,
    )
