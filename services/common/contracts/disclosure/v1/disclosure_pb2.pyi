from google.protobuf.internal import containers as _containers
from google.protobuf import descriptor as _descriptor
from google.protobuf import message as _message
from collections.abc import Iterable as _Iterable, Mapping as _Mapping
from typing import ClassVar as _ClassVar, Optional as _Optional, Union as _Union

DESCRIPTOR: _descriptor.FileDescriptor

class RaiseObjectionRequest(_message.Message):
    __slots__ = ("objection_id", "notice_id", "way", "words", "name", "contact")
    OBJECTION_ID_FIELD_NUMBER: _ClassVar[int]
    NOTICE_ID_FIELD_NUMBER: _ClassVar[int]
    WAY_FIELD_NUMBER: _ClassVar[int]
    WORDS_FIELD_NUMBER: _ClassVar[int]
    NAME_FIELD_NUMBER: _ClassVar[int]
    CONTACT_FIELD_NUMBER: _ClassVar[int]
    objection_id: str
    notice_id: str
    way: str
    words: str
    name: str
    contact: str
    def __init__(self, objection_id: _Optional[str] = ..., notice_id: _Optional[str] = ..., way: _Optional[str] = ..., words: _Optional[str] = ..., name: _Optional[str] = ..., contact: _Optional[str] = ...) -> None: ...

class RaiseObjectionResponse(_message.Message):
    __slots__ = ("receipt_no", "about", "answer_due_on")
    RECEIPT_NO_FIELD_NUMBER: _ClassVar[int]
    ABOUT_FIELD_NUMBER: _ClassVar[int]
    ANSWER_DUE_ON_FIELD_NUMBER: _ClassVar[int]
    receipt_no: str
    about: str
    answer_due_on: str
    def __init__(self, receipt_no: _Optional[str] = ..., about: _Optional[str] = ..., answer_due_on: _Optional[str] = ...) -> None: ...

class InvestigateObjectionRequest(_message.Message):
    __slots__ = ("objection_id", "investigators", "investigated_on", "investigation")
    OBJECTION_ID_FIELD_NUMBER: _ClassVar[int]
    INVESTIGATORS_FIELD_NUMBER: _ClassVar[int]
    INVESTIGATED_ON_FIELD_NUMBER: _ClassVar[int]
    INVESTIGATION_FIELD_NUMBER: _ClassVar[int]
    objection_id: str
    investigators: _containers.RepeatedScalarFieldContainer[str]
    investigated_on: str
    investigation: str
    def __init__(self, objection_id: _Optional[str] = ..., investigators: _Optional[_Iterable[str]] = ..., investigated_on: _Optional[str] = ..., investigation: _Optional[str] = ...) -> None: ...

class InvestigateObjectionResponse(_message.Message):
    __slots__ = ()
    def __init__(self) -> None: ...

class AnswerObjectionRequest(_message.Message):
    __slots__ = ("objection_id", "outcome", "answer")
    OBJECTION_ID_FIELD_NUMBER: _ClassVar[int]
    OUTCOME_FIELD_NUMBER: _ClassVar[int]
    ANSWER_FIELD_NUMBER: _ClassVar[int]
    objection_id: str
    outcome: str
    answer: str
    def __init__(self, objection_id: _Optional[str] = ..., outcome: _Optional[str] = ..., answer: _Optional[str] = ...) -> None: ...

class AnswerObjectionResponse(_message.Message):
    __slots__ = ()
    def __init__(self) -> None: ...

class CloseRepeatedObjectionRequest(_message.Message):
    __slots__ = ("objection_id", "reason")
    OBJECTION_ID_FIELD_NUMBER: _ClassVar[int]
    REASON_FIELD_NUMBER: _ClassVar[int]
    objection_id: str
    reason: str
    def __init__(self, objection_id: _Optional[str] = ..., reason: _Optional[str] = ...) -> None: ...

class CloseRepeatedObjectionResponse(_message.Message):
    __slots__ = ()
    def __init__(self) -> None: ...

class GetPublicityRequest(_message.Message):
    __slots__ = ("case_id",)
    CASE_ID_FIELD_NUMBER: _ClassVar[int]
    case_id: str
    def __init__(self, case_id: _Optional[str] = ...) -> None: ...

