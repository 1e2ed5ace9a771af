"""gRPC: a table of acts plus the reads becomes a server with deadlines, health and reflection."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import grpc
import structlog
from google.protobuf import any_pb2
from google.protobuf.descriptor import MethodDescriptor, ServiceDescriptor
from google.protobuf.message import Message
from google.protobuf.message_factory import GetMessageClass
from google.rpc import error_details_pb2, status_pb2
from grpc_health.v1 import health, health_pb2, health_pb2_grpc
from grpc_reflection.v1alpha import reflection

from services.common.policy.law import Conflict, Forbidden, Invalid, Missing, Refused
from services.common.runtime import observe, origin, tls, trace
from services.common.runtime.actor import Actor
from services.common.runtime.adapter import fill, translate
from services.common.runtime.auth import Keys, NotSignedIn, bearer
from services.common.runtime.gate import Place
from services.common.runtime.quota import Quotas, TooMany
from services.common.runtime.service import Service
from services.common.runtime.tx import Tx

log = structlog.get_logger()

# A refusal and the status a caller sees; the first row that fits counts.
STATUS: tuple[tuple[type[Exception], grpc.StatusCode], ...] = (
    (NotSignedIn, grpc.StatusCode.UNAUTHENTICATED),
    (Forbidden, grpc.StatusCode.PERMISSION_DENIED),
    (Refused, grpc.StatusCode.FAILED_PRECONDITION),
    (Invalid, grpc.StatusCode.INVALID_ARGUMENT),
    (Missing, grpc.StatusCode.NOT_FOUND),
    (Conflict, grpc.StatusCode.ALREADY_EXISTS),
    (TimeoutError, grpc.StatusCode.DEADLINE_EXCEEDED),
    (TooMany, grpc.StatusCode.RESOURCE_EXHAUSTED),
)


@dataclass(frozen=True, slots=True)
class Read:
    """One question: the action it is, where it looks, and the function that answers."""

    action: str
    locate: Callable[[Any, Tx], Awaitable[Place]]
    answer: Callable[[Any, Tx], Any]


@dataclass(frozen=True, slots=True)
class Rpc:
    """The calls of a service: method → command for acts, method → Read for questions."""

    descriptor: ServiceDescriptor
    acts: Mapping[str, type] = field(default_factory=dict)
    reads: Mapping[str, Read] = field(default_factory=dict)

    def unanswered(self) -> list[str]:
        """Methods of the contract that neither table names."""
        return sorted({m.name for m in self.descriptor.methods} - self.acts.keys() - self.reads.keys())


@dataclass(frozen=True, slots=True)
class Entrance:
    """What a call passes before it is anybody's: its token, and the quota of its township."""

    keys: Keys
    quotas: Quotas | None = None


async def start_server(services: Sequence[Service], keys: Keys, address: str) -> tuple[grpc.aio.Server, int]:
    """Serve all `services` at `address`; the server and the port it got."""
    server = grpc.aio.server(options=[("grpc.max_receive_message_length", 8 << 20), ("grpc.so_reuseport", 0)])
    quotas = Quotas.of(services[0].settings) if services else None
    names = [reflection.SERVICE_NAME, health.SERVICE_NAME]
    checks = health.aio.HealthServicer()
    for service in services:
        if service.blueprint.rpc is None:
            continue
        rpc = service.blueprint.rpc
        handlers = {
            method.name: _handler(service, rpc, method, Entrance(keys, quotas))
            for method in rpc.descriptor.methods
        }
        server.add_generic_rpc_handlers(
            (grpc.method_handlers_generic_handler(rpc.descriptor.full_name, handlers),)
        )
        names.append(rpc.descriptor.full_name)
        await checks.set(rpc.descriptor.full_name, health_pb2.HealthCheckResponse.SERVING)
    await checks.set("", health_pb2.HealthCheckResponse.SERVING)
    health_pb2_grpc.add_HealthServicer_to_server(checks, server)
    reflection.enable_server_reflection(names, server)
    port = _listen(server, address, services)
    await server.start()
    return server, port


def _listen(server: grpc.aio.Server, address: str, services: Sequence[Service]) -> int:
    credentials = tls.server_credentials(services[0].settings) if services else None
    if credentials is None:
        return server.add_insecure_port(address)
    return server.add_secure_port(address, credentials)


