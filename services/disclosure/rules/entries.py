"""How long an entry is disclosed, and why it comes down."""

from __future__ import annotations

from datetime import date, timedelta

from services.common.policy.articles import R5_2B, R5_3B, R5_4
from services.common.policy.law import Finding, rule
from services.common.policy.parameters import Policy
from services.disclosure.model import BoardKind, Entry, Withdrawal

TEXTS = {
    Withdrawal.ENDED: "救助已终止，长期公开的信息撤下",
    Withdrawal.REPLACED: "新的确认结果已公开，原来的信息撤下",
    Withdrawal.PERIOD_OVER: "临时救助公开的展示期已满，信息撤下",
}


@rule(R5_3B)
def relief_shown_until(granted_on: date, policy: Policy) -> Finding[date]:
    """A one-off relief never ends: it is disclosed for the district's display period."""
    days = policy.int("publicity.relief_shown_days", granted_on)
    last = granted_on + timedelta(days=days)
    return Finding(R5_3B, last, {"days": days, "text": f"临时救助公开{days}天，展示到{last}"})


@rule(R5_2B, R5_3B, R5_4)
def taken_down(entry: Entry, why: Withdrawal) -> Finding[Withdrawal]:
    """What is no longer so is no longer shown."""
    article = R5_3B if entry.kind is BoardKind.RELIEF else R5_4
    return Finding(article, why, {"entry": entry.entry_id, "text": TEXTS[why]})
