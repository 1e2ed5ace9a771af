"""The board beyond its pages: poster, list, screen, feed, WeChat text, and the form to object."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator
from datetime import time

import httpx
import pypdfium2
import pytest

from services.common.papers.press import press
from services.common.runtime.actor import SYSTEM
from services.common.runtime.http import public_app
from services.common.runtime.service import Service
from services.disclosure.main import blueprint
from services.disclosure.model import CaseId, Stage
from services.disclosure.queries.posters import poster
from services.disclosure.storage import publicities
from tests.world.board_events import REPORT_PHONE, TOWNSHIP, VILLAGE, Household, Publishers, areas
from tests.world.services import TestClock, running, shanghai

POSTING_DAY = shanghai("2026-09-24")
WORDS = "他家去年买了汽车，不像困难户"


@pytest.fixture
def clock() -> TestClock:
    return TestClock(POSTING_DAY)


@pytest.fixture
async def service(clock: TestClock) -> AsyncIterator[Service]:
    async with running(blueprint(), clock) as service:
        service.settings.public_url = "https://board.example"
        yield service


@pytest.fixture
async def visitor(service: Service) -> AsyncIterator[httpx.AsyncClient]:
    transport = httpx.ASGITransport(public_app([service]))
    async with httpx.AsyncClient(transport=transport, base_url="http://board") as visitor:
        yield visitor


@pytest.fixture
async def household(service: Service) -> Household:
    """One in its publicity, one that receives assistance, one that got a relief."""
    world, applying = Publishers(service), Household(compound="幸福小区")
    await world.say(*areas())
    await world.post(applying, POSTING_DAY)
    receiving, relieved = Household(head_name="段腊梅", size=1), Household(head_name="赵春生")
    await world.say(receiving.opinion(), receiving.confirmed(), relieved.relief_granted())
    return applying


async def publicity_of(service: Service, household: Household) -> publicities.Publicity:
    async with service.reading(SYSTEM) as tx:
        return await publicities.load_latest_publicity(tx, CaseId(household.case_id))


def words_of(pdf: bytes) -> str:
    with pypdfium2.PdfDocument(pdf) as document:
        return "".join(page.get_textpage().get_text_range() for page in document)


@pytest.mark.law("R5.2a", "R5.4")
@pytest.mark.parametrize("size", ["a4", "a3"])
async def test_the_poster_has_the_listed_fields_the_counted_days_and_nothing_else_of_the_household(
    service: Service, household: Household, size: str
) -> None:
    found = await publicity_of(service, household)
    async with service.reading(SYSTEM) as tx:
        sheet = await poster(found, size, tx)
    labels = [label for label, _ in sheet["rows"]]
    assert labels == ["户主姓名", "家庭人口数", "致贫原因", "申请保障类型", "监督举报电话"]
    text = words_of(await press().pdf(sheet, "poster.typ"))
    for word in (
        "李守田",
        "因病",
        REPORT_PHONE,
        "2026年9月25日至2026年10月8日24时",
        "顺延",
        "马厂镇李家庄村",
    ):
        assert word in text
    for private in ("幸福小区", household.case_id, household.household_id):
        assert private not in text


@pytest.mark.law("R5.1", "R5.2b", "R5.3b")
async def test_the_printed_list_of_a_village_has_its_families_and_reliefs_with_their_fields_only(
    visitor: httpx.AsyncClient, household: Household
) -> None:
    answer = await visitor.get(f"/board/{VILLAGE}/list.pdf")
    assert answer.headers["content-type"] == "application/pdf"
    text = words_of(answer.content)
    for word in ("段腊梅", "每月 1,280.00 元", "赵春生", "支出型", "3,000.00 元", REPORT_PHONE):
        assert word in text
    assert "李守田" not in text  # is in its publicity, not confirmed


@pytest.mark.law("R5.1", "R5.4")
async def test_feed_and_wechat_text_lead_to_the_board_and_carry_nobodys_name(
    visitor: httpx.AsyncClient, household: Household
) -> None:
    feed = await visitor.get(f"/board/{VILLAGE}/feed.atom")
    assert feed.headers["content-type"].startswith("application/atom+xml")
    assert feed.text.count("<entry>") == 3
    chat = (await visitor.get(f"/board/{VILLAGE}/wechat.txt")).text
    assert "正在公示 1 户，长期公开 2 户" in chat
    assert f"https://board.example/board/{VILLAGE}" in chat
    for name in ("李守田", "段腊梅", "赵春生"):
        assert name not in feed.text + chat


@pytest.mark.law("R5.1")
async def test_the_screen_in_the_lobby_turns_its_pages_without_script(
    service: Service, visitor: httpx.AsyncClient, household: Household
) -> None:
    world = Publishers(service)
    for number in range(8):
        await world.post(Household(head_name="王" + chr(ord("一") + number)), POSTING_DAY)
    answer = await visitor.get(f"/board/{TOWNSHIP}/lobby")
    first = answer.text
    assert first.count('<th scope="row">') == 7
    assert answer.headers["refresh"] == f"20; url=/board/{TOWNSHIP}/lobby?page=2"
    assert (await visitor.get(f"/board/{TOWNSHIP}/lobby?page=2")).text.count('<th scope="row">') == 2
    assert "<script" not in first
    assert (await visitor.get(f"/board/{VILLAGE}/lobby")).status_code == 404


@pytest.mark.law("R5.4")
async def test_a_reader_keeps_a_page_three_seconds_and_gets_304_while_it_is_the_same(
    visitor: httpx.AsyncClient, household: Household
) -> None:
    first = await visitor.get(f"/board/{VILLAGE}")
    assert first.headers["cache-control"] == "public, max-age=3"
    again = await visitor.get(f"/board/{VILLAGE}", headers={"if-none-match": first.headers["etag"]})
    assert (again.status_code, again.content) == (304, b"")


@pytest.mark.law("R5.4")
async def test_who_reads_faster_than_a_person_is_told_to_wait(
    visitor: httpx.AsyncClient, household: Household
) -> None:
    seen = [await visitor.get(f"/board/{VILLAGE}") for _ in range(150)]
    assert {answer.status_code for answer in seen} == {200, 429}
    assert all(int(a.headers["retry-after"]) >= 1 for a in seen if a.status_code == 429)


async def form_of(visitor: httpx.AsyncClient, address: str) -> dict[str, str]:
    """The form as a person fills it in."""
    text = (await visitor.get(address)).text
    ticket = re.search(r'name="ticket" value="([^"]+)"', text)
    question = re.search(r"([零一二三四五六七八九])加([零一二三四五六七八九])等于几", text)
    assert ticket
    assert question
    total = sum("零一二三四五六七八九".index(word) for word in question.groups())
    return {"ticket": ticket[1], "sum": str(total), "words": WORDS, "name": "", "contact": "", "website": ""}


@pytest.mark.law("R5.4", "DB.19")
async def test_a_villager_objects_without_a_name_gets_a_number_and_reads_with_it_what_became_of_it(
    service: Service, visitor: httpx.AsyncClient, household: Household, clock: TestClock
) -> None:
    entry = (await publicity_of(service, household)).publicity_id
    address = f"/board/entries/{entry}/objection"
    form = await form_of(visitor, address)
    clock.wait(seconds=30)
    sent = await visitor.post(address, data=form)
    assert sent.status_code == 303
    page = (await visitor.get(sent.headers["location"])).text
    assert re.search(r"YY260924-[0-9A-Z]{8}", page)
    assert "待调查" in page
    assert (await publicity_of(service, household)).stage is Stage.OBJECTED
    assert "汽车" not in page
    assert (await visitor.post(address, data=form)).headers["location"] == sent.headers["location"]


@pytest.mark.law("R5.4")
@pytest.mark.parametrize(
    ("spoiled", "seconds", "says"),
    [
        ({"website": "http://x"}, 30, "没有通过检查"),
        ({"sum": "99"}, 30, "算式"),
        ({}, 0, "提交太快"),
        ({}, 3 * 60 * 60, "打开时间太久"),
        ({"ticket": "a.1.2.3.b"}, 30, "不是本页发出的"),
        ({"words": ""}, 30, "请写明"),
    ],
)
async def test_a_robot_is_refused_with_a_sentence_and_what_was_typed_is_kept(
    service: Service,
    visitor: httpx.AsyncClient,
    household: Household,
    clock: TestClock,
    spoiled: dict[str, str],
    seconds: int,
    says: str,
) -> None:
    address = f"/board/entries/{(await publicity_of(service, household)).publicity_id}/objection"
    form = await form_of(visitor, address) | spoiled
    clock.wait(seconds=seconds)
    answer = await visitor.post(address, data=form)
    assert (answer.status_code, says in answer.text) == (422, True)
    assert form["words"] in answer.text
    assert (await publicity_of(service, household)).stage is Stage.POSTED


async def test_one_address_sends_a_few_objections_an_hour(
    service: Service, visitor: httpx.AsyncClient, household: Household, clock: TestClock
) -> None:
    address = f"/board/entries/{(await publicity_of(service, household)).publicity_id}/objection"
    said = []
    for _ in range(7):
        form = await form_of(visitor, address)
        clock.wait(seconds=30)
        said.append((await visitor.post(address, data=form)).status_code)
    assert said == [303] * 6 + [422]


@pytest.mark.law("R5.4")
async def test_what_is_down_is_not_shown_under_its_own_address_either(
    service: Service, visitor: httpx.AsyncClient, household: Household, clock: TestClock
) -> None:
    entry = (await publicity_of(service, household)).publicity_id
    assert "李守田" in (await visitor.get(f"/board/entries/{entry}")).text
    clock.move_to(shanghai("2026-10-09", time(0, 0)))
    gone = await visitor.get(f"/board/entries/{entry}")
    assert (gone.status_code, "李守田" in gone.text) == (404, False)
    assert (await visitor.get("/board/entries/no-such-entry")).status_code == 404
    assert (await visitor.get("/board/objections?no=YY000000-NOTHING0")).text.count("没有找到") == 1


@pytest.mark.law("R5.2a", "R5.4")
async def test_a_page_from_memory_says_the_same_with_the_same_safeguards_as_the_one_just_made(
    service: Service, household: Household
) -> None:
    transport = httpx.ASGITransport(public_app([service]))
    async with httpx.AsyncClient(transport=transport, base_url="http://board") as visitor:
        made, kept = [await visitor.get(f"/board/{VILLAGE}") for _ in range(2)]
    assert made.text == kept.text
    for header in (
        "content-security-policy",
        "x-robots-tag",
        "x-content-type-options",
        "etag",
        "content-type",
    ):
        assert made.headers[header] == kept.headers[header]
