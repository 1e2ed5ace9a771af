"""Whether what arrived is the photo that was announced, and whether it can be looked at."""

from __future__ import annotations

import hashlib
import io
import warnings

from PIL import Image, UnidentifiedImageError

FORMATS = ("JPEG", "PNG")
MARKERS = (b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n")
MOST_PIXELS = 40_000_000
# A picture between once and twice the limit only warns; for us it is too large as well.
Image.MAX_IMAGE_PIXELS = MOST_PIXELS
warnings.simplefilter("error", Image.DecompressionBombWarning)


def objection(content: bytes, sha256: str, digest: str = "") -> str:
    """Why the content cannot be kept as this photo, with what to do; empty if it can.

    `digest` is the content's own hash where it was taken while it arrived.
    """
    if (digest or hashlib.sha256(content).hexdigest()) != sha256:
        return "收到的内容与申报的校验值不符，传输中可能出错，请重新上传这张照片"
    if not content.startswith(MARKERS):
        return "不是JPEG或PNG照片，请用相机重新拍摄"
    return _undecodable(content)


def _undecodable(content: bytes) -> str:
    """Decode the whole file, at an eighth of its size: one cut in half passes any check of its head."""
    try:
        with Image.open(io.BytesIO(content), formats=FORMATS) as image:
            if image.width * image.height > MOST_PIXELS:
                return _TOO_MANY_PIXELS
            # JPEG only, and a third of the cost: every block is still read, only fewer pixels are made.
            image.draft(None, (image.width // 8, image.height // 8))
            image.load()
    except (Image.DecompressionBombError, Image.DecompressionBombWarning):
        return _TOO_MANY_PIXELS
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError, EOFError):
        return "照片打不开或不完整，请重新拍摄后再传"
    return ""


_TOO_MANY_PIXELS = f"照片像素超过{MOST_PIXELS // 10_000}万，请调低相机分辨率后重拍"
