"""Outreach in the office: library and search, who read what, what was held, what is missing."""

from __future__ import annotations

import re
from collections import defaultdict
from pathlib import Path
from urllib.parse import quote

from fastapi import APIRouter, Request, Response
from fastapi.responses import RedirectResponse

from services.common.pages.acts import Act, Choice, Errors, Field, Kind
from services.common.pages.looking import areas_held, looking, may
from services.common.pages.office import Office
from services.common.pages.session import OfficeRoute
from services.common.papers import qr
from services.common.policy.areas import DISTRICT
from services.common.policy.articles import R10_1, R10_3, R10_4
from services.common.policy.law import Forbidden, Invalid, Missing, Refused
from services.common.runtime.actor import Actor
from services.common.runtime.adapter import translate
from services.common.runtime.gate import Place
from services.common.runtime.http import SignedIn
from services.common.runtime.ids import new_id
from services.common.runtime.service import Service
from services.common.runtime.tx import Tx
from services.disclosure.access import ACCESS
from services.disclosure.commands.outreach import (
    AttendTraining,
    HoldTraining,
    PlanTraining,
    PublishDocument,
    RecordActivity,
    RecordReading,
    RecordStudy,
)
from services.disclosure.model.ids import DocumentId, TrainingId
from services.disclosure.model.outreach import Channel, DocumentKind
from services.disclosure.queries.outreach import found_in_library, owed_in
from services.disclosure.rules.outreach import in_force
from services.disclosure.storage import outreach

HERE = Path(__file__).parents[1]
DONE = {
    "activity": "宣传已登记。",
    "study": "调研已登记。",
    "training": "培训已列入计划。",
    "held": "培训情况已登记。",
    "attend": "签到成功。",
}


def routes(service: Service) -> APIRouter:
    """Everything under /disclosure/library, /disclosure/outreach and /disclosure/trainings."""
    office = Office(service, HERE)
    router = APIRouter(prefix="/disclosure", route_class=OfficeRoute, include_in_schema=False)

    @router.get("/library")
    async def library(request: Request, actor: SignedIn, q: str = "") -> Response:
        area = home(actor, "read-library")
        async with looking(service, actor, "read-library", Place(area)) as tx:
            found = await found_in_library(q, tx)
            read = await outreach.has_read(tx, actor.id)
            return office.page(
                request,
                "library.html",
                q=q,
                lines=[
                    (one, (one.document_id, one.version) in read, in_force(one, tx.today)) for one in found
                ],
                may_publish=await may(tx, "publish-document", Place(DISTRICT.code)),
                today=tx.today,
            )

    @router.get("/library/publish")
    async def form(request: Request, actor: SignedIn, document: str = "") -> Response:
        return await _publishing(office, request, actor, {"document_id": document or new_id()}, Errors())

    @router.post("/library/publish")
    async def publish(request: Request, actor: SignedIn) -> Response:
        sent = await request.form()
        typed = {key: value for key, value in sent.items() if isinstance(value, str)}
        file = sent.get("file")
        content = b"" if file is None or isinstance(file, str) else await file.read()
        name = "" if file is None or isinstance(file, str) else str(file.filename or "")
        reviewed = typed.get("words_reviewed") == "yes"
        try:
            values = {**typed, "words_reviewed": reviewed, "valid_until": typed.get("valid_until") or None}
            command = translate({**values, "file_name": name, "file_content": content}, PublishDocument)
            await service.perform(command, actor)
        except (Invalid, Refused) as error:
            wrong = Errors(error.message, getattr(error, "article", None))
            return await _publishing(office, request, actor, typed, wrong)
        return RedirectResponse(f"/disclosure/library/{typed['document_id']}", 303)

    @router.get("/library/{document_id}")
    async def document(document_id: str, request: Request, actor: SignedIn) -> Response:
        area = home(actor, "read-library")
        async with looking(service, actor, "read-library", Place(area)) as tx:
            found = await outreach.load_document(tx, DocumentId(document_id))
            return office.page(
                request,
                "document.html",
                document=found,
                is_read=(found.document_id, found.version) in await outreach.has_read(tx, actor.id),
                readers=await outreach.readers_of(tx, found),
                may_publish=await may(tx, "publish-document", Place(DISTRICT.code)),
                in_force=in_force(found, tx.today),
                today=tx.today,
            )

    @router.post("/library/{document_id}/read")
    async def read(document_id: str, request: Request, actor: SignedIn) -> Response:
        version = str((await request.form()).get("version", ""))
        await service.perform(
            translate({"document_id": document_id, "version": version}, RecordReading), actor
        )
        return RedirectResponse(f"/disclosure/library/{document_id}", 303)

    @router.get("/library/{document_id}/file")
    async def file(document_id: str, actor: SignedIn) -> Response:
        area = home(actor, "read-library")
        async with looking(service, actor, "read-library", Place(area)) as tx:
            found = await outreach.load_document(tx, DocumentId(document_id))
        if not found.file_sha256:
            raise Missing("这份文件的附件")
        content = b"".join([chunk async for chunk in service.documents.stream(found.file_sha256)])
        headers = {"Content-Disposition": f"attachment; filename*=UTF-8''{quote(found.file_name)}"}
        return Response(content, media_type="application/octet-stream", headers=headers)

    @router.get("/outreach")
    async def year(request: Request, actor: SignedIn, done: str = "") -> Response:
        area = home(actor, "read-outreach")
        async with looking(service, actor, "read-outreach", Place(area)) as tx:
            now = tx.today.year
            return office.page(
                request,
                "outreach.html",
                done=DONE.get(done, ""),
                year=now,
                owed=await owed_in(area, tx),
                trainings=await outreach.trainings_in(tx, area, now),
                activities=await outreach.activities_in(tx, area, now),
                studies=await outreach.studies_in(tx, area, now),
                may_record=await may(tx, "record-activity", Place(area)),
                may_train=await may(tx, "plan-training", Place(area)),
                today=tx.today,
            )

    for slug, (action_name, build) in FORMS.items():
        _add(router, office, slug, action_name, build)

    @router.get("/trainings/{training_id}")
    async def training(training_id: str, request: Request, actor: SignedIn, done: str = "") -> Response:
        area = home(actor, "read-outreach")
        async with looking(service, actor, "read-outreach", Place(area)) as tx:
            found = await outreach.load_training(tx, TrainingId(training_id))
            mine = found.area.startswith(area)
            site = service.settings.office_url.rstrip("/")
            address = f"{site}/disclosure/trainings/{training_id}/attend?code={found.code}"
            return office.page(
                request,
                "training.html",
                done=DONE.get(done, ""),
                training=found,
                there=await outreach.attendances_of(tx, found.training_id) if mine else [],
                code=_large(qr.drawn(address))
                if mine and await may(tx, "hold-training", Place(found.area))
                else "",
                today=tx.today,
            )

    _add_training(router, office, "held", "hold-training", _held)
    _add_training(router, office, "attend", "attend-training", _attend)
    return router


