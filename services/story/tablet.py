"""A grid worker's tablet in the story: the field app's own core, on a line that can be cut."""

from __future__ import annotations

import asyncio
import os
import tempfile
from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeVar

import httpx

from mobile_app.core.client import FieldClient
from mobile_app.core.drafts import Drafts
from mobile_app.core.envelope import Receipt, TaskLine
from mobile_app.core.identity import Identity, fresh_key, save_identity
from mobile_app.core.journal import Journal
from mobile_app.core.office import Office
from mobile_app.core.photos import Photos
from mobile_app.core.receipts import ReceiptKeys
from mobile_app.core.seal import KEY_BYTES, Seal
from mobile_app.core.sync import Network, Report, Synchroniser, Wish
from mobile_app.core.sync import Tablet as Core
from mobile_app.core.trusted_time import TrustedTime
from mobile_app.core.village import Villages
from mobile_app.device.desktop import FileKeyStore
from services.common.forms.answers import Picture
from services.common.forms.instance import write_instance
from services.common.forms.xform import parse_form
from services.common.runtime.ids import new_id
from services.story import family
from services.story.checks import StoryFailed, expect
from services.story.photos import photo
from services.story.scene import Scene
from services.story.system import SECONDS, Person

PART_BYTES = 64 * 1024
T = TypeVar("T")


@dataclass(slots=True)
class Line:
    """The mobile network. Once cut, only so many more parts of photos get through, then nothing does."""

    parts_left: int | None = None
    bytes_sent: int = 0


class Wire(httpx.HTTPTransport):
    """One connection over the line."""

    def __init__(self, line: Line) -> None:
        super().__init__()
        self._line = line

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        line = self._line
        if request.method == "PATCH" and line.parts_left is not None:
            if line.parts_left == 0:
                raise httpx.ConnectError("the line is cut")
            line.parts_left -= 1
        if request.method == "PATCH":
            line.bytes_sent += int(request.headers["Content-Length"])
        return super().handle_request(request)


@dataclass(slots=True)
class Tablet:
    """The tablet of one person; it takes a new photo whenever a form asks for one."""

    scene: Scene
    person: Person
    folder: Path
    line: Line = field(default_factory=Line)
    photos_taken: int = 0
    journal: Journal = field(init=False)
    photos: Photos = field(init=False)
    core: Core = field(init=False)

    def __post_init__(self) -> None:
        seal = Seal(os.urandom(KEY_BYTES))
        self.journal = Journal(self.folder / "journal.db", seal)
        self.photos = Photos(self.folder / "photos", seal, self.journal)
        clock = TrustedTime(self.journal, lambda: self.scene.now)
        self.core = Core(
            journal=self.journal,
            photos=self.photos,
            time=clock,
            office=Office(self.journal, clock, lambda _: self._client("")),
            key_store=FileKeyStore(self.folder / "device.key"),
        )

    async def tasks(self, kind: str) -> list[TaskLine]:
        """What is to be done for the family of the story."""
        found = await self._with_client(FieldClient.tasks)
        return [task for task in found if task.kind == kind and task.case_id == self.scene.case_id]

    async def send(self, form_id: str, answers: Mapping[str, object], cut_at: str = "") -> Receipt:
        """Fill in the newest version of a form and deliver it; the line is cut while `cut_at` is sent."""
        await self._with_client(self._fetch)
        record_id = await asyncio.to_thread(self._fill, form_id, answers)
        if cut_at:
            await self._cut_line(record_id, cut_at)
        report = await self.round()
        expect("同步", report.sentence if not report.is_success else "完成", "完成")
        return await self._sent_again(record_id)

    async def round(self) -> Report:
        """One round of the app's own synchronisation, in the person's name."""
        client = self._client(await self.person.sign_in())
        return await asyncio.to_thread(
            Synchroniser(self.core).round, Network.FREE, Wish(at_once=True), client
        )

    def _fetch(self, client: FieldClient) -> None:
        keys = client.keys()
        private, _ = fresh_key()
        identity = Identity(
            device_id=self.person.account, office_url=self.scene.system.http, private_key=private, keys=keys
        )
        save_identity(self.journal, identity)
        Villages(self.journal, self.core.time).fetch(client)

    def _fill(self, form_id: str, answers: Mapping[str, object]) -> str:
        """Offline: form and journal are on the tablet."""
        version, xform = Villages(self.journal, self.core.time).newest_form(form_id)
        record_id = new_id()
        self.journal.begin(record_id, (form_id, version), family.VILLAGE, self.scene.now)
        for name in _pictures(answers):
            self.photos.add(record_id, name, self._take(name), name.partition(".")[0])
        drafts = Drafts(self.journal, self.photos, lambda: self.scene.now)
        drafts.finish(record_id, write_instance(parse_form(xform), answers, record_id))
        return record_id

    async def _cut_line(self, record_id: str, name: str) -> None:
        """One part arrives, then the line is gone; afterwards only the rest is sent."""
        self.line.parts_left = 1
        if (await self.round()).is_success:
            raise StoryFailed("线路已断，照片却发完了")
        self.line.parts_left = None
        receipt = await self._with_client(lambda client: client.receipt(record_id))
        [part] = [photo for photo in receipt.photos if photo.name == name]
        expect("断线时已收到的照片", (part.state, part.offset), ("partial", PART_BYTES))
        before, whole = self.line.bytes_sent, sum(one.size for one in self.photos.of(record_id))
        await self.round()
        expect("续传的字节数", self.line.bytes_sent - before, whole - PART_BYTES)
        self.scene.tell("R1.9", f"照片传到{PART_BYTES // 1024}KB时断网，恢复后从断点续传，没有重传")

    async def _sent_again(self, record_id: str) -> Receipt:
        """A tablet that lost the receipt sends the visit again: it is the same visit."""
        envelope = Drafts(self.journal, self.photos, lambda: self.scene.now).envelope(record_id)
        receipt = await self._with_client(lambda client: client.receipt(record_id))
        expect("重复提交的回执", await self._with_client(lambda client: client.send_visit(envelope)), receipt)
        return receipt

    async def _with_client(self, act: Callable[[FieldClient], T]) -> T:
        token = await self.person.sign_in()

        def called() -> T:
            with self._client(token) as client:
                client.believe(ReceiptKeys.from_jwks(client.keys()))
                return act(client)

        return await asyncio.to_thread(called)

    def _client(self, token: str) -> FieldClient:
        return FieldClient(
            self.scene.system.http,
            token,
            timeout=SECONDS,
            transport=Wire(self.line),
            pause=lambda _: None,
            part_size=PART_BYTES,
        )

    def _take(self, name: str) -> bytes:
        self.photos_taken += 1
        return photo(name.partition(".")[0], self.photos_taken)


@asynccontextmanager
async def tablet(scene: Scene, account: str) -> AsyncIterator[Tablet]:
    """The tablet of somebody who has an account."""
    with tempfile.TemporaryDirectory() as folder:
        hand = Tablet(scene, scene.person(account), Path(folder))
        try:
            yield hand
        finally:
            hand.journal.close()


def _pictures(answers: object) -> list[str]:
    """The names of the photos that filled-in answers ask for."""
    if isinstance(answers, Picture):
        return [answers.name]
    if isinstance(answers, Mapping):
        answers = list(answers.values())
    inside = answers if isinstance(answers, list) else ()
    return [name for each in inside for name in _pictures(each)]
