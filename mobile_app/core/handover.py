"""Hands unsent work to the office, sealed: of a worker who moved, and of a tablet that was ended."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from typing import Any

from mobile_app.core.client import FieldClient
from mobile_app.core.drafts import Drafts
from mobile_app.core.identity import Identity
from mobile_app.core.journal import Journal, Record, State
from mobile_app.core.letters import OfficeKey
from mobile_app.core.photos import Photos
from mobile_app.core.seal import Damaged

RECORD = "record"


class Handover:
    """Each part is a letter that only the office opens; it counts as handed over by its signed word alone."""

    def __init__(self, journal: Journal, photos: Photos, drafts: Drafts, identity: Identity) -> None:
        self._journal = journal
        self._photos = photos
        self._drafts = drafts
        self._identity = identity
        self._key = OfficeKey.from_jwks(identity.keys)

    def unsent(self) -> list[Record]:
        """All that the office does not have whole, drafts included."""
        return self._journal.records(State.DRAFT, State.FINAL, State.SENT, State.RECEIVED)

    def give(self, client: FieldClient, record_ids: Sequence[str]) -> list[str]:
        """Hand these over; the ids of those that lie whole with the office now."""
        done = []
        for record_id in record_ids:
            record = self._journal.record(record_id)
            self._send(client, record_id, RECORD, json.dumps(self._told(record), ensure_ascii=False).encode())
            for photo in self._photos.of(record_id):
                try:
                    content = self._photos.read(record_id, photo.sha256)
                except (Damaged, FileNotFoundError):
                    continue  # freed already because the office verified it, or beyond saving
                self._send(client, record_id, photo.sha256, content)
            with self._journal.writing():
                self._journal.move(record_id, State.HELD)
                self._journal.tell(record_id, "", None, 0)
            self._photos.free(record_id)
            done.append(record_id)
        return done

    def _told(self, record: Record) -> dict[str, Any]:
        """The record as it would have been sent; of a draft its answers, for a person to read."""
        told: dict[str, Any] = {"recorded_by": self._identity.staff_id, "form_id": record.form_id}
        if record.state is State.DRAFT:
            answers = self._journal.answers(record.record_id)
            return told | {"draft": answers, "visit_id": record.record_id, "village": record.village}
        return told | {"envelope": self._drafts.envelope(record.record_id).to_json()}

    def _send(self, client: FieldClient, visit_id: str, part: str, content: bytes) -> None:
        device = self._identity.device_id
        letter = self._key.seal(content, f"{device}|{visit_id}|{part}")
        digest = hashlib.sha256(letter).hexdigest()
        text = f"jiuzhu-field-handover|{device}|{visit_id}|{part}|{digest}"
        client.hand_over(visit_id, part, letter, device, self._identity.sign(text.encode()))
