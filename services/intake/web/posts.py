"""One's own posts, and lending one during leave."""

from __future__ import annotations

from fastapi import APIRouter, Request, Response

from services.common.pages.acts import Act, Choice, Field, Kind
from services.common.pages.looking import looking
from services.common.pages.office import Office
from services.common.pages.session import OfficeRoute
from services.common.policy.law import Invalid
from services.common.policy.roles import Post, Role
from services.common.runtime.http import SignedIn
from services.common.runtime.ids import new_id
from services.common.runtime.tx import Tx
from services.intake.access import ACCESS, at_own_post
from services.intake.commands.stand_ins import DelegatePost, EndDelegation
from services.intake.queries import handovers
from services.intake.queries import stand_ins as queries

PAGE = "/intake/posts"
CRUMBS = (("我的岗位", PAGE),)
DONE = {
    "delegate": "委托已登记，代办人登录后即可代办，办理记录注明“代”。",
    "end-delegation": "委托已终止，代办人立即不能再代办。",
    "hand-over": "已签字移交，等接任人签字接收。",
    "take-over": "已签字接收，岗位和在办事项已转到您名下。",
}


def routes(office: Office) -> APIRouter:
    """The page, and lending and taking back."""
    router = APIRouter(prefix=PAGE, route_class=OfficeRoute, include_in_schema=False)
    service = office.service

    @router.get("")
    async def shown(request: Request, actor: SignedIn, done: str = "") -> Response:
        async with service.reading(actor) as tx:
            found = await queries.own_posts(tx)
            may_lend = bool(await queries.posts_to_lend(tx))
            sees_tablets = any(post.role in ACCESS["list-devices"].roles for post in actor.posts)
            return office.page(
                request,
                "posts.html",
                found=found,
                given=await handovers.own_handovers(tx),
                may_lend=may_lend,
                sees_tablets=sees_tablets,
                today=tx.today,
                done=DONE.get(done, ""),
            )

    async def lending(request: Request, actor: SignedIn) -> Act:
        async with looking(service, actor, "delegate-post", at_own_post) as tx:
            return await _delegate(tx, await chosen_post(request, tx))

    async def ending(delegation_id: str, actor: SignedIn) -> Act:
        async with looking(service, actor, "end-delegation", at_own_post) as tx:
            return _end(await queries.lent_words(delegation_id, tx))

    @router.get("/delegate")
    async def delegate_form(request: Request, actor: SignedIn) -> Response:
        return office.form(request, await lending(request, actor))

    @router.post("/delegate")
    async def delegate(request: Request, actor: SignedIn) -> Response:
        return await office.act(request, await lending(request, actor), actor)

    @router.get("/delegations/{delegation_id}/end")
    async def end_form(delegation_id: str, request: Request, actor: SignedIn) -> Response:
        return office.form(request, await ending(delegation_id, actor))

    @router.post("/delegations/{delegation_id}/end")
    async def end(delegation_id: str, request: Request, actor: SignedIn) -> Response:
        return await office.act(request, await ending(delegation_id, actor), actor)

    return router


async def chosen_post(request: Request, tx: Tx) -> Post | None:
    """The post that was chosen: the command takes its role and its area, the form has one choice."""
    if request.method != "POST":
        return None
    role, _, area = str((await request.form()).get("post", "")).partition("@")
    if role not in set(Role):
        return None
    chosen = Post(Role(role), area)
    if chosen not in [post for post, _ in await queries.posts_to_lend(tx)]:
        raise Invalid("post", "请选择自己的岗位")
    return chosen


async def people(tx: Tx) -> list[Choice]:
    """The choice of a colleague."""
    return [Choice(one.staff_id, f"{one.name}（{one.posts}）") for one in await queries.colleagues(tx)]


async def posts_field(tx: Tx) -> Field:
    """The choice among one's own posts."""
    own = await queries.posts_to_lend(tx)
    choices = [Choice(f"{post.role.value}@{post.area}", words) for post, words in own]
    return Field(
        name="post", label="岗位", kind=Kind.RADIO, choices=choices, start=choices[0].value if choices else ""
    )


def fixed_post(chosen: Post | None) -> dict[str, str]:
    """What the command takes instead of the one choice."""
    return {"role": chosen.role.value, "area": chosen.area} if chosen else {}


async def _delegate(tx: Tx, chosen: Post | None) -> Act:
    return Act(
        slug="delegate",
        title="请假期间委托他人代办",
        command=DelegatePost,
        back=PAGE,
        submit="登记委托",
        fixed={"delegation_id": new_id(), **fixed_post(chosen)},
        crumbs=CRUMBS,
        fields=(
            await posts_field(tx),
            Field(name="delegate_id", label="代办人", kind=Kind.SELECT, choices=await people(tx)),
            Field(name="from_on", label="从", kind=Kind.DAY, start=tx.today.isoformat()),
            Field(name="to_on", label="到（含当天）", kind=Kind.DAY),
            Field(
                name="actions",
                label="代办的事项",
                kind=Kind.CHECKS,
                choices=[Choice(name, words) for name, words in SCOPES.items()],
                hint="一项也不选，就是该岗位的全部事项。",
                required=False,
                start=[],
            ),
            Field(name="reason", label="原因", hint="如：年休假、公差、病假"),
        ),
        warning="代办人以自己的名义登录，所办事项注明“代”您办理。您或代办人须回避的家庭，代办人都不能办理。",
    )


def _end(one: queries.Lent) -> Act:
    return Act(
        slug="end-delegation",
        title="终止委托",
        command=EndDelegation,
        back=PAGE,
        submit="终止委托",
        fixed={"delegation_id": one.lent.delegation_id},
        crumbs=CRUMBS,
        facts=(("岗位", one.post), ("委托人", one.principal), ("代办人", one.delegate)),
        confirm="我确认从现在起终止这项委托。",
    )


SCOPES = {
    "read-case": "查看案件",
    "list-cases": "查看案件列表",
    "read-dossier": "查看卷宗",
    "accept-application": "受理申请",
    "request-supplement": "一次性告知补正",
    "decline-application": "不予受理",
    "order-survey": "安排入户调查",
    "request-verification": "提请核对",
    "form-opinion": "提出初审意见",
    "extend-clock": "延长办理时限",
}
