"""Everybody tries everything: each RPC and each route, as each role, from near and far; one prepared case."""

from __future__ import annotations

import asyncio
import json
from base64 import b64encode
from collections.abc import AsyncIterator, Iterator, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime
from enum import StrEnum
from pathlib import Path
from typing import Any

import grpc
from google.protobuf.descriptor import MethodDescriptor
from google.protobuf.message_factory import GetMessageClass
from joserfc import jwt
from sqlalchemy import create_engine, insert, text

from services import launch
from services.approval.storage.relief_tables import fund_requests, reliefs
from services.common.papers.ledger import issued_papers
from services.common.policy.roles import Post, Role
from services.common.runtime import doors, runner
from services.common.runtime.actor import Actor
from services.common.runtime.auth import ISSUER, Keys
from services.common.runtime.gate import Access
from services.common.runtime.runner import Addresses
from services.common.runtime.sealed import Sealer
from services.common.runtime.service import Blueprint
from services.docs_build.wiring import apps, blueprints
from services.story import stage
from services.story.scene import START
from tests.world.applications import id_number
from tests.world.wire import Lines, lines

AT_ONCE = 16
OTHER_TOWNSHIP = "140403104"


class Where(StrEnum):
    """Where a call acts: what a post must cover to be let in."""

    VILLAGE = "the village of the case"
    TOWNSHIP = "the township of the case"
    DISTRICT = "the district"
    OWN = "wherever the caller works"
    SEAT = "the township, or for a villager of it his own village"


