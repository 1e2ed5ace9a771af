"""What approval answers over gRPC: eight acts and four questions."""

from __future__ import annotations

from services.approval import access, queries
from services.approval.commands import decisions, docket, meetings, notices
from services.common.contracts import approval as contract
from services.common.runtime.rpc import Read, Rpc

RPC = Rpc(
    descriptor=contract.DESCRIPTOR.services_by_name["ApprovalService"],
    acts={
        "RecordDistrictVisit": docket.RecordDistrictVisit,
        "ConveneMeeting": meetings.ConveneMeeting,
        "SignAttendance": meetings.SignAttendance,
        "CastVote": meetings.CastVote,
        "DecideCase": decisions.DecideCase,
        "ServeNotice": notices.ServeNotice,
        "ReceiptFiling": notices.ReceiptFiling,
        "DecideForDistrict": decisions.DecideForDistrict,
    },
    reads={
        "ListDocket": Read("read-docket", access.township_place, queries.list_docket),
        "GetDecision": Read("read-decision", access.case_place, queries.get_decision),
        "GetMeeting": Read("read-meeting", access.meeting_place, queries.get_meeting),
        "GetTimeline": Read("read-timeline", access.case_place, queries.get_timeline),
    },
)
