"""What a visit must bring to be filed, and which of its times can be believed."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import UTC, date, datetime, timedelta
from uuid import UUID

from services.common.forms.answers import Answers
from services.common.forms.instance import Filled
from services.common.forms.model import Form, Group
from services.common.policy.articles import R5_2A
from services.common.policy.calendar import legal_day
from services.common.policy.canonical import canonical as canonical_json
from services.common.policy.identity import IdNumber
from services.common.policy.law import Finding, Invalid, rule
from services.intake.model.visits import AnnouncedPhoto, VisitKind
from services.intake.rules.merge import CONTACT, LONGEST

MOST_PHOTOS = 40
PHOTO_NAME = re.compile(r"[^\x00-\x1f\x7f/\\\ud800-\udfff]{1,120}")
PHOTO_KIND = re.compile(r"[a-z0-9][a-z0-9_-]{0,39}")
SHA256 = re.compile(r"[0-9a-f]{64}")
FIRST_YEAR, LAST_YEAR = 1970, 2200
# A tablet whose battery ran out stands in January 1970 until it meets a network.
FIRST_BELIEVED_YEAR = 2020

# What the effects of a visit read: a form without these cannot be published under its id.
NEEDED: dict[VisitKind, tuple[str, ...]] = {
    VisitKind.VISIT: (
        "household_id", "case_id", "visited_on", "address", "phone", "wish", "category", "claim", "consent",
        "members", "members/person_id", "members/name", "members/id_number", "members/relation",
        "members/counted", "members/authorised",
    ),
    VisitKind.SURVEY: (
        "head/task_id", "head/visited_on", "head/mode", "head/category",
        "members", "members/person_id", "members/id_number", "members/relation", "members/standing",
        "members/incomes", "members/incomes/income_kind", "members/incomes/monthly",
        "assets/deposits", "assets/houses", "assets/vehicles",
        "conclusion/family_signed", "conclusion/surveyors", "conclusion/surveyors/staff_id",
    ),
    VisitKind.POSTING: ("task_id", "posting_id", "photo"),
}  # fmt: skip


def kind_of(form_id: str) -> VisitKind:
    """What a visit with this form is; districts write new versions, not new ids."""
    try:
        return VisitKind(form_id)
    except ValueError:
        known = "、".join(kind.value for kind in VisitKind)
        raise Invalid("form_id", f"没有“{form_id[:40]}”这种表单，form_id须为{known}之一") from None


def check_form(form: Form) -> None:
    """Refuse to publish a form that lacks what its visits must bring; every missing field is named."""
    missing = [path for path in NEEDED[kind_of(form.id)] if form.find(path) is None]
    if missing:
        raise Invalid("表单", f"缺少必需的项目：{'、'.join(missing)}。请在survey页补上，名称(name)须一致")
    for path in ("members", "members/incomes", "conclusion/surveyors"):
        node = form.find(path)
        if isinstance(node, Group) and not node.repeat:
            raise Invalid(path, "须为重复组(begin_repeat)")


def check_id(value: str, field: str) -> str:
    """A UUID in its usual writing, lower case: one id has one writing."""
    try:
        fits = str(UUID(value)) == value
    except ValueError:
        fits = False
    if not fits:
        raise Invalid(field, "编号应为小写的UUID，由平板生成；请用本系统的平板程序或ODK Collect提交")
    return value


def check_recorded_at(recorded_at: datetime) -> None:
    """An instant that can be stored; whether it is believed is another question."""
    if not FIRST_YEAR <= recorded_at.year <= LAST_YEAR:
        raise Invalid("recorded_at", "平板的日期不对，请校准平板时间后重新提交")


def check_base(known: Sequence[tuple[str, str]]) -> None:
    """What a tablet says it knew of a household: fields that a visit may correct, each once."""
    names = [name for name, _ in known]
    if len(set(names)) < len(names) or not set(names) <= CONTACT.keys():
        raise Invalid("base", f"只能是{'、'.join(CONTACT)}，各一次")
    if any(len(value) > LONGEST for _, value in known):
        raise Invalid("base", f"每项最多{LONGEST}字")


def check_photos(photos: Sequence[AnnouncedPhoto], limit_bytes: int) -> None:
    """Each announced photo has a name of its own, a hash, and a size that can be taken.

    One announced by name alone gets both with its content (OpenRosa); tablets always know them.
    """
    if len(photos) > MOST_PHOTOS:
        raise Invalid("photos", f"照片共{len(photos)}张，一次最多{MOST_PHOTOS}张，请删去重复的照片")
    seen: set[str] = set()
    sizes: dict[str, int] = {}
    for number, photo in enumerate(photos, 1):
        at = f"photos[{number}]"
        if not PHOTO_NAME.fullmatch(photo.name):
            raise Invalid(f"{at}/name", "照片文件名不能为空，不能含斜线，最多120字")
        if photo.name in seen:
            raise Invalid(f"{at}/name", f"有两张照片都叫“{photo.name}”，请分别命名")
        seen.add(photo.name)
        if (photo.sha256, photo.size) == ("", 0):
            continue
        if not SHA256.fullmatch(photo.sha256):
            raise Invalid(f"{at}/sha256", "应为64位小写十六进制的SHA-256")
        if not PHOTO_KIND.fullmatch(photo.kind):
            raise Invalid(f"{at}/kind", "请写明照片类别，例如 door")
        if sizes.setdefault(photo.sha256, photo.size) != photo.size:
            raise Invalid(f"{at}/size", "同一张照片申报了两种大小，请重新打开表单后提交")
        if photo.size <= 0:
            raise Invalid(f"{at}/size", f"照片“{photo.name}”是空文件，请重拍")
        if photo.size > limit_bytes:
            raise Invalid(
                f"{at}/size", f"照片“{photo.name}”超过{limit_bytes // 1_000_000}MB，请调低相机分辨率后重拍"
            )


def check_pictures(filled: Filled, photos: Sequence[AnnouncedPhoto]) -> None:
    """A picture that the form names must be announced, or the visit could never become complete."""
    announced = {photo.name for photo in photos}
    for name in filled.pictures:
        if name not in announced:
            raise Invalid("photos", f"表单用到照片“{name}”，但没有随记录申报，请重新打开表单后提交")


def check_instance_id(filled: Filled, visit_id: str) -> None:
    """Where the form names itself, it is this visit: a resend can then never become another one."""
    named = filled.instance_id.removeprefix("uuid:").lower()
    if named and named != visit_id:
        raise Invalid("visit_id", "与表单里的instanceID不一致，请重新打开表单后提交")


def visited_on(answers: Answers, path: str, recorded_at: datetime, today: date) -> date:
    """The day of the visit as answered; without an answer the tablet's day, if it can be."""
    day = answers.day(path)
    if day is None:
        return min(legal_day(recorded_at), today) if recorded_at.year >= FIRST_BELIEVED_YEAR else today
    if day > today:
        raise Invalid(path, f"日期{day}晚于今天，请核对平板日期并改正后重新提交")
    return day


