from google.protobuf.internal import containers as _containers
from google.protobuf import descriptor as _descriptor
from google.protobuf import message as _message
from collections.abc import Iterable as _Iterable, Mapping as _Mapping
from typing import ClassVar as _ClassVar, Optional as _Optional, Union as _Union

DESCRIPTOR: _descriptor.FileDescriptor

class ListDocketRequest(_message.Message):
    __slots__ = ("township", "page_size", "page_token")
    TOWNSHIP_FIELD_NUMBER: _ClassVar[int]
    PAGE_SIZE_FIELD_NUMBER: _ClassVar[int]
    PAGE_TOKEN_FIELD_NUMBER: _ClassVar[int]
    township: str
    page_size: int
    page_token: str
    def __init__(self, township: _Optional[str] = ..., page_size: _Optional[int] = ..., page_token: _Optional[str] = ...) -> None: ...

class Blocker(_message.Message):
    __slots__ = ("article", "text")
    ARTICLE_FIELD_NUMBER: _ClassVar[int]
    TEXT_FIELD_NUMBER: _ClassVar[int]
    article: str
    text: str
    def __init__(self, article: _Optional[str] = ..., text: _Optional[str] = ...) -> None: ...

class DocketItem(_message.Message):
    __slots__ = ("case_id", "category", "proposed_amount_fen", "stage", "ready_on", "due_on", "blockers")
    CASE_ID_FIELD_NUMBER: _ClassVar[int]
    CATEGORY_FIELD_NUMBER: _ClassVar[int]
    PROPOSED_AMOUNT_FEN_FIELD_NUMBER: _ClassVar[int]
    STAGE_FIELD_NUMBER: _ClassVar[int]
    READY_ON_FIELD_NUMBER: _ClassVar[int]
    DUE_ON_FIELD_NUMBER: _ClassVar[int]
    BLOCKERS_FIELD_NUMBER: _ClassVar[int]
    case_id: str
    category: str
    proposed_amount_fen: int
    stage: str
    ready_on: str
    due_on: str
    blockers: _containers.RepeatedCompositeFieldContainer[Blocker]
    def __init__(self, case_id: _Optional[str] = ..., category: _Optional[str] = ..., proposed_amount_fen: _Optional[int] = ..., stage: _Optional[str] = ..., ready_on: _Optional[str] = ..., due_on: _Optional[str] = ..., blockers: _Optional[_Iterable[_Union[Blocker, _Mapping]]] = ...) -> None: ...

class ListDocketResponse(_message.Message):
    __slots__ = ("items", "next_page_token")
    ITEMS_FIELD_NUMBER: _ClassVar[int]
    NEXT_PAGE_TOKEN_FIELD_NUMBER: _ClassVar[int]
    items: _containers.RepeatedCompositeFieldContainer[DocketItem]
    next_page_token: str
    def __init__(self, items: _Optional[_Iterable[_Union[DocketItem, _Mapping]]] = ..., next_page_token: _Optional[str] = ...) -> None: ...

class RecordDistrictVisitRequest(_message.Message):
    __slots__ = ("case_id", "visited_on")
    CASE_ID_FIELD_NUMBER: _ClassVar[int]
    VISITED_ON_FIELD_NUMBER: _ClassVar[int]
    case_id: str
    visited_on: str
    def __init__(self, case_id: _Optional[str] = ..., visited_on: _Optional[str] = ...) -> None: ...

class RecordDistrictVisitResponse(_message.Message):
    __slots__ = ("case_id",)
    CASE_ID_FIELD_NUMBER: _ClassVar[int]
    case_id: str
    def __init__(self, case_id: _Optional[str] = ...) -> None: ...

class ConveneMeetingRequest(_message.Message):
    __slots__ = ("meeting_id", "township", "starts_at", "place", "case_ids", "delegated_to", "delegation_reason", "kind")
    MEETING_ID_FIELD_NUMBER: _ClassVar[int]
    TOWNSHIP_FIELD_NUMBER: _ClassVar[int]
    STARTS_AT_FIELD_NUMBER: _ClassVar[int]
    PLACE_FIELD_NUMBER: _ClassVar[int]
    CASE_IDS_FIELD_NUMBER: _ClassVar[int]
    DELEGATED_TO_FIELD_NUMBER: _ClassVar[int]
    DELEGATION_REASON_FIELD_NUMBER: _ClassVar[int]
    KIND_FIELD_NUMBER: _ClassVar[int]
    meeting_id: str
    township: str
    starts_at: str
    place: str
    case_ids: _containers.RepeatedScalarFieldContainer[str]
    delegated_to: str
    delegation_reason: str
    kind: str
    def __init__(self, meeting_id: _Optional[str] = ..., township: _Optional[str] = ..., starts_at: _Optional[str] = ..., place: _Optional[str] = ..., case_ids: _Optional[_Iterable[str]] = ..., delegated_to: _Optional[str] = ..., delegation_reason: _Optional[str] = ..., kind: _Optional[str] = ...) -> None: ...

class ConveneMeetingResponse(_message.Message):
    __slots__ = ("meeting_id",)
    MEETING_ID_FIELD_NUMBER: _ClassVar[int]
    meeting_id: str
    def __init__(self, meeting_id: _Optional[str] = ...) -> None: ...

class SignAttendanceRequest(_message.Message):
    __slots__ = ("meeting_id", "seat", "signed_as")
    MEETING_ID_FIELD_NUMBER: _ClassVar[int]
    SEAT_FIELD_NUMBER: _ClassVar[int]
    SIGNED_AS_FIELD_NUMBER: _ClassVar[int]
    meeting_id: str
    seat: str
    signed_as: str
    def __init__(self, meeting_id: _Optional[str] = ..., seat: _Optional[str] = ..., signed_as: _Optional[str] = ...) -> None: ...

class SignAttendanceResponse(_message.Message):
    __slots__ = ("meeting_id", "missing_seats")
    MEETING_ID_FIELD_NUMBER: _ClassVar[int]
    MISSING_SEATS_FIELD_NUMBER: _ClassVar[int]
    meeting_id: str
    missing_seats: _containers.RepeatedScalarFieldContainer[str]
    def __init__(self, meeting_id: _Optional[str] = ..., missing_seats: _Optional[_Iterable[str]] = ...) -> None: ...

class NameSubstituteRequest(_message.Message):
    __slots__ = ("meeting_id", "seat", "staff_id", "ground", "reason")
    MEETING_ID_FIELD_NUMBER: _ClassVar[int]
    SEAT_FIELD_NUMBER: _ClassVar[int]
    STAFF_ID_FIELD_NUMBER: _ClassVar[int]
    GROUND_FIELD_NUMBER: _ClassVar[int]
    REASON_FIELD_NUMBER: _ClassVar[int]
    meeting_id: str
    seat: str
    staff_id: str
    ground: str
    reason: str
    def __init__(self, meeting_id: _Optional[str] = ..., seat: _Optional[str] = ..., staff_id: _Optional[str] = ..., ground: _Optional[str] = ..., reason: _Optional[str] = ...) -> None: ...

class NameSubstituteResponse(_message.Message):
    __slots__ = ("meeting_id",)
    MEETING_ID_FIELD_NUMBER: _ClassVar[int]
    meeting_id: str
    def __init__(self, meeting_id: _Optional[str] = ...) -> None: ...

class MakeMinutesRequest(_message.Message):
    __slots__ = ("meeting_id",)
    MEETING_ID_FIELD_NUMBER: _ClassVar[int]
    meeting_id: str
    def __init__(self, meeting_id: _Optional[str] = ...) -> None: ...

