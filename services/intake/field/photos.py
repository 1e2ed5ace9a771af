"""Photos by the core protocol of tus 1.0: what a visit announced may be uploaded, nothing else."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from dataclasses import dataclass, replace
from weakref import WeakValueDictionary

import structlog
from fastapi import APIRouter, Request, Response
from starlette.requests import ClientDisconnect

from services.common.policy.law import Conflict, Invalid, Missing, TooLarge
from services.common.runtime.actor import Actor
from services.common.runtime.http import SignedIn
from services.common.runtime.service import Service
from services.intake.commands.visits import RecordPhoto
from services.intake.field import reading
from services.intake.field.asking import photo_for
from services.intake.model.ids import VisitId
from services.intake.model.visits import PhotoState
from services.intake.queries import field as queries
from services.intake.rules import photos as rules
from services.intake.storage import visits as storage

log = structlog.get_logger()

IDLE_SECONDS = 30.0
PREFIX = "/field/v1/photos"
TUS = {"Tus-Resumable": "1.0.0"}
OFFSET_TYPE = "application/offset+octet-stream"


@dataclass(frozen=True, slots=True)
class _Upload:
    """One announced photo on its way."""

    visit_id: VisitId
    sha256: str
    size: int
    verified: bool

    @property
    def id(self) -> str:
        return queries.upload_of(self.visit_id, self.sha256)

    @property
    def path(self) -> str:
        return f"{PREFIX}/{self.visit_id}/{self.sha256}"


def router(service: Service) -> APIRouter:
    api = APIRouter(prefix=PREFIX, tags=["field"])
    writing: WeakValueDictionary[str, asyncio.Lock] = WeakValueDictionary()

    @api.options("")
    async def abilities() -> Response:
        limit = {"Tus-Max-Size": str(service.settings.photo_limit_bytes)}
        known = {"Tus-Version": "1.0.0", "Tus-Extension": "creation"}
        return Response(status_code=204, headers=TUS | limit | known)

    @api.post("")
    async def create(request: Request, actor: SignedIn) -> Response:
        length = reading.number(request, "Upload-Length")
        limit = service.settings.photo_limit_bytes
        if length > limit:
            raise TooLarge("Upload-Length", f"照片最大{limit // 1_000_000}MB，请调低相机分辨率后重拍")
        named = reading.metadata(request.headers.get("Upload-Metadata", ""))
        upload = await _announced(service, actor, named.get("visit_id", ""), named.get("sha256", ""))
        if length != upload.size:
            raise Invalid("Upload-Length", f"与申报的大小({upload.size}字节)不一致，请传申报的那张照片")
        upload = await _recognise(service, actor, upload)
        offset = {"Upload-Offset": str(await _offset(service, upload))}
        return Response(status_code=201, headers=TUS | {"Location": upload.path} | offset)

    @api.head("/{visit_id}/{sha256}")
    async def progress(visit_id: str, sha256: str, actor: SignedIn) -> Response:
        upload = await _announced(service, actor, visit_id, sha256)
        upload = await _recognise(service, actor, upload)
        sizes = {"Upload-Offset": str(await _offset(service, upload)), "Upload-Length": str(upload.size)}
        return Response(status_code=200, headers=TUS | sizes)

    @api.patch("/{visit_id}/{sha256}")
    async def append(visit_id: str, sha256: str, request: Request, actor: SignedIn) -> Response:
        if request.headers.get("content-type", "") != OFFSET_TYPE:
            raise Invalid("Content-Type", f"应为{OFFSET_TYPE}")
        offset = reading.number(request, "Upload-Offset")
        upload = await _announced(service, actor, visit_id, sha256)
        lock = writing.setdefault(upload.id, asyncio.Lock())
        if lock.locked():
            raise Conflict("这张照片正在另一个连接上传，请稍后查询进度再续传")
        async with lock:
            if offset != await _offset(service, upload):
                raise Conflict("续传位置与已收到的字节数不一致，请先查询进度再续传")
            received = await _append(service, upload, offset, request)
            if received == upload.size and not upload.verified:
                await _finish(service, actor, upload)
        return Response(status_code=204, headers=TUS | {"Upload-Offset": str(received)})

    return api


async def _append(service: Service, upload: _Upload, offset: int, request: Request) -> int:
    """Keep what arrives, also when the line is cut in the middle: the next try goes on at that byte."""
    if offset == upload.size:
        return offset
    try:
        return await service.documents.append(upload.id, offset, _pieces(request), upload.size)
    except (ClientDisconnect, TimeoutError):
        log.info("photo.cut", visit_id=upload.visit_id, sha256=upload.sha256)
        return await service.documents.received(upload.id)


async def _pieces(request: Request) -> AsyncIterator[bytes]:
    """The body as it comes; a line on which nothing moves is given up, so that a new one can go on."""
    stream = aiter(request.stream())
    while True:
        try:
            async with asyncio.timeout(IDLE_SECONDS):
                piece = await anext(stream)
        except StopAsyncIteration:
            return
        if piece:
            yield piece


async def _finish(service: Service, actor: Actor, upload: _Upload) -> None:
    """Look at the whole photo. It is kept before it is entered: a crash in between repeats this."""
    content = await service.documents.read_upload(upload.id)
    digest = await service.documents.digest(upload.id)
    objection = await asyncio.to_thread(rules.objection, content, upload.sha256, digest)
    if not objection:
        await service.documents.keep(upload.id, digest)
    command = RecordPhoto(visit_id=upload.visit_id, sha256=upload.sha256, objection=objection)
    await service.perform(command, actor)
    await service.documents.discard(upload.id)
    if objection:
        raise Invalid("photo", objection)


async def _recognise(service: Service, actor: Actor, upload: _Upload) -> _Upload:
    """A photo that another visit brought already is verified without being sent."""
    if upload.verified:
        return upload
    async with service.reading(actor) as tx:
        known = await storage.verified_contents(tx, {upload.sha256})
    if (upload.sha256, upload.size) not in known:
        return upload
    command = RecordPhoto(visit_id=upload.visit_id, sha256=upload.sha256, objection="")
    await service.perform(command, actor)
    await service.documents.discard(upload.id)
    return replace(upload, verified=True)


async def _offset(service: Service, upload: _Upload) -> int:
    return upload.size if upload.verified else await service.documents.received(upload.id)


async def _announced(service: Service, actor: Actor, visit_id: str, sha256: str) -> _Upload:
    """The photo as its visit announced it; anything else is not taken in."""
    photo = await photo_for(service, actor, visit_id, sha256, "record-photo")
    if photo is None:
        raise Missing("随这次走访申报的这张照片，请核对后重新提交记录")
    return _Upload(VisitId(visit_id), sha256, photo.size, photo.state is PhotoState.VERIFIED)
