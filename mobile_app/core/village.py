"""What the tablet carries of its villages: tasks, households, forms, the law; by delta, kept sealed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any

from mobile_app.core.client import FieldClient
from mobile_app.core.journal import Journal
from mobile_app.core.trusted_time import TrustedTime

HOUSEHOLD, TASK, FORM, POLICY = "household", "task", "form", "policy"
# Kept under no stream: they stay whatever villages the person works in.
LASTING = ""
CURSOR, FORMS, VILLAGES, REVISION = "pull-cursor", "forms-listed", "villages", "policy-revision"
PAGE = 500


class Villages:
    """Fetches and reads what lies in the journal's items."""

    def __init__(self, journal: Journal, time: TrustedTime) -> None:
        self._journal = journal
        self._time = time

    # Fetching.

    def fetch(self, client: FieldClient) -> int:
        """Every page there is; each is kept whole with the place to go on from. How many things came."""
        came = 0
        while True:
            page = client.pull(self._journal.note(CURSOR), PAGE)
            self._keep(page)
            came += len(page["items"])
            if not page["more"]:
                break
        came += self._fetch_forms(client, page["forms"])
        return came + self._fetch_policy(client, int(page["policy_revision"]))

    def _keep(self, page: Mapping[str, Any]) -> None:
        self._time.heard(datetime.fromisoformat(page["server_time"]))
        journal = self._journal
        kept = [LASTING, *page["streams"]]
        with journal.writing():
            marks = ", ".join("?" * len(kept))
            # A village that is no longer one's own goes with everything in it.
            journal.db.execute(f"DELETE FROM items WHERE stream NOT IN ({marks})", kept)  # noqa: S608
            for item in page["items"]:
                self._put(item["stream"], item["kind"], item["key"], item["content"])
            told = {"villages": page["villages"], "left_out": page["left_out"]}
            journal.set_note(VILLAGES, journal.sealed(told, VILLAGES).hex())
            journal.set_note(CURSOR, page["cursor"])

    def _fetch_forms(self, client: FieldClient, listed: list[Mapping[str, str]]) -> int:
        """Each version once: it never changes, and drafts begun with an old one are finished with it."""
        came = 0
        for line in listed:
            key = f"{line['form_id']}|{line['version']}"
            known = self._get(LASTING, FORM, key)
            if known is None or known["sha256"] != line["sha256"]:
                xform = client.form(line["form_id"], line["version"])
                with self._journal.writing():
                    self._put(LASTING, FORM, key, {**line, "xform": xform})
                came += 1
        with self._journal.writing():
            self._journal.set_note(FORMS, self._journal.sealed(list(listed), FORMS).hex())
        return came

    def _fetch_policy(self, client: FieldClient, revision: int) -> int:
        if self._journal.note(REVISION) == str(revision):
            return 0
        answer = client.policy()
        with self._journal.writing():
            self._put(LASTING, POLICY, POLICY, answer["document"])
            self._journal.set_note(REVISION, str(answer["revision"]))
        return 1

    # Reading.

    def households(self) -> list[dict[str, Any]]:
        """Every household that may be visited, village by village."""
        found = dict(self._all(HOUSEHOLD))
        return sorted(found.values(), key=lambda one: (one["village"], one["address"], one["household_id"]))

    def household(self, household_id: str) -> dict[str, Any] | None:
        return next((content for key, content in self._all(HOUSEHOLD, household_id)), None)

    def tasks(self) -> list[dict[str, Any]]:
        """What is to be done, what is due first on top."""
        found = dict(self._all(TASK))
        return sorted(found.values(), key=lambda one: (not one["due_on"], one["due_on"], one["task_id"]))

    def newest_form(self, form_id: str) -> tuple[str, str]:
        """Version and XForm of the newest version; LookupError where none was fetched."""
        kept = self._journal.note(FORMS)
        listed = self._journal.open(bytes.fromhex(kept), FORMS) if kept else []
        for line in listed:
            if line["form_id"] == form_id:
                return line["version"], self.form(form_id, line["version"])
        raise LookupError(form_id)

    def form(self, form_id: str, version: str) -> str:
        """The XForm of one version; LookupError where it was not fetched."""
        found = self._get(LASTING, FORM, f"{form_id}|{version}")
        if found is None:
            raise LookupError(f"{form_id} {version}")
        return str(found["xform"])

    def policy(self) -> dict[str, Any] | None:
        return self._get(LASTING, POLICY, POLICY)

    def carried(self) -> dict[str, list[dict[str, str]]]:
        """The villages on this tablet, and those left out because it would be too many households."""
        kept = self._journal.note(VILLAGES)
        found = self._journal.open(bytes.fromhex(kept), VILLAGES) if kept else {}
        return {"villages": [], "left_out": []} | found

    # Rows.

    def _put(self, stream: str, kind: str, key: str, content: Mapping[str, Any] | None) -> None:
        db = self._journal.db
        if content is None:
            db.execute("DELETE FROM items WHERE (stream, kind, key) = (?, ?, ?)", (stream, kind, key))
            return
        sealed = self._journal.sealed(content, f"items|{stream}|{kind}|{key}")
        db.execute("INSERT OR REPLACE INTO items VALUES (?, ?, ?, ?)", (stream, kind, key, sealed))

    def _get(self, stream: str, kind: str, key: str) -> dict[str, Any] | None:
        row = self._journal.db.execute(
            "SELECT content FROM items WHERE (stream, kind, key) = (?, ?, ?)", (stream, kind, key)
        ).fetchone()
        return self._journal.open(row["content"], f"items|{stream}|{kind}|{key}") if row else None

    def _all(self, kind: str, key: str = "") -> Iterator[tuple[str, dict[str, Any]]]:
        only, named = (" AND key = ?", (kind, key)) if key else ("", (kind,))
        rows = self._journal.db.execute(
            f"SELECT stream, key, content FROM items WHERE kind = ?{only}",  # noqa: S608
            named,
        )
        for row in rows.fetchall():
            place = f"items|{row['stream']}|{kind}|{row['key']}"
            yield row["key"], self._journal.open(row["content"], place)
