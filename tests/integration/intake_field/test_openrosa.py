"""OpenRosa: a plain client and ODK Collect's own order of requests end in the same visit as a tablet's."""

from __future__ import annotations

import asyncio
import base64
import hashlib
from collections.abc import AsyncIterator
from datetime import date
from typing import Any
from xml.etree import ElementTree

import httpx
import pytest
from fastapi import FastAPI
from sqlalchemy import func, select

from services.common.contracts import intake
from services.common.forms.instance import write_instance
from services.common.policy.roles import Role
from services.intake.commands.sign_in import DEMO_PASSWORD
from services.intake.storage.case_tables import cases
from services.intake.storage.visit_tables import merge_tasks, visit_photos, visits
from tests.world.applications import (
    CASE,
    GRID_WORKER,
    HOUSEHOLD,
    NEIGHBOUR_TOWNSHIP,
    TOWNSHIP,
    VILLAGE,
    VISIT,
    Village,
    actor,
)
from tests.world.field import form, photo, posting_answers, published_form, visit_answers
from tests.world.services import published

DOOR, ROOM = photo(1), photo(2)
ACCOUNT = "grid-worker@demo"
FINANCE = actor("finance", Role.FINANCE, TOWNSHIP)
RESPONSE = "{http://openrosa.org/http/response}"
LISTED = "{http://openrosa.org/xforms/xformsList}"


def xml(visit_id: str = VISIT, **changes: Any) -> bytes:
    """An instance as Collect writes it: with a declaration, and namespaces of its own."""
    body = write_instance(form("visit"), visit_answers(**changes), visit_id)
    body = body.replace("<meta>", '<orx:meta xmlns:orx="http://openrosa.org/xforms">').replace(
        "</meta>", "</orx:meta>"
    )
    body = body.replace("<instanceID>", "<orx:instanceID>").replace("</instanceID>", "</orx:instanceID>")
    return f"<?xml version='1.0' ?>{body}".encode()


Parts = list[tuple[str, tuple[str, bytes, str]]]


def parts(source: bytes, *, incomplete: bool = False, **files: bytes) -> Parts:
    """A multipart post; `door=…` is the file door.jpg."""
    found = [("xml_submission_file", ("submission.xml", source, "text/xml"))]
    found += [(f"{n}.jpg", (f"{n}.jpg", content, "image/jpeg")) for n, content in files.items()]
    if incomplete:
        found.append(("*isIncomplete*", ("", b"yes", "text/plain")))
    return found


async def post(collect: httpx.AsyncClient, source: bytes, **options: Any) -> httpx.Response:
    return await collect.post("/openrosa/submission", files=parts(source, **options))


def tree(text: str) -> ElementTree.Element:
    """Our own server's answer, parsed."""
    return ElementTree.fromstring(text)  # noqa: S314


def told(answer: httpx.Response) -> str:
    """The message for the person who sent."""
    assert answer.headers["X-OpenRosa-Version"] == "1.0"
    return tree(answer.text).findtext(f"{RESPONSE}message") or ""


async def count(village: Village, table: Any) -> int:
    async with village.intake.database.read() as db:
        return int((await db.execute(select(func.count()).select_from(table))).scalar_one())


async def photo_states(village: Village) -> dict[str, tuple[str, str]]:
    async with village.intake.database.read() as db:
        return {row.name: (row.state, row.sha256) for row in await db.execute(select(visit_photos))}


@pytest.fixture
async def collect(village: Village, app: FastAPI) -> AsyncIterator[httpx.AsyncClient]:
    """A client that knows an account and its password, as Collect does."""
    await village.hire(FINANCE)
    await village.let_in(GRID_WORKER, NEIGHBOUR_TOWNSHIP, FINANCE, password=DEMO_PASSWORD)
    async with httpx.AsyncClient(
        transport=httpx.ASGITransport(app), base_url="http://intake", auth=(ACCOUNT, DEMO_PASSWORD)
    ) as client:
        yield client


async def test_the_form_list_names_each_form_with_hash_and_addresses(collect: httpx.AsyncClient) -> None:
    answer = await collect.get("/openrosa/formList", headers={"X-OpenRosa-Version": "1.0"})

    assert answer.headers["X-OpenRosa-Version"] == "1.0"
    assert answer.headers["content-type"] == "text/xml; charset=utf-8"
    listed = {one.findtext(f"{LISTED}formID"): one for one in tree(answer.text)}
    assert {"visit", "survey", "posting"} <= set(listed)
    visit = listed["visit"]
    got = (await collect.get(visit.findtext(f"{LISTED}downloadUrl") or "")).text
    assert got == published_form("visit").xform
    assert visit.findtext(f"{LISTED}hash") == f"md5:{hashlib.md5(got.encode()).hexdigest()}"  # noqa: S324
    manifest = await collect.get(visit.findtext(f"{LISTED}manifestUrl") or "")
    assert tree(manifest.text).tag == "{http://openrosa.org/xforms/xformsManifest}manifest"


