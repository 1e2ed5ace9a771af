"""What approval speaks of: cases before the meeting, the meeting itself, and its decisions."""

from services.approval.model.case import (
    MOVES,
    ROUTES,
    UNDECIDED,
    UNPAID,
    DocketItem,
    Next,
    Publicity,
    Stage,
)
from services.approval.model.decision import Decision, NoticeMethod, Outcome
from services.approval.model.ids import CaseId, DecisionId, HouseholdId, MeetingId, PersonId, StaffId
from services.approval.model.meeting import (
    POST_OF_SEAT,
    Attendance,
    Choice,
    HeldPost,
    Meeting,
    Roster,
    Seat,
    Vote,
)

__all__ = [
    "MOVES",
    "POST_OF_SEAT",
    "ROUTES",
    "UNDECIDED",
    "UNPAID",
    "Attendance",
    "CaseId",
    "Choice",
    "Decision",
    "DecisionId",
    "DocketItem",
    "HeldPost",
    "HouseholdId",
    "Meeting",
    "MeetingId",
    "Next",
    "NoticeMethod",
    "Outcome",
    "PersonId",
    "Publicity",
    "Roster",
    "Seat",
    "StaffId",
    "Stage",
    "Vote",
]
