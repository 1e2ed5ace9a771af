"""The statutory home survey: who may be sent, and what must come back signed."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date
from typing import ClassVar

from services.common.policy.articles import DB_16
from services.common.policy.household import HouseholdFacts
from services.common.policy.law import Finding, Refused, rule
from services.common.policy.parameters import Policy
from services.intake.model.case import Case, CaseMember
from services.intake.model.survey import Survey, SurveyMode, Surveyor, SurveyOrder


class TooFewSurveyors(Refused):
    """Fewer surveyors than the law wants, or the same one twice."""

    code: ClassVar[str] = "too-few-surveyors"


class NoTownshipSurveyor(Refused):
    """Nobody of the township is among the surveyors."""

    code: ClassVar[str] = "no-township-surveyor"


class SurveyNotOrdered(Refused):
    """Somebody surveyed who was not sent by the township."""

    code: ClassVar[str] = "survey-not-ordered"


class VisitBeforeAcceptance(Refused):
    """A visit before acceptance never counts as the survey."""

    code: ClassVar[str] = "visit-before-acceptance"


class SurveyNotSigned(Refused):
    """No family member signed, and no reason with a witness is given."""

    code: ClassVar[str] = "survey-not-signed"


class RemoteSurveyNotAllowed(Refused):
    """Video or telephone without a declared emergency."""

    code: ClassVar[str] = "remote-survey-not-allowed"


class SurveyMissing(Refused):
    """There is no survey to base an opinion on."""

    code: ClassVar[str] = "survey-missing"


class MembersDiffer(Refused):
    """Survey and application speak of different people."""

    code: ClassVar[str] = "members-differ"


@rule(DB_16)
def survey_team(surveyors: Sequence[Surveyor], policy: Policy, on: date) -> Finding[int]:
    """At least two different persons, at least one of them of the township."""
    distinct = {surveyor.staff_id: surveyor for surveyor in surveyors}
    least = policy.int("survey.min_surveyors", on)
    if len(distinct) < least:
        raise TooFewSurveyors(DB_16, f"入户调查不得少于{least}人,现有{len(distinct)}人")
    of_township = sum(surveyor.of_township for surveyor in distinct.values())
    least_of_township = policy.int("survey.min_township_surveyors", on)
    if of_township < least_of_township:
        raise NoTownshipSurveyor(DB_16, f"入户调查须有镇(街、中心)工作人员不少于{least_of_township}人")
    text = f"调查人员{len(distinct)}人,其中镇(街、中心)工作人员{of_township}人"
    return Finding(
        DB_16, len(distinct), {"surveyors": sorted(distinct), "of_township": of_township, "text": text}
    )


@rule(DB_16)
def survey_counts(survey: Survey, case: Case, orders: Sequence[SurveyOrder]) -> Finding[bool]:
    """The survey counts when the township ordered it after acceptance and sent everyone who came."""
    if case.accepted_on is None or survey.visited_on < case.accepted_on:
        raise VisitBeforeAcceptance(DB_16, "受理之前的走访不能作为入户调查")
    sent = {
        staff for order in orders if order.ordered_on <= survey.visited_on for staff in order.surveyor_ids
    }
    if not sent:
        raise SurveyNotOrdered(DB_16, "该申请尚未安排入户调查")
    if not set(survey.surveyor_ids) <= sent:
        raise SurveyNotOrdered(DB_16, "调查人员中有未经指派的人员,请由镇(街、中心)重新安排")
    text = f"{survey.visited_on}入户调查,调查人员均经指派"
    return Finding(DB_16, True, {"visited_on": survey.visited_on.isoformat(), "text": text})


@rule(DB_16)
def signed(survey: Survey) -> Finding[bool]:
    """A present family member signs; else the reason is written down and a witness named."""
    if survey.signed_by_family:
        return Finding(DB_16, True, {"text": "调查表已由在场家庭成员签字确认"})
    if not survey.refusal_reason.strip() or not survey.witness.strip():
        raise SurveyNotSigned(DB_16, "家庭成员未签字的,须写明原因并有见证人")
    return Finding(DB_16, False, {"text": "家庭成员未签字,已写明原因并有见证人"})


@rule(DB_16)
def mode_allowed(mode: SurveyMode, policy: Policy, on: date) -> None:
    """By video or telephone only in a declared emergency."""
    if mode is not SurveyMode.HOME and not policy.flag("survey.remote_allowed", on):
        raise RemoteSurveyNotAllowed(DB_16, "只有在已宣布的突发事件期间,才能以视频、电话方式调查")


@rule(DB_16)
def filed(survey: Survey | None) -> Survey:
    """The survey of a case, which must be there."""
    if survey is None:
        raise SurveyMissing(DB_16, "尚无有效的入户调查,不能提出初审意见")
    return survey


@rule(DB_16)
def same_people(facts: HouseholdFacts, members: Collection[CaseMember]) -> None:
    """Whoever is counted on the survey stands on the application."""
    known = {member.person_id for member in members}
    strangers = [person.relation for person in facts.counted if person.key not in known]
    if strangers:
        raise MembersDiffer(DB_16, f"入户调查计入的{'、'.join(strangers)}不在申请之中,请先补正申请")
