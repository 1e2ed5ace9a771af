"""The journal: an answer that was given outlives a crash, a full disk, an upgrade and a curious reader."""

from __future__ import annotations

import io
import sqlite3
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from PIL import Image

from mobile_app.core import journal as journals
from mobile_app.core.backoff import FIRST, LONGEST, pause
from mobile_app.core.disk import StorageFull
from mobile_app.core.drafts import Drafts, Unseen
from mobile_app.core.journal import MOVES, About, Journal, NewerJournal, NotPossible, State
from mobile_app.core.letters import OfficeKey
from mobile_app.core.photos import LONGEST_SIDE, Photos, prepare
from mobile_app.core.seal import Damaged, PinLocked, Seal, Vault, WrongPin
from mobile_app.core.trusted_time import TrustedTime
from mobile_app.device.desktop import FileKeyStore
from services.common.runtime.letters import LetterKey, Unreadable
from services.common.runtime.settings import Mode, Settings

KEY = Seal(b"k" * 32)
AT = datetime(2026, 9, 14, 1, 0, tzinfo=UTC)
RECORD = "01920000-0000-7000-8000-000000000001"
AGAIN = "01920000-0000-7000-8000-000000000002"
VILLAGE = "140403103201"
PIN = "284617"


@pytest.fixture
def journal(tmp_path: Path) -> Journal:
    found = Journal(tmp_path / "journal.db", KEY)
    found.begin(RECORD, ("visit", "1"), VILLAGE, AT, About("王守田家", {"phone": "13800000000"}))
    return found


@pytest.fixture
def photos(journal: Journal, tmp_path: Path) -> Photos:
    return Photos(tmp_path / "photos", KEY, journal)


@pytest.fixture
def drafts(journal: Journal, photos: Photos) -> Drafts:
    return Drafts(journal, photos, lambda: AT)


def picture(width: int = 400, height: int = 300) -> bytes:
    out = io.BytesIO()
    Image.effect_noise((width, height), 60).convert("RGB").save(out, "JPEG")
    return out.getvalue()


def test_every_state_says_where_it_may_go() -> None:
    assert set(MOVES) == set(State)


def test_an_answer_is_there_after_the_program_is_gone(journal: Journal, tmp_path: Path) -> None:
    journal.answer(RECORD, "address", "村南3号", AT)
    journal.answer(RECORD, "address", "村南9号", AT)

    again = Journal(tmp_path / "journal.db", KEY)

    assert again.answers(RECORD) == {"address": "村南9号"}
    assert [entry.value for entry in again.entries(RECORD)] == ["村南3号", "村南9号"]
    assert again.record(RECORD).base == {"phone": "13800000000"}


def test_nothing_that_people_said_can_be_read_from_the_files(journal: Journal, tmp_path: Path) -> None:
    journal.answer(RECORD, "address", "村南3号", AT)

    stored = b"".join(path.read_bytes() for path in tmp_path.glob("journal.db*"))

    assert not any(word.encode() in stored for word in ("村南3号", "王守田", "13800000000"))
    with pytest.raises(Damaged):
        Journal(tmp_path / "journal.db", Seal(b"x" * 32)).answers(RECORD)


def test_an_answer_moved_to_another_place_does_not_open(journal: Journal) -> None:
    journal.answer(RECORD, "address", "村南3号", AT)
    journal.answer(RECORD, "phone", "13800000000", AT)
    journal.db.execute("UPDATE answers SET entry = (SELECT entry FROM answers WHERE number = 2)")

    with pytest.raises(Damaged):
        journal.answers(RECORD)


