"""What a password must be like, how long failed sign-ins wait, who may stand in for whom."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from services.common.policy.law import Conflict, Forbidden, Invalid
from services.common.policy.roles import Post
from services.intake.model.identity import (
    STAFF_ROLES,
    Counted,
    Delegation,
    HandedItem,
    HandedKind,
    HandedState,
    Handover,
    Tries,
)
from services.intake.model.registry import Staff

SHORTEST, LONGEST = 10, 128
LONGEST_LEAVE_DAYS = 184
FORGOTTEN_AFTER = timedelta(hours=1)
FAMILIAR_FOR = timedelta(days=90)
CODE_LIFETIME = timedelta(minutes=10)
CHALLENGE_LIFETIME = timedelta(minutes=2)


@dataclass(frozen=True, slots=True)
class Limit:
    """So many failures are free; each further one doubles the wait, up to the longest. None is for good."""

    free: int
    longest: timedelta


# The wide ones never touch who signed in from that source before: a stranger's tries cannot lock him out.
LIMITS = {
    Counted.PAIR: Limit(5, timedelta(minutes=15)),
    Counted.SOURCE: Limit(30, timedelta(minutes=5)),
    Counted.ACCOUNT: Limit(50, timedelta(minutes=15)),
}


def counted_for(*, familiar: bool) -> tuple[Counted, ...]:
    """Which counts may make a sign-in wait."""
    return (Counted.PAIR,) if familiar else tuple(Counted)


def wait_after(failures: int, limit: Limit) -> timedelta:
    """How long the next try waits."""
    beyond = failures - limit.free
    return timedelta(0) if beyond < 0 else min(timedelta(seconds=2 ** min(beyond, 20)), limit.longest)


def failed_again(tries: Tries, counted: Counted, now: datetime) -> Tries:
    """The count with one more failure; what is long past is forgotten first."""
    past = tries.last_at is None or now - tries.last_at > FORGOTTEN_AFTER
    failures = 1 if past else tries.failures + 1
    return Tries(failures, now, now + wait_after(failures, LIMITS[counted]))


def right_after_all(tries: Tries, counted: Counted) -> Tries:
    """The count without the try that was entered beforehand and turned out right."""
    failures = max(tries.failures - 1, 0)
    return Tries(failures, tries.last_at, tries.waits_until if failures > LIMITS[counted].free else None)


def seconds_to_wait(tries: Collection[Tries], now: datetime) -> int:
    """Whole seconds until the next try is looked at; 0 for none."""
    left = [(one.waits_until - now).total_seconds() for one in tries if one.waits_until]
    return max((int(seconds) + 1 for seconds in left if seconds > 0), default=0)


def check_password(password: str, account: str) -> None:
    """Invalid for a password that is guessed soon; length counts, not signs."""
    if not SHORTEST <= len(password) <= LONGEST:
        raise Invalid("fresh", f"密码须有{SHORTEST}至{LONGEST}个字符,可以用一句好记的话")
    plain = password.lower()
    if account and (plain in account.lower() or account.lower() in plain):
        raise Invalid("fresh", "密码里不能有账号")
    if len(set(plain)) < 5 or plain.isdigit() or re.fullmatch(r"(.{1,4})\1+", plain):
        raise Invalid("fresh", "密码太容易猜到,请换一个更长、更多样的")


def check_delegation(lent: Delegation, principal: Staff, delegate: Staff, today: date) -> None:
    """A post is lent by its holder, for days that come, to a colleague who holds a post himself."""
    if lent.post.role not in STAFF_ROLES:
        raise Invalid("post", "这类岗位不能委托他人代办")
    if lent.delegate == lent.principal:
        raise Invalid("delegate_id", "不能委托给自己")
    if not today <= lent.from_on <= lent.to_on:
        raise Invalid("to_on", "代办日期须从今天或以后开始,且结束不早于开始")
    if (lent.to_on - lent.from_on).days >= LONGEST_LEAVE_DAYS:
        raise Invalid("to_on", f"一次委托最长{LONGEST_LEAVE_DAYS}天;更久请办理岗位交接")
    if any(lent.post not in principal.posts_on(day) for day in (lent.from_on, lent.to_on)):
        raise Invalid("post", "委托人在这段时间里不在该岗位")
    if not any(post.role in STAFF_ROLES for post in delegate.posts_on(today)):
        raise Invalid("delegate_id", "受托人今天没有在任岗位")
    if not lent.reason.strip():
        raise Invalid("reason", "请填写委托原因")


def check_ending(lent: Delegation, actor_id: str, *, operator: bool) -> None:
    if not operator and actor_id not in (lent.principal, lent.delegate):
        raise Forbidden("只有委托人、受托人或系统运维人员可以终止这项委托")
    if lent.revoked_on is not None:
        raise Conflict("这项委托已经终止")


def check_giving(post: Post, giver: Staff, taker: Staff, today: date) -> None:
    """The holder hands over, to a colleague who can sign for it."""
    if post.role not in STAFF_ROLES:
        raise Invalid("post", "这类岗位不在本系统内交接")
    if giver.staff_id == taker.staff_id:
        raise Invalid("taker_id", "不能交接给自己")
    if post not in giver.posts_on(today):
        raise Invalid("post", "您今天不在该岗位,不能交接")
    if not taker.posts_on(today):
        raise Invalid("taker_id", "接任人今天没有在任岗位,请先由系统运维人员登记")


def check_taking(handover: Handover, actor_id: str, giver: Staff, today: date) -> None:
    """The second signature is the taker's own, while the first still holds the post."""
    if actor_id != handover.taker:
        raise Forbidden("只有接任人本人可以签字接收")
    if handover.taken_at is not None:
        raise Conflict("这次交接已经办完")
    if handover.post not in giver.posts_on(today):
        raise Conflict("移交人已不在该岗位,请重新办理交接")


LONGEST_LINE, MOST_LINES = 200, 100


def check_cabinets(cabinets: Sequence[str]) -> None:
    """What the system does not know of is listed too, and be it that there is nothing."""
    if not cabinets:
        raise Invalid("cabinets", "请逐项写明移交的档案柜、钥匙和纸质材料；没有就写“无”")
    if len(cabinets) > MOST_LINES or any(len(words) > LONGEST_LINE for words in cabinets):
        raise Invalid("cabinets", f"最多{MOST_LINES}行，每行最多{LONGEST_LINE}字")


def settled(
    listed: Sequence[HandedItem], present: Sequence[HandedItem], barred: Collection[str]
) -> list[HandedItem]:
    """The list at the second signature: what came or was finished since the first is marked or added."""
    still = {(item.kind, item.subject) for item in present}
    known = {(item.kind, item.subject) for item in listed}
    later = [item for item in present if (item.kind, item.subject) not in known]

    def state(item: HandedItem) -> HandedState:
        if item.kind is not HandedKind.CABINET and (item.kind, item.subject) not in still:
            return HandedState.FINISHED
        return HandedState.KEPT if item.household_id in barred else HandedState.MOVED

    return [replace(item, state=state(item)) for item in (*listed, *later)]