class MakeMinutesResponse(_message.Message):
    __slots__ = ("paper_id", "number", "sha256")
    PAPER_ID_FIELD_NUMBER: _ClassVar[int]
    NUMBER_FIELD_NUMBER: _ClassVar[int]
    SHA256_FIELD_NUMBER: _ClassVar[int]
    paper_id: str
    number: str
    sha256: str
    def __init__(self, paper_id: _Optional[str] = ..., number: _Optional[str] = ..., sha256: _Optional[str] = ...) -> None: ...

class IssuePaperRequest(_message.Message):
    __slots__ = ("case_id", "kind", "addressee")
    CASE_ID_FIELD_NUMBER: _ClassVar[int]
    KIND_FIELD_NUMBER: _ClassVar[int]
    ADDRESSEE_FIELD_NUMBER: _ClassVar[int]
    case_id: str
    kind: str
    addressee: str
    def __init__(self, case_id: _Optional[str] = ..., kind: _Optional[str] = ..., addressee: _Optional[str] = ...) -> None: ...

class IssuePaperResponse(_message.Message):
    __slots__ = ("paper_id", "number", "sha256")
    PAPER_ID_FIELD_NUMBER: _ClassVar[int]
    NUMBER_FIELD_NUMBER: _ClassVar[int]
    SHA256_FIELD_NUMBER: _ClassVar[int]
    paper_id: str
    number: str
    sha256: str
    def __init__(self, paper_id: _Optional[str] = ..., number: _Optional[str] = ..., sha256: _Optional[str] = ...) -> None: ...

class CastVoteRequest(_message.Message):
    __slots__ = ("meeting_id", "case_id", "vote", "dissent")
    MEETING_ID_FIELD_NUMBER: _ClassVar[int]
    CASE_ID_FIELD_NUMBER: _ClassVar[int]
    VOTE_FIELD_NUMBER: _ClassVar[int]
    DISSENT_FIELD_NUMBER: _ClassVar[int]
    meeting_id: str
    case_id: str
    vote: str
    dissent: str
    def __init__(self, meeting_id: _Optional[str] = ..., case_id: _Optional[str] = ..., vote: _Optional[str] = ..., dissent: _Optional[str] = ...) -> None: ...

class CastVoteResponse(_message.Message):
    __slots__ = ("meeting_id",)
    MEETING_ID_FIELD_NUMBER: _ClassVar[int]
    meeting_id: str
    def __init__(self, meeting_id: _Optional[str] = ...) -> None: ...

class DecideCaseRequest(_message.Message):
    __slots__ = ("meeting_id", "case_id", "outcome", "category", "tier", "insured_person_ids", "monthly_amount_fen", "add_on_fen", "reason")
    MEETING_ID_FIELD_NUMBER: _ClassVar[int]
    CASE_ID_FIELD_NUMBER: _ClassVar[int]
    OUTCOME_FIELD_NUMBER: _ClassVar[int]
    CATEGORY_FIELD_NUMBER: _ClassVar[int]
    TIER_FIELD_NUMBER: _ClassVar[int]
    INSURED_PERSON_IDS_FIELD_NUMBER: _ClassVar[int]
    MONTHLY_AMOUNT_FEN_FIELD_NUMBER: _ClassVar[int]
    ADD_ON_FEN_FIELD_NUMBER: _ClassVar[int]
    REASON_FIELD_NUMBER: _ClassVar[int]
    meeting_id: str
    case_id: str
    outcome: str
    category: str
    tier: str
    insured_person_ids: _containers.RepeatedScalarFieldContainer[str]
    monthly_amount_fen: int
    add_on_fen: int
    reason: str
    def __init__(self, meeting_id: _Optional[str] = ..., case_id: _Optional[str] = ..., outcome: _Optional[str] = ..., category: _Optional[str] = ..., tier: _Optional[str] = ..., insured_person_ids: _Optional[_Iterable[str]] = ..., monthly_amount_fen: _Optional[int] = ..., add_on_fen: _Optional[int] = ..., reason: _Optional[str] = ...) -> None: ...

class DecideCaseResponse(_message.Message):
    __slots__ = ("decision_id", "first_month", "notice_due_on", "next")
    DECISION_ID_FIELD_NUMBER: _ClassVar[int]
    FIRST_MONTH_FIELD_NUMBER: _ClassVar[int]
    NOTICE_DUE_ON_FIELD_NUMBER: _ClassVar[int]
    NEXT_FIELD_NUMBER: _ClassVar[int]
    decision_id: str
    first_month: str
    notice_due_on: str
    next: str
    def __init__(self, decision_id: _Optional[str] = ..., first_month: _Optional[str] = ..., notice_due_on: _Optional[str] = ..., next: _Optional[str] = ...) -> None: ...

class ServeNoticeRequest(_message.Message):
    __slots__ = ("case_id", "method", "served_on")
    CASE_ID_FIELD_NUMBER: _ClassVar[int]
    METHOD_FIELD_NUMBER: _ClassVar[int]
    SERVED_ON_FIELD_NUMBER: _ClassVar[int]
    case_id: str
    method: str
    served_on: str
    def __init__(self, case_id: _Optional[str] = ..., method: _Optional[str] = ..., served_on: _Optional[str] = ...) -> None: ...

class ServeNoticeResponse(_message.Message):
    __slots__ = ("case_id",)
    CASE_ID_FIELD_NUMBER: _ClassVar[int]
    case_id: str
    def __init__(self, case_id: _Optional[str] = ...) -> None: ...

class ReceiptFilingRequest(_message.Message):
    __slots__ = ("case_id",)
    CASE_ID_FIELD_NUMBER: _ClassVar[int]
    case_id: str
    def __init__(self, case_id: _Optional[str] = ...) -> None: ...

class ReceiptFilingResponse(_message.Message):
    __slots__ = ("case_id", "receipt_no")
    CASE_ID_FIELD_NUMBER: _ClassVar[int]
    RECEIPT_NO_FIELD_NUMBER: _ClassVar[int]
    case_id: str
    receipt_no: str
    def __init__(self, case_id: _Optional[str] = ..., receipt_no: _Optional[str] = ...) -> None: ...

class AskCorrectionRequest(_message.Message):
    __slots__ = ("case_id", "reason")
    CASE_ID_FIELD_NUMBER: _ClassVar[int]
    REASON_FIELD_NUMBER: _ClassVar[int]
    case_id: str
    reason: str
    def __init__(self, case_id: _Optional[str] = ..., reason: _Optional[str] = ...) -> None: ...

class AskCorrectionResponse(_message.Message):
    __slots__ = ("case_id",)
    CASE_ID_FIELD_NUMBER: _ClassVar[int]
    case_id: str
    def __init__(self, case_id: _Optional[str] = ...) -> None: ...

class SubmitCorrectionRequest(_message.Message):
    __slots__ = ("case_id", "answer")
    CASE_ID_FIELD_NUMBER: _ClassVar[int]
    ANSWER_FIELD_NUMBER: _ClassVar[int]
    case_id: str
    answer: str
    def __init__(self, case_id: _Optional[str] = ..., answer: _Optional[str] = ...) -> None: ...

class SubmitCorrectionResponse(_message.Message):
    __slots__ = ("case_id",)
    CASE_ID_FIELD_NUMBER: _ClassVar[int]
    case_id: str
    def __init__(self, case_id: _Optional[str] = ...) -> None: ...

class RecordSpotCheckRequest(_message.Message):
    __slots__ = ("case_id", "visited_on")
    CASE_ID_FIELD_NUMBER: _ClassVar[int]
    VISITED_ON_FIELD_NUMBER: _ClassVar[int]
    case_id: str
    visited_on: str
    def __init__(self, case_id: _Optional[str] = ..., visited_on: _Optional[str] = ...) -> None: ...

class RecordSpotCheckResponse(_message.Message):
    __slots__ = ("case_id",)
    CASE_ID_FIELD_NUMBER: _ClassVar[int]
    case_id: str
    def __init__(self, case_id: _Optional[str] = ...) -> None: ...

