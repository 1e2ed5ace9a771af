"""What a tablet fetches: its villages by delta, and the values of the law."""

from __future__ import annotations

import gzip
import json
from dataclasses import asdict

from fastapi import APIRouter, Request, Response

from services.common.runtime import audit
from services.common.runtime.http import SignedIn
from services.common.runtime.service import Service
from services.intake.field.asking import may
from services.intake.queries import pull as queries
from services.intake.rules.pull import MOST_ITEMS

WORTH_PACKING = 1_000


def router(service: Service) -> APIRouter:
    api = APIRouter(prefix="/field/v1", tags=["field"])

    @api.get("/pull")
    async def pull(request: Request, actor: SignedIn, cursor: str = "", limit: int = MOST_ITEMS) -> Response:
        async with service.reading(actor) as tx:
            await may("pull", tx)
            page = await queries.page(tx, cursor, limit)
            # Who carries which village's households home stands in the audit before they leave.
            villages = {str(one.content["village"]) for one in page.items if one.content}
            await audit.look(tx, "pull", *((village, actor.device) for village in sorted(villages)))
            return packed(request, asdict(page))

    @api.get("/policy")
    async def policy(request: Request, actor: SignedIn) -> Response:
        async with service.reading(actor) as tx:
            await may("read-forms", tx)
            return packed(request, {"revision": tx.policy.revision, "document": tx.policy.to_json()})

    return api


def packed(request: Request, answer: dict[str, object]) -> Response:
    """JSON, compressed where it is worth it: a village's line is thin."""
    body = json.dumps(answer, ensure_ascii=False, separators=(",", ":")).encode()
    headers = {"Vary": "Accept-Encoding", "Cache-Control": "no-store"}
    if len(body) > WORTH_PACKING and "gzip" in request.headers.get("accept-encoding", ""):
        body = gzip.compress(body, compresslevel=5)
        headers["Content-Encoding"] = "gzip"
    return Response(body, media_type="application/json", headers=headers)
