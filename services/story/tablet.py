"""A grid worker's tablet in the story: the field app's own client, on a line that can be cut."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import TypeVar

import httpx

from mobile_app.core.client import FieldClient, SyncRefused
from mobile_app.core.envelope import Envelope, PhotoAnnounced, Receipt, TaskLine
from services.common.forms.answers import Picture
from services.common.forms.instance import write_instance
from services.common.forms.model import Form
from services.common.forms.xform import parse_form
from services.common.runtime.ids import new_id
from services.story import family
from services.story.checks import StoryFailed, expect
from services.story.photos import photo
from services.story.scene import Scene
from services.story.system import SECONDS, Person

PART_BYTES = 64 * 1024
NOT_SIGNED_IN = 401
T = TypeVar("T")


class Line(httpx.HTTPTransport):
    """The mobile network. Once cut, only so many more parts of photos get through, then nothing does."""

    def __init__(self) -> None:
        super().__init__()
        self.parts_left: int | None = None
        self.bytes_sent = 0

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        if self.parts_left is not None and request.method == "PATCH":
            if self.parts_left == 0:
                raise httpx.ConnectError("the line is cut")
            self.parts_left -= 1
        if request.method == "PATCH":
            self.bytes_sent += int(request.headers["Content-Length"])
        return super().handle_request(request)


@dataclass(slots=True)
class Tablet:
    """The tablet of one person; it takes a new photo whenever a form asks for one."""

    scene: Scene
    person: Person
    line: Line
    client: FieldClient
    photos_taken: int = 0

    async def tasks(self, kind: str) -> list[TaskLine]:
        """What is to be done for the family of the story."""
        found = await self._do(self.client.tasks)
        return [task for task in found if task.kind == kind and task.case_id == self.scene.case_id]

    async def send(self, form_id: str, answers: Mapping[str, object], cut_at: str = "") -> Receipt:
        """Fill in the newest version of a form and deliver it; the line is cut while `cut_at` is sent."""
        form = await self._form(form_id)
        contents = {name: self._take(name) for name in _pictures(answers)}
        visit_id = new_id()
        envelope = Envelope(
            visit_id=visit_id,
            form_id=form.id,
            form_version=form.version,
            recorded_at=self.scene.now,
            village=family.VILLAGE,
            instance=write_instance(form, answers, visit_id),
            photos=tuple(
                PhotoAnnounced.of(name, content, kind=name.partition(".")[0])
                for name, content in contents.items()
            ),
        )
        receipt = await self._do(lambda: self.client.send_visit(envelope))
        for one in envelope.photos:
            if one.name == cut_at:
                await self._cut_line(visit_id, one, contents[one.name])
            receipt = await self._send_photo(visit_id, one.sha256, contents[one.name])
        await self._sent_again(envelope, receipt)
        return receipt

    async def _form(self, form_id: str) -> Form:
        listed = await self._do(self.client.forms)
        version = max(line.version for line in listed if line.form_id == form_id)
        return parse_form(await self._do(lambda: self.client.form(form_id, version)))

    async def _send_photo(self, visit_id: str, sha256: str, content: bytes) -> Receipt:
        return await self._do(lambda: self.client.send_photo(visit_id, sha256, content, PART_BYTES))

    async def _cut_line(self, visit_id: str, one: PhotoAnnounced, content: bytes) -> None:
        """One part arrives, then the line is gone; afterwards only the rest is sent."""
        self.line.parts_left = 1
        try:
            await self._send_photo(visit_id, one.sha256, content)
        except httpx.TransportError:
            self.line.parts_left = None
        else:
            raise StoryFailed("线路已断，照片却发完了")
        receipt = await self._do(lambda: self.client.receipt(visit_id))
        [part] = [photo for photo in receipt.photos if photo.name == one.name]
        expect("断线时已收到的照片", (part.state, part.offset), ("partial", PART_BYTES))
        before = self.line.bytes_sent
        receipt = await self._send_photo(visit_id, one.sha256, content)
        expect("续传的字节数", self.line.bytes_sent - before, len(content) - PART_BYTES)
        self.scene.tell("R1.9", f"照片传到{PART_BYTES // 1024}KB时断网，恢复后从断点续传，没有重传")

    async def _sent_again(self, envelope: Envelope, receipt: Receipt) -> None:
        """A tablet that lost the receipt sends the visit again: it is the same visit."""
        again = await self._do(lambda: self.client.send_visit(envelope))
        expect("重复提交的回执", again, receipt)

    async def _do(self, act: Callable[[], T]) -> T:
        """Call in a thread; where the token has run out, sign in and call again."""
        try:
            return await asyncio.to_thread(act)
        except SyncRefused as refusal:
            if refusal.status != NOT_SIGNED_IN:
                raise
            self.client.use_token(await self.person.sign_in())
            return await asyncio.to_thread(act)

    def _take(self, name: str) -> bytes:
        self.photos_taken += 1
        return photo(name.partition(".")[0], self.photos_taken)


@asynccontextmanager
async def tablet(scene: Scene, account: str) -> AsyncIterator[Tablet]:
    """The tablet of somebody who is signed in."""
    person, line = scene.person(account), Line()
    token = await person.sign_in()
    with FieldClient(
        scene.system.http, token, timeout=SECONDS, transport=line, pause=lambda _: None
    ) as client:
        yield Tablet(scene, person, line, client)


def _pictures(answers: object) -> list[str]:
    """The names of the photos that filled-in answers ask for."""
    if isinstance(answers, Picture):
        return [answers.name]
    if isinstance(answers, Mapping):
        answers = list(answers.values())
    inside = answers if isinstance(answers, list) else ()
    return [name for each in inside for name in _pictures(each)]