def _handler(service: Service, rpc: Rpc, method: MethodDescriptor, entrance: Entrance) -> Any:
    request_type, response_type = GetMessageClass(method.input_type), GetMessageClass(method.output_type)

    async def act(request: Message, actor: Actor) -> Message:
        command: object = translate(request, rpc.acts[method.name])
        result = await service.perform(command, actor)
        return fill(response_type, result, command)

    async def read(request: Message, actor: Actor) -> Message:
        async with service.reading(actor) as tx:
            question = rpc.reads[method.name]
            await service.look(question.action, request, tx, question.locate)
            answer = await question.answer(request, tx)
        return answer if isinstance(answer, response_type) else fill(response_type, answer)

    async def unary(request: Message, context: grpc.aio.ServicerContext[Any, Any]) -> Message:
        started = time.monotonic()
        work = act if method.name in rpc.acts else read
        try:
            with trace.span(method.full_name, kind="server", parent=_parent(context), service=service.name):
                actor = _caller(context, entrance, service)
                async with asyncio.timeout(_seconds(context, service)):
                    return await work(request, actor)
        except Exception as error:
            await _abort(context, error, service, method.name)
            raise
        finally:
            observe.request_seconds.labels(service.name, method.name).observe(time.monotonic() - started)

    async def stream(request: Message, context: grpc.aio.ServicerContext[Any, Any]) -> AsyncIterator[Message]:
        try:
            actor = _caller(context, entrance, service)
            async with service.reading(actor) as tx:
                question = rpc.reads[method.name]
                await service.look(question.action, request, tx, question.locate)
                async for piece in question.answer(request, tx):
                    yield piece
        except Exception as error:
            await _abort(context, error, service, method.name)
            raise

    if method.server_streaming:
        return grpc.unary_stream_rpc_method_handler(
            stream, request_type.FromString, response_type.SerializeToString
        )
    return grpc.unary_unary_rpc_method_handler(
        unary, request_type.FromString, response_type.SerializeToString
    )


def _parent(context: grpc.aio.ServicerContext[Any, Any]) -> str:
    """The step of a trace that this call belongs to, as its caller says."""
    metadata = context.invocation_metadata() or ()
    return trace.read(next((str(value) for name, value in metadata if name == trace.HEADER), ""))


def _caller(context: grpc.aio.ServicerContext[Any, Any], entrance: Entrance, service: Service) -> Actor:
    metadata = {name: str(value) for name, value in context.invocation_metadata() or ()}
    told = (metadata.get(name, "") for name in (origin.DEVICE_HEADER, origin.PURPOSE_HEADER))
    origin.came_from(context.peer(), *told)
    actor = entrance.keys.verify(bearer(metadata.get("authorization", "")))
    service.revocations.require_valid(actor)
    if entrance.quotas is not None:
        entrance.quotas.admit_actor(actor)
    return actor


def _seconds(context: grpc.aio.ServicerContext[Any, Any], service: Service) -> float:
    remaining = context.time_remaining()
    return remaining if remaining is not None else service.settings.rpc_seconds


async def _abort(
    context: grpc.aio.ServicerContext[Any, Any], error: Exception, service: Service, method: str
) -> None:
    """End the call with the status of the table; a bug is logged and shown as INTERNAL without detail."""
    if isinstance(error, grpc.aio.AbortError):
        return
    for type_, code in STATUS:
        if isinstance(error, type_):
            context.set_trailing_metadata((("grpc-status-details-bin", _details(code, error)),))
            await context.abort(code, str(error) or "处理超时,请稍后再试")
    log.error("rpc.failed", service=service.name, method=method, exc_info=error)
    await context.abort(grpc.StatusCode.INTERNAL, "系统内部错误,已记录")


def _details(code: grpc.StatusCode, error: Exception) -> bytes:
    info = error_details_pb2.ErrorInfo(reason=getattr(error, "code", "timeout"), domain="jiuzhu")
    article = getattr(error, "article", None)
    if article is not None:
        info.metadata["article"] = article.id
    if isinstance(error, Invalid):
        info.metadata["field"] = error.field
    packed = any_pb2.Any()
    packed.Pack(info)
    status = status_pb2.Status(code=code.value[0], message=str(error), details=[packed])
    return bytes(status.SerializeToString())
