"""Role × action × area, tried out: every call and every route, as every role, from near and far."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator
from dataclasses import replace

import grpc
import httpx
import pytest
import pytest_asyncio
from fastapi import APIRouter, FastAPI

from services.common.contracts import intake
from services.common.contracts.intake.v1 import intake_pb2_grpc
from services.common.policy.roles import Post, Role
from services.common.runtime import doors
from services.common.runtime.actor import Actor
from services.docs_build.wiring import apps, blueprints
from tests.world import matrix
from tests.world.matrix import PUBLIC, ROUTES, RPCS, Prepared

once_for_the_module = pytest.mark.asyncio(loop_scope="module")


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def system(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Prepared]:
    async with matrix.prepared(tmp_path_factory.mktemp("matrix")) as system:
        yield system


@pytest.fixture(scope="module")
def both_apps() -> Iterator[tuple[FastAPI, FastAPI]]:
    with apps(blueprints()) as found:
        yield found


def test_every_call_has_a_row() -> None:
    assert set(RPCS) == set(matrix.methods(blueprints()))


def test_every_route_has_a_row(both_apps: tuple[FastAPI, FastAPI]) -> None:
    assert [doors.without_row(app) for app in both_apps] == [[], []]


def test_every_route_with_an_action_says_where_it_acts() -> None:
    acting = {route.path for route in matrix.office_routes(blueprints()) if route.access}
    assert set(ROUTES) == acting


def test_what_answers_without_sign_in_is_written_down(both_apps: tuple[FastAPI, FastAPI]) -> None:
    open_to_all = {
        name for app in both_apps for name, door in app.state.doors.items() if door.row == doors.EVERYBODY
    }
    assert open_to_all == PUBLIC | matrix.OPENROSA


def test_a_row_without_a_route_is_left_over_nowhere(both_apps: tuple[FastAPI, FastAPI]) -> None:
    office, public = both_apps
    there = {*doors.routes_of(office), *doors.routes_of(public)}
    chosen = {
        name.replace(doors.SLUG, slug)
        for name in there
        for slug in doors.rows_by_slug(office.state.doors, name)
    }
    assert set(office.state.doors) - there - chosen - set(doors.MACHINE) == set()


async def test_a_route_that_is_added_without_a_row_is_found_and_answers_nobody() -> None:
    found = dict(blueprints())
    router = APIRouter()

    @router.get("/intake/new")
    async def new() -> str:
        return "personal"

    routes = found["intake"].routes
    assert routes is not None
    found["intake"] = replace(found["intake"], routes=lambda service: [*routes(service), router])
    with apps(found) as (office, _):
        assert doors.without_row(office) == ["GET /intake/new"]
        with pytest.raises(AssertionError):
            assert doors.without_row(office) == []
        async with httpx.AsyncClient(transport=httpx.ASGITransport(office), base_url="http://o") as http:
            answer = await http.get("/intake/new")
    assert answer.status_code == 500
    assert "personal" not in answer.text


def test_an_action_that_no_table_knows_is_a_mistake_at_the_start() -> None:
    found = dict(blueprints())
    found["intake"] = replace(found["intake"], doors={"GET /intake/new": "read-everything"})
    with pytest.raises(doors.NoRow, match="read-everything"), apps(found):
        pass


@once_for_the_module
async def test_openrosa_asks_for_a_password_itself(system: Prepared) -> None:
    async with httpx.AsyncClient(base_url=system.addresses.http) as http:
        for name in sorted(matrix.OPENROSA):
            method, path = name.split()
            answer = await http.request(method, path.format_map(system.known))
            assert (name, answer.status_code) == (name, 401)


@once_for_the_module
async def test_what_is_not_there_is_refused_like_what_is_not_yours(system: Prepared) -> None:
    told: set[str | None] = set()
    stranger = Actor("matrix-stranger", (Post(Role.TOWNSHIP_HANDLER, matrix.OTHER_TOWNSHIP),))
    metadata = (("authorization", f"Bearer {system.keys.issue(stranger)}"),)
    async with grpc.aio.insecure_channel(system.addresses.grpc) as channel:
        stub = intake_pb2_grpc.IntakeServiceStub(channel)  # type: ignore[no-untyped-call]
        for case_id in (system.known["case_id"], "01920000-0000-7000-8000-000000000000"):
            for call, request in (
                (stub.GetCase, intake.GetCaseRequest(case_id=case_id)),
                (stub.AcceptApplication, intake.AcceptApplicationRequest(case_id=case_id)),
            ):
                with pytest.raises(grpc.aio.AioRpcError) as refusal:
                    await call(request, metadata=metadata)
                assert refusal.value.code() is grpc.StatusCode.PERMISSION_DENIED
                told.add(refusal.value.details())
    assert len(told) == 1, told


@once_for_the_module
async def test_every_call_lets_in_exactly_whom_its_row_names(system: Prepared) -> None:
    assert [str(one) for one in await matrix.call_all(system)] == []


@once_for_the_module
async def test_every_route_lets_in_exactly_whom_its_row_names(system: Prepared) -> None:
    assert [str(one) for one in await matrix.visit_all(system)] == []
