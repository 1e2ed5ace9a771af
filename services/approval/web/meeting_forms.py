"""The forms of a meeting: signing in, substitutes, voting, the decision, the minutes."""

from __future__ import annotations

from services.approval.commands.decisions import DecideCase
from services.approval.commands.meetings import CastVote, NameSubstitute, SignAttendance
from services.approval.commands.papers import MakeMinutes
from services.approval.model import (
    POST_OF_SEAT,
    UNPAID,
    DocketItem,
    Meeting,
    MeetingId,
    Outcome,
    Seat,
    SubstituteGround,
)
from services.approval.model import (
    Choice as Vote_,
)
from services.approval.rules.decision import BY_DIFFERENCE
from services.approval.rules.meeting import SUBSTITUTES
from services.approval.storage import meetings, registry
from services.common.pages.acts import Act, Choice, Field, Kind
from services.common.pages.words import moment, money
from services.common.policy.areas import unit
from services.common.policy.articles import R4_1, R4_4, R4_5, R4_6, R4_7, R4_10
from services.common.policy.calendar import legal_day
from services.common.policy.clocks import first_month
from services.common.policy.household_terms import Category
from services.common.runtime.tx import Tx


def sign_form(meeting: Meeting, tx: Tx, name: str) -> Act:
    held = {post.role for post in tx.actor.posts}
    own = next((seat for seat, role in POST_OF_SEAT.items() if role in held), Seat.ATTENDEE)
    return Act(
        slug="sign",
        title="签到",
        command=SignAttendance,
        back=_page(meeting.meeting_id),
        submit="签到",
        fixed={"meeting_id": meeting.meeting_id, "signed_as": name},
        fields=(
            Field(
                name="seat",
                label="席位",
                kind=Kind.RADIO,
                choices=[Choice(seat.value, seat.chinese) for seat in Seat],
                start=own.value,
                hint="按本人岗位选择；有人须回避或空缺时才能替补",
            ),
        ),
        facts=(
            ("会议", f"{moment(meeting.starts_at, tx.today)} · {meeting.place}"),
            ("签名", name or "—"),
        ),
        articles=(R4_4,),
        crumbs=_crumbs(meeting.meeting_id),
    )


async def substitute_form(meeting: Meeting, tx: Tx) -> Act:
    """Somebody of the township is named for a required seat; the leader's goes by delegation."""
    roster = await registry.roster_of(tx, meeting.township, legal_day(meeting.starts_at))
    signed = {one.staff_id for one in await meetings.attendance_of(tx, meeting.meeting_id)}
    free = sorted(roster.holding(*POST_OF_SEAT.values()) - signed)
    return Act(
        slug="substitute",
        title="指定替补",
        command=NameSubstitute,
        back=_page(meeting.meeting_id),
        submit="指定替补",
        fixed={"meeting_id": meeting.meeting_id},
        fields=(
            Field(
                name="seat",
                label="席位",
                kind=Kind.RADIO,
                choices=[Choice(seat.value, seat.chinese) for seat in SUBSTITUTES],
            ),
            Field(
                name="staff_id",
                label="替补人员",
                kind=Kind.SELECT,
                choices=[Choice(one, "", names=one) for one in free],
                hint="在本镇街在岗、没有在其他席位签到的人员中选择",
            ),
            Field(
                name="ground",
                label="原因",
                kind=Kind.RADIO,
                choices=[Choice(one.value, one.chinese) for one in SubstituteGround],
            ),
            Field(name="reason", label="说明", hint="记入会议记录"),
        ),
        facts=(("之后", "替补人员本人登录签到，只在应到人员不能参加的议题中计入"),),
        articles=(R4_4,),
        crumbs=_crumbs(meeting.meeting_id),
        names=free,
    )


def minutes_form(meeting: Meeting) -> Act:
    return Act(
        slug="minutes",
        title="生成会议记录",
        command=MakeMinutes,
        back=_page(meeting.meeting_id),
        submit="生成并固定",
        fixed={"meeting_id": meeting.meeting_id},
        facts=(("内容", "席位、回避、替补、表决和不同意见原文、每项结论"), ("之后", "打印后由参会人员签字")),
        articles=(R4_4, R4_10),
        warning="生成后会议内容不再改变；需要更正的，另行开会作出新的决定。",
        confirm="全部议题已有结论",
        crumbs=_crumbs(meeting.meeting_id),
    )