class DecideForDistrictRequest(_message.Message):
    __slots__ = ("case_id", "outcome", "reason")
    CASE_ID_FIELD_NUMBER: _ClassVar[int]
    OUTCOME_FIELD_NUMBER: _ClassVar[int]
    REASON_FIELD_NUMBER: _ClassVar[int]
    case_id: str
    outcome: str
    reason: str
    def __init__(self, case_id: _Optional[str] = ..., outcome: _Optional[str] = ..., reason: _Optional[str] = ...) -> None: ...

class DecideForDistrictResponse(_message.Message):
    __slots__ = ("case_id",)
    CASE_ID_FIELD_NUMBER: _ClassVar[int]
    case_id: str
    def __init__(self, case_id: _Optional[str] = ...) -> None: ...

class GetDecisionRequest(_message.Message):
    __slots__ = ("case_id",)
    CASE_ID_FIELD_NUMBER: _ClassVar[int]
    case_id: str
    def __init__(self, case_id: _Optional[str] = ...) -> None: ...

class Decision(_message.Message):
    __slots__ = ("decision_id", "case_id", "meeting_id", "outcome", "category", "persons", "monthly_amount_fen", "add_on_fen", "first_month", "decided_on", "notice_due_on", "notice_served_on", "filed_on", "receipt_no")
    DECISION_ID_FIELD_NUMBER: _ClassVar[int]
    CASE_ID_FIELD_NUMBER: _ClassVar[int]
    MEETING_ID_FIELD_NUMBER: _ClassVar[int]
    OUTCOME_FIELD_NUMBER: _ClassVar[int]
    CATEGORY_FIELD_NUMBER: _ClassVar[int]
    PERSONS_FIELD_NUMBER: _ClassVar[int]
    MONTHLY_AMOUNT_FEN_FIELD_NUMBER: _ClassVar[int]
    ADD_ON_FEN_FIELD_NUMBER: _ClassVar[int]
    FIRST_MONTH_FIELD_NUMBER: _ClassVar[int]
    DECIDED_ON_FIELD_NUMBER: _ClassVar[int]
    NOTICE_DUE_ON_FIELD_NUMBER: _ClassVar[int]
    NOTICE_SERVED_ON_FIELD_NUMBER: _ClassVar[int]
    FILED_ON_FIELD_NUMBER: _ClassVar[int]
    RECEIPT_NO_FIELD_NUMBER: _ClassVar[int]
    decision_id: str
    case_id: str
    meeting_id: str
    outcome: str
    category: str
    persons: int
    monthly_amount_fen: int
    add_on_fen: int
    first_month: str
    decided_on: str
    notice_due_on: str
    notice_served_on: str
    filed_on: str
    receipt_no: str
    def __init__(self, decision_id: _Optional[str] = ..., case_id: _Optional[str] = ..., meeting_id: _Optional[str] = ..., outcome: _Optional[str] = ..., category: _Optional[str] = ..., persons: _Optional[int] = ..., monthly_amount_fen: _Optional[int] = ..., add_on_fen: _Optional[int] = ..., first_month: _Optional[str] = ..., decided_on: _Optional[str] = ..., notice_due_on: _Optional[str] = ..., notice_served_on: _Optional[str] = ..., filed_on: _Optional[str] = ..., receipt_no: _Optional[str] = ...) -> None: ...

class GetDecisionResponse(_message.Message):
    __slots__ = ("decision",)
    DECISION_FIELD_NUMBER: _ClassVar[int]
    decision: Decision
    def __init__(self, decision: _Optional[_Union[Decision, _Mapping]] = ...) -> None: ...

class GetMeetingRequest(_message.Message):
    __slots__ = ("meeting_id",)
    MEETING_ID_FIELD_NUMBER: _ClassVar[int]
    meeting_id: str
    def __init__(self, meeting_id: _Optional[str] = ...) -> None: ...

class Attendance(_message.Message):
    __slots__ = ("staff_id", "seat", "signed_at")
    STAFF_ID_FIELD_NUMBER: _ClassVar[int]
    SEAT_FIELD_NUMBER: _ClassVar[int]
    SIGNED_AT_FIELD_NUMBER: _ClassVar[int]
    staff_id: str
    seat: str
    signed_at: str
    def __init__(self, staff_id: _Optional[str] = ..., seat: _Optional[str] = ..., signed_at: _Optional[str] = ...) -> None: ...

class Vote(_message.Message):
    __slots__ = ("staff_id", "case_id", "vote", "dissent")
    STAFF_ID_FIELD_NUMBER: _ClassVar[int]
    CASE_ID_FIELD_NUMBER: _ClassVar[int]
    VOTE_FIELD_NUMBER: _ClassVar[int]
    DISSENT_FIELD_NUMBER: _ClassVar[int]
    staff_id: str
    case_id: str
    vote: str
    dissent: str
    def __init__(self, staff_id: _Optional[str] = ..., case_id: _Optional[str] = ..., vote: _Optional[str] = ..., dissent: _Optional[str] = ...) -> None: ...

class GetMeetingResponse(_message.Message):
    __slots__ = ("meeting_id", "township", "starts_at", "place", "chair_id", "case_ids", "attendance", "votes")
    MEETING_ID_FIELD_NUMBER: _ClassVar[int]
    TOWNSHIP_FIELD_NUMBER: _ClassVar[int]
    STARTS_AT_FIELD_NUMBER: _ClassVar[int]
    PLACE_FIELD_NUMBER: _ClassVar[int]
    CHAIR_ID_FIELD_NUMBER: _ClassVar[int]
    CASE_IDS_FIELD_NUMBER: _ClassVar[int]
    ATTENDANCE_FIELD_NUMBER: _ClassVar[int]
    VOTES_FIELD_NUMBER: _ClassVar[int]
    meeting_id: str
    township: str
    starts_at: str
    place: str
    chair_id: str
    case_ids: _containers.RepeatedScalarFieldContainer[str]
    attendance: _containers.RepeatedCompositeFieldContainer[Attendance]
    votes: _containers.RepeatedCompositeFieldContainer[Vote]
    def __init__(self, meeting_id: _Optional[str] = ..., township: _Optional[str] = ..., starts_at: _Optional[str] = ..., place: _Optional[str] = ..., chair_id: _Optional[str] = ..., case_ids: _Optional[_Iterable[str]] = ..., attendance: _Optional[_Iterable[_Union[Attendance, _Mapping]]] = ..., votes: _Optional[_Iterable[_Union[Vote, _Mapping]]] = ...) -> None: ...

class RequestReliefRequest(_message.Message):
    __slots__ = ("relief_id", "household_id", "township", "village", "head_name", "kind", "cause", "object_category", "amount_fen", "residence_village", "compound", "lead_id", "handler_id")
    RELIEF_ID_FIELD_NUMBER: _ClassVar[int]
    HOUSEHOLD_ID_FIELD_NUMBER: _ClassVar[int]
    TOWNSHIP_FIELD_NUMBER: _ClassVar[int]
    VILLAGE_FIELD_NUMBER: _ClassVar[int]
    HEAD_NAME_FIELD_NUMBER: _ClassVar[int]
    KIND_FIELD_NUMBER: _ClassVar[int]
    CAUSE_FIELD_NUMBER: _ClassVar[int]
    OBJECT_CATEGORY_FIELD_NUMBER: _ClassVar[int]
    AMOUNT_FEN_FIELD_NUMBER: _ClassVar[int]
    RESIDENCE_VILLAGE_FIELD_NUMBER: _ClassVar[int]
    COMPOUND_FIELD_NUMBER: _ClassVar[int]
    LEAD_ID_FIELD_NUMBER: _ClassVar[int]
    HANDLER_ID_FIELD_NUMBER: _ClassVar[int]
    relief_id: str
    household_id: str
    township: str
    village: str
    head_name: str
    kind: str
    cause: str
    object_category: str
    amount_fen: int
    residence_village: str
    compound: str
    lead_id: str
    handler_id: str
    def __init__(self, relief_id: _Optional[str] = ..., household_id: _Optional[str] = ..., township: _Optional[str] = ..., village: _Optional[str] = ..., head_name: _Optional[str] = ..., kind: _Optional[str] = ..., cause: _Optional[str] = ..., object_category: _Optional[str] = ..., amount_fen: _Optional[int] = ..., residence_village: _Optional[str] = ..., compound: _Optional[str] = ..., lead_id: _Optional[str] = ..., handler_id: _Optional[str] = ...) -> None: ...

