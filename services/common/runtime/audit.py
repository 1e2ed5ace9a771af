"""Acts and looks at personal data: rows that are only added, each chained by hash to the one before it.

Every township has a chain of its own, and the district one. The head of a chain is locked last, just before
the commit, and in the order of the chains, so that one township's acts never wait for another's.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from enum import StrEnum
from itertools import groupby
from typing import TYPE_CHECKING, Any

from sqlalchemy import bindparam, insert, update
from sqlalchemy.dialects.postgresql import insert as pg_insert
from sqlalchemy.dialects.sqlite import insert as sqlite_insert

from services.common.policy.law import Forbidden, Refused
from services.common.runtime import origin, tables

if TYPE_CHECKING:
    from services.common.runtime.actor import Actor
    from services.common.runtime.service import Service
    from services.common.runtime.tx import Tx

DISTRICT_CHAIN = "district"
TOWNSHIP_DIGITS = 9
DONE = "done"
# What a row says; `number` and `chain` place it, the hash of the row before binds it there.
HASHED = (
    "chain",
    "number",
    "at",
    "kind",
    "actor",
    "action",
    "area",
    "subject",
    "purpose",
    "origin",
    "result",
)


class Kind(StrEnum):
    """Something done, or personal data looked at."""

    ACT = "act"
    LOOK = "look"


@dataclass(frozen=True, slots=True)
class Entry:
    """One row before it has its place in the chain."""

    kind: Kind
    action: str
    area: str
    subject: str
    result: str = DONE

    @property
    def chain(self) -> str:
        """The township's nine digits; whatever lies in none belongs to the district."""
        return self.area[:TOWNSHIP_DIGITS] if len(self.area) >= TOWNSHIP_DIGITS else DISTRICT_CHAIN


async def look(tx: Tx, action: str, *looked_at: tuple[str, str]) -> None:
    """Enter who looks at what, each as (area, subject), before anything is shown.

    A reading transaction cannot write, so this is one of its own.
    """
    if looked_at:
        await _alone(tx.service, tx.actor, [Entry(Kind.LOOK, action, *each) for each in looked_at])


async def refused(
    service: Service, actor: Actor, action: str, error: Forbidden | Refused, tx: Tx | None = None
) -> None:
    """Enter an act or look that was refused; what was undone with it cannot take this row along."""
    place = tx.place if tx else None
    area = place.area if place else (actor.posts[0].area if actor.posts else "")
    kind = Kind.LOOK if service.blueprint.access[action].personal else Kind.ACT
    entry = Entry(kind, action, area, place.subject if place else "", error.code)
    await _alone(service, actor, [entry])


async def _alone(service: Service, actor: Actor, entries: Sequence[Entry]) -> None:
    async with service.transaction(actor) as tx:
        tx.entries.extend(entries)


async def flush(tx: Tx) -> None:
    """Write the transaction's rows at the ends of their chains."""
    if not tx.entries:
        return
    ordered = sorted(tx.entries, key=lambda entry: entry.chain)
    by_chain = {chain: list(found) for chain, found in groupby(ordered, lambda entry: entry.chain)}
    heads = await _lock(tx, {chain: len(found) for chain, found in by_chain.items()})
    rows: list[dict[str, Any]] = []
    tips: list[dict[str, Any]] = []
    for chain, found in by_chain.items():
        last, previous = heads[chain]
        for number, entry in enumerate(found, last - len(found) + 1):
            rows.append(_row(tx, entry, number, previous))
            previous = rows[-1]["hash"]
        tips.append({"of_chain": chain, "tip": previous})
    await tx.db.execute(insert(tables.audit), rows)
    await tx.db.execute(_move_tip, tips)
    tx.entries.clear()


_move_tip = (
    update(tables.audit_heads)
    .where(tables.audit_heads.c.chain == bindparam("of_chain"))
    .values(hash=bindparam("tip"))
)


async def _lock(tx: Tx, counts: Mapping[str, int]) -> dict[str, tuple[int, str]]:
    """Reserve numbers on each chain, in the order of the chains; the new number and the hash so far."""
    wanted = _upsert(tx)
    rows = [{"chain": chain, "number": count, "hash": ""} for chain, count in sorted(counts.items())]
    heads = tables.audit_heads
    reserved = wanted.on_conflict_do_update(
        index_elements=["chain"], set_={"number": heads.c.number + wanted.excluded.number}
    ).returning(heads.c.chain, heads.c.number, heads.c.hash)
    # Rows as parameters: a statement with rows inside it would be compiled anew for every transaction.
    found = await tx.db.execute(reserved, rows)
    return {row.chain: (row.number, row.hash) for row in found}


def _upsert(tx: Tx) -> Any:
    dialect = sqlite_insert if tx.service.database.is_sqlite else pg_insert
    return dialect(tables.audit_heads)


def _row(tx: Tx, entry: Entry, number: int, previous: str) -> dict[str, Any]:
    called = origin.here()
    row = {
        **asdict(entry),
        "kind": entry.kind.value,
        "chain": entry.chain,
        "number": number,
        "at": tx.now,
        "actor": tx.actor.signature,
        "purpose": called.purpose,
        "origin": called.place,
        "prev_hash": previous,
    }
    return row | {"hash": digest(row, previous)}


def digest(row: Mapping[str, Any], previous: str) -> str:
    """SHA-256 over the hash of the row before and this row in canonical JSON."""
    plain = {name: _plain(row[name]) for name in HASHED}
    text = json.dumps(plain, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return hashlib.sha256(previous.encode() + text.encode()).hexdigest()


def _plain(value: Any) -> Any:
    return value.astimezone(UTC).isoformat(timespec="microseconds") if isinstance(value, datetime) else value
