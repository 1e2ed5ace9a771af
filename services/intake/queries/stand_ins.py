"""What a person sees of his own posts, held and lent either way; and to whom he may lend one."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import or_, select

from services.common.policy.areas import DISTRICT
from services.common.policy.law import Missing
from services.common.policy.roles import Post, Role
from services.common.runtime.actor import Actor
from services.common.runtime.tx import Tx
from services.intake.model.identity import STAFF_ROLES, Delegation
from services.intake.model.registry import HeldPost
from services.intake.queries.worklist import area_names
from services.intake.storage import registry
from services.intake.storage import stand_ins as storage
from services.intake.storage.accounts import name_of
from services.intake.storage.registry_tables import posts, staff


@dataclass(frozen=True, slots=True)
class Lent:
    """One delegation with names; `mine` where the reader lent it."""

    lent: Delegation
    principal: str
    delegate: str
    post: str
    mine: bool
    state: str


@dataclass(frozen=True, slots=True)
class OwnPosts:
    """What somebody holds, and what is lent to him or by him."""

    held: Sequence[tuple[HeldPost, str]]
    lent: Sequence[Lent]


@dataclass(frozen=True, slots=True)
class Colleague:
    """Somebody who may stand in or take over."""

    staff_id: str
    name: str
    posts: str


async def own_posts(tx: Tx) -> OwnPosts:
    """Of the actor; what is long over is left out."""
    names = await area_names(tx, DISTRICT.code)
    mine = await registry.find_staff(tx, tx.actor.id)
    held = [(one, post_words(Post(one.role, one.area), names)) for one in mine.posts] if mine else []
    lent = [await _lent(one, names, tx) for one in await storage.delegations_of(tx, tx.actor.id, tx.today)]
    return OwnPosts(held, lent)


async def posts_to_lend(tx: Tx) -> list[tuple[Post, str]]:
    """What the actor holds himself today and may lend or hand over."""
    names = await area_names(tx, DISTRICT.code)
    mine = await registry.find_staff(tx, tx.actor.id)
    own = mine.posts_on(tx.today) if mine else ()
    return [(post, post_words(post, names)) for post in own if post.role in STAFF_ROLES]


async def colleagues(tx: Tx) -> list[Colleague]:
    """Staff of the actor's townships, or of the whole district for those who work for it."""
    names = await area_names(tx, DISTRICT.code)
    areas = sorted({post.area[:9] for post in tx.actor.posts})
    at = posts.c
    wanted = (
        select(staff.c.staff_id, staff.c.name, at.role, at.area)
        .join(posts, at.staff_id == staff.c.staff_id)
        .where(
            staff.c.staff_id != tx.actor.id,
            at.role.in_(STAFF_ROLES),
            at.from_on <= tx.today,
            or_(at.to_on.is_(None), at.to_on >= tx.today),
            or_(*(at.area.startswith(area, autoescape=True) for area in areas)),
        )
        .order_by(at.area, staff.c.name)
    )
    found: dict[str, tuple[str, list[str]]] = {}
    for row in await tx.all(wanted):
        found.setdefault(row.staff_id, (row.name, []))[1].append(
            post_words(Post(Role(row.role), row.area), names)
        )
    return [Colleague(staff_id, name, "、".join(held)) for staff_id, (name, held) in found.items()]


def state_of(lent: Delegation, today: date) -> str:
    if lent.revoked_on is not None:
        return "已终止"
    return "未开始" if today < lent.from_on else "代办中"


async def lent_words(delegation_id: str, tx: Tx) -> Lent:
    """One delegation for the page that ends it: it is there for the two and for operators only."""
    lent = await storage.load_delegation(tx, delegation_id)
    if tx.actor.id not in (lent.principal, lent.delegate) and not is_operator(tx.actor):
        raise Missing("这项委托")
    return await _lent(lent, await area_names(tx, DISTRICT.code), tx)


def is_operator(actor: Actor) -> bool:
    return any(post.role is Role.OPERATOR for post in actor.own)


async def _lent(lent: Delegation, names: Mapping[str, str], tx: Tx) -> Lent:
    return Lent(
        lent,
        await name_of(tx, lent.principal),
        await name_of(tx, lent.delegate),
        post_words(lent.post, names),
        lent.principal == tx.actor.id,
        state_of(lent, tx.today),
    )


def post_words(post: Post, names: Mapping[str, str]) -> str:
    """The post as people call it."""
    return f"{names.get(post.area, post.area)}{post.role.chinese}"
