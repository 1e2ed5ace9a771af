"""One meeting: who sits in which seat, the items with their votes, and signing in, voting, deciding."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from fastapi import APIRouter, Request, Response

from services.approval import access
from services.approval.commands.meetings import sitting_of
from services.approval.model import (
    MOVES,
    POST_OF_SEAT,
    UNPAID,
    Attendance,
    CaseId,
    Conclusion,
    Decision,
    DocketItem,
    Meeting,
    MeetingId,
    Seat,
    StaffId,
    Stage,
    Vote,
)
from services.approval.rules.meeting import required_seats, vacant_seats
from services.approval.storage import decisions, docket, meetings, registry
from services.approval.web.meeting_forms import (
    decide_form,
    minutes_form,
    sign_form,
    substitute_form,
    vote_form,
)
from services.common.pages.acts import Act
from services.common.pages.looking import looking, may
from services.common.pages.office import Office
from services.common.pages.session import OfficeRoute, office_session
from services.common.policy.calendar import legal_day
from services.common.policy.law import Missing
from services.common.runtime.gate import Place
from services.common.runtime.http import SignedIn
from services.common.runtime.tx import Tx

DONE = {
    "sign": "已签到。",
    "vote": "表决已记入。",
    "decide": "已作出结论。",
    "substitute": "已指定替补，请本人签到。",
    "minutes": "会议记录已生成，请打印签字。",
}


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
    conclusion: Conclusion | None
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

    async def signing(meeting_id: str, request: Request, actor: SignedIn) -> Act:
        async with looking(service, actor, "sign-attendance", access.meeting_place, _Named(meeting_id)) as tx:
            session = office_session(request)
            meeting = await meetings.load_meeting(tx, MeetingId(meeting_id))
            return sign_form(meeting, tx, session.name if session else "")

    @router.get("/sign")
    async def sign_shown(meeting_id: str, request: Request, actor: SignedIn) -> Response:
        return office.form(request, await signing(meeting_id, request, actor))

    @router.post("/sign")
    async def sign(meeting_id: str, request: Request, actor: SignedIn) -> Response:
        return await office.act(request, await signing(meeting_id, request, actor), actor)

    async def naming(meeting_id: str, actor: SignedIn) -> Act:
        async with looking(service, actor, "name-substitute", access.meeting_place, _Named(meeting_id)) as tx:
            return await substitute_form(await meetings.load_meeting(tx, MeetingId(meeting_id)), tx)

    @router.get("/substitute")
    async def substitute_shown(meeting_id: str, request: Request, actor: SignedIn) -> Response:
        return office.form(request, await naming(meeting_id, actor))

    @router.post("/substitute")
    async def substitute(meeting_id: str, request: Request, actor: SignedIn) -> Response:
        return await office.act(request, await naming(meeting_id, actor), actor)

    async def writing(meeting_id: str, actor: SignedIn) -> Act:
        async with looking(service, actor, "make-minutes", access.meeting_place, _Named(meeting_id)) as tx:
            return minutes_form(await meetings.load_meeting(tx, MeetingId(meeting_id)))

    @router.get("/minutes")
    async def minutes_shown(meeting_id: str, request: Request, actor: SignedIn) -> Response:
        return office.form(request, await writing(meeting_id, actor))

    @router.post("/minutes")
    async def minutes(meeting_id: str, request: Request, actor: SignedIn) -> Response:
        return await office.act(request, await writing(meeting_id, actor), actor)

    async def voting(meeting_id: str, case_id: str, actor: SignedIn) -> Act:
        named = _Named(meeting_id, case_id)
        async with looking(service, actor, "cast-vote", access.case_place, named) as tx:
            return vote_form(MeetingId(meeting_id), await docket.load_item(tx, CaseId(case_id)))

    @router.get("/cases/{case_id}/vote")
    async def vote_shown(meeting_id: str, case_id: str, request: Request, actor: SignedIn) -> Response:
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
            return await decide_form(meeting, await docket.load_item(tx, CaseId(case_id)), tx)

    @router.get("/cases/{case_id}/decide")
    async def decide_shown(meeting_id: str, case_id: str, request: Request, actor: SignedIn) -> Response:
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
    ended = await meetings.conclusions_of(tx, meeting_id)
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
    items = [await _item(meeting, case_id, attendance, votes, ended, tx) for case_id in meeting.case_ids]
    place = Place(meeting.township)
    signed = next((one for one in attendance if one.staff_id == tx.actor.id), None)
    staff = {*(one.staff_id for one in attendance), *(one for seat in seats for one in seat.holders)}
    kin = {one for item in items for one in item.recused}
    return {
        "meeting": meeting,
        "seats": seats,
        "substitutes": await meetings.substitutes_of(tx, meeting_id),
        "may_name": await may(tx, "name-substitute", place) and not meeting.minutes_paper_id,
        "may_write": all(item.conclusion for item in items) and await may(tx, "make-minutes", place),
        "others": [one for one in attendance if one.seat is Seat.ATTENDEE],
        "items": items,
        "signed": signed,
        "may_sign": await may(tx, "sign-attendance", place)
        and tx.today >= day
        and not meeting.minutes_paper_id,
        "today": tx.today,
        "is_today": tx.today == day,
        "unpaid": UNPAID,
        "ids": [*meeting.case_ids, *sorted(staff | kin)],
    }


async def _item(
    meeting: Meeting,
    case_id: CaseId,
    attendance: tuple[Attendance, ...],
    votes: tuple[Vote, ...],
    ended: dict[CaseId, Conclusion],
    tx: Tx,
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
        conclusion=ended.get(case_id),
        may_vote=on_agenda and present and await may(tx, "cast-vote", place),
        may_decide=on_agenda and present and await may(tx, "decide-case", place),
    )
