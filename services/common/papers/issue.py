"""Issuing: the next number, the paper set and kept, the row that holds it to its word."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from services.common.papers import ledger, qr
from services.common.papers.ledger import IssuedPaper
from services.common.papers.paper import Block, Paper, chinese_day, inert, numbered
from services.common.papers.press import press
from services.common.policy.areas import Unit
from services.common.runtime.ids import new_id
from services.common.runtime.tx import Tx


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """All of a paper but its number: what is said to whom, by which body, about which case."""

    kind: str
    wording: str
    title: str
    series: str
    addressee: str
    blocks: tuple[Block, ...]
    unit: Unit
    case_id: str
    household_id: str
    village: str
    has_slip: bool = True


async def issue(draft: Draft, tx: Tx) -> IssuedPaper:
    """Number, set and keep a paper; one that the case has already is given back as it is.

    The series is locked first, so that two who ask at once get one paper, and no number is left out: it is
    given back with the transaction if anything after it fails. The file is kept before its row: a crash in
    between leaves a file nobody points at, never a row without its file.
    """
    await ledger.lock_series(tx, draft.unit.code, tx.today.year, draft.series)
    known = await ledger.find_for_case(tx, draft.case_id, draft.kind)
    if known:
        return known
    count = await ledger.next_number(tx, draft.unit.code, tx.today.year, draft.series)
    paper = Paper(
        title=draft.title,
        number=numbered(draft.unit.mark, draft.series, tx.today.year, count),
        addressee=inert(draft.addressee),
        blocks=draft.blocks,
        body=draft.unit.body,
        issued_on=tx.today,
        has_slip=draft.has_slip,
    )
    paper_id = new_id()
    code = qr.Code(paper_id, paper.mark(paper_id, draft.wording))
    content = await press().pdf(sheet(paper, code, site_of(tx)))
    issued = IssuedPaper(
        paper_id=paper_id,
        township=draft.unit.code,
        village=draft.village,
        case_id=draft.case_id,
        household_id=draft.household_id,
        kind=draft.kind,
        wording=draft.wording,
        paper=paper,
        mark=code.mark,
        sha256=await tx.service.documents.put(content),
        size=len(content),
        issued_at=tx.now,
        issued_by=tx.actor.id,
    )
    await ledger.enter(tx, issued)
    return issued


def site_of(tx: Tx) -> str:
    """Where the codes of a service's papers lead: each service vouches for its own."""
    site = tx.service.settings.public_url.rstrip("/")
    return site if tx.service.name == "intake" else f"{site}/{tx.service.name}"


def sheet(paper: Paper, code: qr.Code, site: str) -> dict[str, Any]:
    """What the layout is given: the paper, its day in words and its code."""
    on = paper.issued_on
    words = {"day_text": chinese_day(on), "year": on.year, "month": on.month, "day": on.day}
    return {**paper.to_json(), **words, "mark": code.mark, "qr": qr.drawn(code.address(site))}
