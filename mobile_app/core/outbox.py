"""Sends what is finished: every record first, then photos, each by itself, so that none holds up another."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial

import httpx

from mobile_app.core import backoff
from mobile_app.core.client import FieldClient, SyncRefused
from mobile_app.core.disk import StorageFull
from mobile_app.core.drafts import Drafts
from mobile_app.core.envelope import Receipt
from mobile_app.core.journal import Journal, Record, State
from mobile_app.core.photos import Photos
from mobile_app.core.receipts import Forged, check_about
from mobile_app.core.seal import Damaged
from mobile_app.core.trusted_time import TrustedTime

UNDERWAY = (State.FINAL, State.SENT, State.RECEIVED)
# After so many lines cut in a row the network is gone, not the one record.
MOST_CUTS = 2
TRY_LATER = frozenset({408, 425, 429, 500, 502, 503, 504})
NOT_SIGNED_IN, NOT_HERE = 401, 403
OFFICE_AWAY = "单位服务器暂时连不上，稍后自动重试"


class LineDown(Exception):
    """Nothing gets through: the round ends, and what was not sent is sent by the next one."""


@dataclass(slots=True)
class Sent:
    """What one round did; `moved` are records that the person may no longer file himself."""

    records: int = 0
    photos: int = 0
    photos_waiting: int = 0
    verified: int = 0
    problems: dict[str, str] = field(default_factory=dict)
    moved: list[str] = field(default_factory=list)
    cuts: int = 0


class Outbox:
    """Works through the journal; each item keeps its own failures and its own next time."""

    def __init__(
        self,
        journal: Journal,
        photos: Photos,
        time: TrustedTime,
        chance: Callable[[], float],
    ) -> None:
        self._journal = journal
        self._photos = photos
        self._time = time
        self._chance = chance
        self._drafts = Drafts(journal, photos, time.now)

    def due(self, *, at_once: bool) -> list[Record]:
        """What may be tried now; `at_once` because the person asked. What waits for a person stays."""
        now = self._time.now().isoformat()
        found = self._journal.records(*UNDERWAY)
        return [
            one
            for one in found
            if not (one.problem and not one.retry_at) and (at_once or one.retry_at <= now)
        ]

    def send_records(self, client: FieldClient, sent: Sent, *, at_once: bool) -> None:
        """Every record that the office does not have yet."""
        for record in self.due(at_once=at_once):
            if record.state is not State.RECEIVED:
                self._each(record, sent, partial(self._record, client, record, sent))

    def send_photos(self, client: FieldClient, sent: Sent, *, at_once: bool, metered: bool) -> None:
        """Photos of records that arrived; on a network that costs they wait until asked for."""
        for record in self.due(at_once=at_once):
            if record.state is State.RECEIVED:
                if metered:
                    sent.photos_waiting += len(self._outstanding(record))
                else:
                    self._each(record, sent, partial(self._photos_of, client, record, sent))

    def _each(self, record: Record, sent: Sent, act: Callable[[], None]) -> None:
        """Whatever goes wrong with one stays with it; only a dead line and a lost sign-in end the round."""
        try:
            act()
        except SyncRefused as refusal:
            if refusal.status == NOT_SIGNED_IN:
                raise
            self._refused(record, refusal, sent)
        except httpx.TransportError as error:
            self._later(record, OFFICE_AWAY, sent)
            sent.cuts += 1
            if sent.cuts >= MOST_CUTS:
                raise LineDown from error
        except Forged as error:
            self._later(record, f"{error}；请联系单位核实网络", sent)
        except (Damaged, FileNotFoundError):
            self._stuck(record, "本机上的照片或记录已损坏，无法发送，请联系单位", sent)
        except StorageFull as error:
            sent.problems[record.record_id] = str(error)
        else:
            sent.cuts = 0

    def _record(self, client: FieldClient, record: Record, sent: Sent) -> None:
        with self._journal.writing():
            self._journal.move(record.record_id, State.SENT)
        envelope = self._drafts.envelope(record.record_id)
        receipt = client.send_visit(envelope)
        check_about(receipt, envelope)
        sent.records += 1
        self._note(record, receipt, sent)

    def _photos_of(self, client: FieldClient, record: Record, sent: Sent) -> None:
        """Each photo alone: one that is refused keeps none of the others back."""
        problem: SyncRefused | None = None
        for sha256 in self._outstanding(record):
            try:
                client.upload(record.record_id, sha256, self._photos.read(record.record_id, sha256))
                sent.photos += 1
            except SyncRefused as refusal:
                if refusal.status == NOT_SIGNED_IN:
                    raise
                problem = refusal
        envelope = self._drafts.envelope(record.record_id)
        receipt = client.receipt(record.record_id)
        check_about(receipt, envelope)
        self._note(record, receipt, sent)
        if problem is not None:
            raise problem

    def _outstanding(self, record: Record) -> list[str]:
        """Hashes of photos without the office's word that it looked at them; two names may share one."""
        rows = self._journal.db.execute(
            "SELECT DISTINCT sha256 FROM photos WHERE record_id = ? AND state <> 'verified' ORDER BY name",
            (record.record_id,),
        )
        return [row["sha256"] for row in rows]

    def _note(self, record: Record, receipt: Receipt, sent: Sent) -> None:
        """Keep the receipt and what it says of each photo; storage is freed by nothing else."""
        journal = self._journal
        done = not receipt.outstanding
        with journal.writing():
            sealed = journal.sealed(receipt.to_json(), f"receipt|{record.record_id}")
            journal.db.execute(
                "UPDATE records SET receipt = ? WHERE record_id = ?", (sealed, record.record_id)
            )
            for photo in receipt.photos:
                journal.db.execute(
                    "UPDATE photos SET state = ? WHERE record_id = ? AND name = ?",
                    (photo.state, record.record_id, photo.name),
                )
            journal.move(record.record_id, State.VERIFIED if done else State.RECEIVED)
            told = f"已存档，但没有产生效力：{receipt.reason}" if receipt.code else ""
            journal.tell(record.record_id, told if done else "", None, 0)
        if done:
            self._photos.free(record.record_id)
            sent.verified += 1
            if told:
                sent.problems[record.record_id] = told

    def _refused(self, record: Record, refusal: SyncRefused, sent: Sent) -> None:
        if refusal.status in TRY_LATER:
            self._later(record, refusal.message or OFFICE_AWAY, sent, refusal.retry_after)
        elif refusal.status == NOT_HERE:
            sent.moved.append(record.record_id)
        else:
            # 409: both contents are kept and a person merges them. 422 and the like: to be put right here.
            self._stuck(record, refusal.message or f"单位没有收下（{refusal.status}），请联系单位", sent)

    def _later(self, record: Record, why: str, sent: Sent, told: float | None = None) -> None:
        failures = record.failures + 1
        wait = backoff.pause(failures, self._chance, told)
        self._journal.tell(record.record_id, why, self._time.now() + wait, failures)
        sent.problems[record.record_id] = why

    def _stuck(self, record: Record, why: str, sent: Sent) -> None:
        self._journal.tell(record.record_id, why, None, record.failures + 1)
        sent.problems[record.record_id] = why
