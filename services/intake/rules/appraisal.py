"""Village appraisal and neighbour visits: who takes part, and what is written down (DB.16, DB.19)."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date
from typing import ClassVar

from services.common.policy.articles import DB_16, DB_19, R3_10
from services.common.policy.law import Finding, Invalid, Refused, rule
from services.common.policy.parameters import Policy
from services.intake.model.appraisal import Appraisal, AppraisalPart, Appraiser
from services.intake.model.case import Case
from services.intake.model.ids import StaffId
from services.intake.model.neighbours import NeighbourVisit


class KinAppraises(Refused):
    """Somebody who is kin of the household takes part in its appraisal."""

    code: ClassVar[str] = "appraiser-recused"


class TooFewDelegates(Refused):
    """The villagers' delegates are fewer than their share of all who take part."""

    code: ClassVar[str] = "too-few-delegates"


class VotesDiffer(Refused):
    """More or fewer votes than people."""

    code: ClassVar[str] = "votes-differ"


@rule(R3_10)
def no_kin_appraises(appraisers: Sequence[Appraiser], recused: Collection[str]) -> None:
    """Kin of the household stay away from its appraisal."""
    if {one.staff_id for one in appraisers if one.staff_id} & set(recused):
        raise KinAppraises(R3_10, "参加民主评议的人员中有人与该家庭有近亲属关系或已申请回避,不得参加,请更换")


@rule(DB_19)
def appraised(appraisal: Appraisal, policy: Policy) -> Finding[bool]:
    """Delegates of the villagers are at least their share; everybody votes or abstains; minutes are kept."""
    people, delegates = len(appraisal.appraisers), _delegates(appraisal)
    if not people:
        raise Invalid("appraisers", "请填写参加评议的人员")
    share = policy.fraction("appraisal.delegate_share", appraisal.held_on)
    if delegates < share * people:
        raise TooFewDelegates(
            DB_19,
            f"参加评议{people}人,其中村(居)民代表{delegates}人;代表不得少于参加人数的{share}",
        )
    counted = appraisal.votes_for + appraisal.votes_against + appraisal.abstained
    if counted != people:
        raise VotesDiffer(DB_19, f"参加评议{people}人,同意、不同意和弃权合计{counted}人,请核对")
    if not appraisal.minutes.strip():
        raise Invalid("minutes", "请填写评议记录:宣讲政策、介绍情况、现场评议、形成结论、签字确认")
    verdict = "评议认为符合实际" if appraisal.agrees else "评议认为不符合实际"
    text = f"{appraisal.held_on}民主评议:{people}人参加,村(居)民代表{delegates}人,{verdict}"
    return Finding(DB_19, appraisal.agrees, {"people": people, "delegates": delegates, "text": text})


def _delegates(appraisal: Appraisal) -> int:
    return sum(one.part is AppraisalPart.DELEGATE for one in appraisal.appraisers)


@rule(DB_19)
def held_in_time(held_on: date, case: Case, today: date) -> None:
    """An appraisal is of an accepted application, and has taken place."""
    if case.accepted_on is None or not case.accepted_on <= held_on <= today:
        raise Invalid("held_on", f"评议日期应在受理之日和今天({today})之间")


@rule(DB_16)
def neighbour_visited(
    visit: NeighbourVisit, recused: Collection[StaffId], case: Case, policy: Policy, today: date
) -> Finding[bool]:
    """Two people ask a neighbour; kin of the household are not among them."""
    if set(visit.visitor_ids) & set(recused):
        raise KinAppraises(R3_10, "走访人员中有人与该家庭有近亲属关系或已申请回避,请改派他人")
    least = policy.int("survey.min_surveyors", visit.visited_on)
    if len(set(visit.visitor_ids)) < least:
        raise Invalid("visitor_ids", f"邻里访问不得少于{least}人")
    if case.accepted_on is None or not case.accepted_on <= visit.visited_on <= today:
        raise Invalid("visited_on", f"走访日期应在受理之日和今天({today})之间")
    if not visit.account.strip():
        raise Invalid("account", "请填写邻里反映的情况")
    said = "与申报情况相符" if visit.supports else "与申报情况有出入"
    return Finding(DB_16, visit.supports, {"text": f"{visit.visited_on}邻里访问:反映{said}"})
