"""The file a meeting reads, and what the verifying system is handed."""

from __future__ import annotations

import json
from dataclasses import dataclass

from services.common.contracts import intake
from services.common.policy.areas import DISTRICT
from services.common.policy.household import HouseholdFacts
from services.common.runtime import audit
from services.common.runtime.tx import Tx
from services.intake.model.visits import PhotoState, Visit, VisitStage
from services.intake.queries.cases import LARGEST_PAGE, PAGE, CaseView, case_view
from services.intake.rules.verification import compare
from services.intake.storage import cases, means, registry
from services.intake.storage.visits import visits_of_case


@dataclass(frozen=True, slots=True)
class DossierMember:
    person_id: str
    name: str
    id_number_masked: str
    relation: str


@dataclass(frozen=True, slots=True)
class DocumentRef:
    owner: str
    sha256: str
    kind: str
    size: int


@dataclass(frozen=True, slots=True)
class DossierVisit:
    visit_id: str
    kind: str
    visited_on: str
    surveyor_ids: tuple[str, ...]
    photos: tuple[DocumentRef, ...]


@dataclass(frozen=True, slots=True)
class Step:
    article: str
    text: str


@dataclass(frozen=True, slots=True)
class Dossier:
    case: CaseView
    members: tuple[DossierMember, ...]
    visits: tuple[DossierVisit, ...]
    verification_report_no: str
    verification_consistent: bool
    steps: tuple[Step, ...]
    eligible: bool
    monthly_amount_fen: int
    recused_staff_ids: frozenset[str]


@dataclass(frozen=True, slots=True)
class PersonToVerify:
    person_id: str
    name: str
    id_number: str


@dataclass(frozen=True, slots=True)
class RequestToVerify:
    verification_id: str
    case_id: str
    requested_on: str
    persons: tuple[PersonToVerify, ...]


@dataclass(frozen=True, slots=True)
class VerificationPage:
    requests: tuple[RequestToVerify, ...]
    next_page_token: str


async def get_dossier(request: intake.GetDossierRequest, tx: Tx) -> Dossier:
    """Household, visits with photos, verification and calculation; the look is audited."""
    view = await case_view(request.case_id, tx)
    await audit.look(tx, "read-dossier", (view.village, view.case_id))
    case = await cases.load_case(tx, request.case_id)
    opinion = await means.latest_opinion(tx, case)
    report_no, consistent = await _verification(case.case_id, tx)
    return Dossier(
        case=view,
        members=tuple(
            DossierMember(m.person_id, m.name, m.id_masked, m.relation)
            for m in await cases.members_of(tx, case.case_id)
        ),
        visits=tuple([await _visit(visit, tx) for visit in await visits_of_case(tx, case.case_id)]),
        verification_report_no=report_no,
        verification_consistent=consistent,
        steps=tuple(Step(article, text) for article, text in opinion.steps) if opinion else (),
        eligible=opinion.eligible if opinion else False,
        monthly_amount_fen=opinion.monthly_amount_fen if opinion else 0,
        recused_staff_ids=await registry.recused_from(tx, case.household_id),
    )


async def list_verification_requests(
    request: intake.ListVerificationRequestsRequest, tx: Tx
) -> VerificationPage:
    """Open requests with full ID numbers: the one place where they leave, each look audited."""
    size = min(request.page_size or PAGE, LARGEST_PAGE)
    found = await means.open_verifications(tx, request.page_token, size + 1)
    looked_at = [(DISTRICT.code, asked.case_id) for asked in found[:size]]
    await audit.look(tx, "list-verification-requests", *looked_at)
    requests = []
    for asked in found[:size]:
        persons = [
            PersonToVerify(m.person_id, m.name, await registry.open_id_number(tx, m.person_id))
            for m in await cases.members_of(tx, asked.case_id)
            if m.counted
        ]
        requests.append(
            RequestToVerify(
                asked.verification_id, asked.case_id, asked.requested_on.isoformat(), tuple(persons)
            )
        )
    more = found[size - 1].verification_id if len(found) > size else ""
    return VerificationPage(tuple(requests), more)


async def _verification(case_id: str, tx: Tx) -> tuple[str, bool]:
    report = await means.latest_verification(tx, case_id)
    survey = await means.latest_survey(tx, case_id)
    if report is None or report.returned_on is None:
        return "", False
    if survey is None:
        return report.report_no, False
    return report.report_no, compare(report.facts, HouseholdFacts.from_json(json.loads(survey.facts))).value


async def _visit(visit: Visit, tx: Tx) -> DossierVisit:
    survey = await means.find_survey(tx, visit.visit_id)
    filed = visit.stage is VisitStage.COMPLETE
    return DossierVisit(
        visit_id=visit.visit_id,
        kind=visit.kind.value,
        visited_on=visit.visited_on.isoformat(),
        surveyor_ids=survey.surveyor_ids if survey else (visit.recorded_by,),
        photos=tuple(
            DocumentRef("intake", photo.sha256, photo.kind, photo.size)
            for photo in visit.photos
            if filed and photo.state is PhotoState.VERIFIED
        ),
    )
