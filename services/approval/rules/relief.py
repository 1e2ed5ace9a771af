"""Temporary relief: who may give it, how much, by when its papers are due (R9.1 to R9.5)."""

from __future__ import annotations

from collections.abc import Sequence, Set
from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from services.approval.model import (
    Instalment,
    NoticeMethod,
    Outcome,
    Payee,
    Relief,
    ReliefKind,
    ReliefStage,
    Source,
    StaffId,
)
from services.common.policy.articles import R4_1, R5_3A, R9_1, R9_2, R9_3, R9_4, R9_5, R9_6
from services.common.policy.calendar import Due, WorkCalendar
from services.common.policy.clocks import step_due
from services.common.policy.law import Conflict, Finding, Invalid, Refused, rule
from services.common.policy.money import Fen, yuan
from services.common.policy.parameters import Policy

LIMIT = "relief.township_limit_fen"
PAPERWORK = "clock.emergency_paperwork_working_days"
NOTICE = "clock.relief_notice_working_days"
NEAR_WORKING_DAYS = 3


class SamePerson(Refused):
    """Who handles an emergency does not approve it."""

    code: ClassVar[str] = "handler-is-approver"


class HandlerUnknown(Refused):
    """The handler named holds no post of the township, or may not touch this household."""

    code: ClassVar[str] = "handler-unknown"


class AboveLimit(Refused):
    """The amount is the district's to approve."""

    code: ClassVar[str] = "above-township-limit"


class ReliefPublicityNotOver(Refused):
    """Expenditure-type relief hangs on the board before it is decided."""

    code: ClassVar[str] = "relief-publicity-not-over"


class ReasonMissing(Refused):
    """A refusal is explained."""

    code: ClassVar[str] = "relief-reason-required"


class PaperworkIncomplete(Refused):
    """The necessary papers are not all there."""

    code: ClassVar[str] = "paperwork-incomplete"


class ConsentMissing(Refused):
    """Somebody else's account needs the recipient's written consent."""

    code: ClassVar[str] = "consent-missing"


class SourceUnexplained(Refused):
    """What does not come from the fund says whence it comes."""

    code: ClassVar[str] = "source-unexplained"


@dataclass(frozen=True, slots=True)
class Papers:
    """What R9.1 wants to be there afterwards."""

    application_signed: bool
    identity_checked: bool
    cause_proved: bool
    approval_signed: bool


@rule(R4_1, R9_1)
def emergency(
    amount: Fen, handler: StaffId, approver: StaffId, handlers: Set[StaffId], recused: Set[StaffId]
) -> Finding[Fen]:
    """Relief first: two people are enough, one who handles it and another who approves."""
    if amount <= 0:
        raise Invalid("amount_fen", "救助金额应大于零，实物救助填写折价")
    if handler == approver:
        raise SamePerson(R9_1, "承办人和审批人不能是同一人，请由另一位工作人员承办")
    if handler not in handlers:
        raise HandlerUnknown(R9_1, "承办人应为本镇街民政办工作人员，请重新选择")
    if handler in recused:
        raise HandlerUnknown(R9_1, "该承办人须回避这户家庭，请另选承办人")
    return Finding(R9_1, amount, {"text": f"急难型临时救助，先行救助{yuan(amount)}元，手续事后补充"})


@rule(R9_1)
def paperwork_due(granted_on: date, calendar: WorkCalendar, policy: Policy) -> Finding[Due]:
    """The papers follow within the working days after the relief."""
    return step_due(PAPERWORK, granted_on, calendar, policy, "先行救助")


@rule(R9_1)
def paperwork_complete(relief: Relief, papers: Papers, today: date) -> Finding[str]:
    """Application, identity, cause and signatures: only with all of them the clock stops."""
    if not relief.owes_paperwork or relief.paperwork_due_on is None:
        raise Conflict("该救助事项没有待补充的手续，或已补充完毕")
    wanted = {
        "申请（或主动发现登记）已签字": papers.application_signed,
        "身份已核对": papers.identity_checked,
        "急难情形有证明或两人签字说明": papers.cause_proved,
        "审批表已签字盖章": papers.approval_signed,
    }
    missing = [name for name, there in wanted.items() if not there]
    if missing:
        raise PaperworkIncomplete(R9_1, f"手续还不齐全：{'；'.join(missing)}")
    late = today > relief.paperwork_due_on
    text = f"{today}补充手续完毕，期限{relief.paperwork_due_on}，{'逾期' if late else '按期'}"
    return Finding(R9_1, "late" if late else "in-time", {"text": text})


