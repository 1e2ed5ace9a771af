"""Photos: in parts, from where the line was cut, looked at as a whole before a tablet may let go of them."""

from __future__ import annotations

import asyncio
import base64
import io
import socket
from urllib.parse import urlsplit

import httpx
import pytest
from PIL import Image

from mobile_app.core.client import FieldClient, SyncRefused
from mobile_app.core.envelope import Envelope, Receipt
from services.common.runtime.actor import Actor
from tests.integration.intake_field.conftest import KEYS, headers
from tests.world.applications import GRID_WORKER, HANDLER, NEIGHBOUR_TOWNSHIP, VISIT, Village
from tests.world.field import envelope, photo, sha256, visit_answers
from tests.world.services import shanghai

OTHER_VISIT = "01920000-0000-7000-8000-000000000009"
RECORDED = shanghai("2026-09-14")
BIG = photo(3, size=(640, 480))
OCTETS = "application/offset+octet-stream"


def record(content: bytes, **names: bytes) -> Envelope:
    photos = {"door.jpg": content} | {f"{name}.jpg": other for name, other in names.items()}
    return envelope("visit", visit_answers(), RECORDED, photos)


async def created(tablet: httpx.AsyncClient, content: bytes, *, length: int | None = None) -> httpx.Response:
    return await tablet.post("/field/v1/photos", headers=creation(sha256(content), length or len(content)))


def creation(digest: str, length: int, visit_id: str = VISIT) -> dict[str, str]:
    encoded = [base64.b64encode(value.encode()).decode() for value in (visit_id, digest)]
    metadata = f"visit_id {encoded[0]},sha256 {encoded[1]}"
    return {"Upload-Length": str(length), "Upload-Metadata": metadata, "Tus-Resumable": "1.0.0"}


async def patched(tablet: httpx.AsyncClient, digest: str, offset: int, content: bytes) -> httpx.Response:
    chosen = {"Upload-Offset": str(offset), "Content-Type": OCTETS}
    return await tablet.patch(f"/field/v1/photos/{VISIT}/{digest}", headers=chosen, content=content)


async def states(tablet: httpx.AsyncClient, visit_id: str = VISIT) -> list[str]:
    receipt = (await tablet.get(f"/field/v1/visits/{visit_id}/receipt")).json()
    return [part["state"] for part in receipt["parts"] if part["part"] == "photo"]


async def test_a_photo_sent_in_parts_is_verified_and_completes_the_visit(
    village: Village, client: FieldClient
) -> None:
    first = await asyncio.to_thread(client.send_visit, record(BIG))
    assert [part.state for part in first.photos] == ["missing"]

    receipt = await asyncio.to_thread(client.send_photo, VISIT, sha256(BIG), BIG, 64 * 1024)
    assert receipt.stage == "complete"
    assert receipt.outstanding == ()
    assert await village.intake.documents.get(sha256(BIG)) == BIG


async def test_the_server_tells_what_it_can(tablet: httpx.AsyncClient) -> None:
    answer = await tablet.options("/field/v1/photos")

    assert answer.status_code == 204
    assert answer.headers["Tus-Version"] == "1.0.0"
    assert answer.headers["Tus-Extension"] == "creation"
    assert answer.headers["Tus-Max-Size"] == "20000000"


async def test_an_upload_cut_in_half_goes_on_at_that_byte(
    village: Village, address: str, client: FieldClient
) -> None:
    await asyncio.to_thread(client.send_visit, record(BIG))
    half = len(BIG) // 2
    await asyncio.to_thread(cut_off, address, GRID_WORKER, BIG, half)

    receipt = await asyncio.to_thread(wait_for_bytes, client, half)
    assert receipt.photos[0].state == "partial"
    assert receipt.photos[0].offset == half
    done = await asyncio.to_thread(client.send_photo, VISIT, sha256(BIG), BIG)
    assert done.photos[0].verified
    assert await village.intake.documents.get(sha256(BIG)) == BIG


def cut_off(address: str, actor: Actor, content: bytes, sent: int) -> None:
    """Announce the whole photo, send a part of it, and pull the plug."""
    with httpx.Client(base_url=address, headers=headers(actor)) as http:
        http.post("/field/v1/photos", headers=creation(sha256(content), len(content))).raise_for_status()
    host = urlsplit(address)
    head = [
        f"PATCH /field/v1/photos/{VISIT}/{sha256(content)} HTTP/1.1",
        f"Host: {host.netloc}",
        f"Authorization: Bearer {KEYS.issue(actor)}",
        f"Content-Type: {OCTETS}",
        "Upload-Offset: 0",
        f"Content-Length: {len(content)}",
    ]
    with socket.create_connection((str(host.hostname), host.port or 0)) as line:
        line.sendall("\r\n".join([*head, "", ""]).encode() + content[:sent])