# Where each RPC acts. One that is missing here fails the build.
RPCS: Mapping[str, Where] = {
    "intake.PutArea": Where.DISTRICT,
    "intake.PutStaff": Where.DISTRICT,
    "intake.SetPassword": Where.DISTRICT,
    "intake.LinkIdentity": Where.DISTRICT,
    "intake.PutClient": Where.DISTRICT,
    "intake.RevokeClient": Where.DISTRICT,
    "intake.RegisterHousehold": Where.VILLAGE,
    "intake.PublishForm": Where.DISTRICT,
    "intake.ImportHolidays": Where.DISTRICT,
    "intake.AcceptApplication": Where.VILLAGE,
    "intake.DeclineApplication": Where.VILLAGE,
    "intake.RequestSupplement": Where.VILLAGE,
    "intake.ExtendClock": Where.VILLAGE,
    "intake.RequestVerification": Where.VILLAGE,
    "intake.ListVerificationRequests": Where.DISTRICT,
    "intake.ReturnVerification": Where.VILLAGE,
    "intake.OrderSurvey": Where.VILLAGE,
    "intake.FormOpinion": Where.VILLAGE,
    "intake.GetCase": Where.VILLAGE,
    "intake.ListCases": Where.TOWNSHIP,
    "intake.GetDossier": Where.VILLAGE,
    "intake.GetTimeline": Where.VILLAGE,
    "intake.GetDocument": Where.VILLAGE,
    "intake.DisputeVerification": Where.VILLAGE,
    "intake.RecordAppraisal": Where.VILLAGE,
    "intake.RecordNeighbourVisit": Where.VILLAGE,
    "intake.DeclareKin": Where.OWN,
    "intake.ReviewKinDeclaration": Where.TOWNSHIP,
    "intake.FileKinDeclaration": Where.TOWNSHIP,
    "intake.FileKinEntry": Where.VILLAGE,
    "intake.WidenKin": Where.TOWNSHIP,
    "intake.AskRecusal": Where.VILLAGE,
    "intake.NameReplacement": Where.VILLAGE,
    "intake.OpenReexamination": Where.VILLAGE,
    "intake.ConcludeReexamination": Where.VILLAGE,
    "intake.ReferAbuse": Where.TOWNSHIP,
    "intake.AnswerReferral": Where.TOWNSHIP,
    "intake.ListKinRegister": Where.TOWNSHIP,
    "intake.IssuePaper": Where.VILLAGE,
    "intake.DeliverPaper": Where.VILLAGE,
    "intake.ListPapers": Where.VILLAGE,
    "approval.ListDocket": Where.TOWNSHIP,
    "approval.RecordDistrictVisit": Where.TOWNSHIP,
    "approval.ConveneMeeting": Where.TOWNSHIP,
    "approval.SignAttendance": Where.SEAT,
    "approval.CastVote": Where.SEAT,
    "approval.DecideCase": Where.TOWNSHIP,
    "approval.ServeNotice": Where.TOWNSHIP,
    "approval.ReceiptFiling": Where.TOWNSHIP,
    "approval.DecideForDistrict": Where.TOWNSHIP,
    "approval.GetDecision": Where.TOWNSHIP,
    "approval.GetMeeting": Where.TOWNSHIP,
    "approval.AskCorrection": Where.TOWNSHIP,
    "approval.SubmitCorrection": Where.TOWNSHIP,
    "approval.RecordSpotCheck": Where.TOWNSHIP,
    "approval.NameSubstitute": Where.TOWNSHIP,
    "approval.MakeMinutes": Where.TOWNSHIP,
    "approval.IssuePaper": Where.TOWNSHIP,
    "approval.RequestRelief": Where.TOWNSHIP,
    "approval.GrantEmergency": Where.TOWNSHIP,
    "approval.ProposeRelief": Where.TOWNSHIP,
    "approval.DecideRelief": Where.TOWNSHIP,
    "approval.DecideReliefForDistrict": Where.TOWNSHIP,
    "approval.PayRelief": Where.TOWNSHIP,
    "approval.ReturnRelief": Where.TOWNSHIP,
    "approval.CompletePaperwork": Where.TOWNSHIP,
    "approval.ServeReliefNotice": Where.TOWNSHIP,
    "approval.RecordPlatformEntry": Where.TOWNSHIP,
    "approval.RequestFund": Where.TOWNSHIP,
    "approval.AllocateFund": Where.TOWNSHIP,
    "approval.SendMonthlyReport": Where.TOWNSHIP,
    "approval.GetRelief": Where.TOWNSHIP,
    "approval.ListReliefs": Where.TOWNSHIP,
    "approval.GetFund": Where.TOWNSHIP,
    "approval.GetTimeline": Where.TOWNSHIP,
    "disclosure.GetPublicity": Where.VILLAGE,
    "disclosure.ListBoard": Where.OWN,
    "disclosure.GetTimeline": Where.VILLAGE,
    "disclosure.RaiseObjection": Where.VILLAGE,
    "disclosure.InvestigateObjection": Where.VILLAGE,
    "disclosure.AnswerObjection": Where.VILLAGE,
    "disclosure.CloseRepeatedObjection": Where.VILLAGE,
    "review.GetRecipient": Where.VILLAGE,
    "review.ListRoll": Where.TOWNSHIP,
    "review.GetHouseholdFile": Where.VILLAGE,
    "review.GetTimeline": Where.TOWNSHIP,
}
# Where each route acts that has an action. `{slug}` stands for each of its values.
ROUTES: Mapping[str, Where] = {
    "/intake/posts/delegate": Where.OWN,
    "/intake/posts/delegations/{delegation_id}/end": Where.OWN,
    "/intake/posts/hand-over": Where.OWN,
    "/intake/posts/handovers/{handover_id}/take": Where.OWN,
    "/intake/tablets": Where.OWN,
    "/intake/tablets/code": Where.OWN,
    "/intake/tablets/{device_id}/revoke": Where.TOWNSHIP,
    "/intake/search": Where.OWN,
    "/intake/exports/cases.xlsx": Where.TOWNSHIP,
    "/intake/cases": Where.TOWNSHIP,
    "/intake/cases/{case_id}": Where.VILLAGE,
    "/intake/cases/{case_id}/{slug}": Where.VILLAGE,
    "/intake/kin": Where.OWN,
    "/intake/kin/declare": Where.OWN,
    "/intake/kin/widen": Where.OWN,
    "/intake/kin/declarations/{declaration_id}/review": Where.TOWNSHIP,
    "/intake/kin/declarations/{declaration_id}/file": Where.TOWNSHIP,
    "/intake/kin/entries/{case_id}/file": Where.VILLAGE,
    "/intake/kin/requests/{request_id}/replacement": Where.VILLAGE,
    "/intake/exports/kin.xlsx": Where.OWN,
    "/intake/referrals": Where.OWN,
    "/intake/referrals/new": Where.OWN,
    "/intake/referrals/{referral_id}/answer": Where.TOWNSHIP,
    "/intake/documents/{sha256}": Where.VILLAGE,
    "/intake/papers/{paper_id}.pdf": Where.VILLAGE,
    "/intake/papers/{paper_id}.docx": Where.VILLAGE,
    "/intake/papers/{paper_id}/delivery": Where.VILLAGE,
    "/intake/scans": Where.OWN,
    "/intake/notices": Where.OWN,
    "/intake/fragments/notices": Where.OWN,
    "/intake/overview": Where.TOWNSHIP,
    **{f"/{name}/audit{end}": Where.OWN for name in launch.SERVICES for end in ("", "/heads.pdf")},
    "/intake/scans/{scan_id}/by-hand": Where.TOWNSHIP,
    "/field/v1/forms": Where.OWN,
    "/field/v1/forms/{form_id}/{version}": Where.OWN,
    "/field/v1/tasks": Where.OWN,
    "/field/v1/pull": Where.OWN,
    "/field/v1/policy": Where.OWN,
    "/intake/arrivals": Where.OWN,
    "/intake/arrivals/works/{visit_id}": Where.TOWNSHIP,
    "/intake/arrivals/works/{visit_id}/release": Where.TOWNSHIP,
    "/intake/arrivals/works/{visit_id}/reject": Where.TOWNSHIP,
    "/intake/arrivals/merges/{merge_task_id}": Where.VILLAGE,
    "/field/v1/visits": Where.VILLAGE,
    "/field/v1/visits/{visit_id}/receipt": Where.VILLAGE,
    "/field/v1/photos": Where.VILLAGE,
    "/field/v1/photos/{visit_id}/{sha256}": Where.VILLAGE,
    "/approval/docket": Where.OWN,
    "/approval/convene": Where.OWN,
    "/approval/meetings/{meeting_id}/substitute": Where.TOWNSHIP,
    "/approval/meetings/{meeting_id}/minutes": Where.TOWNSHIP,
    "/approval/meetings/{meeting_id}/cases/{case_id}/dossier": Where.TOWNSHIP,
    "/approval/papers/{paper_id}.pdf": Where.TOWNSHIP,
    "/approval/papers/{paper_id}.docx": Where.TOWNSHIP,
    "/intake/fragments/dossier/{case_id}": Where.VILLAGE,
    "/approval/relief": Where.OWN,
    "/approval/relief/new": Where.OWN,
    "/approval/relief/emergency": Where.OWN,
    "/approval/exports/docket.xlsx": Where.OWN,
    "/approval/exports/platform.xlsx": Where.OWN,
    "/review/exports/roll.xlsx": Where.TOWNSHIP,
    "/approval/reliefs/{relief_id}": Where.TOWNSHIP,
    "/approval/reliefs/{relief_id}/{slug}": Where.TOWNSHIP,
    "/approval/fund": Where.TOWNSHIP,
    "/approval/fund/request": Where.OWN,
    "/approval/fund/requests/{request_id}/allocate": Where.TOWNSHIP,
    "/approval/fund/report": Where.TOWNSHIP,
    "/approval/fund/report.xlsx": Where.TOWNSHIP,
    "/approval/fund/report/send": Where.OWN,
    "/approval/fragments/today": Where.OWN,
    "/approval/fragments/cases/{case_id}": Where.TOWNSHIP,
    "/approval/meetings/{meeting_id}": Where.TOWNSHIP,
    "/approval/meetings/{meeting_id}/sign": Where.TOWNSHIP,
    "/approval/meetings/{meeting_id}/cases/{case_id}/vote": Where.TOWNSHIP,
    "/approval/meetings/{meeting_id}/cases/{case_id}/decide": Where.TOWNSHIP,
    "/approval/cases/{case_id}/{slug}": Where.TOWNSHIP,
    "/disclosure/publicities": Where.TOWNSHIP,
    "/disclosure/publicities/{publicity_id}/poster.pdf": Where.VILLAGE,
    "/disclosure/publicities/{publicity_id}/objection": Where.VILLAGE,
    "/disclosure/agreement": Where.OWN,
    "/disclosure/objections": Where.OWN,
    "/disclosure/objections/{objection_id}": Where.VILLAGE,
    "/disclosure/objections/{objection_id}/investigation": Where.VILLAGE,
    "/disclosure/objections/{objection_id}/answer": Where.VILLAGE,
    "/disclosure/objections/{objection_id}/repeated": Where.VILLAGE,
    "/disclosure/library": Where.OWN,
    "/disclosure/library/publish": Where.DISTRICT,
    "/disclosure/library/{document_id}": Where.OWN,
    "/disclosure/library/{document_id}/read": Where.OWN,
    "/disclosure/library/{document_id}/file": Where.OWN,
    "/disclosure/outreach": Where.OWN,
    "/disclosure/outreach/activity": Where.OWN,
    "/disclosure/outreach/study": Where.OWN,
    "/disclosure/outreach/training": Where.OWN,
    "/disclosure/trainings/{training_id}": Where.OWN,
    "/disclosure/trainings/{training_id}/held": Where.TOWNSHIP,
    "/disclosure/trainings/{training_id}/attend": Where.OWN,
    "/disclosure/fragments/today": Where.OWN,
    "/disclosure/fragments/cases/{case_id}": Where.VILLAGE,
    "/review/roll": Where.TOWNSHIP,
    "/review/fragments/today": Where.OWN,
    "/review/fragments/cases/{case_id}": Where.TOWNSHIP,
}
# Everything that answers without sign-in, by name: a new public route has to be written down here.
PUBLIC = {
    "GET /field/v1/keys",
    *doors.MACHINE,
    *(f"GET /{name}/static/{{version}}/{{name}}" for name in launch.SERVICES),
    "POST /intake/session",
    "GET /intake/sign-in",
    "POST /intake/sign-in",
    "GET /intake/renew",
    "POST /intake/renew",
    "POST /intake/sign-out",
    "GET /intake/password",
    "POST /intake/password",
    "GET /intake/sign-in/district",
    "GET /intake/sign-in/district/back",
    "POST /intake/token",
    "POST /field/v1/enrol",
    "POST /field/v1/challenge",
    "POST /field/v1/session",
    "OPTIONS /field/v1/photos",
    "POST /field/v1/renewal",
    "PUT /field/v1/handover/{visit_id}/{part}",
    "GET /board",
    "GET /board/",
    "GET /board/static/{name}",
    "GET /board/{area}.json",
    "GET /board/{area}",
    *(
        f"GET /board/{{area}}/{outlet}"
        for outlet in ("lobby", "code.svg", "feed.atom", "list.pdf", "wechat.txt")
    ),
    "GET /board/entries/{entry_id}",
    "GET /board/entries/{entry_id}/objection",
    "POST /board/entries/{entry_id}/objection",
    "GET /board/objections",
    "GET /verify/{paper_id}",
    "GET /approval/verify/{paper_id}",
    "GET /styleguide",
}
# ODK Collect signs in by HTTP Basic, which these routes ask for themselves; then the gate decides.
OPENROSA = {
    "GET /openrosa/formList",
    "GET /openrosa/forms/{form_id}/{version}",
    "GET /openrosa/forms/{form_id}/{version}/manifest",
    "HEAD /openrosa/submission",
    "POST /openrosa/submission",
}
# What the fields of a request are called, where one name has several meanings.
OF_ITS_OWN: Mapping[str, Mapping[str, Any]] = {
    "intake.PutArea": {"code": "140403103901", "name": "一村"},
    "intake.PutStaff": {"staff_id": "matrix-hired", "name": "新同志"},
    "intake.DeclineApplication": {"ground": "withdrawn"},
    "intake.ExtendClock": {"ground": "objection"},
    "intake.OpenReexamination": {"ground": "report", "source_id": "matrix"},
    "intake.ReferAbuse": {
        "referral_id": "matrix-referral-2",
        "kind": "discipline",
        "staff_id": "nobody",
        "area": "140403103",
    },
    "intake.IssuePaper": {"kind": "acceptance-notice"},
    "approval.SignAttendance": {"seat": "attendee"},
    "approval.ConveneMeeting": {"case_ids": ["none"], "kind": ""},
    "approval.NameSubstitute": {"seat": "handler", "ground": "absent", "staff_id": "h"},
    "approval.IssuePaper": {"kind": "confirmation-notice"},
    "disclosure.RaiseObjection": {"way": "phone"},
    "disclosure.AnswerObjection": {"outcome": "unfounded"},
    "approval.ReturnRelief": {"reason": "wrong-name"},
    "approval.RequestFund": {"request_id": ""},
}


