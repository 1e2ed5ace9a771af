"""What other pages ask of intake: names behind ids, a photo."""

from __future__ import annotations

from fastapi import APIRouter, Request, Response
from fastapi.responses import JSONResponse, StreamingResponse

from services.common.contracts import intake
from services.common.pages.looking import looking
from services.common.pages.office import Office
from services.common.pages.session import OfficeRoute
from services.common.papers.scanning import media_type
from services.common.runtime.http import SignedIn
from services.intake import access
from services.intake.queries.documents import get_document
from services.intake.queries.dossier import get_dossier
from services.intake.queries.worklist import names_of

MOST_IDS = 200
INLINE = {"Content-Disposition": "inline"}


def routes(office: Office) -> APIRouter:
    """Parts and small pages."""
    router = APIRouter(prefix="/intake", route_class=OfficeRoute, include_in_schema=False)
    service = office.service

    @router.get("/fragments/names")
    async def names(actor: SignedIn, ids: str = "") -> Response:
        """Id → name, for those the reader may see; the others are left out."""
        wanted = [one for one in ids.split(",") if one][:MOST_IDS]
        async with service.reading(actor) as tx:
            found = await names_of(tx, wanted, actor, service.blueprint.access["list-cases"])
        return JSONResponse(dict(found), headers={"X-Names": "1"})

    @router.get("/fragments/dossier/{case_id}")
    async def dossier(case_id: str, request: Request, actor: SignedIn) -> Response:
        """What a meeting reads of a case (R4.5): survey with photos, verification, calculation."""
        wanted = intake.GetDossierRequest(case_id=case_id)
        async with looking(service, actor, "read-dossier", access.at_case, wanted) as tx:
            file = await get_dossier(wanted, tx)
            surveyors = [one for visit in file.visits for one in visit.surveyor_ids]
            return office.page(request, "part_dossier.html", file=file, surveyors=surveyors, today=tx.today)

    @router.get("/documents/{sha256}")
    async def document(sha256: str, actor: SignedIn) -> Response:
        wanted = intake.GetDocumentRequest(sha256=sha256)
        async with looking(service, actor, "read-document", access.at_document, wanted) as tx:
            pieces = [piece.chunk async for piece in get_document(wanted, tx)]
        return StreamingResponse(iter(pieces), media_type=media_type(b"".join(pieces[:1])), headers=INLINE)

    return router
