"""From the docket to the receipt in a real browser: everybody at the meeting with a screen of his own."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest
import pytest_asyncio
from playwright.async_api import Page, async_playwright, expect

from tests.browser.conftest import CHROMIUM
from tests.world.office import OfficeAtWork, is_fine, office_at_work

pytestmark = pytest.mark.asyncio(loop_scope="module")
READY_FOR_THE_MEETING = 11
LEADER, OFFICE_HEAD, HANDLER = "leader.fengguodong", "office.guojianping", "handler.zhaoxiaoyan"
SEATED = (LEADER, "deputy.songliping", OFFICE_HEAD, HANDLER)


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def office(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[OfficeAtWork]:
    """The publicity is over and the district has visited: the case may come before the meeting."""
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        folder = tmp_path_factory.mktemp("office")
        async with office_at_work(folder, browser, READY_FOR_THE_MEETING) as at_work:
            yield at_work
        await browser.close()


@pytest.mark.law("R4.1", "R4.3", "R4.4", "R4.5", "R4.7", "R4.8")
async def test_a_meeting_is_called_votes_decides_and_its_result_is_told_and_filed(
    office: OfficeAtWork,
) -> None:
    screens = {account: await office.signed_in(account) for account in SEATED}
    head, leader, handler = screens[OFFICE_HEAD], screens[LEADER], screens[HANDLER]

    meeting = await _convene(head, office)
    for page in screens.values():
        await page.goto(office.url + meeting)
        await page.get_by_role("link", name="签到").click()
        await page.get_by_role("button", name="签到").click()
        await expect(page.get_by_role("status").first).to_contain_text("已签到")
    await _decide(leader, office, meeting)
    await expect(leader.get_by_role("alert")).to_contain_text("R4.1")
    await expect(leader.get_by_label("理由")).to_have_value("经集体审议")
    await is_fine(leader)

    for page in screens.values():
        await page.goto(office.url + meeting)
        await page.get_by_role("link", name="表决", exact=True).click()
        await page.get_by_label("同意", exact=True).check()
        await page.get_by_role("button", name="提交表决").click()
    await _decide(leader, office, meeting)
    await expect(leader.get_by_text("已确认 · 10月9日")).to_be_visible()
    await leader.wait_for_load_state("networkidle")
    await is_fine(leader)

    await office.go(handler, office.case)
    await handler.get_by_role("link", name="送达告知书").click()
    await handler.get_by_label("当面送达").check()
    await handler.get_by_label("告知书已实际送达申请人").check()
    await handler.get_by_role("button", name="登记送达").click()
    await expect(handler.get_by_text("10月9日 当面送达")).to_be_visible()

    district = await office.signed_in("district.zhouyaqin")
    await office.go(district, office.case)
    await district.get_by_role("link", name="备案回执").click()
    await district.get_by_label("备案材料已收到并核对").check()
    await district.get_by_role("button", name="出具备案回执").click()
    await expect(district.get_by_text("10月9日 回执 140403-2026-000001")).to_be_visible()
    await district.wait_for_load_state("networkidle")
    await is_fine(district)


async def _convene(page: Page, office: OfficeAtWork) -> str:
    """Call the meeting; the address of its page. An empty field is asked for, nothing else is lost."""
    await office.go(page, "/approval/docket")
    await expect(page.get_by_role("row").filter(has_text="可以上会")).to_contain_text("清泉村")
    await is_fine(page)
    await page.get_by_role("link", name="召集审核确认会").click()
    await page.get_by_role("button", name="召集会议").click()
    await expect(page.get_by_role("link", name="请填写地点")).to_be_visible()
    await is_fine(page)
    await page.get_by_label("地点").fill("马厂镇三楼会议室")
    await page.get_by_role("button", name="召集会议").click()
    await expect(page.get_by_role("status").first).to_contain_text("会议已召集")
    address = await page.get_by_role("link", name="10月9日 15:00").get_attribute("href")
    assert address is not None
    await office.go(page, address)
    await is_fine(page)
    return address


async def _decide(page: Page, office: OfficeAtWork, meeting: str) -> None:
    await page.goto(office.url + meeting)
    await page.get_by_role("link", name="作出决定").click()
    await page.get_by_label("确认", exact=True).check()
    await page.get_by_label("理由").fill("经集体审议")
    await page.get_by_label("我以主持人身份确认").check()
    await page.get_by_role("button", name="确认并作出决定").click()
    await page.wait_for_load_state("networkidle")
