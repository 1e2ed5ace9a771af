"""A township's relief desk for tests: the hall with a limit, a fund, and shorter words for its acts."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import date
from typing import Any

from services.common.contracts import disclosure, intake
from services.common.policy.parameters import Policy, Revision
from services.common.policy.roles import Role
from services.common.runtime.actor import Actor
from services.common.runtime.ids import new_id
from tests.integration.approval.hall import (
    DISTRICT_LEADER,
    HANDLER,
    HEAD,
    LEADER,
    TOWNSHIP,
    VILLAGE,
    Hall,
    open_hall,
    somebody,
)

FINANCE = somebody("finance", Role.FINANCE)
LIMIT_FEN = 200_000
MONDAY = date(2026, 10, 12)


class Desk(Hall):
    """The hall, at the desk for temporary relief."""

    async def limited(self, fen: int = LIMIT_FEN) -> None:
        """The district says up to which amount the township's head approves."""
        shipped = Policy.shipped()
        what = shipped.definition("relief.township_limit_fen")
        row = what.row(fen, date(2026, 1, 1), "区民政局通知", confirmed=True)
        policy = shipped.with_revision(Revision(1, (row,)))
        document = json.dumps(policy.to_json(), ensure_ascii=False)
        await self.hears(intake.PolicyChanged(revision=1, document=document))

    async def funded(self, fen: int) -> str:
        """The township asks, the district allocates."""
        request_id = new_id()
        await self.calls(HEAD, "RequestFund", request_id=request_id, township=TOWNSHIP, amount_fen=fen)
        await self.calls(DISTRICT_LEADER, "AllocateFund", request_id=request_id, amount_fen=fen)
        return request_id

    async def emergency(self, by: Actor = LEADER, **change: Any) -> Any:
        request = {
            "relief_id": new_id(),
            "household_id": "household-1",
            "township": TOWNSHIP,
            "village": VILLAGE,
            "head_name": "李四",
            "cause": "fire",
            "object_category": "other",
            "amount_fen": 100_000,
            "handler_id": HANDLER.id,
            "source": "fund",
        }
        return await self.calls(by, "GrantEmergency", **(request | change))

    async def requested(self, amount_fen: int = 100_000, **change: Any) -> str:
        """An expenditure-type request that the handler proposes."""
        relief_id = str(change.pop("relief_id", new_id()))
        request = {
            "relief_id": relief_id,
            "household_id": "household-1",
            "township": TOWNSHIP,
            "village": VILLAGE,
            "head_name": "李四",
            "kind": "expenditure",
            "cause": "illness",
            "object_category": "edge",
        }
        stages = change.pop("instalments", ())
        await self.calls(HANDLER, "RequestRelief", **(request | change))
        await self.calls(
            HANDLER, "ProposeRelief", relief_id=relief_id, amount_fen=amount_fen, instalments=stages
        )
        return relief_id

    async def publicised(self, relief_id: str, day: date, revision: int = 1) -> None:
        of = {"case_id": relief_id, "household_id": "household-1", "township": TOWNSHIP}
        period = {"kind": "expenditure", "revision": revision, "publicity_id": "publicity-9"}
        await self.hears(
            disclosure.PublicityPosted(
                **of, **period, posted_on="2026-09-28", ends_on="2026-10-08", decidable_on=day.isoformat()
            ),
            disclosure.PublicityConcluded(**of, **period, concluded_on="2026-10-08"),
        )

    async def proposed_and_public(self, amount_fen: int = 100_000, **change: Any) -> str:
        relief_id = await self.requested(amount_fen, **change)
        await self.publicised(relief_id, date(2026, 10, 9))
        return relief_id

    async def relief(self, relief_id: str) -> Any:
        return (await self.calls(HANDLER, "GetRelief", relief_id=relief_id)).relief

    async def fund(self) -> Any:
        return await self.calls(FINANCE, "GetFund", township=TOWNSHIP)

    async def told(self, subject: str) -> list[str]:
        """The sentences that stand with a relief or a fund."""
        return [text for _, text in await self.found(subject)]

    async def found(self, subject: str) -> list[tuple[str, str]]:
        from sqlalchemy import select

        from services.common.runtime.tables import findings

        async with self.service.database.read() as db:
            wanted = select(findings).where(findings.c.case_id == subject).order_by(findings.c.seq)
            return [(row.article, row.facts["text"]) for row in await db.execute(wanted)]


@asynccontextmanager
async def open_desk(day: date = MONDAY, database_url: str = "") -> AsyncIterator[Desk]:
    async with open_hall(day, database_url) as hall:
        yield Desk(hall.service, hall.clock, hall.streams)
