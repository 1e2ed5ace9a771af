"""A post handed over for good: its holder signs a list of what lies open, then the one who takes it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, timedelta

from services.common.policy.roles import Post, Role
from services.common.runtime.gate import action
from services.common.runtime.tx import Tx
from services.intake.commands.registry import announce_staff
from services.intake.commands.stand_ins import load_staff
from services.intake.model.identity import HandedItem, HandedKind, HandedState, Handover
from services.intake.model.ids import StaffId
from services.intake.model.registry import HeldPost, Staff
from services.intake.rules import identity as rules
from services.intake.storage import handovers as storage
from services.intake.storage import registry


@dataclass(frozen=True, slots=True, kw_only=True)
class HandOverPost:
    """The first signature, of the one who leaves the post; what is not in the system is listed by him."""

    handover_id: str
    role: Role
    area: str
    taker_id: StaffId
    cabinets: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class TakeOverPost:
    """The second signature, of the one who takes the post; it holds from this day."""

    handover_id: str


@dataclass(frozen=True, slots=True)
class PostGiven:
    """What lies open at the first signature."""

    handover_id: str
    items: int


@dataclass(frozen=True, slots=True)
class PostTaken:
    """What changed hands, and what stays for others because the taker is recused from the family."""

    handover_id: str
    moved: int
    kept: int


@action("hand-over-post")
async def hand_over_post(cmd: HandOverPost, tx: Tx) -> PostGiven:
    giver, taker = await load_staff(tx, tx.actor.id), await load_staff(tx, cmd.taker_id)
    post = Post(cmd.role, cmd.area)
    rules.check_giving(post, giver, taker, tx.today)
    rules.check_cabinets(cmd.cabinets)
    items = [
        *await storage.open_items(tx, giver.staff_id, post.area),
        *(HandedItem(HandedKind.CABINET, "", words) for words in cmd.cabinets),
    ]
    signed = Handover(cmd.handover_id, post, giver.staff_id, taker.staff_id, given_at=tx.now)
    await storage.add_handover(tx, signed, items)
    return PostGiven(cmd.handover_id, len(items))


@action("take-over-post")
async def take_over_post(cmd: TakeOverPost, tx: Tx) -> PostTaken:
    handover = await storage.load_handover(tx, cmd.handover_id)
    giver, taker = await load_staff(tx, handover.giver), await load_staff(tx, handover.taker)
    rules.check_taking(handover, tx.actor.id, giver, tx.today)
    listed = await storage.items_of(tx, handover.handover_id)
    present = await storage.open_items(tx, giver.staff_id, handover.post.area)
    barred = await storage.barred_households(tx, taker.staff_id)
    items = rules.settled(listed, present, barred)
    await storage.finish_handover(tx, handover.handover_id, items, tx.now)
    await _move_post(handover, giver, taker, tx)
    await storage.move_work(tx, giver.staff_id, taker.staff_id, items)
    states = [item.state for item in items]
    return PostTaken(handover.handover_id, states.count(HandedState.MOVED), states.count(HandedState.KEPT))


async def _move_post(handover: Handover, giver: Staff, taker: Staff, tx: Tx) -> None:
    """The giver held the post until yesterday, the taker holds it from today on."""
    left = replace(giver, posts=without(giver.posts, handover.post, tx.today))
    fresh = HeldPost(handover.post.role, handover.post.area, tx.today)
    kept = without(taker.posts, handover.post, tx.today)
    taken = replace(taker, posts=(*kept, fresh))
    for staff, revoked in ((left, True), (taken, False)):
        await registry.save_staff(tx, staff, None)
        await announce_staff(staff, tx, revoked=revoked)


def without(posts: tuple[HeldPost, ...], post: Post, from_on: date) -> tuple[HeldPost, ...]:
    """The posts with this one ended before the day; what had begun that day or later is gone."""
    kept = []
    for held in posts:
        if Post(held.role, held.area) != post or not held.holds_on(from_on):
            kept.append(held)
        elif held.from_on < from_on:
            kept.append(replace(held, to_on=from_on - timedelta(days=1)))
    return tuple(kept)
