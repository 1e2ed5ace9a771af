from google.protobuf.internal import containers as _containers
from google.protobuf import descriptor as _descriptor
from google.protobuf import message as _message
from collections.abc import Iterable as _Iterable, Mapping as _Mapping
from typing import ClassVar as _ClassVar, Optional as _Optional, Union as _Union

DESCRIPTOR: _descriptor.FileDescriptor

class GetRecipientRequest(_message.Message):
    __slots__ = ("household_id",)
    HOUSEHOLD_ID_FIELD_NUMBER: _ClassVar[int]
    household_id: str
    def __init__(self, household_id: _Optional[str] = ...) -> None: ...

class Recipient(_message.Message):
    __slots__ = ("recipient_id", "case_id", "household_id", "township", "category", "persons", "monthly_amount_fen", "add_on_fen", "first_month", "enrolled_on", "stage")
    RECIPIENT_ID_FIELD_NUMBER: _ClassVar[int]
    CASE_ID_FIELD_NUMBER: _ClassVar[int]
    HOUSEHOLD_ID_FIELD_NUMBER: _ClassVar[int]
    TOWNSHIP_FIELD_NUMBER: _ClassVar[int]
    CATEGORY_FIELD_NUMBER: _ClassVar[int]
    PERSONS_FIELD_NUMBER: _ClassVar[int]
    MONTHLY_AMOUNT_FEN_FIELD_NUMBER: _ClassVar[int]
    ADD_ON_FEN_FIELD_NUMBER: _ClassVar[int]
    FIRST_MONTH_FIELD_NUMBER: _ClassVar[int]
    ENROLLED_ON_FIELD_NUMBER: _ClassVar[int]
    STAGE_FIELD_NUMBER: _ClassVar[int]
    recipient_id: str
    case_id: str
    household_id: str
    township: str
    category: str
    persons: int
    monthly_amount_fen: int
    add_on_fen: int
    first_month: str
    enrolled_on: str
    stage: str
    def __init__(self, recipient_id: _Optional[str] = ..., case_id: _Optional[str] = ..., household_id: _Optional[str] = ..., township: _Optional[str] = ..., category: _Optional[str] = ..., persons: _Optional[int] = ..., monthly_amount_fen: _Optional[int] = ..., add_on_fen: _Optional[int] = ..., first_month: _Optional[str] = ..., enrolled_on: _Optional[str] = ..., stage: _Optional[str] = ...) -> None: ...

class GetRecipientResponse(_message.Message):
    __slots__ = ("recipient",)
    RECIPIENT_FIELD_NUMBER: _ClassVar[int]
    recipient: Recipient
    def __init__(self, recipient: _Optional[_Union[Recipient, _Mapping]] = ...) -> None: ...

class ListRollRequest(_message.Message):
    __slots__ = ("area", "page_size", "page_token")
    AREA_FIELD_NUMBER: _ClassVar[int]
    PAGE_SIZE_FIELD_NUMBER: _ClassVar[int]
    PAGE_TOKEN_FIELD_NUMBER: _ClassVar[int]
    area: str
    page_size: int
    page_token: str
    def __init__(self, area: _Optional[str] = ..., page_size: _Optional[int] = ..., page_token: _Optional[str] = ...) -> None: ...

class ListRollResponse(_message.Message):
    __slots__ = ("recipients", "next_page_token")
    RECIPIENTS_FIELD_NUMBER: _ClassVar[int]
    NEXT_PAGE_TOKEN_FIELD_NUMBER: _ClassVar[int]
    recipients: _containers.RepeatedCompositeFieldContainer[Recipient]
    next_page_token: str
    def __init__(self, recipients: _Optional[_Iterable[_Union[Recipient, _Mapping]]] = ..., next_page_token: _Optional[str] = ...) -> None: ...

class GetHouseholdFileRequest(_message.Message):
    __slots__ = ("household_id",)
    HOUSEHOLD_ID_FIELD_NUMBER: _ClassVar[int]
    household_id: str
    def __init__(self, household_id: _Optional[str] = ...) -> None: ...

class FiledPaper(_message.Message):
    __slots__ = ("kind", "event", "filed_on")
    KIND_FIELD_NUMBER: _ClassVar[int]
    EVENT_FIELD_NUMBER: _ClassVar[int]
    FILED_ON_FIELD_NUMBER: _ClassVar[int]
    kind: str
    event: str
    filed_on: str
    def __init__(self, kind: _Optional[str] = ..., event: _Optional[str] = ..., filed_on: _Optional[str] = ...) -> None: ...