@rule(R9_1)
def paperwork_late(relief: Relief, day: date, calendar: WorkCalendar) -> Finding[str] | None:
    """Near its end the office is reminded; over it, the leaders and the district are told."""
    due = relief.paperwork_due_on
    if due is None or relief.paperwork_completed_on:
        return None
    if day > due:
        text = f"急难救助手续应于{due}前补充，已逾期，报主要领导和区民政局督办"
        return Finding(R9_1, "overdue", {"due_on": due.isoformat(), "text": text})
    if calendar.working_days_between(day, due) == NEAR_WORKING_DAYS:
        text = f"急难救助手续应于{due}前补充，还剩{NEAR_WORKING_DAYS}个工作日"
        return Finding(R9_1, "near", {"due_on": due.isoformat(), "text": text})
    return None


@rule(R9_2, R9_3)
def approver(amount: Fen, policy: Policy, on: date) -> Finding[str]:
    """Within the limit the township's head approves, above it the district; without one nobody is chosen."""
    limit = policy.int(LIMIT, on)
    if amount <= limit:
        text = f"{yuan(amount)}元在镇街审批权限（{yuan(limit)}元）内，由镇街负责人审批"
        return Finding(R9_2, "township", {"limit_fen": limit, "text": text})
    text = f"{yuan(amount)}元超过镇街审批权限（{yuan(limit)}元），报区民政局审批"
    return Finding(R9_3, "district", {"limit_fen": limit, "text": text})


@rule(R9_2, R5_3A)
def decidable(relief: Relief, on: date) -> None:
    """Expenditure-type relief is decided after its publicity, as by the ordinary procedure."""
    if relief.kind is ReliefKind.EMERGENCY:
        raise Conflict("急难型救助不经公示审批，请使用“先行救助”")
    if relief.stage is ReliefStage.REQUESTED:
        raise ReliefPublicityNotOver(R5_3A, "还没有提出救助意见并公示，公示无异议后才能审批")
    if relief.stage is ReliefStage.PROPOSED:
        until = f"公示期到{relief.ends_on} 24时届满" if relief.ends_on else "公示尚未张贴到位"
        raise ReliefPublicityNotOver(R5_3A, f"{until}，无异议后才能审批")
    if relief.decidable_on and on < relief.decidable_on:
        raise ReliefPublicityNotOver(R5_3A, f"公示期满后才能审批，{relief.decidable_on}起可以审批")


@rule(R9_2, R9_3, R9_4)
def decided(outcome: Outcome, reason: str, by: str) -> Finding[str]:
    """Granted, refused with an explanation, or (by the district) sent back with what is missing."""
    reason = reason.strip()
    if outcome is not Outcome.CONFIRM and not reason:
        raise ReasonMissing(R9_4, "不予批准或退回须说明理由，以便向申请人解释政策")
    article = R9_3 if by == "区民政局" else R9_2
    match outcome:
        case Outcome.CONFIRM:
            return Finding(article, "granted", {"text": f"{by}批准临时救助"})
        case Outcome.REFUSE:
            return Finding(R9_4, "refused", {"text": f"{by}不予批准，理由：{reason}"})
        case Outcome.RETURN:
            return Finding(article, "returned", {"text": f"{by}退回补充，理由：{reason}"})
        case _:
            raise Invalid("outcome", "请选择批准、不予批准或退回")


@rule(R9_4)
def notice_due(refused_on: date, calendar: WorkCalendar, policy: Policy) -> Finding[Due]:
    """The refusal is explained in writing, by the same term as any other."""
    return step_due(NOTICE, refused_on, calendar, policy, "不予批准")


@rule(R9_4)
def notice_served(relief: Relief, method: NoticeMethod, served_on: date, today: date) -> Finding[str]:
    """The written explanation reached the applicant."""
    if relief.refused_on is None or relief.notice_due_on is None:
        raise Conflict("该救助事项没有不予批准的告知书")
    if relief.notice_served_on:
        raise Conflict(f"告知书已于{relief.notice_served_on}送达，不能重复登记")
    if not relief.refused_on <= served_on <= today:
        raise Invalid("served_on", f"送达日期应在{relief.refused_on}至{today}之间，请核对后重填")
    late = served_on > relief.notice_due_on
    text = (
        f"不予救助告知书{served_on}{method.chinese}，期限{relief.notice_due_on}，{'逾期' if late else '按期'}"
    )
    return Finding(R9_4, "late" if late else "in-time", {"text": text})