class RequestReliefResponse(_message.Message):
    __slots__ = ("relief_id",)
    RELIEF_ID_FIELD_NUMBER: _ClassVar[int]
    relief_id: str
    def __init__(self, relief_id: _Optional[str] = ...) -> None: ...

class GrantEmergencyRequest(_message.Message):
    __slots__ = ("relief_id", "household_id", "township", "village", "head_name", "cause", "object_category", "amount_fen", "handler_id", "source", "source_note", "residence_village")
    RELIEF_ID_FIELD_NUMBER: _ClassVar[int]
    HOUSEHOLD_ID_FIELD_NUMBER: _ClassVar[int]
    TOWNSHIP_FIELD_NUMBER: _ClassVar[int]
    VILLAGE_FIELD_NUMBER: _ClassVar[int]
    HEAD_NAME_FIELD_NUMBER: _ClassVar[int]
    CAUSE_FIELD_NUMBER: _ClassVar[int]
    OBJECT_CATEGORY_FIELD_NUMBER: _ClassVar[int]
    AMOUNT_FEN_FIELD_NUMBER: _ClassVar[int]
    HANDLER_ID_FIELD_NUMBER: _ClassVar[int]
    SOURCE_FIELD_NUMBER: _ClassVar[int]
    SOURCE_NOTE_FIELD_NUMBER: _ClassVar[int]
    RESIDENCE_VILLAGE_FIELD_NUMBER: _ClassVar[int]
    relief_id: str
    household_id: str
    township: str
    village: str
    head_name: str
    cause: str
    object_category: str
    amount_fen: int
    handler_id: str
    source: str
    source_note: str
    residence_village: str
    def __init__(self, relief_id: _Optional[str] = ..., household_id: _Optional[str] = ..., township: _Optional[str] = ..., village: _Optional[str] = ..., head_name: _Optional[str] = ..., cause: _Optional[str] = ..., object_category: _Optional[str] = ..., amount_fen: _Optional[int] = ..., handler_id: _Optional[str] = ..., source: _Optional[str] = ..., source_note: _Optional[str] = ..., residence_village: _Optional[str] = ...) -> None: ...

class GrantEmergencyResponse(_message.Message):
    __slots__ = ("relief_id", "paperwork_due_on")
    RELIEF_ID_FIELD_NUMBER: _ClassVar[int]
    PAPERWORK_DUE_ON_FIELD_NUMBER: _ClassVar[int]
    relief_id: str
    paperwork_due_on: str
    def __init__(self, relief_id: _Optional[str] = ..., paperwork_due_on: _Optional[str] = ...) -> None: ...

class PlannedStage(_message.Message):
    __slots__ = ("amount_fen", "planned_on")
    AMOUNT_FEN_FIELD_NUMBER: _ClassVar[int]
    PLANNED_ON_FIELD_NUMBER: _ClassVar[int]
    amount_fen: int
    planned_on: str
    def __init__(self, amount_fen: _Optional[int] = ..., planned_on: _Optional[str] = ...) -> None: ...

class ProposeReliefRequest(_message.Message):
    __slots__ = ("relief_id", "amount_fen", "instalments")
    RELIEF_ID_FIELD_NUMBER: _ClassVar[int]
    AMOUNT_FEN_FIELD_NUMBER: _ClassVar[int]
    INSTALMENTS_FIELD_NUMBER: _ClassVar[int]
    relief_id: str
    amount_fen: int
    instalments: _containers.RepeatedCompositeFieldContainer[PlannedStage]
    def __init__(self, relief_id: _Optional[str] = ..., amount_fen: _Optional[int] = ..., instalments: _Optional[_Iterable[_Union[PlannedStage, _Mapping]]] = ...) -> None: ...

class ProposeReliefResponse(_message.Message):
    __slots__ = ("relief_id",)
    RELIEF_ID_FIELD_NUMBER: _ClassVar[int]
    relief_id: str
    def __init__(self, relief_id: _Optional[str] = ...) -> None: ...

class DecideReliefRequest(_message.Message):
    __slots__ = ("relief_id", "outcome", "reason")
    RELIEF_ID_FIELD_NUMBER: _ClassVar[int]
    OUTCOME_FIELD_NUMBER: _ClassVar[int]
    REASON_FIELD_NUMBER: _ClassVar[int]
    relief_id: str
    outcome: str
    reason: str
    def __init__(self, relief_id: _Optional[str] = ..., outcome: _Optional[str] = ..., reason: _Optional[str] = ...) -> None: ...

class DecideReliefResponse(_message.Message):
    __slots__ = ("relief_id", "stage", "notice_due_on")
    RELIEF_ID_FIELD_NUMBER: _ClassVar[int]
    STAGE_FIELD_NUMBER: _ClassVar[int]
    NOTICE_DUE_ON_FIELD_NUMBER: _ClassVar[int]
    relief_id: str
    stage: str
    notice_due_on: str
    def __init__(self, relief_id: _Optional[str] = ..., stage: _Optional[str] = ..., notice_due_on: _Optional[str] = ...) -> None: ...

class DecideReliefForDistrictRequest(_message.Message):
    __slots__ = ("relief_id", "outcome", "reason")
    RELIEF_ID_FIELD_NUMBER: _ClassVar[int]
    OUTCOME_FIELD_NUMBER: _ClassVar[int]
    REASON_FIELD_NUMBER: _ClassVar[int]
    relief_id: str
    outcome: str
    reason: str
    def __init__(self, relief_id: _Optional[str] = ..., outcome: _Optional[str] = ..., reason: _Optional[str] = ...) -> None: ...

class DecideReliefForDistrictResponse(_message.Message):
    __slots__ = ("relief_id", "stage", "notice_due_on")
    RELIEF_ID_FIELD_NUMBER: _ClassVar[int]
    STAGE_FIELD_NUMBER: _ClassVar[int]
    NOTICE_DUE_ON_FIELD_NUMBER: _ClassVar[int]
    relief_id: str
    stage: str
    notice_due_on: str
    def __init__(self, relief_id: _Optional[str] = ..., stage: _Optional[str] = ..., notice_due_on: _Optional[str] = ...) -> None: ...

class PayReliefRequest(_message.Message):
    __slots__ = ("relief_id", "number", "source", "source_note", "payee", "consent_no")
    RELIEF_ID_FIELD_NUMBER: _ClassVar[int]
    NUMBER_FIELD_NUMBER: _ClassVar[int]
    SOURCE_FIELD_NUMBER: _ClassVar[int]
    SOURCE_NOTE_FIELD_NUMBER: _ClassVar[int]
    PAYEE_FIELD_NUMBER: _ClassVar[int]
    CONSENT_NO_FIELD_NUMBER: _ClassVar[int]
    relief_id: str
    number: int
    source: str
    source_note: str
    payee: str
    consent_no: str
    def __init__(self, relief_id: _Optional[str] = ..., number: _Optional[int] = ..., source: _Optional[str] = ..., source_note: _Optional[str] = ..., payee: _Optional[str] = ..., consent_no: _Optional[str] = ...) -> None: ...

class PayReliefResponse(_message.Message):
    __slots__ = ("relief_id",)
    RELIEF_ID_FIELD_NUMBER: _ClassVar[int]
    relief_id: str
    def __init__(self, relief_id: _Optional[str] = ...) -> None: ...