class GetHouseholdFileResponse(_message.Message):
    __slots__ = ("file_no", "opened_on", "kept_apart", "papers")
    FILE_NO_FIELD_NUMBER: _ClassVar[int]
    OPENED_ON_FIELD_NUMBER: _ClassVar[int]
    KEPT_APART_FIELD_NUMBER: _ClassVar[int]
    PAPERS_FIELD_NUMBER: _ClassVar[int]
    file_no: str
    opened_on: str
    kept_apart: bool
    papers: _containers.RepeatedCompositeFieldContainer[FiledPaper]
    def __init__(self, file_no: _Optional[str] = ..., opened_on: _Optional[str] = ..., kept_apart: _Optional[bool] = ..., papers: _Optional[_Iterable[_Union[FiledPaper, _Mapping]]] = ...) -> None: ...

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

class RecipientEnrolled(_message.Message):
    __slots__ = ("recipient_id", "case_id", "household_id", "township", "category", "persons", "monthly_amount_fen", "first_month", "enrolled_on", "file_no")
    RECIPIENT_ID_FIELD_NUMBER: _ClassVar[int]
    CASE_ID_FIELD_NUMBER: _ClassVar[int]
    HOUSEHOLD_ID_FIELD_NUMBER: _ClassVar[int]
    TOWNSHIP_FIELD_NUMBER: _ClassVar[int]
    CATEGORY_FIELD_NUMBER: _ClassVar[int]
    PERSONS_FIELD_NUMBER: _ClassVar[int]
    MONTHLY_AMOUNT_FEN_FIELD_NUMBER: _ClassVar[int]
    FIRST_MONTH_FIELD_NUMBER: _ClassVar[int]
    ENROLLED_ON_FIELD_NUMBER: _ClassVar[int]
    FILE_NO_FIELD_NUMBER: _ClassVar[int]
    recipient_id: str
    case_id: str
    household_id: str
    township: str
    category: str
    persons: int
    monthly_amount_fen: int
    first_month: str
    enrolled_on: str
    file_no: str
    def __init__(self, recipient_id: _Optional[str] = ..., case_id: _Optional[str] = ..., household_id: _Optional[str] = ..., township: _Optional[str] = ..., category: _Optional[str] = ..., persons: _Optional[int] = ..., monthly_amount_fen: _Optional[int] = ..., first_month: _Optional[str] = ..., enrolled_on: _Optional[str] = ..., file_no: _Optional[str] = ...) -> None: ...

class SupportEndProposed(_message.Message):
    __slots__ = ("case_id", "household_id", "township", "village", "revision", "person_name", "sex", "reason", "institution", "proposed_on")
    CASE_ID_FIELD_NUMBER: _ClassVar[int]
    HOUSEHOLD_ID_FIELD_NUMBER: _ClassVar[int]
    TOWNSHIP_FIELD_NUMBER: _ClassVar[int]
    VILLAGE_FIELD_NUMBER: _ClassVar[int]
    REVISION_FIELD_NUMBER: _ClassVar[int]
    PERSON_NAME_FIELD_NUMBER: _ClassVar[int]
    SEX_FIELD_NUMBER: _ClassVar[int]
    REASON_FIELD_NUMBER: _ClassVar[int]
    INSTITUTION_FIELD_NUMBER: _ClassVar[int]
    PROPOSED_ON_FIELD_NUMBER: _ClassVar[int]
    case_id: str
    household_id: str
    township: str
    village: str
    revision: int
    person_name: str
    sex: str
    reason: str
    institution: str
    proposed_on: str
    def __init__(self, case_id: _Optional[str] = ..., household_id: _Optional[str] = ..., township: _Optional[str] = ..., village: _Optional[str] = ..., revision: _Optional[int] = ..., person_name: _Optional[str] = ..., sex: _Optional[str] = ..., reason: _Optional[str] = ..., institution: _Optional[str] = ..., proposed_on: _Optional[str] = ...) -> None: ...

