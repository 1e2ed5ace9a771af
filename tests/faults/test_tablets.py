"""Tablets killed, filled up and cut off: what was acknowledged is on the server once, byte for byte."""

from __future__ import annotations

import asyncio
import hashlib
import multiprocessing
import random
import subprocess
import time
from collections.abc import AsyncIterator, Iterator
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from mobile_app.core.disk import StorageFull
from mobile_app.core.journal import Journal, State
from mobile_app.core.photos import Photos
from mobile_app.core.seal import Seal
from mobile_app.core.sync import Network
from services.common.runtime.ids import new_id
from services.intake.storage.visit_tables import visit_photos, visits
from tests.integration.intake_field.conftest import app, clock, serving, village
from tests.world.applications import GRID_WORKER, VILLAGE, Village
from tests.world.field import VERSION, photo, sha256, visit_answers
from tests.world.line import faulty
from tests.world.services import TestClock, shanghai
from tests.world.tablets import Hand, enrolled

__all__ = ["app", "clock", "village"]

KILLS = 50
AT = shanghai("2026-09-14")
KEY = b"k" * 32
STARTING = multiprocessing.get_context("forkserver")


@pytest.fixture(scope="module", autouse=True)
def _warm() -> None:
    """Workers are forked from a process that has everything loaded."""
    STARTING.set_forkserver_preload(["tests.faults.test_tablets"])


@pytest.fixture
async def address(app: Any) -> AsyncIterator[str]:
    async with serving(app) as url:
        yield url


def edit(folder: Path, record_id: str, first: int, told: Connection) -> None:
    """Answer after answer and photo after photo, each told only when it is on the disk."""
    seal = Seal(KEY)
    journal = Journal(folder / "journal.db", seal)
    photos = Photos(folder / "photos", seal, journal)
    for number in range(first, first + 10_000):
        value = f"第{number}个回答"
        journal.answer(record_id, f"q{number}", value, AT)
        told.send((f"q{number}", value))
        if number % 3 == 0:
            content = photo(number % 5, size=(120, 90))
            photos.add(record_id, f"p{number}.jpg", content, "door")
            told.send((f"p{number}.jpg", sha256(content)))


