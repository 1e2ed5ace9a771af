"""One round of synchronisation, the same for the app and its background service: push, then pull.

Nothing is called done that is not: a round that broke off says so, and every record says for itself why it
is not through yet.
"""

from __future__ import annotations

import os
import random
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum

import httpx

from mobile_app.core.client import Cancelled, FieldClient, SyncRefused
from mobile_app.core.disk import StorageFull
from mobile_app.core.drafts import Drafts
from mobile_app.core.handover import Handover
from mobile_app.core.identity import load_identity
from mobile_app.core.journal import Journal, State
from mobile_app.core.office import DeviceEnded, Office, SignInNeeded
from mobile_app.core.outbox import OFFICE_AWAY, LineDown, Outbox, Sent
from mobile_app.core.photos import Photos
from mobile_app.core.seal import KeyStore
from mobile_app.core.trusted_time import TrustedTime
from mobile_app.core.village import Villages

RUNNER, LAST = "sync-runner", "sync-last"
RUNNER_LEASE = timedelta(minutes=2)
NOT_SIGNED_IN = 401


class Network(StrEnum):
    """What the device says of its line; on a metered one photos wait until the person wants them sent."""

    NONE = "none"
    METERED = "metered"
    FREE = "free"


@dataclass(frozen=True, slots=True)
class Wish:
    """Why a round is run: `at_once` because the person asked, `photos_anyway` also where it costs."""

    at_once: bool = False
    photos_anyway: bool = False


@dataclass(slots=True)
class Report:
    """What a round did. `stopped` says why it broke off; only without it did everything get its turn."""

    sent: Sent = field(default_factory=Sent)
    fetched: int = 0
    held: int = 0
    stopped: str = ""
    ended: bool = False
    warning: str = ""
    unsent: int = 0

    @property
    def is_success(self) -> bool:
        """Everything that was to be sent is with the office, and everything there was is here."""
        return not (self.stopped or self.sent.problems or self.unsent)

    @property
    def sentence(self) -> str:
        """One line for the person."""
        if self.ended:
            return self.stopped
        parts = []
        if self.sent.records or self.sent.photos:
            parts.append(f"发送记录{self.sent.records}份、照片{self.sent.photos}张")
        if self.held:
            parts.append(f"{self.held}份已加密交回单位待核对")
        if self.sent.photos_waiting:
            parts.append(f"{self.sent.photos_waiting}张照片等待WLAN")
        if self.unsent:
            parts.append(f"还有{self.unsent}份没有传完")
        if self.stopped:
            parts.append(self.stopped)
        return "；".join(parts) or "已同步，没有待发送的记录"


@dataclass(frozen=True, slots=True, kw_only=True)
class Tablet:
    """What a round works with."""

    journal: Journal
    photos: Photos
    time: TrustedTime
    office: Office
    key_store: KeyStore
    chance: Callable[[], float] = random.random


class Synchroniser:
    """Runs rounds; of app and service only one at a time."""

    def __init__(self, tablet: Tablet) -> None:
        self._tablet = tablet
        self._journal = tablet.journal
        self._outbox = Outbox(tablet.journal, tablet.photos, tablet.time, tablet.chance)
        self._villages = Villages(tablet.journal, tablet.time)

    def round(self, network: Network, wish: Wish | None = None, client: FieldClient | None = None) -> Report:
        """Push and pull once; `client` is a line that the person just opened with a password."""
        with self._journal.making_room():
            return self._round(network, wish or Wish(), client)

    def _round(self, network: Network, wish: Wish, client: FieldClient | None) -> Report:
        report = Report()
        if network is Network.NONE:
            report.stopped = "没有网络，记录已保存在本机，联网后自动发送"
            return self._told(report)
        if not self._alone():
            report.stopped = "后台正在同步"
            return report
        try:
            self._through(report, network, wish, client)
        except DeviceEnded as ended:
            self._give_up_device(report, str(ended))
        except SignInNeeded as needed:
            report.stopped = str(needed)
        except Cancelled:
            report.stopped = "已停止同步，其余的下次再发"
        except (LineDown, httpx.TransportError):
            report.stopped = OFFICE_AWAY
        except SyncRefused as refusal:
            report.stopped = refusal.message or OFFICE_AWAY
        except StorageFull as full:
            report.stopped = str(full)
        finally:
            if not report.ended:
                self._release()
        return report if report.ended else self._told(report)

    def _through(self, report: Report, network: Network, wish: Wish, client: FieldClient | None) -> None:
        """A token lasts five minutes: when it ends in the middle, a fresh one goes on where it stood."""
        for last in (False, True):
            with client or self._tablet.office.connect() as line:
                try:
                    self._once(report, line, network, wish)
                    return
                except SyncRefused as refusal:
                    if refusal.status != NOT_SIGNED_IN or last:
                        raise
            client = None

    def _once(self, report: Report, line: FieldClient, network: Network, wish: Wish) -> None:
        self._tablet.office.refresh_keys(line)
        sent = report.sent
        metered = network is Network.METERED and not wish.photos_anyway
        self._outbox.send_records(line, sent, at_once=wish.at_once)
        self._outbox.send_photos(line, sent, at_once=wish.at_once, metered=metered)
        self._hand_over(report, line)
        report.fetched += self._villages.fetch(line)

    def _hand_over(self, report: Report, line: FieldClient) -> None:
        """Records that their worker may no longer file: he has moved on, his work has not gone."""
        moved = list(dict.fromkeys(report.sent.moved))
        report.sent.moved.clear()
        if moved:
            report.held += len(self._handover().give(line, moved))

    def _handover(self) -> Handover:
        journal, photos = self._journal, self._tablet.photos
        drafts = Drafts(journal, photos, self._tablet.time.now)
        return Handover(journal, photos, drafts, load_identity(journal))

    def _give_up_device(self, report: Report, why: str) -> None:
        """First all unsent work lies with the office, then the key goes, and with it all that is here."""
        report.ended = True
        report.stopped = why
        try:
            handover = self._handover()
            with self._tablet.office.line() as line:
                report.held = len(handover.give(line, [one.record_id for one in handover.unsent()]))
        except (httpx.TransportError, SyncRefused, StorageFull) as error:
            report.stopped = f"{why}。交回没有完成，联网后继续：{error}"
            report.ended = False
            return
        report.stopped = f"这台平板已被单位停用；{report.held}份未发送的记录已加密交回单位，本机数据已清除"
        self._tablet.key_store.destroy()

    # Between app and service, and for people.

    def _alone(self) -> bool:
        """Take the turn; a runner that was killed loses it after two minutes."""
        now = self._tablet.time.now()
        with self._journal.writing():
            owner, _, until = self._journal.note(RUNNER).partition("|")
            if owner and owner != self._own and datetime.fromisoformat(until) > now:
                return False
            self._journal.set_note(RUNNER, f"{self._own}|{(now + RUNNER_LEASE).isoformat()}")
        return True

    def _release(self) -> None:
        with self._journal.writing():
            self._journal.set_note(RUNNER, "")

    @property
    def _own(self) -> str:
        return f"{os.getpid()}-{id(self)}"

    def _told(self, report: Report) -> Report:
        """Count what is left and keep the sentence for the screen."""
        left = self._journal.records(State.FINAL, State.SENT, State.RECEIVED)
        report.unsent = len(left)
        report.warning = self._tablet.time.warning
        at = self._tablet.time.now().isoformat()
        self._journal.set_note(LAST, f"{at}|{int(report.is_success)}|{report.sentence}")
        return report