def test_an_upgrade_keeps_every_draft(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(journals, "STEPS", journals.STEPS[:1])
    old = Journal(tmp_path / "old.db", KEY)
    old.db.execute(
        "INSERT INTO records (record_id, form_id, form_version, state, created_at, village)"
        " VALUES (?, 'visit', '1', 'draft', ?, ?)",
        (RECORD, AT.isoformat(), VILLAGE),
    )
    old.answer(RECORD, "address", "村南3号", AT)
    old.close()
    monkeypatch.undo()

    assert Journal(tmp_path / "old.db", KEY).answers(RECORD) == {"address": "村南3号"}


def test_an_older_program_leaves_the_journal_of_a_newer_one_alone(journal: Journal, tmp_path: Path) -> None:
    journal.db.execute(f"PRAGMA user_version={len(journals.STEPS) + 1}")
    journal.close()

    with pytest.raises(NewerJournal):
        Journal(tmp_path / "journal.db", KEY)


def test_a_full_storage_is_said_and_what_was_saved_stays(tmp_path: Path) -> None:
    journal = Journal(tmp_path / "small.db", KEY, largest_pages=24)
    journal.begin(RECORD, ("visit", "1"), VILLAGE, AT)
    saved: dict[str, str] = {}

    def fill_up() -> None:
        for number in range(10_000):
            journal.answer(RECORD, f"q{number}", "很长的回答" * 40, AT)
            saved[f"q{number}"] = "很长的回答" * 40

    with pytest.raises(StorageFull):
        fill_up()

    assert saved
    assert Journal(tmp_path / "small.db", KEY).answers(RECORD) == saved


def test_only_drafts_change_and_a_record_never_goes_back(journal: Journal, drafts: Drafts) -> None:
    drafts.finish(RECORD, "<data/>")

    with pytest.raises(NotPossible):
        journal.answer(RECORD, "address", "村北1号", AT)
    with pytest.raises(NotPossible), journal.writing():
        journal.move(RECORD, State.DRAFT)
    assert drafts.envelope(RECORD).base == {"phone": "13800000000"}


def test_a_draft_moves_to_a_new_form_only_with_its_difference_seen(journal: Journal, drafts: Drafts) -> None:
    journal.answers_at_once(RECORD, {"address": "村南3号", "stove": "煤炉"}, AT)
    fits: Callable[[str, str], bool] = lambda path, _: path != "stove"  # noqa: E731
    seen = drafts.difference(RECORD, "2", fits)
    journal.answer(RECORD, "address", "村南9号", AT)
    with pytest.raises(Unseen):
        drafts.move(RECORD, seen, fits)
    assert journal.record(RECORD).form_version == "1"

    drafts.move(RECORD, drafts.difference(RECORD, "2", fits), fits)

    assert journal.record(RECORD).form_version == "2"
    assert journal.answers(RECORD) == {"address": "村南9号"}
    assert drafts.left_over(RECORD) == {"stove": "煤炉"}


def test_a_photo_is_on_the_disk_before_it_is_named_and_its_original_is_kept(photos: Photos) -> None:
    original = picture(2600, 1000)

    announced = photos.add(RECORD, "door.jpg", original, "door")

    kept = photos.read(RECORD, announced.sha256)
    with Image.open(io.BytesIO(kept)) as image:
        assert max(image.size) == LONGEST_SIDE
    assert photos.read(RECORD, prepare(original).original_sha256) == original


def test_a_file_that_nothing_names_is_swept_away(photos: Photos, tmp_path: Path) -> None:
    photos.add(RECORD, "door.jpg", picture(), "door")
    stray = tmp_path / "photos" / RECORD / ("0" * 64)
    stray.write_bytes(b"left by a crash")

    photos.sweep(RECORD)

    assert not stray.exists()
    assert len(photos.of(RECORD)) == 1


def test_wrong_pins_wait_longer_each_time_and_the_last_one_locks(tmp_path: Path) -> None:
    now = [AT]
    vault = Vault(tmp_path / "vault", FileKeyStore(tmp_path / "key"), lambda: now[0])
    key, recovery = vault.create(PIN)
    waits: list[timedelta] = []
    for _ in range(10):
        with pytest.raises(WrongPin) as wrong:
            vault.open("999998")
        waits.append(wrong.value.wait)
        now[0] += wrong.value.wait

    assert waits == sorted(waits)
    assert waits[0] == timedelta()
    assert waits[4] > waits[3] > timedelta()
    with pytest.raises(PinLocked):
        vault.open(PIN)
    assert vault.recover(recovery, "730915") == key == vault.open("730915")


def test_a_destroyed_device_key_leaves_nothing_to_open(tmp_path: Path) -> None:
    store = FileKeyStore(tmp_path / "key")
    vault = Vault(tmp_path / "vault", store, lambda: AT)
    vault.create(PIN)

    store.destroy()

    with pytest.raises(FileNotFoundError):
        vault.open(PIN)


def test_a_clock_put_back_to_1970_does_not_move_the_trusted_time_back(journal: Journal) -> None:
    device = [AT]
    time = TrustedTime(journal, lambda: device[0])
    time.heard(AT)
    device[0] = datetime(1970, 1, 1, tzinfo=UTC)
    assert time.now() == AT

    time.heard(AT + timedelta(hours=1))
    device[0] += timedelta(minutes=30)
    assert time.now() == AT + timedelta(hours=1, minutes=30)
    assert "慢了约" in time.warning


def test_the_wait_grows_with_chance_and_obeys_what_the_office_asked() -> None:
    assert pause(1, lambda: 0.0) == FIRST / 2
    assert pause(1, lambda: 1.0) == FIRST
    assert pause(50, lambda: 1.0) == LONGEST
    assert pause(1, lambda: 0.0, 120) == timedelta(seconds=120)


def test_a_letter_opens_with_the_offices_key_in_its_own_place_alone(tmp_path: Path) -> None:
    ours = LetterKey.from_settings(Settings(mode=Mode.DEVELOPMENT, data_dir=tmp_path))
    letter = OfficeKey.from_jwks({"keys": [ours.jwk]}).seal("村南3号".encode(), "d|v|record")

    assert ours.open(letter, "d|v|record").decode() == "村南3号"
    for other, place in ((letter, "d|v|other"), (letter[:-1] + b"x", "d|v|record"), (b"JL1", "d|v|record")):
        with pytest.raises(Unreadable):
            ours.open(other, place)


def test_the_journal_forces_every_commit_to_the_disk(journal: Journal) -> None:
    assert journal.db.execute("PRAGMA synchronous").fetchone()[0] == 2
    assert journal.db.execute("PRAGMA journal_mode").fetchone()[0] == "wal"
    assert isinstance(journal.db, sqlite3.Connection)
