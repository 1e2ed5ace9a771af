"""Drafts: begun, finished, and moved to a new version of their form with nothing dropped unseen."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime

from mobile_app.core.envelope import Envelope
from mobile_app.core.journal import About, Journal, NotPossible, State
from mobile_app.core.photos import Photos

# Whether an answer fits a question of the new version: path and value in, yes or no out.
Fits = Callable[[str, str], bool]
LEFT_OVER = "left-over|"


@dataclass(frozen=True, slots=True)
class Difference:
    """What a new version of the form makes of the answers; shown before anything is moved."""

    form_version: str
    kept: Mapping[str, str]
    dropped: Mapping[str, str]


class Unseen(Exception):
    """The draft changed after its difference was shown: it has to be shown again."""


class Drafts:
    """Acts on drafts; `now` is the trusted time."""

    def __init__(self, journal: Journal, photos: Photos, now: Callable[[], datetime]) -> None:
        self._journal = journal
        self._photos = photos
        self._now = now

    def difference(self, record_id: str, form_version: str, fits: Fits) -> Difference:
        """Which answers the new version takes and which it does not; changes nothing."""
        answers = self._journal.answers(record_id)
        kept = {path: value for path, value in answers.items() if fits(path, value)}
        dropped = {path: value for path, value in answers.items() if path not in kept}
        return Difference(form_version, kept, dropped)

    def move(self, record_id: str, seen: Difference, fits: Fits) -> None:
        """Move the draft to the version whose difference the person has seen.

        What the new version has no place for stays with the draft and can be read in `left_over`.
        """
        journal = self._journal
        with journal.writing():
            if journal.record(record_id).state is not State.DRAFT:
                raise NotPossible("只有草稿可以换到新版表单")
            if self.difference(record_id, seen.form_version, fits) != seen:
                raise Unseen("草稿在查看差异之后又有改动，请重新查看")
            for path in seen.dropped:
                journal.append(record_id, path, None, self._now())
            if seen.dropped:
                left = self.left_over(record_id) | dict(seen.dropped)
                name = f"{LEFT_OVER}{record_id}"
                journal.set_note(name, journal.sealed(left, name).hex())
            journal.db.execute(
                "UPDATE records SET form_version = ? WHERE record_id = ?", (seen.form_version, record_id)
            )

    def envelope(self, record_id: str) -> Envelope:
        """What was made when the record was finished."""
        row = self._journal.db.execute(
            "SELECT envelope FROM records WHERE record_id = ?", (record_id,)
        ).fetchone()
        if row is None or row["envelope"] is None:
            raise NotPossible("记录还没有完成")
        return Envelope.from_json(self._journal.open(row["envelope"], f"envelope|{record_id}"))

    def left_over(self, record_id: str) -> dict[str, str]:
        """Answers to questions that the draft's form no longer asks."""
        name = f"{LEFT_OVER}{record_id}"
        kept = self._journal.note(name)
        found: dict[str, str] = self._journal.open(bytes.fromhex(kept), name) if kept else {}
        return found

    def finish(self, record_id: str, instance: str) -> Envelope:
        """Final: the envelope is made once, and sent as it is however often that takes."""
        journal = self._journal
        with journal.writing():
            record = journal.record(record_id)
            envelope = Envelope(
                visit_id=record_id,
                form_id=record.form_id,
                form_version=record.form_version,
                recorded_at=self._now(),
                village=record.village,
                instance=instance,
                photos=self._photos.of(record_id),
                base=record.base,
            )
            journal.move(record_id, State.FINAL)
            sealed = journal.sealed(envelope.to_json(), f"envelope|{record_id}")
            journal.db.execute("UPDATE records SET envelope = ? WHERE record_id = ?", (sealed, record_id))
        return envelope

    def again(self, record_id: str, new_id: str) -> None:
        """A refused record as a fresh draft with the same answers; the refused one stays to be read."""
        journal = self._journal
        old = journal.record(record_id)
        if not old.problem:
            raise NotPossible("只有被退回的记录需要重新填写")
        with journal.writing():
            about = About(old.title, old.base)
            journal.begin(new_id, (old.form_id, old.form_version), old.village, self._now(), about)
            for path, value in journal.answers(record_id).items():
                journal.append(new_id, path, value, self._now())
        for photo in self._photos.of(record_id):
            self._photos.add(new_id, photo.name, self._photos.read(record_id, photo.sha256), photo.kind)
