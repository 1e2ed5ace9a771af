"""Papers as a stranger's programs see them: poppler reads fonts and words, a scanner makes pictures."""

from __future__ import annotations

import io
import random
import subprocess
from collections.abc import Sequence

import pypdfium2
from PIL import Image, ImageFilter


def words_of(pdf: bytes) -> str:
    """What pdftotext finds, without the spaces that a justified line has."""
    return "".join(_poppler("pdftotext", "-", "-", pdf=pdf).split())


def fonts_of(pdf: bytes) -> list[list[str]]:
    """The rows of pdffonts, by column from the right: …, emb, sub, uni, object, id."""
    return [line.split() for line in _poppler("pdffonts", "-", pdf=pdf).splitlines()[2:]]


def page_count(pdf: bytes) -> int:
    return len(pypdfium2.PdfDocument(pdf))


def drawn(pdf: bytes, page: int = 0, dpi: int = 200) -> Image.Image:
    picture: Image.Image = pypdfium2.PdfDocument(pdf)[page].render(scale=dpi / 72).to_pil()
    return picture


def scanned(pdf: bytes, *, dpi: int = 200, turned: float = 0.7, upside_down: bool = False) -> bytes:
    """The page after a printer and a scanner: a little crooked, blurred, speckled, as JPEG."""
    picture = drawn(pdf, dpi=dpi).convert("L")
    picture = picture.rotate(turned, expand=True, fillcolor=255).filter(ImageFilter.GaussianBlur(0.8))
    speck = random.Random(2026)
    pixels = picture.load()
    for _ in range(4000):
        pixels[speck.randrange(picture.width), speck.randrange(picture.height)] = speck.randrange(256)
    if upside_down:
        picture = picture.transpose(Image.Transpose.ROTATE_180)
    out = io.BytesIO()
    picture.save(out, "JPEG", quality=60)
    return out.getvalue()


def pdf_of(pages: Sequence[bytes]) -> bytes:
    """Scanned pages as the one PDF that an office scanner makes of a pile."""
    pictures = [Image.open(io.BytesIO(page)) for page in pages]
    out = io.BytesIO()
    pictures[0].save(out, "PDF", save_all=True, append_images=pictures[1:], resolution=200)
    return out.getvalue()


def _poppler(*command: str, pdf: bytes) -> str:
    return subprocess.run(command, input=pdf, capture_output=True, check=True).stdout.decode()
