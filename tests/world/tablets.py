"""A tablet in somebody's hand: the field app's core on a folder, enrolled with a running intake."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

from mobile_app.core.client import FieldClient
from mobile_app.core.drafts import Drafts
from mobile_app.core.journal import About, Journal, State
from mobile_app.core.office import Office
from mobile_app.core.photos import Photos
from mobile_app.core.seal import Seal, Vault
from mobile_app.core.sync import Network, Report, Synchroniser, Tablet, Wish
from mobile_app.core.trusted_time import TrustedTime
from mobile_app.core.village import Villages
from mobile_app.device.desktop import FileKeyStore
from services.common.forms.instance import write_instance
from services.common.runtime.actor import Actor
from services.common.runtime.codes import code_hash, fresh_code
from services.common.runtime.ids import new_id
from services.intake.commands.tablets import MakeEnrolmentCode
from tests.world.applications import HANDLER, TOWNSHIP, VILLAGE
from tests.world.applications import Village as Office_
from tests.world.field import VERSION, form

PIN, PASSWORD = "284617", "清风明月照北村的口令"
Clock = Callable[[], datetime]


@dataclass(slots=True)
class Hand:
    """Opens the tablet as the app does; `reopen` is what a restart is."""

    folder: Path
    url: str
    clock: Clock
    cancelled: list[bool] = field(default_factory=lambda: [False])
    journal: Journal = field(init=False)
    photos: Photos = field(init=False)
    time: TrustedTime = field(init=False)
    office: Office = field(init=False)
    drafts: Drafts = field(init=False)
    villages: Villages = field(init=False)
    sync: Synchroniser = field(init=False)

    def __post_init__(self) -> None:
        self.reopen()

    def reopen(self) -> None:
        store = FileKeyStore(self.folder / "device.key")
        vault = Vault(self.folder / "vault", store, self.clock)
        key = vault.open(PIN) if vault.exists else vault.create(PIN)[0]
        seal = Seal(key)
        self.journal = Journal(self.folder / "journal.db", seal)
        self.photos = Photos(self.folder / "photos", seal, self.journal)
        self.time = TrustedTime(self.journal, lambda: self.clock())
        self.office = Office(self.journal, self.time, self._dial)
        self.drafts = Drafts(self.journal, self.photos, self.time.now)
        self.villages = Villages(self.journal, self.time)
        self.sync = Synchroniser(
            Tablet(
                journal=self.journal,
                photos=self.photos,
                time=self.time,
                office=self.office,
                key_store=store,
                chance=lambda: 0.5,
            )
        )

    def _dial(self, url: str) -> FieldClient:
        return FieldClient(self.url, timeout=20.0, pause=lambda _: None, cancelled=lambda: self.cancelled[0])

    def fill(
        self,
        form_id: str,
        answers: Mapping[str, Any],
        photos: Mapping[str, bytes],
        about: About | None = None,
        visit_id: str = "",
    ) -> str:
        """A finished record with its photos; its id."""
        record_id = visit_id or new_id()
        self.journal.begin(record_id, (form_id, VERSION), VILLAGE, self.time.now(), about)
        for name, content in photos.items():
            self.photos.add(record_id, name, content, "evidence")
        self.drafts.finish(record_id, write_instance(form(form_id), answers, record_id))
        return record_id

    def state(self, record_id: str) -> State:
        return self.journal.record(record_id).state

    async def round(
        self, network: Network = Network.FREE, *, at_once: bool = True, photos_anyway: bool = False
    ) -> Report:
        wish = Wish(at_once=at_once, photos_anyway=photos_anyway)
        return await asyncio.to_thread(self.sync.round, network, wish)


async def enrolled(
    office: Office_, url: str, folder: Path, person: Actor, clock: Clock, area: str = TOWNSHIP
) -> Hand:
    """A tablet of the township on which `person` has signed in."""
    code = fresh_code()
    await office.intake.perform(MakeEnrolmentCode(code_hash=code_hash(code), area=area), HANDLER)
    await office.let_in(person, password=PASSWORD)
    hand = Hand(folder, url, clock)
    await asyncio.to_thread(hand.office.enrol, url, code, f"平板{folder.name[:8]}")
    (await asyncio.to_thread(hand.office.sign_in, f"{person.id}@demo", PASSWORD)).close()
    return hand
