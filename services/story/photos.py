"""Photos for the story: drawn by code, so that none was ever taken of anybody."""

from __future__ import annotations

import io

from PIL import Image, ImageDraw

SIZE = (1280, 960)
EXTENT = (-2.0, -1.2, 0.8, 1.2)
FINEST = 60


def photo(what: str, number: int) -> bytes:
    """A JPEG of some hundred kilobytes; another `number` makes another picture."""
    left, top, right, bottom = EXTENT
    zoom = 1 - number * 0.06
    grey = Image.effect_mandelbrot(
        SIZE, (left * zoom, top * zoom, right * zoom, bottom * zoom), FINEST + number * 7
    )
    picture = Image.merge("RGB", (grey, grey.rotate(180), grey.transpose(Image.Transpose.FLIP_LEFT_RIGHT)))
    ImageDraw.Draw(picture).text((24, 24), f"{what} {number}", fill="white")
    out = io.BytesIO()
    picture.save(out, "JPEG", quality=95)
    return out.getvalue()
