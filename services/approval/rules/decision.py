"""What a decision must fix and give reasons for (R4.5 to R4.9), and what the district adds."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any, ClassVar

from services.approval.model import ROUTES, UNPAID, DocketItem, Next, Outcome, PersonId
from services.common.policy.articles import DB_27, NOTICE2022_1_1, R4_5, R4_7, R4_8, R4_9
from services.common.policy.household_terms import Category
from services.common.policy.law import Article, Finding, Invalid, Refused, rule
from services.common.policy.money import Fen, yuan
from services.common.policy.parameters import Policy

BY_DIFFERENCE = "difference"
NOTHING = Fen(0)


class WholeFamilyRequired(Refused):
    """A family is included whole, a single person alone."""

    code: ClassVar[str] = "whole-family-required"


class NobodyProposed(Refused):
    """The opinion found nobody eligible: nobody is put on the roll without investigation and publicity."""

    code: ClassVar[str] = "nobody-proposed"


class ReasonRequired(Refused):
    """The decision departs from the proposal, or refuses, without saying why."""

    code: ClassVar[str] = "reason-required"


class AmountNotAllowed(Refused):
    """The amount does not fit the category."""

    code: ClassVar[str] = "amount-not-allowed"


class TierNotAllowed(Refused):
    """A tier was named under the difference method, or none under the tiered one."""

    code: ClassVar[str] = "tier-not-allowed"


@dataclass(frozen=True, slots=True, kw_only=True)
class Resolution:
    """What the chair announces: everything that R4.5 wants fixed."""

    outcome: Outcome
    category: Category
    tier: str = ""
    insured_person_ids: tuple[PersonId, ...] = ()
    monthly_amount_fen: Fen = NOTHING
    add_on_fen: Fen = NOTHING
    reason: str = ""


@rule(R4_5, R4_7)
def resolve(resolution: Resolution, item: DocketItem, policy: Policy, on: date) -> Finding[str]:
    """The announced decision, if it is complete, lawful and reasoned."""
    if resolution.outcome is Outcome.REFUSE:
        return refusal(resolution.reason)
    if item.nobody_eligible:
        raise NobodyProposed(R4_5, "初审意见为不符合条件，不能直接确认；情况有变化的请重新调查、提出初审意见")
    for check in (_whole_family, _amount, _departure):
        check(resolution, item)
    _tier(resolution, policy, on)
    return Finding(R4_5, "confirm", _confirmed_facts(resolution, item))


@rule(R4_7)
def refusal(reason: str) -> Finding[str]:
    """A refusal says why; the applicant is told the reason in writing."""
    if not reason.strip():
        raise ReasonRequired(R4_7, "不予确认须说明理由，请填写理由后再提交")
    return Finding(R4_7, "refuse", {"text": f"不予确认，理由：{reason.strip()}"})


@rule(NOTICE2022_1_1)
def _whole_family(resolution: Resolution, item: DocketItem) -> None:
    proposed, decided = set(item.insured_person_ids), set(resolution.insured_person_ids)
    if not decided:
        raise Invalid("insured_person_ids", "请选择保障人口")
    if len(decided) != len(resolution.insured_person_ids):
        raise Invalid("insured_person_ids", "保障人口有重复，请核对")
    if item.single_person and decided - proposed:
        raise WholeFamilyRequired(NOTICE2022_1_1, "该案按单人户审核，不能把家庭其他成员一并纳入保障")
    if decided != proposed:
        text = (
            "应将全部共同生活的家庭成员一并纳入，不得仅将个别家庭成员纳入；家庭人口有变化的请重新提出初审意见"
        )
        raise WholeFamilyRequired(NOTICE2022_1_1, text)


@rule(R4_5, DB_27)
def _amount(resolution: Resolution, _: DocketItem) -> None:
    amount, add_on, category = resolution.monthly_amount_fen, resolution.add_on_fen, resolution.category
    if amount < 0 or add_on < 0:
        raise Invalid("monthly_amount_fen", "金额不能是负数，请重填")
    if category not in UNPAID and amount == 0:
        raise AmountNotAllowed(R4_5, f"确认{category.chinese}须明确保障金额，金额应大于零")
    if category in UNPAID and (amount or add_on):
        raise AmountNotAllowed(R4_5, f"{category.chinese}只作认定，不发放保障金，金额应为零")


@rule(R4_5)
def _departure(resolution: Resolution, item: DocketItem) -> None:
    differs = departures(resolution, item)
    if differs and not resolution.reason.strip():
        raise ReasonRequired(R4_5, f"{'、'.join(differs)}与初审意见不一致，须说明理由")


def departures(resolution: Resolution, item: DocketItem) -> tuple[str, ...]:
    """In which points the decision differs from the proposal."""
    points = (
        (resolution.category is not item.category, "保障类别"),
        (resolution.monthly_amount_fen != item.proposed_amount_fen, "保障金额"),
        (resolution.add_on_fen != 0, "分类施保金额"),
    )
    return tuple(name for differs, name in points if differs)


@rule(R4_5)
def _tier(resolution: Resolution, policy: Policy, on: date) -> None:
    """The tier is fixed where the method in force has tiers; only 低保 is paid by one or the other."""
    if resolution.category is not Category.DIBAO:
        if resolution.tier:
            raise TierNotAllowed(R4_5, f"{resolution.category.chinese}不分救助档次，请留空")
        return
    by_difference = policy.text("amount.method", on) == BY_DIFFERENCE
    if by_difference and resolution.tier:
        raise TierNotAllowed(R4_5, "现行办法按补差计算，不分档次，救助档次请留空")
    if not by_difference and not resolution.tier:
        raise TierNotAllowed(R4_5, "现行办法按档次救助，请填写救助档次")


def _confirmed_facts(resolution: Resolution, item: DocketItem) -> dict[str, object]:
    differs = departures(resolution, item)
    text = f"确认{resolution.category.chinese}，保障人口{len(resolution.insured_person_ids)}人"
    if resolution.category not in UNPAID:
        text += f"，每月{yuan(resolution.monthly_amount_fen)}元"
    if resolution.add_on_fen:
        text += f"，分类施保每月{yuan(resolution.add_on_fen)}元"
    if differs:
        text += f"；{'、'.join(differs)}与初审意见不同，理由：{resolution.reason.strip()}"
    return {
        "category": resolution.category.value,
        "persons": len(resolution.insured_person_ids),
        "proposed_amount_fen": item.proposed_amount_fen,
        "monthly_amount_fen": resolution.monthly_amount_fen,
        "add_on_fen": resolution.add_on_fen,
        "differs": list(differs),
        "text": text,
    }


@rule(R4_8, R4_9)
def route(category: Category, outcome: Outcome) -> Finding[Next]:
    """The township confirms and files, or reviews and sends up; a refusal goes nowhere."""
    if outcome is Outcome.REFUSE:
        return Finding(R4_7, Next.NONE, {"text": "不予确认，书面告知申请人"})
    article, text = _ROUTE_TEXTS[ROUTES[category]]
    return Finding(article, ROUTES[category], {"category": category.value, "text": text(category.chinese)})


_ROUTE_TEXTS: dict[Next, tuple[Article, Callable[[str], str]]] = {
    Next.FILING: (R4_8, lambda name: f"{name}由镇街审核确认，决定即生效，结果报区民政局备案"),
    Next.DISTRICT_APPROVAL: (R4_9, lambda name: f"{name}由镇街审核，报区民政局审批"),
}


@rule(R4_9)
def district_decision(outcome: Outcome, reason: str) -> Finding[Any]:
    """The district approves what the township reviewed, or refuses with its reason."""
    if outcome is Outcome.REFUSE:
        if not reason.strip():
            raise ReasonRequired(R4_9, "区民政局不予批准须说明理由，请填写理由后再提交")
        return Finding(R4_9, outcome, {"text": f"区民政局不予批准，理由：{reason.strip()}"})
    return Finding(R4_9, outcome, {"text": "区民政局批准"})
