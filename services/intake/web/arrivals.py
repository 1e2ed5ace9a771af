"""What tablets brought that waits for a person: two sides to settle, and work in quarantine to release."""

from __future__ import annotations

from dataclasses import dataclass

from fastapi import APIRouter, Request, Response

from services.common.pages.acts import Act, Choice, Field, Kind
from services.common.pages.looking import areas_held, looking
from services.common.pages.office import Office
from services.common.pages.session import OfficeRoute
from services.common.policy.areas import DISTRICT
from services.common.policy.law import Forbidden
from services.common.runtime import audit
from services.common.runtime.gate import Place
from services.common.runtime.http import SignedIn
from services.common.runtime.tx import Tx
from services.intake.access import ACCESS
from services.intake.access.places import at_merge, at_work
from services.intake.commands.merging import SettleMerge
from services.intake.commands.quarantine import RejectWork, ReleaseWork
from services.intake.model.merges import MergeKind, MergeTask
from services.intake.queries import arrivals as queries
from services.intake.queries.worklist import area_names
from services.intake.rules.merge import CONTACT
from services.intake.storage import merges
from services.intake.storage import quarantine as storage
from services.intake.storage.accounts import name_of

PAGE, ACTION = "/intake/arrivals", "list-arrivals"
DONE = {
    "settle": "已核对，结果已记录。",
    "release": "已放行，记录按原走访人登记。",
    "reject": "已注明不采用，记录留存备查。",
}
NOTHING = "（空）"


@dataclass(frozen=True, slots=True)
class _Work:
    visit_id: str


@dataclass(frozen=True, slots=True)
class _Merge:
    merge_task_id: str


def routes(office: Office) -> APIRouter:
    """The list, what a work says, and what a person decides."""
    router = APIRouter(prefix=PAGE, route_class=OfficeRoute, include_in_schema=False)
    service = office.service

    @router.get("")
    async def listed(request: Request, actor: SignedIn, done: str = "") -> Response:
        areas = areas_held(actor, ACCESS[ACTION])
        if not areas:
            raise Forbidden("您的岗位不核对平板交来的记录")
        async with looking(service, actor, ACTION, Place(areas[0], subject=areas[0])) as tx:
            tasks = await merges.merges_in(tx, areas)
            return office.page(
                request,
                "arrivals.html",
                merges=[(task, await name_of(tx, task.sent_by)) for task in tasks],
                works=await queries.works(tx, areas),
                names=await area_names(tx, DISTRICT.code),
                today=tx.today,
                done=DONE.get(done, ""),
            )

    @router.get("/works/{visit_id}")
    async def work(visit_id: str, request: Request, actor: SignedIn) -> Response:
        async with looking(service, actor, ACTION, at_work, _Work(visit_id)) as tx:
            held = await storage.load_work(tx, visit_id)
            await audit.look(tx, ACTION, (held.area, visit_id))
            told = await queries.told(tx, visit_id)
            return office.page(request, "arrival.html", work=held, told=told, today=tx.today)

    async def releasing(visit_id: str, actor: SignedIn) -> Act:
        async with looking(service, actor, "release-work", at_work, _Work(visit_id)) as tx:
            held = await storage.load_work(tx, visit_id)
        return Act(
            slug="release",
            title="放行走访记录",
            command=ReleaseWork,
            back=PAGE,
            submit="放行",
            fixed={"visit_id": visit_id},
            crumbs=(("平板来件", PAGE), ("走访记录", f"{PAGE}/works/{visit_id}")),
            facts=(("附件", f"{len(held.parts)}件"),),
            warning="放行后，记录以原走访人的名义登记，与按时发来的记录效力相同。",
            confirm="我已看过记录内容，并向走访人核实。",
        )

    async def rejecting(visit_id: str, actor: SignedIn) -> Act:
        async with looking(service, actor, "release-work", at_work, _Work(visit_id)):
            pass
        return Act(
            slug="reject",
            title="不采用走访记录",
            command=RejectWork,
            back=PAGE,
            submit="不采用",
            fixed={"visit_id": visit_id},
            crumbs=(("平板来件", PAGE), ("走访记录", f"{PAGE}/works/{visit_id}")),
            fields=(Field(name="reason", label="原因", hint="例如：与另一份记录重复"),),
        )

    async def settling(merge_task_id: str, actor: SignedIn) -> Act:
        async with looking(service, actor, "settle-merge", at_merge, _Merge(merge_task_id)) as tx:
            task = await merges.load_merge(tx, merge_task_id)
            await audit.look(tx, "settle-merge", (task.village, merge_task_id))
            return await _settling(task, tx)

    @router.get("/works/{visit_id}/release")
    async def release_form(visit_id: str, request: Request, actor: SignedIn) -> Response:
        return office.form(request, await releasing(visit_id, actor))

    @router.post("/works/{visit_id}/release")
    async def release(visit_id: str, request: Request, actor: SignedIn) -> Response:
        return await office.act(request, await releasing(visit_id, actor), actor)

    @router.get("/works/{visit_id}/reject")
    async def reject_form(visit_id: str, request: Request, actor: SignedIn) -> Response:
        return office.form(request, await rejecting(visit_id, actor))

    @router.post("/works/{visit_id}/reject")
    async def reject(visit_id: str, request: Request, actor: SignedIn) -> Response:
        return await office.act(request, await rejecting(visit_id, actor), actor)

    @router.get("/merges/{merge_task_id}")
    async def settle_form(merge_task_id: str, request: Request, actor: SignedIn) -> Response:
        return office.form(request, await settling(merge_task_id, actor))

    @router.post("/merges/{merge_task_id}")
    async def settle(merge_task_id: str, request: Request, actor: SignedIn) -> Response:
        return await office.act(request, await settling(merge_task_id, actor), actor)

    return router


async def _settling(task: MergeTask, tx: Tx) -> Act:
    """Field by field what each side says; fields of a household are chosen, of records one is noted."""
    found = await queries.differences(tx, task)
    labels = CONTACT if task.kind is MergeKind.HOUSEHOLD else {}
    facts = [
        (labels.get(one.field, one.field), f"先到：{one.kept or NOTHING}　后到：{one.brought or NOTHING}")
        for one in found
    ]
    if task.kind is MergeKind.HOUSEHOLD:
        choices = [Choice(one.field, f"{labels[one.field]}改为“{one.brought}”") for one in found]
        hint = "不勾选的项目保留先到的内容"
        fields = (
            Field(
                name="taken", label="采用后到的", kind=Kind.CHECKS, hint=hint, choices=choices, required=False
            ),
        )
    else:
        fields = (Field(name="note", label="核对结果", hint="例如：已电话核实，以先到的为准"),)
    return Act(
        slug="settle",
        title=task.kind.chinese,
        command=SettleMerge,
        back=PAGE,
        submit="核对完毕",
        fixed={"merge_task_id": task.merge_task_id},
        crumbs=(("平板来件", PAGE),),
        facts=facts,
        fields=fields,
        warning="两份都已保留；这里只定哪一份为准。",
    )
