"""The QR code of a paper: an address on the public site that says which paper it is and what it must say."""

from __future__ import annotations

import io
import re
from dataclasses import dataclass

import segno
import zxingcpp
from PIL import Image

from services.common.papers.paper import MARK_LENGTH

QR_CODES = zxingcpp.BarcodeFormats(zxingcpp.BarcodeFormat.QRCode)
ADDRESS = re.compile(rf"/verify/([0-9a-f-]{{36}})\?h=([0-9a-f]{{{MARK_LENGTH}}})$")


@dataclass(frozen=True, slots=True)
class Code:
    """What a code says: the paper, and the short mark of its words."""

    paper_id: str
    mark: str

    def address(self, site: str) -> str:
        """The address that a phone opens."""
        return f"{site.rstrip('/')}/verify/{self.paper_id}?h={self.mark}"


def drawn(text: str) -> str:
    """The code as SVG. A quarter of it may be stained and it still reads."""
    out = io.BytesIO()
    segno.make_qr(text, error="q").save(
        out, kind="svg", border=0, xmldecl=False, svgclass=None, lineclass=None
    )
    return out.getvalue().decode()


def codes_in(picture: Image.Image) -> list[Code]:
    """The papers' codes that a picture shows, whichever way up it lies."""
    seen = zxingcpp.read_barcodes(picture.convert("L"), formats=QR_CODES)
    found = [ADDRESS.search(one.text) for one in seen]
    return sorted({Code(match[1], match[2]) for match in found if match}, key=lambda code: code.paper_id)
