"""Rows of verification, survey and opinion, and back."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Row, and_, insert, select, update

from services.common.policy.areas import TownshipCode
from services.common.policy.household import Category
from services.common.policy.law import Missing
from services.common.runtime.tx import Tx
from services.intake.model.case import Case, Cause, Opinion
from services.intake.model.ids import CaseId, PersonId, StaffId, TaskId, VerificationId, VisitId
from services.intake.model.survey import Survey, SurveyMode, SurveyOrder
from services.intake.model.verification import FactKind, Verification, VerifiedFact
from services.intake.storage.case_tables import (
    opinions,
    survey_orders,
    surveys,
    verifications,
    verified_facts,
)


async def add_verification(tx: Tx, verification: Verification) -> None:
    await tx.execute(
        insert(verifications).values(
            township=verification.township,
            verification_id=verification.verification_id,
            case_id=verification.case_id,
            requested_on=verification.requested_on,
            requested_by=verification.requested_by,
        )
    )


async def save_report(tx: Tx, returned: Verification) -> None:
    """Keep the report of a request that was open until now."""
    mine = and_(
        verifications.c.township == returned.township,
        verifications.c.verification_id == returned.verification_id,
    )
    await tx.execute(
        update(verifications)
        .where(mine)
        .values(returned_on=returned.returned_on, report_no=returned.report_no)
    )
    for position, fact in enumerate(returned.facts):
        await tx.execute(
            insert(verified_facts).values(
                verification_id=returned.verification_id,
                position=position,
                person_id=fact.person_id,
                kind=fact.kind,
                amount_fen=fact.amount_fen,
                note=fact.note,
            )
        )


async def load_verification(tx: Tx, verification_id: str) -> Verification:
    row = await tx.one(select(verifications).where(verifications.c.verification_id == verification_id))
    if row is None:
        raise Missing("该核对请求")
    return await _verification(tx, row)


async def latest_verification(tx: Tx, case_id: str) -> Verification | None:
    """The newest request of a case: after a dispute it is the one that counts."""
    wanted = (
        select(verifications)
        .where(verifications.c.case_id == case_id)
        .order_by(verifications.c.verification_id.desc())
    )
    row = await tx.one(wanted.limit(1))
    return await _verification(tx, row) if row else None


async def open_verifications(tx: Tx, after: str, limit: int) -> list[Verification]:
    """Requests without a report, oldest first."""
    wanted = (
        select(verifications)
        .where(verifications.c.returned_on.is_(None), verifications.c.verification_id > after)
        .order_by(verifications.c.verification_id)
        .limit(limit)
    )
    return [_request(row, ()) for row in await tx.all(wanted)]


async def _verification(tx: Tx, row: Row[Any]) -> Verification:
    wanted = select(verified_facts).where(verified_facts.c.verification_id == row.verification_id)
    facts = await tx.all(wanted.order_by(verified_facts.c.position))
    return _request(
        row,
        tuple(VerifiedFact(PersonId(f.person_id), FactKind(f.kind), f.amount_fen, f.note) for f in facts),
    )


def _request(row: Row[Any], facts: tuple[VerifiedFact, ...]) -> Verification:
    return Verification(
        VerificationId(row.verification_id),
        CaseId(row.case_id),
        TownshipCode(row.township),
        row.requested_on,
        StaffId(row.requested_by),
        row.returned_on,
        row.report_no,
        facts,
    )


async def add_order(tx: Tx, order: SurveyOrder) -> None:
    await tx.execute(
        insert(survey_orders).values(
            township=order.township,
            task_id=order.task_id,
            case_id=order.case_id,
            surveyor_ids=list(order.surveyor_ids),
            ordered_on=order.ordered_on,
            ordered_by=order.ordered_by,
        )
    )


async def orders_of(tx: Tx, case_id: str) -> list[SurveyOrder]:
    wanted = select(survey_orders).where(survey_orders.c.case_id == case_id)
    return [
        SurveyOrder(
            TaskId(row.task_id),
            CaseId(row.case_id),
            TownshipCode(row.township),
            tuple(map(StaffId, row.surveyor_ids)),
            row.ordered_on,
            StaffId(row.ordered_by),
        )
        for row in await tx.all(wanted.order_by(survey_orders.c.task_id))
    ]


async def reassign_orders(tx: Tx, case_id: str, staff_id: StaffId, to: StaffId) -> None:
    """Whoever takes over is sent in the other's place."""
    for order in await orders_of(tx, case_id):
        if staff_id in order.surveyor_ids:
            team = dict.fromkeys(to if one == staff_id else one for one in order.surveyor_ids)
            mine = and_(survey_orders.c.township == order.township, survey_orders.c.task_id == order.task_id)
            await tx.execute(update(survey_orders).where(mine).values(surveyor_ids=list(team)))


async def add_survey(tx: Tx, survey: Survey) -> None:
    await tx.execute(
        insert(surveys).values(
            township=survey.township,
            visit_id=survey.visit_id,
            case_id=survey.case_id,
            surveyor_ids=list(survey.surveyor_ids),
            visited_on=survey.visited_on,
            mode=survey.mode,
            signed_by_family=survey.signed_by_family,
            refusal_reason=survey.refusal_reason,
            witness=survey.witness,
            facts=survey.facts,
            filed_on=survey.filed_on,
        )
    )


async def latest_survey(tx: Tx, case_id: str) -> Survey | None:
    """The newest survey of a case: the one its opinion rests on."""
    wanted = select(surveys).where(surveys.c.case_id == case_id)
    row = await tx.one(wanted.order_by(surveys.c.visited_on.desc(), surveys.c.visit_id.desc()).limit(1))
    return _survey(row) if row else None


async def find_survey(tx: Tx, visit_id: str) -> Survey | None:
    row = await tx.one(select(surveys).where(surveys.c.visit_id == visit_id))
    return _survey(row) if row else None


def _survey(row: Row[Any]) -> Survey:
    return Survey(
        VisitId(row.visit_id),
        CaseId(row.case_id),
        TownshipCode(row.township),
        tuple(map(StaffId, row.surveyor_ids)),
        row.visited_on,
        SurveyMode(row.mode),
        row.signed_by_family,
        row.refusal_reason,
        row.witness,
        row.facts,
        row.filed_on,
    )


async def add_opinion(tx: Tx, opinion: Opinion) -> None:
    await tx.execute(
        insert(opinions).values(
            township=opinion.township,
            case_id=opinion.case_id,
            revision=opinion.revision,
            category=opinion.category,
            eligible=opinion.eligible,
            cause=opinion.cause,
            insured_person_ids=list(opinion.insured_person_ids),
            monthly_amount_fen=opinion.monthly_amount_fen,
            formed_on=opinion.formed_on,
            handler_id=opinion.handler_id,
            policy_revision=opinion.policy_revision,
            steps=[list(step) for step in opinion.steps],
        )
    )


async def latest_opinion(tx: Tx, case: Case) -> Opinion | None:
    mine = and_(
        opinions.c.township == case.township,
        opinions.c.case_id == case.case_id,
        opinions.c.revision == case.opinion_revision,
    )
    row = await tx.one(select(opinions).where(mine))
    if row is None:
        return None
    return Opinion(
        CaseId(row.case_id),
        TownshipCode(row.township),
        row.revision,
        Category(row.category),
        row.eligible,
        Cause(row.cause),
        tuple(map(PersonId, row.insured_person_ids)),
        row.monthly_amount_fen,
        row.formed_on,
        StaffId(row.handler_id),
        row.policy_revision,
        tuple((article, text) for article, text in row.steps),
    )
