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
    __slots__ = ("meeting_id", "township", "starts_at", "place", "case_ids", "delegated_to", "delegation_reason")
    MEETING_ID_FIELD_NUMBER: _ClassVar[int]
    TOWNSHIP_FIELD_NUMBER: _ClassVar[int]
    STARTS_AT_FIELD_NUMBER: _ClassVar[int]
    PLACE_FIELD_NUMBER: _ClassVar[int]
    CASE_IDS_FIELD_NUMBER: _ClassVar[int]
    DELEGATED_TO_FIELD_NUMBER: _ClassVar[int]
    DELEGATION_REASON_FIELD_NUMBER: _ClassVar[int]
    meeting_id: str
    township: str
    starts_at: str
    place: str
    case_ids: _containers.RepeatedScalarFieldContainer[str]
    delegated_to: str
    delegation_reason: str
    def __init__(self, meeting_id: _Optional[str] = ..., township: _Optional[str] = ..., starts_at: _Optional[str] = ..., place: _Optional[str] = ..., case_ids: _Optional[_Iterable[str]] = ..., delegated_to: _Optional[str] = ..., delegation_reason: _Optional[str] = ...) -> None: ...

class ConveneMeetingResponse(_message.Message):
    __slots__ = ("meeting_id",)
    MEETING_ID_FIELD_NUMBER: _ClassVar[int]
    meeting_id: str
    def __init__(self, meeting_id: _Optional[str] = ...) -> None: ...

class SignAttendanceRequest(_message.Message):
    __slots__ = ("meeting_id", "seat")
    MEETING_ID_FIELD_NUMBER: _ClassVar[int]
    SEAT_FIELD_NUMBER: _ClassVar[int]
    meeting_id: str
    seat: str
    def __init__(self, meeting_id: _Optional[str] = ..., seat: _Optional[str] = ...) -> None: ...

class SignAttendanceResponse(_message.Message):
    __slots__ = ("meeting_id", "missing_seats")
    MEETING_ID_FIELD_NUMBER: _ClassVar[int]
    MISSING_SEATS_FIELD_NUMBER: _ClassVar[int]
    meeting_id: str
    missing_seats: _containers.RepeatedScalarFieldContainer[str]
    def __init__(self, meeting_id: _Optional[str] = ..., missing_seats: _Optional[_Iterable[str]] = ...) -> None: ...

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
