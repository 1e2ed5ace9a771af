"""A printed paper proves itself to anybody with a phone, and its signed copy finds its own way home."""

from __future__ import annotations

import io
from collections.abc import AsyncIterator
from zipfile import ZipFile

import httpx
import pytest
from PIL import Image

from services.common.contracts import intake as events
from services.common.papers import ledger
from services.common.papers.ledger import IssuedPaper
from services.common.policy.law import Forbidden, Invalid
from services.common.runtime.actor import Actor
from services.common.runtime.auth import Keys
from services.common.runtime.http import SESSION_COOKIE, office_app, public_app
from services.common.runtime.service import Service
from services.intake.commands.acceptance import AcceptApplication
from services.intake.commands.papers import NOT_YOURS, OTHER_WORDS, FileScan, FileScanByHand
from services.intake.queries.papers import papers_of
from services.intake.web.papers import take_in
from tests.integration.papers.test_issuing import issued, received, stored_at
from tests.world.applications import (
    CASE,
    GRID_WORKER,
    HANDLER,
    NEIGHBOUR_TOWNSHIP,
    OFFICE_HEAD,
    SURVEYOR,
    Village,
)
from tests.world.papers import pdf_of, scanned
from tests.world.services import published

KEYS = Keys.fresh()


@pytest.fixture
async def paper(village: Village) -> IssuedPaper:
    await village.receive()
    await village.accept()
    return await issued(village.intake)


@pytest.fixture
async def pdf(intake: Service, paper: IssuedPaper) -> bytes:
    return await ledger.content_of(intake.documents, paper)


@pytest.fixture
async def passer_by(intake: Service) -> AsyncIterator[httpx.AsyncClient]:
    transport = httpx.ASGITransport(public_app([intake]))
    async with httpx.AsyncClient(transport=transport, base_url="http://public") as client:
        yield client


@pytest.fixture
async def office(intake: Service) -> AsyncIterator[httpx.AsyncClient]:
    transport = httpx.ASGITransport(office_app([intake], KEYS))
    async with httpx.AsyncClient(transport=transport, base_url="http://office") as client:
        yield client


def as_(actor: Actor) -> dict[str, str]:
    return {"cookie": f"{SESSION_COOKIE}={KEYS.issue(actor)}", "sec-fetch-site": "same-origin"}


async def test_the_code_of_a_paper_opens_a_page_that_confirms_it_and_names_nobody(
    passer_by: httpx.AsyncClient, paper: IssuedPaper
) -> None:
    page = await passer_by.get(f"/verify/{paper.paper_id}?h={paper.mark}")

    assert page.status_code == 200
    for said in ("核验相符", "受理告知书", paper.number, "马厂镇人民政府", "2026年9月14日"):
        assert said in page.text
    for private in ("王守田", "南村", CASE, "13800000000", "handler"):
        assert private not in page.text


@pytest.mark.parametrize("asked", ["?h=000000000000", "", "?h=核验"])
async def test_without_the_right_mark_nobody_learns_that_the_paper_exists(
    passer_by: httpx.AsyncClient, paper: IssuedPaper, asked: str
) -> None:
    page = await passer_by.get(f"/verify/{paper.paper_id}{asked}")
    unknown = await passer_by.get("/verify/01920000-0000-7000-8000-000000000000?h=000000000000")

    assert page.status_code == 404
    assert page.text == unknown.text
    assert paper.number not in page.text


async def test_a_tampered_file_does_not_pass_the_public_check(
    intake: Service, passer_by: httpx.AsyncClient, paper: IssuedPaper
) -> None:
    stored_at(intake, paper.sha256).write_bytes(b"%PDF-other")

    page = await passer_by.get(f"/verify/{paper.paper_id}?h={paper.mark}")

    assert "核验不符" in page.text
    assert "核验相符" not in page.text


