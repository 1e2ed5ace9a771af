"""What the district does with results: asks for corrections, and goes to see for itself (R4.8, R4.9)."""

from __future__ import annotations

from datetime import date
from typing import ClassVar

from services.common.policy.articles import R4_8, R4_9, TK_16
from services.common.policy.law import Article, Finding, Invalid, Refused, rule
from services.common.policy.parameters import Policy

RATIO = "destitute.spot_check_ratio"


class CorrectionNeedsReason(Refused):
    """What goes back says what is missing; what comes again says what was put right."""

    code: ClassVar[str] = "correction-needs-reason"


@rule(R4_8, R4_9)
def sent_back(reason: str, article: Article) -> Finding[str]:
    """The district asks for a correction; what was paid goes on meanwhile."""
    if not reason.strip():
        raise CorrectionNeedsReason(article, "退回补正须写明缺什么，请填写")
    return Finding(article, "sent-back", {"text": f"区民政局退回补正：{reason.strip()}"})


@rule(R4_8, R4_9)
def corrected(answer: str, article: Article) -> Finding[str]:
    """The township has put it right and sends it again."""
    if not answer.strip():
        raise CorrectionNeedsReason(article, "请写明补正了什么，再重新报送")
    return Finding(article, "corrected", {"text": f"已补正并重新报送：{answer.strip()}"})


@rule(TK_16)
def spot_check(visited_on: date, decided_on: date, today: date) -> Finding[date]:
    """The district went to the home of a person who is to be supported."""
    if not decided_on <= visited_on <= today:
        raise Invalid("visited_on", f"抽查日期应在{decided_on}至今天（{today}）之间，请核对后重填")
    return Finding(TK_16, visited_on, {"text": f"区民政局{visited_on}入户抽查"})


@rule(TK_16)
def enough_checked(checked: int, of: int, policy: Policy, on: date) -> Finding[bool]:
    """At least three in ten are seen: how many are still owed."""
    ratio = policy.fraction(RATIO, on)
    owed = max(0, -(-of * ratio.numerator // ratio.denominator) - checked)
    text = f"今年特困审批{of}件，已抽查{checked}件" + (f"，还应抽查{owed}件" if owed else "，达到规定比例")
    return Finding(TK_16, owed == 0, {"owed": owed, "text": text})