async def test_one_form_may_be_asked_for_and_an_unknown_one_is_missing(collect: httpx.AsyncClient) -> None:
    listed = tree((await collect.get("/openrosa/formList?formID=posting")).text)

    assert [one.findtext(f"{LISTED}formID") for one in listed] == ["posting"]
    for path in ("/openrosa/forms/visit/1", "/openrosa/forms/visit/1/manifest"):
        assert (await collect.get(path)).status_code == 404


async def test_a_plain_client_sends_record_and_photo_in_one_post(
    village: Village, collect: httpx.AsyncClient
) -> None:
    answer = await post(collect, xml(), door=DOOR)

    assert answer.status_code == 201, answer.text
    assert told(answer) == "记录和全部1张照片已收到并核对无误"
    async with village.intake.database.read() as db:
        [visit] = (await db.execute(select(visits))).all()
        [case] = (await db.execute(select(cases))).all()
    assert (visit.stage, visit.village, visit.recorded_by) == ("complete", VILLAGE, "grid-worker")
    assert case.case_id == CASE
    assert await village.intake.documents.get(hashlib.sha256(DOOR).hexdigest()) == DOOR
    assert len(await published(village.intake, intake.VisitRecorded)) == 1


async def test_a_recorded_exchange_of_odk_collect_is_answered_in_its_order(
    village: Village, address: str
) -> None:
    """Challenge, form list, form, HEAD 204 with Location, then the photos over three identical posts."""
    await village.let_in(GRID_WORKER, password=DEMO_PASSWORD)
    credentials = base64.b64encode(f"{ACCOUNT}:{DEMO_PASSWORD}".encode()).decode()
    signed = {"Authorization": f"Basic {credentials}", "X-OpenRosa-Version": "1.0"}
    signed |= {"User-Agent": "org.odk.collect.android/v2024.3.4 Dalvik/2.1.0", "Accept-Encoding": "gzip"}
    source = xml(living_room="room.jpg")
    async with httpx.AsyncClient() as line:
        first = await line.get(f"{address}/openrosa/formList", headers={"X-OpenRosa-Version": "1.0"})
        assert first.status_code == 401
        assert first.headers["WWW-Authenticate"].startswith("Basic ")
        listed = await line.get(f"{address}/openrosa/formList", headers=signed)
        assert f"{address}/openrosa/forms/visit/" in listed.text
        head = await line.head(f"{address}/openrosa/submission?deviceID=collect%3Aa", headers=signed)
        assert (head.status_code, head.content) == (204, b"")
        assert int(head.headers["X-OpenRosa-Accept-Content-Length"]) > 20_000_000
        target = head.headers["Location"]
        sent = [
            parts(source, incomplete=True, door=DOOR),
            parts(source, room=ROOM),
            parts(source, incomplete=True, door=DOOR),
        ]
        answers = [await line.post(target, headers=signed, files=files) for files in sent]
    assert [answer.status_code for answer in answers] == [201, 201, 201]
    assert "还有1张照片" in told(answers[0])
    assert "全部2张照片" in told(answers[1]) == told(answers[2])
    assert await count(village, visits) == 1
    assert await count(village, merge_tasks) == 0


async def test_twenty_parallel_posts_of_one_submission_all_succeed_and_are_one_visit(
    village: Village, collect: httpx.AsyncClient
) -> None:
    answers = await asyncio.gather(*(post(collect, xml(), door=DOOR) for _ in range(20)))

    assert {answer.status_code for answer in answers} == {201}
    assert await count(village, visits) == await count(village, cases) == 1
    assert len(await published(village.intake, intake.VisitRecorded)) == 1


async def test_other_content_under_the_same_id_is_refused_with_the_true_reason_and_kept(
    village: Village, collect: httpx.AsyncClient
) -> None:
    await post(collect, xml(), door=DOOR)

    for _ in range(2):
        answer = await post(collect, xml(address="村北9号"), door=DOOR)
        assert answer.status_code == 409
        assert "两份都已保留" in told(answer)
    assert await count(village, merge_tasks) == 1
    assert (await post(collect, xml(), door=DOOR)).status_code == 201


async def test_another_photo_under_the_same_name_is_refused_and_the_first_one_stays(
    village: Village, collect: httpx.AsyncClient
) -> None:
    await post(collect, xml(), door=DOOR)
    before = await photo_states(village)

    answer = await post(collect, xml(), door=ROOM)
    assert answer.status_code == 409
    assert "door.jpg" in told(answer)
    assert await photo_states(village) == before


