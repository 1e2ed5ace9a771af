"""OpenRosa for ODK Collect: forms out, submissions in; they end in the commands of our own tablets."""

from __future__ import annotations

import asyncio
import hashlib
from collections.abc import Callable, Coroutine
from typing import Any

from fastapi import APIRouter, Depends, Request, Response
from fastapi.routing import APIRoute

from services.common.policy.law import Conflict, Forbidden, Invalid, Missing, Refused
from services.common.runtime.actor import Actor
from services.common.runtime.auth import NotSignedIn
from services.common.runtime.doors import signed_in
from services.common.runtime.http import STATUS
from services.common.runtime.service import Service
from services.intake.commands.sign_in import identify_often
from services.intake.commands.visits import Arrival, AttachPhoto, ReceiveVisit, VisitReceived
from services.intake.field import openrosa_wire as wire
from services.intake.field import submissions
from services.intake.field.asking import may, visit_for
from services.intake.model.visits import PhotoState, Visit
from services.intake.rules import photos as rules
from services.intake.storage import visits as storage

PREFIX = "/openrosa"
CHALLENGE = {"WWW-Authenticate": 'Basic realm="jiuzhu", charset="UTF-8"'}
OTHER_CONTENT = (
    "这份记录以前已收到过，这次的内容与上次不同；两份都已保留，由承办人核对合并。"
    "再次发送不会改变结果，请联系承办人"
)


class OpenRosaRoute(APIRoute):
    """Refusals go out as OpenRosa messages, which Collect shows as they are."""

    def get_route_handler(self) -> Callable[[Request], Coroutine[Any, Any, Response]]:
        handle = super().get_route_handler()

        async def answer(request: Request) -> Response:
            try:
                return await handle(request)
            except (Forbidden, Refused, Invalid, Missing, Conflict) as error:
                status = next(code for type_, code in STATUS if isinstance(error, type_))
                refusal = wire.message(error.message, status)
                if isinstance(error, NotSignedIn):
                    refusal.headers.update(CHALLENGE)
                return refusal

        return answer


def router(service: Service) -> APIRouter:
    """Collect signs in by HTTP Basic, which the common door does not know: each route does it itself."""
    api = APIRouter(prefix=PREFIX, tags=["openrosa"], route_class=OpenRosaRoute)

    async def sender(request: Request) -> Actor:
        header = request.headers.get("authorization", "")
        if header.lower().startswith("bearer "):
            return signed_in(request)
        return await identify_often(service, *wire.basic(header))

    @api.get("/formList")
    async def form_list(request: Request, actor: Actor = Depends(sender)) -> Response:
        async with service.reading(actor) as tx:
            await may("read-forms", tx)
            forms = await submissions.newest_forms(tx, request.query_params.get("formID", ""))
        return wire.form_list(forms, f"{str(request.base_url).rstrip('/')}{PREFIX}")

    @api.get("/forms/{form_id}/{version}")
    async def form(form_id: str, version: str, actor: Actor = Depends(sender)) -> Response:
        async with service.reading(actor) as tx:
            await may("read-forms", tx)
            return wire.xform(await submissions.load_form(tx, form_id, version))

    @api.get("/forms/{form_id}/{version}/manifest")
    async def manifest(form_id: str, version: str, actor: Actor = Depends(sender)) -> Response:
        async with service.reading(actor) as tx:
            await may("read-forms", tx)
            await submissions.load_form(tx, form_id, version)
        return wire.manifest()

    @api.head("/submission")
    async def where(request: Request, actor: Actor = Depends(sender)) -> Response:
        async with service.reading(actor) as tx:
            await may("read-forms", tx)
        at = {"Location": f"{str(request.base_url).rstrip('/')}{PREFIX}/submission"}
        return Response(status_code=204, headers=wire.HEADERS | at)

    @api.post("/submission")
    async def submit(request: Request, actor: Actor = Depends(sender)) -> Response:
        one = await wire.posted(request, service.settings.photo_limit_bytes)
        async with service.reading(actor) as tx:
            await may("receive-visit", tx)
            command = await submissions.envelope_of(one.xml, tx)
        received: VisitReceived = await service.perform(command, actor)
        if received.arrival is Arrival.OTHER:
            raise Conflict(OTHER_CONTENT)
        return await _attached(service, actor, command, one)

    return api


async def _attached(service: Service, actor: Actor, command: ReceiveVisit, one: wire.Posted) -> Response:
    """Take each attachment by itself; whatever was wrong with one is told after all others are kept."""
    problems: list[Invalid | Conflict | Missing] = []
    for name, content in one.files:
        try:
            await _attach(service, actor, command, name, content)
        except (Invalid, Conflict, Missing) as problem:
            problems.append(problem)
    if problems:
        raise problems[0]
    visit = await visit_for(service, actor, command.visit_id, "read-receipt")
    missing = [photo.name for photo in visit.photos if photo.state is not PhotoState.VERIFIED]
    if missing and not one.is_incomplete:
        raise Invalid("photos", f"记录已保存，但还没有收到照片：{'、'.join(missing)}；请连同这些照片重新发送")
    return _told(visit, len(missing))


def _told(visit: Visit, missing: int) -> Response:
    if visit.outcome.code:
        return wire.message(f"记录和照片已收到并存档，但没有产生效力：{visit.outcome.message}", 202)
    if missing:
        return wire.message(f"记录已收到，还有{missing}张照片待发送", 201)
    return wire.message(f"记录和全部{len(visit.photos)}张照片已收到并核对无误", 201)


async def _attach(service: Service, actor: Actor, command: ReceiveVisit, name: str, content: bytes) -> None:
    digest = hashlib.sha256(content).hexdigest()
    async with service.reading(actor) as tx:
        visit = await storage.load_visit(tx, command.visit_id)
    if visit.takes(name, digest):
        return
    objection = await asyncio.to_thread(rules.objection, content, digest)
    if not objection:
        # Kept before it is entered: a crash in between repeats this.
        await service.documents.put(content)
    attach = AttachPhoto(
        visit_id=command.visit_id, name=name, sha256=digest, size=len(content), objection=objection
    )
    await service.perform(attach, actor)
    if objection:
        raise Invalid("photo", f"记录已保存，但照片“{name}”不能收下：{objection}")