@dataclass(frozen=True, slots=True)
class Caller:
    """Somebody with one post, or with no valid token at all."""

    name: str
    actor: Actor
    token: str
    signed_in: bool = True

    @property
    def headers(self) -> dict[str, str]:
        return {"authorization": f"Bearer {self.token}"} if self.token else {}


@dataclass(frozen=True, slots=True)
class Surprise:
    """A call that ended otherwise than the table says."""

    what: str
    caller: str
    expected: str
    seen: str

    def __str__(self) -> str:
        return f"{self.what} as {self.caller}: expected {self.expected}, got {self.seen}"


@dataclass(frozen=True, slots=True)
class Prepared:
    """A running system that has played the whole story, and the ids of what there is in it."""

    addresses: Addresses
    keys: Keys
    known: Mapping[str, Any]
    blueprints: Mapping[str, Blueprint]

    def callers(self) -> Iterator[Caller]:
        """Each role in the village of the case, its township, another township and the district."""
        areas = {
            "own village": self.known["village"],
            "own township": self.known["township"],
            "other township": OTHER_TOWNSHIP,
            "district": "140403",
        }
        for role in Role:
            for near, area in areas.items():
                actor = Actor(f"matrix-{role}", (Post(role, area),))
                yield Caller(f"{role} of the {near}", actor, self.keys.issue(actor))

    def strangers(self) -> Iterator[Caller]:
        """Who has no valid token, though his posts would do."""
        mighty = Actor("matrix-mighty", tuple(Post(role, "140403") for role in Role))
        yield Caller("nobody", mighty, "", signed_in=False)
        yield Caller("somebody whose token is over", mighty, expired(self.keys, mighty), signed_in=False)
        yield Caller("somebody who signs himself", mighty, Keys.fresh().issue(mighty), signed_in=False)

    def may(self, access: Access, where: Where, actor: Actor) -> bool:
        """What the table says."""
        village, township = self.known["village"], self.known["township"]
        if where is Where.OWN:
            return any(post.role in access.roles for post in actor.posts)
        if where is Where.SEAT:
            roles = {Role.GRID_WORKER, Role.LIAISON, Role.VILLAGE_HEAD} & access.roles
            inside = any(post.role in roles and post.area.startswith(township) for post in actor.posts)
            return inside or actor.holds(access.roles, township)
        area = {Where.VILLAGE: village, Where.TOWNSHIP: township, Where.DISTRICT: "140403"}[where]
        return actor.holds(access.roles, area)


