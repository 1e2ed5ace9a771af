"""A meeting in a real browser: recusal, substitute, dissent, refusal, deferral, and its printed minutes."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

import pytest
from fastapi import Response
from playwright.async_api import Browser, Page, expect

from services.common.pages.session import OfficeSession, begin
from services.common.runtime.actor import Actor
from services.common.runtime.auth import Keys
from services.common.runtime.http import office_app
from tests.browser.conftest import served
from tests.integration.approval.hall import (
    COLLEAGUE,
    DEPUTY,
    HANDLER,
    HEAD,
    LEADER,
    Hall,
    open_hall,
    opinion,
    posted,
    recusal,
)
from tests.integration.approval.hall import concluded as publicity_over
from tests.world.office import OFFICE
from tests.world.papers import words_of

NAMES = {LEADER: "冯国梁", DEPUTY: "宋立萍", HEAD: "郭建安", HANDLER: "赵小燕", COLLEAGUE: "韩志远"}
FAMILIES = {"case-1": "张三", "case-2": "李四", "case-3": "王五"}
PRESENT = (LEADER, DEPUTY, HANDLER, COLLEAGUE)
DISSENT = "医疗票据只有九个月，建议补齐"


@dataclass
class Room:
    """The meeting room: approval behind a real server, and everybody with a browser of his own."""

    hall: Hall
    url: str
    browser: Browser
    keys: Keys
    screens: dict[Actor, Page] = field(default_factory=dict)

    async def screen(self, person: Actor) -> Page:
        """The browser of somebody who has signed in at intake."""
        if person not in self.screens:
            session = OfficeSession(person.id, person.id, NAMES[person], person.posts)
            answer = Response()
            begin(answer, self.keys, session, person, secure=False)
            pairs = [
                value.split(";")[0].split("=", 1)
                for name, value in answer.headers.items()
                if name == "set-cookie"
            ]
            context = await self.browser.new_context(viewport=OFFICE, locale="zh-CN")  # type: ignore[arg-type]
            await context.add_cookies(
                [{"name": name, "value": value, "url": self.url} for name, value in pairs]
            )
            self.screens[person] = await context.new_page()
        return self.screens[person]

    async def does(self, person: Actor, path: str, button: str, done: str, **typed: str) -> Page:
        """Fill in a form and send it; the page that it leads to."""
        page = await self.screen(person)
        await page.goto(self.url + path)
        for name, value in typed.items():
            await _fill(page, name, value)
        await page.get_by_role("button", name=button, exact=True).click()
        await page.wait_for_url(f"**done={done}")
        return page


async def _fill(page: Page, name: str, value: str) -> None:
    """What a person would do with the field of that name."""
    found = page.locator(f"[name='{name}']").first
    if await found.get_attribute("type") in ("radio", "checkbox"):
        await page.locator(f"[name='{name}'][value='{value}']").check()
    elif await found.evaluate("one => one.tagName") == "SELECT":
        await found.select_option(value)
    else:
        await found.fill(value)


@asynccontextmanager
async def meeting_room(browser: Browser) -> AsyncIterator[Room]:
    async with open_hall() as hall:
        keys = Keys.fresh()
        async with served(office_app([hall.service], keys)) as url:
            yield Room(hall, url, browser, keys)


@pytest.mark.law("R4.3", "R4.4", "R4.5", "R4.7", "R4.10", "R3.10")
async def test_what_the_screens_said_stands_in_the_printed_minutes(chromium: Browser) -> None:
    async with meeting_room(chromium) as room:
        for case, name in FAMILIES.items():
            await room.hall.hears(opinion(case, head_name=name), posted(case), publicity_over(case))
        page = await room.does(HEAD, "/approval/convene", "召集会议", "convene", place="二楼会议室")
        address = await page.get_by_role("link", name="10月9日 15:00").first.get_attribute("href")
        assert address
        # From then on two of them are kin: of the first family the handler, of the third nearly everybody.
        await room.hall.hears(recusal("case-1", HANDLER), recusal("case-3", HANDLER, HEAD, COLLEAGUE))

        named = {"seat": "office-head", "staff_id": COLLEAGUE.id, "ground": "absent", "reason": "赴区里培训"}
        await room.does(LEADER, f"{address}/substitute", "指定替补", "substitute", **named)
        for person in PRESENT:
            seat = {"seat": "office-head"} if person is COLLEAGUE else {}
            await room.does(person, f"{address}/sign", "签到", "sign", **seat)
        for person in PRESENT:
            said = {"vote": "against"} if person is not HANDLER else {"vote": "for", "dissent": DISSENT}
            await room.does(person, f"{address}/cases/case-2/vote", "提交表决", "vote", **said)
        for case, outcome, reason in (
            ("case-2", "refuse", "人均收入超过标准"),
            ("case-3", "defer", "承办人和替补人员均须回避"),
            ("case-1", "return", "补充核实务工收入"),
        ):
            decided = {"outcome": outcome, "reason": reason, "confirmed": "yes"}
            path = f"{address}/cases/{case}/decide"
            page = await room.does(LEADER, path, "确认并作出决定", "decide", **decided)
        await expect(page.get_by_text("不予确认 · 10月9日")).to_be_visible()

        page = await room.does(HANDLER, f"{address}/minutes", "生成并固定", "minutes", confirmed="yes")
        link = await page.get_by_role("link", name="打印会议记录").get_attribute("href")
        printed = await page.request.get(f"{room.url}{link}")
        text = "".join(words_of(await printed.body()).split())
        for said in (
            "主持人冯国梁",
            "指定替补（应到人员因故缺席：赴区里培训）",
            "回避：赵小燕，未参加本项审议和表决。",
            DISSENT,
            "表决：同意1票，不同意3票。",
            "结论：不予确认。理由：人均收入超过标准",
            "结论：暂缓。理由：承办人和替补人员均须回避",
            "结论：退回补充调查。理由：补充核实务工收入",
            *FAMILIES.values(),
        ):
            assert "".join(said.split()) in text, said
