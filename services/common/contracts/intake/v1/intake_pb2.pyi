from google.protobuf.internal import containers as _containers
from google.protobuf import descriptor as _descriptor
from google.protobuf import message as _message
from collections.abc import Iterable as _Iterable, Mapping as _Mapping
from typing import ClassVar as _ClassVar, Optional as _Optional, Union as _Union

DESCRIPTOR: _descriptor.FileDescriptor

class DocumentRef(_message.Message):
    __slots__ = ("owner", "sha256", "kind", "size")
    OWNER_FIELD_NUMBER: _ClassVar[int]
    SHA256_FIELD_NUMBER: _ClassVar[int]
    KIND_FIELD_NUMBER: _ClassVar[int]
    SIZE_FIELD_NUMBER: _ClassVar[int]
    owner: str
    sha256: str
    kind: str
    size: int
    def __init__(self, owner: _Optional[str] = ..., sha256: _Optional[str] = ..., kind: _Optional[str] = ..., size: _Optional[int] = ...) -> None: ...

class PutAreaRequest(_message.Message):
    __slots__ = ("code", "name", "compounds", "report_phone")
    CODE_FIELD_NUMBER: _ClassVar[int]
    NAME_FIELD_NUMBER: _ClassVar[int]
    COMPOUNDS_FIELD_NUMBER: _ClassVar[int]
    REPORT_PHONE_FIELD_NUMBER: _ClassVar[int]
    code: str
    name: str
    compounds: _containers.RepeatedScalarFieldContainer[str]
    report_phone: str
    def __init__(self, code: _Optional[str] = ..., name: _Optional[str] = ..., compounds: _Optional[_Iterable[str]] = ..., report_phone: _Optional[str] = ...) -> None: ...

class PutAreaResponse(_message.Message):
    __slots__ = ("code",)
    CODE_FIELD_NUMBER: _ClassVar[int]
    code: str
    def __init__(self, code: _Optional[str] = ...) -> None: ...

class Post(_message.Message):
    __slots__ = ("role", "area", "from_on", "to_on")
    ROLE_FIELD_NUMBER: _ClassVar[int]
    AREA_FIELD_NUMBER: _ClassVar[int]
    FROM_ON_FIELD_NUMBER: _ClassVar[int]
    TO_ON_FIELD_NUMBER: _ClassVar[int]
    role: str
    area: str
    from_on: str
    to_on: str
    def __init__(self, role: _Optional[str] = ..., area: _Optional[str] = ..., from_on: _Optional[str] = ..., to_on: _Optional[str] = ...) -> None: ...

class PutStaffRequest(_message.Message):
    __slots__ = ("staff_id", "name", "id_number", "phone", "posts", "account")
    STAFF_ID_FIELD_NUMBER: _ClassVar[int]
    NAME_FIELD_NUMBER: _ClassVar[int]
    ID_NUMBER_FIELD_NUMBER: _ClassVar[int]
    PHONE_FIELD_NUMBER: _ClassVar[int]
    POSTS_FIELD_NUMBER: _ClassVar[int]
    ACCOUNT_FIELD_NUMBER: _ClassVar[int]
    staff_id: str
    name: str
    id_number: str
    phone: str
    posts: _containers.RepeatedCompositeFieldContainer[Post]
    account: str
    def __init__(self, staff_id: _Optional[str] = ..., name: _Optional[str] = ..., id_number: _Optional[str] = ..., phone: _Optional[str] = ..., posts: _Optional[_Iterable[_Union[Post, _Mapping]]] = ..., account: _Optional[str] = ...) -> None: ...

class PutStaffResponse(_message.Message):
    __slots__ = ("staff_id",)
    STAFF_ID_FIELD_NUMBER: _ClassVar[int]
    staff_id: str
    def __init__(self, staff_id: _Optional[str] = ...) -> None: ...

class SetPasswordRequest(_message.Message):
    __slots__ = ("staff_id", "password", "settled")
    STAFF_ID_FIELD_NUMBER: _ClassVar[int]
    PASSWORD_FIELD_NUMBER: _ClassVar[int]
    SETTLED_FIELD_NUMBER: _ClassVar[int]
    staff_id: str
    password: str
    settled: bool
    def __init__(self, staff_id: _Optional[str] = ..., password: _Optional[str] = ..., settled: _Optional[bool] = ...) -> None: ...

class SetPasswordResponse(_message.Message):
    __slots__ = ("staff_id",)
    STAFF_ID_FIELD_NUMBER: _ClassVar[int]
    staff_id: str
    def __init__(self, staff_id: _Optional[str] = ...) -> None: ...

class LinkIdentityRequest(_message.Message):
    __slots__ = ("staff_id", "subject")
    STAFF_ID_FIELD_NUMBER: _ClassVar[int]
    SUBJECT_FIELD_NUMBER: _ClassVar[int]
    staff_id: str
    subject: str
    def __init__(self, staff_id: _Optional[str] = ..., subject: _Optional[str] = ...) -> None: ...

class LinkIdentityResponse(_message.Message):
    __slots__ = ("staff_id",)
    STAFF_ID_FIELD_NUMBER: _ClassVar[int]
    staff_id: str
    def __init__(self, staff_id: _Optional[str] = ...) -> None: ...

class PutClientRequest(_message.Message):
    __slots__ = ("client_id", "name", "area", "scopes", "secret")
    CLIENT_ID_FIELD_NUMBER: _ClassVar[int]
    NAME_FIELD_NUMBER: _ClassVar[int]
    AREA_FIELD_NUMBER: _ClassVar[int]
    SCOPES_FIELD_NUMBER: _ClassVar[int]
    SECRET_FIELD_NUMBER: _ClassVar[int]
    client_id: str
    name: str
    area: str
    scopes: _containers.RepeatedScalarFieldContainer[str]
    secret: str
    def __init__(self, client_id: _Optional[str] = ..., name: _Optional[str] = ..., area: _Optional[str] = ..., scopes: _Optional[_Iterable[str]] = ..., secret: _Optional[str] = ...) -> None: ...

class PutClientResponse(_message.Message):
    __slots__ = ("client_id",)
    CLIENT_ID_FIELD_NUMBER: _ClassVar[int]
    client_id: str
    def __init__(self, client_id: _Optional[str] = ...) -> None: ...

class RevokeClientRequest(_message.Message):
    __slots__ = ("client_id",)
    CLIENT_ID_FIELD_NUMBER: _ClassVar[int]
    client_id: str
    def __init__(self, client_id: _Optional[str] = ...) -> None: ...

class RevokeClientResponse(_message.Message):
    __slots__ = ("client_id",)
    CLIENT_ID_FIELD_NUMBER: _ClassVar[int]
    client_id: str
    def __init__(self, client_id: _Optional[str] = ...) -> None: ...

class Member(_message.Message):
    __slots__ = ("person_id", "name", "id_number", "relation")
    PERSON_ID_FIELD_NUMBER: _ClassVar[int]
    NAME_FIELD_NUMBER: _ClassVar[int]
    ID_NUMBER_FIELD_NUMBER: _ClassVar[int]
    RELATION_FIELD_NUMBER: _ClassVar[int]
    person_id: str
    name: str
    id_number: str
    relation: str
    def __init__(self, person_id: _Optional[str] = ..., name: _Optional[str] = ..., id_number: _Optional[str] = ..., relation: _Optional[str] = ...) -> None: ...

class RegisterHouseholdRequest(_message.Message):
    __slots__ = ("household_id", "village", "address", "phone", "members")
    HOUSEHOLD_ID_FIELD_NUMBER: _ClassVar[int]
    VILLAGE_FIELD_NUMBER: _ClassVar[int]
    ADDRESS_FIELD_NUMBER: _ClassVar[int]
    PHONE_FIELD_NUMBER: _ClassVar[int]
    MEMBERS_FIELD_NUMBER: _ClassVar[int]
    household_id: str
    village: str
    address: str
    phone: str
    members: _containers.RepeatedCompositeFieldContainer[Member]
    def __init__(self, household_id: _Optional[str] = ..., village: _Optional[str] = ..., address: _Optional[str] = ..., phone: _Optional[str] = ..., members: _Optional[_Iterable[_Union[Member, _Mapping]]] = ...) -> None: ...

class RegisterHouseholdResponse(_message.Message):
    __slots__ = ("household_id",)
    HOUSEHOLD_ID_FIELD_NUMBER: _ClassVar[int]
    household_id: str
    def __init__(self, household_id: _Optional[str] = ...) -> None: ...