@asynccontextmanager
async def prepared(folder: Path) -> AsyncIterator[Prepared]:
    """Play the story embedded, and go on running on what it left."""
    await stage.tell("embedded", folder, pause=0.0, say=lambda _: None)
    settings = launch.embedded_settings(folder, 0, START)
    async with runner.running(launch.blueprints(), settings) as addresses:
        yield Prepared(addresses, runner.development_keys(folder), known_ids(folder), blueprints())


def known_ids(folder: Path) -> dict[str, Any]:
    """The ids and words by which calls name what there is; a field of a request is looked up here by name."""
    case = row(folder, "intake", "SELECT case_id, household_id, township, village FROM cases")
    photo = row(
        folder,
        "intake",
        "SELECT p.visit_id, sha256, size FROM visit_photos p JOIN visits v ON v.visit_id = p.visit_id"
        " WHERE v.case_id <> '' AND p.state = 'verified'",
    )
    asked = row(folder, "intake", "SELECT verification_id FROM verifications")
    meeting = row(folder, "approval", "SELECT meeting_id FROM meetings")
    form = row(folder, "intake", "SELECT form_id, version FROM forms")
    paper = row(folder, "intake", "SELECT paper_id FROM issued_papers")
    scan = waiting_scan(folder, case["township"])
    notice = row(folder, "disclosure", "SELECT publicity_id, publicity_id AS notice_id FROM publicities")
    outreach = document_and_training(folder, case["township"])
    objection = waiting_objection(folder, case, notice["notice_id"])
    merge = waiting_arrivals(folder, photo["visit_id"], case["township"], case["village"])
    kin = kin_matters(folder, case)
    words = {
        "area": case["township"],
        "article": "R7.4",
        "cause": "illness",
        "delivered_on": "2026-10-09",
        "entered_on": "2026-10-09",
        "entry_no": "LS-1",
        "handler_id": "matrix-handler",
        "from_on": "2026-11-01",
        "head_name": "张三",
        "held_on": "2026-10-09",
        "id_number": id_number("1950-01-01", 9).value,
        "investigated_on": "2026-10-09",
        "kind": "expenditure",
        "month": "2026-09",
        "number": 1,
        "object_category": "other",
        "category": "dibao",
        "method": "in-person",
        "outcome": "confirm",
        "page_size": 5,
        "part": "record",
        "place": "会议室",
        "regulation": "R4",
        "received_on": "2026-10-09",
        "report_no": "HD-1",
        "served_on": "2026-10-09",
        "starts_at": "2026-10-12T15:00:00+08:00",
        "vote": "for",
        "visited_on": "2026-10-09",
    }
    relief = relief_and_request(folder, case, paper["paper_id"])
    hands = posts_changing_hands(folder, case["township"])
    rows = (
        *(case, photo, asked, meeting, form, paper, scan, notice, objection),
        *(relief, outreach, merge, kin, hands),
    )
    return {**words, **{name: value for found in rows for name, value in found.items()}}


