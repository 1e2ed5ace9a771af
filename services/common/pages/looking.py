"""Reading for a page passes the same gate as a call: role × action × area, and recusal."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from services.common.policy.law import Forbidden
from services.common.runtime.actor import Actor
from services.common.runtime.gate import Access, Locate, Place, check
from services.common.runtime.service import Service
from services.common.runtime.tx import Tx


@asynccontextmanager
async def looking(
    service: Service,
    actor: Actor,
    action: str,
    locate: Locate | Place,
    subject: object = None,
    *,
    hides: bool = True,
) -> AsyncIterator[Tx]:
    """A reading transaction in which `actor` may do `action` there; Forbidden otherwise.

    `hides` off is for parts of a page: what this service has not heard of yet is Missing, not refused.
    """
    async with service.reading(actor) as tx:
        await service.look(
            action, subject, tx, _at(locate) if isinstance(locate, Place) else locate, hides=hides
        )
        yield tx


def _at(place: Place) -> Locate:
    async def known(_: object, __: Tx) -> Place:
        return place

    return known


def areas_held(actor: Actor, access: Access) -> list[str]:
    """Where the actor's posts allow what `access` is about, the larger areas only."""
    held = {post.area for post in actor.posts if post.role in access.roles}
    return sorted(one for one in held if not any(one != area and one.startswith(area) for area in held))


async def may(tx: Tx, action: str, place: Place) -> bool:
    """Whether a button for `action` is worth showing; the gate asks again when it is pressed."""
    blueprint = tx.service.blueprint
    try:
        await check(blueprint.access[action], action, tx, place, blueprint.recused)
    except Forbidden:
        return False
    return True