class PublishFormRequest(_message.Message):
    __slots__ = ("xlsx",)
    XLSX_FIELD_NUMBER: _ClassVar[int]
    xlsx: bytes
    def __init__(self, xlsx: _Optional[bytes] = ...) -> None: ...

class PublishFormResponse(_message.Message):
    __slots__ = ("form_id", "version")
    FORM_ID_FIELD_NUMBER: _ClassVar[int]
    VERSION_FIELD_NUMBER: _ClassVar[int]
    form_id: str
    version: str
    def __init__(self, form_id: _Optional[str] = ..., version: _Optional[str] = ...) -> None: ...

class ImportHolidaysRequest(_message.Message):
    __slots__ = ("notice",)
    NOTICE_FIELD_NUMBER: _ClassVar[int]
    notice: str
    def __init__(self, notice: _Optional[str] = ...) -> None: ...

class ImportHolidaysResponse(_message.Message):
    __slots__ = ("revision", "changes")
    REVISION_FIELD_NUMBER: _ClassVar[int]
    CHANGES_FIELD_NUMBER: _ClassVar[int]
    revision: int
    changes: _containers.RepeatedCompositeFieldContainer[ClockChange]
    def __init__(self, revision: _Optional[int] = ..., changes: _Optional[_Iterable[_Union[ClockChange, _Mapping]]] = ...) -> None: ...

class ClockChange(_message.Message):
    __slots__ = ("case_id", "clock", "old_due_on", "new_due_on")
    CASE_ID_FIELD_NUMBER: _ClassVar[int]
    CLOCK_FIELD_NUMBER: _ClassVar[int]
    OLD_DUE_ON_FIELD_NUMBER: _ClassVar[int]
    NEW_DUE_ON_FIELD_NUMBER: _ClassVar[int]
    case_id: str
    clock: str
    old_due_on: str
    new_due_on: str
    def __init__(self, case_id: _Optional[str] = ..., clock: _Optional[str] = ..., old_due_on: _Optional[str] = ..., new_due_on: _Optional[str] = ...) -> None: ...

class AcceptApplicationRequest(_message.Message):
    __slots__ = ("case_id",)
    CASE_ID_FIELD_NUMBER: _ClassVar[int]
    case_id: str
    def __init__(self, case_id: _Optional[str] = ...) -> None: ...

class AcceptApplicationResponse(_message.Message):
    __slots__ = ("case_id", "accepted_on", "target_on", "due_on", "provisional")
    CASE_ID_FIELD_NUMBER: _ClassVar[int]
    ACCEPTED_ON_FIELD_NUMBER: _ClassVar[int]
    TARGET_ON_FIELD_NUMBER: _ClassVar[int]
    DUE_ON_FIELD_NUMBER: _ClassVar[int]
    PROVISIONAL_FIELD_NUMBER: _ClassVar[int]
    case_id: str
    accepted_on: str
    target_on: str
    due_on: str
    provisional: bool
    def __init__(self, case_id: _Optional[str] = ..., accepted_on: _Optional[str] = ..., target_on: _Optional[str] = ..., due_on: _Optional[str] = ..., provisional: _Optional[bool] = ...) -> None: ...

class DeclineApplicationRequest(_message.Message):
    __slots__ = ("case_id", "ground")
    CASE_ID_FIELD_NUMBER: _ClassVar[int]
    GROUND_FIELD_NUMBER: _ClassVar[int]
    case_id: str
    ground: str
    def __init__(self, case_id: _Optional[str] = ..., ground: _Optional[str] = ...) -> None: ...

class DeclineApplicationResponse(_message.Message):
    __slots__ = ("case_id",)
    CASE_ID_FIELD_NUMBER: _ClassVar[int]
    case_id: str
    def __init__(self, case_id: _Optional[str] = ...) -> None: ...

class RequestSupplementRequest(_message.Message):
    __slots__ = ("case_id", "missing")
    CASE_ID_FIELD_NUMBER: _ClassVar[int]
    MISSING_FIELD_NUMBER: _ClassVar[int]
    case_id: str
    missing: _containers.RepeatedScalarFieldContainer[str]
    def __init__(self, case_id: _Optional[str] = ..., missing: _Optional[_Iterable[str]] = ...) -> None: ...

class RequestSupplementResponse(_message.Message):
    __slots__ = ("case_id", "due_on")
    CASE_ID_FIELD_NUMBER: _ClassVar[int]
    DUE_ON_FIELD_NUMBER: _ClassVar[int]
    case_id: str
    due_on: str
    def __init__(self, case_id: _Optional[str] = ..., due_on: _Optional[str] = ...) -> None: ...

class ExtendClockRequest(_message.Message):
    __slots__ = ("case_id", "ground")
    CASE_ID_FIELD_NUMBER: _ClassVar[int]
    GROUND_FIELD_NUMBER: _ClassVar[int]
    case_id: str
    ground: str
    def __init__(self, case_id: _Optional[str] = ..., ground: _Optional[str] = ...) -> None: ...

class ExtendClockResponse(_message.Message):
    __slots__ = ("case_id", "due_on", "provisional")
    CASE_ID_FIELD_NUMBER: _ClassVar[int]
    DUE_ON_FIELD_NUMBER: _ClassVar[int]
    PROVISIONAL_FIELD_NUMBER: _ClassVar[int]
    case_id: str
    due_on: str
    provisional: bool
    def __init__(self, case_id: _Optional[str] = ..., due_on: _Optional[str] = ..., provisional: _Optional[bool] = ...) -> None: ...

class RequestVerificationRequest(_message.Message):
    __slots__ = ("case_id",)
    CASE_ID_FIELD_NUMBER: _ClassVar[int]
    case_id: str
    def __init__(self, case_id: _Optional[str] = ...) -> None: ...

class RequestVerificationResponse(_message.Message):
    __slots__ = ("verification_id", "due_on")
    VERIFICATION_ID_FIELD_NUMBER: _ClassVar[int]
    DUE_ON_FIELD_NUMBER: _ClassVar[int]
    verification_id: str
    due_on: str
    def __init__(self, verification_id: _Optional[str] = ..., due_on: _Optional[str] = ...) -> None: ...

class ListVerificationRequestsRequest(_message.Message):
    __slots__ = ("page_size", "page_token")
    PAGE_SIZE_FIELD_NUMBER: _ClassVar[int]
    PAGE_TOKEN_FIELD_NUMBER: _ClassVar[int]
    page_size: int
    page_token: str
    def __init__(self, page_size: _Optional[int] = ..., page_token: _Optional[str] = ...) -> None: ...

class PersonToVerify(_message.Message):
    __slots__ = ("person_id", "name", "id_number")
    PERSON_ID_FIELD_NUMBER: _ClassVar[int]
    NAME_FIELD_NUMBER: _ClassVar[int]
    ID_NUMBER_FIELD_NUMBER: _ClassVar[int]
    person_id: str
    name: str
    id_number: str
    def __init__(self, person_id: _Optional[str] = ..., name: _Optional[str] = ..., id_number: _Optional[str] = ...) -> None: ...

class VerificationRequest(_message.Message):
    __slots__ = ("verification_id", "case_id", "requested_on", "persons")
    VERIFICATION_ID_FIELD_NUMBER: _ClassVar[int]
    CASE_ID_FIELD_NUMBER: _ClassVar[int]
    REQUESTED_ON_FIELD_NUMBER: _ClassVar[int]
    PERSONS_FIELD_NUMBER: _ClassVar[int]
    verification_id: str
    case_id: str
    requested_on: str
    persons: _containers.RepeatedCompositeFieldContainer[PersonToVerify]
    def __init__(self, verification_id: _Optional[str] = ..., case_id: _Optional[str] = ..., requested_on: _Optional[str] = ..., persons: _Optional[_Iterable[_Union[PersonToVerify, _Mapping]]] = ...) -> None: ...

class ListVerificationRequestsResponse(_message.Message):
    __slots__ = ("requests", "next_page_token")
    REQUESTS_FIELD_NUMBER: _ClassVar[int]
    NEXT_PAGE_TOKEN_FIELD_NUMBER: _ClassVar[int]
    requests: _containers.RepeatedCompositeFieldContainer[VerificationRequest]
    next_page_token: str
    def __init__(self, requests: _Optional[_Iterable[_Union[VerificationRequest, _Mapping]]] = ..., next_page_token: _Optional[str] = ...) -> None: ...

