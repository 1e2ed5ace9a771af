"""Who may do what in approval, where a command or a question acts, and who is recused."""

from __future__ import annotations

from typing import Any

from services.approval.commands import decisions, docket, meetings, notices, registry
from services.approval.model import CaseId, MeetingId, Seat
from services.approval.storage import docket as dockets
from services.approval.storage import meetings as sittings
from services.approval.storage import registry as copies
from services.common.policy.areas import DISTRICT
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
    "serve-notice": allow(*_OFFICE),
    # The district.
    "record-district-visit": allow(Role.DISTRICT_HANDLER),
    "receipt-filing": allow(Role.DISTRICT_HANDLER),
    "decide-for-district": allow(Role.DISTRICT_LEADER),
    # What people read.
    "read-docket": allow(*_LEADERS, *_OFFICE, *_DISTRICT, Role.AUDITOR),
    "export-docket": allow(*_LEADERS, *_OFFICE, *_DISTRICT, Role.AUDITOR, personal=True),
    "read-decision": allow(*_LEADERS, *_OFFICE, *_DISTRICT, Role.AUDITOR, Role.ARCHIVIST, Role.FINANCE),
    "read-meeting": allow(*_LEADERS, *_OFFICE, *_DISTRICT, Role.AUDITOR, Role.ARCHIVIST),
    "read-timeline": allow(*_LEADERS, *_OFFICE, *_DISTRICT, Role.AUDITOR, Role.ARCHIVIST),
}

DOORS: dict[str, str] = {
    "GET /approval/static/{version}/{name}": EVERYBODY,
    "GET /approval/docket": "read-docket",
    "GET /approval/exports/docket.xlsx": "export-docket",
    "GET /approval/fragments/today": "read-docket",
    "GET /approval/fragments/cases/{case_id}": "read-decision",
    **both("/approval/convene", "convene-meeting"),
    "GET /approval/meetings/{meeting_id}": "read-meeting",
    **both("/approval/meetings/{meeting_id}/sign", "sign-attendance"),
    **both("/approval/meetings/{meeting_id}/cases/{case_id}/vote", "cast-vote"),
    **both("/approval/meetings/{meeting_id}/cases/{case_id}/decide", "decide-case"),
    **both("/approval/cases/{case_id}/district-visit", "record-district-visit"),
    **both("/approval/cases/{case_id}/notice", "serve-notice"),
    **both("/approval/cases/{case_id}/filing", "receipt-filing"),
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
        case meetings.SignAttendance():
            return await _seat_place(cmd, tx)
        case meetings.CastVote():
            return await _vote_place(cmd, tx)
        case (
            docket.RecordDistrictVisit()
            | decisions.DecideCase()
            | decisions.DecideForDistrict()
            | notices.ServeNotice()
            | notices.NoteOverdueNotice()
            | notices.ReceiptFiling()
            | notices.RemindFiling()
        ):
            return await _place_of_case(cmd.case_id, tx)
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


async def township_place(request: Any, tx: Tx) -> Place:
    return Place(request.township, "", request.township)


async def case_place(request: Any, tx: Tx) -> Place:
    return await _place_of_case(CaseId(request.case_id), tx)


async def meeting_place(request: Any, tx: Tx) -> Place:
    meeting = await sittings.load_meeting(tx, MeetingId(request.meeting_id))
    return Place(meeting.township, "", meeting.meeting_id)
