"""A look at personal data leaves its row in the audit, before anything is shown."""

from __future__ import annotations

from sqlalchemy import insert

from services.common.runtime import tables
from services.common.runtime.tx import Tx


async def note_look(tx: Tx, action: str, area: str, subject: str) -> None:
    """Enter who looked at what. A reading transaction cannot write, so this is one of its own."""
    async with tx.service.transaction(tx.actor) as writing:
        await writing.execute(
            insert(tables.audit).values(
                at=writing.now, actor=writing.actor.id, action=action, area=area, subject=subject
            )
        )
