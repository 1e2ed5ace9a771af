"""A tour of every page: who looks, where, and how far the story has come by then."""

from __future__ import annotations

from collections.abc import AsyncIterator, Mapping, Sequence
from dataclasses import dataclass, field

from playwright.async_api import Page

from services.common.papers.qr import codes_in
from tests.world.office import OFFICE, OfficeAtWork
from tests.world.papers import drawn

HANDLER, RECUSED, GRID = "handler.zhaoxiaoyan", "handler.hanzhigang", "grid.wangfang"
LEADER, OFFICE_HEAD, DEPUTY = "leader.fengguodong", "office.guojianping", "deputy.songliping"
DISTRICT, BUREAU, AUDITOR = "district.zhouyaqin", "bureau.zhenghongwei", "audit.qianxuelian"
ARCHIVIST, FINANCE, PETITIONS = "archive.duanxiuying", "finance.jiayongqiang", "petition.caoruixia"
LIAISON, VILLAGE_HEAD, OPERATOR = "liaison.lichunmei", "head.shenbaotian", "operator"
NOBODY = ""


@dataclass(frozen=True, slots=True)
class Stop:
    """One page as one person sees it. `typed` is filled into the search field and sent."""

    name: str
    account: str
    path: str
    typed: str = ""
    is_public: bool = False
    empty_form: str = field(default="", kw_only=True)


def forms(account: str, *slugs: str) -> list[Stop]:
    """The forms of acts on the case, each once as it opens."""
    return [Stop(f"form-{slug}", account, f"{{case}}/{slug}") for slug in slugs]


# Chapters of the story played → what there is to see then.
TOUR: Mapping[int, Sequence[Stop]] = {
    2: (
        Stop("sign-in", NOBODY, "/intake/sign-in"),
        Stop("password", NOBODY, "/intake/password"),
        Stop("today-new-application", HANDLER, "/intake/today"),
        *forms(HANDLER, "accept", "supplement", "decline"),
        Stop("form-refused", HANDLER, "{case}/accept", empty_form="受理申请"),
        Stop("refusal-recused", RECUSED, "{case}"),
    ),
    3: (*forms(HANDLER, "verify", "survey", "extend"),),
    11: (
        Stop("case-before-the-meeting", HANDLER, "{case}"),
        Stop("docket-handler", HANDLER, "/approval/docket"),
        Stop("convene", OFFICE_HEAD, "/approval/convene"),
        Stop("publicities", HANDLER, "/disclosure/publicities"),
    ),
    18: (
        Stop("today-handler", HANDLER, "/intake/today"),
        Stop("today-grid-worker", GRID, "/intake/today"),
        Stop("today-leader", LEADER, "/intake/today"),
        Stop("today-district", DISTRICT, "/intake/today"),
        Stop("today-auditor", AUDITOR, "/intake/today"),
        Stop("today-archivist", ARCHIVIST, "/intake/today"),
        Stop("today-finance", FINANCE, "/intake/today"),
        Stop("today-liaison", LIAISON, "/intake/today"),
        Stop("today-village-head", VILLAGE_HEAD, "/intake/today"),
        Stop("today-office-head", OFFICE_HEAD, "/intake/today"),
        Stop("today-deputy", DEPUTY, "/intake/today"),
        Stop("today-petition-officer", PETITIONS, "/intake/today"),
        Stop("today-district-leader", BUREAU, "/intake/today"),
        Stop("today-operator", OPERATOR, "/intake/today"),
        Stop("cases", HANDLER, "/intake/cases"),
        Stop("case", HANDLER, "{case}"),
        Stop("case-grid-worker", GRID, "{case}"),
        Stop("search", HANDLER, "/intake/search", "cui"),
        Stop("search-nothing", HANDLER, "/intake/search", "zzzz"),
        Stop("notices", HANDLER, "/intake/notices"),
        Stop("overview-district", DISTRICT, "/intake/overview"),
        Stop("overview-township", HANDLER, "/intake/overview"),
        Stop("posts", HANDLER, "/intake/posts"),
        Stop("posts-delegate", HANDLER, "/intake/posts/delegate"),
        Stop("posts-hand-over", HANDLER, "/intake/posts/hand-over"),
        Stop("tablets", HANDLER, "/intake/tablets"),
        Stop("scans", HANDLER, "/intake/scans"),
        Stop("delivery", HANDLER, "{delivery}"),
        Stop("docket", LEADER, "/approval/docket"),
        Stop("meeting", LEADER, "{meeting}"),
        Stop("publicities-done", HANDLER, "/disclosure/publicities?stage=concluded"),
        Stop("roll", HANDLER, "/review/roll"),
        Stop("audit-intake", AUDITOR, "/intake/audit"),
        Stop("audit-approval", AUDITOR, "/approval/audit"),
        Stop("audit-disclosure", AUDITOR, "/disclosure/audit"),
        Stop("audit-review", AUDITOR, "/review/audit"),
        Stop("help", HANDLER, "/intake/help"),
        Stop("help-collective-approval", HANDLER, "/intake/help/R4"),
        Stop("help-publicity", HANDLER, "/intake/help/R5"),
        Stop("article", HANDLER, "/intake/articles/R7.4"),
        Stop("article-national", HANDLER, "/intake/articles/DB.20"),
        Stop("styleguide", NOBODY, "/styleguide"),
        Stop("refusal-forbidden", GRID, "/approval/docket"),
        Stop("board-index", NOBODY, "/board", is_public=True),
        Stop("board-village", NOBODY, "/board/140403103901", is_public=True),
        Stop("verify", NOBODY, "{verify}", is_public=True),
        Stop("verify-unknown", NOBODY, "/verify/nowhere?h=0", is_public=True),
    ),
}


