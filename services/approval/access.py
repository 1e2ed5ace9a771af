"""Who may do what in approval, where a command or a question acts, and who is recused."""

from __future__ import annotations

from typing import Any

from services.approval.commands import (
    decisions,
    district,
    docket,
    emergency,
    meetings,
    notices,
    papers,
    registry,
    relief,
    relief_after,
    relief_money,
    reserve_fund,
)
from services.approval.model import CaseId, MeetingId, ReliefId, RequestId, Seat
from services.approval.storage import docket as dockets
from services.approval.storage import fund, reliefs
from services.approval.storage import meetings as sittings
from services.approval.storage import registry as copies
from services.common.papers import ledger
from services.common.policy.areas import DISTRICT
from services.common.policy.law import Missing
from services.common.policy.roles import Role
from services.common.runtime.doors import EVERYBODY, both
from services.common.runtime.gate import Access, Place, allow
from services.common.runtime.tx import Tx

_LEADERS = (Role.PRINCIPAL_LEADER, Role.DEPUTY_LEADER)
_OFFICE = (Role.OFFICE_HEAD, Role.TOWNSHIP_HANDLER)
_VILLAGE = (Role.VILLAGE_HEAD, Role.LIAISON, Role.GRID_WORKER)
_DISTRICT = (Role.DISTRICT_HANDLER, Role.DISTRICT_LEADER)

ACCESS: dict[str, Access] = {
    # What follows from events and from time: only the machine itself.
    "enter-docket": allow(),
    "note-publicity": allow(),
    "move-deadline": allow(),
    "store-recusals": allow(),
    "store-staff": allow(),
    "adopt-policy": allow(),
    "note-overdue-notice": allow(),
    "remind-filing": allow(),
    # The meeting; kin of the household take no part in it (R3.10).
    "convene-meeting": allow(*_OFFICE),
    "sign-attendance": allow(*_LEADERS, *_OFFICE, *_VILLAGE, *_DISTRICT),
    "cast-vote": allow(*_LEADERS, *_OFFICE, *_VILLAGE, *_DISTRICT),
    "decide-case": allow(*_LEADERS),
    "name-substitute": allow(*_LEADERS, Role.OFFICE_HEAD),
    "make-minutes": allow(*_OFFICE),
    "issue-paper": allow(*_OFFICE),
    "serve-notice": allow(*_OFFICE),
    # The district.
    "record-district-visit": allow(Role.DISTRICT_HANDLER),
    "receipt-filing": allow(Role.DISTRICT_HANDLER),
    "ask-correction": allow(Role.DISTRICT_HANDLER, Role.DISTRICT_LEADER),
    "submit-correction": allow(*_OFFICE),
    "record-spot-check": allow(Role.DISTRICT_HANDLER),
    "decide-for-district": allow(Role.DISTRICT_LEADER),
    # Temporary relief: whoever handles an emergency does not approve it (R9.1).
    "request-relief": allow(*_OFFICE),
    "grant-emergency": allow(*_LEADERS),
    "propose-relief": allow(*_OFFICE),
    "note-relief-publicity": allow(),
    "decide-relief": allow(Role.PRINCIPAL_LEADER),
    "decide-relief-for-district": allow(Role.DISTRICT_LEADER),
    "pay-relief": allow(*_OFFICE, Role.FINANCE),
    "return-relief": allow(*_OFFICE, Role.FINANCE),
    "complete-paperwork": allow(*_OFFICE),
    "note-paperwork": allow(),
    "serve-relief-notice": allow(*_OFFICE),
    "note-overdue-relief-notice": allow(),
    "record-platform-entry": allow(*_OFFICE),
    # The reserve fund.
    "request-fund": allow(Role.OFFICE_HEAD, *_LEADERS),
    "allocate-fund": allow(Role.DISTRICT_LEADER),
    "carry-over": allow(),
    "reconcile-fund": allow(Role.FINANCE),
    "send-monthly-report": allow(Role.OFFICE_HEAD),
    "read-relief": allow(*_LEADERS, *_OFFICE, *_DISTRICT, Role.FINANCE, Role.AUDITOR, Role.ARCHIVIST),
    "read-fund": allow(*_LEADERS, *_OFFICE, *_DISTRICT, Role.FINANCE, Role.AUDITOR, Role.ARCHIVIST),
    # What people read.
    "read-audit": allow(Role.AUDITOR, recusal=False),
    "read-docket": allow(*_LEADERS, *_OFFICE, *_DISTRICT, Role.AUDITOR),
    "export-docket": allow(*_LEADERS, *_OFFICE, *_DISTRICT, Role.AUDITOR, personal=True),
    "read-decision": allow(*_LEADERS, *_OFFICE, *_DISTRICT, Role.AUDITOR, Role.ARCHIVIST, Role.FINANCE),
    "read-meeting": allow(*_LEADERS, *_OFFICE, *_DISTRICT, Role.AUDITOR, Role.ARCHIVIST),
    "read-paper": allow(*_LEADERS, *_OFFICE, *_DISTRICT, Role.AUDITOR, Role.ARCHIVIST),
    "read-timeline": allow(*_LEADERS, *_OFFICE, *_DISTRICT, Role.AUDITOR, Role.ARCHIVIST),
}