@pytest.mark.parametrize(("turned", "upside_down"), [(0.7, False), (-2.0, False), (0.7, True)])
async def test_a_scan_files_itself_even_crooked_or_upside_down(
    intake: Service, paper: IssuedPaper, pdf: bytes, turned: float, upside_down: bool
) -> None:
    scan = scanned(pdf, turned=turned, upside_down=upside_down)

    (outcome,) = await take_in(intake, HANDLER, scan)

    assert (outcome.paper_id, outcome.number, outcome.problem) == (paper.paper_id, paper.number, "")
    async with intake.reading(HANDLER) as tx:
        (shown,) = await papers_of(tx, CASE)
    assert [await intake.documents.get(one) for one in shown.scan_sha256] == [scan]
    (told,) = await published(intake, events.PaperScanned)
    assert (told.paper_id, told.sha256, told.page) == (paper.paper_id, shown.scan_sha256[0], 1)


async def test_a_pile_of_papers_in_one_file_goes_to_its_cases(village: Village) -> None:
    cases = [await received(village, n) for n in range(3)]
    papers = []
    for case in cases:
        await village.intake.perform(AcceptApplication(case_id=case), HANDLER)
        papers.append(await issued(village.intake, case_id=case))
    pages = [scanned(await ledger.content_of(village.intake.documents, one)) for one in papers]
    blank = io.BytesIO()
    Image.new("L", (1654, 2339), 255).save(blank, "JPEG")

    outcomes = await take_in(village.intake, HANDLER, pdf_of([*pages, blank.getvalue()]))

    assert [one.number for one in outcomes] == [*(one.number for one in papers), ""]
    assert "没有找到可识别的二维码" in outcomes[-1].problem


async def test_the_same_scan_twice_is_one_scan(intake: Service, paper: IssuedPaper, pdf: bytes) -> None:
    scan = scanned(pdf)
    first, again = await take_in(intake, HANDLER, scan), await take_in(intake, OFFICE_HEAD, scan)

    assert first == again
    assert len(await published(intake, events.PaperScanned)) == 1


async def test_a_code_that_fits_no_paper_of_ours_waits_for_somebody_to_look(
    intake: Service, paper: IssuedPaper
) -> None:
    forged = FileScan(
        scan_id="01920000-0000-7000-8000-0000000000f1",
        sha256="a" * 64,
        page=1,
        paper_id=paper.paper_id,
        mark="0" * 12,
        problem="",
    )

    outcome = await intake.perform(forged, HANDLER)

    assert (outcome.paper_id, outcome.problem) == ("", OTHER_WORDS)
    assert await published(intake, events.PaperScanned) == []


async def test_a_neighbours_paper_is_kept_but_not_filed_by_us(
    intake: Service, paper: IssuedPaper, pdf: bytes
) -> None:
    (outcome,) = await take_in(intake, NEIGHBOUR_TOWNSHIP, scanned(pdf))

    assert (outcome.paper_id, outcome.number, outcome.problem) == ("", "", NOT_YOURS)
    with pytest.raises(Forbidden):
        await intake.perform(FileScanByHand(scan_id=outcome.scan_id, number=paper.number), NEIGHBOUR_TOWNSHIP)


async def test_an_unreadable_page_is_filed_by_its_number_typed_in_any_brackets(
    intake: Service, paper: IssuedPaper, pdf: bytes
) -> None:
    stained = Image.open(io.BytesIO(scanned(pdf))).crop((0, 0, 1600, 1500))
    out = io.BytesIO()
    stained.save(out, "PNG")
    (outcome,) = await take_in(intake, HANDLER, out.getvalue())
    assert outcome.paper_id == ""

    with pytest.raises(Invalid, match="没有文号"):
        await intake.perform(FileScanByHand(scan_id=outcome.scan_id, number="马民救受〔2026〕9号"), HANDLER)
    filed = await intake.perform(
        FileScanByHand(scan_id=outcome.scan_id, number="马民救受 [2026] 1号"), HANDLER
    )

    assert filed.paper_id == paper.paper_id
    async with intake.reading(HANDLER) as tx:
        assert await ledger.scans_to_file(tx, ["140403103"]) == []