class Posting(_message.Message):
    __slots__ = ("posting_id", "place", "posted_at", "proof_sha256")
    POSTING_ID_FIELD_NUMBER: _ClassVar[int]
    PLACE_FIELD_NUMBER: _ClassVar[int]
    POSTED_AT_FIELD_NUMBER: _ClassVar[int]
    PROOF_SHA256_FIELD_NUMBER: _ClassVar[int]
    posting_id: str
    place: str
    posted_at: str
    proof_sha256: str
    def __init__(self, posting_id: _Optional[str] = ..., place: _Optional[str] = ..., posted_at: _Optional[str] = ..., proof_sha256: _Optional[str] = ...) -> None: ...

class Publicity(_message.Message):
    __slots__ = ("publicity_id", "case_id", "kind", "stage", "revision", "posted_on", "first_day", "ends_on", "decidable_on", "provisional", "postings")
    PUBLICITY_ID_FIELD_NUMBER: _ClassVar[int]
    CASE_ID_FIELD_NUMBER: _ClassVar[int]
    KIND_FIELD_NUMBER: _ClassVar[int]
    STAGE_FIELD_NUMBER: _ClassVar[int]
    REVISION_FIELD_NUMBER: _ClassVar[int]
    POSTED_ON_FIELD_NUMBER: _ClassVar[int]
    FIRST_DAY_FIELD_NUMBER: _ClassVar[int]
    ENDS_ON_FIELD_NUMBER: _ClassVar[int]
    DECIDABLE_ON_FIELD_NUMBER: _ClassVar[int]
    PROVISIONAL_FIELD_NUMBER: _ClassVar[int]
    POSTINGS_FIELD_NUMBER: _ClassVar[int]
    publicity_id: str
    case_id: str
    kind: str
    stage: str
    revision: int
    posted_on: str
    first_day: str
    ends_on: str
    decidable_on: str
    provisional: bool
    postings: _containers.RepeatedCompositeFieldContainer[Posting]
    def __init__(self, publicity_id: _Optional[str] = ..., case_id: _Optional[str] = ..., kind: _Optional[str] = ..., stage: _Optional[str] = ..., revision: _Optional[int] = ..., posted_on: _Optional[str] = ..., first_day: _Optional[str] = ..., ends_on: _Optional[str] = ..., decidable_on: _Optional[str] = ..., provisional: _Optional[bool] = ..., postings: _Optional[_Iterable[_Union[Posting, _Mapping]]] = ...) -> None: ...

class GetPublicityResponse(_message.Message):
    __slots__ = ("publicity",)
    PUBLICITY_FIELD_NUMBER: _ClassVar[int]
    publicity: Publicity
    def __init__(self, publicity: _Optional[_Union[Publicity, _Mapping]] = ...) -> None: ...

class ListBoardRequest(_message.Message):
    __slots__ = ("area",)
    AREA_FIELD_NUMBER: _ClassVar[int]
    area: str
    def __init__(self, area: _Optional[str] = ...) -> None: ...

class BoardEntry(_message.Message):
    __slots__ = ("entry_id", "kind", "fields", "ends_on")
    ENTRY_ID_FIELD_NUMBER: _ClassVar[int]
    KIND_FIELD_NUMBER: _ClassVar[int]
    FIELDS_FIELD_NUMBER: _ClassVar[int]
    ENDS_ON_FIELD_NUMBER: _ClassVar[int]
    entry_id: str
    kind: str
    fields: _containers.RepeatedCompositeFieldContainer[PublishedField]
    ends_on: str
    def __init__(self, entry_id: _Optional[str] = ..., kind: _Optional[str] = ..., fields: _Optional[_Iterable[_Union[PublishedField, _Mapping]]] = ..., ends_on: _Optional[str] = ...) -> None: ...

class PublishedField(_message.Message):
    __slots__ = ("field", "text")
    FIELD_FIELD_NUMBER: _ClassVar[int]
    TEXT_FIELD_NUMBER: _ClassVar[int]
    field: str
    text: str
    def __init__(self, field: _Optional[str] = ..., text: _Optional[str] = ...) -> None: ...

class ListBoardResponse(_message.Message):
    __slots__ = ("entries",)
    ENTRIES_FIELD_NUMBER: _ClassVar[int]
    entries: _containers.RepeatedCompositeFieldContainer[BoardEntry]
    def __init__(self, entries: _Optional[_Iterable[_Union[BoardEntry, _Mapping]]] = ...) -> None: ...

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

