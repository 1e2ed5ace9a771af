"""What a service is: a name, its tables of acts and reactions, and a database of its own."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Any

from google.protobuf.message import Message
from sqlalchemy import MetaData, Table, select

from services.common.policy.law import Forbidden, Refused
from services.common.policy.parameters import Policy
from services.common.runtime import audit, faults, inbox, observe, outbox, row_security, tables, trace
from services.common.runtime.actor import SYSTEM, Actor
from services.common.runtime.clock import Clock
from services.common.runtime.database import Database
from services.common.runtime.gate import Access, Act, Locate, Place, Recused, enter
from services.common.runtime.outbox import Envelope
from services.common.runtime.passwords import Passwords
from services.common.runtime.revocation import Revocations
from services.common.runtime.sealed import Sealer
from services.common.runtime.tx import Tx

if TYPE_CHECKING:
    from fastapi import APIRouter, Request, Response

    from services.common.runtime.documents import ContentStore
    from services.common.runtime.rpc import Rpc
    from services.common.runtime.scheduler import Job
    from services.common.runtime.settings import Settings

Reaction = Callable[[Any, Tx], Awaitable[None]]


@dataclass(frozen=True, slots=True)
class Gauge:
    """What a service counts for /metrics beside the machine room: `count` gives each set of labels' value."""

    name: str
    text: str
    labels: tuple[str, ...]
    count: Callable[[Tx], Awaitable[Mapping[tuple[str, ...], float]]]


@dataclass(frozen=True, slots=True)
class Behind:
    """How far a process is behind on one lane: records to take in, and the age of the oldest at most."""

    records: int
    seconds: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Blueprint:
    """The fixed tables of a service, written down once in its main.py.

    `doors` has a row for every HTTP route, public ones included: `METHOD /path` → its action.
    """

    name: str
    title: str
    metadata: MetaData
    acts: Mapping[type, Act]
    access: Mapping[str, Access]
    locate: Locate
    recused: Recused
    reactions: Mapping[type[Message], Reaction] = field(default_factory=dict)
    read_models: Mapping[type[Message], Sequence[Table]] = field(default_factory=dict)
    """Events whose reaction writes these tables and nothing else: `jiuzhu ops replay` can make them again."""
    jobs: Sequence[Job] = ()
    gauges: Sequence[Gauge] = ()
    rpc: Rpc | None = None
    routes: Callable[[Service], Sequence[APIRouter]] | None = None
    public_routes: Callable[[Service], Sequence[APIRouter]] | None = None
    doors: Mapping[str, str] = field(default_factory=dict)
    public_shortcut: Callable[[Service], Callable[[Request], Response | None]] | None = None
    """Answers a public GET from memory before the app is asked; None where it cannot."""


class Service:
    """A blueprint at work: with its database, its clock and its place for documents."""

    def __init__(
        self,
        blueprint: Blueprint,
        database: Database,
        clock: Clock,
        settings: Settings,
        documents: ContentStore,
    ) -> None:
        self.blueprint = blueprint
        self.name = blueprint.name
        self.database = database
        self.clock = clock
        self.settings = settings
        self.documents = documents
        self.policy = Policy.shipped()
        self.outbox_filled = asyncio.Event()
        self.bus_connected = True
        self.behind: Callable[[], Awaitable[Mapping[str, Behind]]] = _in_process
        self.revocations = Revocations()
        self.reactions = {type_.DESCRIPTOR.full_name: (type_, f) for type_, f in blueprint.reactions.items()}
        self.publishers = frozenset(name.split(".")[1] for name in self.reactions)

    @cached_property
    def sealer(self) -> Sealer:
        """Seals what must not lie readable in the database; keys are only asked for where it is used."""
        return Sealer.from_settings(self.settings)

    @cached_property
    def passwords(self) -> Passwords:
        """Hashes and checks what people and systems sign in with."""
        return Passwords(self.settings)

    def lane_of(self, township: str) -> str:
        return self.settings.lanes.get(township) or outbox.default_lane(township)

    def use_policy(self, policy: Policy) -> None:
        self.policy = policy

    async def load_policy(self) -> None:
        """Take up the newest stored revision, at start."""
        async with self.database.read() as db:
            newest = select(tables.policy_revisions.c.document).order_by(
                tables.policy_revisions.c.revision.desc()
            )
            document = (await db.execute(newest.limit(1))).scalar()
        if document:
            self.policy = Policy.from_json(json.loads(document))

    @asynccontextmanager
    async def transaction(self, actor: Actor, *, kind: str = "command") -> AsyncIterator[Tx]:
        """A writing transaction: state, findings, audit and outbox commit together when it is left."""
        async with self.database.begin(row_security.townships_of(actor)) as db:
            tx = Tx(db, self.clock.now(), actor, self.policy, self, trace.current())
            yield tx
            await outbox.flush(tx)
            await audit.flush(tx)
            faults.reached(f"{kind}.before-commit")
        faults.reached(f"{kind}.after-commit")
        for act in tx.after_commit:
            act()

    @asynccontextmanager
    async def reading(self, actor: Actor) -> AsyncIterator[Tx]:
        """A transaction for looking; publishing in it is a mistake."""
        async with self.database.read(row_security.townships_of(actor)) as db:
            tx = Tx(db, self.clock.now(), actor, self.policy, self)
            yield tx
            if tx.publications or tx.entries:
                raise RuntimeError("a read announced an event")

    async def perform(self, command: object, actor: Actor) -> Any:
        """Run a person's command: the one gate. Raises Forbidden, Refused, Invalid, Missing or Conflict."""
        tx: Tx | None = None
        try:
            async with self.transaction(actor) as tx:
                return await self.run(command, tx)
        except (Forbidden, Refused) as error:
            await audit.refused(self, actor, self.blueprint.acts[type(command)].action, error, tx)
            raise

    async def run(self, command: object, tx: Tx) -> Any:
        """Check, audit and run one command inside an open transaction."""
        act = self.blueprint.acts[type(command)]
        above = tx.traceparent
        try:
            with trace.span(act.action, service=self.name) as tx.traceparent:
                place = await enter(act.action, command, tx, self.blueprint.locate)
                tx.entries.append(audit.Entry(audit.Kind.ACT, act.action, place.area, place.subject))
                return await act.function(command, tx)
        finally:
            tx.traceparent = above

    async def look(
        self, action: str, subject: object, tx: Tx, locate: Locate, *, hides: bool = True
    ) -> Place:
        """Let the actor of a reading transaction in; a refused look at personal data is audited."""
        try:
            return await enter(action, subject, tx, locate, hides=hides)
        except Forbidden as error:
            if self.blueprint.access[action].personal:
                await audit.refused(self, tx.actor, action, error, tx)
            raise

    async def receive(self, batch: Sequence[Envelope]) -> None:
        """Act on a batch of events, each once: their effects and the inbox commit together."""
        try:
            async with self.transaction(SYSTEM, kind="receive") as tx:
                await inbox.take(batch, tx, together=True)
        except inbox.Doubtful:
            async with self.transaction(SYSTEM, kind="receive") as tx:
                await inbox.take(batch, tx)
        observe.took(self.name, batch, self.clock.now())

    async def retry(self) -> int:
        """Try parked events whose back-off is over; how many were applied or buried."""
        async with self.reading(SYSTEM) as looking:
            if not await inbox.is_retry_due(looking):
                return 0
        async with self.transaction(SYSTEM, kind="receive") as tx:
            return await inbox.retry(tx)


async def _in_process() -> Mapping[str, Behind]:
    """Between outbox and inbox of one process nothing waits."""
    return {}
