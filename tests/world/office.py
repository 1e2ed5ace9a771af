"""The office at work: the embedded system with the demonstration district and one story so far."""

from __future__ import annotations

from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from axe_playwright_python.async_playwright import Axe
from playwright.async_api import Browser, Page

from services import launch
from services.common.runtime import development, runner
from services.demo.load import load
from services.demo.people import PASSWORD
from services.story.play import CHAPTERS
from services.story.scene import START, Scene
from services.story.system import System, calling

OFFICE, PHONE = {"width": 1366, "height": 768}, {"width": 390, "height": 844}
TABLET, TABLET_UPRIGHT = {"width": 1280, "height": 800}, {"width": 800, "height": 1280}
LAYOUT = (Path(__file__).parent / "layout.js").read_text("utf-8")


@dataclass(slots=True)
class OfficeAtWork:
    """Where the office answers, and the case that the story is about."""

    url: str
    board: str
    scene: Scene
    browser: Browser
    complaints: list[str] = field(default_factory=list)
    played: int = 0

    async def play(self, chapters: int) -> None:
        """Let the story go on to this chapter."""
        for chapter in CHAPTERS[self.played : chapters]:
            await chapter(self.scene)
        self.played = max(self.played, chapters)

    @property
    def case_id(self) -> str:
        return self.scene.case_id

    async def signed_in(self, account: str) -> Page:
        """A browser of its own in which `account` has signed in with the keyboard."""
        context = await self.browser.new_context(viewport=OFFICE, locale="zh-CN")  # type: ignore[arg-type]
        page = await context.new_page()
        page.on("console", lambda message: self.complaints.append(f"{message.type}: {message.text}"))
        page.on("pageerror", lambda error: self.complaints.append(str(error)))
        await page.goto(f"{self.url}/")
        await page.get_by_label("账号").fill(account)
        await page.get_by_label("密码").fill(PASSWORD)
        await page.keyboard.press("Enter")
        await page.wait_for_url("**/intake/today")
        return page

    async def go(self, page: Page, path: str) -> None:
        """Open a page and wait for its parts."""
        await page.goto(self.url + path)
        await page.wait_for_load_state("networkidle")

    @property
    def case(self) -> str:
        return f"/intake/cases/{self.case_id}"


@asynccontextmanager
async def office_at_work(folder: Path, browser: Browser, chapters: int) -> AsyncIterator[OfficeAtWork]:
    """A fresh system on which the first chapters of the story have been played."""
    settings = launch.embedded_settings(folder, 0, START)
    async with runner.running(launch.blueprints(), settings) as process:

        async def advance(to: datetime) -> None:
            await development.advance([process.http], to)

        grpc = dict.fromkeys(launch.SERVICES, process.grpc)
        system = System(process.http, process.board, grpc, advance)
        await load(process.grpc, process.http)
        async with calling(system) as stubs:
            scene = Scene(system, stubs, lambda _: None)
            at_work = OfficeAtWork(process.http, process.board, scene, browser)
            await at_work.play(chapters)
            yield at_work


async def is_fine(page: Page) -> None:
    """No accessibility violation, and no text cut off or in another's way, in the office and on a phone."""
    flaws = [*await barriers(page), *await flaws_of_layout(page, OFFICE, PHONE)]
    assert flaws == [], f"{page.url}: {flaws}"


async def barriers(page: Page) -> list[str]:
    """What axe finds on the page, in the office and on a phone."""
    found = []
    for size in (OFFICE, PHONE):
        await page.set_viewport_size(size)  # type: ignore[arg-type]
        results = await Axe().run(page)
        found += [results.generate_report()] if results.violations_count else []
    await page.set_viewport_size(OFFICE)  # type: ignore[arg-type]
    return found


async def flaws_of_layout(page: Page, *sizes: Mapping[str, int]) -> list[str]:
    """Texts that are cut off, lie over each other or leave the screen; and a page wider than the screen."""
    found: list[str] = []
    for size in sizes:
        await page.set_viewport_size(size)  # type: ignore[arg-type]
        name = f"{size['width']}x{size['height']}"
        if not await page.evaluate("document.documentElement.scrollWidth <= innerWidth"):
            found.append(f"{name}: wider than the screen")
        found += [f"{name}: {flaw}" for flaw in await page.evaluate(LAYOUT)]
    await page.set_viewport_size(OFFICE)  # type: ignore[arg-type]
    return found
