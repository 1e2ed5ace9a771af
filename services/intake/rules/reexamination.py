"""Examining anew: when it may be opened, what must have been done since, and what it comes to."""

from __future__ import annotations

from datetime import date
from typing import ClassVar

from services.common.policy.articles import DB_19, R3_11
from services.common.policy.assess import Assessment
from services.common.policy.law import Finding, Refused, rule
from services.common.policy.money import yuan
from services.intake.model.appraisal import Appraisal
from services.intake.model.case import Case, Stage
from services.intake.model.reexamination import Reexamination, ReexaminationGround, ReexaminationOutcome
from services.intake.model.survey import Survey
from services.intake.model.verification import Verification

JUDGED = (
    Stage.OPINION_FORMED,
    Stage.IN_PUBLICITY,
    Stage.PUBLICITY_CONCLUDED,
    Stage.DECIDED,
    Stage.ENROLLED,
)


class NotExaminedAnew(Refused):
    """Nothing was looked into since the new examination was opened."""

    code: ClassVar[str] = "not-examined-anew"


@rule(R3_11, DB_19)
def may_open(case: Case) -> None:
    """What was never judged cannot be judged again."""
    case.require(*JUDGED)


@rule(R3_11, DB_19)
def opened(one: Reexamination) -> Finding[ReexaminationGround]:
    """The ground stands with the case."""
    article = R3_11 if one.ground is ReexaminationGround.UNDECLARED_KIN else DB_19
    return Finding(article, one.ground, {"text": f"{one.opened_on}起重新审核,理由:{one.ground.chinese}"})


@rule(R3_11, DB_19)
def examined_anew(
    one: Reexamination, survey: Survey, report: Verification, appraisal: Appraisal | None
) -> Finding[bool]:
    """After an objection a new survey or a village appraisal; for hidden kin both survey and verification."""
    surveyed = survey.visited_on >= one.opened_on
    verified = report.returned_on is not None and report.returned_on >= one.opened_on
    appraised = appraisal is not None and appraisal.held_on >= one.opened_on
    if one.ground is ReexaminationGround.UNDECLARED_KIN:
        if not (surveyed and verified):
            raise NotExaminedAnew(R3_11, f"{one.opened_on}起重新审核,须重新入户调查并重新核对后再作结论")
        return Finding(R3_11, True, {"text": "重新入户调查和核对均已完成"})
    if not (surveyed or appraised):
        raise NotExaminedAnew(DB_19, f"{one.opened_on}起重新审核,须重新组织调查或者开展民主评议后再提出意见")
    how = "重新入户调查" if surveyed else "民主评议"
    return Finding(DB_19, True, {"text": f"异议处理:已{how}"})


@rule(R3_11, DB_19)
def outcome(assessment: Assessment, before_fen: int) -> Finding[ReexaminationOutcome]:
    """It stands, changes the amount, or finds the household not eligible."""
    if not assessment.eligible:
        found = ReexaminationOutcome.NOT_ELIGIBLE
    elif assessment.amount == before_fen:
        found = ReexaminationOutcome.STANDS
    else:
        found = ReexaminationOutcome.CHANGED
    amount = f",每月{yuan(assessment.amount)}元" if assessment.eligible else ""
    return Finding(DB_19, found, {"before_fen": before_fen, "text": f"重新审核结论:{found.chinese}{amount}"})


@rule(DB_19)
def answered_without_change(one: Reexamination, today: date) -> Finding[ReexaminationOutcome]:
    """The objection had no ground: what was proposed stands."""
    text = f"{today}异议已答复,维持原初审意见"
    return Finding(DB_19, ReexaminationOutcome.STANDS, {"source": one.source_id, "text": text})