def test_killed_fifty_times_while_editing_and_photographing_no_answer_is_lost(tmp_path: Path) -> None:
    chance = random.Random(7)
    record_id, seal = new_id(), Seal(KEY)
    Journal(tmp_path / "journal.db", seal).begin(record_id, ("visit", VERSION), VILLAGE, AT)
    acknowledged: dict[str, str] = {}
    first = 0
    for _ in range(KILLS):
        ours, theirs = STARTING.Pipe(duplex=False)
        worker = STARTING.Process(target=edit, args=(tmp_path, record_id, first, theirs))
        worker.start()
        theirs.close()
        acknowledged |= [ours.recv()]  # at least one, however slow the machine is
        until = time.monotonic() + chance.uniform(0.0, 0.12)
        while time.monotonic() < until:
            if ours.poll(0.005):
                acknowledged |= [ours.recv()]
        worker.kill()
        try:
            while True:
                acknowledged |= [ours.recv()]
        except EOFError:
            pass
        worker.join()
        first += 10_000

    journal = Journal(tmp_path / "journal.db", seal)
    photos = Photos(tmp_path / "photos", seal, journal)
    assert journal.db.execute("PRAGMA integrity_check").fetchone()[0] == "ok"
    answers = journal.answers(record_id)
    named = {one.name: one.sha256 for one in photos.of(record_id)}
    assert acknowledged.items() <= (answers | named).items()
    for digest in set(named.values()):
        assert sha256(photos.read(record_id, digest)) == digest


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A storage of two megabytes."""
    folder = tmp_path / "small"
    folder.mkdir()
    subprocess.run(["mount", "-t", "tmpfs", "-o", "size=2m", "tmpfs", str(folder)], check=True)
    yield folder
    subprocess.run(["umount", "-l", str(folder)], check=True)


def test_a_full_disk_loses_nothing_that_was_saved_and_goes_on_when_there_is_room(small_disk: Path) -> None:
    record_id, seal = new_id(), Seal(KEY)
    journal = Journal(small_disk / "journal.db", seal)
    photos = Photos(small_disk / "photos", seal, journal)
    journal.begin(record_id, ("visit", VERSION), VILLAGE, AT)
    saved: dict[str, str] = {}
    kept: list[str] = []
    for number in range(500):
        try:
            kept.append(
                photos.add(record_id, f"p{number}.jpg", photo(number, size=(240, 180)), "door").sha256
            )
        except StorageFull:
            break

    def fill_up() -> None:
        for number in range(100_000):
            journal.answer(record_id, f"q{number}", "回答" * 200, AT)
            saved[f"q{number}"] = "回答" * 200

    with pytest.raises(StorageFull):
        fill_up()
    journal.close()

    again = Journal(small_disk / "journal.db", seal)
    photos = Photos(small_disk / "photos", seal, again)
    assert again.answers(record_id) == saved
    assert kept
    assert all(sha256(photos.read(record_id, digest)) == digest for digest in kept)
    photos.remove(record_id, "p0.jpg")
    again.answer(record_id, "afterwards", "有空间后继续填写", AT)
    assert again.answers(record_id)["afterwards"] == "有空间后继续填写"


def synchronise(folder: Path, url: str, now: Any, told: Connection) -> None:
    """Rounds until everything is through."""
    hand = Hand(folder, url, lambda: now)
    told.send("started")
    report = hand.sync.round(Network.FREE)
    told.send(report.is_success)


async def test_killed_while_syncing_a_week_of_visits_arrives_once_and_byte_for_byte(
    village: Village, address: str, clock: TestClock, tmp_path: Path
) -> None:
    """A week offline with thirty visits; the runner is killed again and again, on a line that is slow."""
    async with faulty(address) as (url, faults):
        hand = await enrolled(village, url, tmp_path / "one", GRID_WORKER, clock.now)
        photos = {number: photo(100 + number, size=(160, 120)) for number in range(30)}
        records = {}
        for number, content in photos.items():
            answers = visit_answers(wish=False, category="", claim="", case_id="", address=f"村南{number}号")
            records[hand.fill("visit", answers, {"door.jpg": content})] = content
        hand.journal.close()
        chance = random.Random(11)
        faults.reset(seconds_per_piece=0.002)
        for turn in range(KILLS):
            if turn % 10 == 5:
                faults.reset(seconds_per_piece=0.002, up_limit=chance.randrange(2_000, 60_000))
            if turn % 10 == 6:
                faults.reset(seconds_per_piece=0.002, answer_limit=chance.randrange(100, 6_000))
            if turn % 10 == 7:
                faults.reset(seconds_per_piece=0.002)
            await asyncio.to_thread(
                _run_and_kill, tmp_path / "one", url, clock.now(), chance.uniform(0.0, 0.3)
            )
        faults.reset()
        hand = Hand(tmp_path / "one", url, clock.now)
        hand.journal.set_note("sync-runner", "")
        report = await hand.round()

    assert report.is_success, report
    assert {hand.state(one) for one in records} == {State.VERIFIED}
    async with village.intake.database.read() as db:
        stored = {row.visit_id for row in await db.execute(select(visits))}
        rows = list(await db.execute(select(visit_photos)))
    assert stored == set(records)
    assert {(row.visit_id, row.sha256) for row in rows} == {
        (record, hashlib.sha256(content).hexdigest()) for record, content in records.items()
    }
    for content in records.values():
        assert await village.intake.documents.get(sha256(content)) == content


def _run_and_kill(folder: Path, url: str, now: Any, seconds: float) -> None:
    ours, theirs = STARTING.Pipe(duplex=False)
    worker = STARTING.Process(target=synchronise, args=(folder, url, now, theirs))
    worker.start()
    theirs.close()
    ours.recv()
    worker.join(seconds)
    worker.kill()
    worker.join()