class ReturnReliefRequest(_message.Message):
    __slots__ = ("relief_id", "number", "amount_fen", "reason")
    RELIEF_ID_FIELD_NUMBER: _ClassVar[int]
    NUMBER_FIELD_NUMBER: _ClassVar[int]
    AMOUNT_FEN_FIELD_NUMBER: _ClassVar[int]
    REASON_FIELD_NUMBER: _ClassVar[int]
    relief_id: str
    number: int
    amount_fen: int
    reason: str
    def __init__(self, relief_id: _Optional[str] = ..., number: _Optional[int] = ..., amount_fen: _Optional[int] = ..., reason: _Optional[str] = ...) -> None: ...

class ReturnReliefResponse(_message.Message):
    __slots__ = ("relief_id",)
    RELIEF_ID_FIELD_NUMBER: _ClassVar[int]
    relief_id: str
    def __init__(self, relief_id: _Optional[str] = ...) -> None: ...

class CompletePaperworkRequest(_message.Message):
    __slots__ = ("relief_id", "application_signed", "identity_checked", "cause_proved", "approval_signed")
    RELIEF_ID_FIELD_NUMBER: _ClassVar[int]
    APPLICATION_SIGNED_FIELD_NUMBER: _ClassVar[int]
    IDENTITY_CHECKED_FIELD_NUMBER: _ClassVar[int]
    CAUSE_PROVED_FIELD_NUMBER: _ClassVar[int]
    APPROVAL_SIGNED_FIELD_NUMBER: _ClassVar[int]
    relief_id: str
    application_signed: bool
    identity_checked: bool
    cause_proved: bool
    approval_signed: bool
    def __init__(self, relief_id: _Optional[str] = ..., application_signed: _Optional[bool] = ..., identity_checked: _Optional[bool] = ..., cause_proved: _Optional[bool] = ..., approval_signed: _Optional[bool] = ...) -> None: ...

class CompletePaperworkResponse(_message.Message):
    __slots__ = ("relief_id",)
    RELIEF_ID_FIELD_NUMBER: _ClassVar[int]
    relief_id: str
    def __init__(self, relief_id: _Optional[str] = ...) -> None: ...

class ServeReliefNoticeRequest(_message.Message):
    __slots__ = ("relief_id", "method", "served_on")
    RELIEF_ID_FIELD_NUMBER: _ClassVar[int]
    METHOD_FIELD_NUMBER: _ClassVar[int]
    SERVED_ON_FIELD_NUMBER: _ClassVar[int]
    relief_id: str
    method: str
    served_on: str
    def __init__(self, relief_id: _Optional[str] = ..., method: _Optional[str] = ..., served_on: _Optional[str] = ...) -> None: ...

class ServeReliefNoticeResponse(_message.Message):
    __slots__ = ("relief_id",)
    RELIEF_ID_FIELD_NUMBER: _ClassVar[int]
    relief_id: str
    def __init__(self, relief_id: _Optional[str] = ...) -> None: ...

class RecordPlatformEntryRequest(_message.Message):
    __slots__ = ("relief_id", "entry_no", "entered_on")
    RELIEF_ID_FIELD_NUMBER: _ClassVar[int]
    ENTRY_NO_FIELD_NUMBER: _ClassVar[int]
    ENTERED_ON_FIELD_NUMBER: _ClassVar[int]
    relief_id: str
    entry_no: str
    entered_on: str
    def __init__(self, relief_id: _Optional[str] = ..., entry_no: _Optional[str] = ..., entered_on: _Optional[str] = ...) -> None: ...

class RecordPlatformEntryResponse(_message.Message):
    __slots__ = ("relief_id",)
    RELIEF_ID_FIELD_NUMBER: _ClassVar[int]
    relief_id: str
    def __init__(self, relief_id: _Optional[str] = ...) -> None: ...

class RequestFundRequest(_message.Message):
    __slots__ = ("request_id", "township", "amount_fen", "exception_reason")
    REQUEST_ID_FIELD_NUMBER: _ClassVar[int]
    TOWNSHIP_FIELD_NUMBER: _ClassVar[int]
    AMOUNT_FEN_FIELD_NUMBER: _ClassVar[int]
    EXCEPTION_REASON_FIELD_NUMBER: _ClassVar[int]
    request_id: str
    township: str
    amount_fen: int
    exception_reason: str
    def __init__(self, request_id: _Optional[str] = ..., township: _Optional[str] = ..., amount_fen: _Optional[int] = ..., exception_reason: _Optional[str] = ...) -> None: ...

class RequestFundResponse(_message.Message):
    __slots__ = ("request_id",)
    REQUEST_ID_FIELD_NUMBER: _ClassVar[int]
    request_id: str
    def __init__(self, request_id: _Optional[str] = ...) -> None: ...

class AllocateFundRequest(_message.Message):
    __slots__ = ("request_id", "amount_fen", "reason")
    REQUEST_ID_FIELD_NUMBER: _ClassVar[int]
    AMOUNT_FEN_FIELD_NUMBER: _ClassVar[int]
    REASON_FIELD_NUMBER: _ClassVar[int]
    request_id: str
    amount_fen: int
    reason: str
    def __init__(self, request_id: _Optional[str] = ..., amount_fen: _Optional[int] = ..., reason: _Optional[str] = ...) -> None: ...

class AllocateFundResponse(_message.Message):
    __slots__ = ("request_id",)
    REQUEST_ID_FIELD_NUMBER: _ClassVar[int]
    request_id: str
    def __init__(self, request_id: _Optional[str] = ...) -> None: ...

class SendMonthlyReportRequest(_message.Message):
    __slots__ = ("township", "month", "correction")
    TOWNSHIP_FIELD_NUMBER: _ClassVar[int]
    MONTH_FIELD_NUMBER: _ClassVar[int]
    CORRECTION_FIELD_NUMBER: _ClassVar[int]
    township: str
    month: str
    correction: str
    def __init__(self, township: _Optional[str] = ..., month: _Optional[str] = ..., correction: _Optional[str] = ...) -> None: ...

class SendMonthlyReportResponse(_message.Message):
    __slots__ = ("township", "month", "version", "sha256")
    TOWNSHIP_FIELD_NUMBER: _ClassVar[int]
    MONTH_FIELD_NUMBER: _ClassVar[int]
    VERSION_FIELD_NUMBER: _ClassVar[int]
    SHA256_FIELD_NUMBER: _ClassVar[int]
    township: str
    month: str
    version: int
    sha256: str
    def __init__(self, township: _Optional[str] = ..., month: _Optional[str] = ..., version: _Optional[int] = ..., sha256: _Optional[str] = ...) -> None: ...

class GetReliefRequest(_message.Message):
    __slots__ = ("relief_id",)
    RELIEF_ID_FIELD_NUMBER: _ClassVar[int]
    relief_id: str
    def __init__(self, relief_id: _Optional[str] = ...) -> None: ...

class ReliefInstalment(_message.Message):
    __slots__ = ("number", "amount_fen", "planned_on", "paid_on", "source", "returned_fen")
    NUMBER_FIELD_NUMBER: _ClassVar[int]
    AMOUNT_FEN_FIELD_NUMBER: _ClassVar[int]
    PLANNED_ON_FIELD_NUMBER: _ClassVar[int]
    PAID_ON_FIELD_NUMBER: _ClassVar[int]
    SOURCE_FIELD_NUMBER: _ClassVar[int]
    RETURNED_FEN_FIELD_NUMBER: _ClassVar[int]
    number: int
    amount_fen: int
    planned_on: str
    paid_on: str
    source: str
    returned_fen: int
    def __init__(self, number: _Optional[int] = ..., amount_fen: _Optional[int] = ..., planned_on: _Optional[str] = ..., paid_on: _Optional[str] = ..., source: _Optional[str] = ..., returned_fen: _Optional[int] = ...) -> None: ...

