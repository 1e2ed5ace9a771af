"""The names things are called by."""

from typing import NewType

CaseId = NewType("CaseId", str)
HouseholdId = NewType("HouseholdId", str)
PersonId = NewType("PersonId", str)
VisitId = NewType("VisitId", str)
StaffId = NewType("StaffId", str)
TaskId = NewType("TaskId", str)
VerificationId = NewType("VerificationId", str)
