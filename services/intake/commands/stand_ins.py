"""Who stands in for whom: a post lent during leave, and a post handed over for good."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, timedelta

from services.common.policy.law import Missing
from services.common.policy.roles import Post, Role
from services.common.runtime.gate import action
from services.common.runtime.tx import Tx
from services.intake.commands.registry import announce_staff
from services.intake.model.identity import Delegation, Handover
from services.intake.model.ids import StaffId
from services.intake.model.registry import HeldPost, Staff
from services.intake.rules import identity as rules
from services.intake.storage import registry
from services.intake.storage import stand_ins as storage


@dataclass(frozen=True, slots=True, kw_only=True)
class DelegatePost:
    """The holder lends his post; no action named means all of them."""

    delegation_id: str
    role: Role
    area: str
    delegate_id: StaffId
    from_on: date
    to_on: date
    actions: frozenset[str] = frozenset()
    reason: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class EndDelegation:
    delegation_id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class HandOverPost:
    """The first signature, of the one who leaves the post."""

    handover_id: str
    role: Role
    area: str
    taker_id: StaffId


@dataclass(frozen=True, slots=True, kw_only=True)
class TakeOverPost:
    """The second signature, of the one who takes the post; it holds from this day."""

    handover_id: str


@dataclass(frozen=True, slots=True)
class PostGiven:
    """What lies open at the first signature."""

    handover_id: str
    open_cases: int
    open_tasks: int


@dataclass(frozen=True, slots=True)
class PostTaken:
    """What changed hands; the rest belongs to families from which the taker is recused."""

    handover_id: str
    cases: int
    tasks: int


@action("delegate-post")
async def delegate_post(cmd: DelegatePost, tx: Tx) -> None:
    principal, delegate = await _staff(tx, tx.actor.id), await _staff(tx, cmd.delegate_id)
    lent = Delegation(
        delegation_id=cmd.delegation_id,
        post=Post(cmd.role, cmd.area),
        principal=principal.staff_id,
        delegate=delegate.staff_id,
        from_on=cmd.from_on,
        to_on=cmd.to_on,
        actions=cmd.actions,
        reason=cmd.reason.strip(),
    )
    rules.check_delegation(lent, principal, delegate, tx.today)
    await storage.add_delegation(tx, lent)


@action("end-delegation")
async def end_delegation(cmd: EndDelegation, tx: Tx) -> None:
    lent = await storage.load_delegation(tx, cmd.delegation_id)
    rules.check_ending(lent, tx.actor.id, operator=any(post.role is Role.OPERATOR for post in tx.actor.own))
    await storage.end_delegation(tx, cmd.delegation_id, tx.today)
    await announce_staff(await _staff(tx, lent.delegate), tx, revoked=True)


@action("hand-over-post")
async def hand_over_post(cmd: HandOverPost, tx: Tx) -> PostGiven:
    giver, taker = await _staff(tx, tx.actor.id), await _staff(tx, cmd.taker_id)
    post = Post(cmd.role, cmd.area)
    rules.check_giving(post, giver, taker, tx.today)
    open_cases, open_tasks = await storage.open_work(tx, giver.staff_id, post.area)
    await storage.add_handover(
        tx,
        Handover(
            cmd.handover_id, post, giver.staff_id, taker.staff_id, open_cases, open_tasks, given_at=tx.now
        ),
    )
    return PostGiven(cmd.handover_id, open_cases, open_tasks)


@action("take-over-post")
async def take_over_post(cmd: TakeOverPost, tx: Tx) -> PostTaken:
    handover = await storage.load_handover(tx, cmd.handover_id)
    giver, taker = await _staff(tx, handover.giver), await _staff(tx, handover.taker)
    rules.check_taking(handover, tx.actor.id, giver, tx.today)
    await storage.finish_handover(tx, handover.handover_id, tx.now)
    await _move_post(handover, giver, taker, tx)
    cases, tasks = await storage.move_work(tx, giver.staff_id, taker.staff_id, handover.post.area)
    return PostTaken(handover.handover_id, cases, tasks)


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


async def _staff(tx: Tx, staff_id: str) -> Staff:
    staff = await registry.find_staff(tx, staff_id)
    if staff is None:
        raise Missing("该工作人员")
    return staff
