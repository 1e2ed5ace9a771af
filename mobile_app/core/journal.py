"""The journal: every answer is on the disk, sealed, before the next one is asked for."""

from __future__ import annotations

import contextlib
import json
import os
import sqlite3
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from pathlib import Path
from typing import Any

from mobile_app.core.disk import StorageFull as StorageFull
from mobile_app.core.disk import saying_when_full, write_whole
from mobile_app.core.seal import Seal

BUSY_SECONDS = 10.0
RESERVE_BYTES = 256 * 1024
# Each step brings a journal one version further. A step is never edited and never deletes what people wrote.
FIRST_STEP = (
    """CREATE TABLE records (
        record_id TEXT PRIMARY KEY, form_id TEXT NOT NULL, form_version TEXT NOT NULL,
        state TEXT NOT NULL, created_at TEXT NOT NULL, retry_at TEXT NOT NULL DEFAULT '',
        failures INTEGER NOT NULL DEFAULT 0, village TEXT NOT NULL,
        envelope BLOB, receipt BLOB, problem BLOB)""",
    """CREATE TABLE answers (
        record_id TEXT NOT NULL REFERENCES records, number INTEGER NOT NULL, entry BLOB NOT NULL,
        PRIMARY KEY (record_id, number)) WITHOUT ROWID""",
    """CREATE TABLE photos (
        record_id TEXT NOT NULL REFERENCES records, name TEXT NOT NULL, sha256 TEXT NOT NULL,
        size INTEGER NOT NULL, kind TEXT NOT NULL, original_sha256 TEXT NOT NULL, state TEXT NOT NULL,
        PRIMARY KEY (record_id, name))""",
    """CREATE TABLE items (
        kind TEXT NOT NULL, key TEXT NOT NULL, bucket INTEGER NOT NULL, content BLOB NOT NULL,
        PRIMARY KEY (kind, key))""",
    "CREATE INDEX ix_items_bucket ON items (bucket)",
    "CREATE TABLE notes (name TEXT PRIMARY KEY, value TEXT NOT NULL)",
)
# What a record is about, sealed; and whose stream an item came with. Items are fetched anew.
SECOND_STEP = (
    "ALTER TABLE records ADD COLUMN about BLOB",
    "DROP TABLE items",
    """CREATE TABLE items (
        stream TEXT NOT NULL, kind TEXT NOT NULL, key TEXT NOT NULL, content BLOB NOT NULL,
        PRIMARY KEY (stream, kind, key))""",
    "CREATE INDEX ix_items_kind ON items (kind, key)",
)
STEPS = (FIRST_STEP, SECOND_STEP)


class State(StrEnum):
    """How far a record has come; it never goes back. `held` lies sealed with the office, for a person."""

    DRAFT = "draft"
    FINAL = "final"
    SENT = "sent"
    RECEIVED = "received"
    VERIFIED = "verified"
    HELD = "held"

    @property
    def chinese(self) -> str:
        return {
            State.DRAFT: "草稿",
            State.FINAL: "待发送",
            State.SENT: "已发出，等回执",
            State.RECEIVED: "单位已收到，照片待传完",
            State.VERIFIED: "已收到并核对无误",
            State.HELD: "已加密交回单位，待核对",
        }[self]


MOVES: dict[State, frozenset[State]] = {
    State.DRAFT: frozenset({State.FINAL, State.HELD}),
    State.FINAL: frozenset({State.SENT, State.HELD}),
    State.SENT: frozenset({State.RECEIVED, State.VERIFIED, State.HELD}),
    State.RECEIVED: frozenset({State.VERIFIED, State.HELD}),
    State.VERIFIED: frozenset(),
    State.HELD: frozenset(),
}


class NewerJournal(Exception):
    """A newer program wrote this journal: it is left untouched."""


class NotPossible(Exception):
    """The record's state does not allow this."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One answer as given; None takes back what stood there, with everything below it."""

    path: str
    value: str | None
    at: str