def received_on(recorded_at: datetime, now: datetime) -> date:
    """The village's receipt: the tablet's day unless its clock cannot be right."""
    plausible = now - timedelta(days=31) <= recorded_at <= now
    return legal_day(recorded_at if plausible else now)


@rule(R5_2A)
def posted_at(recorded_at: datetime, opened_at: datetime, received_at: datetime) -> Finding[datetime]:
    """When the notice was put up: by the tablet's clock only between the request and the receipt.

    Otherwise our own clock counts, which is the later one: the period may not begin too early.
    """
    believed = opened_at <= recorded_at <= received_at
    at = recorded_at if believed else received_at
    text = "以平板拍照时间为张贴时间" if believed else "平板时间不可信，以系统收到时间为张贴时间"
    facts = {"recorded_at": recorded_at, "opened_at": opened_at, "received_at": received_at, "text": text}
    return Finding(R5_2A, at, facts)


@contextmanager
def naming(where: str) -> Iterator[None]:
    """Inside, an error names its field from the root of the form."""
    try:
        yield
    except Invalid as error:
        raise Invalid(f"{where}/{error.field}", error.message) from error


def id_number(answers: Answers) -> IdNumber:
    """The identity number of a member, refused under the name of its question."""
    try:
        return IdNumber.parse(answers.text("id_number"))
    except Invalid as error:
        raise Invalid("id_number", f"{answers.text('name')}的身份证号：{error.message}") from None


def canonical(
    visit_id: str,
    form_id: str,
    form_version: str,
    recorded_at: datetime,
    village: str,
    instance: str,
    photos: Sequence[AnnouncedPhoto],
    base: Mapping[str, str] | None = None,
) -> str:
    """The envelope in one writing, so that the same content always has the same hash."""
    named = sorted((photo.name, photo.sha256, photo.size, photo.kind) for photo in photos)
    content = {
        "visit_id": visit_id,
        "form_id": form_id,
        "form_version": form_version,
        "recorded_at": recorded_at.astimezone(UTC).isoformat(),
        "village": village,
        "instance": instance,
        "photos": [list(one) for one in named],
    }
    return canonical_json(content | ({"base": dict(base)} if base else {}))


def content_hash(envelope: str) -> str:
    """What the receipt names the content by."""
    return hashlib.sha256(envelope.encode()).hexdigest()
