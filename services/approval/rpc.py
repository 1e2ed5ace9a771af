"""What approval answers over gRPC: acts by their command, questions by what answers them."""

from __future__ import annotations

from services.approval import access, queries
from services.approval.commands import (
    decisions,
    district,
    docket,
    emergency,
    meetings,
    notices,
    papers,
    relief,
    relief_after,
    relief_money,
    reserve_fund,
)
from services.approval.queries import relief as relief_queries
from services.common.contracts import approval as contract
from services.common.runtime.rpc import Read, Rpc

RPC = Rpc(
    descriptor=contract.DESCRIPTOR.services_by_name["ApprovalService"],
    acts={
        "RecordDistrictVisit": docket.RecordDistrictVisit,
        "ConveneMeeting": meetings.ConveneMeeting,
        "SignAttendance": meetings.SignAttendance,
        "NameSubstitute": meetings.NameSubstitute,
        "MakeMinutes": papers.MakeMinutes,
        "IssuePaper": papers.IssuePaper,
        "CastVote": meetings.CastVote,
        "DecideCase": decisions.DecideCase,
        "ServeNotice": notices.ServeNotice,
        "ReceiptFiling": notices.ReceiptFiling,
        "AskCorrection": district.AskCorrection,
        "SubmitCorrection": district.SubmitCorrection,
        "RecordSpotCheck": district.RecordSpotCheck,
        "DecideForDistrict": decisions.DecideForDistrict,
        "RequestRelief": relief.RequestRelief,
        "GrantEmergency": emergency.GrantEmergency,
        "ProposeRelief": relief.ProposeRelief,
        "DecideRelief": relief.DecideRelief,
        "DecideReliefForDistrict": relief.DecideReliefForDistrict,
        "PayRelief": relief_money.PayRelief,
        "ReturnRelief": relief_money.ReturnRelief,
        "CompletePaperwork": relief_after.CompletePaperwork,
        "ServeReliefNotice": relief_after.ServeReliefNotice,
        "RecordPlatformEntry": relief_after.RecordPlatformEntry,
        "RequestFund": reserve_fund.RequestFund,
        "AllocateFund": reserve_fund.AllocateFund,
        "SendMonthlyReport": reserve_fund.SendMonthlyReport,
    },
    reads={
        "ListDocket": Read("read-docket", access.township_place, queries.list_docket),
        "GetDecision": Read("read-decision", access.case_place, queries.get_decision),
        "GetMeeting": Read("read-meeting", access.meeting_place, queries.get_meeting),
        "GetRelief": Read("read-relief", access.relief_place, relief_queries.get_relief),
        "ListReliefs": Read("read-relief", access.township_place, relief_queries.list_reliefs),
        "GetFund": Read("read-fund", access.township_place, relief_queries.get_fund),
        "GetTimeline": Read("read-timeline", access.case_place, queries.get_timeline),
    },
)