@dataclass(frozen=True, slots=True)
class Record:
    """One visit on this tablet. `problem` is why it could not be sent, for the person to read.

    `base` is what was shown of the household when the draft began.
    """

    record_id: str
    form_id: str
    form_version: str
    state: State
    created_at: str
    village: str
    retry_at: str = ""
    failures: int = 0
    problem: str = ""
    title: str = ""
    base: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class About:
    """What a list shows of a record, and what was known of the household when it began."""

    title: str = ""
    base: Mapping[str, str] = field(default_factory=dict)


class Journal:
    """One SQLite file, shared by the app and its background service."""

    def __init__(self, path: Path, seal: Seal, *, largest_pages: int = 0) -> None:
        path.parent.mkdir(parents=True, exist_ok=True)
        self._seal = seal
        self._lock = threading.RLock()
        self._reserve = path.with_name(f"{path.name}.reserve")
        self.db = sqlite3.connect(path, timeout=BUSY_SECONDS, isolation_level=None, check_same_thread=False)
        self.db.row_factory = sqlite3.Row
        with saying_when_full():
            self._open(largest_pages)
        self._keep_reserve()

    def _open(self, largest_pages: int) -> None:
        found = int(self.db.execute("PRAGMA user_version").fetchone()[0])
        if found > len(STEPS):
            self.db.close()
            raise NewerJournal("本机数据由更新版本的程序写入，请重新安装新版本；数据没有改动")
        for pragma in ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON", "secure_delete=ON"):
            self.db.execute(f"PRAGMA {pragma}")
        if largest_pages:
            self.db.execute(f"PRAGMA max_page_count={largest_pages}")
        with self.writing():
            found = int(self.db.execute("PRAGMA user_version").fetchone()[0])
            for number, step in enumerate(STEPS[found:], found + 1):
                for statement in step:
                    self.db.execute(statement)
                self.db.execute(f"PRAGMA user_version={number}")

    def close(self) -> None:
        self.db.close()

    @contextmanager
    def writing(self) -> Iterator[None]:
        """All of it or nothing; on the disk when it is left. Raises StorageFull."""
        with self._lock, saying_when_full():
            inner = self.db.in_transaction
            if not inner:
                self.db.execute("BEGIN IMMEDIATE")
            try:
                yield
                # Inside another one that one commits.
                if not inner:
                    self.db.execute("COMMIT")
            except BaseException:
                if self.db.in_transaction:
                    self.db.execute("ROLLBACK")
                raise

    @contextmanager
    def making_room(self) -> Iterator[None]:
        """For what frees storage in the end: on a full one even a deletion needs some, which is kept back."""
        self._reserve.unlink(missing_ok=True)
        try:
            yield
        finally:
            self._keep_reserve()

    def _keep_reserve(self) -> None:
        """Real bytes, or nothing where there is no room for them now."""
        if not self._reserve.exists():
            with contextlib.suppress(StorageFull):
                write_whole(self._reserve, os.urandom(RESERVE_BYTES))

    # Records.

    def begin(
        self, record_id: str, form: tuple[str, str], village: str, at: datetime, about: About | None = None
    ) -> Record:
        """A new draft of a form (id and version); `about` says whose household it is about."""
        told = about or About()
        sealed = self.sealed({"title": told.title, "base": dict(told.base)}, f"about|{record_id}")
        with self.writing():
            self.db.execute(
                "INSERT INTO records (record_id, form_id, form_version, state, created_at, village, about)"
                " VALUES (?, ?, ?, ?, ?, ?, ?)",
                (record_id, *form, State.DRAFT, at.isoformat(), village, sealed),
            )
        return self.record(record_id)

    def record(self, record_id: str) -> Record:
        row = self.db.execute("SELECT * FROM records WHERE record_id = ?", (record_id,)).fetchone()
        if row is None:
            raise KeyError(record_id)
        return self._record(row)

    def records(self, *states: State) -> list[Record]:
        """Records in these states, or all; the oldest first."""
        wanted = states or tuple(State)
        marks = ", ".join("?" * len(wanted))
        rows = self.db.execute(
            f"SELECT * FROM records WHERE state IN ({marks}) ORDER BY created_at, record_id",  # noqa: S608
            wanted,
        )
        return [self._record(row) for row in rows]

    def _record(self, row: sqlite3.Row) -> Record:
        problem = row["problem"]
        about = self.open(row["about"], f"about|{row['record_id']}") if row["about"] else {}
        return Record(
            row["record_id"],
            row["form_id"],
            row["form_version"],
            State(row["state"]),
            row["created_at"],
            row["village"],
            row["retry_at"],
            row["failures"],
            self.open(problem, f"problem|{row['record_id']}") if problem else "",
            about.get("title", ""),
            about.get("base", {}),
        )

    def move(self, record_id: str, to: State) -> None:
        """On to the next state; standing there already is no mistake. Call inside `writing`."""
        now = self.record(record_id).state
        if now is to:
            return
        if to not in MOVES[now]:
            raise NotPossible(f"记录现在是“{now}”，不能变为“{to}”")
        self.db.execute("UPDATE records SET state = ? WHERE record_id = ?", (to, record_id))

    def tell(self, record_id: str, problem: str, retry_at: datetime | None, failures: int) -> None:
        """Keep why a record is not through yet; without `retry_at` it waits for a person."""
        sealed = self.sealed(problem, f"problem|{record_id}") if problem else None
        with self.writing():
            self.db.execute(
                "UPDATE records SET problem = ?, retry_at = ?, failures = ? WHERE record_id = ?",
                (sealed, retry_at.isoformat() if retry_at else "", failures, record_id),
            )

    def discard(self, record_id: str) -> None:
        """Throw a draft away, because the person said so; nothing else can be."""
        with self.making_room(), self.writing():
            if self.record(record_id).state is not State.DRAFT:
                raise NotPossible("只能删除草稿")
            for table in ("answers", "photos", "records"):
                self.db.execute(f"DELETE FROM {table} WHERE record_id = ?", (record_id,))  # noqa: S608

    # Answers.

    def answer(self, record_id: str, path: str, value: str | None, at: datetime) -> None:
        """Keep one answer; when this returns it outlives a crash."""
        with self.writing():
            self.append(record_id, path, value, at)

    def answers_at_once(self, record_id: str, given: Mapping[str, str | None], at: datetime) -> None:
        """Several answers that belong together: all or none."""
        with self.writing():
            for path, value in given.items():
                self.append(record_id, path, value, at)

    def append(self, record_id: str, path: str, value: str | None, at: datetime) -> None:
        """One more answer, inside `writing`."""
        row = self.db.execute(
            "SELECT state, (SELECT coalesce(max(number), 0) + 1 FROM answers WHERE record_id = ?1) AS next"
            " FROM records WHERE record_id = ?1",
            (record_id,),
        ).fetchone()
        if row is None or row["state"] != State.DRAFT:
            raise NotPossible("只能修改草稿")
        entry = self.sealed([path, value, at.isoformat()], f"answers|{record_id}|{row['next']}")
        self.db.execute("INSERT INTO answers VALUES (?, ?, ?)", (record_id, row["next"], entry))

    def entries(self, record_id: str) -> list[Entry]:
        """Every answer in the order it was given; a form session plays them back."""
        rows = self.db.execute(
            "SELECT number, entry FROM answers WHERE record_id = ? ORDER BY number", (record_id,)
        )
        return [Entry(*self.open(row["entry"], f"answers|{record_id}|{row['number']}")) for row in rows]

    def answers(self, record_id: str) -> dict[str, str]:
        """What stands now."""
        standing: dict[str, str] = {}
        for entry in self.entries(record_id):
            if entry.value is None:
                below = f"{entry.path}/"
                gone = [path for path in standing if path == entry.path or path.startswith(below)]
                for path in gone:
                    del standing[path]
            else:
                standing[entry.path] = entry.value
        return standing

    # Sealed JSON, and small notes that tell nothing of people.

    def sealed(self, value: object, place: str) -> bytes:
        return self._seal.seal(json.dumps(value, ensure_ascii=False).encode(), place)

    def open(self, sealed: bytes, place: str) -> Any:
        return json.loads(self._seal.open(sealed, place))

    def note(self, name: str) -> str:
        row = self.db.execute("SELECT value FROM notes WHERE name = ?", (name,)).fetchone()
        return str(row["value"]) if row else ""

    def set_note(self, name: str, value: str) -> None:
        with self.writing():
            self.db.execute("INSERT OR REPLACE INTO notes VALUES (?, ?)", (name, value))
