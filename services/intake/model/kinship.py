"""What a household declares about kin among staff (R3.1)."""

from __future__ import annotations

from dataclasses import dataclass

from services.intake.model.ids import PersonId, StaffId


@dataclass(frozen=True, slots=True)
class KinDeclaration:
    """One member's declaration: is staff, or is related to the named member of staff."""

    person_id: PersonId
    staff_id: StaffId
    relation: str
    is_staff: bool
