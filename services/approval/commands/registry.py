"""The copies that approval keeps of other services' facts: recusals, posts, policy."""

from __future__ import annotations

import json
from dataclasses import dataclass, replace
from datetime import date

from services.approval.commands import announce
from services.approval.commands.relief_after import recount
from services.approval.model import Decision, HeldPost, HouseholdId, StaffId
from services.approval.storage import decisions, registry
from services.common.policy.articles import R4_7
from services.common.policy.clocks import refusal_notice_due
from services.common.policy.law import Finding
from services.common.policy.parameters import Policy
from services.common.policy.roles import Role
from services.common.runtime.gate import action
from services.common.runtime.tx import Tx


@dataclass(frozen=True, slots=True, kw_only=True)
class StoreRecusals:
    """The full set of staff recused from a household (R3.10)."""

    household_id: HouseholdId
    township: str
    staff_ids: tuple[StaffId, ...]


@action("store-recusals")
async def store_recusals(cmd: StoreRecusals, tx: Tx) -> None:
    await registry.save_recusals(tx, cmd.household_id, cmd.township, cmd.staff_ids)


@dataclass(frozen=True, slots=True, kw_only=True)
class PostHeld:
    """One post as the event carries it."""

    role: Role
    area: str
    from_on: date | None = None
    to_on: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class StoreStaff:
    """Every post of one member of staff."""

    staff_id: StaffId
    posts: tuple[PostHeld, ...]


@action("store-staff")
async def store_staff(cmd: StoreStaff, tx: Tx) -> None:
    held = [HeldPost(cmd.staff_id, post.role, post.area, post.from_on, post.to_on) for post in cmd.posts]
    await registry.save_posts(tx, cmd.staff_id, held)


@dataclass(frozen=True, slots=True, kw_only=True)
class AdoptPolicy:
    """A policy revision was published whole."""

    revision: int
    document: str


@action("adopt-policy")
async def adopt_policy(cmd: AdoptPolicy, tx: Tx) -> None:
    """Use the revision from now on, and recount the notices that are still owed."""
    if cmd.revision <= tx.policy.revision:
        return
    await tx.adopt_policy(Policy.from_json(json.loads(cmd.document)))
    for decision in await decisions.unserved_refusals(tx):
        await _recount_notice(tx, decision)
    await recount(tx)


async def _recount_notice(tx: Tx, decision: Decision) -> None:
    assert decision.refused_on is not None, "only a refusal has a term for its notice"  # noqa: S101
    due = refusal_notice_due(decision.refused_on, tx.calendar, tx.policy).value
    was = decision.notice_due_on
    if (due.day, due.provisional) == (was, decision.notice_provisional):
        return
    decision = replace(decision, notice_due_on=due.day, notice_provisional=due.provisional)
    await decisions.save_decision(tx, decision)
    text = f"工作日历更新，不予确认告知书期限由{was}改为{due}"
    await tx.record(decision.case_id, Finding(R4_7, due, {"was": was, "text": text}))
    tx.publish(announce.notice_clock(decision, running=True))