def posts_changing_hands(folder: Path, township: str) -> dict[str, str]:
    """A post lent during leave and one handed over; the story has neither."""
    found = {
        "delegation_id": "01920000-0000-7000-8000-0000000005f1",
        "handover_id": "01920000-0000-7000-8000-0000000005f2",
    }
    engine = create_engine(f"sqlite:///{folder / 'intake'}.db")
    with engine.begin() as connection:
        one, other = connection.execute(
            text("SELECT staff_id FROM staff ORDER BY staff_id LIMIT 2")
        ).scalars()
        who = {**found, "area": township, "one": one, "other": other}
        for statement in (
            "INSERT INTO delegations (delegation_id, role, area, principal, delegate, from_on, to_on,"
            " actions, reason) VALUES (:delegation_id, 'township_handler', :area, :one, :other, '2026-10-01',"
            " '2026-10-31', '[]', '休假')",
            "INSERT INTO handovers (handover_id, role, area, giver, taker, given_at) VALUES (:handover_id,"
            " 'township_handler', :area, :one, :other, '2026-10-09 01:00:00')",
        ):
            connection.execute(text(statement), who)
    engine.dispose()
    return found


def relief_and_request(folder: Path, case: Mapping[str, Any], paper_id: str) -> dict[str, str]:
    """A relief that somebody asked for, and a request for the reserve fund; the story has none."""
    found = {
        "relief_id": "01920000-0000-7000-8000-000000000e1f",
        "request_id": "01920000-0000-7000-8000-000000000f0d",
    }
    engine = create_engine(f"sqlite:///{folder / 'approval'}.db")
    with engine.begin() as connection:
        relief = {
            "relief_id": found["relief_id"],
            "household_id": case["household_id"],
            "township": case["township"],
            "village": case["village"],
            "residence_village": "",
            "compound": "",
            "head_name": "张三",
            "kind": "expenditure",
            "cause": "illness",
            "object_category": "other",
            "amount_fen": 100000,
            "handler_id": "h",
            "requested_on": date(2026, 10, 9),
            "lead_id": "",
            "stage": "requested",
            "revision": 0,
            "reason": "",
            "notice_provisional": False,
            "notice_overdue_noted": False,
            "paperwork_provisional": False,
            "paperwork_overdue_noted": False,
            "platform_no": "",
            "platform_entered_by": "",
            "version": 1,
        }
        connection.execute(insert(reliefs), relief)
        asked = {
            "request_id": found["request_id"],
            "township": case["township"],
            "half": "2026H2",
            "amount_fen": 100000,
            "balance_fen": 0,
            "spent_fen": 0,
            "unpaid_fen": 0,
            "exception_reason": "",
            "requested_on": date(2026, 10, 9),
            "requested_by": "h",
            "stage": "requested",
            "allocated_fen": 0,
            "decided_by": "",
            "reason": "",
            "version": 1,
        }
        connection.execute(insert(fund_requests), asked)
        connection.execute(insert(issued_papers), paper_of(case, paper_id))
    engine.dispose()
    return found


