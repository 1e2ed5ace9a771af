"""The tablet's side of the wire: records, photos in parts that go on after a cut, and what it fetches."""

from __future__ import annotations

import base64
import time
from collections.abc import Callable, Mapping
from types import TracebackType
from typing import Any, TypeVar
from urllib.parse import quote

import httpx

from mobile_app.core.envelope import Envelope, FormLine, Receipt, TaskLine
from mobile_app.core.receipts import ReceiptKeys

PART_SIZE = 256 * 1024
TRIES = 4
PAUSE_SECONDS = 0.5
# Taken by another connection, too many calls, or something in between that is down.
PASSING = frozenset({409, 429, 502, 503})
PHOTOS = "/field/v1/photos"
NOT_OURS = "the answer is not the office's, or not all of it"
T = TypeVar("T")


class SyncRefused(Exception):
    """The office said no; the sentence is for the person who holds the tablet."""

    def __init__(self, status: int, body: Mapping[str, str], retry_after: float | None = None) -> None:
        super().__init__(body.get("message", f"HTTP {status}"))
        self.status = status
        self.retry_after = retry_after
        self.code = body.get("code", "")
        self.message = body.get("message", "")
        self.article = body.get("article", "")
        self.field = body.get("field", "")


class Cancelled(Exception):
    """The person stopped the synchronisation; what was sent stays sent."""


