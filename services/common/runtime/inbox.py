"""Events come in at least once and act once: a cursor per stream, a waiting room for gaps and failures."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from typing import TYPE_CHECKING

import structlog
from google.protobuf.json_format import ParseError
from sqlalchemy import Insert, and_, bindparam, delete, select, update
from sqlalchemy.dialects.postgresql import insert as pg_insert
from sqlalchemy.dialects.sqlite import insert as sqlite_insert
from sqlalchemy.exc import DBAPIError

from services.common.policy.law import Missing
from services.common.runtime import outbox, tables, trace
from services.common.runtime.clock import system_now
from services.common.runtime.database import is_failing
from services.common.runtime.outbox import Envelope, decode

if TYPE_CHECKING:
    from google.protobuf.message import Message

    from services.common.runtime.service import Reaction
    from services.common.runtime.tx import Tx

log = structlog.get_logger()
_inbox, _parked = tables.inbox, tables.parked
FIRST_RETRY = timedelta(milliseconds=500)
LONGEST_RETRY = timedelta(minutes=5)
RETRY_BATCH = 100
LONGEST_REASON = 2_000


class Doubtful(Exception):
    """An event of a batch failed, and with it the whole transaction: take the batch again, one by one."""


async def take(batch: Sequence[Envelope], tx: Tx, *, together: bool = False) -> None:
    """Apply what is next in its stream; park what is early or fails; skip what was applied before.

    Each event acts in a savepoint of its own, so that a failing one is undone alone. Taken `together` they
    act without, which spares two round trips an event; a failure then raises Doubtful.
    """
    cursors = await _lock_cursors({(e.publisher, e.stream) for e in batch}, tx)
    held = await _held(set(cursors), tx)
    for envelope in batch:
        key = (envelope.publisher, envelope.stream)
        if envelope.version <= cursors[key]:
            continue
        if key in held or envelope.version > cursors[key] + 1:
            await _park(envelope, tx)
            held.add(key)
        elif await (_apply(envelope, tx) if together else _try(envelope, tx, attempts=0)):
            cursors[key] = envelope.version
        else:
            held.add(key)
    for key in held & cursors.keys():
        cursors[key] = await _drain(*key, cursors[key], tx)
    await _store_cursors(cursors, tx)


async def is_retry_due(tx: Tx) -> bool:
    """Whether some failed event's back-off is over."""
    return (
        await tx.scalar(select(_parked.c.stream).where(_parked.c.retry_at <= system_now()).limit(1))
        is not None
    )


async def retry(tx: Tx) -> int:
    """Try each stream whose failed head is due again, the longest waiting first."""
    due = select(_parked.c.publisher, _parked.c.stream).where(_parked.c.retry_at <= system_now())
    rows = await tx.all(due.order_by(_parked.c.retry_at).limit(RETRY_BATCH))
    # All are locked before the first is tried, as a batch does: two retrying processes never deadlock.
    before = await _lock_cursors({(row.publisher, row.stream) for row in rows}, tx)
    after = {key: await _drain(*key, cursor, tx) for key, cursor in before.items()}
    await _store_cursors(after, tx)
    return sum(after[key] - before[key] for key in after)


async def bury(envelope: Envelope, reason: str, tx: Tx) -> None:
    """Put an event that cannot be applied among the dead letters, with its reason."""
    row = {
        "publisher": envelope.publisher,
        "event_id": envelope.id,
        "envelope": envelope.to_json(),
        "reason": _plain(reason),
        "died_at": tx.now,
    }
    await tx.db.execute(_insert_once(tables.dead_letters, tx).values(row))
    tx.after_commit.append(tx.service.outbox_filled.set)
    log.error("event.buried", event_id=envelope.id, type=envelope.type, reason=reason)


async def _drain(publisher: str, stream: str, cursor: int, tx: Tx) -> int:
    """Apply parked events of one stream as far as they follow the cursor; the new cursor."""
    while True:
        mine = and_(
            _parked.c.publisher == publisher, _parked.c.stream == stream, _parked.c.version <= cursor + 1
        )
        row = await tx.one(select(_parked).where(mine).order_by(_parked.c.version).limit(1))
        if row is None or (row.retry_at and row.retry_at > system_now()):
            return cursor
        await tx.execute(delete(_parked).where(mine, _parked.c.version == row.version))
        if row.version <= cursor:
            continue
        if not await _try(Envelope.from_json(row.envelope), tx, attempts=row.attempts):
            return cursor
        cursor = row.version


async def _apply(envelope: Envelope, tx: Tx) -> bool:
    """Act on one event in the transaction of its batch."""
    entry = tx.service.reactions.get(envelope.type)
    if entry is None:
        return True
    announced = len(tx.publications)
    try:
        await _act(envelope, entry, tx)
        outbox.seal(tx, announced)
    except Exception as error:
        if tx.db.invalidated or (isinstance(error, DBAPIError) and is_failing(error)):
            raise
        raise Doubtful from error
    return True