def _large(code: str) -> str:
    """The code as large as a room reads it; its size in signs becomes its view."""
    side = re.search(r'width="(\d+)" height="\d+"', code)
    large = 'viewBox="0 0 {0} {0}" width="280" height="280"'
    return code.replace(side[0], large.format(side[1]), 1) if side else code


def home(actor: Actor, action_name: str) -> str:
    """The area in which the actor works on this; Forbidden where there is none."""
    held = areas_held(actor, ACCESS[action_name])
    if not held:
        raise Forbidden("您的岗位不办理政策宣传培训事项")
    return held[0]


async def _publishing(
    office: Office, request: Request, actor: Actor, typed: dict[str, str], errors: Errors
) -> Response:
    async with looking(office.service, actor, "publish-document", Place(DISTRICT.code)) as tx:
        status = errors.status if errors else 200
        shown = defaultdict(str, {"document_id": new_id(), **typed})
        return office.page(
            request, "publish.html", status, typed=shown, errors=errors, kinds=DocumentKind, today=tx.today
        )


def _add(router: APIRouter, office: Office, slug: str, action_name: str, build) -> None:  # type: ignore[no-untyped-def]
    """The form of a record of the actor's own area."""

    async def built(actor: SignedIn) -> Act:
        area = home(actor, action_name)
        async with looking(office.service, actor, action_name, Place(area)) as tx:
            made: Act = build(area, tx)
            return made

    @router.get(f"/outreach/{slug}")
    async def form(request: Request, actor: SignedIn) -> Response:
        return office.form(request, await built(actor))

    @router.post(f"/outreach/{slug}")
    async def act(request: Request, actor: SignedIn) -> Response:
        return await office.act(request, await built(actor), actor)