class PostingRequested(_message.Message):
    __slots__ = ("posting_id", "publicity_id", "case_id", "household_id", "township", "village", "place", "place_name", "kind")
    POSTING_ID_FIELD_NUMBER: _ClassVar[int]
    PUBLICITY_ID_FIELD_NUMBER: _ClassVar[int]
    CASE_ID_FIELD_NUMBER: _ClassVar[int]
    HOUSEHOLD_ID_FIELD_NUMBER: _ClassVar[int]
    TOWNSHIP_FIELD_NUMBER: _ClassVar[int]
    VILLAGE_FIELD_NUMBER: _ClassVar[int]
    PLACE_FIELD_NUMBER: _ClassVar[int]
    PLACE_NAME_FIELD_NUMBER: _ClassVar[int]
    KIND_FIELD_NUMBER: _ClassVar[int]
    posting_id: str
    publicity_id: str
    case_id: str
    household_id: str
    township: str
    village: str
    place: str
    place_name: str
    kind: str
    def __init__(self, posting_id: _Optional[str] = ..., publicity_id: _Optional[str] = ..., case_id: _Optional[str] = ..., household_id: _Optional[str] = ..., township: _Optional[str] = ..., village: _Optional[str] = ..., place: _Optional[str] = ..., place_name: _Optional[str] = ..., kind: _Optional[str] = ...) -> None: ...

class PublicityPosted(_message.Message):
    __slots__ = ("publicity_id", "case_id", "household_id", "township", "kind", "revision", "posted_on", "first_day", "ends_on", "decidable_on", "provisional")
    PUBLICITY_ID_FIELD_NUMBER: _ClassVar[int]
    CASE_ID_FIELD_NUMBER: _ClassVar[int]
    HOUSEHOLD_ID_FIELD_NUMBER: _ClassVar[int]
    TOWNSHIP_FIELD_NUMBER: _ClassVar[int]
    KIND_FIELD_NUMBER: _ClassVar[int]
    REVISION_FIELD_NUMBER: _ClassVar[int]
    POSTED_ON_FIELD_NUMBER: _ClassVar[int]
    FIRST_DAY_FIELD_NUMBER: _ClassVar[int]
    ENDS_ON_FIELD_NUMBER: _ClassVar[int]
    DECIDABLE_ON_FIELD_NUMBER: _ClassVar[int]
    PROVISIONAL_FIELD_NUMBER: _ClassVar[int]
    publicity_id: str
    case_id: str
    household_id: str
    township: str
    kind: str
    revision: int
    posted_on: str
    first_day: str
    ends_on: str
    decidable_on: str
    provisional: bool
    def __init__(self, publicity_id: _Optional[str] = ..., case_id: _Optional[str] = ..., household_id: _Optional[str] = ..., township: _Optional[str] = ..., kind: _Optional[str] = ..., revision: _Optional[int] = ..., posted_on: _Optional[str] = ..., first_day: _Optional[str] = ..., ends_on: _Optional[str] = ..., decidable_on: _Optional[str] = ..., provisional: _Optional[bool] = ...) -> None: ...

class PublicityConcluded(_message.Message):
    __slots__ = ("publicity_id", "case_id", "household_id", "township", "kind", "revision", "concluded_on")
    PUBLICITY_ID_FIELD_NUMBER: _ClassVar[int]
    CASE_ID_FIELD_NUMBER: _ClassVar[int]
    HOUSEHOLD_ID_FIELD_NUMBER: _ClassVar[int]
    TOWNSHIP_FIELD_NUMBER: _ClassVar[int]
    KIND_FIELD_NUMBER: _ClassVar[int]
    REVISION_FIELD_NUMBER: _ClassVar[int]
    CONCLUDED_ON_FIELD_NUMBER: _ClassVar[int]
    publicity_id: str
    case_id: str
    household_id: str
    township: str
    kind: str
    revision: int
    concluded_on: str
    def __init__(self, publicity_id: _Optional[str] = ..., case_id: _Optional[str] = ..., household_id: _Optional[str] = ..., township: _Optional[str] = ..., kind: _Optional[str] = ..., revision: _Optional[int] = ..., concluded_on: _Optional[str] = ...) -> None: ...

