"""A township that floods the door is told to wait; another one, and the district, are let in meanwhile."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import grpc
import httpx
import pytest
from fastapi import APIRouter

from services.common.contracts import intake
from services.common.contracts.intake.v1 import intake_pb2_grpc
from services.common.policy.areas import DISTRICT
from services.common.policy.roles import Post, Role
from services.common.runtime import doors, http, rpc
from services.common.runtime.actor import Actor
from services.common.runtime.auth import Keys
from services.common.runtime.clock import SystemClock
from services.common.runtime.service import Service
from tests.world.machine import TOWNSHIP, toys
from tests.world.services import TestClock, running

FLOODING = Actor("s1", (Post(Role.GRID_WORKER, TOWNSHIP + "001"),))
NEIGHBOUR = Actor("s2", (Post(Role.GRID_WORKER, TOWNSHIP),))
QUIET = Actor("s3", (Post(Role.GRID_WORKER, "140403103"),))
BUREAU = Actor("s4", (Post(Role.GRID_WORKER, DISTRICT.code),))


@pytest.fixture
async def service(tmp_path: Path) -> AsyncIterator[Service]:
    """A service whose townships get in three at once and then one in ten seconds."""
    quotas = tmp_path / "townships.yaml"
    quotas.write_text("quota: {per_second: 0.1, burst: 3}")
    router = APIRouter()

    @router.get("/mine")
    async def mine(actor: http.SignedIn) -> dict[str, str]:
        return {"who": actor.id}

    blueprint = replace(
        toys()[0],
        routes=lambda _: [router],
        doors={"GET /mine": doors.WHOEVER_SIGNED_IN},
        rpc=rpc.Rpc(intake.DESCRIPTOR.services_by_name["IntakeService"]),
    )
    async with running(blueprint, TestClock(SystemClock().now()), folder=tmp_path) as service:
        service.settings.townships_file = quotas
        yield service


async def test_the_office_answers_429_and_says_when_to_come_back(service: Service) -> None:
    keys = Keys.fresh()
    transport = httpx.ASGITransport(http.office_app([service], keys))
    async with httpx.AsyncClient(transport=transport, base_url="http://office") as client:

        async def call(actor: Actor) -> httpx.Response:
            return await client.get("/mine", headers={"Authorization": f"Bearer {keys.issue(actor)}"})

        assert [(await call(FLOODING)).status_code for _ in range(3)] == [200, 200, 200]
        refused = await call(FLOODING)
        assert (refused.status_code, refused.json()["code"]) == (429, "too-many")
        assert 1 <= int(refused.headers["retry-after"]) <= 10
        assert (await call(NEIGHBOUR)).status_code == 429, "the same township"
        assert (await call(QUIET)).status_code == 200
        assert [(await call(BUREAU)).status_code for _ in range(5)] == [200] * 5
        assert (await client.get("/livez")).status_code == 200


async def test_grpc_answers_resource_exhausted(service: Service) -> None:
    keys = Keys.fresh()
    server, port = await rpc.start_server([service], keys, "127.0.0.1:0")
    async with grpc.aio.insecure_channel(f"127.0.0.1:{port}") as channel:
        stub: Any = intake_pb2_grpc.IntakeServiceStub(channel)
        codes = []
        for actor in (FLOODING,) * 4 + (QUIET,):
            with pytest.raises(grpc.aio.AioRpcError) as answered:
                await stub.GetCase(
                    intake.GetCaseRequest(case_id="c"),
                    metadata=(("authorization", f"Bearer {keys.issue(actor)}"),),
                )
            codes.append(answered.value.code() is grpc.StatusCode.RESOURCE_EXHAUSTED)
    await server.stop(None)
    assert codes == [False, False, False, True, False]
