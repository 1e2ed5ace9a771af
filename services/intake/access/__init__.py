"""Who may do what: one row per action and per door; where a command acts stands in places.py."""

from __future__ import annotations

from services.common.policy.roles import Role
from services.common.runtime.doors import EVERYBODY, WHOEVER_SIGNED_IN, both
from services.common.runtime.gate import Access, allow
from services.common.runtime.tx import Tx
from services.intake.access.places import (
    at_actor,
    at_area,
    at_case,
    at_declaration,
    at_device,
    at_district,
    at_document,
    at_merge,
    at_own_post,
    at_paper,
    at_referral,
    at_request,
    at_scan,
    at_township,
    at_visit,
    at_work,
    locate,
)
from services.intake.model.identity import STAFF_ROLES
from services.intake.storage import registry

__all__ = [
    "ACCESS",
    "DEVICE_SCOPES",
    "DOORS",
    "at_actor",
    "at_area",
    "at_case",
    "at_declaration",
    "at_device",
    "at_district",
    "at_document",
    "at_merge",
    "at_own_post",
    "at_paper",
    "at_referral",
    "at_request",
    "at_scan",
    "at_township",
    "at_visit",
    "at_work",
    "locate",
    "recused",
]

VILLAGE = (Role.GRID_WORKER, Role.LIAISON, Role.VILLAGE_HEAD)
OFFICE = (Role.TOWNSHIP_HANDLER, Role.OFFICE_HEAD)
LEADERS = (Role.DEPUTY_LEADER, Role.PRINCIPAL_LEADER)
BUREAU = (Role.DISTRICT_HANDLER, Role.DISTRICT_LEADER)
READERS = (*OFFICE, *LEADERS, *BUREAU, Role.ARCHIVIST, Role.AUDITOR)
FIELD = (*VILLAGE, *OFFICE, *BUREAU)

ACCESS: dict[str, Access] = {
    "put-area": allow(Role.OPERATOR),
    "put-staff": allow(Role.OPERATOR),
    "import-holidays": allow(Role.OPERATOR, Role.DISTRICT_HANDLER),
    "register-household": allow(*VILLAGE, *OFFICE, Role.OPERATOR),
    # Taking an application is no judgement on it: nobody's kin is sent away at the door.
    "receive-application": allow(*VILLAGE, *OFFICE, recusal=False),
    "accept-application": allow(*OFFICE),
    "decline-application": allow(*OFFICE),
    "request-supplement": allow(*OFFICE),
    "extend-clock": allow(*OFFICE),
    "request-verification": allow(*OFFICE),
    "list-verification-requests": allow(Role.EXTERNAL_SYSTEM, personal=True),
    "return-verification": allow(Role.EXTERNAL_SYSTEM),
    "order-survey": allow(*OFFICE),
    "file-survey": allow(*VILLAGE, *OFFICE, *BUREAU),
    "form-opinion": allow(*OFFICE),
    "read-overview": allow(*OFFICE, *LEADERS, *BUREAU, Role.AUDITOR, recusal=False),
    "read-audit": allow(Role.AUDITOR, recusal=False),
    "read-notices": allow(*VILLAGE, *OFFICE, *LEADERS, *BUREAU),
    # Kin among staff (R3): staff declare for themselves, the township reviews, the district files.
    "declare-kin": allow(*STAFF_ROLES, recusal=False),
    "review-kin-declaration": allow(Role.OFFICE_HEAD),
    "file-kin-declaration": allow(Role.DISTRICT_HANDLER),
    "file-kin-entry": allow(Role.DISTRICT_HANDLER),
    "widen-kin": allow(Role.OFFICE_HEAD, Role.PRINCIPAL_LEADER),
    "list-kin": allow(*OFFICE, *LEADERS, *BUREAU, Role.ARCHIVIST, Role.AUDITOR, personal=True),
    # Whoever is recused already may say so again.
    "ask-recusal": allow(*VILLAGE, *OFFICE, *LEADERS, *BUREAU, recusal=False),
    "name-replacement": allow(Role.OFFICE_HEAD, *LEADERS),
    "open-reexamination": allow(*OFFICE, Role.DISTRICT_HANDLER),
    "conclude-reexamination": allow(*OFFICE),
    "end-reexamination": allow(),
    # Suspicions are for named roles only, whoever else works in the office (R3.13).
    "refer-abuse": allow(Role.PRINCIPAL_LEADER, Role.DISTRICT_LEADER, personal=True),
    "answer-referral": allow(Role.PRINCIPAL_LEADER, Role.DISTRICT_LEADER, personal=True),
    "read-referrals": allow(Role.PRINCIPAL_LEADER, Role.DISTRICT_LEADER, personal=True),
    "record-appraisal": allow(*OFFICE),
    "record-neighbour-visit": allow(*OFFICE),
    "dispute-verification": allow(*OFFICE),
    "read-case": allow(*VILLAGE, *READERS),
    "list-cases": allow(*VILLAGE, *READERS),
    "read-timeline": allow(*VILLAGE, *READERS),
    # Lists that leave the system; villages look things up on the page.
    "export-cases": allow(*OFFICE, *LEADERS, *BUREAU, Role.ARCHIVIST, personal=True),
    # By name: not for auditors, who work with ids.
    "find-person": allow(*VILLAGE, *OFFICE, *LEADERS, *BUREAU, Role.ARCHIVIST, personal=True),
    "read-dossier": allow(*READERS, personal=True),
    "read-document": allow(*READERS, personal=True),
    "issue-paper": allow(*OFFICE),
    "deliver-paper": allow(*VILLAGE, *OFFICE),
    "file-scan": allow(*OFFICE, Role.ARCHIVIST),
    "file-scan-by-hand": allow(*OFFICE, Role.ARCHIVIST),
    "verify-paper": allow(Role.PUBLIC, recusal=False),
    # Who may sign in, and who stands in for whom.
    "set-password": allow(Role.OPERATOR),
    "change-password": allow(*STAFF_ROLES, Role.OPERATOR),
    "link-identity": allow(Role.OPERATOR),
    "put-client": allow(Role.OPERATOR),
    "revoke-client": allow(Role.OPERATOR),
    "delegate-post": allow(*STAFF_ROLES),
    "end-delegation": allow(*STAFF_ROLES, Role.OPERATOR),
    "hand-over-post": allow(*STAFF_ROLES),
    "take-over-post": allow(*STAFF_ROLES),
    "list-devices": allow(*OFFICE, Role.DISTRICT_HANDLER, Role.OPERATOR),
    "make-enrolment-code": allow(*OFFICE, Role.DISTRICT_HANDLER, Role.OPERATOR),
    "revoke-device": allow(*OFFICE, Role.DISTRICT_HANDLER, Role.OPERATOR),
    # The code in the QR code is what proves the tablet; nobody is signed in on it yet.
    "enrol-device": allow(Role.PUBLIC),
    # Reactions and jobs only.
    "note-clock": allow(),
    "mark-overdue": allow(),
    "follow-publicity": allow(),
    "follow-decision": allow(),
    "follow-enrolment": allow(),
    # --- field side: rows of tablets and tasks below this line ---
    "publish-form": allow(Role.OPERATOR, Role.DISTRICT_HANDLER),
    "read-forms": allow(*FIELD, recusal=False),
    "read-tasks": allow(*FIELD, recusal=False),
    # A record is taken in from whoever made it; what it brings about passes the gate of its own.
    "receive-visit": allow(*FIELD, recusal=False),
    "record-photo": allow(*FIELD, recusal=False),
    "read-receipt": allow(*FIELD, recusal=False),
    # What a tablet carries of households; kin are left out of it one by one.
    "pull": allow(*FIELD, recusal=False, personal=True),
    # The tablet's own key proves it; its content is sealed until somebody in the office releases it.
    "hand-over-work": allow(Role.PUBLIC),
    "list-arrivals": allow(*OFFICE, *BUREAU, personal=True),
    "release-work": allow(*OFFICE, *BUREAU, recusal=False),
    "settle-merge": allow(*OFFICE, *BUREAU),
    "open-task": allow(*OFFICE),
    "close-task": allow(*FIELD),
}