def paper_of(case: Mapping[str, Any], paper_id: str) -> dict[str, Any]:
    """A notice of approval under the id of a paper that is known; its file is lost."""
    return {
        "township": case["township"],
        "paper_id": paper_id,
        "village": case["village"],
        "case_id": case["case_id"],
        "household_id": case["household_id"],
        "kind": "confirmation-notice",
        "number": "1号",
        "wording": "confirmation-notice/1",
        "content": {
            "title": "确认通知书",
            "number": "1号",
            "addressee": "",
            "blocks": [],
            "body": "镇",
            "issued_on": "2026-10-09",
            "has_slip": True,
        },
        "mark": "0" * 12,
        "sha256": "0" * 64,
        "size": 1,
        "issued_at": datetime(2026, 10, 9, tzinfo=UTC),
        "issued_by": "h",
    }


def waiting_scan(folder: Path, township: str) -> dict[str, str]:
    """A page that the township brought in and nobody has filed; the story has none."""
    found = {"scan_id": "01920000-0000-7000-8000-0000000005ca", "township": township, "sha256": "5" * 64}
    engine = create_engine(f"sqlite:///{folder / 'intake'}.db")
    with engine.begin() as connection:
        connection.execute(
            text(
                "INSERT INTO paper_scans (township, scan_id, sha256, page, problem, scanned_at, scanned_by,"
                " filed_by) VALUES (:township, :scan_id, :sha256, 1, '', '2026-10-09 01:00:00', 'h', '')"
            ),
            found,
        )
    engine.dispose()
    return {"scan_id": found["scan_id"]}


def document_and_training(folder: Path, township: str) -> dict[str, str]:
    """A document of the library and a training of the township; the story has neither."""
    found = {
        "document_id": "01920000-0000-7000-8000-0000000000d0",
        "training_id": "01920000-0000-7000-8000-0000000000d1",
    }
    engine = create_engine(f"sqlite:///{folder / 'disclosure'}.db")
    with engine.begin() as connection:
        connection.execute(
            text(
                "INSERT INTO library (document_id, version, area, kind, title, number, valid_from, body"
                ", file_name, file_sha256, file_size, published_on, published_by) VALUES"
                " (:document_id, 1, '140403', 'policy', '制度', '', '2026-01-01', '正文', '', '', 0"
                ", '2026-01-01', 'd')"
            ),
            found,
        )
        connection.execute(
            text(
                "INSERT INTO trainings (training_id, area, level, title, planned_on, code, planned_by"
                ", material, questions, cases) VALUES (:training_id, :area, 'township', '培训'"
                ", '2026-10-09', 'CODE23', 'd', '', '', '')"
            ),
            {**found, "area": township},
        )
    engine.dispose()
    return found


def kin_matters(folder: Path, case: Mapping[str, str]) -> dict[str, str]:
    """A declaration, a request to be recused, a referral and an entry of the register; the story has none."""
    found = {
        "declaration_id": "01920000-0000-7000-8000-0000000005d1",
        "request_id": "01920000-0000-7000-8000-000000000f0d",
        "referral_id": "01920000-0000-7000-8000-0000000005d3",
    }
    rows = (
        "INSERT INTO staff_declarations (declaration_id, staff_id, area, person_id, relation, stage,"
        " declared_on, reviewed_by, filed_by, note) VALUES (:declaration_id, 'nobody', :township, 'nobody',"
        " '哥哥', 'declared', '2026-10-09', '', '', '')",
        "INSERT INTO recusal_requests (township, request_id, case_id, household_id, staff_id, reason,"
        " asked_on, named_by) VALUES (:township, :request_id, :case_id, :household_id, 'nobody', '同学',"
        " '2026-10-09', '')",
        "INSERT INTO referrals (referral_id, kind, area, staff_id, case_id, facts, authority, referred_on,"
        " referred_by, receipt_no, outcome) VALUES (:referral_id, 'discipline', :township, 'nobody', '',"
        " '线索', '区纪委', '2026-10-09', 'leader', '', '')",
        "INSERT OR IGNORE INTO kin_entries (township, case_id, household_id, village, staff_ids,"
        " registered_on, late, filed_by) VALUES (:township, :case_id, :household_id, :village, '[]',"
        " '2026-10-09', 0, '')",
    )
    engine = create_engine(f"sqlite:///{folder / 'intake'}.db")
    with engine.begin() as connection:
        for statement in rows:
            connection.execute(text(statement), {**case, **found})
    engine.dispose()
    return found


