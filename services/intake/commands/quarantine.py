"""Work of an ended tablet or a moved worker: kept sealed, then released as it was recorded, or rejected."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass

from services.common.policy.law import Conflict, Invalid
from services.common.runtime.adapter import translate
from services.common.runtime.gate import action
from services.common.runtime.letters import Unreadable
from services.common.runtime.tx import Tx
from services.intake.commands.visits import Arrival, ReceiveVisit, RecordPhoto, VisitReceived, receive
from services.intake.model.ids import StaffId, VisitId
from services.intake.model.quarantine import RECORD, HeldPart, HeldWork
from services.intake.model.visits import Visit
from services.intake.rules import photos as photo_rules
from services.intake.rules import visits as rules
from services.intake.storage import devices
from services.intake.storage import quarantine as storage
from services.intake.storage.letters import open_letter, read_record

# A lost tablet holds some weeks of work, not more; whoever holds its key cannot fill the store.
MOST_WORKS, MOST_PARTS = 300, 60
SHORTEST_REASON = 4


@dataclass(frozen=True, slots=True, kw_only=True)
class KeepWork:
    """One letter of a tablet, whose own key signed for it; `sha256` and `size` are of the letter."""

    visit_id: VisitId
    device_id: str
    part: str
    sha256: str
    size: int


@action("hand-over-work")
async def keep_work(cmd: KeepWork, tx: Tx) -> None:
    """Keep the letter; another one for the same part changes nothing: it is sealed anew each time."""
    rules.check_id(cmd.visit_id, "visit_id")
    if cmd.part != RECORD and not rules.SHA256.fullmatch(cmd.part):
        raise Invalid("part", "应为record或照片的SHA-256")
    device = await devices.load_device(tx, cmd.device_id)
    known = await storage.find_work(tx, cmd.visit_id, lock=True)
    if known is None:
        if await storage.open_works_of(tx, cmd.device_id) >= MOST_WORKS:
            raise Conflict(f"这台平板已有{MOST_WORKS}份记录等待核对，请联系单位处理后再交")
        await storage.keep_work(
            tx,
            HeldWork(
                visit_id=cmd.visit_id,
                device_id=cmd.device_id,
                area=device.area,
                arrived_at=tx.now,
                parts=(),
            ),
        )
    elif known.device_id != cmd.device_id:
        raise Conflict("这个编号的记录已由另一台平板交来")
    elif len(known.parts) >= MOST_PARTS and known.part(cmd.part) is None:
        raise Conflict(f"一份记录最多交{MOST_PARTS}个附件")
    await storage.keep_part(tx, cmd.visit_id, HeldPart(cmd.part, cmd.sha256, cmd.size))


@dataclass(frozen=True, slots=True, kw_only=True)
class ReleaseWork:
    """A person looked into it: the work counts as what it is, a visit of whoever made it."""

    visit_id: VisitId


@action("release-work")
async def release_work(cmd: ReleaseWork, tx: Tx) -> Visit:
    """Open the letters and file the visit with its photos, in the name of whoever recorded it."""
    work = await storage.load_work(tx, cmd.visit_id, lock=True)
    if not work.is_open:
        raise Conflict("这份记录已核对过")
    told = await read_record(work, tx)
    if "envelope" not in told:
        raise Conflict("这是没有填完的草稿，不能放行；请按内容重新走访")
    received: VisitReceived = await tx.perform(
        ReceiveBrought(
            envelope=translate(told["envelope"], ReceiveVisit), recorded_by=StaffId(str(told["recorded_by"]))
        )
    )
    visit = received.visit
    if received.arrival is not Arrival.OTHER:
        for part in work.parts:
            if part.part != RECORD:
                visit = await _photo(work, part, visit, tx)
    await storage.close_work(tx, cmd.visit_id, "released", "")
    return visit


@dataclass(frozen=True, slots=True, kw_only=True)
class ReceiveBrought:
    """An envelope in the name of the person who recorded it; only a release makes one."""

    envelope: ReceiveVisit
    recorded_by: StaffId


@action("release-work")
async def receive_brought(cmd: ReceiveBrought, tx: Tx) -> VisitReceived:
    return await receive(cmd.envelope, tx, cmd.recorded_by)


@dataclass(frozen=True, slots=True, kw_only=True)
class RejectWork:
    visit_id: VisitId
    reason: str


@action("release-work")
async def reject_work(cmd: RejectWork, tx: Tx) -> None:
    """It stays on file with the reason and has no effect."""
    work = await storage.load_work(tx, cmd.visit_id, lock=True)
    if not work.is_open:
        raise Conflict("这份记录已核对过")
    if len(cmd.reason.strip()) < SHORTEST_REASON:
        raise Invalid("reason", "请写明不采用的原因，例如：与另一份记录重复")
    await storage.close_work(tx, cmd.visit_id, "rejected", cmd.reason.strip())


async def _photo(work: HeldWork, part: HeldPart, visit: Visit, tx: Tx) -> Visit:
    """Kept before it is entered, and looked at like any other photo."""
    if not any(photo.sha256 == part.part for photo in visit.photos):
        return visit
    try:
        content = await open_letter(work, part, tx)
    except Unreadable:
        objection = "照片在平板上已损坏"
    else:
        objection = await asyncio.to_thread(photo_rules.objection, content, part.part)
        if not objection:
            await tx.service.documents.put(content)
    recorded: Visit = await tx.perform(
        RecordPhoto(visit_id=work.visit_id, sha256=part.part, objection=objection)
    )
    return recorded
