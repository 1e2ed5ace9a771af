"""Who may do what in review, where a command or a question acts, and who is recused."""

from __future__ import annotations

from typing import Any

from services.common.policy.areas import DISTRICT
from services.common.policy.roles import Role
from services.common.runtime.doors import EVERYBODY
from services.common.runtime.gate import Access, Place, allow
from services.common.runtime.tx import Tx
from services.review import commands, storage
from services.review.model import CaseId, HouseholdId

_OFFICE = (
    Role.TOWNSHIP_HANDLER,
    Role.OFFICE_HEAD,
    Role.DEPUTY_LEADER,
    Role.PRINCIPAL_LEADER,
    Role.ARCHIVIST,
    Role.DISTRICT_HANDLER,
    Role.DISTRICT_LEADER,
    Role.AUDITOR,
)

ACCESS: dict[str, Access] = {
    # What follows from events: only the machine itself.
    "note-case": allow(),
    "note-recusal": allow(),
    "adopt-policy": allow(),
    "file-paper": allow(),
    "enrol-recipient": allow(),
    "state-roll": allow(),
    # What people read; kin of the household read nothing of it (R3.10).
    "read-recipient": allow(*_OFFICE, Role.FINANCE),
    "read-audit": allow(Role.AUDITOR, recusal=False),
    "list-roll": allow(*_OFFICE, Role.FINANCE),
    "export-roll": allow(*_OFFICE, Role.FINANCE, personal=True),
    "read-household-file": allow(*_OFFICE),
    "read-timeline": allow(*_OFFICE),
}

DOORS: dict[str, str] = {
    "GET /review/static/{version}/{name}": EVERYBODY,
    "GET /review/audit": "read-audit",
    "GET /review/audit/heads.pdf": "read-audit",
    "GET /review/roll": "list-roll",
    "GET /review/exports/roll.xlsx": "export-roll",
    "GET /review/fragments/today": "list-roll",
    "GET /review/fragments/cases/{case_id}": "read-household-file",
}


async def locate(cmd: object, tx: Tx) -> Place:
    """The area of a command, its household for recusal and the id that the audit names."""
    match cmd:
        case commands.NoteCase() | commands.FilePaper() | commands.EnrolRecipient():
            return Place(cmd.township, cmd.household_id, cmd.case_id or cmd.household_id)
        case commands.NoteRecusal():
            return Place(cmd.township, "", cmd.household_id)
        case commands.StateRoll():
            return Place(cmd.township, "", f"{cmd.township}-{cmd.month}")
        case commands.AdoptPolicy():
            return Place(DISTRICT.code, "", f"policy-{cmd.revision}")
        case _:
            raise TypeError(f"no place is known for {type(cmd).__name__}")


async def recused(tx: Tx, household_id: str) -> frozenset[str]:
    return await storage.recused_staff(tx, household_id)


async def recipient_place(request: Any, tx: Tx) -> Place:
    entry = await storage.load_recipient(tx, HouseholdId(request.household_id))
    return Place(entry.village, entry.household_id, entry.case_id)


async def file_place(request: Any, tx: Tx) -> Place:
    file = await storage.load_file(tx, HouseholdId(request.household_id))
    return Place(file.village, file.household_id, file.household_id)


async def area_place(request: Any, tx: Tx) -> Place:
    return Place(request.area, "", request.area)


async def case_place(request: Any, tx: Tx) -> Place:
    household_id, township = await storage.case_township(tx, CaseId(request.case_id))
    return Place(township, household_id, request.case_id)