class Tourist:
    """Keeps one signed-in browser for each person and goes from stop to stop."""

    def __init__(self, office: OfficeAtWork) -> None:
        self._office = office
        self._pages: dict[str, Page] = {}

    async def through(self, chapters: int) -> AsyncIterator[tuple[Stop, Page]]:
        """Let the story go on to there and look at what there is to see."""
        await self._office.play(chapters)
        places = await self._places()
        for stop in TOUR[chapters]:
            page = await self._page(stop.account)
            where = stop.path.format_map(places)
            await page.goto((self._office.board if stop.is_public else self._office.url) + where)
            await page.wait_for_load_state("networkidle")
            if stop.typed:
                await page.locator("#q").fill(stop.typed)
                async with page.expect_navigation(wait_until="networkidle"):
                    await page.keyboard.press("Enter")
            if stop.empty_form:
                async with page.expect_navigation(wait_until="networkidle"):
                    await page.get_by_role("button", name=stop.empty_form).click()
            yield stop, page

    async def _places(self) -> dict[str, str]:
        """Addresses with ids in them, taken from the links that people follow."""
        places = {"case": self._office.case}
        page = await self._page(HANDLER)
        await self._office.go(page, self._office.case)
        paper = page.locator("a[href^='/intake/papers/'][href$='.pdf']").first
        if await paper.count():
            href = str(await paper.get_attribute("href"))
            places["delivery"] = f"{href.removesuffix('.pdf')}/delivery"
            pdf = await (await page.request.get(self._office.url + href)).body()
            places["verify"] = codes_in(drawn(pdf))[0].address("")
        meeting = page.locator("a[href^='/approval/meetings/']").first
        if await meeting.count():
            places["meeting"] = str(await meeting.get_attribute("href"))
        return places

    async def _page(self, account: str) -> Page:
        if account not in self._pages:
            self._pages[account] = await self._arrive(account)
        return self._pages[account]

    async def _arrive(self, account: str) -> Page:
        if account:
            return await self._office.signed_in(account)
        context = await self._office.browser.new_context(viewport=OFFICE, locale="zh-CN")  # type: ignore[arg-type]
        return await context.new_page()
