"""News of cases for one reader: what others found or did in the cases that are his to follow."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, false, func, or_, select

from services.common.policy.household_terms import Category
from services.common.policy.roles import Role
from services.common.runtime import tables
from services.common.runtime.actor import Actor
from services.common.runtime.tx import Tx
from services.intake.storage.case_tables import cases, clocks
from services.intake.storage.notices import seen_up_to
from services.intake.storage.registry_tables import areas, households, persons, recusals

ACTION = "read-notices"
MOST = 40
# One opinion makes two dozen findings: enough rows to make a page of notices from.
MOST_FINDINGS = 600
VILLAGE = frozenset({Role.GRID_WORKER, Role.LIAISON, Role.VILLAGE_HEAD})
# Whoever leads is told where a term is over, not of each step.
LEADING = frozenset({Role.DEPUTY_LEADER, Role.PRINCIPAL_LEADER, Role.DISTRICT_HANDLER, Role.DISTRICT_LEADER})


@dataclass(frozen=True, slots=True)
class Notice:
    """What happened in one case at one moment."""

    case_id: str
    head_name: str
    village: str
    category: str
    at: datetime
    article: str
    text: str
    more: int
    is_new: bool


@dataclass(frozen=True, slots=True)
class News:
    """The newest first; `up_to` is what "read" means now."""

    notices: tuple[Notice, ...]
    up_to: int
    new: int


async def news_for(actor: Actor, tx: Tx) -> News:
    """What the reader has to know, read and unread; households of his kin are left out (R3.10)."""
    seen = await seen_up_to(tx, actor.id)
    rows = await tx.all(_wanted(actor).order_by(tables.findings.c.seq.desc()).limit(MOST_FINDINGS))
    found = [_notice(list(rows), seen) for _, rows in groupby(rows, lambda row: (row.case_id, row.at))]
    top = max((row.seq for row in rows), default=seen)
    return News(tuple(found[:MOST]), top, sum(one.is_new for one in found))


async def count_new(actor: Actor, tx: Tx) -> int:
    """How many moments there are that the reader has not seen."""
    seen = await seen_up_to(tx, actor.id)
    wanted = _wanted(actor).where(tables.findings.c.seq > seen).subquery()
    moments = select(wanted.c.case_id, wanted.c.at).distinct().subquery()
    return int(await tx.scalar(select(func.count()).select_from(moments)) or 0)


def _wanted(actor: Actor) -> Select[Any]:
    findings = tables.findings
    kin = select(recusals.c.household_id).where(recusals.c.staff_id == actor.id)
    return (
        select(
            findings.c.seq,
            findings.c.case_id,
            findings.c.at,
            findings.c.article,
            findings.c.value,
            findings.c.facts,
            cases.c.category,
            persons.c.name.label("head_name"),
            areas.c.name.label("village_name"),
        )
        .join(cases, cases.c.case_id == findings.c.case_id)
        .join(households, households.c.household_id == cases.c.household_id)
        .join(persons, persons.c.person_id == households.c.head_person_id)
        .outerjoin(areas, areas.c.code == cases.c.village)
        .where(
            _is_for(actor),
            findings.c.actor != actor.id,
            findings.c.actor.not_like(f"{actor.id} 代 %"),
            cases.c.household_id.not_in(kin),
        )
    )


def _is_for(actor: Actor) -> ColumnElement[bool]:
    """Whose case it is: the handler's own, the village's, the office's; leaders hear of what is late."""
    ways: list[ColumnElement[bool]] = []
    for post in actor.posts:
        here = cases.c.village.startswith(post.area, autoescape=True)
        if post.role is Role.TOWNSHIP_HANDLER:
            mine = or_(cases.c.handler_id == actor.id, cases.c.handler_id.is_(None), cases.c.handler_id == "")
            ways.append(and_(here, mine))
        elif post.role in VILLAGE or post.role is Role.OFFICE_HEAD:
            ways.append(here)
        elif post.role in LEADING:
            late = select(clocks.c.case_id).where(clocks.c.overdue_on.is_not(None))
            ways.append(and_(here, cases.c.case_id.in_(late)))
    return or_(false(), *ways)


def _notice(rows: Sequence[Any], seen: int) -> Notice:
    """The first thing found at that moment says what happened, the others are counted."""
    first = rows[-1]
    return Notice(
        case_id=first.case_id,
        head_name=first.head_name,
        village=first.village_name or "",
        category=Category(first.category).chinese,
        at=first.at,
        article=first.article,
        text=str(first.facts.get("text") or first.value),
        more=len(rows) - 1,
        is_new=rows[0].seq > seen,
    )