class VerifiedFact(_message.Message):
    __slots__ = ("person_id", "kind", "amount_fen", "note")
    PERSON_ID_FIELD_NUMBER: _ClassVar[int]
    KIND_FIELD_NUMBER: _ClassVar[int]
    AMOUNT_FEN_FIELD_NUMBER: _ClassVar[int]
    NOTE_FIELD_NUMBER: _ClassVar[int]
    person_id: str
    kind: str
    amount_fen: int
    note: str
    def __init__(self, person_id: _Optional[str] = ..., kind: _Optional[str] = ..., amount_fen: _Optional[int] = ..., note: _Optional[str] = ...) -> None: ...

class ReturnVerificationRequest(_message.Message):
    __slots__ = ("verification_id", "report_no", "facts")
    VERIFICATION_ID_FIELD_NUMBER: _ClassVar[int]
    REPORT_NO_FIELD_NUMBER: _ClassVar[int]
    FACTS_FIELD_NUMBER: _ClassVar[int]
    verification_id: str
    report_no: str
    facts: _containers.RepeatedCompositeFieldContainer[VerifiedFact]
    def __init__(self, verification_id: _Optional[str] = ..., report_no: _Optional[str] = ..., facts: _Optional[_Iterable[_Union[VerifiedFact, _Mapping]]] = ...) -> None: ...

class ReturnVerificationResponse(_message.Message):
    __slots__ = ("verification_id", "consistent")
    VERIFICATION_ID_FIELD_NUMBER: _ClassVar[int]
    CONSISTENT_FIELD_NUMBER: _ClassVar[int]
    verification_id: str
    consistent: bool
    def __init__(self, verification_id: _Optional[str] = ..., consistent: _Optional[bool] = ...) -> None: ...

class OrderSurveyRequest(_message.Message):
    __slots__ = ("case_id", "surveyor_ids")
    CASE_ID_FIELD_NUMBER: _ClassVar[int]
    SURVEYOR_IDS_FIELD_NUMBER: _ClassVar[int]
    case_id: str
    surveyor_ids: _containers.RepeatedScalarFieldContainer[str]
    def __init__(self, case_id: _Optional[str] = ..., surveyor_ids: _Optional[_Iterable[str]] = ...) -> None: ...

class OrderSurveyResponse(_message.Message):
    __slots__ = ("task_id",)
    TASK_ID_FIELD_NUMBER: _ClassVar[int]
    task_id: str
    def __init__(self, task_id: _Optional[str] = ...) -> None: ...

class FormOpinionRequest(_message.Message):
    __slots__ = ("case_id", "cause")
    CASE_ID_FIELD_NUMBER: _ClassVar[int]
    CAUSE_FIELD_NUMBER: _ClassVar[int]
    case_id: str
    cause: str
    def __init__(self, case_id: _Optional[str] = ..., cause: _Optional[str] = ...) -> None: ...

class Step(_message.Message):
    __slots__ = ("article", "text")
    ARTICLE_FIELD_NUMBER: _ClassVar[int]
    TEXT_FIELD_NUMBER: _ClassVar[int]
    article: str
    text: str
    def __init__(self, article: _Optional[str] = ..., text: _Optional[str] = ...) -> None: ...

class FormOpinionResponse(_message.Message):
    __slots__ = ("case_id", "revision", "eligible", "category", "monthly_amount_fen", "steps")
    CASE_ID_FIELD_NUMBER: _ClassVar[int]
    REVISION_FIELD_NUMBER: _ClassVar[int]
    ELIGIBLE_FIELD_NUMBER: _ClassVar[int]
    CATEGORY_FIELD_NUMBER: _ClassVar[int]
    MONTHLY_AMOUNT_FEN_FIELD_NUMBER: _ClassVar[int]
    STEPS_FIELD_NUMBER: _ClassVar[int]
    case_id: str
    revision: int
    eligible: bool
    category: str
    monthly_amount_fen: int
    steps: _containers.RepeatedCompositeFieldContainer[Step]
    def __init__(self, case_id: _Optional[str] = ..., revision: _Optional[int] = ..., eligible: _Optional[bool] = ..., category: _Optional[str] = ..., monthly_amount_fen: _Optional[int] = ..., steps: _Optional[_Iterable[_Union[Step, _Mapping]]] = ...) -> None: ...

class GetCaseRequest(_message.Message):
    __slots__ = ("case_id",)
    CASE_ID_FIELD_NUMBER: _ClassVar[int]
    case_id: str
    def __init__(self, case_id: _Optional[str] = ...) -> None: ...

class Case(_message.Message):
    __slots__ = ("case_id", "household_id", "township", "village", "stage", "category", "received_on", "accepted_on", "target_on", "due_on", "provisional", "clock_state", "handler_id", "head_name", "working_days_left")
    CASE_ID_FIELD_NUMBER: _ClassVar[int]
    HOUSEHOLD_ID_FIELD_NUMBER: _ClassVar[int]
    TOWNSHIP_FIELD_NUMBER: _ClassVar[int]
    VILLAGE_FIELD_NUMBER: _ClassVar[int]
    STAGE_FIELD_NUMBER: _ClassVar[int]
    CATEGORY_FIELD_NUMBER: _ClassVar[int]
    RECEIVED_ON_FIELD_NUMBER: _ClassVar[int]
    ACCEPTED_ON_FIELD_NUMBER: _ClassVar[int]
    TARGET_ON_FIELD_NUMBER: _ClassVar[int]
    DUE_ON_FIELD_NUMBER: _ClassVar[int]
    PROVISIONAL_FIELD_NUMBER: _ClassVar[int]
    CLOCK_STATE_FIELD_NUMBER: _ClassVar[int]
    HANDLER_ID_FIELD_NUMBER: _ClassVar[int]
    HEAD_NAME_FIELD_NUMBER: _ClassVar[int]
    WORKING_DAYS_LEFT_FIELD_NUMBER: _ClassVar[int]
    case_id: str
    household_id: str
    township: str
    village: str
    stage: str
    category: str
    received_on: str
    accepted_on: str
    target_on: str
    due_on: str
    provisional: bool
    clock_state: str
    handler_id: str
    head_name: str
    working_days_left: int
    def __init__(self, case_id: _Optional[str] = ..., household_id: _Optional[str] = ..., township: _Optional[str] = ..., village: _Optional[str] = ..., stage: _Optional[str] = ..., category: _Optional[str] = ..., received_on: _Optional[str] = ..., accepted_on: _Optional[str] = ..., target_on: _Optional[str] = ..., due_on: _Optional[str] = ..., provisional: _Optional[bool] = ..., clock_state: _Optional[str] = ..., handler_id: _Optional[str] = ..., head_name: _Optional[str] = ..., working_days_left: _Optional[int] = ...) -> None: ...

class GetCaseResponse(_message.Message):
    __slots__ = ("case",)
    CASE_FIELD_NUMBER: _ClassVar[int]
    case: Case
    def __init__(self, case: _Optional[_Union[Case, _Mapping]] = ...) -> None: ...

class ListCasesRequest(_message.Message):
    __slots__ = ("area", "stage", "page_size", "page_token")
    AREA_FIELD_NUMBER: _ClassVar[int]
    STAGE_FIELD_NUMBER: _ClassVar[int]
    PAGE_SIZE_FIELD_NUMBER: _ClassVar[int]
    PAGE_TOKEN_FIELD_NUMBER: _ClassVar[int]
    area: str
    stage: str
    page_size: int
    page_token: str
    def __init__(self, area: _Optional[str] = ..., stage: _Optional[str] = ..., page_size: _Optional[int] = ..., page_token: _Optional[str] = ...) -> None: ...

class ListCasesResponse(_message.Message):
    __slots__ = ("cases", "next_page_token")
    CASES_FIELD_NUMBER: _ClassVar[int]
    NEXT_PAGE_TOKEN_FIELD_NUMBER: _ClassVar[int]
    cases: _containers.RepeatedCompositeFieldContainer[Case]
    next_page_token: str
    def __init__(self, cases: _Optional[_Iterable[_Union[Case, _Mapping]]] = ..., next_page_token: _Optional[str] = ...) -> None: ...

class GetDossierRequest(_message.Message):
    __slots__ = ("case_id",)
    CASE_ID_FIELD_NUMBER: _ClassVar[int]
    case_id: str
    def __init__(self, case_id: _Optional[str] = ...) -> None: ...

