"""The public board as people see it: in a real browser, on a phone and a large screen, and on paper."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager

import pytest
from axe_playwright_python.async_playwright import Axe
from fastapi import FastAPI
from playwright.async_api import Browser, Page

from services.common.runtime.http import public_app
from services.disclosure.main import blueprint
from tests.world.board_events import TOWNSHIP, VILLAGE, Household, Publishers, areas
from tests.world.services import TestClock, running, shanghai

PHONE, DESKTOP = {"width": 390, "height": 844}, {"width": 1280, "height": 900}
LOBBY = {"width": 1920, "height": 1080}
WORDS = "零一二三四五六七八九"
POSTING_DAY = shanghai("2026-09-24")
PAGES = {
    "index": "/board/",
    "initial": f"/board/{VILLAGE}",
    "initial-big": f"/board/{VILLAGE}?big=1",
    "long-term": f"/board/{VILLAGE}?list=long-term",
    "long-term-big": f"/board/{VILLAGE}?list=long-term&big=1",
    "township": f"/board/{TOWNSHIP}",
    "empty": f"/board/{VILLAGE[:-1]}2",
    "receipt": "/board/objections",
    "lobby": f"/board/{TOWNSHIP}/lobby",
    "missing": "/board/140403103999",
}


@pytest.fixture
def clock() -> TestClock:
    return TestClock(POSTING_DAY)


@pytest.fixture
async def board(
    serve: Callable[[FastAPI], AbstractAsyncContextManager[str]], clock: TestClock
) -> AsyncIterator[str]:
    """A board with two applications and three families receiving assistance, nine days before the end."""
    async with running(blueprint(), clock) as service:
        world = Publishers(service)
        other = areas()[2]
        other.code, other.name = f"{VILLAGE[:-1]}2", "西河村"  # type: ignore[attr-defined]
        await world.say(*areas(), other)
        await world.post(Household(), POSTING_DAY)
        await world.post(
            Household(head_name="段腊梅", size=1, cause="disability", category="destitute"), POSTING_DAY
        )
        for name, category in (("赵春生", "dibao"), ("阿卜杜热西提·买买提", "edge"), ("王秀英", "destitute")):
            household = Household(head_name=name, category=category, size=2)
            await world.say(household.opinion(), household.confirmed())
        clock.move_to(shanghai("2026-09-29"))
        async with serve(public_app([service])) as address:
            yield address


async def looking(browser: Browser, size: dict[str, int]) -> Page:
    context = await browser.new_context(viewport=size, locale="zh-CN")  # type: ignore[arg-type]
    return await context.new_page()


@pytest.mark.parametrize("size", [PHONE, DESKTOP, LOBBY], ids=["phone", "desktop", "lobby"])
async def test_every_public_page_is_accessible_fits_and_breaks_no_policy_of_its_own(
    chromium: Browser, board: str, size: dict[str, int]
) -> None:
    page = await looking(chromium, size)
    complaints: list[str] = []
    page.on("console", lambda message: complaints.append(message.text))
    for name, path in PAGES.items():
        complaints.clear()
        answer = await page.goto(board + path)
        assert answer is not None
        assert answer.status == (404 if name == "missing" else 200)
        results = await Axe().run(page)
        assert results.violations_count == 0, f"{name}: {results.generate_report()}"
        assert await page.evaluate("document.documentElement.scrollWidth <= innerWidth"), name
        assert [c for c in complaints if "404" not in c and "favicon" not in c] == [], name


@pytest.mark.law("R5.2a")
async def test_a_villager_reads_the_days_left_and_finds_how_to_object(chromium: Browser, board: str) -> None:
    page = await looking(chromium, PHONE)
    await page.goto(f"{board}/board/")
    await page.get_by_role("link", name="李家庄村").click()
    first = page.get_by_role("article").first
    until = first.get_by_text("10月8日 24 时止，还有 9 天")
    assert await until.first.is_visible()
    how = page.get_by_role("region", name="怎样提出异议")
    assert await how.get_by_role("link", name="0355").get_attribute("href") == "tel:03550000123"


@pytest.mark.law("R5.4", "DB.19")
@pytest.mark.parametrize("script", [True, False], ids=["script", "no-script"])
async def test_a_villager_objects_on_the_telephone_and_reads_the_number_with_and_without_script(
    chromium: Browser, board: str, clock: TestClock, script: bool
) -> None:
    context = await chromium.new_context(
        viewport=PHONE,  # type: ignore[arg-type]
        locale="zh-CN",
        java_script_enabled=script,
    )
    page = await context.new_page()
    await page.goto(f"{board}/board/{VILLAGE}")
    await page.get_by_role("link", name="我有异议").first.click()
    question = await page.locator("label", has_text="等于几").inner_text()
    asked = [word for word in question if word in WORDS]
    await page.get_by_label("有什么不同意见").fill("他家去年买了汽车")
    await page.get_by_label("等于几").fill(str(WORDS.index(asked[0]) + WORDS.index(asked[1])))
    if script:
        assert (await Axe().run(page)).violations_count == 0
    clock.wait(seconds=30)
    await page.get_by_role("button", name="提交异议").click()
    assert "YY260929-" in await page.inner_text("main")
    assert "待调查" in await page.inner_text("main")


async def test_large_type_stays_while_one_walks_through_the_pages(chromium: Browser, board: str) -> None:
    page = await looking(chromium, PHONE)
    await page.goto(f"{board}/board/{VILLAGE}")
    small = await page.evaluate("parseFloat(getComputedStyle(document.body).fontSize)")
    await page.get_by_role("link", name="大字版").click()
    large = await page.evaluate("parseFloat(getComputedStyle(document.body).fontSize)")
    assert large > small * 1.3
    await page.get_by_role("link", name="长期公开").click()
    assert await page.evaluate("parseFloat(getComputedStyle(document.body).fontSize)") == large
    assert "阿卜杜热西提·买买提" in await page.inner_text("main")


async def test_the_printed_page_has_the_notices_and_no_buttons(chromium: Browser, board: str) -> None:
    page = await looking(chromium, DESKTOP)
    await page.goto(f"{board}/board/{VILLAGE}")
    await page.emulate_media(media="print")
    assert await page.get_by_text("李守田").is_visible()
    assert await page.get_by_text("10月8日 24 时止").first.is_visible()
    assert not await page.get_by_role("link", name="我有异议").first.is_visible()
    assert not await page.get_by_role("link", name="大字版").is_visible()
