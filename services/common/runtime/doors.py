"""Every HTTP route has a row: its action, or that it stands open. A route without one answers nobody."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from fastapi import FastAPI, Request
from fastapi.routing import APIRoute, _iter_routes_with_context

from services.common.policy.law import Forbidden, Missing
from services.common.runtime import audit, origin
from services.common.runtime.actor import Actor
from services.common.runtime.auth import Keys, NotSignedIn, bearer
from services.common.runtime.gate import require_role, require_scope
from services.common.runtime.service import Service

EVERYBODY = "everybody"
"""The row of a route that needs no sign-in."""
WHOEVER_SIGNED_IN = "whoever-signed-in"
"""The row of a route that shows each person only what is his own, or nothing of anybody."""
MACHINE = {
    # The door of each app leads on to its first page.
    "GET /": EVERYBODY,
    "GET /livez": EVERYBODY,
    "GET /readyz": EVERYBODY,
    "GET /metrics": EVERYBODY,
    # Mounted in development mode only.
    "GET /dev/clock": EVERYBODY,
    "POST /dev/clock": EVERYBODY,
    "POST /dev/jobs": EVERYBODY,
}
# The one path parameter that chooses an action: each of its values has a row of its own.
SLUG = "{slug}"
SESSION_COOKIE = "jiuzhu_session"
LOOKING = frozenset({"GET", "HEAD", "OPTIONS"})


@dataclass(frozen=True, slots=True)
class Door:
    """One row with the service whose table it is from."""

    row: str
    service: Service | None = None


class NoRow(LookupError):
    """A route that no access table names."""


def both(path: str, action: str) -> dict[str, str]:
    """The rows of a form: shown by GET, carried out by POST."""
    return {f"GET {path}": action, f"POST {path}": action}


def doors_of(services: Sequence[Service]) -> dict[str, Door]:
    """The rows of all services; a name that is no action of the service is a mistake."""
    doors = {name: Door(row) for name, row in MACHINE.items()}
    for service in services:
        for name, row in service.blueprint.doors.items():
            if row not in (EVERYBODY, WHOEVER_SIGNED_IN) and row not in service.blueprint.access:
                raise NoRow(f"{name} is {row!r}, which is no action of {service.name}")
            doors[name] = Door(row, service)
    return doors


async def door(request: Request) -> None:
    """Before any handler: whoever holds no post with a role of the row is refused here."""
    found = _door(request.app.state.doors, request)
    if found.row == EVERYBODY:
        return
    actor = signed_in(request)
    if found.service is None:
        return
    if found.row == WHOEVER_SIGNED_IN:
        require_scope(found.row, actor)
        return
    actor = request.state.actor = actor.doing(found.row)
    access = found.service.blueprint.access[found.row]
    try:
        require_scope(found.row, actor)
        require_role(access, actor)
    except Forbidden as error:
        if request.method not in LOOKING or access.personal:
            await audit.refused(found.service, actor, found.row, error)
        raise


def signed_in(request: Request) -> Actor:
    """The actor of a request: bearer token of a tablet or system, session cookie of a browser."""
    known: Actor | None = getattr(request.state, "actor", None)
    if known is not None:
        return known
    keys: Keys = request.app.state.keys
    header = request.headers.get("authorization")
    token = bearer(header) if header else request.cookies.get(SESSION_COOKIE, "")
    if not token:
        raise NotSignedIn("请先登录")
    actor = keys.verify(token)
    services: Sequence[Service] = request.app.state.services
    for service in services:
        service.revocations.require_valid(actor)
    if actor.device:
        told = origin.here()
        origin.came_from(f"{request.client.host if request.client else ''} {actor.device}", "", told.purpose)
    if (quotas := request.app.state.quotas) is not None:
        quotas.admit_actor(actor)
    request.state.actor = actor
    return actor


def routes_of(app: FastAPI) -> Iterator[str]:
    """Every route of an app as `METHOD /path`."""
    for route, context in _iter_routes_with_context(app.routes):
        if isinstance(route, APIRoute):
            shown = context or route
            yield from (f"{method} {shown.path}" for method in sorted(shown.methods or ()))


def without_row(app: FastAPI) -> list[str]:
    """Routes that no table names: they fail the build, and answer nobody."""
    doors: Mapping[str, Door] = app.state.doors
    return [name for name in routes_of(app) if name not in doors and not rows_by_slug(doors, name)]


def rows_by_slug(doors: Mapping[str, Door], name: str) -> dict[str, str]:
    """Slug → row, for a route whose slug chooses the action."""
    start, found, end = name.partition(SLUG)
    if not found:
        return {}
    rows = {}
    for other, one in doors.items():
        slug = other[len(start) : len(other) - len(end)]
        if other.startswith(start) and other.endswith(end) and slug and not set(slug) & set("/{"):
            rows[slug] = one.row
    return rows


def _door(doors: Mapping[str, Door], request: Request) -> Door:
    name = f"{request.method} {request.scope['route'].path}"
    if name in doors:
        return doors[name]
    if chosen := doors.get(name.replace(SLUG, str(request.path_params.get("slug", "")))):
        return chosen
    if rows_by_slug(doors, name):
        raise Missing("这个办理事项")
    raise NoRow(f"{name} has no row in any access table: name its action in DOORS of access.py")
