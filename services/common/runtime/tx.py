"""Tx carries a transaction: database, day, policy, actor, and what leaves with the commit."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator, Callable, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from google.protobuf.message import Message
from sqlalchemy import Executable, Table, insert
from sqlalchemy.engine import CursorResult, Row
from sqlalchemy.ext.asyncio import AsyncConnection

from services.common.policy.calendar import WorkCalendar, legal_day
from services.common.policy.law import Finding
from services.common.policy.parameters import Policy
from services.common.runtime import row_security, tables
from services.common.runtime.actor import Actor

if TYPE_CHECKING:
    from services.common.runtime.audit import Entry
    from services.common.runtime.gate import Place
    from services.common.runtime.service import Service


@dataclass(frozen=True, slots=True)
class Publication:
    """An event waiting for the commit."""

    event: Message
    stream: str
    subject: str
    township: str
    traceparent: str = ""
    payload: str = ""


@dataclass(slots=True)
class Tx:
    """One transaction of one service. Commands get it second; only edges open it.

    `entries` are the audit's rows, written last; `place` is where the gate let the actor in.
    """

    db: AsyncConnection
    now: datetime
    actor: Actor
    policy: Policy
    service: Service
    traceparent: str = ""
    publications: list[Publication] = field(default_factory=list)
    after_commit: list[Callable[[], None]] = field(default_factory=list)
    entries: list[Entry] = field(default_factory=list)
    place: Place | None = None

    @property
    def today(self) -> date:
        """The legal day: the calendar date in Shanghai."""
        return legal_day(self.now)

    @property
    def calendar(self) -> WorkCalendar:
        return self.policy.calendar

    async def execute(self, statement: Executable) -> CursorResult[Any]:
        result: CursorResult[Any] = await self.db.execute(statement)
        return result

    async def add(self, table: Table, rows: Sequence[Mapping[str, object]]) -> None:
        """Insert rows, if there are any. As parameters: rows inside a statement compile it anew each time."""
        if rows:
            await self.db.execute(insert(table), rows)

    async def one(self, statement: Executable) -> Row[Any] | None:
        """The only row, or None."""
        return (await self.db.execute(statement)).one_or_none()

    async def all(self, statement: Executable) -> list[Row[Any]]:
        return list((await self.db.execute(statement)).all())

    async def scalar(self, statement: Executable) -> Any:
        return (await self.db.execute(statement)).scalar()

    @asynccontextmanager
    async def everywhere(self) -> AsyncIterator[None]:
        """Look over the wall between townships: only to find out that something lies in another one."""
        if self.service.database.is_sqlite:
            yield
            return
        await self.db.execute(row_security.working_for(row_security.EVERYWHERE))
        yield
        await self.db.execute(row_security.working_for(row_security.townships_of(self.actor)))

    def publish(self, event: Message, *, stream: str = "", subject: str = "", township: str = "") -> None:
        """Announce `event` with this commit; the event's own household, case and township are the default."""
        named = {name: getattr(event, name, "") for name in ("household_id", "case_id", "township")}
        chosen = stream or named["household_id"]
        if not chosen:
            raise ValueError(f"{event.DESCRIPTOR.full_name} has no household: say its stream")
        self.publications.append(
            Publication(
                event,
                chosen,
                subject or named["case_id"],
                township or named["township"],
                self.traceparent,
            )
        )

    async def record(self, case_id: str, *found: Finding[Any]) -> None:
        """Store findings with the case: which article, from which facts, under which policy revision."""
        if not found:
            return
        await self.db.execute(
            insert(tables.findings),
            [
                {
                    "case_id": case_id,
                    "at": self.now,
                    "article": finding.article.id,
                    "value": str(finding.value),
                    "facts": plain(finding.facts),
                    "policy_revision": self.policy.revision,
                    "actor": self.actor.signature,
                }
                for finding in found
            ],
        )

    async def perform(self, command: object) -> Any:
        """Run another command in this transaction, through the same gate and audit."""
        return await self.service.run(command, self)

    async def adopt_policy(self, policy: Policy) -> None:
        """Store a policy snapshot; the service uses it from the commit on."""
        await self.db.execute(
            insert(tables.policy_revisions).values(
                revision=policy.revision,
                document=json.dumps(policy.to_json(), ensure_ascii=False),
                adopted_at=self.now,
            )
        )
        self.policy = policy
        self.after_commit.append(lambda: self.service.use_policy(policy))


def plain(facts: object) -> Any:
    """`facts` as JSON values: dates, fractions and ids become text."""
    return json.loads(json.dumps(facts, default=_text, ensure_ascii=False))


def _text(value: object) -> object:
    if isinstance(value, set | frozenset):
        return sorted(map(str, value))
    if isinstance(value, tuple):
        return list(value)
    if hasattr(value, "items"):
        return dict(value.items())
    return str(value)