@pytest.mark.parametrize("content", [b"", b"GIF89a....", b"%PDF-1.7 broken", b"\x89PNG\r\n\x1a\n"])
async def test_what_is_no_scan_is_refused_and_says_so(intake: Service, content: bytes) -> None:
    with pytest.raises(Invalid, match=r"打不开|格式"):
        await take_in(intake, HANDLER, content)


async def test_the_office_prints_edits_delivers_and_uploads_on_pages(
    intake: Service, office: httpx.AsyncClient, paper: IssuedPaper, pdf: bytes
) -> None:
    printed = await office.get(f"/intake/papers/{paper.paper_id}.pdf", headers=as_(HANDLER))
    assert (printed.headers["content-type"], printed.content) == ("application/pdf", pdf)
    assert "王守田" not in printed.headers["content-disposition"]
    editable = await office.get(f"/intake/papers/{paper.paper_id}.docx", headers=as_(HANDLER))
    assert "王守田" in ZipFile(io.BytesIO(editable.content)).read("word/document.xml").decode()

    form = {"method": "left-at-home", "delivered_on": "2026-09-14", "receiver": "网格员李四见证"}
    done = await office.post(f"/intake/papers/{paper.paper_id}/delivery", data=form, headers=as_(HANDLER))
    assert done.headers["location"] == f"/intake/cases/{CASE}?done=deliver"
    case = await office.get(f"/intake/cases/{CASE}", headers=as_(HANDLER))
    assert "留置送达" in case.text
    assert paper.number in case.text

    files = [("files", ("a.jpg", scanned(pdf), "image/jpeg"))]
    page = await office.post("/intake/scans", files=files, headers={**as_(HANDLER), "accept": "text/html"})
    assert "1 页已自动归档" in page.text
    async with intake.reading(HANDLER) as tx:
        (shown,) = await papers_of(tx, CASE)
    back = await office.get(f"/intake/documents/{shown.scan_sha256[0]}", headers=as_(HANDLER))
    assert (back.status_code, back.headers["content-type"]) == (200, "image/jpeg")


async def test_a_scan_that_waits_is_looked_at_and_filed_on_the_page(
    office: httpx.AsyncClient, paper: IssuedPaper
) -> None:
    blank = io.BytesIO()
    Image.new("L", (1654, 2339), 255).save(blank, "PNG")
    answer = await office.post(
        "/intake/scans", files=[("files", ("b.png", blank.getvalue(), "image/png"))], headers=as_(HANDLER)
    )
    (outcome,) = answer.json()

    seen = await office.get(f"/intake/scans/{outcome['scan_id']}/by-hand", headers=as_(SURVEYOR))
    assert seen.content == blank.getvalue()
    other = await office.get(f"/intake/scans/{outcome['scan_id']}/by-hand", headers=as_(NEIGHBOUR_TOWNSHIP))
    assert other.status_code in (403, 404)
    wrong = await office.post(
        f"/intake/scans/{outcome['scan_id']}/by-hand", data={"number": "没有的"}, headers=as_(HANDLER)
    )
    assert (wrong.status_code, "没有文号为“没有的”的文书" in wrong.text) == (422, True)
    done = await office.post(
        f"/intake/scans/{outcome['scan_id']}/by-hand", data={"number": paper.number}, headers=as_(HANDLER)
    )
    assert done.headers["location"] == "/intake/scans?done=by-hand"


async def test_only_those_who_may_read_the_case_read_its_papers(
    office: httpx.AsyncClient, paper: IssuedPaper
) -> None:
    path = f"/intake/papers/{paper.paper_id}.pdf"

    assert (await office.get(path, headers=as_(GRID_WORKER))).status_code == 200
    assert (await office.get(path, headers=as_(NEIGHBOUR_TOWNSHIP))).status_code == 403
    assert (await office.get(path)).status_code in (303, 401)


async def test_a_tampered_file_is_not_printed(
    intake: Service, office: httpx.AsyncClient, paper: IssuedPaper
) -> None:
    stored_at(intake, paper.sha256).write_bytes(b"%PDF-other")

    answer = await office.get(f"/intake/papers/{paper.paper_id}.pdf", headers=as_(HANDLER))

    assert answer.status_code == 409
    assert "与签发时不一致" in answer.text
