"""Who stands on the roll: a household once, for what was confirmed, from the month that was decided."""

from __future__ import annotations

from services.common.policy.articles import DB_21, R6_1
from services.common.policy.law import Finding, Refused, rule
from services.common.policy.money import Fen, yuan
from services.common.policy.month import Month
from services.review.model import RollEntry


class AlreadyOnTheRoll(Refused):
    """The household receives assistance from another case that has not ended."""

    code = "already-on-the-roll"


@rule(R6_1)
def one_entry_a_household(entry: RollEntry, active: RollEntry | None) -> Finding[str]:
    """A household stands on the roll once; another case must first end what it receives."""
    if active is not None and active.case_id != entry.case_id:
        raise AlreadyOnTheRoll(R6_1, f"该户已在册享受{active.category.chinese}，须先停止后再登记新的救助")
    text = f"以户为单位列入在册名册：{entry.category.chinese}，保障{entry.persons}人"
    facts = {"case_id": entry.case_id, "category": entry.category, "persons": entry.persons, "text": text}
    return Finding(R6_1, entry.recipient_id, facts)


@rule(DB_21)
def entitled_from(entry: RollEntry) -> Finding[Month]:
    """What the household is paid each month, and from which month on."""
    amount = yuan(Fen(entry.monthly_amount_fen))
    more = f"，分类施保{yuan(Fen(entry.add_on_fen))}元" if entry.add_on_fen else ""
    text = f"自{entry.first_month.chinese}起，每月{amount}元{more}"
    facts = {
        "first_month": entry.first_month,
        "monthly_amount_fen": entry.monthly_amount_fen,
        "add_on_fen": entry.add_on_fen,
        "text": text,
    }
    return Finding(DB_21, entry.first_month, facts)
