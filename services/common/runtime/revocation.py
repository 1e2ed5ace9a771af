"""Tokens are verified offline; what was taken from somebody since is kept here and looked up in memory.

The edge asks `Revocations` at every call. The table behind it outlives the process and is read again every
second where several processes of a service run; a row matters only as long as a token lives.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from sqlalchemy import select
from sqlalchemy.dialects.postgresql import insert as pg_insert
from sqlalchemy.dialects.sqlite import insert as sqlite_insert

from services.common.runtime import tables
from services.common.runtime.auth import LIFETIME, NotSignedIn
from services.common.runtime.clock import system_now

if TYPE_CHECKING:
    from services.common.runtime.actor import Actor
    from services.common.runtime.service import Service
    from services.common.runtime.tx import Tx

KEPT = LIFETIME + timedelta(minutes=5)
OVER = "您的岗位或登录方式有变动,请重新登录"


def device_subject(device: str) -> str:
    """The name under which a device's tokens are revoked."""
    return f"device:{device}"


class Revocations:
    """Since when tokens of somebody or something count again; those made before are refused."""

    def __init__(self) -> None:
        self._since: dict[str, datetime] = {}

    def note(self, subject: str, at: datetime) -> None:
        self._since[subject] = max(at, self._since.get(subject, at))

    def replace(self, rows: dict[str, datetime]) -> None:
        self._since = rows

    def require_valid(self, actor: Actor) -> None:
        """NotSignedIn for a token made before its holder or device lost something."""
        for subject in (actor.id, device_subject(actor.device)):
            since = self._since.get(subject)
            if since is not None and actor.issued_at is not None and actor.issued_at < since:
                raise NotSignedIn(OVER)


async def revoke(tx: Tx, subject: str, at: datetime | None = None) -> None:
    """Refuse tokens of `subject` made before `at` (real time), from the commit on."""
    since = at or system_now()
    table = tables.revocations
    insert = sqlite_insert(table) if tx.service.database.is_sqlite else pg_insert(table)
    row = insert.values(subject=subject, revoked_at=since)
    await tx.db.execute(
        row.on_conflict_do_update(
            index_elements=["subject"],
            set_={"revoked_at": row.excluded.revoked_at},
            where=table.c.revoked_at < row.excluded.revoked_at,
        )
    )
    tx.after_commit.append(lambda: tx.service.revocations.note(subject, since))


async def follow(subject: str, revoked_at: str, tx: Tx) -> None:
    """What another service announced; an empty time means that nothing was taken away."""
    if revoked_at:
        await revoke(tx, subject, datetime.fromisoformat(revoked_at))


async def reload(service: Service) -> None:
    """Take up what other processes of the service were told."""
    table = tables.revocations
    async with service.database.read() as db:
        rows = await db.execute(select(table).where(table.c.revoked_at > system_now() - KEPT))
        service.revocations.replace({row.subject: row.revoked_at for row in rows.all()})