class EntryListed(_message.Message):
    __slots__ = ("entry_id", "case_id", "household_id", "township", "village", "category", "listed_on", "kind")
    ENTRY_ID_FIELD_NUMBER: _ClassVar[int]
    CASE_ID_FIELD_NUMBER: _ClassVar[int]
    HOUSEHOLD_ID_FIELD_NUMBER: _ClassVar[int]
    TOWNSHIP_FIELD_NUMBER: _ClassVar[int]
    VILLAGE_FIELD_NUMBER: _ClassVar[int]
    CATEGORY_FIELD_NUMBER: _ClassVar[int]
    LISTED_ON_FIELD_NUMBER: _ClassVar[int]
    KIND_FIELD_NUMBER: _ClassVar[int]
    entry_id: str
    case_id: str
    household_id: str
    township: str
    village: str
    category: str
    listed_on: str
    kind: str
    def __init__(self, entry_id: _Optional[str] = ..., case_id: _Optional[str] = ..., household_id: _Optional[str] = ..., township: _Optional[str] = ..., village: _Optional[str] = ..., category: _Optional[str] = ..., listed_on: _Optional[str] = ..., kind: _Optional[str] = ...) -> None: ...

class EntryWithdrawn(_message.Message):
    __slots__ = ("entry_id", "case_id", "household_id", "township", "village", "reason", "withdrawn_on")
    ENTRY_ID_FIELD_NUMBER: _ClassVar[int]
    CASE_ID_FIELD_NUMBER: _ClassVar[int]
    HOUSEHOLD_ID_FIELD_NUMBER: _ClassVar[int]
    TOWNSHIP_FIELD_NUMBER: _ClassVar[int]
    VILLAGE_FIELD_NUMBER: _ClassVar[int]
    REASON_FIELD_NUMBER: _ClassVar[int]
    WITHDRAWN_ON_FIELD_NUMBER: _ClassVar[int]
    entry_id: str
    case_id: str
    household_id: str
    township: str
    village: str
    reason: str
    withdrawn_on: str
    def __init__(self, entry_id: _Optional[str] = ..., case_id: _Optional[str] = ..., household_id: _Optional[str] = ..., township: _Optional[str] = ..., village: _Optional[str] = ..., reason: _Optional[str] = ..., withdrawn_on: _Optional[str] = ...) -> None: ...

class ObjectionRaised(_message.Message):
    __slots__ = ("objection_id", "case_id", "household_id", "township", "village", "publicity_id", "kind", "revision", "receipt_no", "way", "anonymous", "raised_on", "answer_due_on")
    OBJECTION_ID_FIELD_NUMBER: _ClassVar[int]
    CASE_ID_FIELD_NUMBER: _ClassVar[int]
    HOUSEHOLD_ID_FIELD_NUMBER: _ClassVar[int]
    TOWNSHIP_FIELD_NUMBER: _ClassVar[int]
    VILLAGE_FIELD_NUMBER: _ClassVar[int]
    PUBLICITY_ID_FIELD_NUMBER: _ClassVar[int]
    KIND_FIELD_NUMBER: _ClassVar[int]
    REVISION_FIELD_NUMBER: _ClassVar[int]
    RECEIPT_NO_FIELD_NUMBER: _ClassVar[int]
    WAY_FIELD_NUMBER: _ClassVar[int]
    ANONYMOUS_FIELD_NUMBER: _ClassVar[int]
    RAISED_ON_FIELD_NUMBER: _ClassVar[int]
    ANSWER_DUE_ON_FIELD_NUMBER: _ClassVar[int]
    objection_id: str
    case_id: str
    household_id: str
    township: str
    village: str
    publicity_id: str
    kind: str
    revision: int
    receipt_no: str
    way: str
    anonymous: bool
    raised_on: str
    answer_due_on: str
    def __init__(self, objection_id: _Optional[str] = ..., case_id: _Optional[str] = ..., household_id: _Optional[str] = ..., township: _Optional[str] = ..., village: _Optional[str] = ..., publicity_id: _Optional[str] = ..., kind: _Optional[str] = ..., revision: _Optional[int] = ..., receipt_no: _Optional[str] = ..., way: _Optional[str] = ..., anonymous: _Optional[bool] = ..., raised_on: _Optional[str] = ..., answer_due_on: _Optional[str] = ...) -> None: ...

