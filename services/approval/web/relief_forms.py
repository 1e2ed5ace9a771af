"""The forms of what may be done on one relief."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from services.approval.commands.papers import IssuePaper
from services.approval.commands.relief import DecideRelief, DecideReliefForDistrict, ProposeRelief
from services.approval.commands.relief_after import (
    CompletePaperwork,
    RecordPlatformEntry,
    ServeReliefNotice,
)
from services.approval.commands.relief_money import PayRelief, ReturnRelief
from services.approval.model import (
    Instalment,
    NoticeMethod,
    Outcome,
    Payee,
    Relief,
    ReturnReason,
    Source,
)
from services.approval.model.papers import PaperKind
from services.approval.queries.relief import limit_fen
from services.common.pages.acts import Act, Choice, Field, Kind
from services.common.pages.words import day, money
from services.common.policy.articles import R5_3A, R9_1, R9_2, R9_3, R9_4, R9_5
from services.common.runtime.tx import Tx

TITLES: Mapping[str, str] = {
    "paper": "制发不予救助告知书",
    "propose": "提出救助意见",
    "decide": "镇街审批",
    "district": "区级审批",
    "pay": "登记发放",
    "return": "登记退回",
    "paperwork": "补充手续",
    "notice": "送达不予救助告知书",
    "platform": "登记平台编号",
}


@dataclass(frozen=True, slots=True)
class Desk:
    """What a form is made from."""

    relief: Relief
    plan: list[Instalment]
    tx: Tx


def propose_form(desk: Desk) -> Act:
    return _act(
        desk,
        "propose",
        ProposeRelief,
        submit="提出意见并公示",
        fields=(
            Field(
                name="amount_fen",
                label="救助金额",
                kind=Kind.MONEY,
                unit="元",
                start=money(desk.relief.amount_fen) if desk.relief.amount_fen else "",
            ),
        ),
        facts=(("之后", "在村（居）公示不少于 5 天，无异议后审批"), ("权限", _limit(desk))),
        articles=(R9_2, R5_3A),
    )


def _limit(desk: Desk) -> str:
    limit = limit_fen(desk.tx, desk.tx.today)
    return (
        f"镇街审批权限 {money(limit)} 元，超过的报区民政局"
        if limit is not None
        else "镇街审批权限：参数待确认"
    )


def _outcomes(*found: Outcome) -> list[Choice]:
    words = {Outcome.CONFIRM: "批准", Outcome.REFUSE: "不予批准", Outcome.RETURN: "退回补充"}
    return [Choice(one.value, words[one]) for one in found]


def _decision_fields() -> tuple[Field, ...]:
    outcomes = _outcomes(Outcome.CONFIRM, Outcome.REFUSE, Outcome.RETURN)
    hint = "不予批准或退回必须写明，用于向申请人解释政策"
    return (
        Field(name="outcome", label="决定", kind=Kind.RADIO, choices=outcomes),
        Field(name="reason", label="理由", kind=Kind.AREA, required=False, hint=hint),
    )


def decide_form(desk: Desk) -> Act:
    return _act(
        desk,
        "decide",
        DecideRelief,
        submit="作出决定",
        fields=_decision_fields(),
        facts=(("金额", f"{money(desk.relief.amount_fen)} 元"), ("权限", _limit(desk))),
        articles=(R9_2, R9_3, R9_4),
        warning="决定作出后不能修改。",
        confirm="以上与审批意见一致",
    )


def district_form(desk: Desk) -> Act:
    return _act(
        desk,
        "district",
        DecideReliefForDistrict,
        submit="作出审批决定",
        fields=_decision_fields(),
        facts=(("金额", f"{money(desk.relief.amount_fen)} 元"),),
        articles=(R9_3, R9_4),
        warning="决定作出后不能修改。",
        confirm="以上与审批意见一致",
    )


def pay_form(desk: Desk) -> Act:
    open_ones = [
        Choice(
            str(one.number),
            f"第 {one.number} 阶段 {money(one.amount_fen)} 元",
            hint=f"计划 {day(one.planned_on, desk.tx.today)}",
        )
        for one in desk.plan
        if not one.outstanding_fen
    ]
    return _act(
        desk,
        "pay",
        PayRelief,
        submit="登记发放",
        fields=(
            Field(
                name="number",
                label="阶段",
                kind=Kind.RADIO,
                choices=open_ones,
                start=open_ones[0].value if open_ones else "",
            ),
            Field(
                name="source",
                label="资金来源",
                kind=Kind.SELECT,
                choices=[Choice(one.value, one.chinese) for one in Source],
                start=Source.FUND.value,
            ),
            Field(
                name="source_note", label="来源说明", required=False, hint="不用备用金时写明单位、文号或物资"
            ),
            Field(
                name="payee",
                label="收款人",
                kind=Kind.RADIO,
                choices=[Choice(one.value, one.chinese) for one in Payee],
                start=Payee.RECIPIENT.value,
            ),
            Field(name="consent_no", label="书面同意书编号", required=False, hint="由他人代收时必须填写"),
        ),
        articles=(R9_2,),
        confirm="款项已发放，或实物已交付",
    )


def return_form(desk: Desk) -> Act:
    paid = [
        Choice(str(one.number), f"第 {one.number} 阶段，已发放 {money(one.outstanding_fen)} 元")
        for one in desk.plan
        if one.outstanding_fen
    ]
    return _act(
        desk,
        "return",
        ReturnRelief,
        submit="登记退回",
        fields=(
            Field(
                name="number",
                label="阶段",
                kind=Kind.RADIO,
                choices=paid,
                start=paid[0].value if paid else "",
            ),
            Field(name="amount_fen", label="退回金额", kind=Kind.MONEY, unit="元"),
            Field(
                name="reason",
                label="原因",
                kind=Kind.SELECT,
                choices=[Choice(one.value, one.chinese) for one in ReturnReason],
            ),
        ),
        facts=(("之后", "退回原来的资金来源；需要重新发放的，再登记发放"),),
        articles=(R9_2,),
    )


def paperwork_form(desk: Desk) -> Act:
    papers = (
        ("application_signed", "申请书（或主动发现登记表）已签字"),
        ("identity_checked", "身份已核对"),
        ("cause_proved", "急难情形有证明，或有两名工作人员签字说明"),
        ("approval_signed", "审批表已签字盖章"),
    )
    due = desk.relief.paperwork_due_on
    return _act(
        desk,
        "paperwork",
        CompletePaperwork,
        submit="手续已补齐",
        fields=tuple(Field(name=name, label=label, kind=Kind.TICK, required=False) for name, label in papers),
        facts=(("期限", day(due, desk.tx.today) if due else "—"),),
        articles=(R9_1,),
    )


def paper_form(desk: Desk) -> Act:
    act = _act(
        desk,
        "paper",
        IssuePaper,
        submit="制发告知书",
        facts=(("理由", desk.relief.reason), ("之后", "打印盖章后送达，并解释政策")),
        articles=(R9_4,),
    )
    return replace(act, fixed={"case_id": desk.relief.relief_id, "kind": PaperKind.RELIEF_REFUSAL.value})


def notice_form(desk: Desk) -> Act:
    today = desk.tx.today
    return _act(
        desk,
        "notice",
        ServeReliefNotice,
        submit="登记送达",
        fields=(
            Field(
                name="method",
                label="送达方式",
                kind=Kind.RADIO,
                choices=[Choice(one.value, one.chinese) for one in NoticeMethod],
            ),
            Field(name="served_on", label="送达日期", kind=Kind.DAY, start=today.isoformat()),
        ),
        facts=(("理由", desk.relief.reason), ("期限", day(desk.relief.notice_due_on, today))),
        articles=(R9_4,),
        confirm="告知书已实际送达，并已解释政策",
    )


def platform_form(desk: Desk) -> Act:
    relief = desk.relief
    return _act(
        desk,
        "platform",
        RecordPlatformEntry,
        submit="登记平台编号",
        fields=(
            Field(name="entry_no", label="平台编号"),
            Field(name="entered_on", label="录入日期", kind=Kind.DAY, start=desk.tx.today.isoformat()),
        ),
        facts=(
            (
                "平台录入内容",
                f"{relief.kind.chinese}；{relief.cause.chinese}；{relief.object_category.chinese}",
            ),
            ("金额", f"{money(relief.amount_fen)} 元"),
            ("救助日期", day(relief.granted_on, desk.tx.today)),
        ),
        articles=(R9_5,),
    )


def _act(desk: Desk, slug: str, command: type, *, submit: str, **rest: object) -> Act:
    relief = desk.relief
    here = f"/approval/reliefs/{relief.relief_id}"
    return Act(
        slug=slug,
        title=TITLES[slug],
        command=command,
        back=here,
        submit=submit,
        fixed={"relief_id": relief.relief_id},
        crumbs=(
            ("临时救助", "/approval/relief"),
            (relief.head_name, here),
        ),
        **rest,  # type: ignore[arg-type]
    )