class FieldClient:
    """Talks to intake in the name of one person. Every call may be repeated without harm."""

    def __init__(
        self,
        base_url: str,
        token: str = "",
        *,
        timeout: float = 60.0,
        transport: httpx.BaseTransport | None = None,
        pause: Callable[[float], None] = time.sleep,
        receipts: ReceiptKeys | None = None,
        cancelled: Callable[[], bool] = lambda: False,
        part_size: int = PART_SIZE,
    ) -> None:
        headers = {"Accept": "application/json"}
        self._http = httpx.Client(base_url=base_url, headers=headers, timeout=timeout, transport=transport)
        self._pause = pause
        self._receipts = receipts
        self._cancelled = cancelled
        self._part_size = part_size
        self.use_token(token)

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
        if token:
            self._http.headers["Authorization"] = f"Bearer {token}"

    def believe(self, receipts: ReceiptKeys) -> None:
        """From now on no receipt counts without one of these signatures."""
        self._receipts = receipts

    # Enrolling and signing in.

    def keys(self) -> dict[str, Any]:
        """The JWK set: what verifies receipts, and what seals letters to the office."""
        return self._json("GET", "/field/v1/keys")

    def enrol(self, code: str, public_key: str, name: str) -> str:
        """The id under which the office knows this tablet from now on."""
        body = {"code": code, "public_key": public_key, "name": name}
        return str(self._json("POST", "/field/v1/enrol", json=body)["device_id"])

    def challenge(self, device_id: str) -> str:
        return str(self._json("POST", "/field/v1/challenge", json={"device_id": device_id})["challenge"])

    def session(self, answer: Mapping[str, str], door: str = "session") -> dict[str, Any]:
        """A token, who signed in, and until when the tablet may be used alone."""
        return self._json("POST", f"/field/v1/{door}", json=dict(answer))

    # What there is to fetch.

    def pull(self, cursor: str, limit: int) -> dict[str, Any]:
        """The next page of what changed for this person."""
        return self._json("GET", "/field/v1/pull", params={"cursor": cursor, "limit": limit})

    def policy(self) -> dict[str, Any]:
        """The values of the law as the office has them."""
        return self._json("GET", "/field/v1/policy")

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

    # What is brought.

    def send_visit(self, envelope: Envelope) -> Receipt:
        """Send the record; the same envelope again gives the same receipt."""
        return self._receipt(self._json("POST", "/field/v1/visits", json=envelope.to_json()))

    def receipt(self, visit_id: str) -> Receipt:
        """What the office has of a visit by now."""
        return self._receipt(self._json("GET", f"/field/v1/visits/{quote(visit_id)}/receipt"))

    def send_photo(self, visit_id: str, sha256: str, content: bytes, part_size: int = 0) -> Receipt:
        """Send a photo from wherever an earlier try ended; the receipt says whether it was verified."""
        self.upload(visit_id, sha256, content, part_size)
        return self.receipt(visit_id)

    def upload(self, visit_id: str, sha256: str, content: bytes, part_size: int = 0) -> None:
        """The same without asking for the receipt, which one may do once for all photos of a visit."""
        location, offset = self._patiently(lambda: self._create(visit_id, sha256, len(content)))
        failures = 0
        while True:
            if self._cancelled():
                raise Cancelled
            try:
                # Also an empty one: a photo that arrived whole before a crash is looked at by the next part.
                offset = self._send_part(location, content, offset, part_size or self._part_size)
                if offset >= len(content):
                    return
            except (httpx.TransportError, SyncRefused) as error:
                # Only the office knows how much of the part arrived.
                before, offset = offset, self._patiently(lambda: self._received(location), after=error)
                # A line that lets questions through but no part is down as well.
                failures = 0 if offset > before else failures + 1
                if failures >= TRIES:
                    raise

    def hand_over(self, visit_id: str, part: str, letter: bytes, device_id: str, signature: str) -> Receipt:
        """Hand over a sealed letter, which needs no token but the tablet's signature."""
        headers = {"x-jiuzhu-device": device_id, "x-jiuzhu-signature": signature}
        path = f"/field/v1/handover/{quote(visit_id)}/{quote(part)}"
        answer = self._ask("PUT", path, headers=headers, content=letter).json()
        if self._receipts is not None:
            self._receipts.verify_handover(answer, visit_id, part)
        return Receipt(visit_id, "", str(answer["arrived_at"]), str(answer["state"]), ())

    def _create(self, visit_id: str, sha256: str, size: int) -> tuple[str, int]:
        named = {"visit_id": visit_id, "sha256": sha256}
        pairs = [f"{name} {base64.b64encode(value.encode()).decode()}" for name, value in named.items()]
        headers = {"Upload-Length": str(size), "Upload-Metadata": ",".join(pairs)}
        answer = self._ask("POST", PHOTOS, headers=headers)
        return httpx.URL(answer.headers["Location"]).raw_path.decode(), int(answer.headers["Upload-Offset"])

    def _received(self, location: str) -> int:
        return int(self._ask("HEAD", location).headers["Upload-Offset"])

    def _send_part(self, location: str, content: bytes, offset: int, part_size: int) -> int:
        """Send the next part; how many bytes the office has then. The last one also has it looked at."""
        headers = {"Upload-Offset": str(offset), "Content-Type": "application/offset+octet-stream"}
        part = content[offset : offset + part_size]
        answer = self._ask("PATCH", location, headers=headers, content=part)
        return int(answer.headers["Upload-Offset"])

    def _patiently(self, act: Callable[[], T], after: Exception | None = None) -> T:
        """Try again after a cut line or a place that is taken; a refusal is final."""
        problem = after
        for tried in range(1, TRIES + 1):
            if problem is not None:
                if isinstance(problem, SyncRefused) and problem.status not in PASSING:
                    raise problem
                if tried == TRIES or self._cancelled():
                    raise problem
                self._pause(PAUSE_SECONDS * tried)
            try:
                return act()
            except (httpx.TransportError, SyncRefused) as error:
                problem = error
        raise AssertionError("unreachable")

    def _receipt(self, answer: dict[str, Any]) -> Receipt:
        return self._receipts.verify(answer) if self._receipts is not None else Receipt.from_json(answer)

    def _json(self, method: str, path: str, **options: Any) -> dict[str, Any]:
        """An answer that has to be a JSON object; half of one, or a portal's page, is a cut line."""
        answer = self._ask(method, path, **options)
        try:
            found = answer.json()
        except ValueError as error:
            raise httpx.RemoteProtocolError(NOT_OURS, request=answer.request) from error
        if not isinstance(found, dict):
            raise httpx.RemoteProtocolError(NOT_OURS, request=answer.request)
        return found

    def _ask(self, method: str, path: str, **options: Any) -> httpx.Response:
        if self._cancelled():
            raise Cancelled
        tus = {"Tus-Resumable": "1.0.0"} if path.startswith(PHOTOS) else {}
        answer = self._http.request(method, path, headers=tus | options.pop("headers", {}), **options)
        if answer.is_success:
            return answer
        raise SyncRefused(answer.status_code, _body(answer), _seconds(answer.headers.get("Retry-After", "")))


def _body(answer: httpx.Response) -> Mapping[str, str]:
    """What the office said; something in between may answer with a page instead."""
    try:
        body = answer.json()
    except ValueError:
        return {}
    return body if isinstance(body, dict) else {}


def _seconds(told: str) -> float | None:
    return float(told) if told.isascii() and told.isdigit() else None
