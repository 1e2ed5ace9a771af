"""How the tablet's core does: saving answers, a round of fifty visits, fetching five thousand households."""

from __future__ import annotations

import asyncio
import io
import os
import sqlite3
import statistics
import tempfile
import time
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import httpx
from PIL import Image

from mobile_app.core.client import FieldClient
from mobile_app.core.drafts import Drafts
from mobile_app.core.identity import Identity, fresh_key, save_identity
from mobile_app.core.journal import Journal, State
from mobile_app.core.office import Office
from mobile_app.core.photos import Photos
from mobile_app.core.receipts import ReceiptKeys
from mobile_app.core.seal import KEY_BYTES, Seal
from mobile_app.core.sync import Network, Synchroniser, Tablet, Wish
from mobile_app.core.trusted_time import TrustedTime
from mobile_app.core.village import Villages
from mobile_app.device.desktop import FileKeyStore
from services import launch
from services.bench.figures import machine, percentiles
from services.common.forms.instance import write_instance
from services.common.forms.xform import parse_form
from services.common.runtime import runner
from services.common.runtime.ids import new_id
from services.demo import load as demo
from services.demo.district import QINGQUAN
from services.demo.people import PASSWORD

ANSWERS, VISITS, PHOTOS, HOUSEHOLDS = 500, 50, 2, 5_000
WORKER = "grid.wangfang"
START = datetime(2026, 9, 14, 1, 0, tzinfo=UTC)
PHOTO_SIZE = (1280, 960)


async def measure(*, scale: int, seconds: float) -> dict[str, Any]:
    """All on one machine, embedded; `scale` multiplies the households."""
    del seconds
    at = machine()
    with tempfile.TemporaryDirectory() as folder:
        data, own = Path(folder) / "data", Path(folder) / "tablet"
        settings = launch.embedded_settings(data, 0, START)
        async with runner.running(launch.blueprints(), settings) as address:
            await demo.load(address.grpc, address.http)
            _households(data / "intake.db", HOUSEHOLDS * scale)
            token = await demo.sign_in(address.http, WORKER, PASSWORD)
            found = await asyncio.to_thread(_measure, address.http, token, own)
    return {"bench": "field", "scale": scale, "machine": at} | found


class _Counting(httpx.HTTPTransport):
    """Counts what goes up, as HTTP/1.1 writes it."""

    sent = 0

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        head = len(request.method) + len(request.url.raw_path) + len(" HTTP/1.1\r\n\r\n")
        self.sent += head + sum(len(name) + len(value) + 4 for name, value in request.headers.raw)
        self.sent += int(request.headers.get("Content-Length", 0))
        return super().handle_request(request)


def _measure(url: str, token: str, folder: Path) -> dict[str, Any]:
    line = _Counting()
    client = FieldClient(url, token, transport=line)
    keys = client.keys()
    client.believe(ReceiptKeys.from_jwks(keys))
    seal = Seal(os.urandom(KEY_BYTES))
    journal = Journal(folder / "journal.db", seal)
    photos = Photos(folder / "photos", seal, journal)
    clock = TrustedTime(journal, lambda: datetime.now(UTC))
    private, _ = fresh_key()
    save_identity(journal, Identity(device_id="bench", office_url=url, private_key=private, keys=keys))
    villages = Villages(journal, clock)
    first = _timed(lambda: villages.fetch(client))
    delta = _timed(lambda: villages.fetch(client))
    saved = _save(journal, clock)
    content = _fill(journal, photos, clock, villages)
    line.sent = 0
    office = Office(journal, clock, lambda _: client)
    tablet = Tablet(
        journal=journal, photos=photos, time=clock, office=office, key_store=FileKeyStore(folder / "key")
    )
    round_ = _timed(lambda: Synchroniser(tablet).round(Network.FREE, Wish(at_once=True), client))
    report = round_.pop("result")
    return {
        "save_answer_ms": saved,
        "first_fetch": first | {"goal_seconds": 3.0},
        "next_fetch": delta,
        "round": round_
        | {
            "visits": report.sent.records,
            "photos": report.sent.photos,
            "verified": len(journal.records(State.VERIFIED)),
            "content_bytes": content,
            "sent_bytes": line.sent,
            "overhead": round(line.sent / content - 1, 4),
            "goal_overhead": 0.05,
        },
    }


