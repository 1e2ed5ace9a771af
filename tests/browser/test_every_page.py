"""Every page of the tour: whole on the office's screen, on tablets and a phone, and open to all tools."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest
import pytest_asyncio
from axe_playwright_python.async_playwright import Axe
from playwright.async_api import async_playwright

from tests.browser.conftest import CHROMIUM
from tests.world.office import (
    OFFICE,
    PHONE,
    TABLET,
    TABLET_UPRIGHT,
    OfficeAtWork,
    flaws_of_layout,
    office_at_work,
)
from tests.world.tour import TOUR, Tourist

pytestmark = pytest.mark.asyncio(loop_scope="module")
SCREENS = (OFFICE, TABLET, TABLET_UPRIGHT, PHONE)


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def office(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[OfficeAtWork]:
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        async with office_at_work(tmp_path_factory.mktemp("office"), browser, min(TOUR)) as at_work:
            yield at_work
        await browser.close()


async def test_no_page_cuts_text_off_lets_it_overlap_or_shuts_anybody_out(office: OfficeAtWork) -> None:
    """One walk, because the story goes on while we look; all that is wrong is told at the end."""
    tourist, flaws = Tourist(office), list[str]()
    for chapters in TOUR:
        async for stop, page in tourist.through(chapters):
            flaws += [f"{stop.name} {flaw}" for flaw in await flaws_of_layout(page, *SCREENS)]
            results = await Axe().run(page)
            flaws += [f"{stop.name} {results.generate_report()}"] if results.violations_count else []
            inline = await page.locator("script:not([src]), style, [style], [onclick]").count()
            flaws += [f"{stop.name}: {inline} inline scripts or styles"] if inline else []

    assert flaws == []
    assert [said for said in office.complaints if "Content Security Policy" in said] == []


async def test_text_that_is_cut_off_or_overlaps_is_found(office: OfficeAtWork) -> None:
    """The test of the test."""
    page = await (await office.browser.new_context(viewport=OFFICE)).new_page()  # type: ignore[arg-type]
    await page.set_content(
        "<style>b{position:absolute;top:40px;left:0}"
        "u{display:block;width:20px;overflow:hidden;white-space:nowrap}"
        "i{position:absolute;left:1340px;top:200px;white-space:nowrap}</style>"
        "<b>first words</b><b>second words</b><u>far too long for its box</u><i>out of the screen it goes</i>"
    )

    said = " ".join(await flaws_of_layout(page, OFFICE))

    assert all(word in said for word in ("in the way of each other", "cut off", "leaves the screen"))