class DossierMember(_message.Message):
    __slots__ = ("person_id", "name", "id_number_masked", "relation")
    PERSON_ID_FIELD_NUMBER: _ClassVar[int]
    NAME_FIELD_NUMBER: _ClassVar[int]
    ID_NUMBER_MASKED_FIELD_NUMBER: _ClassVar[int]
    RELATION_FIELD_NUMBER: _ClassVar[int]
    person_id: str
    name: str
    id_number_masked: str
    relation: str
    def __init__(self, person_id: _Optional[str] = ..., name: _Optional[str] = ..., id_number_masked: _Optional[str] = ..., relation: _Optional[str] = ...) -> None: ...

class DossierVisit(_message.Message):
    __slots__ = ("visit_id", "kind", "visited_on", "surveyor_ids", "photos")
    VISIT_ID_FIELD_NUMBER: _ClassVar[int]
    KIND_FIELD_NUMBER: _ClassVar[int]
    VISITED_ON_FIELD_NUMBER: _ClassVar[int]
    SURVEYOR_IDS_FIELD_NUMBER: _ClassVar[int]
    PHOTOS_FIELD_NUMBER: _ClassVar[int]
    visit_id: str
    kind: str
    visited_on: str
    surveyor_ids: _containers.RepeatedScalarFieldContainer[str]
    photos: _containers.RepeatedCompositeFieldContainer[DocumentRef]
    def __init__(self, visit_id: _Optional[str] = ..., kind: _Optional[str] = ..., visited_on: _Optional[str] = ..., surveyor_ids: _Optional[_Iterable[str]] = ..., photos: _Optional[_Iterable[_Union[DocumentRef, _Mapping]]] = ...) -> None: ...

class GetDossierResponse(_message.Message):
    __slots__ = ("case", "members", "visits", "verification_report_no", "verification_consistent", "steps", "eligible", "monthly_amount_fen", "recused_staff_ids")
    CASE_FIELD_NUMBER: _ClassVar[int]
    MEMBERS_FIELD_NUMBER: _ClassVar[int]
    VISITS_FIELD_NUMBER: _ClassVar[int]
    VERIFICATION_REPORT_NO_FIELD_NUMBER: _ClassVar[int]
    VERIFICATION_CONSISTENT_FIELD_NUMBER: _ClassVar[int]
    STEPS_FIELD_NUMBER: _ClassVar[int]
    ELIGIBLE_FIELD_NUMBER: _ClassVar[int]
    MONTHLY_AMOUNT_FEN_FIELD_NUMBER: _ClassVar[int]
    RECUSED_STAFF_IDS_FIELD_NUMBER: _ClassVar[int]
    case: Case
    members: _containers.RepeatedCompositeFieldContainer[DossierMember]
    visits: _containers.RepeatedCompositeFieldContainer[DossierVisit]
    verification_report_no: str
    verification_consistent: bool
    steps: _containers.RepeatedCompositeFieldContainer[Step]
    eligible: bool
    monthly_amount_fen: int
    recused_staff_ids: _containers.RepeatedScalarFieldContainer[str]
    def __init__(self, case: _Optional[_Union[Case, _Mapping]] = ..., members: _Optional[_Iterable[_Union[DossierMember, _Mapping]]] = ..., visits: _Optional[_Iterable[_Union[DossierVisit, _Mapping]]] = ..., verification_report_no: _Optional[str] = ..., verification_consistent: _Optional[bool] = ..., steps: _Optional[_Iterable[_Union[Step, _Mapping]]] = ..., eligible: _Optional[bool] = ..., monthly_amount_fen: _Optional[int] = ..., recused_staff_ids: _Optional[_Iterable[str]] = ...) -> None: ...

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

class GetDocumentRequest(_message.Message):
    __slots__ = ("sha256",)
    SHA256_FIELD_NUMBER: _ClassVar[int]
    sha256: str
    def __init__(self, sha256: _Optional[str] = ...) -> None: ...

class GetDocumentResponse(_message.Message):
    __slots__ = ("chunk",)
    CHUNK_FIELD_NUMBER: _ClassVar[int]
    chunk: bytes
    def __init__(self, chunk: _Optional[bytes] = ...) -> None: ...

class DisputeVerificationRequest(_message.Message):
    __slots__ = ("dispute_id", "case_id", "statement", "evidence")
    DISPUTE_ID_FIELD_NUMBER: _ClassVar[int]
    CASE_ID_FIELD_NUMBER: _ClassVar[int]
    STATEMENT_FIELD_NUMBER: _ClassVar[int]
    EVIDENCE_FIELD_NUMBER: _ClassVar[int]
    dispute_id: str
    case_id: str
    statement: str
    evidence: _containers.RepeatedScalarFieldContainer[str]
    def __init__(self, dispute_id: _Optional[str] = ..., case_id: _Optional[str] = ..., statement: _Optional[str] = ..., evidence: _Optional[_Iterable[str]] = ...) -> None: ...

class DisputeVerificationResponse(_message.Message):
    __slots__ = ("verification_id", "due_on")
    VERIFICATION_ID_FIELD_NUMBER: _ClassVar[int]
    DUE_ON_FIELD_NUMBER: _ClassVar[int]
    verification_id: str
    due_on: str
    def __init__(self, verification_id: _Optional[str] = ..., due_on: _Optional[str] = ...) -> None: ...

class Appraiser(_message.Message):
    __slots__ = ("name", "part", "staff_id")
    NAME_FIELD_NUMBER: _ClassVar[int]
    PART_FIELD_NUMBER: _ClassVar[int]
    STAFF_ID_FIELD_NUMBER: _ClassVar[int]
    name: str
    part: str
    staff_id: str
    def __init__(self, name: _Optional[str] = ..., part: _Optional[str] = ..., staff_id: _Optional[str] = ...) -> None: ...

class RecordAppraisalRequest(_message.Message):
    __slots__ = ("appraisal_id", "case_id", "held_on", "place", "chair", "appraisers", "votes_for", "votes_against", "abstained", "minutes", "is_public")
    APPRAISAL_ID_FIELD_NUMBER: _ClassVar[int]
    CASE_ID_FIELD_NUMBER: _ClassVar[int]
    HELD_ON_FIELD_NUMBER: _ClassVar[int]
    PLACE_FIELD_NUMBER: _ClassVar[int]
    CHAIR_FIELD_NUMBER: _ClassVar[int]
    APPRAISERS_FIELD_NUMBER: _ClassVar[int]
    VOTES_FOR_FIELD_NUMBER: _ClassVar[int]
    VOTES_AGAINST_FIELD_NUMBER: _ClassVar[int]
    ABSTAINED_FIELD_NUMBER: _ClassVar[int]
    MINUTES_FIELD_NUMBER: _ClassVar[int]
    IS_PUBLIC_FIELD_NUMBER: _ClassVar[int]
    appraisal_id: str
    case_id: str
    held_on: str
    place: str
    chair: str
    appraisers: _containers.RepeatedCompositeFieldContainer[Appraiser]
    votes_for: int
    votes_against: int
    abstained: int
    minutes: str
    is_public: bool
    def __init__(self, appraisal_id: _Optional[str] = ..., case_id: _Optional[str] = ..., held_on: _Optional[str] = ..., place: _Optional[str] = ..., chair: _Optional[str] = ..., appraisers: _Optional[_Iterable[_Union[Appraiser, _Mapping]]] = ..., votes_for: _Optional[int] = ..., votes_against: _Optional[int] = ..., abstained: _Optional[int] = ..., minutes: _Optional[str] = ..., is_public: _Optional[bool] = ...) -> None: ...

class RecordAppraisalResponse(_message.Message):
    __slots__ = ("appraisal_id",)
    APPRAISAL_ID_FIELD_NUMBER: _ClassVar[int]
    appraisal_id: str
    def __init__(self, appraisal_id: _Optional[str] = ...) -> None: ...

