"""The office at work: the embedded system with the demonstration district and one story so far."""

from __future__ import annotations

from collections.abc import AsyncIterator
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


@dataclass(slots=True)
class OfficeAtWork:
    """Where the office answers, and the case that the story is about."""

    url: str
    case_id: str
    browser: Browser
    complaints: list[str] = field(default_factory=list)

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
            for chapter in CHAPTERS[:chapters]:
                await chapter(scene)
        yield OfficeAtWork(process.http, scene.case_id, browser)


async def is_fine(page: Page) -> None:
    """No accessibility violation, and nothing wider than the screen, in the office and on a phone."""
    for size in (OFFICE, PHONE):
        await page.set_viewport_size(size)  # type: ignore[arg-type]
        results = await Axe().run(page)
        assert results.violations_count == 0, f"{page.url}: {results.generate_report()}"
        assert await page.evaluate("document.documentElement.scrollWidth <= innerWidth"), page.url
    await page.set_viewport_size(OFFICE)  # type: ignore[arg-type]
