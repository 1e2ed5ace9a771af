"""What lies in the sealed letters of a work in quarantine; only the system's own key opens them."""

from __future__ import annotations

import asyncio
import json
from typing import Any

from services.common.policy.law import Conflict, Missing
from services.common.runtime.letters import LetterKey, Unreadable
from services.common.runtime.tx import Tx
from services.intake.model.quarantine import RECORD, HeldPart, HeldWork


async def read_record(work: HeldWork, tx: Tx) -> dict[str, Any]:
    """What the tablet wrote: the envelope, or the answers of a draft, and who recorded it."""
    part = work.part(RECORD)
    if part is None:
        raise Missing("走访记录本身，只到了照片；请等平板交完再核对，这份记录")
    try:
        told = json.loads(await open_letter(work, part, tx))
        read: dict[str, Any] = {"recorded_by": str(told["recorded_by"])}
        if "draft" in told:
            return read | {"draft": dict(told["draft"])}
        if told["envelope"]["visit_id"] != work.visit_id:
            raise Unreadable("another visit")
        return read | {"envelope": dict(told["envelope"])}
    except (Unreadable, ValueError, KeyError, TypeError) as error:
        raise Conflict("这份记录打不开：内容损坏，或不是交给本系统的。请联系使用人核实") from error


async def open_letter(work: HeldWork, part: HeldPart, tx: Tx) -> bytes:
    """The content of one part; Unreadable where it was altered or sealed to another place."""
    letter = await tx.service.documents.get(part.sha256)
    key = LetterKey.from_settings(tx.service.settings)
    return await asyncio.to_thread(key.open, letter, place_of(work.device_id, work.visit_id, part.part))


def place_of(device_id: str, visit_id: str, part: str) -> str:
    """Where a letter belongs; the tablet seals it to exactly this."""
    return f"{device_id}|{visit_id}|{part}"
