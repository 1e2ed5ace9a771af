"""Reading the news: what was read does not call again."""

from __future__ import annotations

from dataclasses import dataclass

from services.common.runtime.gate import action
from services.common.runtime.tx import Tx
from services.intake.storage import notices


@dataclass(frozen=True, slots=True, kw_only=True)
class MarkNoticesSeen:
    """The reader has seen everything up to here."""

    up_to: int


@action("read-notices")
async def mark_notices_seen(cmd: MarkNoticesSeen, tx: Tx) -> None:
    await notices.mark_seen(tx, tx.actor.id, cmd.up_to)