DOORS: dict[str, str] = {
    "GET /approval/static/{version}/{name}": EVERYBODY,
    "GET /approval/audit": "read-audit",
    "GET /approval/audit/heads.pdf": "read-audit",
    "GET /approval/docket": "read-docket",
    "GET /approval/exports/docket.xlsx": "export-docket",
    "GET /approval/fragments/today": "read-docket",
    "GET /approval/fragments/cases/{case_id}": "read-decision",
    "GET /approval/exports/platform.xlsx": "read-relief",
    "GET /approval/relief": "read-relief",
    **both("/approval/relief/new", "request-relief"),
    **both("/approval/relief/emergency", "grant-emergency"),
    "GET /approval/reliefs/{relief_id}": "read-relief",
    **both("/approval/reliefs/{relief_id}/propose", "propose-relief"),
    **both("/approval/reliefs/{relief_id}/decide", "decide-relief"),
    **both("/approval/reliefs/{relief_id}/district", "decide-relief-for-district"),
    **both("/approval/reliefs/{relief_id}/pay", "pay-relief"),
    **both("/approval/reliefs/{relief_id}/return", "return-relief"),
    **both("/approval/reliefs/{relief_id}/paperwork", "complete-paperwork"),
    **both("/approval/reliefs/{relief_id}/notice", "serve-relief-notice"),
    **both("/approval/reliefs/{relief_id}/platform", "record-platform-entry"),
    "GET /approval/fund": "read-fund",
    **both("/approval/fund/request", "request-fund"),
    **both("/approval/fund/requests/{request_id}/allocate", "allocate-fund"),
    "GET /approval/fund/report": "read-fund",
    "GET /approval/fund/report.xlsx": "read-fund",
    **both("/approval/fund/report/send", "send-monthly-report"),
    **both("/approval/convene", "convene-meeting"),
    "GET /approval/meetings/{meeting_id}": "read-meeting",
    **both("/approval/meetings/{meeting_id}/sign", "sign-attendance"),
    **both("/approval/meetings/{meeting_id}/substitute", "name-substitute"),
    **both("/approval/meetings/{meeting_id}/minutes", "make-minutes"),
    "GET /approval/meetings/{meeting_id}/cases/{case_id}/dossier": "read-decision",
    "GET /approval/papers/{paper_id}.pdf": "read-paper",
    "GET /approval/papers/{paper_id}.docx": "read-paper",
    "GET /approval/verify/{paper_id}": EVERYBODY,
    **both("/approval/cases/{case_id}/paper", "issue-paper"),
    **both("/approval/cases/{case_id}/form", "issue-paper"),
    **both("/approval/reliefs/{relief_id}/paper", "issue-paper"),
    **both("/approval/meetings/{meeting_id}/cases/{case_id}/vote", "cast-vote"),
    **both("/approval/meetings/{meeting_id}/cases/{case_id}/decide", "decide-case"),
    **both("/approval/cases/{case_id}/district-visit", "record-district-visit"),
    **both("/approval/cases/{case_id}/notice", "serve-notice"),
    **both("/approval/cases/{case_id}/filing", "receipt-filing"),
    **both("/approval/cases/{case_id}/correction", "ask-correction"),
    **both("/approval/cases/{case_id}/resubmit", "submit-correction"),
    **both("/approval/cases/{case_id}/spot-check", "record-spot-check"),
    **both("/approval/cases/{case_id}/district-decision", "decide-for-district"),
}