def wait_for_bytes(client: FieldClient, offset: int) -> Receipt:
    """The server learns of the cut a moment later than we do."""
    for _ in range(200):
        receipt = client.receipt(VISIT)
        if receipt.photos[0].offset >= offset:
            return receipt
    raise AssertionError("the half that was sent never arrived")


async def test_a_wrong_hash_is_refused_and_the_photo_may_be_sent_anew(tablet: httpx.AsyncClient) -> None:
    await tablet.post("/field/v1/visits", json=record(BIG).to_json())
    await created(tablet, BIG)
    swapped = bytes(reversed(BIG))

    answer = await patched(tablet, sha256(BIG), 0, swapped)
    assert answer.status_code == 422
    assert "校验值不符" in answer.json()["message"]
    assert await states(tablet) == ["refused"]
    assert (await created(tablet, BIG)).headers["Upload-Offset"] == "0"
    assert (await patched(tablet, sha256(BIG), 0, BIG)).status_code == 204
    assert await states(tablet) == ["verified"]


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (BIG[: len(BIG) // 2], "不完整"),
        (photo(4, kind="PNG")[:5000], "不完整"),
        (b"\xff\xd8\xff\xe0 only a head", "打不开"),
        (b"%PDF-1.7 not a picture", "不是JPEG或PNG"),
        (b"GIF89a" + b"\x00" * 50, "不是JPEG或PNG"),
        (b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>", "不是JPEG或PNG"),
        (b"\x00", "不是JPEG或PNG"),
    ],
    ids=["half a jpeg", "half a png", "a jpeg's head", "pdf", "gif", "svg", "one byte"],
)
async def test_what_cannot_be_looked_at_is_refused_though_its_hash_is_right(
    village: Village, tablet: httpx.AsyncClient, content: bytes, reason: str
) -> None:
    await tablet.post("/field/v1/visits", json=record(content).to_json())
    await created(tablet, content)

    answer = await patched(tablet, sha256(content), 0, content)
    assert answer.status_code == 422
    assert reason in answer.json()["message"]
    assert await states(tablet) == ["refused"]
    assert not await village.intake.documents.has(sha256(content))


async def test_a_picture_of_too_many_pixels_is_refused(tablet: httpx.AsyncClient) -> None:
    out = io.BytesIO()
    Image.new("1", (7000, 6000)).save(out, "PNG")
    bomb = out.getvalue()
    await tablet.post("/field/v1/visits", json=record(bomb).to_json())
    await created(tablet, bomb)

    answer = await patched(tablet, sha256(bomb), 0, bomb)
    assert answer.status_code == 422
    assert "像素超过4000万" in answer.json()["message"]


@pytest.mark.parametrize("length", [999_999_999, 20_000_001])
async def test_a_photo_over_the_limit_is_refused_before_a_byte_is_sent(
    tablet: httpx.AsyncClient, length: int
) -> None:
    await tablet.post("/field/v1/visits", json=record(BIG).to_json())

    answer = await created(tablet, BIG, length=length)
    assert answer.status_code == 413
    assert "最大20MB" in answer.json()["message"]


async def test_another_length_than_announced_is_refused(tablet: httpx.AsyncClient) -> None:
    await tablet.post("/field/v1/visits", json=record(BIG).to_json())

    assert (await created(tablet, BIG, length=len(BIG) - 1)).status_code == 422


async def test_more_bytes_than_announced_are_refused(tablet: httpx.AsyncClient) -> None:
    await tablet.post("/field/v1/visits", json=record(BIG).to_json())
    await created(tablet, BIG)

    answer = await patched(tablet, sha256(BIG), 0, BIG + b"more")
    assert answer.status_code == 422
    assert "超过申报的长度" in answer.json()["message"]


async def test_only_photos_announced_by_the_visit_are_taken(tablet: httpx.AsyncClient) -> None:
    before = await created(tablet, BIG)
    await tablet.post("/field/v1/visits", json=record(BIG).to_json())
    other = await created(tablet, photo(5))

    assert before.status_code == other.status_code == 404
    assert "请先提交记录" in before.json()["message"]


@pytest.mark.parametrize(
    "named",
    [{}, {"Upload-Length": "-1"}, {"Upload-Length": "1e6"}, {"Upload-Metadata": "visit_id ###"}],
)
async def test_headers_that_say_nothing_are_refused(tablet: httpx.AsyncClient, named: dict[str, str]) -> None:
    await tablet.post("/field/v1/visits", json=record(BIG).to_json())
    good = creation(sha256(BIG), len(BIG)) if named else {}

    assert (await tablet.post("/field/v1/photos", headers=good | named)).status_code == 422


async def test_a_part_at_the_wrong_place_is_a_conflict_and_the_place_can_be_asked(
    tablet: httpx.AsyncClient,
) -> None:
    await tablet.post("/field/v1/visits", json=record(BIG).to_json())
    await created(tablet, BIG)
    await patched(tablet, sha256(BIG), 0, BIG[:1000])

    assert (await patched(tablet, sha256(BIG), 0, BIG)).status_code == 409
    head = await tablet.head(f"/field/v1/photos/{VISIT}/{sha256(BIG)}")
    assert (head.headers["Upload-Offset"], head.headers["Upload-Length"]) == ("1000", str(len(BIG)))
    assert head.headers["Cache-Control"] == "no-store"


async def test_a_photo_that_another_visit_brought_is_verified_without_being_sent(
    tablet: httpx.AsyncClient,
) -> None:
    await tablet.post("/field/v1/visits", json=record(BIG).to_json())
    await created(tablet, BIG)
    await patched(tablet, sha256(BIG), 0, BIG)
    again = envelope(
        "visit",
        visit_answers(wish=False, category="", claim="", consent=""),
        RECORDED,
        {"door.jpg": BIG},
        OTHER_VISIT,
    )

    answer = await tablet.post("/field/v1/visits", json=again.to_json())
    assert answer.json()["stage"] == "complete"
    assert await states(tablet, OTHER_VISIT) == ["verified"]


async def test_two_photos_with_the_same_content_are_sent_once_and_both_count(
    tablet: httpx.AsyncClient,
) -> None:
    twice = record(BIG, living_room=BIG)
    await tablet.post("/field/v1/visits", json=twice.to_json())
    await created(tablet, BIG)
    await patched(tablet, sha256(BIG), 0, BIG)

    assert await states(tablet) == ["verified", "verified"]
    receipt = (await tablet.get(f"/field/v1/visits/{VISIT}/receipt")).json()
    assert receipt["stage"] == "complete"


async def test_a_verified_photo_sent_once_more_changes_nothing(client: FieldClient) -> None:
    await asyncio.to_thread(client.send_visit, record(BIG))
    first = await asyncio.to_thread(client.send_photo, VISIT, sha256(BIG), BIG)

    assert await asyncio.to_thread(client.send_photo, VISIT, sha256(BIG), BIG) == first


async def test_a_photo_that_arrived_whole_before_a_crash_is_looked_at_by_the_next_try(
    village: Village, client: FieldClient
) -> None:
    await asyncio.to_thread(client.send_visit, record(BIG))

    async def everything() -> object:
        yield BIG

    await village.intake.documents.append(f"{VISIT}-{sha256(BIG)}", 0, everything(), len(BIG))  # type: ignore[arg-type]
    before = await asyncio.to_thread(client.receipt, VISIT)
    assert before.photos[0].state == "received"
    done = await asyncio.to_thread(client.send_photo, VISIT, sha256(BIG), BIG)
    assert done.photos[0].verified


async def test_another_township_may_not_add_to_the_visit(tablet: httpx.AsyncClient) -> None:
    await tablet.post("/field/v1/visits", json=record(BIG).to_json())

    for actor, status in ((NEIGHBOUR_TOWNSHIP, 403), (HANDLER, 201)):
        asked = creation(sha256(BIG), len(BIG)) | headers(actor)
        assert (await tablet.post("/field/v1/photos", headers=asked)).status_code == status


async def test_the_tablet_is_told_why_its_photo_was_refused(client: FieldClient) -> None:
    half = BIG[: len(BIG) // 2]
    await asyncio.to_thread(client.send_visit, record(half))

    with pytest.raises(SyncRefused, match="不完整") as refusal:
        await asyncio.to_thread(client.send_photo, VISIT, sha256(half), half)
    assert refusal.value.status == 422
    [part] = (await asyncio.to_thread(client.receipt, VISIT)).photos
    assert (part.state, part.offset) == ("refused", 0)
    assert "不完整" in part.reason
