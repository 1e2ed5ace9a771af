"""The tablet's side of the wire: records first, photos in parts that go on where the line was cut."""

from __future__ import annotations

import base64
import time
from collections.abc import Callable, Mapping
from types import TracebackType
from typing import Any, TypeVar
from urllib.parse import quote

import httpx

from mobile_app.core.envelope import Envelope, FormLine, Receipt, TaskLine

PART_SIZE = 256 * 1024
TRIES = 4
PAUSE_SECONDS = 0.5
# Taken by another connection, too many calls, or something in between that is down.
PASSING = frozenset({409, 429, 502, 503})
PHOTOS = "/field/v1/photos"
T = TypeVar("T")


class SyncRefused(Exception):
    """The office said no; the sentence is for the person who holds the tablet."""

    def __init__(self, status: int, body: Mapping[str, str]) -> None:
        super().__init__(body.get("message", f"HTTP {status}"))
        self.status = status
        self.code = body.get("code", "")
        self.message = body.get("message", "")
        self.article = body.get("article", "")
        self.field = body.get("field", "")


class FieldClient:
    """Talks to intake in the name of one person. Every call may be repeated without harm."""

    def __init__(
        self,
        base_url: str,
        token: str,
        *,
        timeout: float = 60.0,
        transport: httpx.BaseTransport | None = None,
        pause: Callable[[float], None] = time.sleep,
    ) -> None:
        headers = {"Authorization": f"Bearer {token}", "Accept": "application/json"}
        self._http = httpx.Client(base_url=base_url, headers=headers, timeout=timeout, transport=transport)
        self._pause = pause

    def __enter__(self) -> FieldClient:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        self._http.close()

    def use_token(self, token: str) -> None:
        """Go on with a fresh token: they last five minutes."""
        self._http.headers["Authorization"] = f"Bearer {token}"

    def keys(self) -> dict[str, Any]:
        """The JWK set by which receipts are verified."""
        found: dict[str, Any] = self._ask("GET", "/field/v1/keys").json()
        return found

    def forms(self) -> list[FormLine]:
        """Every published form."""
        return [FormLine(**one) for one in self._ask("GET", "/field/v1/forms").json()]

    def form(self, form_id: str, version: str) -> str:
        """The XForm of one version."""
        return self._ask("GET", f"/field/v1/forms/{quote(form_id)}/{quote(version)}").text

    def tasks(self) -> list[TaskLine]:
        """What is to be done, the most urgent first."""
        found = self._ask("GET", "/field/v1/tasks").json()
        return [TaskLine(**(one | {"assignees": tuple(one["assignees"])})) for one in found]

    def send_visit(self, envelope: Envelope) -> Receipt:
        """Send the record; the same envelope again gives the same receipt."""
        return Receipt.from_json(self._ask("POST", "/field/v1/visits", json=envelope.to_json()).json())

    def receipt(self, visit_id: str) -> Receipt:
        """What the office has of a visit by now."""
        return Receipt.from_json(self._ask("GET", f"/field/v1/visits/{quote(visit_id)}/receipt").json())

    def send_photo(self, visit_id: str, sha256: str, content: bytes, part_size: int = PART_SIZE) -> Receipt:
        """Send a photo from wherever an earlier try ended; the receipt says whether it was verified."""
        location = self._patiently(lambda: self._create(visit_id, sha256, len(content)))
        while self._patiently(lambda: self._send_part(location, content, part_size)) < len(content):
            pass
        return self.receipt(visit_id)

    def _create(self, visit_id: str, sha256: str, size: int) -> str:
        named = {"visit_id": visit_id, "sha256": sha256}
        pairs = [f"{name} {base64.b64encode(value.encode()).decode()}" for name, value in named.items()]
        headers = {"Upload-Length": str(size), "Upload-Metadata": ",".join(pairs)}
        location = self._ask("POST", PHOTOS, headers=headers).headers["Location"]
        return httpx.URL(location).raw_path.decode()

    def _send_part(self, location: str, content: bytes, part_size: int) -> int:
        """Send the next part; how many bytes the office has then. The last one also has it looked at."""
        offset = int(self._ask("HEAD", location).headers["Upload-Offset"])
        headers = {"Upload-Offset": str(offset), "Content-Type": "application/offset+octet-stream"}
        part = content[offset : offset + part_size]
        answer = self._ask("PATCH", location, headers=headers, content=part)
        return int(answer.headers["Upload-Offset"])

    def _patiently(self, act: Callable[[], T]) -> T:
        """Try again after a cut line or a place that is taken; a refusal is final."""
        for tried in range(1, TRIES):
            try:
                return act()
            except httpx.TransportError:
                self._pause(PAUSE_SECONDS * tried)
            except SyncRefused as refusal:
                if refusal.status not in PASSING:
                    raise
                self._pause(PAUSE_SECONDS * tried)
        return act()

    def _ask(self, method: str, path: str, **options: Any) -> httpx.Response:
        answer = self._http.request(
            method, path, headers={"Tus-Resumable": "1.0.0"} | options.pop("headers", {}), **options
        )
        if answer.is_success:
            return answer
        raise SyncRefused(answer.status_code, _body(answer))


def _body(answer: httpx.Response) -> Mapping[str, str]:
    """What the office said; something in between may answer with a page instead."""
    try:
        body = answer.json()
    except ValueError:
        return {}
    return body if isinstance(body, dict) else {}
