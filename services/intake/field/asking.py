"""Questions of a tablet pass the same gate as its acts."""

from __future__ import annotations

from dataclasses import dataclass

from services.common.runtime.actor import Actor
from services.common.runtime.gate import Place
from services.common.runtime.service import Service
from services.common.runtime.tx import Tx
from services.intake import access
from services.intake.model.visits import Photo, Visit
from services.intake.rules import visits as rules
from services.intake.storage import visits as storage


async def photo_for(service: Service, actor: Actor, visit_id: str, sha256: str, action: str) -> Photo | None:
    """An announced photo, if the actor may do `action` where its visit was made; all by one statement."""
    rules.check_id(visit_id, "visit_id")
    async with service.reading(actor) as tx:
        found: list[Photo | None] = []

        async def at(_: object, __: Tx) -> Place:
            village, household, photo = await storage.announced_photo(tx, visit_id, sha256)
            found.append(photo)
            return Place(village, household, visit_id)

        await service.look(action, _Named(visit_id), tx, at, hides=False)
    return found[0]


@dataclass(frozen=True, slots=True)
class _Named:
    """What a question is about."""

    visit_id: str


async def may(action: str, tx: Tx) -> None:
    """Forbidden unless the actor works in the field."""
    await tx.service.look(action, None, tx, access.at_actor)


async def visit_for(service: Service, actor: Actor, visit_id: str, action: str) -> Visit:
    """A visit, if the actor may do `action` where it was made."""
    rules.check_id(visit_id, "visit_id")
    async with service.reading(actor) as tx:
        # The tablet made the id and has to learn that its visit has not arrived; nobody guesses one.
        await service.look(action, _Named(visit_id), tx, access.at_visit, hides=False)
        return await storage.load_visit(tx, visit_id)
