"""Objections: inside the period each stops its case, later it is a report; two investigate it."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date
from typing import ClassVar

from services.common.policy.articles import DB_16, DB_19, R3_10, R5_4
from services.common.policy.calendar import Due, WorkCalendar
from services.common.policy.law import Finding, Refused, rule
from services.common.policy.parameters import Policy
from services.disclosure.model import (
    BoardKind,
    Objection,
    ObjectionAbout,
    ObjectionOutcome,
    ObjectionStage,
    Publicity,
    StaffId,
    Stage,
)

RUNNING = frozenset({Stage.POSTED, Stage.OBJECTED})
SHORTEST_REASON = 5


class TooFewInvestigators(Refused):
    """One person alone does not investigate."""

    code: ClassVar[str] = "too-few-investigators"


class InvestigatorRecused(Refused):
    """Kin of the household do not investigate it."""

    code: ClassVar[str] = "investigator-recused"


class NothingToRepeat(Refused):
    """An objection is only repeated where an earlier one of the same case was answered."""

    code: ClassVar[str] = "nothing-to-repeat"


class ReasonMissing(Refused):
    """What is closed without an investigation says why."""

    code: ClassVar[str] = "reason-missing"


@rule(R5_4, DB_19)
def objected_to(publicity: Publicity, today: date) -> Finding[ObjectionAbout]:
    """Inside the period an objection stops the case at once; before 24:00 of the last day is inside."""
    running = publicity.stage in RUNNING and publicity.ends_on is not None and today <= publicity.ends_on
    if running or publicity.stage is Stage.OBJECTED:
        text = "公示期内收到异议，立即停止上会，调查答复后再作决定"
        return Finding(R5_4, ObjectionAbout.PUBLICITY, {"ends_on": publicity.ends_on, "text": text})
    text = "公示期外收到异议，作为举报登记，转受理台账办理"
    return Finding(R5_4, ObjectionAbout.PUBLICITY_OVER, {"ends_on": publicity.ends_on, "text": text})


@rule(R5_4)
def reported(kind: BoardKind) -> Finding[ObjectionAbout]:
    """What is said about somebody who receives assistance is a report: it is investigated, nothing stops."""
    about = ObjectionAbout.RELIEF if kind is BoardKind.RELIEF else ObjectionAbout.LONG_TERM
    return Finding(R5_4, about, {"text": f"对{about.chinese}的家庭有反映，作为举报登记，转受理台账办理"})


@rule(DB_19)
def answer_due(raised_on: date, calendar: WorkCalendar, policy: Policy) -> Finding[Due]:
    """By when an objection is investigated and answered."""
    days = policy.int("objection.answer_working_days", raised_on)
    due = calendar.after(raised_on, days)
    mark = "（暂定）" if due.provisional else ""
    return Finding(DB_19, due, {"days": days, "text": f"异议应在{due.day}{mark}前调查答复（{days}个工作日）"})


@rule(DB_19, DB_16, R3_10)
def may_investigate(
    investigators: Sequence[StaffId], barred: Collection[str], policy: Policy, on: date
) -> Finding[int]:
    """At least two people look again, none of them kin of the household."""
    least = policy.int("survey.min_surveyors", on)
    distinct = set(investigators)
    if len(distinct) < least:
        raise TooFewInvestigators(DB_16, f"调查异议须有不少于{least}人，现在只有{len(distinct)}人")
    if distinct & set(barred):
        raise InvestigatorRecused(R3_10, "调查人中有须回避的人员，请换人调查")
    return Finding(DB_19, len(distinct), {"text": f"异议由{len(distinct)}人调查核实"})


@rule(DB_19)
def what_follows(outcome: ObjectionOutcome, others_open: int, policy: Policy, on: date) -> Finding[str]:
    """After the last answer: a new opinion where it was right, else a new publicity or the rest."""
    republish = policy.flag("publicity.republish_after_objection", on)
    if others_open:
        return Finding(DB_19, "waiting", {"text": f"还有{others_open}件异议没有答复，继续停止上会"})
    if outcome is ObjectionOutcome.UPHELD:
        return Finding(DB_19, "new-opinion", {"text": "异议成立，须重新提出初审意见并重新公示"})
    if outcome is ObjectionOutcome.UNFOUNDED and republish:
        return Finding(DB_19, "republished", {"text": "异议不成立，按规定重新张贴公示"})
    return Finding(DB_19, "resumed", {"text": "异议已办结，公示期继续，届满后可以审核确认"})


@rule(DB_19)
def repeated(objection: Objection, earlier: Sequence[Objection], reason: str) -> Finding[str]:
    """A repeated objection without new facts is closed with its reason; the first is never a repetition."""
    answered = [
        one
        for one in earlier
        if one.objection_id != objection.objection_id and one.stage is ObjectionStage.ANSWERED
    ]
    if not answered:
        raise NothingToRepeat(DB_19, "同一案件没有已答复的异议，不能按重复异议结案，请调查答复")
    if len(reason.strip()) < SHORTEST_REASON:
        raise ReasonMissing(DB_19, "按重复异议结案须写明理由：与哪一次重复、为什么没有新的事实")
    text = f"与{answered[-1].raised_on}登记的异议重复，没有新的事实，写明理由后结案"
    return Finding(DB_19, reason.strip(), {"of": answered[-1].objection_id, "text": text})