class Relief(_message.Message):
    __slots__ = ("relief_id", "household_id", "township", "village", "kind", "cause", "object_category", "amount_fen", "stage", "handler_id", "approver_id", "requested_on", "granted_on", "paperwork_due_on", "paperwork_completed_on", "notice_due_on", "notice_served_on", "platform_no")
    RELIEF_ID_FIELD_NUMBER: _ClassVar[int]
    HOUSEHOLD_ID_FIELD_NUMBER: _ClassVar[int]
    TOWNSHIP_FIELD_NUMBER: _ClassVar[int]
    VILLAGE_FIELD_NUMBER: _ClassVar[int]
    KIND_FIELD_NUMBER: _ClassVar[int]
    CAUSE_FIELD_NUMBER: _ClassVar[int]
    OBJECT_CATEGORY_FIELD_NUMBER: _ClassVar[int]
    AMOUNT_FEN_FIELD_NUMBER: _ClassVar[int]
    STAGE_FIELD_NUMBER: _ClassVar[int]
    HANDLER_ID_FIELD_NUMBER: _ClassVar[int]
    APPROVER_ID_FIELD_NUMBER: _ClassVar[int]
    REQUESTED_ON_FIELD_NUMBER: _ClassVar[int]
    GRANTED_ON_FIELD_NUMBER: _ClassVar[int]
    PAPERWORK_DUE_ON_FIELD_NUMBER: _ClassVar[int]
    PAPERWORK_COMPLETED_ON_FIELD_NUMBER: _ClassVar[int]
    NOTICE_DUE_ON_FIELD_NUMBER: _ClassVar[int]
    NOTICE_SERVED_ON_FIELD_NUMBER: _ClassVar[int]
    PLATFORM_NO_FIELD_NUMBER: _ClassVar[int]
    relief_id: str
    household_id: str
    township: str
    village: str
    kind: str
    cause: str
    object_category: str
    amount_fen: int
    stage: str
    handler_id: str
    approver_id: str
    requested_on: str
    granted_on: str
    paperwork_due_on: str
    paperwork_completed_on: str
    notice_due_on: str
    notice_served_on: str
    platform_no: str
    def __init__(self, relief_id: _Optional[str] = ..., household_id: _Optional[str] = ..., township: _Optional[str] = ..., village: _Optional[str] = ..., kind: _Optional[str] = ..., cause: _Optional[str] = ..., object_category: _Optional[str] = ..., amount_fen: _Optional[int] = ..., stage: _Optional[str] = ..., handler_id: _Optional[str] = ..., approver_id: _Optional[str] = ..., requested_on: _Optional[str] = ..., granted_on: _Optional[str] = ..., paperwork_due_on: _Optional[str] = ..., paperwork_completed_on: _Optional[str] = ..., notice_due_on: _Optional[str] = ..., notice_served_on: _Optional[str] = ..., platform_no: _Optional[str] = ...) -> None: ...

class GetReliefResponse(_message.Message):
    __slots__ = ("relief", "instalments")
    RELIEF_FIELD_NUMBER: _ClassVar[int]
    INSTALMENTS_FIELD_NUMBER: _ClassVar[int]
    relief: Relief
    instalments: _containers.RepeatedCompositeFieldContainer[ReliefInstalment]
    def __init__(self, relief: _Optional[_Union[Relief, _Mapping]] = ..., instalments: _Optional[_Iterable[_Union[ReliefInstalment, _Mapping]]] = ...) -> None: ...

class ListReliefsRequest(_message.Message):
    __slots__ = ("township",)
    TOWNSHIP_FIELD_NUMBER: _ClassVar[int]
    township: str
    def __init__(self, township: _Optional[str] = ...) -> None: ...

class ListReliefsResponse(_message.Message):
    __slots__ = ("reliefs",)
    RELIEFS_FIELD_NUMBER: _ClassVar[int]
    reliefs: _containers.RepeatedCompositeFieldContainer[Relief]
    def __init__(self, reliefs: _Optional[_Iterable[_Union[Relief, _Mapping]]] = ...) -> None: ...

class GetFundRequest(_message.Message):
    __slots__ = ("township",)
    TOWNSHIP_FIELD_NUMBER: _ClassVar[int]
    township: str
    def __init__(self, township: _Optional[str] = ...) -> None: ...

class GetFundResponse(_message.Message):
    __slots__ = ("township", "balance_fen", "allocated_fen", "granted_fen", "returned_fen", "unpaid_fen")
    TOWNSHIP_FIELD_NUMBER: _ClassVar[int]
    BALANCE_FEN_FIELD_NUMBER: _ClassVar[int]
    ALLOCATED_FEN_FIELD_NUMBER: _ClassVar[int]
    GRANTED_FEN_FIELD_NUMBER: _ClassVar[int]
    RETURNED_FEN_FIELD_NUMBER: _ClassVar[int]
    UNPAID_FEN_FIELD_NUMBER: _ClassVar[int]
    township: str
    balance_fen: int
    allocated_fen: int
    granted_fen: int
    returned_fen: int
    unpaid_fen: int
    def __init__(self, township: _Optional[str] = ..., balance_fen: _Optional[int] = ..., allocated_fen: _Optional[int] = ..., granted_fen: _Optional[int] = ..., returned_fen: _Optional[int] = ..., unpaid_fen: _Optional[int] = ...) -> None: ...

class GetTimelineRequest(_message.Message):
    __slots__ = ("case_id",)
    CASE_ID_FIELD_NUMBER: _ClassVar[int]
    case_id: str
    def __init__(self, case_id: _Optional[str] = ...) -> None: ...

class TimelineEntry(_message.Message):
    __slots__ = ("at", "article", "text")
    AT_FIELD_NUMBER: _ClassVar[int]
    ARTICLE_FIELD_NUMBER: _ClassVar[int]
    TEXT_FIELD_NUMBER: _ClassVar[int]
    at: str
    article: str
    text: str
    def __init__(self, at: _Optional[str] = ..., article: _Optional[str] = ..., text: _Optional[str] = ...) -> None: ...

class GetTimelineResponse(_message.Message):
    __slots__ = ("entries",)
    ENTRIES_FIELD_NUMBER: _ClassVar[int]
    entries: _containers.RepeatedCompositeFieldContainer[TimelineEntry]
    def __init__(self, entries: _Optional[_Iterable[_Union[TimelineEntry, _Mapping]]] = ...) -> None: ...

class DecisionMade(_message.Message):
    __slots__ = ("decision_id", "case_id", "household_id", "township", "meeting_id", "outcome", "category", "insured_person_ids", "tier", "monthly_amount_fen", "add_on_fen", "first_month", "decided_on", "next")
    DECISION_ID_FIELD_NUMBER: _ClassVar[int]
    CASE_ID_FIELD_NUMBER: _ClassVar[int]
    HOUSEHOLD_ID_FIELD_NUMBER: _ClassVar[int]
    TOWNSHIP_FIELD_NUMBER: _ClassVar[int]
    MEETING_ID_FIELD_NUMBER: _ClassVar[int]
    OUTCOME_FIELD_NUMBER: _ClassVar[int]
    CATEGORY_FIELD_NUMBER: _ClassVar[int]
    INSURED_PERSON_IDS_FIELD_NUMBER: _ClassVar[int]
    TIER_FIELD_NUMBER: _ClassVar[int]
    MONTHLY_AMOUNT_FEN_FIELD_NUMBER: _ClassVar[int]
    ADD_ON_FEN_FIELD_NUMBER: _ClassVar[int]
    FIRST_MONTH_FIELD_NUMBER: _ClassVar[int]
    DECIDED_ON_FIELD_NUMBER: _ClassVar[int]
    NEXT_FIELD_NUMBER: _ClassVar[int]
    decision_id: str
    case_id: str
    household_id: str
    township: str
    meeting_id: str
    outcome: str
    category: str
    insured_person_ids: _containers.RepeatedScalarFieldContainer[str]
    tier: str
    monthly_amount_fen: int
    add_on_fen: int
    first_month: str
    decided_on: str
    next: str
    def __init__(self, decision_id: _Optional[str] = ..., case_id: _Optional[str] = ..., household_id: _Optional[str] = ..., township: _Optional[str] = ..., meeting_id: _Optional[str] = ..., outcome: _Optional[str] = ..., category: _Optional[str] = ..., insured_person_ids: _Optional[_Iterable[str]] = ..., tier: _Optional[str] = ..., monthly_amount_fen: _Optional[int] = ..., add_on_fen: _Optional[int] = ..., first_month: _Optional[str] = ..., decided_on: _Optional[str] = ..., next: _Optional[str] = ...) -> None: ...

