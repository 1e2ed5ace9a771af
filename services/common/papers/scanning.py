"""Scans: the pages of a JPEG, PNG or PDF file, and the code that each page shows."""

from __future__ import annotations

import io
from collections.abc import Iterator
from dataclasses import dataclass

import pypdfium2
from PIL import Image, UnidentifiedImageError

from services.common.papers.qr import Code, codes_in
from services.common.policy.law import Invalid

FORMATS = ("JPEG", "PNG")
LARGEST_PIXELS = 120_000_000
MOST_PAGES = 200
PDF_DPI = 200
POINTS_PER_INCH = 72
UNREADABLE = "没有找到可识别的二维码，请人工核对后归档"
SEVERAL = "一页上有几份文书的二维码，请人工核对后归档"


def media_type(content: bytes) -> str:
    """As what a kept file is shown: a PDF or a picture, and nothing else whatever its bytes say."""
    known = {b"%PDF": "application/pdf", b"\x89PNG": "image/png"}
    return known.get(content[:4], "image/jpeg")


@dataclass(frozen=True, slots=True)
class Page:
    """One page of a scan: its code, or why there is none."""

    number: int
    code: Code | None
    problem: str


def pages_of(content: bytes) -> list[Page]:
    """Every page of a scanned file, from 1; Invalid when it is no scan at all.

    It works for a second or so on a page of good resolution: run it in a thread.
    """
    return [_page(number, picture) for number, picture in enumerate(_pictures(content), 1)]


def _page(number: int, picture: Image.Image) -> Page:
    found = codes_in(picture)
    if len(found) == 1:
        return Page(number, found[0], "")
    return Page(number, None, SEVERAL if found else UNREADABLE)


def _pictures(content: bytes) -> Iterator[Image.Image]:
    return _of_pdf(content) if content.startswith(b"%PDF-") else _of_image(content)


def _of_image(content: bytes) -> Iterator[Image.Image]:
    try:
        with Image.open(io.BytesIO(content), formats=FORMATS) as picture:
            if picture.width * picture.height > LARGEST_PIXELS:
                raise Invalid("scan", "扫描件的分辨率过高，请用 200 至 300 dpi 重新扫描")
            picture.load()
            yield picture
    except (UnidentifiedImageError, OSError, Image.DecompressionBombError, SyntaxError) as error:
        raise Invalid("scan", "文件打不开，请上传 JPEG、PNG 或 PDF 格式的扫描件") from error


def _of_pdf(content: bytes) -> Iterator[Image.Image]:
    try:
        document = pypdfium2.PdfDocument(content)
    except pypdfium2.PdfiumError as error:
        raise Invalid("scan", "PDF 打不开，可能已损坏或加了密码，请重新扫描") from error
    try:
        if len(document) > MOST_PAGES:
            raise Invalid("scan", f"一次最多上传 {MOST_PAGES} 页，请分几个文件上传")
        for page in document:
            width, height = page.get_size()
            scale = PDF_DPI / POINTS_PER_INCH
            if width * height * scale * scale > LARGEST_PIXELS:
                raise Invalid("scan", "PDF 的页面过大，请按 A4 或 A3 重新扫描")
            yield page.render(scale=scale, grayscale=True).to_pil()
    finally:
        document.close()
