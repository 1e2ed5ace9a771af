"""Outreach (R10): the library grows by versions, people read it, activities and training are recorded."""

from __future__ import annotations

import hmac
import secrets
from dataclasses import dataclass, replace
from datetime import date

from services.common.contracts import disclosure
from services.common.policy.areas import DISTRICT
from services.common.policy.law import Invalid
from services.common.policy.roles import AreaLevel, area_level
from services.common.runtime.gate import action
from services.common.runtime.tx import Tx
from services.disclosure.model.ids import ActivityId, DocumentId, StudyId, TrainingId
from services.disclosure.model.outreach import (
    Activity,
    Channel,
    Document,
    DocumentKind,
    Study,
    Training,
    TrainingLevel,
)
from services.disclosure.rules import leaks
from services.disclosure.rules import outreach as rules
from services.disclosure.rules.leaks.files import publishable_file
from services.disclosure.rules.searching import grams
from services.disclosure.storage import outreach, registry

CODE_SIGNS = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"


@dataclass(frozen=True, slots=True, kw_only=True)
class PublishDocument:
    """A document or its next version; `words_reviewed` answers that it speaks of nobody in particular."""

    document_id: DocumentId
    kind: DocumentKind
    title: str
    number: str
    valid_from: date
    valid_until: date | None
    body: str
    words_reviewed: bool
    file_name: str = ""
    file_content: bytes = b""


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordReading:
    """I have read this version."""

    document_id: DocumentId
    version: int


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordActivity:
    """Policy, or a result, was made known by a channel."""

    activity_id: ActivityId
    area: str
    channel: Channel
    title: str
    held_on: date
    copies: int
    reach: int
    proof: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordStudy:
    """A field study and what was found."""

    study_id: StudyId
    area: str
    place: str
    topic: str
    held_on: date
    findings: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanTraining:
    """A training of this year."""

    training_id: TrainingId
    area: str
    title: str
    planned_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class HoldTraining:
    """The training was held: its material, the questions asked, the cases discussed."""

    training_id: TrainingId
    held_on: date
    material: str
    questions: str
    cases: str


@dataclass(frozen=True, slots=True, kw_only=True)
class AttendTraining:
    """I am here: the code is read from the wall of the room."""

    training_id: TrainingId
    code: str


@action("publish-document")
async def publish_document(cmd: PublishDocument, tx: Tx) -> None:
    """Nothing personal gets into the library: title, text and file pass the leak gate."""
    if cmd.valid_until and cmd.valid_until < cmd.valid_from:
        raise Invalid("valid_until", "有效期止不能早于有效期起")
    if not cmd.body.strip() and not cmd.file_content:
        raise Invalid("body", "请填写正文或者上传文件")
    phones = await registry.known_phones(tx)
    checked = leaks.publishable_text(
        "文件", f"{cmd.title}\n{cmd.body}", allowed=phones, words_reviewed=cmd.words_reviewed
    )
    in_file = ""
    if cmd.file_content:
        in_file = publishable_file(
            cmd.file_name, cmd.file_content, allowed=phones, words_reviewed=cmd.words_reviewed
        ).value
    version = await outreach.latest_version(tx, cmd.document_id) + 1
    sha256 = await tx.service.documents.put(cmd.file_content) if cmd.file_content else ""
    document = Document(
        document_id=cmd.document_id,
        version=version,
        area=DISTRICT.code,
        kind=cmd.kind,
        title=cmd.title.strip(),
        number=cmd.number.strip(),
        valid_from=cmd.valid_from,
        valid_until=cmd.valid_until,
        body=cmd.body.strip(),
        file_name=cmd.file_name if cmd.file_content else "",
        file_sha256=sha256,
        file_size=len(cmd.file_content),
        published_on=tx.today,
        published_by=tx.actor.signature,
    )
    await outreach.add_document(tx, document, grams(f"{checked.value}\n{cmd.number}\n{in_file}"))
    tx.publish(_published(document), stream=document.document_id, township=DISTRICT.code)


