"""Approval's papers on a page: the PDF as issued, a .docx to edit, the public check; and the dossier."""

from __future__ import annotations

import asyncio
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from secrets import compare_digest

from fastapi import APIRouter, Request, Response
from fastapi.responses import HTMLResponse

from services.approval import access
from services.approval.model import CaseId, MeetingId
from services.approval.model.papers import PaperKind
from services.approval.rules.docket import blockers
from services.approval.storage import docket, meetings
from services.common.pages.environment import VERSION, environment
from services.common.pages.looking import looking
from services.common.pages.office import Office
from services.common.pages.session import OfficeRoute
from services.common.papers import ledger
from services.common.papers.editable import docx
from services.common.papers.ledger import IssuedPaper, PaperDamaged
from services.common.policy.law import Missing
from services.common.runtime import audit
from services.common.runtime.actor import SYSTEM, Actor
from services.common.runtime.http import SignedIn
from services.common.runtime.service import Service

PDF = "application/pdf"
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
QUIET = {"X-Robots-Tag": "noindex, nofollow", "Referrer-Policy": "no-referrer"}


@dataclass(frozen=True, slots=True)
class _Named:
    paper_id: str = ""
    case_id: str = ""


def routes(office: Office) -> APIRouter:
    """What the office does with papers, and the dossier that a meeting reads on one page (R4.5)."""
    router = APIRouter(prefix="/approval", route_class=OfficeRoute, include_in_schema=False)
    service = office.service

    @router.get("/papers/{paper_id}.pdf")
    async def pdf(paper_id: str, actor: SignedIn) -> Response:
        issued, content = await _read(service, actor, paper_id)
        return Response(content, media_type=PDF, headers=_headers(issued, "inline", "pdf"))

    @router.get("/papers/{paper_id}.docx")
    async def editable(paper_id: str, actor: SignedIn) -> Response:
        issued, _ = await _read(service, actor, paper_id)
        made = await asyncio.to_thread(docx, issued.paper)
        return Response(made, media_type=DOCX, headers=_headers(issued, "attachment", "docx"))

    @router.get("/meetings/{meeting_id}/cases/{case_id}/dossier")
    async def dossier(meeting_id: str, case_id: str, request: Request, actor: SignedIn) -> Response:
        async with looking(service, actor, "read-decision", access.case_place, _Named(case_id=case_id)) as tx:
            meeting = await meetings.load_meeting(tx, MeetingId(meeting_id))
            if case_id not in meeting.case_ids:
                raise Missing("该议题")
            item = await docket.load_item(tx, CaseId(case_id))
            return office.page(
                request,
                "dossier.html",
                meeting=meeting,
                item=item,
                blockers=blockers(await docket.entry_of(tx, item), tx.policy, tx.today),
                today=tx.today,
            )

    return router


def public_routes(service: Service) -> list[APIRouter]:
    """Anybody may hold a phone over a paper's code."""
    router = APIRouter(include_in_schema=False)
    pages = environment(Path(__file__).parents[1] / "templates" / "public")

    @router.get("/approval/verify/{paper_id}")
    async def verify(paper_id: str, h: str = "") -> Response:
        found: IssuedPaper | None = None
        is_intact = False
        async with service.reading(SYSTEM) as tx:
            issued = await ledger.find_issued(tx, paper_id[:36])
            if issued and compare_digest(issued.mark.encode(), h[:64].encode()):
                found = issued
                with suppress(PaperDamaged, Missing):
                    await ledger.content_of(service.documents, issued)
                    is_intact = issued.paper.mark(issued.paper_id, issued.wording) == issued.mark
        text = pages.get_template("verify.html").render(
            found=found,
            kind=PaperKind(found.kind).chinese if found else "",
            is_intact=is_intact,
            static=f"/{service.name}/static/{VERSION}",
        )
        return HTMLResponse(text, 200 if found else 404, headers=QUIET)

    return [router]


async def _read(service: Service, actor: Actor, paper_id: str) -> tuple[IssuedPaper, bytes]:
    """The paper and its file as issued; the look is audited before anything is shown."""
    async with looking(service, actor, "read-paper", access.paper_place, _Named(paper_id)) as tx:
        issued = await ledger.load_issued(tx, paper_id)
        await audit.look(tx, "read-paper", (issued.township, issued.case_id))
        return issued, await ledger.content_of(service.documents, issued)


def _headers(issued: IssuedPaper, how: str, ending: str) -> dict[str, str]:
    """A file name without a person in it."""
    name = f"{issued.kind}-{issued.paper_id[-12:]}.{ending}"
    return {"Content-Disposition": f'{how}; filename="{name}"', "ETag": f'"{issued.sha256}"'}
