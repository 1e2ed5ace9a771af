"""Forms that anybody may send, kept from robots without any outside service.

A form carries a sealed ticket: which notice, when it was handed out, and the id that its objection will have,
so that a ticket is good for one objection. A person needs a moment to write and can add two small numbers; a
field that nobody sees must stay empty; and one address sends a few forms an hour.
"""

from __future__ import annotations

import hmac
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from services.common.policy.law import Invalid
from services.common.runtime.ids import new_id
from services.common.runtime.sealed import Sealer
from services.common.runtime.townships import Quota

SOONEST_SECONDS, LATEST_SECONDS = 3, 2 * 60 * 60
FORMS_AN_HOUR = Quota(per_second=6 / 3600, burst=6)
WORDS = "零一二三四五六七八九"
HONEYPOT = "website"


@dataclass(frozen=True, slots=True)
class Ticket:
    """What a form hands out and gets back."""

    notice_id: str
    objection_id: str
    at: int
    first: int
    second: int
    seal: str

    @property
    def question(self) -> str:
        return f"{WORDS[self.first]}加{WORDS[self.second]}等于几？（填数字）"

    def __str__(self) -> str:
        return f"{self.objection_id}.{self.at}.{self.first}.{self.second}.{self.seal}"


def hand_out(notice_id: str, now: datetime, sealer: Sealer) -> Ticket:
    """A fresh ticket; its sum comes from its id."""
    objection_id = new_id()
    first, second = int(objection_id[-1], 16) % 8 + 1, int(objection_id[-2], 16) % 8 + 1
    at = int(now.timestamp())
    return Ticket(
        notice_id, objection_id, at, first, second, _seal(notice_id, objection_id, at, first, second, sealer)
    )


def take_back(notice_id: str, form: Mapping[str, str], now: datetime, sealer: Sealer) -> Ticket:
    """The ticket of a form that a person sent; Invalid says what to do."""
    ticket = _read(notice_id, form.get("ticket", ""), sealer)
    age = int(now.timestamp()) - ticket.at
    if form.get(HONEYPOT):
        raise Invalid("", "这份表没有通过检查，请改用电话提出")
    if age > LATEST_SECONDS:
        raise Invalid("", "页面打开时间太久，请核对后再提交一次")
    if age < SOONEST_SECONDS:
        raise Invalid("", "提交太快，请核对后再提交一次")
    if form.get("sum", "").strip() != str(ticket.first + ticket.second):
        raise Invalid("sum", f"算式的答案不对：{ticket.question}")
    return ticket


def _read(notice_id: str, text: str, sealer: Sealer) -> Ticket:
    try:
        objection_id, at, first, second, seal = text.split(".")
        ticket = Ticket(notice_id, objection_id, int(at), int(first), int(second), seal)
    except ValueError:
        raise Invalid("", "这份表不完整，请重新打开页面填写") from None
    good = _seal(notice_id, ticket.objection_id, ticket.at, ticket.first, ticket.second, sealer)
    if not hmac.compare_digest(good, ticket.seal):
        raise Invalid("", "这份表不是本页发出的，请重新打开页面填写")
    return ticket


def _seal(notice_id: str, objection_id: str, at: int, first: int, second: int, sealer: Sealer) -> str:
    return sealer.index(f"objection-form|{notice_id}|{objection_id}|{at}|{first}|{second}")[:32]
