"""Papers on a page: the PDF as issued, a .docx to edit, delivery, scans brought back, the public check."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Annotated

from fastapi import APIRouter, File, Form, Request, Response, UploadFile
from fastapi.responses import HTMLResponse, JSONResponse, RedirectResponse

from services.common.pages.acts import Act, Choice, Field, Kind
from services.common.pages.environment import VERSION, environment
from services.common.pages.looking import areas_held, looking
from services.common.pages.office import Office
from services.common.pages.session import OfficeRoute
from services.common.papers import ledger
from services.common.papers.editable import docx
from services.common.papers.ledger import IssuedPaper
from services.common.papers.scanning import media_type, pages_of
from services.common.policy.areas import DISTRICT
from services.common.policy.articles import R7_3, R7_5
from services.common.policy.law import Invalid, Missing, TooLarge
from services.common.runtime import audit
from services.common.runtime.actor import PUBLIC, Actor
from services.common.runtime.gate import Place
from services.common.runtime.http import SignedIn
from services.common.runtime.ids import new_id
from services.common.runtime.service import Service
from services.intake import access
from services.intake.commands.papers import DeliverPaper, FileScan, FileScanByHand, ScanFiled
from services.intake.model.papers import DeliveryMethod, PaperKind
from services.intake.queries import papers as queries

PDF = "application/pdf"
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
Files = Annotated[list[UploadFile], File()]
QUIET = {"X-Robots-Tag": "noindex, nofollow", "Referrer-Policy": "no-referrer"}
LARGEST_SCAN = 60_000_000
FEW_WORDS = "没有这份文书，或者链接不完整。请重新扫描文书上的二维码；仍然不行的，请向文书上写明的单位核实。"


@dataclass(frozen=True, slots=True)
class _Named:
    paper_id: str


@dataclass(frozen=True, slots=True)
class _Page:
    scan_id: str


def routes(office: Office) -> APIRouter:
    """What the office and the archivist do with papers."""
    router = APIRouter(prefix="/intake", route_class=OfficeRoute, include_in_schema=False)
    service = office.service

    @router.get("/papers/{paper_id}.pdf")
    async def pdf(paper_id: str, actor: SignedIn) -> Response:
        issued, content = await _read(service, actor, paper_id)
        return Response(content, media_type=PDF, headers=_named(issued, "inline", "pdf"))

    @router.get("/papers/{paper_id}.docx")
    async def editable(paper_id: str, actor: SignedIn) -> Response:
        issued, _ = await _read(service, actor, paper_id)
        made = await asyncio.to_thread(docx, issued.paper)
        return Response(made, media_type=DOCX, headers=_named(issued, "attachment", "docx"))

    @router.get("/papers/{paper_id}/delivery")
    async def delivery(paper_id: str, request: Request, actor: SignedIn) -> Response:
        return office.form(request, await _delivery(service, actor, paper_id))

    @router.post("/papers/{paper_id}/delivery")
    async def deliver(paper_id: str, request: Request, actor: SignedIn) -> Response:
        return await office.act(request, await _delivery(service, actor, paper_id), actor)

    @router.get("/scans")
    async def scans(request: Request, actor: SignedIn, done: str = "") -> Response:
        return await _scans_page(office, request, actor, done="已归档。" if done else "")

    @router.post("/scans")
    async def bring(request: Request, actor: SignedIn, files: Files) -> Response:
        outcomes = [one for file in files for one in await take_in(service, actor, await _bytes(file))]
        if "text/html" in request.headers.get("accept", ""):
            return await _scans_page(office, request, actor, outcomes=outcomes)
        return JSONResponse([asdict(one) for one in outcomes])

    @router.get("/scans/{scan_id}/by-hand")
    async def picture(scan_id: str, actor: SignedIn) -> Response:
        """The page itself, for whoever has to read its number."""
        async with looking(service, actor, "file-scan-by-hand", access.at_scan, _Page(scan_id)) as tx:
            scan = await ledger.load_scan(tx, scan_id)
            await audit.look(tx, "file-scan-by-hand", (scan.township, scan.scan_id))
            content = await service.documents.get(scan.sha256)
        return Response(content, media_type=media_type(content), headers={"Content-Disposition": "inline"})

    @router.post("/scans/{scan_id}/by-hand")
    async def by_hand(
        scan_id: str, request: Request, actor: SignedIn, number: Annotated[str, Form()] = ""
    ) -> Response:
        try:
            await service.perform(FileScanByHand(scan_id=scan_id, number=number), actor)
        except Invalid as error:
            wrong = {scan_id: (number, error.message)}
            return await _scans_page(office, request, actor, wrong=wrong, status=422)
        return RedirectResponse("/intake/scans?done=by-hand", 303)

    return router


def public_routes(service: Service) -> APIRouter:
    """Anybody may hold a phone over a paper's code."""
    router = APIRouter(include_in_schema=False)
    pages = environment(Path(__file__).parents[1] / "templates" / "public")

    @router.get("/verify/{paper_id}")
    async def verify(paper_id: str, h: str = "") -> Response:
        found, status = None, 404
        async with looking(service, PUBLIC, "verify-paper", Place(DISTRICT.code)) as tx:
            with suppress(Missing):
                found, status = await queries.verify(tx, paper_id[:36], h[:64]), 200
        text = pages.get_template("verify.html").render(
            found=found, few_words=FEW_WORDS, static=f"/{service.name}/static/{VERSION}"
        )
        return HTMLResponse(text, status, headers=QUIET)

    return router


