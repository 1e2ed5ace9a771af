"""Papers of a case as people see them, the public check of a printed code, and scans waiting for a hand."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from hmac import compare_digest

from services.common.contracts import intake
from services.common.papers import ledger
from services.common.papers.ledger import IssuedPaper, PaperDamaged, Scan
from services.common.policy.law import Missing
from services.common.runtime.tx import Tx
from services.intake.model.papers import DeliveryMethod, PaperKind


@dataclass(frozen=True, slots=True)
class PaperView:
    """One paper as the contract shows it."""

    paper_id: str
    kind: str
    number: str
    title: str
    issued_on: date
    sha256: str
    size: int
    delivery_method: str
    delivered_on: date | None
    scan_sha256: tuple[str, ...]

    @property
    def kind_text(self) -> str:
        return PaperKind(self.kind).chinese

    @property
    def delivery_text(self) -> str:
        return DeliveryMethod(self.delivery_method).chinese if self.delivery_method else ""


@dataclass(frozen=True, slots=True)
class PaperList:
    papers: tuple[PaperView, ...]


@dataclass(frozen=True, slots=True)
class Verified:
    """What the public learns of a paper whose code is good: nothing of anybody."""

    kind: str
    number: str
    body: str
    issued_on: date
    is_intact: bool


async def list_papers(request: intake.ListPapersRequest, tx: Tx) -> PaperList:
    return PaperList(tuple(await papers_of(tx, request.case_id)))


async def papers_of(tx: Tx, case_id: str) -> list[PaperView]:
    """The papers of a case in the order they were issued."""
    return [await _view(tx, issued) for issued in await ledger.issued_for(tx, case_id)]


async def verify(tx: Tx, paper_id: str, mark: str) -> Verified:
    """Whether a printed code is that of a paper of ours; Missing says no more than that it is not.

    Without the short mark of its words nobody learns whether a paper exists.
    """
    issued = await ledger.find_issued(tx, paper_id)
    if issued is None or not compare_digest(issued.mark.encode(), mark.encode()):
        raise Missing("这份文书")
    try:
        await ledger.content_of(tx.service.documents, issued)
        is_intact = issued.paper.mark(issued.paper_id, issued.wording) == issued.mark
    except (PaperDamaged, Missing):
        is_intact = False
    paper = issued.paper
    return Verified(PaperKind(issued.kind).chinese, paper.number, paper.body, paper.issued_on, is_intact)


async def scans_to_file(tx: Tx, areas: Sequence[str]) -> list[Scan]:
    return await ledger.scans_to_file(tx, areas)


async def _view(tx: Tx, issued: IssuedPaper) -> PaperView:
    delivery = await ledger.find_delivery(tx, issued.paper_id)
    return PaperView(
        paper_id=issued.paper_id,
        kind=issued.kind,
        number=issued.number,
        title=issued.paper.title,
        issued_on=issued.paper.issued_on,
        sha256=issued.sha256,
        size=issued.size,
        delivery_method=delivery.method if delivery else "",
        delivered_on=delivery.delivered_on if delivery else None,
        scan_sha256=tuple(scan.sha256 for scan in await ledger.scans_of(tx, issued.paper_id)),
    )
