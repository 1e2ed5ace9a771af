"""One meeting: who sits in which seat, the items with their votes, and signing in, voting, deciding."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from fastapi import APIRouter, Request, Response

from services.approval import access
from services.approval.commands.decisions import DecideCase
from services.approval.commands.meetings import CastVote, SignAttendance, sitting_of
from services.approval.model import (
    MOVES,
    POST_OF_SEAT,
    UNPAID,
    Attendance,
    CaseId,
    Decision,
    DocketItem,
    Meeting,
    MeetingId,
    Outcome,
    Seat,
    StaffId,
    Stage,
    Vote,
)
from services.approval.model import (
    Choice as Vote_,
)
from services.approval.rules.decision import BY_DIFFERENCE
from services.approval.rules.meeting import required_seats, vacant_seats
from services.approval.storage import decisions, docket, meetings, registry
from services.common.pages.acts import Act, Choice, Field, Kind
from services.common.pages.looking import looking, may
from services.common.pages.office import Office
from services.common.pages.session import OfficeRoute
from services.common.pages.words import moment, money
from services.common.policy.areas import unit
from services.common.policy.articles import R4_1, R4_4, R4_5, R4_6, R4_7
from services.common.policy.calendar import legal_day
from services.common.policy.clocks import first_month
from services.common.policy.household_terms import Category
from services.common.policy.law import Missing
from services.common.runtime.gate import Place
from services.common.runtime.http import SignedIn
from services.common.runtime.tx import Tx

DONE = {"sign": "已签到。", "vote": "表决已记入。", "decide": "已作出决定。"}


@dataclass(frozen=True, slots=True)
class SeatLine:
    """A required seat: who holds the post, and who signed in."""

    seat: Seat
    holders: list[StaffId]
    signed: list[Attendance]


@dataclass(frozen=True, slots=True)
class Item:
    """One case of the agenda as the page shows it."""

    item: DocketItem
    votes: list[Vote]
    recused: list[StaffId]
    vacant: list[Seat]
    decision: Decision | None
    may_vote: bool
    may_decide: bool


def routes(office: Office) -> APIRouter:
    """The page of a meeting and its three forms."""
    router = APIRouter(
        prefix="/approval/meetings/{meeting_id}", route_class=OfficeRoute, include_in_schema=False
    )
    service = office.service

    @router.get("")
    async def shown(meeting_id: str, request: Request, actor: SignedIn, done: str = "") -> Response:
        async with looking(service, actor, "read-meeting", access.meeting_place, _Named(meeting_id)) as tx:
            facts = await _facts(MeetingId(meeting_id), tx)
            return office.page(request, "meeting.html", done=DONE.get(done, ""), **facts)

    async def signing(meeting_id: str, actor: SignedIn) -> Act:
        async with looking(service, actor, "sign-attendance", access.meeting_place, _Named(meeting_id)) as tx:
            return _sign(await meetings.load_meeting(tx, MeetingId(meeting_id)), tx)

    @router.get("/sign")
    async def sign_form(meeting_id: str, request: Request, actor: SignedIn) -> Response:
        return office.form(request, await signing(meeting_id, actor))

    @router.post("/sign")
    async def sign(meeting_id: str, request: Request, actor: SignedIn) -> Response:
        return await office.act(request, await signing(meeting_id, actor), actor)

    async def voting(meeting_id: str, case_id: str, actor: SignedIn) -> Act:
        named = _Named(meeting_id, case_id)
        async with looking(service, actor, "cast-vote", access.case_place, named) as tx:
            return _vote(MeetingId(meeting_id), await docket.load_item(tx, CaseId(case_id)))

    @router.get("/cases/{case_id}/vote")
    async def vote_form(meeting_id: str, case_id: str, request: Request, actor: SignedIn) -> Response:
        return office.form(request, await voting(meeting_id, case_id, actor))

    @router.post("/cases/{case_id}/vote")
    async def vote(meeting_id: str, case_id: str, request: Request, actor: SignedIn) -> Response:
        return await office.act(request, await voting(meeting_id, case_id, actor), actor)

    async def deciding(meeting_id: str, case_id: str, actor: SignedIn) -> Act:
        named = _Named(meeting_id, case_id)
        async with looking(service, actor, "decide-case", access.case_place, named) as tx:
            meeting = await meetings.load_meeting(tx, MeetingId(meeting_id))
            if case_id not in meeting.case_ids:
                raise Missing("该议题")
            return await _decide(meeting, await docket.load_item(tx, CaseId(case_id)), tx)

    @router.get("/cases/{case_id}/decide")
    async def decide_form(meeting_id: str, case_id: str, request: Request, actor: SignedIn) -> Response:
        return office.form(request, await deciding(meeting_id, case_id, actor))

    @router.post("/cases/{case_id}/decide")
    async def decide(meeting_id: str, case_id: str, request: Request, actor: SignedIn) -> Response:
        return await office.act(request, await deciding(meeting_id, case_id, actor), actor)

    return router


@dataclass(frozen=True, slots=True)
class _Named:
    meeting_id: str
    case_id: str = ""


async def _facts(meeting_id: MeetingId, tx: Tx) -> dict[str, Any]:
    meeting = await meetings.load_meeting(tx, meeting_id)
    attendance = await meetings.attendance_of(tx, meeting_id)
    votes = await meetings.votes_of(tx, meeting_id)
    day = legal_day(meeting.starts_at)
    roster = await registry.roster_of(tx, meeting.township, day)
    seats = [
        SeatLine(
            seat,
            sorted(roster.holding(POST_OF_SEAT[seat])),
            [one for one in attendance if one.seat is seat],
        )
        for seat in required_seats(tx.policy.words("meeting.required_roles", day))
    ]
    items = [await _item(meeting, case_id, attendance, votes, tx) for case_id in meeting.case_ids]
    signed = next((one for one in attendance if one.staff_id == tx.actor.id), None)
    staff = {*(one.staff_id for one in attendance), *(one for seat in seats for one in seat.holders)}
    kin = {one for item in items for one in item.recused}
    return {
        "meeting": meeting,
        "seats": seats,
        "others": [one for one in attendance if one.seat is Seat.ATTENDEE],
        "items": items,
        "signed": signed,
        "may_sign": await may(tx, "sign-attendance", Place(meeting.township)) and tx.today >= day,
        "today": tx.today,
        "is_today": tx.today == day,
        "unpaid": UNPAID,
        "ids": [*meeting.case_ids, *sorted(staff | kin)],
    }


async def _item(
    meeting: Meeting, case_id: CaseId, attendance: tuple[Attendance, ...], votes: tuple[Vote, ...], tx: Tx
) -> Item:
    item = await docket.load_item(tx, case_id)
    place = Place(item.township, item.household_id, case_id)
    on_agenda = item.meeting_id == meeting.meeting_id and Stage.CONFIRMED in MOVES[item.stage]
    decision = await decisions.find_decision(tx, case_id)
    present = any(one.staff_id == tx.actor.id for one in attendance)
    return Item(
        item=item,
        votes=[vote for vote in votes if vote.case_id == case_id],
        recused=sorted(await registry.recused_from(tx, item.household_id)),
        vacant=list(vacant_seats(await sitting_of(meeting, item, tx))),
        decision=decision if decision and decision.meeting_id == meeting.meeting_id else None,
        may_vote=on_agenda and present and await may(tx, "cast-vote", place),
        may_decide=on_agenda and present and await may(tx, "decide-case", place),
    )


def _sign(meeting: Meeting, tx: Tx) -> Act:
    held = {post.role for post in tx.actor.posts}
    own = next((seat for seat, role in POST_OF_SEAT.items() if role in held), Seat.ATTENDEE)
    return Act(
        slug="sign",
        title="签到",
        command=SignAttendance,
        back=_page(meeting.meeting_id),
        submit="签到",
        fixed={"meeting_id": meeting.meeting_id},
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
        facts=(("会议", f"{moment(meeting.starts_at, tx.today)} · {meeting.place}"),),
        articles=(R4_4,),
        crumbs=_crumbs(meeting.meeting_id),
    )


def _vote(meeting_id: MeetingId, item: DocketItem) -> Act:
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


async def _decide(meeting: Meeting, item: DocketItem, tx: Tx) -> Act:
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
    outcomes = [Choice(Outcome.CONFIRM.value, "确认"), Choice(Outcome.REFUSE.value, "不予确认")]
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
    paid = "" if item.category in UNPAID else f",{money(item.proposed_amount_fen)} 元/月"
    return f"{item.category.chinese},{len(item.insured_person_ids)} 人{paid}"


def _page(meeting_id: str) -> str:
    return f"/approval/meetings/{meeting_id}"


def _crumbs(meeting_id: str) -> tuple[tuple[str, str], ...]:
    return (("审批会", "/approval/docket"), ("会议", _page(meeting_id)))
