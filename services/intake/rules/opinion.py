"""The preliminary opinion: the name it may publish."""

from __future__ import annotations

from datetime import date

from services.common.policy.articles import PIPL_28, R5_2A
from services.common.policy.identity import age_on
from services.common.policy.law import Finding, rule
from services.common.policy.parameters import Policy


@rule(R5_2A, PIPL_28)
def published_name(name: str, born_on: date, on: date, policy: Policy) -> Finding[str]:
    """The head's name as the board shows it; a child's is masked before it leaves."""
    if age_on(born_on, on) >= policy.int("publicity.masked_below_age", on):
        return Finding(R5_2A, name, {"masked": False, "text": "公示户主姓名"})
    return Finding(PIPL_28, f"{name[:1]}*", {"masked": True, "text": "户主是未成年人,公示时遮盖姓名"})
