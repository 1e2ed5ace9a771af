"""The ids of approval."""

from __future__ import annotations

from typing import NewType

CaseId = NewType("CaseId", str)
HouseholdId = NewType("HouseholdId", str)
PersonId = NewType("PersonId", str)
StaffId = NewType("StaffId", str)
MeetingId = NewType("MeetingId", str)
DecisionId = NewType("DecisionId", str)
ReliefId = NewType("ReliefId", str)
RequestId = NewType("RequestId", str)
