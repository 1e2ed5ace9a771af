"""Services for tests: real databases, a clock that only moves forward, events through the real outbox."""

from __future__ import annotations

import tempfile
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import AbstractContextManager, ExitStack, asynccontextmanager, nullcontext
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path

from google.protobuf.message import Message
from sqlalchemy import select

from services.common.policy.calendar import SHANGHAI
from services.common.runtime import relay, scheduler, tables
from services.common.runtime.database import Database
from services.common.runtime.documents import ContentStore
from services.common.runtime.ids import new_id
from services.common.runtime.outbox import Envelope, decode, encode
from services.common.runtime.service import Blueprint, Service
from services.common.runtime.settings import Mode, Settings

LANES = ("shared", "district")


def _a_file() -> AbstractContextManager[str]:
    """SQLite in the service's own folder, as the embedded deployment has it."""
    return nullcontext("")


# Where a service of this test gets its database; tests of the distributed deployment set PostgreSQL.
database_of: Callable[[], AbstractContextManager[str]] = _a_file


class TestClock:
    """Stands still until the test moves it; never backwards."""

    __test__ = False

    def __init__(self, start: datetime) -> None:
        self._now = start

    def now(self) -> datetime:
        return self._now

    def move_to(self, instant: datetime) -> None:
        assert instant >= self._now, "a test clock only moves forward"
        self._now = instant

    def wait(self, **by: float) -> None:
        self.move_to(self._now + timedelta(**by))


def shanghai(day: date | str, at: time = time(9, 0)) -> datetime:
    """Nine in the morning of a day in Shanghai, or another time of it."""
    chosen = date.fromisoformat(day) if isinstance(day, str) else day
    return datetime.combine(chosen, at, SHANGHAI).astimezone(UTC)


@asynccontextmanager
async def running(
    blueprint: Blueprint, clock: TestClock, *, database_url: str = "", folder: Path | None = None
) -> AsyncIterator[Service]:
    """One service on a database of its own: the given one, or an empty one of the deployment under test."""
    with tempfile.TemporaryDirectory() as temporary, ExitStack() as stack:
        place = folder or Path(temporary)
        url = database_url or stack.enter_context(database_of())
        settings = Settings(mode=Mode.DEVELOPMENT, data_dir=place, database_url=url)
        database = Database(settings.url_of(blueprint.name))
        async with database.begin() as db:
            await db.run_sync(blueprint.metadata.create_all)
        service = Service(
            blueprint, database, clock, settings, ContentStore.from_settings(settings, blueprint.name)
        )
        try:
            yield service
        finally:
            await database.close()


class Stream:
    """Makes the envelopes of one publisher, with contiguous versions per stream."""

    def __init__(self, publisher: str, at: datetime) -> None:
        self._publisher, self._at = publisher, at
        self._versions: dict[str, int] = {}

    def envelope(self, event: Message, *, stream: str = "", version: int | None = None) -> Envelope:
        key = stream or str(getattr(event, "household_id", ""))
        number = version or self._versions.get(key, 0) + 1
        self._versions[key] = max(number, self._versions.get(key, 0))
        return Envelope(
            id=new_id(),
            publisher=self._publisher,
            stream=key,
            version=number,
            type=event.DESCRIPTOR.full_name,
            payload=encode(event),
            subject=str(getattr(event, "case_id", "")),
            township=str(getattr(event, "township", "")),
            lane="shared",
            occurred_at=self._at.isoformat(),
        )


async def deliver_all(services: Sequence[Service]) -> None:
    """Relay between the services until nothing is left to hand on."""
    moved = 1
    while moved:
        moved = 0
        for service in services:
            moved += await relay.send_unsent(service, relay.to_services(service, services), LANES)


async def run_jobs(services: Sequence[Service]) -> None:
    """Run what is due at the clock's present time, then deliver what came of it."""
    for service in services:
        await scheduler.run_due(service)
    await deliver_all(services)


async def published(service: Service, type_: type[Message]) -> list[Message]:
    """Events of one type that the service has committed, oldest first."""
    name = type_.DESCRIPTOR.full_name
    async with service.database.read() as db:
        rows = await db.execute(
            select(tables.outbox.c.payload).where(tables.outbox.c.type == name).order_by(tables.outbox.c.seq)
        )
        return [decode(type_, row.payload) for row in rows]
