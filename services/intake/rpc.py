"""What intake answers over gRPC: acts by command, questions by query."""

from __future__ import annotations

from services.common.contracts import intake as pb
from services.common.runtime.rpc import Read, Rpc
from services.intake import access
from services.intake.commands import (
    acceptance,
    appraisals,
    identity,
    kin_declarations,
    opinion,
    papers,
    policy,
    recusal_requests,
    reexaminations,
    referrals,
    registry,
    survey,
    verification,
)
from services.intake.commands.forms import PublishForm
from services.intake.queries import cases, documents, dossier, kin
from services.intake.queries import papers as paper_queries

RPC = Rpc(
    descriptor=pb.DESCRIPTOR.services_by_name["IntakeService"],
    acts={
        "PutArea": registry.PutArea,
        "PutStaff": registry.PutStaff,
        "SetPassword": identity.SetPassword,
        "LinkIdentity": identity.LinkIdentity,
        "PutClient": identity.PutClient,
        "RevokeClient": identity.RevokeClient,
        "RegisterHousehold": registry.RegisterHousehold,
        "PublishForm": PublishForm,
        "ImportHolidays": policy.ImportHolidays,
        "AcceptApplication": acceptance.AcceptApplication,
        "DeclineApplication": acceptance.DeclineApplication,
        "RequestSupplement": acceptance.RequestSupplement,
        "ExtendClock": acceptance.ExtendClock,
        "RequestVerification": verification.RequestVerification,
        "ReturnVerification": verification.ReturnVerification,
        "OrderSurvey": survey.OrderSurvey,
        "FormOpinion": opinion.FormOpinion,
        "DisputeVerification": verification.DisputeVerification,
        "RecordAppraisal": appraisals.RecordAppraisal,
        "RecordNeighbourVisit": appraisals.RecordNeighbourVisit,
        "DeclareKin": kin_declarations.DeclareKin,
        "ReviewKinDeclaration": kin_declarations.ReviewKinDeclaration,
        "FileKinDeclaration": kin_declarations.FileKinDeclaration,
        "FileKinEntry": kin_declarations.FileKinEntry,
        "WidenKin": kin_declarations.WidenKin,
        "AskRecusal": recusal_requests.AskRecusal,
        "NameReplacement": recusal_requests.NameReplacement,
        "OpenReexamination": reexaminations.OpenReexamination,
        "ConcludeReexamination": reexaminations.ConcludeReexamination,
        "ReferAbuse": referrals.ReferAbuse,
        "AnswerReferral": referrals.AnswerReferral,
        "IssuePaper": papers.IssuePaper,
        "DeliverPaper": papers.DeliverPaper,
    },
    reads={
        "ListVerificationRequests": Read(
            "list-verification-requests", access.at_district, dossier.list_verification_requests
        ),
        "GetCase": Read("read-case", access.at_case, cases.get_case),
        "ListCases": Read("list-cases", access.at_area, cases.list_cases),
        "GetDossier": Read("read-dossier", access.at_case, dossier.get_dossier),
        "GetTimeline": Read("read-timeline", access.at_case, cases.get_timeline),
        "ListPapers": Read("read-case", access.at_case, paper_queries.list_papers),
        "ListKinRegister": Read("list-kin", access.at_area, kin.list_kin_register),
        "GetDocument": Read("read-document", access.at_document, documents.get_document),
    },
)