def waiting_objection(folder: Path, case: Mapping[str, str], notice_id: str) -> dict[str, str]:
    """An objection that nobody has investigated; the story has none."""
    found = {"objection_id": "01920000-0000-7000-8000-0000000000b1", "notice_id": notice_id}
    sealer = Sealer.from_settings(launch.embedded_settings(folder, 0, START))
    said = json.dumps({"words": "邻居反映", "name": "", "contact": ""})
    engine = create_engine(f"sqlite:///{folder / 'disclosure'}.db")
    with engine.begin() as connection:
        connection.execute(
            text(
                "INSERT INTO objections (objection_id, township, village, receipt_no, about, notice_id"
                ", case_id, household_id, way, anonymous, words, stage, raised_at, raised_on"
                ", investigators, answer, answered_by, version)"
                " VALUES (:objection_id, :township, :village, 'YY260925-MATRIX', 'publicity'"
                ", :notice_id, :case_id, :household_id, 'phone', 1, :words, 'raised'"
                ", '2026-09-25 01:00:00', '2026-09-25', '[]', '', '', 0)"
            ),
            {**case, **found, "words": sealer.seal(said, f"objections|words|{found['objection_id']}")},
        )
    engine.dispose()
    return {"objection_id": found["objection_id"]}


def waiting_arrivals(folder: Path, visit_id: str, township: str, village: str) -> dict[str, str]:
    """Work of an ended tablet, and two records that do not go together; the story has neither."""
    found = {
        "device": "01920000-0000-7000-8000-0000000005de",
        "visit_id": visit_id,
        "area": township,
        "village": village,
        "merge_task_id": "01920000-0000-7000-8000-0000000005e0",
        "at": "2026-10-09 01:00:00",
    }
    engine = create_engine(f"sqlite:///{folder / 'intake'}.db")
    with engine.begin() as connection:
        for statement in (
            "INSERT INTO devices (device_id, name, area, public_key, enrolled_at)"
            " VALUES (:device, '平板', :area, '', :at)",
            "INSERT INTO quarantined_works (visit_id, device_id, area, arrived_at)"
            " VALUES (:visit_id, :device, :area, :at)",
            "INSERT INTO merge_tasks (merge_task_id, visit_id, content_sha256, envelope, sent_by, opened_at,"
            " kind, village) VALUES (:merge_task_id, :visit_id, '', '', 'h', :at, 'content', :village)",
        ):
            connection.execute(text(statement), found)
    engine.dispose()
    return {"merge_task_id": found["merge_task_id"], "device_id": found["device"]}


def row(folder: Path, service: str, question: str) -> dict[str, Any]:
    """The first row of an answer."""
    engine = create_engine(f"sqlite:///{folder / service}.db")
    with engine.connect() as connection:
        found = dict(connection.execute(text(f"{question} LIMIT 1")).mappings().one())
    engine.dispose()
    return found


def expired(keys: Keys, actor: Actor) -> str:
    """A token that we signed, an hour ago."""
    assert keys.private is not None
    claims = jwt.decode(keys.issue(actor), keys.public, algorithms=["ES256"]).claims
    over = {**claims, "iss": ISSUER, "iat": claims["iat"] - 3600, "exp": claims["exp"] - 3600}
    return jwt.encode({"alg": "ES256"}, over, keys.private)


# --- gRPC ---


def methods(found: Mapping[str, Blueprint]) -> dict[str, tuple[MethodDescriptor, Access]]:
    """Every call of every contract with its row."""
    answer = {}
    for name, blueprint in found.items():
        assert blueprint.rpc is not None
        for method in blueprint.rpc.descriptor.methods:
            command = blueprint.rpc.acts.get(method.name)
            action = blueprint.acts[command].action if command else blueprint.rpc.reads[method.name].action
            answer[f"{name}.{method.name}"] = (method, blueprint.access[action])
    return answer


def request_of(name: str, method: MethodDescriptor, known: Mapping[str, Any]) -> bytes:
    """A request whose fields are what is known under their names."""
    values = {**known, **OF_ITS_OWN.get(name, {})}
    fields = {field.name: values[field.name] for field in method.input_type.fields if field.name in values}
    return bytes(GetMessageClass(method.input_type)(**fields).SerializeToString())


async def call_all(system: Prepared) -> list[Surprise]:
    """Every RPC as everybody."""
    async with grpc.aio.insecure_channel(system.addresses.grpc) as channel:
        calls = [
            _called(system, channel, name, method, access, caller)
            for name, (method, access) in methods(system.blueprints).items()
            for caller in (*system.callers(), *system.strangers())
        ]
        return await _together(calls)