class RecordNeighbourVisitRequest(_message.Message):
    __slots__ = ("visit_id", "case_id", "visitor_ids", "visited_on", "neighbour", "knows_by", "account", "supports")
    VISIT_ID_FIELD_NUMBER: _ClassVar[int]
    CASE_ID_FIELD_NUMBER: _ClassVar[int]
    VISITOR_IDS_FIELD_NUMBER: _ClassVar[int]
    VISITED_ON_FIELD_NUMBER: _ClassVar[int]
    NEIGHBOUR_FIELD_NUMBER: _ClassVar[int]
    KNOWS_BY_FIELD_NUMBER: _ClassVar[int]
    ACCOUNT_FIELD_NUMBER: _ClassVar[int]
    SUPPORTS_FIELD_NUMBER: _ClassVar[int]
    visit_id: str
    case_id: str
    visitor_ids: _containers.RepeatedScalarFieldContainer[str]
    visited_on: str
    neighbour: str
    knows_by: str
    account: str
    supports: bool
    def __init__(self, visit_id: _Optional[str] = ..., case_id: _Optional[str] = ..., visitor_ids: _Optional[_Iterable[str]] = ..., visited_on: _Optional[str] = ..., neighbour: _Optional[str] = ..., knows_by: _Optional[str] = ..., account: _Optional[str] = ..., supports: _Optional[bool] = ...) -> None: ...

class RecordNeighbourVisitResponse(_message.Message):
    __slots__ = ("visit_id",)
    VISIT_ID_FIELD_NUMBER: _ClassVar[int]
    visit_id: str
    def __init__(self, visit_id: _Optional[str] = ...) -> None: ...

class DeclareKinRequest(_message.Message):
    __slots__ = ("declaration_id", "person_id", "name", "id_number", "relation")
    DECLARATION_ID_FIELD_NUMBER: _ClassVar[int]
    PERSON_ID_FIELD_NUMBER: _ClassVar[int]
    NAME_FIELD_NUMBER: _ClassVar[int]
    ID_NUMBER_FIELD_NUMBER: _ClassVar[int]
    RELATION_FIELD_NUMBER: _ClassVar[int]
    declaration_id: str
    person_id: str
    name: str
    id_number: str
    relation: str
    def __init__(self, declaration_id: _Optional[str] = ..., person_id: _Optional[str] = ..., name: _Optional[str] = ..., id_number: _Optional[str] = ..., relation: _Optional[str] = ...) -> None: ...

class DeclareKinResponse(_message.Message):
    __slots__ = ("declaration_id", "near", "households")
    DECLARATION_ID_FIELD_NUMBER: _ClassVar[int]
    NEAR_FIELD_NUMBER: _ClassVar[int]
    HOUSEHOLDS_FIELD_NUMBER: _ClassVar[int]
    declaration_id: str
    near: bool
    households: int
    def __init__(self, declaration_id: _Optional[str] = ..., near: _Optional[bool] = ..., households: _Optional[int] = ...) -> None: ...

class ReviewKinDeclarationRequest(_message.Message):
    __slots__ = ("declaration_id", "accepted", "note")
    DECLARATION_ID_FIELD_NUMBER: _ClassVar[int]
    ACCEPTED_FIELD_NUMBER: _ClassVar[int]
    NOTE_FIELD_NUMBER: _ClassVar[int]
    declaration_id: str
    accepted: bool
    note: str
    def __init__(self, declaration_id: _Optional[str] = ..., accepted: _Optional[bool] = ..., note: _Optional[str] = ...) -> None: ...

class ReviewKinDeclarationResponse(_message.Message):
    __slots__ = ("declaration_id",)
    DECLARATION_ID_FIELD_NUMBER: _ClassVar[int]
    declaration_id: str
    def __init__(self, declaration_id: _Optional[str] = ...) -> None: ...

class FileKinDeclarationRequest(_message.Message):
    __slots__ = ("declaration_id",)
    DECLARATION_ID_FIELD_NUMBER: _ClassVar[int]
    declaration_id: str
    def __init__(self, declaration_id: _Optional[str] = ...) -> None: ...

class FileKinDeclarationResponse(_message.Message):
    __slots__ = ("declaration_id",)
    DECLARATION_ID_FIELD_NUMBER: _ClassVar[int]
    declaration_id: str
    def __init__(self, declaration_id: _Optional[str] = ...) -> None: ...

class FileKinEntryRequest(_message.Message):
    __slots__ = ("case_id",)
    CASE_ID_FIELD_NUMBER: _ClassVar[int]
    case_id: str
    def __init__(self, case_id: _Optional[str] = ...) -> None: ...

class FileKinEntryResponse(_message.Message):
    __slots__ = ("case_id",)
    CASE_ID_FIELD_NUMBER: _ClassVar[int]
    case_id: str
    def __init__(self, case_id: _Optional[str] = ...) -> None: ...

class WidenKinRequest(_message.Message):
    __slots__ = ("township", "from_on", "relations", "reason")
    TOWNSHIP_FIELD_NUMBER: _ClassVar[int]
    FROM_ON_FIELD_NUMBER: _ClassVar[int]
    RELATIONS_FIELD_NUMBER: _ClassVar[int]
    REASON_FIELD_NUMBER: _ClassVar[int]
    township: str
    from_on: str
    relations: _containers.RepeatedScalarFieldContainer[str]
    reason: str
    def __init__(self, township: _Optional[str] = ..., from_on: _Optional[str] = ..., relations: _Optional[_Iterable[str]] = ..., reason: _Optional[str] = ...) -> None: ...

class WidenKinResponse(_message.Message):
    __slots__ = ("township",)
    TOWNSHIP_FIELD_NUMBER: _ClassVar[int]
    township: str
    def __init__(self, township: _Optional[str] = ...) -> None: ...

class AskRecusalRequest(_message.Message):
    __slots__ = ("request_id", "case_id", "reason")
    REQUEST_ID_FIELD_NUMBER: _ClassVar[int]
    CASE_ID_FIELD_NUMBER: _ClassVar[int]
    REASON_FIELD_NUMBER: _ClassVar[int]
    request_id: str
    case_id: str
    reason: str
    def __init__(self, request_id: _Optional[str] = ..., case_id: _Optional[str] = ..., reason: _Optional[str] = ...) -> None: ...

class AskRecusalResponse(_message.Message):
    __slots__ = ("request_id",)
    REQUEST_ID_FIELD_NUMBER: _ClassVar[int]
    request_id: str
    def __init__(self, request_id: _Optional[str] = ...) -> None: ...

class NameReplacementRequest(_message.Message):
    __slots__ = ("request_id", "replacement_id")
    REQUEST_ID_FIELD_NUMBER: _ClassVar[int]
    REPLACEMENT_ID_FIELD_NUMBER: _ClassVar[int]
    request_id: str
    replacement_id: str
    def __init__(self, request_id: _Optional[str] = ..., replacement_id: _Optional[str] = ...) -> None: ...

class NameReplacementResponse(_message.Message):
    __slots__ = ("request_id",)
    REQUEST_ID_FIELD_NUMBER: _ClassVar[int]
    request_id: str
    def __init__(self, request_id: _Optional[str] = ...) -> None: ...

class OpenReexaminationRequest(_message.Message):
    __slots__ = ("case_id", "ground", "source_id")
    CASE_ID_FIELD_NUMBER: _ClassVar[int]
    GROUND_FIELD_NUMBER: _ClassVar[int]
    SOURCE_ID_FIELD_NUMBER: _ClassVar[int]
    case_id: str
    ground: str
    source_id: str
    def __init__(self, case_id: _Optional[str] = ..., ground: _Optional[str] = ..., source_id: _Optional[str] = ...) -> None: ...

class OpenReexaminationResponse(_message.Message):
    __slots__ = ("reexamination_id",)
    REEXAMINATION_ID_FIELD_NUMBER: _ClassVar[int]
    reexamination_id: str
    def __init__(self, reexamination_id: _Optional[str] = ...) -> None: ...

class ConcludeReexaminationRequest(_message.Message):
    __slots__ = ("case_id",)
    CASE_ID_FIELD_NUMBER: _ClassVar[int]
    case_id: str
    def __init__(self, case_id: _Optional[str] = ...) -> None: ...

class ConcludeReexaminationResponse(_message.Message):
    __slots__ = ("reexamination_id", "outcome", "monthly_amount_fen")
    REEXAMINATION_ID_FIELD_NUMBER: _ClassVar[int]
    OUTCOME_FIELD_NUMBER: _ClassVar[int]
    MONTHLY_AMOUNT_FEN_FIELD_NUMBER: _ClassVar[int]
    reexamination_id: str
    outcome: str
    monthly_amount_fen: int
    def __init__(self, reexamination_id: _Optional[str] = ..., outcome: _Optional[str] = ..., monthly_amount_fen: _Optional[int] = ...) -> None: ...

