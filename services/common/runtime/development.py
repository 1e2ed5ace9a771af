"""The development clock's wire: a process shows its time and event counts, and can be stepped forward."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Sequence
from datetime import datetime
from typing import Any

import httpx
from fastapi import APIRouter
from pydantic import BaseModel
from sqlalchemy import func, select

from services.common.runtime import scheduler, tables
from services.common.runtime.clock import DevelopmentClock
from services.common.runtime.service import Service

DRAIN_SECONDS = 60.0
FIRST_LOOK_SECONDS = 0.005
LATER_LOOK_SECONDS = 0.1


class Step(BaseModel):
    """Where the clock shall stand; an instant with its zone."""

    to: datetime


def development_routes(services: Sequence[Service], clock: DevelopmentClock) -> APIRouter:
    """Routes that production mode never mounts."""
    router = APIRouter(prefix="/dev", include_in_schema=False)

    @router.get("/clock")
    async def show() -> dict[str, Any]:
        due = [instant for service in services if (instant := scheduler.next_due(service))]
        return {
            "now": clock.now().isoformat(),
            "next_due": min(due).isoformat() if due else None,
            "services": {service.name: await _counts(service) for service in services},
        }

    @router.post("/clock")
    async def step(step: Step) -> dict[str, str]:
        clock.advance_to(step.to)
        return {"now": clock.now().isoformat()}

    @router.post("/jobs")
    async def jobs() -> dict[str, int]:
        return {service.name: await scheduler.run_due(service) for service in services}

    return router


async def _counts(service: Service) -> dict[str, Any]:
    """How many events were published, and taken in from each publisher this service listens to."""
    async with service.database.read() as db:
        published = (await db.execute(select(func.coalesce(func.sum(tables.streams.c.version), 0)))).scalar()
        rows = await db.execute(
            select(tables.inbox.c.publisher, func.sum(tables.inbox.c.version)).group_by(
                tables.inbox.c.publisher
            )
        )
        taken = {publisher: int(total) for publisher, total in rows.all()}
    return {
        "published": int(published or 0),
        "taken": {name: taken.get(name, 0) for name in service.publishers},
    }


class NotDrained(RuntimeError):
    """Events were still on their way after a minute."""


async def now(addresses: Sequence[str]) -> datetime:
    """The earliest clock of the running processes."""
    async with httpx.AsyncClient(timeout=30) as http:
        return min(datetime.fromisoformat(state["now"]) for state in await _states(http, addresses))


async def drain(addresses: Sequence[str], seconds: float = DRAIN_SECONDS) -> None:
    """Wait until every listener has taken in all that was published: stream versions equal inbox cursors."""
    async with httpx.AsyncClient(timeout=30) as http:
        await _drained(http, addresses, seconds)


async def advance(addresses: Sequence[str], to: datetime) -> None:
    """Move all processes to `to`, stopping at every due instant to run its jobs and let the events settle."""
    async with httpx.AsyncClient(timeout=120) as http:
        states = await _drained(http, addresses)
        while True:
            due = [datetime.fromisoformat(state["next_due"]) for state in states if state["next_due"]]
            step = min([*due, to])
            for path, body in (("/dev/clock", {"to": step.isoformat()}), ("/dev/jobs", {})):
                answers = await asyncio.gather(*(http.post(base + path, json=body) for base in addresses))
                for answer in answers:
                    answer.raise_for_status()
            states = await _drained(http, addresses)
            if step >= to:
                return


async def _drained(
    http: httpx.AsyncClient, addresses: Sequence[str], seconds: float = DRAIN_SECONDS
) -> list[dict[str, Any]]:
    """The states of all processes once no event is on its way."""
    end = time.monotonic() + seconds
    pause = FIRST_LOOK_SECONDS
    while waiting := _waiting(states := await _states(http, addresses)):
        if time.monotonic() > end:
            raise NotDrained("; ".join(waiting))
        await asyncio.sleep(pause)
        pause = min(pause * 2, LATER_LOOK_SECONDS)
    return states


async def _states(http: httpx.AsyncClient, addresses: Sequence[str]) -> list[dict[str, Any]]:
    answers = await asyncio.gather(*(http.get(base + "/dev/clock") for base in addresses))
    for answer in answers:
        answer.raise_for_status()
    return [answer.json() for answer in answers]


def _waiting(states: Sequence[dict[str, Any]]) -> list[str]:
    counts = {name: count for state in states for name, count in state["services"].items()}
    return [
        f"{listener} has taken {taken} of {counts[publisher]['published']} from {publisher}"
        for listener, count in counts.items()
        for publisher, taken in count["taken"].items()
        if publisher in counts and taken != counts[publisher]["published"]
    ]