@rule(R9_4)
def notice_overdue(relief: Relief, day: date) -> Finding[str] | None:
    """A refusal that nobody has explained in time."""
    if not relief.owes_notice or relief.notice_due_on is None or day <= relief.notice_due_on:
        return None
    text = f"不予救助告知书应于{relief.notice_due_on}前送达，已逾期，请立即送达"
    return Finding(R9_4, "overdue", {"text": text})


@rule(R9_2)
def plan(amount: Fen, instalments: Sequence[Instalment], today: date) -> Finding[int]:
    """Approved once, paid in stages: the stages are the whole amount, in order, none in the past."""
    if amount <= 0 or any(one.amount_fen <= 0 for one in instalments):
        raise Invalid("amount_fen", "救助金额应大于零")
    if sum(one.amount_fen for one in instalments) != amount:
        raise Invalid("instalments", f"各阶段金额之和应等于救助总额{yuan(amount)}元，请核对")
    days = [one.planned_on for one in instalments]
    if days != sorted(days) or days[0] < today:
        raise Invalid("instalments", "各阶段日期应按先后排列，且不早于今天")
    text = f"救助{yuan(amount)}元" + (
        "，一次发放" if len(days) == 1 else f"，一次审批，分{len(days)}个阶段发放"
    )
    return Finding(R9_2, len(days), {"text": text})


@rule(R9_1, R9_6)
def source_named(source: Source, note: str) -> None:
    """Money that is not the fund's says whose it is."""
    if source not in (Source.FUND, Source.DISTRICT) and not note.strip():
        raise SourceUnexplained(R9_1, f"{source.chinese}请写明来源（单位、文号或物资名称）")


@rule(R9_2)
def payable(relief: Relief, instalment: Instalment, payee: Payee, consent_no: str, today: date) -> None:
    """A stage is paid once, not before its day, and to another's account only with written consent."""
    if relief.stage is not ReliefStage.GRANTED:
        raise Conflict(f"该救助事项目前{relief.stage.chinese}，不能发放")
    if instalment.outstanding_fen:
        raise Conflict(f"第{instalment.number}阶段已于{instalment.paid_on}发放，不能重复发放")
    if today < instalment.planned_on:
        raise Invalid("number", f"第{instalment.number}阶段计划{instalment.planned_on}发放，还没有到")
    if payee is Payee.OTHER_HOLDER and not consent_no.strip():
        raise ConsentMissing(R9_2, "由他人账户代收的，须有救助对象的书面同意，请填写同意书编号")


@rule(R9_2)
def returned(instalment: Instalment, amount: Fen) -> Finding[Fen]:
    """Money comes back at most once: never more than the household has."""
    if not 0 < amount <= instalment.outstanding_fen:
        raise Invalid("amount_fen", f"退回金额应大于零，且不超过已发放的{yuan(instalment.outstanding_fen)}元")
    return Finding(R9_2, amount, {"text": f"第{instalment.number}阶段退回{yuan(amount)}元"})


@rule(R9_2)
def repeated(earlier: Sequence[Relief], relief: Relief) -> Finding[int] | None:
    """Relief for the same cause before: shown to who decides, and no bar."""
    same = [
        one
        for one in earlier
        if one.cause is relief.cause
        and one.stage is ReliefStage.GRANTED
        and one.relief_id != relief.relief_id
    ]
    if not same:
        return None
    days = "、".join(str(one.granted_on) for one in same)
    return Finding(R9_2, len(same), {"text": f"该家庭曾因“{relief.cause.chinese}”获得救助：{days}，请核对"})


@rule(R9_5)
def platform_entry(relief: Relief, entry_no: str, entered_on: date, today: date) -> Finding[str]:
    """Each relief stands in the provincial platform too: number, day and who entered it."""
    if not relief.owes_platform or relief.granted_on is None:
        raise Conflict("该救助事项尚未救助，或已登记平台编号")
    if not entry_no.strip():
        raise Invalid("entry_no", "请填写临时救助平台的编号")
    if not relief.granted_on <= entered_on <= today:
        raise Invalid("entered_on", f"录入日期应在{relief.granted_on}至{today}之间，请核对后重填")
    return Finding(R9_5, entry_no.strip(), {"text": f"{entered_on}录入临时救助平台，编号{entry_no.strip()}"})