class ReferAbuseRequest(_message.Message):
    __slots__ = ("referral_id", "area", "kind", "staff_id", "case_id", "facts", "authority")
    REFERRAL_ID_FIELD_NUMBER: _ClassVar[int]
    AREA_FIELD_NUMBER: _ClassVar[int]
    KIND_FIELD_NUMBER: _ClassVar[int]
    STAFF_ID_FIELD_NUMBER: _ClassVar[int]
    CASE_ID_FIELD_NUMBER: _ClassVar[int]
    FACTS_FIELD_NUMBER: _ClassVar[int]
    AUTHORITY_FIELD_NUMBER: _ClassVar[int]
    referral_id: str
    area: str
    kind: str
    staff_id: str
    case_id: str
    facts: str
    authority: str
    def __init__(self, referral_id: _Optional[str] = ..., area: _Optional[str] = ..., kind: _Optional[str] = ..., staff_id: _Optional[str] = ..., case_id: _Optional[str] = ..., facts: _Optional[str] = ..., authority: _Optional[str] = ...) -> None: ...

class ReferAbuseResponse(_message.Message):
    __slots__ = ("referral_id",)
    REFERRAL_ID_FIELD_NUMBER: _ClassVar[int]
    referral_id: str
    def __init__(self, referral_id: _Optional[str] = ...) -> None: ...

class AnswerReferralRequest(_message.Message):
    __slots__ = ("referral_id", "receipt_no", "received_on", "outcome")
    REFERRAL_ID_FIELD_NUMBER: _ClassVar[int]
    RECEIPT_NO_FIELD_NUMBER: _ClassVar[int]
    RECEIVED_ON_FIELD_NUMBER: _ClassVar[int]
    OUTCOME_FIELD_NUMBER: _ClassVar[int]
    referral_id: str
    receipt_no: str
    received_on: str
    outcome: str
    def __init__(self, referral_id: _Optional[str] = ..., receipt_no: _Optional[str] = ..., received_on: _Optional[str] = ..., outcome: _Optional[str] = ...) -> None: ...

class AnswerReferralResponse(_message.Message):
    __slots__ = ("referral_id",)
    REFERRAL_ID_FIELD_NUMBER: _ClassVar[int]
    referral_id: str
    def __init__(self, referral_id: _Optional[str] = ...) -> None: ...

class ListKinRegisterRequest(_message.Message):
    __slots__ = ("area",)
    AREA_FIELD_NUMBER: _ClassVar[int]
    area: str
    def __init__(self, area: _Optional[str] = ...) -> None: ...

class KinRegisterEntry(_message.Message):
    __slots__ = ("case_id", "household_id", "village", "staff_ids", "registered_on", "late", "filed_on")
    CASE_ID_FIELD_NUMBER: _ClassVar[int]
    HOUSEHOLD_ID_FIELD_NUMBER: _ClassVar[int]
    VILLAGE_FIELD_NUMBER: _ClassVar[int]
    STAFF_IDS_FIELD_NUMBER: _ClassVar[int]
    REGISTERED_ON_FIELD_NUMBER: _ClassVar[int]
    LATE_FIELD_NUMBER: _ClassVar[int]
    FILED_ON_FIELD_NUMBER: _ClassVar[int]
    case_id: str
    household_id: str
    village: str
    staff_ids: _containers.RepeatedScalarFieldContainer[str]
    registered_on: str
    late: bool
    filed_on: str
    def __init__(self, case_id: _Optional[str] = ..., household_id: _Optional[str] = ..., village: _Optional[str] = ..., staff_ids: _Optional[_Iterable[str]] = ..., registered_on: _Optional[str] = ..., late: _Optional[bool] = ..., filed_on: _Optional[str] = ...) -> None: ...

class ListKinRegisterResponse(_message.Message):
    __slots__ = ("entries",)
    ENTRIES_FIELD_NUMBER: _ClassVar[int]
    entries: _containers.RepeatedCompositeFieldContainer[KinRegisterEntry]
    def __init__(self, entries: _Optional[_Iterable[_Union[KinRegisterEntry, _Mapping]]] = ...) -> None: ...

class IssuePaperRequest(_message.Message):
    __slots__ = ("case_id", "kind")
    CASE_ID_FIELD_NUMBER: _ClassVar[int]
    KIND_FIELD_NUMBER: _ClassVar[int]
    case_id: str
    kind: str
    def __init__(self, case_id: _Optional[str] = ..., kind: _Optional[str] = ...) -> None: ...

class IssuePaperResponse(_message.Message):
    __slots__ = ("paper_id", "number", "sha256")
    PAPER_ID_FIELD_NUMBER: _ClassVar[int]
    NUMBER_FIELD_NUMBER: _ClassVar[int]
    SHA256_FIELD_NUMBER: _ClassVar[int]
    paper_id: str
    number: str
    sha256: str
    def __init__(self, paper_id: _Optional[str] = ..., number: _Optional[str] = ..., sha256: _Optional[str] = ...) -> None: ...

class DeliverPaperRequest(_message.Message):
    __slots__ = ("paper_id", "method", "delivered_on", "receiver", "proof_sha256")
    PAPER_ID_FIELD_NUMBER: _ClassVar[int]
    METHOD_FIELD_NUMBER: _ClassVar[int]
    DELIVERED_ON_FIELD_NUMBER: _ClassVar[int]
    RECEIVER_FIELD_NUMBER: _ClassVar[int]
    PROOF_SHA256_FIELD_NUMBER: _ClassVar[int]
    paper_id: str
    method: str
    delivered_on: str
    receiver: str
    proof_sha256: str
    def __init__(self, paper_id: _Optional[str] = ..., method: _Optional[str] = ..., delivered_on: _Optional[str] = ..., receiver: _Optional[str] = ..., proof_sha256: _Optional[str] = ...) -> None: ...

class DeliverPaperResponse(_message.Message):
    __slots__ = ("paper_id",)
    PAPER_ID_FIELD_NUMBER: _ClassVar[int]
    paper_id: str
    def __init__(self, paper_id: _Optional[str] = ...) -> None: ...

class ListPapersRequest(_message.Message):
    __slots__ = ("case_id",)
    CASE_ID_FIELD_NUMBER: _ClassVar[int]
    case_id: str
    def __init__(self, case_id: _Optional[str] = ...) -> None: ...

class Paper(_message.Message):
    __slots__ = ("paper_id", "kind", "number", "title", "issued_on", "sha256", "size", "delivery_method", "delivered_on", "scan_sha256")
    PAPER_ID_FIELD_NUMBER: _ClassVar[int]
    KIND_FIELD_NUMBER: _ClassVar[int]
    NUMBER_FIELD_NUMBER: _ClassVar[int]
    TITLE_FIELD_NUMBER: _ClassVar[int]
    ISSUED_ON_FIELD_NUMBER: _ClassVar[int]
    SHA256_FIELD_NUMBER: _ClassVar[int]
    SIZE_FIELD_NUMBER: _ClassVar[int]
    DELIVERY_METHOD_FIELD_NUMBER: _ClassVar[int]
    DELIVERED_ON_FIELD_NUMBER: _ClassVar[int]
    SCAN_SHA256_FIELD_NUMBER: _ClassVar[int]
    paper_id: str
    kind: str
    number: str
    title: str
    issued_on: str
    sha256: str
    size: int
    delivery_method: str
    delivered_on: str
    scan_sha256: _containers.RepeatedScalarFieldContainer[str]
    def __init__(self, paper_id: _Optional[str] = ..., kind: _Optional[str] = ..., number: _Optional[str] = ..., title: _Optional[str] = ..., issued_on: _Optional[str] = ..., sha256: _Optional[str] = ..., size: _Optional[int] = ..., delivery_method: _Optional[str] = ..., delivered_on: _Optional[str] = ..., scan_sha256: _Optional[_Iterable[str]] = ...) -> None: ...

class ListPapersResponse(_message.Message):
    __slots__ = ("papers",)
    PAPERS_FIELD_NUMBER: _ClassVar[int]
    papers: _containers.RepeatedCompositeFieldContainer[Paper]
    def __init__(self, papers: _Optional[_Iterable[_Union[Paper, _Mapping]]] = ...) -> None: ...

class AreaChanged(_message.Message):
    __slots__ = ("code", "name", "compounds", "report_phone")
    CODE_FIELD_NUMBER: _ClassVar[int]
    NAME_FIELD_NUMBER: _ClassVar[int]
    COMPOUNDS_FIELD_NUMBER: _ClassVar[int]
    REPORT_PHONE_FIELD_NUMBER: _ClassVar[int]
    code: str
    name: str
    compounds: _containers.RepeatedScalarFieldContainer[str]
    report_phone: str
    def __init__(self, code: _Optional[str] = ..., name: _Optional[str] = ..., compounds: _Optional[_Iterable[str]] = ..., report_phone: _Optional[str] = ...) -> None: ...