def _timed(act: Callable[[], Any]) -> dict[str, Any]:
    wall, cpu = time.perf_counter(), time.process_time()
    result = act()
    return {
        "result": result,
        "wall_seconds": round(time.perf_counter() - wall, 3),
        "cpu_seconds_both_ends": round(time.process_time() - cpu, 3),
    }


def _save(journal: Journal, clock: TrustedTime) -> dict[str, Any]:
    """One answer after the other, each on the disk before the next."""
    record_id = new_id()
    journal.begin(record_id, ("visit", "1"), QINGQUAN, clock.now())
    took, cpu = [], time.thread_time()
    for number in range(ANSWERS):
        begun = time.perf_counter()
        journal.answer(record_id, f"q{number}", "村南3号", clock.now())
        took.append(time.perf_counter() - begun)
    each = 1000 * (time.thread_time() - cpu) / ANSWERS
    journal.discard(record_id)
    return percentiles(took) | {
        "mean": round(1000 * statistics.fmean(took), 2),
        "cpu": round(each, 3),
        "goal": 2.0,
    }


def _fill(journal: Journal, photos: Photos, clock: TrustedTime, villages: Villages) -> int:
    """Fifty finished visits; how many bytes their records and photos have."""
    version, xform = villages.newest_form("visit")
    form = parse_form(xform)
    drafts = Drafts(journal, photos, clock.now)
    total = 0
    for number in range(VISITS):
        record_id = new_id()
        journal.begin(record_id, (form.id, version), QINGQUAN, clock.now())
        for name in ("door.jpg", "living-room.jpg")[:PHOTOS]:
            total += photos.add(record_id, name, _picture(number, name), "door").size
        answers = {
            "household_id": new_id(),
            "visited_on": "2026-09-14",
            "address": f"村南{number}号",
            "phone": "13800000000",
            "members": [],
            "wish": "no",
            "door": "door.jpg",
        }
        instance = write_instance(form, answers, record_id)
        drafts.finish(record_id, instance)
        total += len(instance.encode())
    return total


def _picture(number: int, name: str) -> bytes:
    zoom = 1 - (number * PHOTOS + len(name)) * 0.004
    grey = Image.effect_mandelbrot(PHOTO_SIZE, (-2.0 * zoom, -1.2 * zoom, 0.8 * zoom, 1.2 * zoom), 60)
    out = io.BytesIO()
    Image.merge("RGB", (grey, grey.rotate(180), grey.transpose(Image.Transpose.FLIP_LEFT_RIGHT))).save(
        out, "JPEG", quality=90
    )
    return out.getvalue()


def _households(path: Path, count: int) -> None:
    """Families of two in one village, straight into the tables: only fetching them is measured."""
    with sqlite3.connect(path) as db:
        before = db.execute(
            "SELECT coalesce(max(version), 0) FROM field_versions WHERE stream = ?", (QINGQUAN,)
        )
        start = int(before.fetchone()[0])
        for number in range(count):
            household, head, spouse = new_id(), new_id(), new_id()
            for person, relation in ((head, "户主"), (spouse, "配偶")):
                db.execute(
                    "INSERT INTO persons (person_id, name, born_on, sex, id_cipher, id_index, id_masked)"
                    " VALUES (?, ?, '1960-01-01', 'male', x'00', ?, '1404**********0000')",
                    (person, f"测{number}", person),
                )
                db.execute("INSERT INTO household_members VALUES (?, ?, ?)", (household, person, relation))
            db.execute(
                "INSERT INTO households (household_id, township, village, compound, address, phone,"
                " head_person_id, version) VALUES (?, ?, ?, '', ?, '', ?, 1)",
                (household, QINGQUAN[:9], QINGQUAN, f"村南{number}号", head),
            )
            db.execute(
                "INSERT INTO field_changes (stream, kind, key, version) VALUES (?, 'household', ?, ?)",
                (QINGQUAN, household, start + number + 1),
            )
        db.execute(
            "INSERT OR REPLACE INTO field_versions VALUES (?, ?)",
            (QINGQUAN, start + count),
        )