async def locate(cmd: object, tx: Tx) -> Place:
    """The area of a command, its household for recusal and the id that the audit names."""
    match cmd:
        case docket.EnterDocket() | docket.NotePublicity() | docket.MoveDeadline():
            return Place(cmd.township, cmd.household_id, cmd.case_id)
        case registry.StoreRecusals():
            return Place(cmd.township, "", cmd.household_id)
        case registry.StoreStaff():
            return Place(DISTRICT.code, "", cmd.staff_id)
        case registry.AdoptPolicy():
            return Place(DISTRICT.code, "", f"policy-{cmd.revision}")
        case meetings.ConveneMeeting():
            return Place(cmd.township, "", cmd.meeting_id)
        case meetings.NameSubstitute() | papers.MakeMinutes():
            meeting = await sittings.load_meeting(tx, cmd.meeting_id)
            return Place(meeting.township, "", cmd.meeting_id)
        case papers.IssuePaper():
            return await _place_of_either(cmd.case_id, tx)
        case meetings.SignAttendance():
            return await _seat_place(cmd, tx)
        case meetings.CastVote():
            return await _vote_place(cmd, tx)
        case (
            docket.RecordDistrictVisit()
            | decisions.DecideCase()
            | decisions.DecideForDistrict()
            | district.AskCorrection()
            | district.SubmitCorrection()
            | district.RecordSpotCheck()
            | notices.ServeNotice()
            | notices.NoteOverdueNotice()
            | notices.ReceiptFiling()
            | notices.RemindFiling()
        ):
            return await _place_of_case(cmd.case_id, tx)
        case relief.NoteReliefPublicity():
            return Place(cmd.township, cmd.household_id, cmd.case_id)
        case relief.RequestRelief() | emergency.GrantEmergency():
            return await _place_of_request(cmd, tx)
        case (
            relief.ProposeRelief()
            | relief.DecideRelief()
            | relief.DecideReliefForDistrict()
            | relief_money.PayRelief()
            | relief_money.ReturnRelief()
            | relief_after.CompletePaperwork()
            | relief_after.NotePaperwork()
            | relief_after.ServeReliefNotice()
            | relief_after.NoteOverdueReliefNotice()
            | relief_after.RecordPlatformEntry()
        ):
            return await _place_of_relief(cmd.relief_id, tx)
        case (
            reserve_fund.RequestFund()
            | reserve_fund.CarryOver()
            | reserve_fund.ReconcileFund()
            | reserve_fund.SendMonthlyReport()
        ):
            return Place(cmd.township, "", cmd.township)
        case reserve_fund.AllocateFund():
            asked = await fund.lock_request(tx, cmd.request_id)
            return Place(asked.township, "", cmd.request_id)
        case _:
            raise TypeError(f"no place is known for {type(cmd).__name__}")


async def recused(tx: Tx, household_id: str) -> frozenset[str]:
    return frozenset(await copies.recused_from(tx, household_id))


async def _seat_place(cmd: meetings.SignAttendance, tx: Tx) -> Place:
    """Further attendees come from the township's villages too (R4.4); they act in their own village."""
    meeting = await sittings.load_meeting(tx, cmd.meeting_id)
    area = _own_area(meeting.township, tx) if cmd.seat is Seat.ATTENDEE else meeting.township
    return Place(area, "", cmd.meeting_id)


async def _vote_place(cmd: meetings.CastVote, tx: Tx) -> Place:
    """As for the seat; whether the voter signed in, the rules ask."""
    place = await _place_of_case(cmd.case_id, tx)
    return Place(_own_area(place.area, tx), place.household, place.subject)


def _own_area(township: str, tx: Tx) -> str:
    inside = [
        post.area for post in tx.actor.posts if post.role in _VILLAGE and post.area.startswith(township)
    ]
    at_township = any(post.covers(township) for post in tx.actor.posts)
    return inside[0] if inside and not at_township else township


async def _place_of_case(case_id: CaseId, tx: Tx) -> Place:
    item = await dockets.load_item(tx, case_id)
    return Place(item.township, item.household_id, item.case_id)


async def _place_of_request(cmd: relief.RequestRelief | emergency.GrantEmergency, tx: Tx) -> Place:
    """Where the relief is, if it is there already: nobody reaches another township's by naming his own."""
    known = await reliefs.find_relief(tx, cmd.relief_id)
    if known:
        return Place(known.township, known.household_id, known.relief_id)
    return Place(cmd.township, cmd.household_id, cmd.relief_id)


async def _place_of_relief(relief_id: ReliefId, tx: Tx) -> Place:
    found = await reliefs.load_relief(tx, relief_id)
    return Place(found.township, found.household_id, found.relief_id)


async def _place_of_either(case_id: CaseId, tx: Tx) -> Place:
    """A paper is of a case or of a relief."""
    known = await reliefs.find_relief(tx, case_id)
    if known:
        return Place(known.township, known.household_id, case_id)
    return await _place_of_case(case_id, tx)


async def paper_place(request: Any, tx: Tx) -> Place:
    issued = await ledger.load_issued(tx, request.paper_id)
    return Place(issued.township, issued.household_id, issued.case_id)


async def relief_place(request: Any, tx: Tx) -> Place:
    return await _place_of_relief(ReliefId(request.relief_id), tx)


async def request_place(request: Any, tx: Tx) -> Place:
    asked = await fund.find_request(tx, RequestId(request.request_id))
    if asked is None:
        raise Missing("该备用金申请")
    return Place(asked.township, "", asked.request_id)


async def township_place(request: Any, tx: Tx) -> Place:
    return Place(request.township, "", request.township)


async def case_place(request: Any, tx: Tx) -> Place:
    return await _place_of_case(CaseId(request.case_id), tx)


async def meeting_place(request: Any, tx: Tx) -> Place:
    meeting = await sittings.load_meeting(tx, MeetingId(request.meeting_id))
    return Place(meeting.township, "", meeting.meeting_id)