class StaffChanged(_message.Message):
    __slots__ = ("staff_id", "posts", "revoked_at")
    STAFF_ID_FIELD_NUMBER: _ClassVar[int]
    POSTS_FIELD_NUMBER: _ClassVar[int]
    REVOKED_AT_FIELD_NUMBER: _ClassVar[int]
    staff_id: str
    posts: _containers.RepeatedCompositeFieldContainer[Post]
    revoked_at: str
    def __init__(self, staff_id: _Optional[str] = ..., posts: _Optional[_Iterable[_Union[Post, _Mapping]]] = ..., revoked_at: _Optional[str] = ...) -> None: ...

class PolicyChanged(_message.Message):
    __slots__ = ("revision", "document")
    REVISION_FIELD_NUMBER: _ClassVar[int]
    DOCUMENT_FIELD_NUMBER: _ClassVar[int]
    revision: int
    document: str
    def __init__(self, revision: _Optional[int] = ..., document: _Optional[str] = ...) -> None: ...

class RecusalChanged(_message.Message):
    __slots__ = ("household_id", "township", "staff_ids")
    HOUSEHOLD_ID_FIELD_NUMBER: _ClassVar[int]
    TOWNSHIP_FIELD_NUMBER: _ClassVar[int]
    STAFF_IDS_FIELD_NUMBER: _ClassVar[int]
    household_id: str
    township: str
    staff_ids: _containers.RepeatedScalarFieldContainer[str]
    def __init__(self, household_id: _Optional[str] = ..., township: _Optional[str] = ..., staff_ids: _Optional[_Iterable[str]] = ...) -> None: ...

class KinRegistered(_message.Message):
    __slots__ = ("case_id", "household_id", "township", "registered_on", "staff_ids", "late")
    CASE_ID_FIELD_NUMBER: _ClassVar[int]
    HOUSEHOLD_ID_FIELD_NUMBER: _ClassVar[int]
    TOWNSHIP_FIELD_NUMBER: _ClassVar[int]
    REGISTERED_ON_FIELD_NUMBER: _ClassVar[int]
    STAFF_IDS_FIELD_NUMBER: _ClassVar[int]
    LATE_FIELD_NUMBER: _ClassVar[int]
    case_id: str
    household_id: str
    township: str
    registered_on: str
    staff_ids: _containers.RepeatedScalarFieldContainer[str]
    late: bool
    def __init__(self, case_id: _Optional[str] = ..., household_id: _Optional[str] = ..., township: _Optional[str] = ..., registered_on: _Optional[str] = ..., staff_ids: _Optional[_Iterable[str]] = ..., late: _Optional[bool] = ...) -> None: ...

class ReexaminationOpened(_message.Message):
    __slots__ = ("reexamination_id", "case_id", "household_id", "township", "ground", "opened_on")
    REEXAMINATION_ID_FIELD_NUMBER: _ClassVar[int]
    CASE_ID_FIELD_NUMBER: _ClassVar[int]
    HOUSEHOLD_ID_FIELD_NUMBER: _ClassVar[int]
    TOWNSHIP_FIELD_NUMBER: _ClassVar[int]
    GROUND_FIELD_NUMBER: _ClassVar[int]
    OPENED_ON_FIELD_NUMBER: _ClassVar[int]
    reexamination_id: str
    case_id: str
    household_id: str
    township: str
    ground: str
    opened_on: str
    def __init__(self, reexamination_id: _Optional[str] = ..., case_id: _Optional[str] = ..., household_id: _Optional[str] = ..., township: _Optional[str] = ..., ground: _Optional[str] = ..., opened_on: _Optional[str] = ...) -> None: ...

class ReexaminationConcluded(_message.Message):
    __slots__ = ("reexamination_id", "case_id", "household_id", "township", "ground", "outcome", "eligible", "category", "monthly_amount_fen", "concluded_on")
    REEXAMINATION_ID_FIELD_NUMBER: _ClassVar[int]
    CASE_ID_FIELD_NUMBER: _ClassVar[int]
    HOUSEHOLD_ID_FIELD_NUMBER: _ClassVar[int]
    TOWNSHIP_FIELD_NUMBER: _ClassVar[int]
    GROUND_FIELD_NUMBER: _ClassVar[int]
    OUTCOME_FIELD_NUMBER: _ClassVar[int]
    ELIGIBLE_FIELD_NUMBER: _ClassVar[int]
    CATEGORY_FIELD_NUMBER: _ClassVar[int]
    MONTHLY_AMOUNT_FEN_FIELD_NUMBER: _ClassVar[int]
    CONCLUDED_ON_FIELD_NUMBER: _ClassVar[int]
    reexamination_id: str
    case_id: str
    household_id: str
    township: str
    ground: str
    outcome: str
    eligible: bool
    category: str
    monthly_amount_fen: int
    concluded_on: str
    def __init__(self, reexamination_id: _Optional[str] = ..., case_id: _Optional[str] = ..., household_id: _Optional[str] = ..., township: _Optional[str] = ..., ground: _Optional[str] = ..., outcome: _Optional[str] = ..., eligible: _Optional[bool] = ..., category: _Optional[str] = ..., monthly_amount_fen: _Optional[int] = ..., concluded_on: _Optional[str] = ...) -> None: ...

class VisitRecorded(_message.Message):
    __slots__ = ("visit_id", "kind", "case_id", "household_id", "township", "village", "visited_on", "surveyor_ids", "form_id", "form_version")
    VISIT_ID_FIELD_NUMBER: _ClassVar[int]
    KIND_FIELD_NUMBER: _ClassVar[int]
    CASE_ID_FIELD_NUMBER: _ClassVar[int]
    HOUSEHOLD_ID_FIELD_NUMBER: _ClassVar[int]
    TOWNSHIP_FIELD_NUMBER: _ClassVar[int]
    VILLAGE_FIELD_NUMBER: _ClassVar[int]
    VISITED_ON_FIELD_NUMBER: _ClassVar[int]
    SURVEYOR_IDS_FIELD_NUMBER: _ClassVar[int]
    FORM_ID_FIELD_NUMBER: _ClassVar[int]
    FORM_VERSION_FIELD_NUMBER: _ClassVar[int]
    visit_id: str
    kind: str
    case_id: str
    household_id: str
    township: str
    village: str
    visited_on: str
    surveyor_ids: _containers.RepeatedScalarFieldContainer[str]
    form_id: str
    form_version: str
    def __init__(self, visit_id: _Optional[str] = ..., kind: _Optional[str] = ..., case_id: _Optional[str] = ..., household_id: _Optional[str] = ..., township: _Optional[str] = ..., village: _Optional[str] = ..., visited_on: _Optional[str] = ..., surveyor_ids: _Optional[_Iterable[str]] = ..., form_id: _Optional[str] = ..., form_version: _Optional[str] = ...) -> None: ...

class ApplicationAccepted(_message.Message):
    __slots__ = ("case_id", "household_id", "township", "village", "category", "accepted_on", "target_on", "due_on", "provisional", "handler_id")
    CASE_ID_FIELD_NUMBER: _ClassVar[int]
    HOUSEHOLD_ID_FIELD_NUMBER: _ClassVar[int]
    TOWNSHIP_FIELD_NUMBER: _ClassVar[int]
    VILLAGE_FIELD_NUMBER: _ClassVar[int]
    CATEGORY_FIELD_NUMBER: _ClassVar[int]
    ACCEPTED_ON_FIELD_NUMBER: _ClassVar[int]
    TARGET_ON_FIELD_NUMBER: _ClassVar[int]
    DUE_ON_FIELD_NUMBER: _ClassVar[int]
    PROVISIONAL_FIELD_NUMBER: _ClassVar[int]
    HANDLER_ID_FIELD_NUMBER: _ClassVar[int]
    case_id: str
    household_id: str
    township: str
    village: str
    category: str
    accepted_on: str
    target_on: str
    due_on: str
    provisional: bool
    handler_id: str
    def __init__(self, case_id: _Optional[str] = ..., household_id: _Optional[str] = ..., township: _Optional[str] = ..., village: _Optional[str] = ..., category: _Optional[str] = ..., accepted_on: _Optional[str] = ..., target_on: _Optional[str] = ..., due_on: _Optional[str] = ..., provisional: _Optional[bool] = ..., handler_id: _Optional[str] = ...) -> None: ...