_FORMS = {
    "dispute": "dispute-verification",
    "appraisal": "record-appraisal",
    "neighbours": "record-neighbour-visit",
    "recusal": "ask-recusal",
    "reexamine": "open-reexamination",
    "conclude": "conclude-reexamination",
    "kin-form": "issue-paper",
    "tell-report": "issue-paper",
    "accept": "accept-application",
    "supplement": "request-supplement",
    "decline": "decline-application",
    "verify": "request-verification",
    "survey": "order-survey",
    "opinion": "form-opinion",
    "extend": "extend-clock",
}
DOORS: dict[str, str] = {
    "GET /intake/posts/handovers/{handover_id}": WHOEVER_SIGNED_IN,
    # Words alone, nothing of anybody.
    "GET /styleguide": EVERYBODY,
    **both("/intake/notices", "read-notices"),
    "GET /intake/fragments/notices": "read-notices",
    "GET /intake/overview": "read-overview",
    "GET /intake/audit": "read-audit",
    "GET /intake/audit/heads.pdf": "read-audit",
    "GET /intake/help": WHOEVER_SIGNED_IN,
    "GET /intake/help/{regulation}": WHOEVER_SIGNED_IN,
    # Kin among staff.
    "GET /intake/kin": "list-kin",
    **both("/intake/kin/declare", "declare-kin"),
    **both("/intake/kin/widen", "widen-kin"),
    **both("/intake/kin/declarations/{declaration_id}/review", "review-kin-declaration"),
    **both("/intake/kin/declarations/{declaration_id}/file", "file-kin-declaration"),
    **both("/intake/kin/entries/{case_id}/file", "file-kin-entry"),
    **both("/intake/kin/requests/{request_id}/replacement", "name-replacement"),
    "GET /intake/exports/kin.xlsx": "list-kin",
    "GET /intake/referrals": "read-referrals",
    **both("/intake/referrals/new", "refer-abuse"),
    **both("/intake/referrals/{referral_id}/answer", "answer-referral"),
    "GET /intake/static/{version}/{name}": EVERYBODY,
    # Signing in, out, and on.
    "POST /intake/session": EVERYBODY,
    "GET /intake/sign-in": EVERYBODY,
    "POST /intake/sign-in": EVERYBODY,
    "GET /intake/renew": EVERYBODY,
    "POST /intake/renew": EVERYBODY,
    "POST /intake/sign-out": EVERYBODY,
    "GET /intake/password": EVERYBODY,
    "POST /intake/password": EVERYBODY,
    "GET /intake/sign-in/district": EVERYBODY,
    "GET /intake/sign-in/district/back": EVERYBODY,
    "POST /intake/token": EVERYBODY,
    # One's own posts, lent and handed over ones.
    "GET /intake/posts": WHOEVER_SIGNED_IN,
    **both("/intake/posts/delegate", "delegate-post"),
    **both("/intake/posts/delegations/{delegation_id}/end", "end-delegation"),
    **both("/intake/posts/hand-over", "hand-over-post"),
    **both("/intake/posts/handovers/{handover_id}/take", "take-over-post"),
    "GET /intake/tablets": "list-devices",
    "POST /intake/tablets/code": "make-enrolment-code",
    **both("/intake/tablets/{device_id}/revoke", "revoke-device"),
    # What tablets brought that a person has to look at.
    "GET /intake/arrivals": "list-arrivals",
    "GET /intake/arrivals/works/{visit_id}": "list-arrivals",
    **both("/intake/arrivals/works/{visit_id}/release", "release-work"),
    **both("/intake/arrivals/works/{visit_id}/reject", "release-work"),
    **both("/intake/arrivals/merges/{merge_task_id}", "settle-merge"),
    "GET /intake/whoami": WHOEVER_SIGNED_IN,
    # Pages; what today and names show of cases is what the reader's own posts may list.
    "GET /intake/today": WHOEVER_SIGNED_IN,
    "GET /intake/fragments/dossier/{case_id}": "read-dossier",
    "GET /intake/fragments/names": WHOEVER_SIGNED_IN,
    "GET /intake/articles/{article}": WHOEVER_SIGNED_IN,
    **both("/intake/search", "find-person"),
    "GET /intake/cases": "list-cases",
    "GET /intake/exports/cases.xlsx": "export-cases",
    "GET /intake/cases/{case_id}": "read-case",
    "GET /intake/documents/{sha256}": "read-document",
    # Papers, and the signed copies that come back.
    "GET /intake/papers/{paper_id}.pdf": "read-case",
    "GET /intake/papers/{paper_id}.docx": "read-case",
    **both("/intake/papers/{paper_id}/delivery", "deliver-paper"),
    "GET /intake/scans": "file-scan",
    "POST /intake/scans": "file-scan",
    **both("/intake/scans/{scan_id}/by-hand", "file-scan-by-hand"),
    "GET /verify/{paper_id}": EVERYBODY,
    **{
        name: action
        for slug, form in _FORMS.items()
        for name, action in both(f"/intake/cases/{{case_id}}/{slug}", form).items()
    },
    # Tablets.
    # Public keys are for everybody.
    "GET /field/v1/keys": EVERYBODY,
    "POST /field/v1/enrol": EVERYBODY,
    "POST /field/v1/challenge": EVERYBODY,
    "POST /field/v1/session": EVERYBODY,
    "POST /field/v1/renewal": EVERYBODY,
    "GET /field/v1/forms": "read-forms",
    "GET /field/v1/forms/{form_id}/{version}": "read-forms",
    "GET /field/v1/tasks": "read-tasks",
    "GET /field/v1/pull": "pull",
    "GET /field/v1/policy": "read-forms",
    "PUT /field/v1/handover/{visit_id}/{part}": EVERYBODY,
    "POST /field/v1/visits": "receive-visit",
    "GET /field/v1/visits/{visit_id}/receipt": "read-receipt",
    "OPTIONS /field/v1/photos": EVERYBODY,
    "POST /field/v1/photos": "record-photo",
    "HEAD /field/v1/photos/{visit_id}/{sha256}": "record-photo",
    "PATCH /field/v1/photos/{visit_id}/{sha256}": "record-photo",
    # ODK Collect: open at the door, because it signs in by HTTP Basic, which each of these asks for itself.
    "GET /openrosa/formList": EVERYBODY,
    "GET /openrosa/forms/{form_id}/{version}": EVERYBODY,
    "GET /openrosa/forms/{form_id}/{version}/manifest": EVERYBODY,
    "HEAD /openrosa/submission": EVERYBODY,
    "POST /openrosa/submission": EVERYBODY,
}


# All that a token made on a tablet is good for.
DEVICE_SCOPES = frozenset(
    row for name, row in DOORS.items() if " /field/v1/" in name and row not in (EVERYBODY, WHOEVER_SIGNED_IN)
)


async def recused(tx: Tx, household_id: str) -> frozenset[str]:
    """The stored set: matched here whenever staff, household or declaration changed."""
    return await registry.recused_from(tx, household_id)
