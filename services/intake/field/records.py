"""Forms and tasks for the tablet, and the records it brings."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict
from typing import Any

from fastapi import APIRouter, Request, Response
from fastapi.responses import JSONResponse

from services.common.policy.law import Conflict, Missing
from services.common.runtime.adapter import translate
from services.common.runtime.http import SignedIn
from services.common.runtime.letters import LetterKey
from services.common.runtime.service import Service
from services.intake.commands.visits import Arrival, ReceiveVisit, VisitReceived
from services.intake.field import reading
from services.intake.field.asking import may, visit_for
from services.intake.field.receipts import ReceiptKey
from services.intake.model.visits import Visit
from services.intake.queries import field as queries
from services.intake.storage import visits as storage


def router(service: Service, key: Callable[[], ReceiptKey]) -> APIRouter:
    api = APIRouter(prefix="/field/v1", tags=["field"])

    async def receipt_for(visit: Visit) -> dict[str, object]:
        return key().sign(await queries.receipt(visit, service.documents))

    @api.get("/keys")
    async def keys() -> dict[str, Any]:
        """What verifies our receipts, and what seals work that only we may open."""
        return {"keys": [key().jwk, LetterKey.from_settings(service.settings).jwk]}

    @api.get("/forms")
    async def forms(actor: SignedIn) -> list[dict[str, Any]]:
        async with service.reading(actor) as tx:
            await may("read-forms", tx)
            return [asdict(form) for form in await queries.forms(tx)]

    @api.get("/forms/{form_id}/{version}")
    async def form(form_id: str, version: str, actor: SignedIn) -> Response:
        async with service.reading(actor) as tx:
            await may("read-forms", tx)
            found = await storage.find_form(tx, form_id, version)
        if found is None:
            raise Missing("这个版本的表单")
        return Response(found.xform, media_type="text/xml; charset=utf-8")

    @api.get("/tasks")
    async def tasks(actor: SignedIn) -> list[dict[str, Any]]:
        async with service.reading(actor) as tx:
            await may("read-tasks", tx)
            return [asdict(task) for task in await queries.tasks(tx)]

    @api.post("/visits")
    async def receive(request: Request, actor: SignedIn) -> JSONResponse:
        command = translate(reading.envelope(await reading.body_of(request)), ReceiveVisit)
        arrived: VisitReceived = await service.perform(command, actor)
        # Raised only now: the merge task is committed with the other content in it.
        if arrived.arrival is Arrival.OTHER:
            raise Conflict("这个编号已收到过不同的内容，两份都已保留，由承办人核对合并；请勿再次提交")
        status = 201 if arrived.arrival is Arrival.NEW else 200
        return JSONResponse(await receipt_for(arrived.visit), status)

    @api.get("/visits/{visit_id}/receipt")
    async def receipt(visit_id: str, actor: SignedIn) -> JSONResponse:
        visit = await visit_for(service, actor, visit_id, "read-receipt")
        return JSONResponse(await receipt_for(visit))

    return api
