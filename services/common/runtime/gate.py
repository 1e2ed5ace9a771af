"""The one gate: every act of a person is a command, and passes role × action × area and recusal here."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, replace
from types import ModuleType
from typing import TYPE_CHECKING, Any, TypeVar, get_type_hints

from services.common.policy.areas import DISTRICT
from services.common.policy.articles import R3_10
from services.common.policy.law import Forbidden, Missing
from services.common.policy.roles import Role

if TYPE_CHECKING:
    from services.common.runtime.actor import Actor
    from services.common.runtime.tx import Tx

F = TypeVar("F", bound=Callable[..., Awaitable[Any]])


@dataclass(frozen=True, slots=True)
class Act:
    """A command, the function that carries it out, and the action it is."""

    command: type
    function: Callable[[Any, Tx], Awaitable[Any]]
    action: str


@dataclass(frozen=True, slots=True)
class Place:
    """Where a command acts: area code, household for recusal, and the id that the audit names."""

    area: str
    household: str = ""
    subject: str = ""


@dataclass(frozen=True, slots=True)
class Access:
    """One row of role × action × area: roles whose post covers the place; recusal obeyed unless said.

    `personal` marks a look at personal data: whoever is refused one stands in the audit too.
    """

    roles: frozenset[Role]
    recusal: bool = True
    personal: bool = False


Locate = Callable[[Any, "Tx"], Awaitable[Place]]
Recused = Callable[["Tx", str], Awaitable[frozenset[str]]]


def allow(*roles: Role, recusal: bool = True, personal: bool = False) -> Access:
    """A row of an access table. The machine itself may always act."""
    return Access(frozenset({*roles, Role.SYSTEM}), recusal, personal)


def action(name: str) -> Callable[[F], F]:
    """Mark the function that carries out a command with the action it is."""

    def mark(function: F) -> F:
        function.__dict__["action"] = name
        return function

    return mark


def acts_of(*modules: ModuleType) -> dict[type, Act]:
    """Every command of the modules, by the type of its first argument."""
    acts: dict[type, Act] = {}
    for module in modules:
        for function in vars(module).values():
            name = getattr(function, "__dict__", {}).get("action")
            if name is None or function.__module__ != module.__name__:
                continue
            command = get_type_hints(function)["cmd"]
            acts[command] = Act(command, function, name)
    return acts


class Recusal(Forbidden):
    """The actor is kin of the household."""

    code = "recused"


NOT_HERE = "没有这一事项，或者您的岗位不能在该区域办理"


async def enter(action: str, subject: object, tx: Tx, locate: Locate, *, hides: bool = True) -> Place:
    """The place of `subject`, where the actor may do `action`; Forbidden otherwise.

    Nobody learns from a refusal what there is: an actor without the role is refused before anything is
    looked up, and what does not exist is refused in the words of what is not his, unless he may see all.
    With `hides` off it is Missing, for those who made the id themselves.
    """
    blueprint = tx.service.blueprint
    access = blueprint.access[action]
    require_scope(action, tx.actor)
    # Inside the gate a token's scope has done its work: what a command brings about is its consequence.
    actor = tx.actor.doing(action)
    require_role(access, actor)
    # Who holds several posts works here by one that has the role: it stands first.
    posts = tuple(sorted(actor.posts, key=lambda post: post.role not in access.roles))
    tx.actor = replace(actor, posts=posts, scopes=None)
    try:
        place = await locate(subject, tx)
    except Missing:
        if hides and not tx.actor.holds(access.roles, DISTRICT.code):
            raise Forbidden(NOT_HERE) from None
        raise
    tx.place = place
    await check(access, action, tx, place, blueprint.recused)
    return place


def require_role(access: Access, actor: Actor) -> None:
    """Forbidden unless the actor has one of the row's roles anywhere."""
    if not any(post.role in access.roles for post in actor.posts):
        raise Forbidden("您的岗位不办理这一事项")


def require_scope(action: str, actor: Actor) -> None:
    """Forbidden where the token was given for other actions."""
    if actor.scopes is not None and action not in actor.scopes:
        raise Forbidden("本次登录的凭证不含这一事项")


async def check(access: Access, action: str, tx: Tx, place: Place, recused: Recused) -> None:
    """Raise Forbidden unless the actor may do `action` at `place`, himself or in somebody's place."""
    if not tx.actor.holds(access.roles, place.area):
        raise Forbidden(NOT_HERE)
    barred = await recused(tx, place.household) if access.recusal and place.household else frozenset()
    if tx.actor.id in barred:
        raise Recusal("您与该家庭有近亲属关系或已申请回避,不能参与办理", R3_10)
    principals = tx.actor.principals(access.roles, place.area)
    free = [principal for principal in principals if principal not in barred]
    if principals and not free:
        raise Recusal("委托您代办的人与该家庭有近亲属关系或已申请回避,不能由您代办", R3_10)
    if free and tx.actor.on_behalf_of not in free:
        tx.actor = replace(tx.actor, on_behalf_of=free[0])


def complete(acts: Mapping[type, Act], access: Mapping[str, Access]) -> list[str]:
    """Actions without a row, and rows without an action: both fail the build."""
    named = {act.action for act in acts.values()}
    return sorted(named - access.keys())