def vote_form(meeting_id: MeetingId, item: DocketItem) -> Act:
    return Act(
        slug="vote",
        title="表决",
        command=CastVote,
        back=_page(meeting_id),
        submit="提交表决",
        fixed={"meeting_id": meeting_id, "case_id": item.case_id},
        fields=(
            Field(
                name="vote",
                label="对确认该案的意见",
                kind=Kind.RADIO,
                choices=[Choice(Vote_.FOR.value, "同意"), Choice(Vote_.AGAINST.value, "不同意")],
            ),
            Field(name="dissent", label="不同意见", kind=Kind.AREA, required=False, hint="原文记入会议记录"),
        ),
        facts=(("建议", _proposal(item)),),
        subject=(item.case_id, item.category.chinese),
        names=[item.case_id],
        articles=(R4_1, R4_6),
        crumbs=_crumbs(meeting_id),
    )


async def decide_form(meeting: Meeting, item: DocketItem, tx: Tx) -> Act:
    votes = [one for one in await meetings.votes_of(tx, meeting.meeting_id) if one.case_id == item.case_id]
    in_favour = sum(one.vote is Vote_.FOR for one in votes)
    month = first_month(tx.today).value
    tiers = tx.policy.text("amount.method", tx.today) != BY_DIFFERENCE
    return Act(
        slug="decide",
        title="作出决定",
        command=DecideCase,
        back=_page(meeting.meeting_id),
        submit="确认并作出决定",
        fixed={
            "meeting_id": meeting.meeting_id,
            "case_id": item.case_id,
            "insured_person_ids": item.insured_person_ids,
        },
        fields=_decision_fields(item, tiers=tiers),
        facts=(
            ("建议", _proposal(item)),
            ("表决", f"同意 {in_favour}，不同意 {len(votes) - in_favour}"),
            ("保障人口", f"{len(item.insured_person_ids)} 人，全部共同生活的家庭成员"),
            ("首发月", f"{month.chinese}(决定次月)"),
            ("之后", "确认的报区民政局备案或审批；不予确认的 3 个工作日内书面告知"),
            ("名义", unit(item.township).body),
        ),
        articles=(R4_5, R4_7),
        warning="决定作出后不能修改；如有错误，只能另作新的决定，两份都留在案卷里。",
        confirm="我以主持人身份确认：以上与会议表决一致",
        crumbs=_crumbs(meeting.meeting_id),
        names=[item.case_id],
        subject=(item.case_id, item.category.chinese),
    )


def _decision_fields(item: DocketItem, *, tiers: bool) -> tuple[Field, ...]:
    why_not = "初审意见为不符合条件" if item.nobody_eligible else ""
    outcomes = [
        Choice(Outcome.CONFIRM.value, "确认", why_not=why_not),
        Choice(Outcome.REFUSE.value, "不予确认"),
        Choice(Outcome.DEFER.value, "暂缓", hint="法定席位缺席且无人可以替补时"),
        Choice(Outcome.RETURN.value, "退回补充调查", hint="承办人补充后重新提出初审意见"),
    ]
    categories = [Choice(one.value, one.chinese) for one in Category]
    tier = (Field(name="tier", label="救助档次"),) if tiers else ()
    return (
        Field(name="outcome", label="决定", kind=Kind.RADIO, choices=outcomes),
        Field(name="category", label="类别", kind=Kind.SELECT, choices=categories, start=item.category.value),
        Field(
            name="monthly_amount_fen",
            label="保障金额",
            kind=Kind.MONEY,
            start=money(item.proposed_amount_fen),
        ),
        Field(name="add_on_fen", label="分类施保", kind=Kind.MONEY, start="0.00"),
        *tier,
        Field(
            name="reason",
            label="理由",
            kind=Kind.AREA,
            required=False,
            hint="不予确认，或与建议不一致时必须写明",
        ),
    )


def _proposal(item: DocketItem) -> str:
    if item.nobody_eligible:
        return f"{item.category.chinese}，不符合条件，建议不予确认"
    paid = "" if item.category in UNPAID else f",{money(item.proposed_amount_fen)} 元/月"
    return f"{item.category.chinese},{len(item.insured_person_ids)} 人{paid}"


def _page(meeting_id: str) -> str:
    return f"/approval/meetings/{meeting_id}"


def _crumbs(meeting_id: str) -> tuple[tuple[str, str], ...]:
    return (("审批会", "/approval/docket"), ("会议", _page(meeting_id)))
