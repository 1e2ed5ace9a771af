"""Records: one visit however often it is sent, and a clear sentence for everything that does not fit."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Callable
from dataclasses import asdict, replace
from typing import Any

import httpx
import pytest
from sqlalchemy import Table, func, select

from mobile_app.core.envelope import Envelope
from services.common.contracts import intake
from services.intake.storage.case_tables import cases
from services.intake.storage.visit_tables import merge_tasks, visit_photos, visits
from tests.integration.intake_field.conftest import headers
from tests.world.applications import (
    CASE,
    HANDLER,
    HOUSEHOLD,
    NEIGHBOUR_TOWNSHIP,
    OTHER_TOWNSHIP,
    TOWNSHIP,
    VISIT,
    Village,
)
from tests.world.field import envelope, photo, visit_answers
from tests.world.services import published, shanghai

DOOR = {"door.jpg": photo(1)}
RECORDED = shanghai("2026-09-14")


def record(**changes: Any) -> Envelope:
    return envelope("visit", visit_answers(**changes), RECORDED, DOOR)


async def send(tablet: httpx.AsyncClient, one: Envelope) -> httpx.Response:
    return await tablet.post("/field/v1/visits", json=one.to_json())


async def rows(village: Village, table: Table) -> int:
    async with village.intake.database.read() as db:
        return int((await db.execute(select(func.count()).select_from(table))).scalar_one())


async def test_a_visit_with_an_application_opens_the_case_at_once(
    village: Village, tablet: httpx.AsyncClient
) -> None:
    answer = await send(tablet, record())

    assert answer.status_code == 201, answer.text
    receipt = answer.json()
    assert receipt["stage"] == "incomplete"
    assert receipt["case_id"] == CASE
    assert [part["state"] for part in receipt["parts"]] == ["received", "missing"]
    [event] = await published(village.intake, intake.VisitRecorded)
    assert event == intake.VisitRecorded(
        visit_id=VISIT,
        kind="visit",
        case_id=CASE,
        household_id=HOUSEHOLD,
        township=TOWNSHIP,
        village=record().village,
        visited_on="2026-09-14",
        surveyor_ids=["grid-worker"],
        form_id="visit",
        form_version="2026090101",
    )
    async with village.intake.database.read() as db:
        [case] = (await db.execute(select(cases))).all()
    assert (case.stage, case.claim, case.helped_by) == ("received", "去年生病以后没有收入", "grid-worker")


async def test_a_visit_without_a_wish_for_help_is_filed_without_a_case(
    village: Village, tablet: httpx.AsyncClient
) -> None:
    plain = record(wish=False, category="", claim="", consent="")

    assert (await send(tablet, plain)).json()["case_id"] == ""
    assert await rows(village, cases) == 0
    assert len(await published(village.intake, intake.VisitRecorded)) == 1


async def test_the_same_record_sent_a_hundred_times_at_once_is_one_visit(
    village: Village, tablet: httpx.AsyncClient
) -> None:
    answers = await asyncio.gather(*(send(tablet, record()) for _ in range(100)))

    assert sorted(answer.status_code for answer in answers) == [200] * 99 + [201]
    assert len({answer.text for answer in answers}) == 1
    assert await rows(village, visits) == await rows(village, cases) == 1
    assert await rows(village, visit_photos) == 1
    assert len(await published(village.intake, intake.VisitRecorded)) == 1


async def test_another_content_under_the_same_id_waits_as_a_merge_task(
    village: Village, tablet: httpx.AsyncClient
) -> None:
    first = (await send(tablet, record())).json()
    other = record(address="村北9号")

    for _ in range(2):
        answer = await send(tablet, other)
        assert answer.status_code == 409
        assert answer.json()["code"] == "conflict"
        assert "两份都已保留" in answer.json()["message"]
    assert (await tablet.get(f"/field/v1/visits/{VISIT}/receipt")).json() == first
    assert await rows(village, visits) == 1
    async with village.intake.database.read() as db:
        [waiting] = (await db.execute(select(merge_tasks))).all()
    kept = village.intake.sealer.open(waiting.envelope, f"merge_tasks|envelope|{VISIT}")
    assert "村北9号" in json.loads(kept)["instance"]


async def test_a_photo_replaced_under_the_same_name_is_another_content(
    village: Village, tablet: httpx.AsyncClient
) -> None:
    await send(tablet, record())
    replaced = envelope("visit", visit_answers(), RECORDED, {"door.jpg": photo(2)})

    assert (await send(tablet, replaced)).status_code == 409
    assert await rows(village, merge_tasks) == 1


async def test_what_people_said_lies_sealed_in_the_database(
    village: Village, tablet: httpx.AsyncClient
) -> None:
    await send(tablet, record())

    async with village.intake.database.read() as db:
        [row] = (await db.execute(select(visits))).all()
    assert "王守田".encode() not in row.instance
    assert b"<data" not in row.instance


def _xml(change: Callable[[str], str]) -> Callable[[Envelope], dict[str, object]]:
    return lambda one: replace(one, instance=change(one.instance)).to_json()


def _wire(**changes: object) -> Callable[[Envelope], dict[str, object]]:
    return lambda one: one.to_json() | changes


def _photo(**changes: object) -> Callable[[Envelope], dict[str, object]]:
    return lambda one: one.to_json() | {"photos": [_first(one) | changes]}


def _first(one: Envelope) -> dict[str, object]:
    [photo_announced] = one.photos
    return asdict(photo_announced)


DOCTYPE = '<!DOCTYPE data [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>'
BAD: dict[str, tuple[Callable[[Envelope], dict[str, object]], int, str, str]] = {
    "malformed XML": (_xml(lambda xml: xml[: len(xml) // 2]), 422, "instance", "不是完整的XML"),
    "no XML at all": (_xml(lambda _: "hello"), 422, "instance", "不是完整的XML"),
    "a DOCTYPE with entities": (_xml(lambda xml: DOCTYPE + xml), 422, "instance", "DOCTYPE"),
    "an unknown entity": (_xml(lambda xml: xml.replace("村南3号", "&x;")), 422, "instance", "XML"),
    "half a character": (_wire(instance="\ud800"), 422, "envelope", "JSON"),
    "an unknown form": (_wire(form_id="survey2"), 422, "form_version", "更新表单"),
    "an unknown version": (_wire(form_version="2020010101"), 422, "form_version", "更新表单"),
    "an unknown village": (_wire(village="140403103999"), 422, "village", "同步村"),
    "a township for a village": (_wire(village=TOWNSHIP), 422, "village", "同步村"),
    "no village": (_wire(village="../../etc"), 422, "village", "同步村"),
    "an id that is none": (_wire(visit_id="1; DROP TABLE visits"), 422, "visit_id", "UUID"),
    "no time": (_wire(recorded_at="yesterday"), 422, "recorded_at", "无法识别"),
    "a time before time": (_wire(recorded_at="0001-01-01T00:00:00+14:00"), 422, "recorded_at", "校准"),
    "photos that are no list": (_wire(photos="door.jpg"), 422, "photos", "列表"),
    "an instance that is no text": (_wire(instance=5), 422, "instance", "不是文字"),
    "a missing address": (
        _xml(lambda xml: xml.replace("<address>村南3号</address>", "<address/>")),
        422,
        "address",
        "“家庭住址”没有填写，请补填",
    ),
    "a member without a name": (
        _xml(lambda xml: xml.replace("<name>李秀兰</name>", "")),
        422,
        "members[2]/name",
        "“家庭成员第2项·姓名”没有填写，请补填",
    ),
    "a date that is none": (
        _xml(lambda xml: xml.replace("2026-09-14</visited_on>", "14.9.2026</visited_on>")),
        422,
        "visited_on",
        "“走访日期”应填日期",
    ),
    "a date in the future": (
        _xml(lambda xml: xml.replace("2026-09-14</visited_on>", "2026-09-15</visited_on>")),
        422,
        "visited_on",
        "晚于今天",
    ),
    "a choice that is none": (
        _xml(lambda xml: xml.replace("<category>dibao", "<category>pension")),
        422,
        "category",
        "不在选项中，可选：最低生活保障",
    ),
    "a question that is none": (
        _xml(lambda xml: xml.replace("<notes/>", "<evil>1</evil>")),
        422,
        "evil",
        "不是这张表的项目",
    ),
    "a mistyped identity number": (
        _xml(lambda xml: xml.replace("<id_number>140403196603050", "<id_number>140403196603051")),
        422,
        "members[1]/id_number",
        "王守田的身份证号",
    ),
    "another version inside": (
        _xml(lambda xml: xml.replace('version="2026090101"', 'version="1"')),
        422,
        "instance",
        "版本",
    ),
    "another visit inside": (_xml(lambda xml: xml.replace(VISIT, HOUSEHOLD)), 422, "visit_id", "instanceID"),
    "a photo that is not announced": (_wire(photos=[]), 422, "photos", "door.jpg"),
    "an empty photo": (_photo(size=0), 422, "photos[1]/size", "空文件"),
    "a photo over the limit": (_photo(size=999_999_999), 422, "photos[1]/size", "超过20MB"),
    "a photo of no size": (_photo(size="big"), 422, "size", "无法识别"),
    "a photo named like a path": (_photo(name="../door.jpg"), 422, "photos[1]/name", "斜线"),
    "a photo without a hash": (_photo(sha256="abc"), 422, "photos[1]/sha256", "SHA-256"),
    "two photos of one name": (
        lambda one: one.to_json() | {"photos": [_first(one), _first(one)]},
        422,
        "photos[2]/name",
        "都叫“door.jpg”",
    ),
    "too many photos": (
        lambda one: one.to_json() | {"photos": [_first(one) | {"name": f"{n}.jpg"} for n in range(41)]},
        422,
        "photos",
        "最多40张",
    ),
    "a record of five megabytes": (
        _xml(lambda xml: xml.replace("村南3号", "长" * 1_700_000)),
        413,
        "instance",
        "超过4MB",
    ),
    "a text of fifty thousand": (
        _xml(lambda xml: xml.replace("村南3号", "长" * 50_000)),
        422,
        "address",
        "过长",
    ),
    "elements a thousand deep": (
        _xml(lambda xml: xml.replace("<notes/>", "<a>" * 1000 + "</a>" * 1000)),
        422,
        "instance",
        "层次过深",
    ),
}


@pytest.mark.parametrize(("break_it", "status", "field", "advice"), BAD.values(), ids=BAD.keys())
async def test_bad_input_is_named_with_what_to_do_and_nothing_is_saved(
    village: Village,
    tablet: httpx.AsyncClient,
    break_it: Callable[[Envelope], dict[str, object]],
    status: int,
    field: str,
    advice: str,
) -> None:
    body = json.dumps(break_it(record()))
    answer = await tablet.post("/field/v1/visits", content=body)

    assert answer.status_code == status, answer.text
    assert answer.json()["field"] == field
    assert advice in answer.json()["message"]
    assert await rows(village, visits) == await rows(village, cases) == await rows(village, visit_photos) == 0


@pytest.mark.parametrize("body", [b"", b"{", b"[]", b"[" * 100_000, b'"\xff"', b"null"])
async def test_what_is_no_json_object_is_refused(tablet: httpx.AsyncClient, body: bytes) -> None:
    answer = await tablet.post("/field/v1/visits", content=body)

    assert answer.status_code == 422
    assert answer.json()["field"] == "envelope"


@pytest.mark.law("R1.9")
async def test_an_application_without_consent_is_filed_with_the_articles_refusal(
    village: Village, tablet: httpx.AsyncClient
) -> None:
    receipt = (await send(tablet, record(consent=False))).json()

    assert receipt["stage"] == "refused"
    assert receipt["article"] == "R1.9"
    assert receipt["reason"]
    assert await rows(village, visits) == 1
    assert await rows(village, cases) == 0
    assert await published(village.intake, intake.VisitRecorded) == []


async def test_a_relation_nobody_knows_can_still_be_put_right_on_the_tablet(
    village: Village, tablet: httpx.AsyncClient
) -> None:
    people = visit_answers()["members"]
    people[0] |= {"is_kin": True, "kin_relation": "媳妇"}

    answer = await send(tablet, record(members=people))
    assert answer.status_code == 422
    assert "妻子" in answer.json()["message"]
    assert await rows(village, visits) == 0


async def test_nothing_is_given_or_taken_without_a_token(tablet: httpx.AsyncClient) -> None:
    for method, path in (
        ("GET", "/field/v1/forms"),
        ("GET", "/field/v1/tasks"),
        ("POST", "/field/v1/visits"),
        ("GET", f"/field/v1/visits/{VISIT}/receipt"),
        ("POST", "/field/v1/photos"),
        ("PATCH", f"/field/v1/photos/{VISIT}/{'0' * 64}"),
    ):
        assert (await tablet.request(method, path, headers={"authorization": ""})).status_code == 401


async def test_another_township_sees_neither_record_nor_receipt(tablet: httpx.AsyncClient) -> None:
    await send(tablet, record())

    stranger = headers(NEIGHBOUR_TOWNSHIP)
    answer = await tablet.get(f"/field/v1/visits/{VISIT}/receipt", headers=stranger)
    assert answer.status_code == 403
    assert OTHER_TOWNSHIP not in answer.text
    own = await tablet.get(f"/field/v1/visits/{VISIT}/receipt", headers=headers(HANDLER))
    assert own.status_code == 200


async def test_an_unknown_receipt_is_not_found(tablet: httpx.AsyncClient) -> None:
    answer = await tablet.get(f"/field/v1/visits/{HOUSEHOLD}/receipt")

    assert answer.status_code == 404
    assert "请先提交记录" in answer.json()["message"]
