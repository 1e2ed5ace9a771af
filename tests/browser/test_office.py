"""The office in a real browser: signing in, today's work, the case page, accepting by keyboard, refusals."""

from __future__ import annotations

from collections.abc import AsyncIterator

import httpx
import pytest
import pytest_asyncio
from playwright.async_api import Page, Route, async_playwright, expect

from services.common.pages.session import OFFICE_COOKIE
from services.common.runtime.http import SESSION_COOKIE
from tests.browser.conftest import CHROMIUM
from tests.world.office import OfficeAtWork, is_fine, office_at_work

pytestmark = pytest.mark.asyncio(loop_scope="module")
HANDLER, KIN_OF_THE_FAMILY, OTHER_TOWNSHIP = "handler.zhaoxiaoyan", "handler.hanzhigang", "handler.sunting"
RECEIVED = 2
MISSING = "医疗费用票据\n女儿的学籍证明"


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def office(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[OfficeAtWork]:
    """An application has been received by the village and waits for the township."""
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        async with office_at_work(tmp_path_factory.mktemp("office"), browser, RECEIVED) as at_work:
            yield at_work
        await browser.close()


async def test_whoever_is_not_signed_in_is_asked_to_and_comes_back_to_the_page(office: OfficeAtWork) -> None:
    page = await (await office.browser.new_context(locale="zh-CN")).new_page()
    await page.goto(f"{office.url}/intake/cases")
    await is_fine(page)
    await page.get_by_label("账号").fill(HANDLER)
    await page.get_by_label("密码").fill("wrong")
    await page.get_by_role("button", name="登录").click()
    await expect(page.get_by_role("alert")).to_contain_text("账号或密码不对")
    await expect(page.get_by_label("账号")).to_have_value(HANDLER)
    await page.get_by_label("密码").fill("jiuzhu-demo")
    await page.keyboard.press("Enter")
    await page.wait_for_url("**/intake/cases")


async def test_today_shows_the_new_application_whose_turn_it_is_and_every_services_part(
    office: OfficeAtWork,
) -> None:
    page = await office.signed_in(HANDLER)
    await page.wait_for_load_state("networkidle")
    row = page.get_by_role("row").filter(has_text="清泉村")
    await expect(row).to_contain_text("受理申请")
    await expect(row).to_contain_text("R7.3")
    for part in ("审批会", "公示", "保障名册"):
        await expect(page.get_by_role("heading", name=part)).to_be_visible()
    await is_fine(page)


async def test_a_part_that_cannot_be_loaded_says_so_and_the_rest_stays(office: OfficeAtWork) -> None:
    page = await office.signed_in(HANDLER)

    async def fail(route: Route) -> None:
        await route.abort()

    await page.route("**/review/fragments/**", fail)
    await office.go(page, "/intake/today")
    await expect(page.locator("[data-part=保障名册]")).to_contain_text("暂不可用")
    await expect(page.get_by_role("row").filter(has_text="清泉村")).to_be_visible()
    await is_fine(page)


async def test_pages_run_nothing_inline_and_break_no_policy(office: OfficeAtWork) -> None:
    page = await office.signed_in(HANDLER)
    office.complaints.clear()
    for path in (
        "/intake/today",
        "/intake/cases",
        office.case,
        "/approval/docket",
        "/review/roll",
        "/disclosure/publicities",
        f"{office.case}/accept",
        "/intake/articles/R7.4",
        "/intake/search",
    ):
        await office.go(page, path)
        await is_fine(page)
        assert await page.locator("script:not([src]), style, [style], [onclick]").count() == 0, path
    assert office.complaints == []


@pytest.mark.law("R3.10")
async def test_kin_of_the_household_neither_see_the_case_nor_find_it(office: OfficeAtWork) -> None:
    page = await office.signed_in(KIN_OF_THE_FAMILY)
    await expect(page.get_by_text("没有待办的案件")).to_be_visible()
    answer = await page.goto(office.url + office.case)
    assert answer is not None
    assert answer.status == 403
    await expect(page.get_by_role("alert")).to_contain_text("R3.10")
    await is_fine(page)


async def test_a_case_of_another_township_is_forbidden_by_a_page_not_a_stack_trace(
    office: OfficeAtWork,
) -> None:
    page = await office.signed_in(OTHER_TOWNSHIP)
    for path in (office.case, f"{office.case}/accept", "/intake/cases?area=140403103"):
        answer = await page.goto(office.url + path)
        assert answer is not None
        assert answer.status == 403
        await expect(page.get_by_role("heading", name="无权查看或办理")).to_be_visible()
    names = await page.request.get(f"{office.url}/intake/fragments/names?ids={office.case_id}")
    assert await names.json() == {}


async def test_a_wrong_role_gets_a_page_and_sees_no_button(office: OfficeAtWork) -> None:
    page = await office.signed_in("grid.wangfang")
    await expect(page.get_by_role("link", name="审批会")).to_have_count(0)
    await office.go(page, office.case)
    await expect(page.get_by_role("link", name="受理申请")).to_have_count(0)
    answer = await page.goto(f"{office.url}/approval/docket")
    assert answer is not None
    assert answer.status == 403
    await expect(page.get_by_role("alert")).to_contain_text("您的岗位")


async def test_the_case_page_masks_id_numbers_and_names_who_is_recused(office: OfficeAtWork) -> None:
    page = await office.signed_in(HANDLER)
    await office.go(page, office.case)
    await expect(page.get_by_role("table", name="家庭成员")).to_contain_text("**********")
    await expect(page.get_by_text("近亲属备案 · 韩志刚回避")).to_be_visible()
    await expect(page.get_by_role("img", name="照片 1").first).to_be_visible()
    missing = await page.goto(f"{office.url}/intake/cases/nowhere")
    assert missing is not None
    assert missing.status == 403, "nobody learns from a refusal what there is"


@pytest.mark.law("DB.10")
async def test_a_refusal_shows_the_article_and_keeps_what_was_typed(office: OfficeAtWork) -> None:
    first, second = [await office.signed_in(HANDLER) for _ in range(2)]
    for page in (first, second):
        await office.go(page, f"{office.case}/supplement")
        await page.get_by_label("缺少的材料").fill(MISSING)
    await first.get_by_role("button", name="登记一次性告知").click()
    await expect(first.get_by_role("status").first).to_contain_text("已登记一次性告知")

    await second.get_by_role("button", name="登记一次性告知").click()

    await expect(second.get_by_role("alert")).to_contain_text("不得再次要求补正")
    await expect(second.get_by_role("alert")).to_contain_text("DB.10")
    await expect(second.get_by_label("缺少的材料")).to_have_value(MISSING)
    await is_fine(second)


async def test_a_token_that_ran_out_is_renewed_and_the_form_sent_that_minute_arrives_whole(
    office: OfficeAtWork,
) -> None:
    page = await office.signed_in(HANDLER)
    await office.go(page, f"{office.case}/decline")
    await _lose_token(page, office.url)
    await page.get_by_role("button", name="决定不予受理").click()
    await expect(page.get_by_role("alert")).to_contain_text("请选择不予受理的理由")
    await _lose_token(page, office.url)
    await office.go(page, office.case)
    await expect(page.get_by_role("heading", level=1)).to_contain_text("最低生活保障申请")

    await page.context.clear_cookies(name=OFFICE_COOKIE)
    await _lose_token(page, office.url)
    await page.goto(office.url + office.case)
    await expect(page.get_by_role("button", name="登录")).to_be_visible()


async def test_signing_out_ends_the_session(office: OfficeAtWork) -> None:
    page = await office.signed_in(HANDLER)
    await page.get_by_role("button", name="退出").click()
    await page.goto(office.url + office.case)
    await expect(page.get_by_role("button", name="登录")).to_be_visible()


@pytest.mark.parametrize(
    "headers",
    [{"origin": "https://elsewhere.example"}, {"sec-fetch-site": "cross-site"}, {}],
    ids=["foreign-origin", "cross-site", "says-nothing"],
)
async def test_a_form_sent_from_another_site_changes_nothing(
    office: OfficeAtWork, headers: dict[str, str]
) -> None:
    page = await office.signed_in(HANDLER)
    cookies = {cookie["name"]: cookie["value"] for cookie in await page.context.cookies()}
    async with httpx.AsyncClient(base_url=office.url, cookies=cookies) as elsewhere:
        answer = await elsewhere.post(f"{office.case}/accept", data={"confirmed": "yes"}, headers=headers)
    assert answer.status_code == 403
    await office.go(page, office.case)
    await expect(page.get_by_role("link", name="受理申请")).to_be_visible()


async def test_cookies_are_out_of_reach_of_scripts_and_other_sites(office: OfficeAtWork) -> None:
    page = await office.signed_in(HANDLER)
    cookies = {cookie["name"]: cookie for cookie in await page.context.cookies()}
    assert set(cookies) == {SESSION_COOKIE, OFFICE_COOKIE}
    assert {(cookie["httpOnly"], cookie["sameSite"]) for cookie in cookies.values()} == {(True, "Lax")}
    misused = {SESSION_COOKIE: cookies[OFFICE_COOKIE]["value"]}
    async with httpx.AsyncClient(base_url=office.url, cookies=misused) as thief:
        answer = await thief.get("/intake/today")
    assert answer.status_code == 303, "the session of a day is no token"


@pytest.mark.law("R7.3", "R7.4")
async def test_an_application_is_accepted_with_the_keyboard_alone(office: OfficeAtWork) -> None:
    page = await office.signed_in(HANDLER)
    await office.go(page, office.case)
    await _tab_to(page, "受理申请")
    await page.keyboard.press("Enter")
    await page.wait_for_url("**/accept")
    assert not await page.get_by_role("checkbox").is_checked(), "the confirmation starts empty"
    await _tab_to(page, "受理申请")
    await page.keyboard.press("Enter")
    alert = page.get_by_role("alert")
    await expect(alert).to_contain_text("请核对以上内容后勾选")
    await expect(alert).to_be_focused()
    await page.keyboard.press("Tab")
    await page.keyboard.press("Enter")
    await page.keyboard.press("Tab")
    await page.get_by_role("checkbox").focus()
    await page.keyboard.press("Space")
    await page.keyboard.press("Enter")

    await expect(page.get_by_role("status").first).to_contain_text("已受理")
    await page.wait_for_load_state("networkidle")
    clock = page.locator("section", has=page.get_by_role("heading", name="期限"))
    await expect(clock).to_contain_text("还剩 20 个工作日 · 10月16日")
    await expect(clock).to_contain_text("还剩 30 个工作日 · 10月30日")
    await expect(clock).to_contain_text("国庆节 7 天")
    await expect(clock).to_contain_text("9月20日、10月10日调休上班，计入")
    await is_fine(page)


async def _lose_token(page: Page, url: str) -> None:
    """As after five minutes: the token is no good any more, the session of the day still is."""
    await page.context.add_cookies([{"name": SESSION_COOKIE, "value": "expired", "url": url}])


async def _tab_to(page: Page, name: str) -> None:
    """Press Tab until the link or button of that name has the focus."""
    for _ in range(60):
        await page.keyboard.press("Tab")
        if (await page.evaluate("document.activeElement.textContent.trim()")) == name:
            return
    raise AssertionError(f"“{name}” is not reached by Tab")


async def test_a_person_is_found_from_any_page_by_pinyin_and_the_address_says_nothing(
    office: OfficeAtWork,
) -> None:
    page = await office.signed_in(HANDLER)
    await office.go(page, "/review/roll")
    await page.get_by_label("查找姓名、拼音、案号或身份证号").fill("cuijianlin")
    await page.keyboard.press("Enter")
    await page.wait_for_url("**/intake/search")
    row = page.get_by_role("row").filter(has_text="清泉村").first
    await expect(row).to_contain_text("最低生活保障")
    await is_fine(page)
    await page.get_by_label("姓名、曾用名、拼音、案号后 6 位或身份证号").fill("1")
    await page.keyboard.press("Enter")
    await expect(page.get_by_role("alert")).to_contain_text("至少")
    await is_fine(page)


@pytest.mark.law("R3.10")
async def test_whoever_is_recused_finds_nobody_of_the_household(office: OfficeAtWork) -> None:
    page = await office.signed_in(KIN_OF_THE_FAMILY)
    await page.get_by_label("查找姓名、拼音、案号或身份证号").fill("cuijianlin")
    await page.keyboard.press("Enter")
    await expect(page.get_by_text("没有找到")).to_be_visible()
    await is_fine(page)
