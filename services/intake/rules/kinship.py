"""Near kin of staff: who takes no part in a household's matters (R3)."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date
from typing import ClassVar

from services.common.policy.articles import R3_1, R3_2, R3_10
from services.common.policy.kinship import near_kin
from services.common.policy.law import Finding, Refused, rule
from services.common.policy.parameters import Policy
from services.intake.model.ids import StaffId
from services.intake.model.kinship import KinDeclaration


class SurveyorIsKin(Refused):
    """Somebody is sent to his own kin."""

    code: ClassVar[str] = "surveyor-recused"


@rule(R3_10)
def recused_staff(
    declared: Sequence[KinDeclaration], members_on_staff: Collection[StaffId], policy: Policy, on: date
) -> Finding[frozenset[StaffId]]:
    """Staff who live in the household, and staff to whom a member declared a near relation."""
    near = {kin.staff_id for kin in declared if kin.staff_id and is_near(kin, policy, on)}
    recused = frozenset(near | set(members_on_staff))
    who = f"申明近亲属{len(near)}人,家庭成员本人是工作人员{len(members_on_staff)}人"
    text = f"须回避的工作人员{len(recused)}人:{who}"
    facts: dict[str, object] = {
        "declared": sorted(near),
        "members": sorted(members_on_staff),
        "text": text,
    }
    return Finding(R3_10, recused, facts)


@rule(R3_1)
def is_near(kin: KinDeclaration, policy: Policy, on: date) -> bool:
    """Whether the declaration counts: the member is staff, or a near relation of staff."""
    return kin.is_staff or bool(kin.relation and near_kin(kin.relation, policy, on).value)


@rule(R3_1, R3_2)
def kin_declared(
    declared: Sequence[KinDeclaration], recused: Collection[str], policy: Policy, on: date
) -> Finding[bool]:
    """Whether it is registered apart: near kin declared, even where nobody was named, or found by number."""
    apart = bool(recused) or any(is_near(kin, policy, on) for kin in declared)
    text = "存在近亲属关系,单独登记并备案" if apart else "未申明也未比对出近亲属关系"
    return Finding(R3_2, apart, {"declarations": len(declared), "recused": len(recused), "text": text})


@rule(R3_10)
def no_kin_among(surveyors: Collection[StaffId], recused: Collection[str]) -> None:
    """Refuse to send anybody to his own kin."""
    if set(surveyors) & set(recused):
        raise SurveyorIsKin(R3_10, "所派调查人员与该家庭有近亲属关系,应当回避,请改派他人")