class ApplicationNotAccepted(_message.Message):
    __slots__ = ("case_id", "household_id", "township", "ground", "declined_on")
    CASE_ID_FIELD_NUMBER: _ClassVar[int]
    HOUSEHOLD_ID_FIELD_NUMBER: _ClassVar[int]
    TOWNSHIP_FIELD_NUMBER: _ClassVar[int]
    GROUND_FIELD_NUMBER: _ClassVar[int]
    DECLINED_ON_FIELD_NUMBER: _ClassVar[int]
    case_id: str
    household_id: str
    township: str
    ground: str
    declined_on: str
    def __init__(self, case_id: _Optional[str] = ..., household_id: _Optional[str] = ..., township: _Optional[str] = ..., ground: _Optional[str] = ..., declined_on: _Optional[str] = ...) -> None: ...

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

class PreliminaryOpinionFormed(_message.Message):
    __slots__ = ("case_id", "household_id", "township", "village", "compound", "revision", "category", "head_name", "household_size", "cause", "insured_person_ids", "monthly_amount_fen", "formed_on", "handler_id", "kin_declared", "policy_revision", "due_on")
    CASE_ID_FIELD_NUMBER: _ClassVar[int]
    HOUSEHOLD_ID_FIELD_NUMBER: _ClassVar[int]
    TOWNSHIP_FIELD_NUMBER: _ClassVar[int]
    VILLAGE_FIELD_NUMBER: _ClassVar[int]
    COMPOUND_FIELD_NUMBER: _ClassVar[int]
    REVISION_FIELD_NUMBER: _ClassVar[int]
    CATEGORY_FIELD_NUMBER: _ClassVar[int]
    HEAD_NAME_FIELD_NUMBER: _ClassVar[int]
    HOUSEHOLD_SIZE_FIELD_NUMBER: _ClassVar[int]
    CAUSE_FIELD_NUMBER: _ClassVar[int]
    INSURED_PERSON_IDS_FIELD_NUMBER: _ClassVar[int]
    MONTHLY_AMOUNT_FEN_FIELD_NUMBER: _ClassVar[int]
    FORMED_ON_FIELD_NUMBER: _ClassVar[int]
    HANDLER_ID_FIELD_NUMBER: _ClassVar[int]
    KIN_DECLARED_FIELD_NUMBER: _ClassVar[int]
    POLICY_REVISION_FIELD_NUMBER: _ClassVar[int]
    DUE_ON_FIELD_NUMBER: _ClassVar[int]
    case_id: str
    household_id: str
    township: str
    village: str
    compound: str
    revision: int
    category: str
    head_name: str
    household_size: int
    cause: str
    insured_person_ids: _containers.RepeatedScalarFieldContainer[str]
    monthly_amount_fen: int
    formed_on: str
    handler_id: str
    kin_declared: bool
    policy_revision: int
    due_on: str
    def __init__(self, case_id: _Optional[str] = ..., household_id: _Optional[str] = ..., township: _Optional[str] = ..., village: _Optional[str] = ..., compound: _Optional[str] = ..., revision: _Optional[int] = ..., category: _Optional[str] = ..., head_name: _Optional[str] = ..., household_size: _Optional[int] = ..., cause: _Optional[str] = ..., insured_person_ids: _Optional[_Iterable[str]] = ..., monthly_amount_fen: _Optional[int] = ..., formed_on: _Optional[str] = ..., handler_id: _Optional[str] = ..., kin_declared: _Optional[bool] = ..., policy_revision: _Optional[int] = ..., due_on: _Optional[str] = ...) -> None: ...

class ReliefRequested(_message.Message):
    __slots__ = ("relief_id", "household_id", "township", "village", "residence_village", "compound", "head_name", "kind", "cause", "object_category", "amount_fen", "lead_id", "handler_id", "requested_on")
    RELIEF_ID_FIELD_NUMBER: _ClassVar[int]
    HOUSEHOLD_ID_FIELD_NUMBER: _ClassVar[int]
    TOWNSHIP_FIELD_NUMBER: _ClassVar[int]
    VILLAGE_FIELD_NUMBER: _ClassVar[int]
    RESIDENCE_VILLAGE_FIELD_NUMBER: _ClassVar[int]
    COMPOUND_FIELD_NUMBER: _ClassVar[int]
    HEAD_NAME_FIELD_NUMBER: _ClassVar[int]
    KIND_FIELD_NUMBER: _ClassVar[int]
    CAUSE_FIELD_NUMBER: _ClassVar[int]
    OBJECT_CATEGORY_FIELD_NUMBER: _ClassVar[int]
    AMOUNT_FEN_FIELD_NUMBER: _ClassVar[int]
    LEAD_ID_FIELD_NUMBER: _ClassVar[int]
    HANDLER_ID_FIELD_NUMBER: _ClassVar[int]
    REQUESTED_ON_FIELD_NUMBER: _ClassVar[int]
    relief_id: str
    household_id: str
    township: str
    village: str
    residence_village: str
    compound: str
    head_name: str
    kind: str
    cause: str
    object_category: str
    amount_fen: int
    lead_id: str
    handler_id: str
    requested_on: str
    def __init__(self, relief_id: _Optional[str] = ..., household_id: _Optional[str] = ..., township: _Optional[str] = ..., village: _Optional[str] = ..., residence_village: _Optional[str] = ..., compound: _Optional[str] = ..., head_name: _Optional[str] = ..., kind: _Optional[str] = ..., cause: _Optional[str] = ..., object_category: _Optional[str] = ..., amount_fen: _Optional[int] = ..., lead_id: _Optional[str] = ..., handler_id: _Optional[str] = ..., requested_on: _Optional[str] = ...) -> None: ...

class BoardPosted(_message.Message):
    __slots__ = ("posting_id", "case_id", "household_id", "township", "visit_id", "posted_by", "posted_at", "photo")
    POSTING_ID_FIELD_NUMBER: _ClassVar[int]
    CASE_ID_FIELD_NUMBER: _ClassVar[int]
    HOUSEHOLD_ID_FIELD_NUMBER: _ClassVar[int]
    TOWNSHIP_FIELD_NUMBER: _ClassVar[int]
    VISIT_ID_FIELD_NUMBER: _ClassVar[int]
    POSTED_BY_FIELD_NUMBER: _ClassVar[int]
    POSTED_AT_FIELD_NUMBER: _ClassVar[int]
    PHOTO_FIELD_NUMBER: _ClassVar[int]
    posting_id: str
    case_id: str
    household_id: str
    township: str
    visit_id: str
    posted_by: str
    posted_at: str
    photo: DocumentRef
    def __init__(self, posting_id: _Optional[str] = ..., case_id: _Optional[str] = ..., household_id: _Optional[str] = ..., township: _Optional[str] = ..., visit_id: _Optional[str] = ..., posted_by: _Optional[str] = ..., posted_at: _Optional[str] = ..., photo: _Optional[_Union[DocumentRef, _Mapping]] = ...) -> None: ...

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

class PaperScanned(_message.Message):
    __slots__ = ("scan_id", "paper_id", "case_id", "household_id", "township", "kind", "sha256", "page", "scanned_on")
    SCAN_ID_FIELD_NUMBER: _ClassVar[int]
    PAPER_ID_FIELD_NUMBER: _ClassVar[int]
    CASE_ID_FIELD_NUMBER: _ClassVar[int]
    HOUSEHOLD_ID_FIELD_NUMBER: _ClassVar[int]
    TOWNSHIP_FIELD_NUMBER: _ClassVar[int]
    KIND_FIELD_NUMBER: _ClassVar[int]
    SHA256_FIELD_NUMBER: _ClassVar[int]
    PAGE_FIELD_NUMBER: _ClassVar[int]
    SCANNED_ON_FIELD_NUMBER: _ClassVar[int]
    scan_id: str
    paper_id: str
    case_id: str
    household_id: str
    township: str
    kind: str
    sha256: str
    page: int
    scanned_on: str
    def __init__(self, scan_id: _Optional[str] = ..., paper_id: _Optional[str] = ..., case_id: _Optional[str] = ..., household_id: _Optional[str] = ..., township: _Optional[str] = ..., kind: _Optional[str] = ..., sha256: _Optional[str] = ..., page: _Optional[int] = ..., scanned_on: _Optional[str] = ...) -> None: ...

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
