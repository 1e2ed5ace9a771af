"""Jobs are what time triggers. A run is entered once for its period, in the transaction of its effects."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

import structlog
from sqlalchemy import func, insert, select
from sqlalchemy.exc import IntegrityError

from services.common.policy.calendar import SHANGHAI, legal_day
from services.common.runtime import tables, trace
from services.common.runtime.actor import SYSTEM
from services.common.runtime.service import Service
from services.common.runtime.tx import Tx

log = structlog.get_logger()
LANE = "all"


@dataclass(frozen=True, slots=True)
class Job:
    """Runs once a day at `at` (Shanghai). `work` gets the day it runs for, also when it catches up later."""

    name: str
    at: time
    work: Callable[[date, Tx], Awaitable[None]]

    def due_at(self, day: date) -> datetime:
        return datetime.combine(day, self.at, SHANGHAI)

    def next_after(self, instant: datetime) -> datetime:
        """The next instant, later than `instant`, at which this job is due."""
        today = self.due_at(legal_day(instant))
        return today if today > instant else self.due_at(legal_day(instant) + timedelta(days=1))


def next_due(service: Service) -> datetime | None:
    """When the next job of this service is due."""
    now = service.clock.now()
    return min((job.next_after(now) for job in service.blueprint.jobs), default=None)


async def run_due(service: Service) -> int:
    """Run every job that is due, missed days in order; how many runs were made.

    A job that fails holds its own later days, never another job; its failure is raised at the end.
    """
    runs = 0
    failures: list[Exception] = []
    for job in service.blueprint.jobs:
        try:
            for day in await _days_owed(service, job):
                runs += await _run_once(service, job, day)
        except Exception as error:
            log.warning(
                "job.failed", service=service.name, job=job.name, reason=f"{type(error).__name__}: {error}"
            )
            failures.append(error)
    if failures:
        raise ExceptionGroup(f"{len(failures)} jobs of {service.name} failed", failures)
    return runs


async def owed(service: Service) -> int:
    """How many runs are due and not made."""
    return sum([len(await _days_owed(service, job)) for job in service.blueprint.jobs])


async def _days_owed(service: Service, job: Job) -> list[date]:
    now = service.clock.now()
    last_due = legal_day(now) if job.due_at(legal_day(now)) <= now else legal_day(now) - timedelta(days=1)
    runs = tables.job_runs
    async with service.database.read() as db:
        newest = (await db.execute(select(func.max(runs.c.period)).where(runs.c.job == job.name))).scalar()
    first = date.fromisoformat(newest) + timedelta(days=1) if newest else last_due
    return [first + timedelta(days=n) for n in range((last_due - first).days + 1)]


async def _run(service: Service, job: Job, day: date) -> None:
    entry = {"job": job.name, "lane": LANE, "period": day.isoformat()}
    async with service.transaction(SYSTEM, kind="job") as tx:
        # The unique row comes first: of two hosts, one waits here and then finds the run taken.
        await tx.execute(insert(tables.job_runs).values(**entry, ran_at=tx.now))
        await job.work(day, tx)


async def _run_once(service: Service, job: Job, day: date) -> int:
    try:
        with trace.span(job.name, service=service.name):
            await _run(service, job, day)
    except IntegrityError as error:
        if "job_runs" not in str(error.orig):
            raise
        return 0
    log.info("job.ran", service=service.name, job=job.name, period=day.isoformat())
    return 1