class NoticeServed(_message.Message):
    __slots__ = ("case_id", "household_id", "township", "decision_id", "method", "served_on")
    CASE_ID_FIELD_NUMBER: _ClassVar[int]
    HOUSEHOLD_ID_FIELD_NUMBER: _ClassVar[int]
    TOWNSHIP_FIELD_NUMBER: _ClassVar[int]
    DECISION_ID_FIELD_NUMBER: _ClassVar[int]
    METHOD_FIELD_NUMBER: _ClassVar[int]
    SERVED_ON_FIELD_NUMBER: _ClassVar[int]
    case_id: str
    household_id: str
    township: str
    decision_id: str
    method: str
    served_on: str
    def __init__(self, case_id: _Optional[str] = ..., household_id: _Optional[str] = ..., township: _Optional[str] = ..., decision_id: _Optional[str] = ..., method: _Optional[str] = ..., served_on: _Optional[str] = ...) -> None: ...

class DecisionFiled(_message.Message):
    __slots__ = ("case_id", "household_id", "township", "decision_id", "receipt_no", "filed_on")
    CASE_ID_FIELD_NUMBER: _ClassVar[int]
    HOUSEHOLD_ID_FIELD_NUMBER: _ClassVar[int]
    TOWNSHIP_FIELD_NUMBER: _ClassVar[int]
    DECISION_ID_FIELD_NUMBER: _ClassVar[int]
    RECEIPT_NO_FIELD_NUMBER: _ClassVar[int]
    FILED_ON_FIELD_NUMBER: _ClassVar[int]
    case_id: str
    household_id: str
    township: str
    decision_id: str
    receipt_no: str
    filed_on: str
    def __init__(self, case_id: _Optional[str] = ..., household_id: _Optional[str] = ..., township: _Optional[str] = ..., decision_id: _Optional[str] = ..., receipt_no: _Optional[str] = ..., filed_on: _Optional[str] = ...) -> None: ...

class DistrictDecided(_message.Message):
    __slots__ = ("case_id", "household_id", "township", "decision_id", "outcome", "decided_on")
    CASE_ID_FIELD_NUMBER: _ClassVar[int]
    HOUSEHOLD_ID_FIELD_NUMBER: _ClassVar[int]
    TOWNSHIP_FIELD_NUMBER: _ClassVar[int]
    DECISION_ID_FIELD_NUMBER: _ClassVar[int]
    OUTCOME_FIELD_NUMBER: _ClassVar[int]
    DECIDED_ON_FIELD_NUMBER: _ClassVar[int]
    case_id: str
    household_id: str
    township: str
    decision_id: str
    outcome: str
    decided_on: str
    def __init__(self, case_id: _Optional[str] = ..., household_id: _Optional[str] = ..., township: _Optional[str] = ..., decision_id: _Optional[str] = ..., outcome: _Optional[str] = ..., decided_on: _Optional[str] = ...) -> None: ...

class AssistanceConfirmed(_message.Message):
    __slots__ = ("case_id", "household_id", "township", "decision_id", "category", "insured_person_ids", "monthly_amount_fen", "add_on_fen", "first_month", "confirmed_on")
    CASE_ID_FIELD_NUMBER: _ClassVar[int]
    HOUSEHOLD_ID_FIELD_NUMBER: _ClassVar[int]
    TOWNSHIP_FIELD_NUMBER: _ClassVar[int]
    DECISION_ID_FIELD_NUMBER: _ClassVar[int]
    CATEGORY_FIELD_NUMBER: _ClassVar[int]
    INSURED_PERSON_IDS_FIELD_NUMBER: _ClassVar[int]
    MONTHLY_AMOUNT_FEN_FIELD_NUMBER: _ClassVar[int]
    ADD_ON_FEN_FIELD_NUMBER: _ClassVar[int]
    FIRST_MONTH_FIELD_NUMBER: _ClassVar[int]
    CONFIRMED_ON_FIELD_NUMBER: _ClassVar[int]
    case_id: str
    household_id: str
    township: str
    decision_id: str
    category: str
    insured_person_ids: _containers.RepeatedScalarFieldContainer[str]
    monthly_amount_fen: int
    add_on_fen: int
    first_month: str
    confirmed_on: str
    def __init__(self, case_id: _Optional[str] = ..., household_id: _Optional[str] = ..., township: _Optional[str] = ..., decision_id: _Optional[str] = ..., category: _Optional[str] = ..., insured_person_ids: _Optional[_Iterable[str]] = ..., monthly_amount_fen: _Optional[int] = ..., add_on_fen: _Optional[int] = ..., first_month: _Optional[str] = ..., confirmed_on: _Optional[str] = ...) -> None: ...

class ClockChanged(_message.Message):
    __slots__ = ("case_id", "household_id", "township", "clock", "state", "started_on", "target_on", "due_on", "provisional", "article")
    CASE_ID_FIELD_NUMBER: _ClassVar[int]
    HOUSEHOLD_ID_FIELD_NUMBER: _ClassVar[int]
    TOWNSHIP_FIELD_NUMBER: _ClassVar[int]
    CLOCK_FIELD_NUMBER: _ClassVar[int]
    STATE_FIELD_NUMBER: _ClassVar[int]
    STARTED_ON_FIELD_NUMBER: _ClassVar[int]
    TARGET_ON_FIELD_NUMBER: _ClassVar[int]
    DUE_ON_FIELD_NUMBER: _ClassVar[int]
    PROVISIONAL_FIELD_NUMBER: _ClassVar[int]
    ARTICLE_FIELD_NUMBER: _ClassVar[int]
    case_id: str
    household_id: str
    township: str
    clock: str
    state: str
    started_on: str
    target_on: str
    due_on: str
    provisional: bool
    article: str
    def __init__(self, case_id: _Optional[str] = ..., household_id: _Optional[str] = ..., township: _Optional[str] = ..., clock: _Optional[str] = ..., state: _Optional[str] = ..., started_on: _Optional[str] = ..., target_on: _Optional[str] = ..., due_on: _Optional[str] = ..., provisional: _Optional[bool] = ..., article: _Optional[str] = ...) -> None: ...