async def take_in(service: Service, actor: Actor, content: bytes) -> list[ScanFiled]:
    """Keep a scanned file and file each of its pages; those without a good code wait for a hand."""
    pages = await asyncio.to_thread(pages_of, content)
    sha256 = await service.documents.put(content)
    return [
        await service.perform(
            FileScan(
                scan_id=new_id(),
                sha256=sha256,
                page=page.number,
                paper_id=page.code.paper_id if page.code else "",
                mark=page.code.mark if page.code else "",
                problem=page.problem,
            ),
            actor,
        )
        for page in pages
    ]


async def _read(service: Service, actor: Actor, paper_id: str) -> tuple[IssuedPaper, bytes]:
    """The paper and its file as issued; the look is audited before anything is shown."""
    async with looking(service, actor, "read-case", access.at_paper, _Named(paper_id)) as tx:
        issued = await ledger.load_issued(tx, paper_id)
        await audit.look(tx, "read-case", (issued.village, issued.case_id))
        return issued, await ledger.content_of(service.documents, issued)


async def _delivery(service: Service, actor: Actor, paper_id: str) -> Act:
    async with looking(service, actor, "deliver-paper", access.at_paper, _Named(paper_id)) as tx:
        issued, today = await ledger.load_issued(tx, paper_id), tx.today
    return Act(
        slug="deliver",
        title="登记送达",
        command=DeliverPaper,
        fixed={"paper_id": paper_id, "proof_sha256": ""},
        back=f"/intake/cases/{issued.case_id}",
        submit="登记送达",
        facts=(("文书", PaperKind(issued.kind).chinese), ("文号", issued.number)),
        articles=(R7_3, R7_5),
        fields=(
            Field(
                name="method",
                label="送达方式",
                kind=Kind.RADIO,
                choices=[Choice(one.value, one.chinese) for one in DeliveryMethod],
                start=DeliveryMethod.IN_PERSON.value,
            ),
            Field(name="delivered_on", label="送达日期", kind=Kind.DAY, start=today.isoformat()),
            Field(name="receiver", label="签收人", hint="留置送达填见证人，村级广播填播送人"),
        ),
    )


async def _scans_page(
    office: Office,
    request: Request,
    actor: Actor,
    *,
    outcomes: Sequence[ScanFiled] = (),
    wrong: dict[str, tuple[str, str]] | None = None,
    done: str = "",
    status: int = 200,
) -> Response:
    service = office.service
    async with looking(service, actor, "file-scan", _desk(actor)) as tx:
        waiting = await queries.scans_to_file(tx, areas_held(actor, service.blueprint.access["file-scan"]))
        today = tx.today
    return office.page(
        request,
        "scans.html",
        status,
        waiting=waiting,
        outcomes=outcomes,
        wrong=wrong or {},
        today=today,
        done=done,
    )


def _desk(actor: Actor) -> Place:
    return Place(actor.posts[0].area if actor.posts else DISTRICT.code)


async def _bytes(file: UploadFile) -> bytes:
    content = await file.read(LARGEST_SCAN + 1)
    if len(content) > LARGEST_SCAN:
        raise TooLarge("files", f"一个文件最大 {LARGEST_SCAN // 1_000_000}MB，请分成几个文件或降低分辨率")
    if not content:
        raise Invalid("files", "请选择扫描件文件")
    return content


def _named(issued: IssuedPaper, how: str, ending: str) -> dict[str, str]:
    """A file name without a person in it."""
    name = f"{issued.kind}-{issued.paper_id[-12:]}.{ending}"
    return {"Content-Disposition": f'{how}; filename="{name}"', "ETag": f'"{issued.sha256}"'}
