"""What an OpenRosa submission says of itself, in the words of a tablet's envelope."""

from __future__ import annotations

from datetime import UTC, datetime

from services.common.forms.document import Element, parse
from services.common.forms.instance import read_instance
from services.common.policy.areas import VillageCode
from services.common.policy.law import Invalid, Missing
from services.common.policy.roles import AreaLevel, area_level
from services.common.runtime.tx import Tx
from services.intake.commands.visits import ReceiveVisit
from services.intake.model.ids import VisitId
from services.intake.model.visits import AnnouncedPhoto, PublishedForm
from services.intake.rules import visits as rules
from services.intake.storage import registry
from services.intake.storage import tasks as task_storage
from services.intake.storage import visits as storage
from services.intake.storage.forms import load_form as published

# A submission need not say when it was recorded. What stands for that must never vary between two posts
# of the same record, and no rule believes a clock of that year.
UNKNOWN_TIME = datetime(1970, 1, 1, tzinfo=UTC)
TIMES = ("end", "timeEnd", "start", "timeStart")
KIND = "evidence"


async def newest_forms(tx: Tx, form_id: str) -> list[PublishedForm]:
    """The newest version of every form, or of the one asked for."""
    newest: dict[str, PublishedForm] = {}
    for one in await storage.list_forms(tx):
        newest.setdefault(one.form_id, one)
    return [one for one in newest.values() if form_id in ("", one.form_id)]


async def load_form(tx: Tx, form_id: str, version: str) -> PublishedForm:
    found = await storage.find_form(tx, form_id, version)
    if found is None:
        raise Missing("这个版本的表单")
    return found


async def envelope_of(xml: str, tx: Tx) -> ReceiveVisit:
    """The envelope that a tablet would have put around this instance; the same XML gives the same one."""
    root = parse(xml, "instance")
    visit_id = _visit_id(root)
    form_id, version = root.attributes.get("id", ""), root.attributes.get("version", "")
    # Whoever sends on behalf of another after a change of posts still sends the same visit.
    known = await storage.find_visit(tx, visit_id)
    if known and known.instance == xml:
        village = known.village
        names = tuple(photo.name for photo in known.photos)
    else:
        village = await _village(root, tx)
        names = read_instance(await published(form_id, version, tx), xml).pictures
    return ReceiveVisit(
        visit_id=visit_id,
        form_id=form_id,
        form_version=version,
        recorded_at=_recorded_at(root),
        village=village,
        instance=xml,
        photos=tuple(AnnouncedPhoto(name, "", 0, KIND) for name in dict.fromkeys(names)),
    )


def _visit_id(root: Element) -> VisitId:
    named = next((one.text.strip() for one in root.walk() if one.name == "instanceID"), "")
    if not named.lower().startswith("uuid:"):
        raise Invalid("instanceID", "记录里没有instanceID(uuid:…)，请用ODK Collect或标准的OpenRosa客户端提交")
    return VisitId(rules.check_id(named[5:].lower(), "instanceID"))


def _recorded_at(root: Element) -> datetime:
    for name in TIMES:
        for one in root.walk():
            if one.name == name and (at := _instant(one.text.strip())):
                return at
    return UNKNOWN_TIME


def _instant(text: str) -> datetime | None:
    try:
        at = datetime.fromisoformat(text)
    except ValueError:
        return None
    return at if at.tzinfo else None


async def _village(root: Element, tx: Tx) -> VillageCode:
    """Where the visit was made: as answered, by its task or household, or the sender's only village."""
    answers = {one.name: one.text.strip() for one in root.walk() if one.text.strip()}
    if "village" in answers:
        return VillageCode(answers["village"])
    if task := await task_storage.find_task(tx, answers.get("task_id", "")):
        return task.village
    if household := await registry.find_household(tx, answers.get("household_id", "")):
        return household.village
    own = {post.area for post in tx.actor.posts if area_level(post.area) is AreaLevel.VILLAGE}
    if len(own) != 1:
        raise Invalid("village", "看不出记录属于哪个村(居)，请在表单里填写村(居)代码(village)后重新提交")
    return VillageCode(own.pop())