@action("record-reading")
async def record_reading(cmd: RecordReading, tx: Tx) -> None:
    document = await outreach.load_document(tx, cmd.document_id, cmd.version)
    await outreach.note_reading(tx, document.document_id, document.version, tx.actor.id)


@action("record-activity")
async def record_activity(cmd: RecordActivity, tx: Tx) -> None:
    if cmd.copies < 0 or cmd.reach < 0:
        raise Invalid("reach", "份数和人数不能是负数")
    _past("held_on", cmd.held_on, tx)
    activity = Activity(
        activity_id=cmd.activity_id,
        area=cmd.area,
        channel=cmd.channel,
        title=await _clean("标题", cmd.title, tx),
        held_on=cmd.held_on,
        copies=cmd.copies,
        reach=cmd.reach,
        proof=cmd.proof.strip(),
        recorded_by=tx.actor.signature,
    )
    await outreach.add_activity(tx, activity)
    await tx.record(cmd.activity_id, rules.made_known(activity))


@action("record-study")
async def record_study(cmd: RecordStudy, tx: Tx) -> None:
    _past("held_on", cmd.held_on, tx)
    study = Study(
        study_id=cmd.study_id,
        area=cmd.area,
        place=cmd.place.strip(),
        topic=cmd.topic.strip(),
        held_on=cmd.held_on,
        findings=cmd.findings.strip(),
        recorded_by=tx.actor.signature,
    )
    found = rules.studied(study)
    await outreach.add_study(tx, study)
    await tx.record(cmd.study_id, found)


@action("plan-training")
async def plan_training(cmd: PlanTraining, tx: Tx) -> None:
    level = TrainingLevel.DISTRICT if area_level(cmd.area) is AreaLevel.DISTRICT else TrainingLevel.TOWNSHIP
    await outreach.add_training(
        tx,
        Training(
            training_id=cmd.training_id,
            area=cmd.area,
            level=level,
            title=cmd.title.strip(),
            planned_on=cmd.planned_on,
            code="".join(secrets.choice(CODE_SIGNS) for _ in range(6)),
            planned_by=tx.actor.signature,
        ),
    )


@action("hold-training")
async def hold_training(cmd: HoldTraining, tx: Tx) -> None:
    _past("held_on", cmd.held_on, tx)
    training = await outreach.load_training(tx, cmd.training_id)
    held = replace(
        training,
        held_on=cmd.held_on,
        material=cmd.material.strip(),
        questions=cmd.questions.strip(),
        cases=cmd.cases.strip(),
    )
    await outreach.save_training(tx, held)


@action("attend-training")
async def attend_training(cmd: AttendTraining, tx: Tx) -> None:
    training = await outreach.load_training(tx, cmd.training_id)
    if not hmac.compare_digest(training.code, cmd.code.strip().upper()):
        raise Invalid("code", "签到码不对，请扫培训现场的二维码")
    here = rules.may_attend(training, tx.today)
    await outreach.attend(tx, training.training_id, tx.actor.id)
    await tx.record(training.training_id, here)


async def _clean(what: str, text: str, tx: Tx) -> str:
    allowed = await registry.known_phones(tx)
    return leaks.publishable_text(what, text.strip(), allowed=allowed).value


def _past(field: str, on: date, tx: Tx) -> None:
    if on > tx.today:
        raise Invalid(field, f"日期不能晚于今天{tx.today}")


def _published(document: Document) -> disclosure.PolicyDocumentPublished:
    return disclosure.PolicyDocumentPublished(
        document_id=document.document_id,
        version=document.version,
        kind=document.kind.value,
        title=document.title,
        number=document.number,
        valid_from=document.valid_from.isoformat(),
        valid_until=document.valid_until.isoformat() if document.valid_until else "",
        published_on=document.published_on.isoformat(),
        file=disclosure.DocumentRef(
            owner="disclosure",
            sha256=document.file_sha256,
            kind=document.kind.value,
            size=document.file_size,
        ),
    )