def _add_training(router: APIRouter, office: Office, slug: str, action_name: str, build) -> None:  # type: ignore[no-untyped-def]
    """A form on one training."""

    async def built(training_id: str, request: Request, actor: SignedIn) -> Act:
        async with office.service.reading(actor) as tx:
            found = await outreach.load_training(tx, TrainingId(training_id))
        place = Place(found.area if slug == "held" else home(actor, action_name))
        async with looking(office.service, actor, action_name, place) as tx:
            made: Act = build(found, request.query_params.get("code", ""), tx)
            return made

    @router.get(f"/trainings/{{training_id}}/{slug}")
    async def form(training_id: str, request: Request, actor: SignedIn) -> Response:
        return office.form(request, await built(training_id, request, actor))

    @router.post(f"/trainings/{{training_id}}/{slug}")
    async def act(training_id: str, request: Request, actor: SignedIn) -> Response:
        return await office.act(request, await built(training_id, request, actor), actor)


def _activity(area: str, tx: Tx) -> Act:
    channels = [Choice(one.value, one.chinese) for one in Channel]
    return _record(
        "activity",
        "登记政策宣传",
        RecordActivity,
        {"area": area},
        (
            Field(name="activity_id", label="编号", kind=Kind.HIDDEN, start=new_id()),
            Field(name="channel", label="渠道", kind=Kind.RADIO, choices=channels),
            Field(name="title", label="内容", hint="宣传了什么政策，或者公布了什么结果"),
            Field(name="held_on", label="日期", kind=Kind.DAY, start=tx.today.isoformat()),
            Field(name="copies", label="发放材料（份）", start="0"),
            Field(name="reach", label="覆盖人数", start="0"),
            Field(name="proof", label="凭证", required=False, hint="网址，或照片存放处"),
        ),
        R10_1,
    )


def _study(area: str, tx: Tx) -> Act:
    return _record(
        "study",
        "登记调研",
        RecordStudy,
        {"area": area},
        (
            Field(name="study_id", label="编号", kind=Kind.HIDDEN, start=new_id()),
            Field(name="place", label="地点"),
            Field(name="topic", label="主题"),
            Field(name="held_on", label="日期", kind=Kind.DAY, start=tx.today.isoformat()),
            Field(name="findings", label="发现的问题和建议", kind=Kind.AREA),
        ),
        R10_3,
    )


def _training(area: str, tx: Tx) -> Act:
    return _record(
        "training",
        "列入培训计划",
        PlanTraining,
        {"area": area},
        (
            Field(name="training_id", label="编号", kind=Kind.HIDDEN, start=new_id()),
            Field(name="title", label="培训名称"),
            Field(name="planned_on", label="计划日期", kind=Kind.DAY, start=tx.today.isoformat()),
        ),
        R10_4,
    )


def _held(training, _: str, tx: Tx) -> Act:  # type: ignore[no-untyped-def]
    fields = (
        Field(name="held_on", label="举办日期", kind=Kind.DAY, start=tx.today.isoformat()),
        Field(name="material", label="培训内容和材料", kind=Kind.AREA),
        Field(name="questions", label="提出的问题和解答", kind=Kind.AREA, required=False),
        Field(name="cases", label="案例分析", kind=Kind.AREA, required=False),
    )
    fixed = {"training_id": training.training_id}
    back = f"/disclosure/trainings/{training.training_id}"
    return _record("held", f"登记培训情况：{training.title}", HoldTraining, fixed, fields, R10_4, back)


def _attend(training, code: str, _: Tx) -> Act:  # type: ignore[no-untyped-def]
    fields = (Field(name="code", label="签到码", start=code, hint="扫现场二维码会自动填好"),)
    fixed = {"training_id": training.training_id}
    back = f"/disclosure/trainings/{training.training_id}"
    return _record("attend", f"培训签到：{training.title}", AttendTraining, fixed, fields, R10_4, back)


def _record(slug, title, command, fixed, fields, article, back="/disclosure/outreach") -> Act:  # type: ignore[no-untyped-def]
    crumbs = (("宣传培训", "/disclosure/outreach"),)
    submit = {"attend": "签到", "training": "列入计划"}.get(slug, "登记")
    return Act(
        slug=slug,
        title=title,
        command=command,
        back=back,
        submit=submit,
        fixed=fixed,
        fields=fields,
        articles=(article,),
        crumbs=crumbs,
    )


FORMS = {
    "activity": ("record-activity", _activity),
    "study": ("record-study", _study),
    "training": ("plan-training", _training),
}