class ObjectionAnswered(_message.Message):
    __slots__ = ("objection_id", "case_id", "household_id", "township", "publicity_id", "kind", "revision", "outcome", "answered_on", "then")
    OBJECTION_ID_FIELD_NUMBER: _ClassVar[int]
    CASE_ID_FIELD_NUMBER: _ClassVar[int]
    HOUSEHOLD_ID_FIELD_NUMBER: _ClassVar[int]
    TOWNSHIP_FIELD_NUMBER: _ClassVar[int]
    PUBLICITY_ID_FIELD_NUMBER: _ClassVar[int]
    KIND_FIELD_NUMBER: _ClassVar[int]
    REVISION_FIELD_NUMBER: _ClassVar[int]
    OUTCOME_FIELD_NUMBER: _ClassVar[int]
    ANSWERED_ON_FIELD_NUMBER: _ClassVar[int]
    THEN_FIELD_NUMBER: _ClassVar[int]
    objection_id: str
    case_id: str
    household_id: str
    township: str
    publicity_id: str
    kind: str
    revision: int
    outcome: str
    answered_on: str
    then: str
    def __init__(self, objection_id: _Optional[str] = ..., case_id: _Optional[str] = ..., household_id: _Optional[str] = ..., township: _Optional[str] = ..., publicity_id: _Optional[str] = ..., kind: _Optional[str] = ..., revision: _Optional[int] = ..., outcome: _Optional[str] = ..., answered_on: _Optional[str] = ..., then: _Optional[str] = ...) -> None: ...

class PublicReportReceived(_message.Message):
    __slots__ = ("report_id", "case_id", "household_id", "township", "village", "receipt_no", "way", "anonymous", "received_on", "about")
    REPORT_ID_FIELD_NUMBER: _ClassVar[int]
    CASE_ID_FIELD_NUMBER: _ClassVar[int]
    HOUSEHOLD_ID_FIELD_NUMBER: _ClassVar[int]
    TOWNSHIP_FIELD_NUMBER: _ClassVar[int]
    VILLAGE_FIELD_NUMBER: _ClassVar[int]
    RECEIPT_NO_FIELD_NUMBER: _ClassVar[int]
    WAY_FIELD_NUMBER: _ClassVar[int]
    ANONYMOUS_FIELD_NUMBER: _ClassVar[int]
    RECEIVED_ON_FIELD_NUMBER: _ClassVar[int]
    ABOUT_FIELD_NUMBER: _ClassVar[int]
    report_id: str
    case_id: str
    household_id: str
    township: str
    village: str
    receipt_no: str
    way: str
    anonymous: bool
    received_on: str
    about: str
    def __init__(self, report_id: _Optional[str] = ..., case_id: _Optional[str] = ..., household_id: _Optional[str] = ..., township: _Optional[str] = ..., village: _Optional[str] = ..., receipt_no: _Optional[str] = ..., way: _Optional[str] = ..., anonymous: _Optional[bool] = ..., received_on: _Optional[str] = ..., about: _Optional[str] = ...) -> None: ...

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

class PolicyDocumentPublished(_message.Message):
    __slots__ = ("document_id", "version", "kind", "title", "number", "valid_from", "valid_until", "published_on", "file")
    DOCUMENT_ID_FIELD_NUMBER: _ClassVar[int]
    VERSION_FIELD_NUMBER: _ClassVar[int]
    KIND_FIELD_NUMBER: _ClassVar[int]
    TITLE_FIELD_NUMBER: _ClassVar[int]
    NUMBER_FIELD_NUMBER: _ClassVar[int]
    VALID_FROM_FIELD_NUMBER: _ClassVar[int]
    VALID_UNTIL_FIELD_NUMBER: _ClassVar[int]
    PUBLISHED_ON_FIELD_NUMBER: _ClassVar[int]
    FILE_FIELD_NUMBER: _ClassVar[int]
    document_id: str
    version: int
    kind: str
    title: str
    number: str
    valid_from: str
    valid_until: str
    published_on: str
    file: DocumentRef
    def __init__(self, document_id: _Optional[str] = ..., version: _Optional[int] = ..., kind: _Optional[str] = ..., title: _Optional[str] = ..., number: _Optional[str] = ..., valid_from: _Optional[str] = ..., valid_until: _Optional[str] = ..., published_on: _Optional[str] = ..., file: _Optional[_Union[DocumentRef, _Mapping]] = ...) -> None: ...

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
