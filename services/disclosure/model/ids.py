"""Typed ids of disclosure."""

from __future__ import annotations

from typing import NewType

CaseId = NewType("CaseId", str)
HouseholdId = NewType("HouseholdId", str)
StaffId = NewType("StaffId", str)
PublicityId = NewType("PublicityId", str)
PostingId = NewType("PostingId", str)
EntryId = NewType("EntryId", str)
DecisionId = NewType("DecisionId", str)
ObjectionId = NewType("ObjectionId", str)
ActivityId = NewType("ActivityId", str)
DocumentId = NewType("DocumentId", str)
StudyId = NewType("StudyId", str)
TrainingId = NewType("TrainingId", str)
