"""Takes the pictures of docs/screenshots: `make screenshots`. Every page of the tour, small enough to keep.

All people, numbers and villages in them are the demonstration's, which are invented.
"""

from __future__ import annotations

import asyncio
import io
import sys
import tempfile
from pathlib import Path

from PIL import Image
from playwright.async_api import async_playwright

from tests.browser.conftest import CHROMIUM
from tests.world.office import office_at_work
from tests.world.tour import TOUR, Tourist

FOLDER = Path(__file__).parents[2] / "docs" / "screenshots"
COLOURS = 48
TALLEST = 2400


def small(png: bytes) -> Image.Image:
    """Pages are flat colours: few of them are enough for the eye and for the file."""
    picture = Image.open(io.BytesIO(png)).convert("RGB")
    return picture.crop((0, 0, picture.width, min(picture.height, TALLEST))).quantize(
        COLOURS, dither=Image.Dither.NONE
    )


def emptied(folder: Path) -> Path:
    """The folder without the pictures of last time."""
    folder.mkdir(parents=True, exist_ok=True)
    for old in folder.glob("*.png"):
        old.unlink()
    return folder


async def take(folder: Path) -> None:
    """Play the story and take a picture at every stop, and one on a phone of those the village reads."""
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        with tempfile.TemporaryDirectory() as data:
            async with office_at_work(Path(data), browser, min(TOUR)) as office:
                tourist = Tourist(office)
                for chapters in TOUR:
                    async for stop, page in tourist.through(chapters):
                        png = await page.screenshot(full_page=True, animations="disabled", caret="hide")
                        small(png).save(folder / f"{stop.name}.png", optimize=True)
                        print(stop.name, file=sys.stderr)
        await browser.close()


if __name__ == "__main__":
    asyncio.run(take(emptied(Path(sys.argv[1]) if len(sys.argv) > 1 else FOLDER)))