async def _called(
    system: Prepared,
    channel: grpc.aio.Channel,
    name: str,
    method: MethodDescriptor,
    access: Access,
    caller: Caller,
) -> Surprise | None:
    path = f"/{method.containing_service.full_name}/{method.name}"
    metadata = tuple(caller.headers.items())
    request = request_of(name, method, system.known)
    code = grpc.StatusCode.OK
    try:
        if method.server_streaming:
            async for _ in channel.unary_stream(path)(request, metadata=metadata, timeout=30):
                pass
        else:
            await channel.unary_unary(path)(request, metadata=metadata, timeout=30)
    except grpc.aio.AioRpcError as error:
        code = error.code()
    refused = (grpc.StatusCode.PERMISSION_DENIED, grpc.StatusCode.UNAUTHENTICATED)
    if not caller.signed_in:
        return _compare(name, caller, grpc.StatusCode.UNAUTHENTICATED.name, code.name)
    if not system.may(access, RPCS[name], caller.actor):
        return _compare(name, caller, grpc.StatusCode.PERMISSION_DENIED.name, code.name)
    wrong = code in (*refused, grpc.StatusCode.INTERNAL, grpc.StatusCode.UNKNOWN)
    return Surprise(name, caller.name, "to be let in", code.name) if wrong else None


# --- HTTP ---


@dataclass(frozen=True, slots=True)
class Route:
    """One route with its row; a route whose slug chooses the action is one for each slug."""

    name: str
    slug: str
    row: str
    access: Access | None

    @property
    def method(self) -> str:
        return self.name.partition(" ")[0]

    @property
    def path(self) -> str:
        return self.name.partition(" ")[2]


def office_routes(found: Mapping[str, Blueprint]) -> list[Route]:
    """Every route of the office app."""
    with apps(found) as (office, _):
        answer = []
        rows = office.state.doors
        for name in doors.routes_of(office):
            chosen = {"": rows[name]} if name in rows else _by_slug(rows, name)
            for slug, door in chosen.items():
                access = door.service.blueprint.access.get(door.row) if door.service else None
                answer.append(Route(name, slug, door.row, access))
        return answer


def _by_slug(rows: Mapping[str, doors.Door], name: str) -> dict[str, doors.Door]:
    slugs = doors.rows_by_slug(rows, name)
    return {slug: rows[name.replace(doors.SLUG, slug)] for slug in slugs}


async def visit_all(system: Prepared) -> list[Surprise]:
    """Every route of the office app as everybody."""
    async with lines(system.addresses.http, AT_ONCE) as http:
        calls = [
            _visited(system, http, route, caller)
            for route in office_routes(system.blueprints)
            if route.row != doors.EVERYBODY
            for caller in (*system.callers(), *system.strangers())
        ]
        return await _together(calls)


async def _visited(system: Prepared, http: Lines, route: Route, caller: Caller) -> Surprise | None:
    target, headers, body = _request(system, route)
    status = await http.status(route.method, target, {**caller.headers, **headers}, body)
    name = f"{route.name} {route.slug}".strip()
    if not caller.signed_in:
        return _compare(name, caller, "401", "401" if status in (401, 303) else str(status))
    if route.access and not system.may(route.access, ROUTES[route.path], caller.actor):
        return _compare(name, caller, "403", str(status))
    wrong = status in (401, 403) or status >= 500
    return Surprise(name, caller.name, "to be let in", str(status)) if wrong else None


def _request(system: Prepared, route: Route) -> tuple[str, dict[str, str], bytes]:
    """Target, headers and body: enough of each that the gate has something to decide on."""
    known = {**system.known, "slug": route.slug}
    path = route.path.format_map(known)
    headers = {"sec-fetch-site": "same-origin"}
    if path == "/field/v1/photos":
        named = [("visit_id", known["visit_id"]), ("sha256", known["sha256"])]
        announced = ",".join(f"{name} {b64encode(value.encode()).decode()}" for name, value in named)
        headers |= {"upload-length": str(known["size"]), "upload-metadata": announced}
    if route.method == "PATCH":
        headers |= {"content-type": "application/offset+octet-stream", "upload-offset": "0"}
    body = b""
    if path == "/field/v1/visits":
        body = json.dumps(
            {
                "visit_id": "01920000-0000-7000-8000-0000000000ff",
                "form_id": "visit",
                "form_version": "1",
                "recorded_at": "2026-10-09T09:00:00+08:00",
                "village": known["village"],
                "instance": "<data/>",
            }
        ).encode()
    area = f"?area={known['township']}" if ROUTES.get(route.path) is Where.TOWNSHIP else ""
    return path + area, headers, body


def _compare(what: str, caller: Caller, expected: str, seen: str) -> Surprise | None:
    return None if seen == expected else Surprise(what, caller.name, expected, seen)


async def _together(calls: Sequence[Any]) -> list[Surprise]:
    """All calls, a few at a time; those that surprise."""
    gate = asyncio.Semaphore(AT_ONCE)

    async def one(call: Any) -> Surprise | None:
        async with gate:
            answer: Surprise | None = await call
            return answer

    return [found for found in await asyncio.gather(*map(one, calls)) if found]