async def _try(envelope: Envelope, tx: Tx, *, attempts: int) -> bool:
    """Act on one event in a savepoint. A failure is parked for later; after the last try it is buried."""
    entry = tx.service.reactions.get(envelope.type)
    if entry is None:
        return True
    announced, after, audited = len(tx.publications), len(tx.after_commit), len(tx.entries)
    policy = tx.policy
    try:
        async with tx.db.begin_nested():
            await _act(envelope, entry, tx)
            outbox.seal(tx, announced)
        return True
    except Exception as error:
        if tx.db.invalidated or (isinstance(error, DBAPIError) and is_failing(error)):
            raise  # the database is gone or busy: no event is at fault
        failure = error
    del tx.publications[announced:]
    del tx.after_commit[after:]
    del tx.entries[audited:]
    tx.policy = policy
    reason = f"{type(failure).__name__}: {failure}"
    log.warning(
        "event.failed", event_id=envelope.id, type=envelope.type, attempts=attempts + 1, reason=reason
    )
    if attempts + 1 >= _patience(failure, tx):
        await bury(envelope, reason, tx)
        return True
    pause = min(FIRST_RETRY * 2 ** min(attempts, 12), LONGEST_RETRY)
    await _park(envelope, tx, attempts=attempts + 1, reason=reason, pause=pause)
    return False


async def _act(envelope: Envelope, entry: tuple[type[Message], Reaction], tx: Tx) -> None:
    """Do what the service does about an event, as a step of the trace that the event belongs to."""
    with trace.span(
        envelope.type, kind="consumer", parent=envelope.traceparent, service=tx.service.name
    ) as tx.traceparent:
        await entry[1](decode(entry[0], envelope.payload), tx)


def _patience(failure: Exception, tx: Tx) -> int:
    """How often to try: what is missing may still come from elsewhere, the unreadable stays unreadable."""
    if isinstance(failure, ParseError):
        return 1
    settings = tx.service.settings
    return settings.waiting_attempts if isinstance(failure, Missing) else settings.event_attempts


async def _park(
    envelope: Envelope, tx: Tx, *, attempts: int = 0, reason: str = "", pause: timedelta | None = None
) -> None:
    row = {
        "publisher": envelope.publisher,
        "stream": envelope.stream,
        "version": envelope.version,
        "envelope": envelope.to_json(),
        "attempts": attempts,
        "retry_at": system_now() + pause if pause is not None else None,
        "reason": _plain(reason),
    }
    await tx.db.execute(_insert_once(_parked, tx).values(row))


async def _lock_cursors(keys: set[tuple[str, str]], tx: Tx) -> dict[tuple[str, str], int]:
    """The cursor of each stream, locked in order so that two consumers never deadlock."""
    rows = [{"publisher": publisher, "stream": stream, "version": 0} for publisher, stream in sorted(keys)]
    if rows:
        await tx.db.execute(_insert_once(_inbox, tx), rows)
    cursors: dict[tuple[str, str], int] = {}
    for publisher in sorted({key[0] for key in keys}):
        streams = sorted(stream for p, stream in keys if p == publisher)
        wanted = select(_inbox).where(_inbox.c.publisher == publisher, _inbox.c.stream.in_(streams))
        for row in await tx.all(wanted.order_by(_inbox.c.stream).with_for_update()):
            cursors[publisher, row.stream] = row.version
    return cursors


async def _held(wanted: set[tuple[str, str]], tx: Tx) -> set[tuple[str, str]]:
    """Streams with something parked: later events wait behind it."""
    found = await tx.all(
        select(_parked.c.publisher, _parked.c.stream)
        .where(_parked.c.stream.in_(sorted({stream for _, stream in wanted})))
        .distinct()
    )
    return {(row.publisher, row.stream) for row in found} & wanted


async def _store_cursors(cursors: dict[tuple[str, str], int], tx: Tx) -> None:
    rows = [{"of": key[0], "in_stream": key[1], "reached": version} for key, version in cursors.items()]
    if rows:
        await tx.db.execute(_move_cursor, rows)


_move_cursor = (
    update(_inbox)
    .where(_inbox.c.publisher == bindparam("of"), _inbox.c.stream == bindparam("in_stream"))
    .where(_inbox.c.version < bindparam("reached"))
    .values(version=bindparam("reached"))
)


def _plain(reason: str) -> str:
    """What any database stores: an error may quote the very bytes that it failed on."""
    return reason.encode(errors="replace").decode().replace("\0", "?")[:LONGEST_REASON]


def _insert_once(table: object, tx: Tx) -> Insert:
    dialect = sqlite_insert if tx.service.database.is_sqlite else pg_insert
    statement = dialect(table)  # type: ignore[arg-type]
    return statement.on_conflict_do_nothing()
