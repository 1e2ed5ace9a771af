"""A service exactly as `jiuzhu serve` runs it, with a tap: one more command that publishes many events."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

import uvloop
from fastapi import APIRouter, Request

from services import launch
from services.common.contracts import intake
from services.common.policy.areas import DISTRICT
from services.common.policy.law import Invalid
from services.common.runtime import observe, runner
from services.common.runtime.actor import SYSTEM
from services.common.runtime.doors import EVERYBODY
from services.common.runtime.gate import Act, Place, allow
from services.common.runtime.runner import Addresses
from services.common.runtime.service import Blueprint, Service
from services.common.runtime.settings import Settings
from services.common.runtime.tx import Tx

TOWNSHIP = "140403103"
MOST = 2000
PATH = "/bench/announce/{kind}/{prefix}/{first}/{count}"
VISITED, RECUSED = "visited", "recused"


@dataclass(frozen=True, slots=True, kw_only=True)
class Announce:
    """Publish `count` events of one kind, each of another household: `first`, `first` + 1 and so on."""

    kind: str
    prefix: str
    first: int
    count: int


async def announce(cmd: Announce, tx: Tx) -> None:
    for number in range(cmd.first, cmd.first + cmd.count):
        tx.publish(event(cmd.kind, f"{cmd.prefix}-{number}"))


def event(kind: str, household: str) -> Any:
    """One event as services publish it: with an effect at its listener, or one that it only takes note of."""
    if kind == RECUSED:
        return intake.RecusalChanged(household_id=household, township=TOWNSHIP, staff_ids=["staff-1"])
    return intake.VisitRecorded(
        visit_id=f"visit-{household}",
        case_id=f"case-{household}",
        household_id=household,
        township=TOWNSHIP,
        village=f"{TOWNSHIP}901",
        kind="visit",
        visited_on="2026-09-14",
        surveyor_ids=["staff-1", "staff-2"],
        form_id="visit",
        form_version="2026090101",
    )


def tapped(blueprint: Blueprint) -> Blueprint:
    """The blueprint with the tap: its command, its row of access, its route."""

    async def locate(cmd: object, tx: Tx) -> Place:
        if isinstance(cmd, Announce):
            return Place(DISTRICT.code, subject=cmd.prefix)
        return await blueprint.locate(cmd, tx)

    def routes(service: Service) -> Sequence[APIRouter]:
        others = blueprint.routes(service) if blueprint.routes else ()
        return [*others, _route(service)]

    return replace(
        blueprint,
        acts={**blueprint.acts, Announce: Act(Announce, announce, "bench-announce")},
        access={**blueprint.access, "bench-announce": allow()},
        locate=locate,
        routes=routes,
        doors={**blueprint.doors, f"POST {PATH}": EVERYBODY},
    )


def _route(service: Service) -> APIRouter:
    router = APIRouter(include_in_schema=False)

    @router.post(PATH)
    async def tap(kind: str, prefix: str, first: int, count: int, request: Request) -> dict[str, int]:
        if count > MOST:
            raise Invalid("count", f"最多{MOST}")
        await service.perform(Announce(kind=kind, prefix=prefix, first=first, count=count), SYSTEM)
        return {"count": count}

    return router


async def _ready(addresses: Addresses) -> None:
    print(addresses.http, flush=True)


def main(service: str) -> None:
    """Run one service with the tap, in development mode only."""
    observe.configure_logging()
    settings = Settings()
    if not settings.is_development:
        raise SystemExit("the tap runs in development mode only")
    [blueprint] = launch.blueprints([service])
    uvloop.run(runner.run_until_signal([tapped(blueprint)], settings, _ready))


if __name__ == "__main__":
    main(sys.argv[1])
