"""Two services that feed each other: intake announces, approval notes and answers, intake counts the echo."""

from __future__ import annotations

import sys
from dataclasses import dataclass, replace
from datetime import date, time

from sqlalchemy import Column, Integer, String, Table, func, insert, select
from sqlalchemy.dialects.postgresql import insert as pg_insert
from sqlalchemy.dialects.sqlite import insert as sqlite_insert

from services.common.contracts import approval, intake
from services.common.policy.roles import Role
from services.common.runtime.gate import action, acts_of, allow
from services.common.runtime.scheduler import Job
from services.common.runtime.service import Blueprint, Service
from services.common.runtime.tables import service_metadata
from services.common.runtime.tx import Tx
from tests.world.machine import TOWNSHIP, locate, nobody_recused

POISON = "poison"
intake_metadata = service_metadata()
approval_metadata = service_metadata()


def _counter(name: str, metadata: object) -> Table:
    return Table(
        name,
        metadata,  # type: ignore[arg-type]
        Column("household_id", String(40), primary_key=True),
        Column("times", Integer, nullable=False),
    )


announced = _counter("announced", intake_metadata)
echoes = _counter("echoes", intake_metadata)
noted = _counter("noted", approval_metadata)
job_days = Table(
    "job_days", intake_metadata, Column("seq", Integer, primary_key=True), Column("day", String(10))
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Announce:
    """Publish two visits of one household."""

    household_id: str
    kind: str = "visit"


@dataclass(frozen=True, slots=True, kw_only=True)
class Note:
    """Note a visit and answer it."""

    household_id: str
    kind: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Echo:
    """Count an answer."""

    household_id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class KeepDay:
    """Keep the day a job ran for."""

    day: str


@action("announce")
async def announce(cmd: Announce, tx: Tx) -> None:
    await _count(tx, announced, cmd.household_id)
    for _ in range(2):
        tx.publish(intake.VisitRecorded(household_id=cmd.household_id, township=TOWNSHIP, kind=cmd.kind))


@action("note")
async def note(cmd: Note, tx: Tx) -> None:
    if cmd.kind == POISON:
        raise RuntimeError("poison")
    await _count(tx, noted, cmd.household_id)
    tx.publish(approval.NoticeServed(household_id=cmd.household_id, township=TOWNSHIP))


@action("echo")
async def echo(cmd: Echo, tx: Tx) -> None:
    await _count(tx, echoes, cmd.household_id)


@action("keep-day")
async def keep_day(cmd: KeepDay, tx: Tx) -> None:
    await tx.execute(insert(job_days).values(day=cmd.day))


async def on_visit(event: intake.VisitRecorded, tx: Tx) -> None:
    await tx.perform(Note(household_id=event.household_id, kind=event.kind))


async def on_notice(event: approval.NoticeServed, tx: Tx) -> None:
    await tx.perform(Echo(household_id=event.household_id))


async def daily(day: date, tx: Tx) -> None:
    await tx.perform(KeepDay(day=day.isoformat()))


ACCESS = {"announce": allow(Role.GRID_WORKER), "note": allow(), "echo": allow(), "keep-day": allow()}


def pair() -> tuple[Blueprint, Blueprint]:
    """Both blueprints."""
    first = Blueprint(
        name="intake",
        title="一",
        metadata=intake_metadata,
        acts=acts_of(sys.modules[__name__]),
        access=ACCESS,
        locate=locate,
        recused=nobody_recused,
        reactions={approval.NoticeServed: on_notice},
        jobs=(Job("daily", time(0, 0), daily),),
    )
    second = replace(
        first,
        name="approval",
        metadata=approval_metadata,
        reactions={intake.VisitRecorded: on_visit},
        jobs=(),
    )
    return first, second


async def counts(service: Service, table: Table) -> dict[str, int]:
    """Household → count."""
    async with service.database.read() as db:
        return {row.household_id: row.times for row in (await db.execute(select(table))).all()}


async def days(service: Service) -> list[str]:
    """The days the job kept, in order."""
    async with service.database.read() as db:
        return list((await db.execute(select(job_days.c.day).order_by(job_days.c.day))).scalars())


async def _count(tx: Tx, table: Table, household: str) -> None:
    dialect = sqlite_insert if tx.service.database.is_sqlite else pg_insert
    statement = dialect(table).values(household_id=household, times=1)
    statement = statement.on_conflict_do_update(
        index_elements=["household_id"], set_={"times": func.coalesce(table.c.times, 0) + 1}
    )
    await tx.execute(statement)
