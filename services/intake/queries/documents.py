"""Photos and papers, found by the visit or the case they belong to and handed out in pieces."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import dataclass

from sqlalchemy import select

from services.common.contracts import intake
from services.common.papers import ledger
from services.common.runtime import audit
from services.common.runtime.tx import Tx
from services.intake.model.visits import PhotoState
from services.intake.storage.visit_tables import visit_photos, visits


@dataclass(frozen=True, slots=True)
class DocumentOwner:
    """What a photo or paper belongs to: a visit, a case, or both."""

    visit_id: str
    case_id: str
    household_id: str
    village: str


async def find_owner(tx: Tx, sha256: str) -> DocumentOwner | None:
    """The first visit that brought this photo and had it verified, or the case of a paper or its scan."""
    wanted = (
        select(visits.c.visit_id, visits.c.case_id, visits.c.household_id, visits.c.village)
        .join(visit_photos, visit_photos.c.visit_id == visits.c.visit_id)
        .where(visit_photos.c.sha256 == sha256, visit_photos.c.state == PhotoState.VERIFIED)
        .order_by(visits.c.received_at, visits.c.visit_id)
    )
    row = await tx.one(wanted.limit(1))
    if row:
        return DocumentOwner(row.visit_id, row.case_id, row.household_id, row.village)
    issued = await ledger.find_by_file(tx, sha256)
    return DocumentOwner("", issued.case_id, issued.household_id, issued.village) if issued else None


async def get_document(
    request: intake.GetDocumentRequest, tx: Tx
) -> AsyncIterator[intake.GetDocumentResponse]:
    owner = await find_owner(tx, request.sha256)
    if owner:
        await audit.look(tx, "read-document", (owner.village, owner.case_id or owner.visit_id))
    async for chunk in tx.service.documents.stream(request.sha256):
        yield intake.GetDocumentResponse(chunk=chunk)
