"""gRPC and HTTP as callers meet them: sign-in, refusals with their article, deadlines, health, reflection."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import grpc
import httpx
import pytest
from fastapi import APIRouter
from google.protobuf.message import Message
from google.rpc import error_details_pb2, status_pb2
from grpc_health.v1 import health_pb2, health_pb2_grpc
from grpc_reflection.v1alpha import reflection_pb2, reflection_pb2_grpc

from services.common.contracts import intake
from services.common.contracts.intake.v1 import intake_pb2_grpc
from services.common.policy.articles import R7_4
from services.common.policy.law import Conflict, Invalid, Missing, Refused
from services.common.policy.roles import Post, Role
from services.common.runtime import http, rpc
from services.common.runtime.actor import Actor
from services.common.runtime.auth import Keys
from services.common.runtime.clock import SystemClock
from services.common.runtime.gate import Place, allow
from services.common.runtime.rpc import Read, Rpc
from services.common.runtime.service import Service
from services.common.runtime.tx import Tx
from tests.world.machine import TOWNSHIP, toys
from tests.world.services import TestClock, running

WORKER = Actor("s1", (Post(Role.GRID_WORKER, TOWNSHIP),))
STRANGER = Actor("s2", (Post(Role.FINANCE, TOWNSHIP),))


async def place(_: object, __: Tx) -> Place:
    return Place(area=TOWNSHIP)


async def answer(request: Any, tx: Tx) -> Message:
    """Answers or fails by the case id it is asked for."""
    failures: dict[str, Exception] = {
        "refused": Refused(R7_4, "期限已过"),
        "invalid": Invalid("case_id", "填写不对"),
        "missing": Missing("案件"),
        "conflict": Conflict("已有不同内容"),
        "bug": RuntimeError("140403198803080023 must not leak"),
    }
    if request.case_id == "slow":
        await asyncio.sleep(30)
    if request.case_id in failures:
        raise failures[request.case_id]
    return intake.GetCaseResponse(case=intake.Case(case_id=request.case_id, handler_id=tx.actor.id))


@pytest.fixture
async def service(tmp_path: Path) -> AsyncIterator[Service]:
    publisher, _ = toys()
    table = Rpc(
        intake.DESCRIPTOR.services_by_name["IntakeService"],
        reads={"GetCase": Read("read-case", place, answer)},
    )
    router = APIRouter()

    @router.get("/act/{case_id}")
    async def act(case_id: str, actor: http.SignedIn) -> dict[str, str]:
        reply = await answer(intake.GetCaseRequest(case_id=case_id), Tx(None, None, actor, None, None))  # type: ignore[arg-type]
        return {"handler": reply.case.handler_id}  # type: ignore[attr-defined]

    blueprint = replace(
        publisher,
        rpc=table,
        access={**publisher.access, "read-case": allow(Role.GRID_WORKER)},
        routes=lambda _: [router],
        doors={"GET /act/{case_id}": "read-case"},
    )
    async with running(blueprint, TestClock(SystemClock().now()), folder=tmp_path) as service:
        yield service


@pytest.fixture
def keys() -> Keys:
    return Keys.fresh()


@pytest.fixture
async def channel(service: Service, keys: Keys) -> AsyncIterator[grpc.aio.Channel]:
    server, port = await rpc.start_server([service], keys, "127.0.0.1:0")
    async with grpc.aio.insecure_channel(f"127.0.0.1:{port}") as channel:
        yield channel
    await server.stop(None)


def signed(keys: Keys, actor: Actor = WORKER) -> tuple[tuple[str, str], ...]:
    return (("authorization", f"Bearer {keys.issue(actor)}"),)


async def get_case(channel: grpc.aio.Channel, case_id: str, **options: Any) -> Any:
    return await intake_pb2_grpc.IntakeServiceStub(channel).GetCase(
        intake.GetCaseRequest(case_id=case_id), **options
    )


async def test_a_call_runs_in_the_name_of_the_one_who_signed_in(
    channel: grpc.aio.Channel, keys: Keys
) -> None:
    reply = await get_case(channel, "c1", metadata=signed(keys))
    assert (reply.case.case_id, reply.case.handler_id) == ("c1", "s1")


async def test_a_call_without_token_or_with_a_strange_one_is_unauthenticated(
    channel: grpc.aio.Channel, keys: Keys
) -> None:
    for metadata in ((), signed(Keys.fresh()), (("authorization", "Bearer nonsense"),)):
        with pytest.raises(grpc.aio.AioRpcError) as refusal:
            await get_case(channel, "c1", metadata=metadata)
        assert refusal.value.code() is grpc.StatusCode.UNAUTHENTICATED


async def test_a_role_without_a_row_is_denied(channel: grpc.aio.Channel, keys: Keys) -> None:
    with pytest.raises(grpc.aio.AioRpcError) as refusal:
        await get_case(channel, "c1", metadata=signed(keys, STRANGER))
    assert refusal.value.code() is grpc.StatusCode.PERMISSION_DENIED


@pytest.mark.parametrize(
    ("case_id", "status"),
    [
        ("refused", grpc.StatusCode.FAILED_PRECONDITION),
        ("invalid", grpc.StatusCode.INVALID_ARGUMENT),
        ("missing", grpc.StatusCode.NOT_FOUND),
        ("conflict", grpc.StatusCode.ALREADY_EXISTS),
        ("bug", grpc.StatusCode.INTERNAL),
    ],
)
async def test_each_kind_of_refusal_has_one_status(
    channel: grpc.aio.Channel, keys: Keys, case_id: str, status: grpc.StatusCode
) -> None:
    with pytest.raises(grpc.aio.AioRpcError) as refusal:
        await get_case(channel, case_id, metadata=signed(keys))
    assert refusal.value.code() is status
    assert "140403198803080023" not in str(refusal.value.details())


async def test_a_refusal_carries_its_code_and_article(channel: grpc.aio.Channel, keys: Keys) -> None:
    with pytest.raises(grpc.aio.AioRpcError) as refusal:
        await get_case(channel, "refused", metadata=signed(keys))
    trailers = dict(refusal.value.trailing_metadata() or ())
    status = status_pb2.Status.FromString(trailers["grpc-status-details-bin"])  # type: ignore[arg-type]
    info = error_details_pb2.ErrorInfo()
    status.details[0].Unpack(info)
    assert (info.reason, info.metadata["article"]) == ("refused", "R7.4")


async def test_a_call_ends_at_its_deadline_or_at_ours(
    channel: grpc.aio.Channel, keys: Keys, service: Service
) -> None:
    with pytest.raises(grpc.aio.AioRpcError) as late:
        await get_case(channel, "slow", metadata=signed(keys), timeout=0.3)
    assert late.value.code() is grpc.StatusCode.DEADLINE_EXCEEDED
    service.settings.rpc_seconds = 0.2
    with pytest.raises(grpc.aio.AioRpcError) as ours:
        await get_case(channel, "slow", metadata=signed(keys))
    assert ours.value.code() is grpc.StatusCode.DEADLINE_EXCEEDED


async def test_health_and_reflection_answer(channel: grpc.aio.Channel) -> None:
    name = "jiuzhu.intake.v1.IntakeService"
    health = await health_pb2_grpc.HealthStub(channel).Check(health_pb2.HealthCheckRequest(service=name))
    assert health.status == health_pb2.HealthCheckResponse.SERVING
    stub = reflection_pb2_grpc.ServerReflectionStub(channel)
    asked = reflection_pb2.ServerReflectionRequest(list_services="")
    async for reply in stub.ServerReflectionInfo(iter([asked])):
        assert name in {service.name for service in reply.list_services_response.service}
        break


@pytest.fixture
async def browser(service: Service, keys: Keys) -> AsyncIterator[httpx.AsyncClient]:
    transport = httpx.ASGITransport(http.office_app([service], keys))
    async with httpx.AsyncClient(transport=transport, base_url="http://office") as client:
        yield client


@pytest.mark.parametrize(
    ("case_id", "status"),
    [("c1", 200), ("refused", 409), ("invalid", 422), ("missing", 404), ("conflict", 409), ("bug", 500)],
)
async def test_the_same_refusals_have_one_http_status(
    browser: httpx.AsyncClient, keys: Keys, case_id: str, status: int
) -> None:
    reply = await browser.get(f"/act/{case_id}", headers={"Authorization": f"Bearer {keys.issue(WORKER)}"})
    assert reply.status_code == status
    assert "140403198803080023" not in reply.text


async def test_a_refusal_is_json_for_programs_and_a_page_for_people(
    browser: httpx.AsyncClient, keys: Keys
) -> None:
    headers = {"Authorization": f"Bearer {keys.issue(WORKER)}"}
    as_json = (await browser.get("/act/refused", headers=headers)).json()
    assert (as_json["code"], as_json["article"]) == ("refused", "R7.4")
    page = await browser.get("/act/refused", headers=headers | {"Accept": "text/html"})
    assert "期限已过" in page.text
    assert page.headers["content-type"].startswith("text/html")


async def test_nobody_gets_in_without_signing_in(browser: httpx.AsyncClient) -> None:
    assert (await browser.get("/act/c1")).status_code == 401


async def test_pages_carry_a_strict_content_policy_and_health_needs_no_sign_in(
    browser: httpx.AsyncClient,
) -> None:
    reply = await browser.get("/livez")
    assert reply.status_code == 200
    assert "default-src 'self'" in reply.headers["content-security-policy"]
    ready = (await browser.get("/readyz")).json()
    assert ready["status"] == "ready"


async def test_without_kafka_work_is_still_taken_in_and_reported_degraded(
    browser: httpx.AsyncClient, service: Service
) -> None:
    service.bus_connected = False
    reply = await browser.get("/readyz")
    assert (reply.status_code, reply.json()["status"]) == (200, "degraded")