class EntitlementChanged(_message.Message):
    __slots__ = ("case_id", "household_id", "township", "change_id", "category", "insured_person_ids", "monthly_amount_fen", "add_on_fen", "first_month", "changed_on")
    CASE_ID_FIELD_NUMBER: _ClassVar[int]
    HOUSEHOLD_ID_FIELD_NUMBER: _ClassVar[int]
    TOWNSHIP_FIELD_NUMBER: _ClassVar[int]
    CHANGE_ID_FIELD_NUMBER: _ClassVar[int]
    CATEGORY_FIELD_NUMBER: _ClassVar[int]
    INSURED_PERSON_IDS_FIELD_NUMBER: _ClassVar[int]
    MONTHLY_AMOUNT_FEN_FIELD_NUMBER: _ClassVar[int]
    ADD_ON_FEN_FIELD_NUMBER: _ClassVar[int]
    FIRST_MONTH_FIELD_NUMBER: _ClassVar[int]
    CHANGED_ON_FIELD_NUMBER: _ClassVar[int]
    case_id: str
    household_id: str
    township: str
    change_id: str
    category: str
    insured_person_ids: _containers.RepeatedScalarFieldContainer[str]
    monthly_amount_fen: int
    add_on_fen: int
    first_month: str
    changed_on: str
    def __init__(self, case_id: _Optional[str] = ..., household_id: _Optional[str] = ..., township: _Optional[str] = ..., change_id: _Optional[str] = ..., category: _Optional[str] = ..., insured_person_ids: _Optional[_Iterable[str]] = ..., monthly_amount_fen: _Optional[int] = ..., add_on_fen: _Optional[int] = ..., first_month: _Optional[str] = ..., changed_on: _Optional[str] = ...) -> None: ...

class AssistanceEnded(_message.Message):
    __slots__ = ("case_id", "household_id", "township", "reason", "last_month", "ended_on")
    CASE_ID_FIELD_NUMBER: _ClassVar[int]
    HOUSEHOLD_ID_FIELD_NUMBER: _ClassVar[int]
    TOWNSHIP_FIELD_NUMBER: _ClassVar[int]
    REASON_FIELD_NUMBER: _ClassVar[int]
    LAST_MONTH_FIELD_NUMBER: _ClassVar[int]
    ENDED_ON_FIELD_NUMBER: _ClassVar[int]
    case_id: str
    household_id: str
    township: str
    reason: str
    last_month: str
    ended_on: str
    def __init__(self, case_id: _Optional[str] = ..., household_id: _Optional[str] = ..., township: _Optional[str] = ..., reason: _Optional[str] = ..., last_month: _Optional[str] = ..., ended_on: _Optional[str] = ...) -> None: ...

class RollLine(_message.Message):
    __slots__ = ("household_id", "case_id", "village", "category", "persons", "monthly_amount_fen")
    HOUSEHOLD_ID_FIELD_NUMBER: _ClassVar[int]
    CASE_ID_FIELD_NUMBER: _ClassVar[int]
    VILLAGE_FIELD_NUMBER: _ClassVar[int]
    CATEGORY_FIELD_NUMBER: _ClassVar[int]
    PERSONS_FIELD_NUMBER: _ClassVar[int]
    MONTHLY_AMOUNT_FEN_FIELD_NUMBER: _ClassVar[int]
    household_id: str
    case_id: str
    village: str
    category: str
    persons: int
    monthly_amount_fen: int
    def __init__(self, household_id: _Optional[str] = ..., case_id: _Optional[str] = ..., village: _Optional[str] = ..., category: _Optional[str] = ..., persons: _Optional[int] = ..., monthly_amount_fen: _Optional[int] = ...) -> None: ...

class RollStated(_message.Message):
    __slots__ = ("township", "month", "stated_on", "after", "up_to", "lines")
    TOWNSHIP_FIELD_NUMBER: _ClassVar[int]
    MONTH_FIELD_NUMBER: _ClassVar[int]
    STATED_ON_FIELD_NUMBER: _ClassVar[int]
    AFTER_FIELD_NUMBER: _ClassVar[int]
    UP_TO_FIELD_NUMBER: _ClassVar[int]
    LINES_FIELD_NUMBER: _ClassVar[int]
    township: str
    month: str
    stated_on: str
    after: str
    up_to: str
    lines: _containers.RepeatedCompositeFieldContainer[RollLine]
    def __init__(self, township: _Optional[str] = ..., month: _Optional[str] = ..., stated_on: _Optional[str] = ..., after: _Optional[str] = ..., up_to: _Optional[str] = ..., lines: _Optional[_Iterable[_Union[RollLine, _Mapping]]] = ...) -> None: ...

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
