"""Counts of failed sign-ins and the sources an account is known from, by keyed hash."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from sqlalchemy import delete, select, update

from services.common.runtime.tx import Tx
from services.intake.model.identity import Counted, Tries
from services.intake.storage.identity_tables import familiar_sources, sign_in_tries
from services.intake.storage.visits import insert_once

Keys = Mapping[Counted, str]


def keys_of(tx: Tx, account: str, source: str) -> Keys:
    """Neither accounts nor addresses lie readable in these tables."""
    index = tx.service.sealer.index
    return {
        Counted.PAIR: index(f"sign-in|pair|{account}|{source}"),
        Counted.SOURCE: index(f"sign-in|source|{source}"),
        Counted.ACCOUNT: index(f"sign-in|account|{account}"),
    }


async def lock_tries(tx: Tx, keys: Keys) -> Mapping[Counted, Tries]:
    """The three counts, held until the commit: guesses at the same time wait for each other."""
    for key in sorted(keys.values()):
        await tx.execute(insert_once(sign_in_tries, tx).values(key=key, failures=0))
    wanted = select(sign_in_tries).where(sign_in_tries.c.key.in_(keys.values()))
    rows = await tx.all(wanted.order_by(sign_in_tries.c.key).with_for_update())
    by_key = {row.key: Tries(row.failures, row.last_at, row.waits_until) for row in rows}
    return {counted: by_key[key] for counted, key in keys.items()}


async def save_tries(tx: Tx, key: str, tries: Tries) -> None:
    await tx.execute(
        update(sign_in_tries)
        .where(sign_in_tries.c.key == key)
        .values(failures=tries.failures, last_at=tries.last_at, waits_until=tries.waits_until)
    )


async def forget_tries(tx: Tx, key: str) -> None:
    await tx.execute(delete(sign_in_tries).where(sign_in_tries.c.key == key))


async def is_familiar(tx: Tx, key: str, since: datetime) -> bool:
    at = familiar_sources.c
    return await tx.scalar(select(at.key).where(at.key == key, at.last_at > since)) is not None


async def make_familiar(tx: Tx, key: str, now: datetime) -> None:
    await tx.execute(insert_once(familiar_sources, tx).values(key=key, last_at=now))
    await tx.execute(update(familiar_sources).where(familiar_sources.c.key == key).values(last_at=now))
