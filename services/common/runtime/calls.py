"""Calls to other services: each carries the trace that it is a step of."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import grpc
from grpc.aio import ClientCallDetails, Metadata

from services.common.runtime import trace


def traced() -> list[grpc.aio.ClientInterceptor]:
    """What a channel needs so that its calls carry the trace."""
    return [_Unary(), _Stream()]


class _Unary(grpc.aio.UnaryUnaryClientInterceptor):
    async def intercept_unary_unary(
        self, continuation: Callable[..., Any], client_call_details: ClientCallDetails, request: Any
    ) -> Any:
        with trace.span(_name(client_call_details), kind="client") as step:
            call = await continuation(_marked(client_call_details, step), request)
            if trace.is_on():
                await call.code()  # so that the span ends with the call
            return call


class _Stream(grpc.aio.UnaryStreamClientInterceptor):
    async def intercept_unary_stream(
        self, continuation: Callable[..., Any], client_call_details: ClientCallDetails, request: Any
    ) -> Any:
        with trace.span(_name(client_call_details), kind="client") as step:
            return await continuation(_marked(client_call_details, step), request)


def _name(details: Any) -> str:
    method = details.method if isinstance(details.method, str) else details.method.decode()
    return str(method).strip("/").replace("/", ".")


def _marked(details: Any, step: str) -> Any:
    """The call with the trace among its metadata; as it is without one."""
    if not step:
        return details
    return details._replace(metadata=Metadata(*(details.metadata or ()), (trace.HEADER, step)))
