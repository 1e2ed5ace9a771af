"""Posts on their way to somebody else: the list of one's own, and the sheet that both sign."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby

from services.common.policy.areas import DISTRICT
from services.common.policy.law import Missing
from services.common.runtime.tx import Tx
from services.intake.model.identity import HandedItem, HandedKind, Handover
from services.intake.queries.stand_ins import is_operator, post_words
from services.intake.queries.worklist import area_names
from services.intake.storage import handovers as storage
from services.intake.storage.accounts import name_of


@dataclass(frozen=True, slots=True)
class Given:
    """One handover with names; `to_sign` where it waits for the reader."""

    handover: Handover
    giver: str
    taker: str
    post: str
    to_sign: bool


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the sheet, and where it lies."""

    item: HandedItem
    village: str


@dataclass(frozen=True, slots=True)
class HandoverSheet:
    """A handover with its list, by kind."""

    given: Given
    parts: Sequence[tuple[HandedKind, Sequence[Line]]]

    @property
    def summary(self) -> str:
        """`在办案件3件、未完成任务1项…` for the page that signs."""
        return "、".join(f"{kind.chinese}{len(lines)}项" for kind, lines in self.parts) or "没有未了事项"


async def own_handovers(tx: Tx) -> list[Given]:
    """Given or taken by the actor, the newest first."""
    names = await area_names(tx, DISTRICT.code)
    return [await _given(one, names, tx) for one in await storage.handovers_of(tx, tx.actor.id)]


async def sheet_of(handover_id: str, tx: Tx) -> HandoverSheet:
    """For the two who sign it and for operators; for others it is not there."""
    handover = await storage.load_handover(tx, handover_id)
    if tx.actor.id not in (handover.giver, handover.taker) and not is_operator(tx.actor):
        raise Missing("这次交接")
    names = await area_names(tx, DISTRICT.code)
    items = await storage.items_of(tx, handover_id)
    order = list(HandedKind)
    lines = sorted(
        (Line(item, names.get(item.village, "")) for item in items),
        key=lambda line: order.index(line.item.kind),
    )
    parts = [(kind, list(group)) for kind, group in groupby(lines, key=lambda line: line.item.kind)]
    return HandoverSheet(await _given(handover, names, tx), parts)


async def _given(handover: Handover, names: Mapping[str, str], tx: Tx) -> Given:
    return Given(
        handover,
        await name_of(tx, handover.giver),
        await name_of(tx, handover.taker),
        post_words(handover.post, names),
        handover.taker == tx.actor.id and handover.taken_at is None,
    )
