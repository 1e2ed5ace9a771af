"""One service's own database: PostgreSQL when distributed, a SQLite file when embedded."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, nullcontext
from typing import Any

from sqlalchemy import event, text
from sqlalchemy.engine import Connection
from sqlalchemy.exc import DBAPIError
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine, create_async_engine

from services.common.runtime import row_security

# PostgreSQL: connection lost, rolled back for a rival, no room, lock not given, shutting down, broken disk.
_FAILING = ("08", "40", "53", "55P", "57P", "58")
# SQLite: locked, out of memory, read-only, broken disk, no room, cannot open, protocol, no database.
_FAILING_SQLITE = frozenset({5, 6, 7, 8, 10, 11, 13, 14, 15, 26})


def is_failing(error: DBAPIError) -> bool:
    """Whether the database itself failed, and the same statement may succeed later unchanged."""
    if error.connection_invalidated:
        return True
    code = getattr(error.orig, "sqlite_errorcode", None)
    if code is not None:
        return code & 0xFF in _FAILING_SQLITE
    return str(getattr(error.orig, "sqlstate", None) or "").startswith(_FAILING)


class Database:
    """Opens transactions: `begin()` to write, `read()` to look."""

    def __init__(self, url: str, *, pool_size: int = 10, role: str = "") -> None:
        self.url = url
        self.is_sqlite = url.startswith("sqlite")
        # SQLite has one writer; queueing in the process is fair, its busy wait is not.
        self._writer = asyncio.Lock() if self.is_sqlite else None
        acts_as = {"connect_args": {"server_settings": {"role": role}}} if role else {}
        self.engine: AsyncEngine = create_async_engine(url, pool_size=pool_size, max_overflow=10, **acts_as)
        if self.is_sqlite:
            _speak_sqlite(self.engine)

    @asynccontextmanager
    async def begin(self, townships: str = "") -> AsyncIterator[AsyncConnection]:
        """A writing transaction; commits when left, rolls back on any error.

        On PostgreSQL it sees the cases of `townships` alone (row_security), and none if it names none.
        """
        async with self._writer or nullcontext(), self.engine.begin() as connection:
            await self._work_for(townships, connection)
            yield connection

    @asynccontextmanager
    async def read(self, townships: str = "") -> AsyncIterator[AsyncConnection]:
        """A transaction for looking only; it never waits for a writer."""
        async with self.engine.connect() as connection:
            looking = await connection.execution_options(jiuzhu_read=True)
            await self._work_for(townships, looking)
            yield looking

    async def _work_for(self, townships: str, connection: AsyncConnection) -> None:
        if townships and not self.is_sqlite:
            await connection.execute(row_security.working_for(townships))

    async def ping(self) -> None:
        """Raise unless the database answers."""
        async with self.read() as connection:
            await connection.execute(text("SELECT 1"))

    async def close(self) -> None:
        await self.engine.dispose()


def _speak_sqlite(engine: AsyncEngine) -> None:
    @event.listens_for(engine.sync_engine, "connect")
    def _connect(raw: Any, _: Any) -> None:
        raw.isolation_level = None  # transactions are ours, not the driver's
        cursor = raw.cursor()
        for pragma in ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON", "busy_timeout=30000"):
            cursor.execute(f"PRAGMA {pragma}")
        cursor.close()

    @event.listens_for(engine.sync_engine, "begin")
    def _begin(connection: Connection) -> None:
        read_only = connection.get_execution_options().get("jiuzhu_read", False)
        # A deferred transaction that later writes can fail half-way; writers queue at the start instead.
        connection.exec_driver_sql("BEGIN" if read_only else "BEGIN IMMEDIATE")