async def test_two_identical_photos_under_two_names_are_both_kept(
    village: Village, collect: httpx.AsyncClient
) -> None:
    source = xml(living_room="room.jpg")
    together = await post(collect, source, door=DOOR, room=DOOR)

    assert together.status_code == 201, together.text
    digest = hashlib.sha256(DOOR).hexdigest()
    assert await photo_states(village) == {
        "door.jpg": ("verified", digest),
        "room.jpg": ("verified", digest),
    }


async def test_success_is_never_said_while_a_photo_is_missing(
    village: Village, collect: httpx.AsyncClient
) -> None:
    answer = await post(collect, xml(living_room="room.jpg"), door=DOOR)

    assert answer.status_code == 422
    assert told(answer) == "记录已保存，但还没有收到照片：room.jpg；请连同这些照片重新发送"
    assert (await post(collect, xml(living_room="room.jpg"), room=ROOM)).status_code == 201


async def test_one_bad_attachment_does_not_keep_the_others_back(
    village: Village, collect: httpx.AsyncClient
) -> None:
    source = xml(living_room="room.jpg")
    answer = await post(collect, source, door=b"%PDF-1.7", room=ROOM, other=ROOM)

    assert answer.status_code == 422
    assert "door.jpg" in told(answer)
    states = await photo_states(village)
    assert (states["door.jpg"][0], states["room.jpg"][0]) == ("refused", "verified")
    assert (await post(collect, source, door=DOOR)).status_code == 201


async def test_an_attachment_that_the_record_does_not_name_is_told(collect: httpx.AsyncClient) -> None:
    answer = await post(collect, xml(), door=DOOR, other=ROOM)

    assert answer.status_code == 404
    assert "other.jpg" in told(answer)


async def test_a_submission_without_effect_says_so_whenever_it_is_sent_again(
    village: Village, collect: httpx.AsyncClient
) -> None:
    source = write_instance(
        form("posting"), posting_answers(HOUSEHOLD, HOUSEHOLD, posted_on=date(2026, 9, 14)), VISIT
    ).encode()

    for _ in range(2):
        answer = await post(collect, source, board=DOOR)
        assert answer.status_code == 202
        assert "没有产生效力" in told(answer)
    assert await count(village, visits) == 1


@pytest.mark.parametrize(
    ("credentials", "status"),
    [((ACCOUNT, "wrong"), 401), (("nobody", DEMO_PASSWORD), 401), (("finance@demo", DEMO_PASSWORD), 403)],
)
async def test_nobody_sends_without_an_account_that_works_in_the_field(
    village: Village, collect: httpx.AsyncClient, credentials: tuple[str, str], status: int
) -> None:
    answer = await collect.post("/openrosa/submission", files=parts(xml(), door=DOOR), auth=credentials)

    assert answer.status_code == status
    assert told(answer)
    assert await count(village, visits) == 0


async def test_a_worker_of_another_township_cannot_send_for_this_village(
    village: Village, collect: httpx.AsyncClient
) -> None:
    await post(collect, xml(), door=DOOR)
    again = xml("01920000-0000-7000-8000-0000000000f2")

    answer = await collect.post(
        "/openrosa/submission", files=parts(again, door=DOOR), auth=("neighbour@demo", DEMO_PASSWORD)
    )
    assert answer.status_code in (403, 422)
    assert await count(village, visits) == 1


@pytest.mark.parametrize(
    ("source", "reason"),
    [
        (b"", "不是完整"),
        (b"<data id='visit' version='2026090101'><name>half", "不是完整"),
        (xml().replace(b"uuid:", b""), "instanceID"),
        (xml().replace(b'version="2026090101"', b'version="1"'), "版本"),
        (b"\xff\xfe" + xml(), "UTF-8"),
    ],
    ids=["empty", "cut off", "no id", "unknown version", "no utf-8"],
)
async def test_what_is_no_submission_is_refused_in_words(
    village: Village, collect: httpx.AsyncClient, source: bytes, reason: str
) -> None:
    answer = await post(collect, source, door=DOOR)

    assert answer.status_code == 422
    assert reason in told(answer)
    assert await count(village, visits) == 0


async def test_a_post_without_the_record_is_refused(collect: httpx.AsyncClient) -> None:
    bare = [("door.jpg", ("door.jpg", DOOR, "image/jpeg"))]

    assert "xml_submission_file" in told(await collect.post("/openrosa/submission", files=bare))
    assert (await collect.post("/openrosa/submission", content=b"plain")).status_code == 422