class ReliefProposed(_message.Message):
    __slots__ = ("case_id", "household_id", "township", "village", "residence_village", "compound", "revision", "object_category", "head_name", "cause", "formed_on")
    CASE_ID_FIELD_NUMBER: _ClassVar[int]
    HOUSEHOLD_ID_FIELD_NUMBER: _ClassVar[int]
    TOWNSHIP_FIELD_NUMBER: _ClassVar[int]
    VILLAGE_FIELD_NUMBER: _ClassVar[int]
    RESIDENCE_VILLAGE_FIELD_NUMBER: _ClassVar[int]
    COMPOUND_FIELD_NUMBER: _ClassVar[int]
    REVISION_FIELD_NUMBER: _ClassVar[int]
    OBJECT_CATEGORY_FIELD_NUMBER: _ClassVar[int]
    HEAD_NAME_FIELD_NUMBER: _ClassVar[int]
    CAUSE_FIELD_NUMBER: _ClassVar[int]
    FORMED_ON_FIELD_NUMBER: _ClassVar[int]
    case_id: str
    household_id: str
    township: str
    village: str
    residence_village: str
    compound: str
    revision: int
    object_category: str
    head_name: str
    cause: str
    formed_on: str
    def __init__(self, case_id: _Optional[str] = ..., household_id: _Optional[str] = ..., township: _Optional[str] = ..., village: _Optional[str] = ..., residence_village: _Optional[str] = ..., compound: _Optional[str] = ..., revision: _Optional[int] = ..., object_category: _Optional[str] = ..., head_name: _Optional[str] = ..., cause: _Optional[str] = ..., formed_on: _Optional[str] = ...) -> None: ...

class ReliefGranted(_message.Message):
    __slots__ = ("case_id", "household_id", "township", "decision_id", "village", "residence_village", "relief_type", "object_category", "head_name", "amount_fen", "granted_on")
    CASE_ID_FIELD_NUMBER: _ClassVar[int]
    HOUSEHOLD_ID_FIELD_NUMBER: _ClassVar[int]
    TOWNSHIP_FIELD_NUMBER: _ClassVar[int]
    DECISION_ID_FIELD_NUMBER: _ClassVar[int]
    VILLAGE_FIELD_NUMBER: _ClassVar[int]
    RESIDENCE_VILLAGE_FIELD_NUMBER: _ClassVar[int]
    RELIEF_TYPE_FIELD_NUMBER: _ClassVar[int]
    OBJECT_CATEGORY_FIELD_NUMBER: _ClassVar[int]
    HEAD_NAME_FIELD_NUMBER: _ClassVar[int]
    AMOUNT_FEN_FIELD_NUMBER: _ClassVar[int]
    GRANTED_ON_FIELD_NUMBER: _ClassVar[int]
    case_id: str
    household_id: str
    township: str
    decision_id: str
    village: str
    residence_village: str
    relief_type: str
    object_category: str
    head_name: str
    amount_fen: int
    granted_on: str
    def __init__(self, case_id: _Optional[str] = ..., household_id: _Optional[str] = ..., township: _Optional[str] = ..., decision_id: _Optional[str] = ..., village: _Optional[str] = ..., residence_village: _Optional[str] = ..., relief_type: _Optional[str] = ..., object_category: _Optional[str] = ..., head_name: _Optional[str] = ..., amount_fen: _Optional[int] = ..., granted_on: _Optional[str] = ...) -> None: ...

class AuditHeadAnchored(_message.Message):
    __slots__ = ("chain", "seq", "head_hash", "day")
    CHAIN_FIELD_NUMBER: _ClassVar[int]
    SEQ_FIELD_NUMBER: _ClassVar[int]
    HEAD_HASH_FIELD_NUMBER: _ClassVar[int]
    DAY_FIELD_NUMBER: _ClassVar[int]
    chain: str
    seq: int
    head_hash: str
    day: str
    def __init__(self, chain: _Optional[str] = ..., seq: _Optional[int] = ..., head_hash: _Optional[str] = ..., day: _Optional[str] = ...) -> None: ...

class MonthlyReportSent(_message.Message):
    __slots__ = ("township", "month", "version", "sent_on", "sha256", "emergency_count", "expenditure_count", "refused_count", "approved_fen", "opening_fen", "allocated_fen", "granted_fen", "returned_fen", "other_sources_fen", "closing_fen")
    TOWNSHIP_FIELD_NUMBER: _ClassVar[int]
    MONTH_FIELD_NUMBER: _ClassVar[int]
    VERSION_FIELD_NUMBER: _ClassVar[int]
    SENT_ON_FIELD_NUMBER: _ClassVar[int]
    SHA256_FIELD_NUMBER: _ClassVar[int]
    EMERGENCY_COUNT_FIELD_NUMBER: _ClassVar[int]
    EXPENDITURE_COUNT_FIELD_NUMBER: _ClassVar[int]
    REFUSED_COUNT_FIELD_NUMBER: _ClassVar[int]
    APPROVED_FEN_FIELD_NUMBER: _ClassVar[int]
    OPENING_FEN_FIELD_NUMBER: _ClassVar[int]
    ALLOCATED_FEN_FIELD_NUMBER: _ClassVar[int]
    GRANTED_FEN_FIELD_NUMBER: _ClassVar[int]
    RETURNED_FEN_FIELD_NUMBER: _ClassVar[int]
    OTHER_SOURCES_FEN_FIELD_NUMBER: _ClassVar[int]
    CLOSING_FEN_FIELD_NUMBER: _ClassVar[int]
    township: str
    month: str
    version: int
    sent_on: str
    sha256: str
    emergency_count: int
    expenditure_count: int
    refused_count: int
    approved_fen: int
    opening_fen: int
    allocated_fen: int
    granted_fen: int
    returned_fen: int
    other_sources_fen: int
    closing_fen: int
    def __init__(self, township: _Optional[str] = ..., month: _Optional[str] = ..., version: _Optional[int] = ..., sent_on: _Optional[str] = ..., sha256: _Optional[str] = ..., emergency_count: _Optional[int] = ..., expenditure_count: _Optional[int] = ..., refused_count: _Optional[int] = ..., approved_fen: _Optional[int] = ..., opening_fen: _Optional[int] = ..., allocated_fen: _Optional[int] = ..., granted_fen: _Optional[int] = ..., returned_fen: _Optional[int] = ..., other_sources_fen: _Optional[int] = ..., closing_fen: _Optional[int] = ...) -> None: ...

class CaseReturned(_message.Message):
    __slots__ = ("case_id", "household_id", "township", "meeting_id", "revision", "returned_on")
    CASE_ID_FIELD_NUMBER: _ClassVar[int]
    HOUSEHOLD_ID_FIELD_NUMBER: _ClassVar[int]
    TOWNSHIP_FIELD_NUMBER: _ClassVar[int]
    MEETING_ID_FIELD_NUMBER: _ClassVar[int]
    REVISION_FIELD_NUMBER: _ClassVar[int]
    RETURNED_ON_FIELD_NUMBER: _ClassVar[int]
    case_id: str
    household_id: str
    township: str
    meeting_id: str
    revision: int
    returned_on: str
    def __init__(self, case_id: _Optional[str] = ..., household_id: _Optional[str] = ..., township: _Optional[str] = ..., meeting_id: _Optional[str] = ..., revision: _Optional[int] = ..., returned_on: _Optional[str] = ...) -> None: ...

class PaperIssued(_message.Message):
    __slots__ = ("paper_id", "case_id", "household_id", "township", "kind", "number", "sha256", "issued_on")
    PAPER_ID_FIELD_NUMBER: _ClassVar[int]
    CASE_ID_FIELD_NUMBER: _ClassVar[int]
    HOUSEHOLD_ID_FIELD_NUMBER: _ClassVar[int]
    TOWNSHIP_FIELD_NUMBER: _ClassVar[int]
    KIND_FIELD_NUMBER: _ClassVar[int]
    NUMBER_FIELD_NUMBER: _ClassVar[int]
    SHA256_FIELD_NUMBER: _ClassVar[int]
    ISSUED_ON_FIELD_NUMBER: _ClassVar[int]
    paper_id: str
    case_id: str
    household_id: str
    township: str
    kind: str
    number: str
    sha256: str
    issued_on: str
    def __init__(self, paper_id: _Optional[str] = ..., case_id: _Optional[str] = ..., household_id: _Optional[str] = ..., township: _Optional[str] = ..., kind: _Optional[str] = ..., number: _Optional[str] = ..., sha256: _Optional[str] = ..., issued_on: _Optional[str] = ...) -> None: ...
