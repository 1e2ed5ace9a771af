"""Village appraisals and neighbour visits: their tables, rows, and back."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from sqlalchemy import (
    JSON,
    Boolean,
    Column,
    Date,
    Integer,
    Row,
    String,
    Table,
    Text,
    UniqueConstraint,
    insert,
    select,
)

from services.common.policy.areas import TownshipCode
from services.common.runtime import row_security
from services.common.runtime.tx import Tx
from services.intake.model.appraisal import Appraisal, AppraisalPart, Appraiser
from services.intake.model.ids import CaseId, StaffId, VerificationId
from services.intake.model.neighbours import NeighbourVisit, VerificationDispute
from services.intake.storage.metadata import metadata

appraisals = Table(
    "appraisals",
    metadata,
    Column("township", String(12), primary_key=True),
    Column("appraisal_id", String(36), primary_key=True),
    Column("case_id", String(36), nullable=False, index=True),
    Column("held_on", Date, nullable=False),
    Column("place", String(80), nullable=False),
    Column("chair", String(80), nullable=False),
    Column("appraisers", JSON, nullable=False, comment="name, part, staff id where on the staff"),
    Column("votes_for", Integer, nullable=False),
    Column("votes_against", Integer, nullable=False),
    Column("abstained", Integer, nullable=False),
    Column("minutes", Text, nullable=False),
    Column("is_public", Boolean, nullable=False, comment="the outcome was announced on the spot"),
    Column("recorded_by", String(36), nullable=False),
    UniqueConstraint("appraisal_id"),
)

neighbour_visits = Table(
    "neighbour_visits",
    metadata,
    Column("township", String(12), primary_key=True),
    Column("visit_id", String(36), primary_key=True),
    Column("case_id", String(36), nullable=False, index=True),
    Column("visitor_ids", JSON, nullable=False),
    Column("visited_on", Date, nullable=False),
    Column("neighbour", String(80), nullable=False, default="", comment="empty where unnamed"),
    Column("knows_by", String(80), nullable=False, default="", comment="how he knows the family"),
    Column("account", Text, nullable=False),
    Column("supports", Boolean, nullable=False, comment="agrees with what the family said"),
    UniqueConstraint("visit_id"),
)

verification_disputes = Table(
    "verification_disputes",
    metadata,
    Column("township", String(12), primary_key=True),
    Column("dispute_id", String(36), primary_key=True),
    Column("case_id", String(36), nullable=False, index=True),
    Column("verification_id", String(36), nullable=False, comment="report that is disputed"),
    Column("statement", Text, nullable=False),
    Column("evidence", JSON, nullable=False, comment="what the family brought, by name"),
    Column("raised_on", Date, nullable=False),
    Column("rechecked_by", String(36), nullable=False, comment="request that checks again"),
    UniqueConstraint("dispute_id"),
)

row_security.guard(appraisals, neighbour_visits, verification_disputes)


async def add_appraisal(tx: Tx, appraisal: Appraisal) -> None:
    people = [asdict(one) for one in appraisal.appraisers]
    await tx.execute(insert(appraisals).values(asdict(appraisal) | {"appraisers": people}))


async def find_appraisal(tx: Tx, appraisal_id: str) -> Appraisal | None:
    row = await tx.one(select(appraisals).where(appraisals.c.appraisal_id == appraisal_id))
    return _appraisal(row) if row else None


async def appraisals_of(tx: Tx, case_id: str) -> list[Appraisal]:
    wanted = select(appraisals).where(appraisals.c.case_id == case_id)
    return [
        _appraisal(row)
        for row in await tx.all(wanted.order_by(appraisals.c.held_on, appraisals.c.appraisal_id))
    ]


async def latest_appraisal(tx: Tx, case_id: str) -> Appraisal | None:
    found = await appraisals_of(tx, case_id)
    return found[-1] if found else None


def _appraisal(row: Row[Any]) -> Appraisal:
    return Appraisal(
        appraisal_id=row.appraisal_id,
        case_id=CaseId(row.case_id),
        township=TownshipCode(row.township),
        held_on=row.held_on,
        place=row.place,
        chair=row.chair,
        appraisers=tuple(
            Appraiser(one["name"], AppraisalPart(one["part"]), one["staff_id"]) for one in row.appraisers
        ),
        votes_for=row.votes_for,
        votes_against=row.votes_against,
        abstained=row.abstained,
        minutes=row.minutes,
        is_public=row.is_public,
        recorded_by=StaffId(row.recorded_by),
    )


async def add_neighbour_visit(tx: Tx, visit: NeighbourVisit) -> None:
    values = asdict(visit) | {"visitor_ids": list(visit.visitor_ids)}
    await tx.execute(insert(neighbour_visits).values(values))


async def find_neighbour_visit(tx: Tx, visit_id: str) -> NeighbourVisit | None:
    row = await tx.one(select(neighbour_visits).where(neighbour_visits.c.visit_id == visit_id))
    return _neighbour_visit(row) if row else None


async def neighbour_visits_of(tx: Tx, case_id: str) -> list[NeighbourVisit]:
    wanted = select(neighbour_visits).where(neighbour_visits.c.case_id == case_id)
    return [_neighbour_visit(row) for row in await tx.all(wanted.order_by(neighbour_visits.c.visited_on))]


def _neighbour_visit(row: Row[Any]) -> NeighbourVisit:
    return NeighbourVisit(
        visit_id=row.visit_id,
        case_id=CaseId(row.case_id),
        township=TownshipCode(row.township),
        visitor_ids=tuple(map(StaffId, row.visitor_ids)),
        visited_on=row.visited_on,
        neighbour=row.neighbour,
        knows_by=row.knows_by,
        account=row.account,
        supports=row.supports,
    )


async def add_dispute(tx: Tx, dispute: VerificationDispute) -> None:
    values = asdict(dispute) | {"evidence": list(dispute.evidence)}
    await tx.execute(insert(verification_disputes).values(values))


async def disputes_of(tx: Tx, case_id: str) -> list[VerificationDispute]:
    wanted = select(verification_disputes).where(verification_disputes.c.case_id == case_id)
    return [
        VerificationDispute(
            dispute_id=row.dispute_id,
            case_id=CaseId(row.case_id),
            township=TownshipCode(row.township),
            verification_id=VerificationId(row.verification_id),
            statement=row.statement,
            evidence=tuple(row.evidence),
            raised_on=row.raised_on,
            rechecked_by=VerificationId(row.rechecked_by),
        )
        for row in await tx.all(wanted.order_by(verification_disputes.c.raised_on))
    ]
