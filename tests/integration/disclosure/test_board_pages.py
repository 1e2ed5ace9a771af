"""The public pages show the regulation's fields and nothing else, to anybody, without leaving a trace."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator
from datetime import time

import httpx
import pytest

from services.common.runtime.http import public_app
from services.common.runtime.service import Service
from services.disclosure.main import blueprint
from tests.world.board_events import REPORT_PHONE, TOWNSHIP, VILLAGE, Household, Publishers, areas
from tests.world.services import TestClock, running, shanghai

INITIAL = ["head_name", "household_size", "cause", "category", "report_phone"]
LONG_TERM = ["head_name", "category", "persons", "amount", "report_phone"]
POSTING_DAY = shanghai("2026-09-24")


@pytest.fixture
def clock() -> TestClock:
    return TestClock(POSTING_DAY)


@pytest.fixture
async def service(clock: TestClock) -> AsyncIterator[Service]:
    async with running(blueprint(), clock) as service:
        yield service


@pytest.fixture
async def visitor(service: Service) -> AsyncIterator[httpx.AsyncClient]:
    transport = httpx.ASGITransport(public_app([service]))
    async with httpx.AsyncClient(transport=transport, base_url="http://board") as visitor:
        yield visitor


@pytest.fixture
async def households(service: Service) -> list[Household]:
    """One household in its publicity period in a compound, one confirmed."""
    applying, receiving = Household(compound="幸福小区"), Household(head_name="段腊梅", size=1)
    world = Publishers(service)
    await world.say(*areas())
    await world.post(applying, POSTING_DAY)
    await world.say(receiving.opinion(), receiving.confirmed())
    return [applying, receiving]


@pytest.mark.law("R5.2a", "R5.2b", "R5.4")
async def test_the_json_of_a_board_has_exactly_the_published_fields(
    visitor: httpx.AsyncClient, households: list[Household]
) -> None:
    body = (await visitor.get(f"/board/{VILLAGE}.json")).json()
    assert body.keys() == {"area", "name", "as_of", "entries"}
    for entry in body["entries"]:
        assert entry.keys() == {"entry_id", "kind", "fields", "ends_on"}
        assert all(field.keys() == {"field", "label", "text"} for field in entry["fields"])
    assert [(entry["kind"], [field["field"] for field in entry["fields"]]) for entry in body["entries"]] == [
        ("initial", INITIAL),
        ("long-term", LONG_TERM),
    ]
    assert [entry["ends_on"] for entry in body["entries"]] == ["2026-10-08", None]


@pytest.mark.law("R5.4", "PIPL.6")
async def test_no_page_tells_anything_else_of_a_household(
    visitor: httpx.AsyncClient, households: list[Household]
) -> None:
    pages = ["/board/", f"/board/{VILLAGE}.json", f"/board/{TOWNSHIP}.json"]
    for area in (VILLAGE, TOWNSHIP):
        pages += [f"/board/{area}{query}" for query in ("", "?list=long-term", "?big=1", "?page=9")]
    for page in pages:
        answer = await visitor.get(page)
        assert answer.status_code == 200, page
        for household in households:
            assert household.case_id not in answer.text
            assert household.household_id not in answer.text
        assert "幸福小区" not in answer.text
        assert not re.search(r"[0-9]{15,}", answer.text)
        assert "set-cookie" not in answer.headers


@pytest.mark.law("R5.2a")
async def test_the_page_shows_the_fields_in_the_order_of_the_regulation_and_how_to_object(
    visitor: httpx.AsyncClient, households: list[Household]
) -> None:
    page = (await visitor.get(f"/board/{VILLAGE}")).text
    labels = re.findall(r'<dt>(.*?)</dt>|<span class="sr">(.*?)：</span>', page)
    assert [first or second for first, second in labels] == [
        "户主姓名", "家庭人口数", "致贫原因", "申请保障类型", "监督举报电话"
    ]  # fmt: skip
    values = re.findall(r"<dd>(?:<a [^>]*>)?(.*?)<", page)
    assert values == ["3 人", "因病", "最低生活保障", REPORT_PHONE]
    assert "10月8日 24 时止" in page
    assert "还有 14 天" in page
    assert "怎样提出异议" in page
    assert f'href="tel:{REPORT_PHONE.replace("-", "")}"' in page


@pytest.mark.law("R5.2a")
async def test_the_last_day_is_said_and_the_day_after_the_page_is_empty(
    visitor: httpx.AsyncClient, households: list[Household], clock: TestClock
) -> None:
    clock.move_to(shanghai("2026-10-08", time(23, 59, 59)))
    assert "今天是最后一天" in (await visitor.get(f"/board/{VILLAGE}")).text
    clock.move_to(shanghai("2026-10-09", time(0, 0)))
    page = (await visitor.get(f"/board/{VILLAGE}")).text
    assert "李家庄村目前没有正在公示的申请" in page
    assert "李守田" not in page


@pytest.mark.law("R5.2a", "R5.2b")
async def test_initial_publicity_hangs_in_the_village_and_long_term_disclosure_in_the_township_too(
    visitor: httpx.AsyncClient, households: list[Household]
) -> None:
    initial = (await visitor.get(f"/board/{TOWNSHIP}")).text
    assert "李守田" not in initial
    assert "李家庄村" in initial
    assert "正在公示 1 户" in initial
    assert "段腊梅" in (await visitor.get(f"/board/{TOWNSHIP}?list=long-term")).text
    assert "段腊梅" in (await visitor.get(f"/board/{VILLAGE}?list=long-term")).text


@pytest.mark.law("R5.4")
async def test_public_pages_are_not_indexed_carry_no_script_and_no_inline_style(
    visitor: httpx.AsyncClient, households: list[Household]
) -> None:
    answer = await visitor.get(f"/board/{VILLAGE}")
    assert "noindex" in answer.headers["x-robots-tag"]
    assert answer.headers["content-security-policy"].startswith("default-src 'none'; style-src 'self'")
    assert answer.headers["cache-control"] == "public, max-age=3"
    assert '<meta name="robots" content="noindex' in answer.text
    assert not re.search(r"<script|<style|style=|onclick", answer.text)
    for sheet in re.findall(r'href="(/board/static/[^"]+)"', answer.text):
        assert (await visitor.get(sheet)).headers["content-type"].startswith("text/css")


async def test_an_empty_village_says_so_in_a_sentence(visitor: httpx.AsyncClient, service: Service) -> None:
    await Publishers(service).say(*areas())
    assert "目前没有正在公示的申请" in (await visitor.get(f"/board/{VILLAGE}")).text
    assert "目前没有长期公开的家庭" in (await visitor.get(f"/board/{VILLAGE}?list=long-term")).text


@pytest.mark.parametrize("area", ["140403103999", "999999999", "140403", "nonsense", "%25"])
async def test_a_board_that_does_not_exist_is_a_page_that_leads_back(
    visitor: httpx.AsyncClient, area: str
) -> None:
    answer = await visitor.get(f"/board/{area}")
    assert answer.status_code == 404
    if area.isalnum():
        assert "全区公示栏" in answer.text


async def test_a_name_is_text_and_never_markup(visitor: httpx.AsyncClient, service: Service) -> None:
    areas_ = areas()
    areas_[2].name = "<b>村</b>"  # type: ignore[attr-defined]
    await Publishers(service).say(*areas_)
    assert "<b>村</b>" not in (await visitor.get(f"/board/{VILLAGE}")).text


async def test_a_long_list_is_turned_page_by_page_and_large_type_is_kept(
    visitor: httpx.AsyncClient, service: Service
) -> None:
    world = Publishers(service)
    await world.say(*areas())
    for number in range(101):
        household = Household(head_name="李" + chr(ord("一") + number), size=1)
        await world.say(household.opinion(), household.confirmed())
    first = (await visitor.get(f"/board/{VILLAGE}?list=long-term&big=1")).text
    assert first.count("<article") == 100
    assert "第 1 页，共 2 页" in first
    assert "?list=long-term&amp;big=1&amp;page=2" in first
    second = (await visitor.get(f"/board/{VILLAGE}?list=long-term&big=1&page=2")).text
    assert second.count("<article") == 1
    assert 'class="public big"' in second
