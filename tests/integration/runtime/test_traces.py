"""One trace from the browser's request over the call, the commit, the outbox and Kafka to the effect."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

import httpx
import pytest
from fastapi import APIRouter
from opentelemetry.sdk.trace import ReadableSpan
from opentelemetry.sdk.trace.export import SimpleSpanProcessor
from opentelemetry.sdk.trace.export.in_memory_span_exporter import InMemorySpanExporter
from opentelemetry.trace import StatusCode, format_span_id, format_trace_id
from sqlalchemy import select

from services.common.contracts import intake
from services.common.contracts.intake.v1 import intake_pb2_grpc
from services.common.policy.roles import Post, Role
from services.common.runtime import doors, http, rpc, tables, tls, trace
from services.common.runtime.actor import Actor
from services.common.runtime.auth import Keys
from services.common.runtime.clock import SystemClock
from services.common.runtime.rpc import Read
from services.common.runtime.service import Service
from services.common.runtime.spans import Spans
from services.common.runtime.tx import Tx
from services.local_servers import LocalKafka, LocalPostgres
from tests.world.deployment import Deployment, deployed
from tests.world.machine import TOWNSHIP, Announce, locate, toys

WORKER = Actor("s1", (Post(Role.GRID_WORKER, TOWNSHIP),))
OUTSIDE_TRACE, OUTSIDE_SPAN = "1" * 32, "2" * 16
FROM_OUTSIDE = f"00-{OUTSIDE_TRACE}-{OUTSIDE_SPAN}-01"
GET_CASE = "jiuzhu.intake.v1.IntakeService.GetCase"
VISIT = "jiuzhu.intake.v1.VisitRecorded"


@pytest.fixture
def exporter() -> Iterator[InMemorySpanExporter]:
    """Every ended span of the test."""
    kept = InMemorySpanExporter()
    spans = Spans(SimpleSpanProcessor(kept))
    trace.use(spans)
    yield kept
    trace.use(None)
    spans.close()


@pytest.fixture
async def house(
    deployment_kind: str, servers: tuple[LocalPostgres, LocalKafka] | None, tmp_path: Path
) -> AsyncIterator[Deployment]:
    async with deployed(deployment_kind, toys(), SystemClock(), tmp_path, servers) as house:
        yield house


@asynccontextmanager
async def browser(service: Service) -> AsyncIterator[httpx.AsyncClient]:
    """Signed in at an office whose page asks over gRPC before it acts."""
    keys, router = Keys.fresh(), APIRouter()
    token = {"Authorization": f"Bearer {keys.issue(WORKER)}"}

    async def answer(request: Any, _: Tx) -> Any:
        return intake.GetCaseResponse(case=intake.Case(case_id=request.case_id))

    @router.get("/visits/{household}")
    async def visits(household: str, actor: http.SignedIn) -> dict[str, str]:
        async with tls.channel(f"127.0.0.1:{port}", service.settings) as channel:
            stub: Any = intake_pb2_grpc.IntakeServiceStub(channel)
            metadata = [(name.lower(), value) for name, value in token.items()]
            await stub.GetCase(intake.GetCaseRequest(case_id="c1"), metadata=metadata)
        await service.perform(Announce(household_id=household, kinds=("a",), fail=household == "no"), actor)
        return {}

    table = rpc.Rpc(
        intake.DESCRIPTOR.services_by_name["IntakeService"],
        reads={"GetCase": Read("announce", locate, answer)},
    )
    rows = {"GET /visits/{household}": doors.WHOEVER_SIGNED_IN}
    service.blueprint = replace(service.blueprint, rpc=table, routes=lambda _: [router], doors=rows)
    server, port = await rpc.start_server([service], keys, "127.0.0.1:0")
    transport = httpx.ASGITransport(http.office_app([service], keys))
    async with httpx.AsyncClient(transport=transport, base_url="http://office", headers=token) as client:
        yield client
    await server.stop(None)


def path_to(last: ReadableSpan, spans: tuple[ReadableSpan, ...]) -> list[tuple[str, str]]:
    """(kind, name) of each step from the first to the last."""
    by_id = {format_span_id(span.context.span_id): span for span in spans if span.context}
    steps: list[tuple[str, str]] = []
    step: ReadableSpan | None = last
    while step is not None:
        steps.append((step.kind.name, step.name))
        step = by_id.get(format_span_id(step.parent.span_id)) if step.parent else None
    return steps[::-1]


async def test_one_trace_goes_from_the_request_over_every_step_to_the_effect(
    house: Deployment, exporter: InMemorySpanExporter
) -> None:
    async with browser(house["intake"]) as client:
        reply = await client.get("/visits/h1", headers={"traceparent": FROM_OUTSIDE})
        assert reply.status_code == 200
    await house.settle()
    spans = exporter.get_finished_spans()
    assert {format_trace_id(span.context.trace_id) for span in spans if span.context} == {OUTSIDE_TRACE}
    [effect] = [span for span in spans if span.name == "note"]
    request = ("SERVER", "GET /visits/{household}")
    on_kafka = [span.name for span in spans if span.kind.name == "PRODUCER"]
    assert path_to(effect, spans) == [
        request,
        ("INTERNAL", "announce"),
        *(("PRODUCER", name) for name in on_kafka),
        ("CONSUMER", VISIT),
        ("INTERNAL", "note"),
    ]
    assert len(on_kafka) == (1 if house.kind == "distributed" else 0)
    [answer] = [span for span in spans if span.name == GET_CASE and span.kind.name == "SERVER"]
    assert path_to(answer, spans) == [request, ("CLIENT", GET_CASE), ("SERVER", GET_CASE)]


async def test_a_span_knows_that_something_failed_and_nothing_of_what_it_said(
    house: Deployment, exporter: InMemorySpanExporter
) -> None:
    async with browser(house["intake"]) as client:
        assert (await client.get("/visits/no")).status_code == 409
    [refused] = [span for span in exporter.get_finished_spans() if span.name == "announce"]
    assert (refused.status.status_code, refused.status.description) == (StatusCode.ERROR, "Refused")
    assert refused.events == ()


async def test_without_opentelemetry_the_trace_of_the_caller_goes_with_the_event(house: Deployment) -> None:
    async with browser(house["intake"]) as client:
        await client.get("/visits/h1", headers={"traceparent": FROM_OUTSIDE})
        await client.get("/visits/h2", headers={"traceparent": "no trace at all, and far too long" * 9})
    await house.settle()
    async with house["intake"].database.read() as db:
        rows = (await db.execute(select(tables.outbox.c.aggregateid, tables.outbox.c.traceparent))).all()
    assert {row.aggregateid: row.traceparent for row in rows} == {"h1": FROM_OUTSIDE, "h2": ""}
