"""Economic verification: who must have authorised it, and whether its report agrees with the survey."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from typing import ClassVar

from services.common.policy.articles import DB_9, DB_17, DB_18
from services.common.policy.household import HouseholdFacts, IncomeKind
from services.common.policy.identity import age_on
from services.common.policy.law import Finding, Invalid, Refused, rule
from services.common.policy.money import yuan
from services.common.policy.parameters import Policy
from services.intake.model.case import CaseMember
from services.intake.model.verification import FactKind, Verification, VerifiedFact


class AuthorisationMissing(Refused):
    """An adult of the household has not signed the 核对授权书."""

    code: ClassVar[str] = "authorisation-missing"


class VerificationMissing(Refused):
    """No report has come back yet."""

    code: ClassVar[str] = "verification-missing"


class VerificationDisputed(Refused):
    """The report found more than the household said."""

    code: ClassVar[str] = "verification-disputed"


@rule(DB_9)
def authorised(members: Sequence[CaseMember], policy: Policy, on: date) -> Finding[bool]:
    """Every counted adult has signed the authorisation; without it nobody's means are looked up."""
    of_age = policy.int("addon.minor_age", on)
    adults = [m for m in members if m.counted and age_on(m.born_on, on) >= of_age]
    unsigned = [m.relation for m in adults if not m.authorised]
    if unsigned:
        raise AuthorisationMissing(DB_9, f"{'、'.join(unsigned)}尚未签署核对授权书,不能提请核对")
    text = f"计入的成年家庭成员{len(adults)}人均已签署核对授权书"
    return Finding(DB_9, True, {"adults": len(adults), "text": text})


# What the report calls by one word and the survey by several.
_SURVEYED: dict[FactKind, frozenset[IncomeKind]] = {
    FactKind.WAGE: frozenset({IncomeKind.WAGE}),
    FactKind.BUSINESS: frozenset({IncomeKind.BUSINESS}),
    FactKind.PROPERTY_INCOME: frozenset({IncomeKind.PROPERTY}),
    FactKind.TRANSFER: frozenset(IncomeKind)
    - {IncomeKind.WAGE, IncomeKind.BUSINESS, IncomeKind.PROPERTY, IncomeKind.SUPPORT_PAID},
}


@rule(DB_18)
def compare(report: Sequence[VerifiedFact], facts: HouseholdFacts) -> Finding[bool]:
    """The report agrees unless it found more of anything than the household said on the survey."""
    differences = [*_incomes(report, facts), *_holdings(report, facts)]
    text = f"核对报告与家庭申报不一致:{';'.join(differences)}" if differences else "核对报告与家庭申报一致"
    return Finding(DB_18, not differences, {"differences": differences, "text": text})


def _incomes(report: Sequence[VerifiedFact], facts: HouseholdFacts) -> Iterable[str]:
    for kind, surveyed in _SURVEYED.items():
        found = _total(report, kind)
        said = sum(i.monthly for member in facts.members for i in member.incomes if i.kind in surveyed)
        if found > said:
            yield f"{kind.chinese}核对每月{yuan(found)}元,申报{yuan(said)}元"


def _holdings(report: Sequence[VerifiedFact], facts: HouseholdFacts) -> Iterable[str]:
    deposits = _total(report, FactKind.DEPOSIT)
    if deposits > facts.assets.deposits:
        yield f"{FactKind.DEPOSIT.chinese}核对{yuan(deposits)}元,申报{yuan(facts.assets.deposits)}元"
    for kind, said in (
        (FactKind.VEHICLE, facts.assets.vehicles),
        (FactKind.HOUSING, facts.assets.houses),
        (FactKind.ENTERPRISE, int(facts.assets.business)),
    ):
        count = sum(fact.kind is kind for fact in report)
        if count > said:
            yield f"{kind.chinese}核对{count}项,申报{said}项"


def _total(report: Sequence[VerifiedFact], kind: FactKind) -> int:
    return sum(fact.amount_fen for fact in report if fact.kind is kind)


@rule(DB_17)
def returned(verification: Verification | None) -> Verification:
    """The verification of a case, which must be back."""
    if verification is None:
        raise VerificationMissing(DB_17, "尚未提请家庭经济状况信息核对")
    if verification.returned_on is None:
        raise VerificationMissing(DB_17, f"{verification.requested_on}提请的核对尚未返回报告")
    return verification


@rule(DB_18)
def disputed(report: Verification, statement: str, evidence: Sequence[str], today: date) -> Finding[bool]:
    """Whoever disputes a report says what is wrong and with what he shows it; then it is checked again."""
    if not statement.strip():
        raise Invalid("statement", "请写明对核对结果有异议的内容")
    if not [line for line in evidence if line.strip()]:
        raise Invalid("evidence", "请写明申请人提供的证明材料,每行一件")
    text = f"{today}申请人对核对报告{report.report_no}提出异议,提供证明材料{len(evidence)}件,组织复核"
    return Finding(DB_18, True, {"evidence": list(evidence), "text": text})


@rule(DB_18)
def require_agreement(compared: Finding[bool]) -> None:
    """No opinion on disputed data: the household is told, gives evidence, and it is checked again."""
    if not compared.value:
        raise VerificationDisputed(
            DB_18, f"{compared.facts['text']}。请告知申请人并复核:补充调查或重新核对后再提出初审意见"
        )
