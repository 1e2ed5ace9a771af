"""Whether the audit is as it was written: a changed, removed or re-ordered row is found and named."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass
from itertools import groupby
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Row, insert, select, update

from services.common.runtime import audit, tables

BATCH = 1_000


@dataclass(frozen=True, slots=True)
class Anchor:
    """Where a chain stood at the end of a day, as it was made known outside of the database."""

    chain: str
    number: int
    hash: str
    day: str

    @classmethod
    def read(cls, file: Path) -> list[Anchor]:
        """The anchors that a service has written down beside its database, or somebody has kept."""
        return [cls(**json.loads(line)) for line in file.read_text("utf-8").splitlines() if line]

    def line(self) -> str:
        return json.dumps(asdict(self), ensure_ascii=False) + "\n"


@dataclass(frozen=True, slots=True)
class Flaw:
    """What is wrong at which place of which chain."""

    chain: str
    number: int
    what: str

    def __str__(self) -> str:
        return f"{self.chain} 第{self.number}条：{self.what}"


def verify(connection: Connection, anchors: Iterable[Anchor] = ()) -> tuple[int, list[Flaw]]:
    """How many rows were read, and every flaw."""
    by_chain: dict[str, list[Anchor]] = {}
    for anchor in anchors:
        by_chain.setdefault(anchor.chain, []).append(anchor)
    heads = {row.chain: row for row in connection.execute(select(tables.audit_heads))}
    flaws: list[Flaw] = []
    counted, seen = 0, set()
    ordered = select(tables.audit).order_by(tables.audit.c.chain, tables.audit.c.number)
    rows = connection.execution_options(yield_per=BATCH).execute(ordered)
    for chain, found in groupby(rows, lambda row: row.chain):
        seen.add(chain)
        walk = _Walk(chain, by_chain.get(chain, ()))
        counted += walk.through(found)
        flaws += [*walk.flaws, *walk.ends_at(heads.get(chain))]
    for chain in sorted((heads.keys() | by_chain.keys()) - seen):
        flaws.append(Flaw(chain, 0, "整条链的记录都不见了"))
    return counted, flaws


class _Walk:
    """Goes along one chain and compares each row with the one before it."""

    def __init__(self, chain: str, anchors: Iterable[Anchor]) -> None:
        self.chain = chain
        self.flaws: list[Flaw] = []
        self._anchors: dict[int, list[Anchor]] = {}
        for anchor in anchors:
            self._anchors.setdefault(anchor.number, []).append(anchor)
        self._number, self._hash, self._seq = 0, "", 0

    def through(self, rows: Iterator[Row[Any]]) -> int:
        counted = 0
        for row in rows:
            self._step(row._mapping)
            counted += 1
        return counted

    def ends_at(self, head: Row[Any] | None) -> Iterator[Flaw]:
        """The end of the chain: nothing was cut off, and no anchor lies beyond it."""
        if head is None or (head.number, head.hash) != (self._number, self._hash):
            yield Flaw(self.chain, self._number, "链尾与登记的不一致，末尾的记录可能被删除")
        for number in sorted(self._anchors):
            yield Flaw(self.chain, number, f"{self._anchors[number][0].day}公布过这一条，现在没有了")

    def _step(self, row: Mapping[Any, Any]) -> None:
        number = row["number"]
        if number != self._number + 1:
            self._flaw(number, f"前面缺少记录(上一条是第{self._number}条)")
        elif row["prev_hash"] != self._hash:
            self._flaw(number, "与上一条接不上，上一条被改动或次序被调换")
        if audit.digest(row, row["prev_hash"]) != row["hash"]:
            self._flaw(number, "内容被改动过")
        if row["seq"] <= self._seq:
            self._flaw(number, "次序被调换")
        for anchor in self._anchors.pop(number, ()):
            if anchor.hash != row["hash"]:
                self._flaw(number, f"与{anchor.day}公布的不一致")
        self._number, self._hash, self._seq = number, row["hash"], row["seq"]

    def _flaw(self, number: int, what: str) -> None:
        self.flaws.append(Flaw(self.chain, number, what))


def adopt(connection: Connection) -> None:
    """Put rows that were written before there were chains into theirs; for the migration that begins them."""
    heads: dict[str, tuple[int, str]] = {}
    known = tables.audit.c
    old = select(known.seq, known.at, known.actor, known.action, known.area, known.subject)
    for found in connection.execute(old.order_by(known.seq)).all():
        entry = audit.Entry(audit.Kind.ACT, found.action, found.area, found.subject)
        number, previous = heads.get(entry.chain, (0, ""))
        row: dict[str, Any] = {"chain": entry.chain, "number": number + 1, "kind": entry.kind.value}
        row |= {"purpose": "", "origin": "", "result": audit.DONE, "prev_hash": previous}
        row["hash"] = audit.digest({**found._mapping, **row}, previous)
        connection.execute(update(tables.audit).where(known.seq == found.seq).values(row))
        heads[entry.chain] = (number + 1, row["hash"])
    for chain, (number, digest) in heads.items():
        connection.execute(
            insert(tables.audit_heads).values(chain=chain, number=number, hash=digest, anchored=0)
        )
