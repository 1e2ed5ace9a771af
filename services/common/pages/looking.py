"""Reading for a page passes the same gate as a call: role × action × area, and recusal."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from services.common.policy.law import Forbidden
from services.common.runtime.actor import Actor
from services.common.runtime.gate import Locate, Place, check
from services.common.runtime.service import Service
from services.common.runtime.tx import Tx


@asynccontextmanager
async def looking(
    service: Service, actor: Actor, action: str, locate: Locate | Place, subject: object = None
) -> AsyncIterator[Tx]:
    """A reading transaction in which `actor` may do `action` there; Forbidden otherwise."""
    async with service.reading(actor) as tx:
        place = locate if isinstance(locate, Place) else await locate(subject, tx)
        await check(service.blueprint.access[action], action, tx, place, service.blueprint.recused)
        yield tx


async def may(tx: Tx, action: str, place: Place) -> bool:
    """Whether a button for `action` is worth showing; the gate asks again when it is pressed."""
    blueprint = tx.service.blueprint
    try:
        await check(blueprint.access[action], action, tx, place, blueprint.recused)
    except Forbidden:
        return False
    return True
