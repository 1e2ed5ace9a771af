"""The separate register of kin, declarations by staff and referrals, as people read them (R3)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Select, select

from services.common.contracts import intake
from services.common.papers.ledger import issued_papers
from services.common.policy.household_terms import Category
from services.common.runtime import audit
from services.common.runtime.tx import Tx
from services.intake.model.case import Stage
from services.intake.model.kinship import KinEntry, RecusalRequest, StaffDeclaration
from services.intake.model.papers import PaperKind
from services.intake.queries.cases import may_see_names
from services.intake.storage import kin_register, kinship, registry
from services.intake.storage.accounts import name_of
from services.intake.storage.case_tables import cases
from services.intake.storage.registry_tables import households, persons


@dataclass(frozen=True, slots=True)
class KinRegister:
    entries: tuple[KinEntry, ...]


@dataclass(frozen=True, slots=True)
class EntryLine:
    """One household of the register as the page shows it; `form` is the number of its 备案表."""

    entry: KinEntry
    head: str
    category: Category
    stage: Stage
    staff: tuple[str, ...]
    form: str


@dataclass(frozen=True, slots=True)
class DeclarationLine:
    """One declaration by staff as the page shows it."""

    told: StaffDeclaration
    staff: str
    kin: str
    kin_masked: str


@dataclass(frozen=True, slots=True)
class RequestLine:
    """One request to be recused that waits for a replacement."""

    asked: RecusalRequest
    staff: str
    head: str


async def list_kin_register(request: intake.ListKinRegisterRequest, tx: Tx) -> KinRegister:
    """The register of an area; the look is audited."""
    await audit.look(tx, "list-kin", (request.area, request.area))
    return KinRegister(tuple(await kin_register.entries_in(tx, [request.area])))


async def register_lines(tx: Tx, areas: Sequence[str]) -> list[EntryLine]:
    """The register with names, without the households of the reader's own kin."""
    lines = []
    for entry in await kin_register.entries_in(tx, areas):
        if tx.actor.id in await registry.recused_from(tx, entry.household_id):
            continue
        row = await tx.one(_case_with_head(entry.case_id))
        if row is None:
            continue
        staff = tuple([await name_of(tx, one) for one in entry.staff_ids])
        head = row.name if may_see_names(tx.actor) else "—"
        form = await tx.scalar(
            select(issued_papers.c.number).where(
                issued_papers.c.case_id == entry.case_id, issued_papers.c.kind == PaperKind.KIN_FORM
            )
        )
        lines.append(EntryLine(entry, head, Category(row.category), Stage(row.stage), staff, form or ""))
    return lines


async def declaration_lines(tx: Tx, areas: Sequence[str]) -> list[DeclarationLine]:
    """Declarations of staff of these areas and one's own; names of kin only for who may see names."""
    lines = []
    for told in await kinship.staff_declarations_in(tx, areas, tx.actor.id):
        wanted = select(persons.c.name, persons.c.id_masked).where(persons.c.person_id == told.person_id)
        row = await tx.one(wanted)
        named = row is not None and may_see_names(tx.actor)
        kin, masked = (row.name, row.id_masked) if row is not None and named else ("—", "")
        lines.append(DeclarationLine(told, await name_of(tx, told.staff_id), kin, masked))
    return lines


async def request_lines(tx: Tx, areas: Sequence[str]) -> list[RequestLine]:
    """Requests to be recused for which nobody was named yet."""
    lines = []
    for asked in await kinship.requests_waiting(tx, areas):
        row = await tx.one(_case_with_head(asked.case_id))
        head = row.name if row is not None and may_see_names(tx.actor) else "—"
        lines.append(RequestLine(asked, await name_of(tx, asked.staff_id), head))
    return lines


@dataclass(frozen=True, slots=True)
class ReferralLine:
    """One referral as the page shows it."""

    referral_id: str
    kind: str
    staff: str
    authority: str
    referred_on: date
    facts: str
    receipt_no: str
    received_on: date | None
    outcome: str
    is_open: bool


async def referral_lines(tx: Tx, areas: Sequence[str]) -> list[ReferralLine]:
    """Referrals of these areas, never one that concerns the reader."""
    return [
        ReferralLine(
            one.referral_id,
            one.kind.chinese,
            await name_of(tx, one.staff_id),
            one.authority,
            one.referred_on,
            one.facts,
            one.receipt_no,
            one.received_on,
            one.outcome,
            one.is_open,
        )
        for one in await kin_register.referrals_in(tx, areas, tx.actor.id)
    ]


def _case_with_head(case_id: str) -> Select[Any]:
    return (
        select(cases.c.category, cases.c.stage, persons.c.name)
        .join(households, households.c.household_id == cases.c.household_id)
        .join(persons, persons.c.person_id == households.c.head_person_id)
        .where(cases.c.case_id == case_id)
    )
