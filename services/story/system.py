"""The running system as the story meets it: addresses, the clock, and people who sign in and call."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

import grpc
import httpx
from google.rpc import error_details_pb2, status_pb2

from services.common.contracts.approval.v1 import approval_pb2_grpc
from services.common.contracts.disclosure.v1 import disclosure_pb2_grpc
from services.common.contracts.intake.v1 import intake_pb2_grpc
from services.common.contracts.review.v1 import review_pb2_grpc
from services.demo.load import sign_in, sign_in_system
from services.demo.people import PASSWORD, PROVINCE
from services.story.checks import StoryFailed, expect

SECONDS = 20.0
LAW_SAYS_NO = frozenset({grpc.StatusCode.FAILED_PRECONDITION, grpc.StatusCode.PERMISSION_DENIED})


@dataclass(frozen=True, slots=True)
class System:
    """Where a running system answers, and how its development clock is moved."""

    http: str
    board: str
    grpc: Mapping[str, str]
    advance: Callable[[datetime], Awaitable[None]]


@dataclass(frozen=True, slots=True)
class Stubs:
    """The four gRPC interfaces."""

    intake: Any
    approval: Any
    disclosure: Any
    review: Any


@asynccontextmanager
async def calling(system: System) -> AsyncIterator[Stubs]:
    """The four interfaces over open channels."""
    async with AsyncExitStack() as stack:
        channels = {
            name: await stack.enter_async_context(grpc.aio.insecure_channel(address))
            for name, address in system.grpc.items()
        }
        yield Stubs(
            intake_pb2_grpc.IntakeServiceStub(channels["intake"]),  # type: ignore[no-untyped-call]
            approval_pb2_grpc.ApprovalServiceStub(channels["approval"]),  # type: ignore[no-untyped-call]
            disclosure_pb2_grpc.DisclosureServiceStub(channels["disclosure"]),  # type: ignore[no-untyped-call]
            review_pb2_grpc.ReviewServiceStub(channels["review"]),  # type: ignore[no-untyped-call]
        )


@dataclass(slots=True)
class Person:
    """Somebody with an account. Tokens last five minutes: when one is refused, he signs in again."""

    system: System
    account: str
    token: str = field(default="", repr=False)

    async def call(self, method: Any, request: Any) -> Any:
        """Call as this person."""
        if not self.token:
            await self.sign_in()
        try:
            return await self._once(method, request)
        except grpc.aio.AioRpcError as error:
            if error.code() is not grpc.StatusCode.UNAUTHENTICATED:
                raise
            await self.sign_in()
            return await self._once(method, request)

    async def sign_in(self) -> str:
        """Sign in and keep the token."""
        self.token = await sign_in(self.system.http, self.account, PASSWORD)
        return self.token

    async def is_refused(self, method: Any, request: Any, article: str) -> str:
        """The call must be refused under `article`; the sentence of the refusal."""
        try:
            answer = await self.call(method, request)
        except grpc.aio.AioRpcError as error:
            if error.code() not in LAW_SAYS_NO:
                raise
            expect(f"拒绝依据（{error.details()}）", _article(error), article)
            return str(error.details())
        raise StoryFailed(f"应依{article}被拒绝，却办成了：{answer!r}")

    async def _once(self, method: Any, request: Any) -> Any:
        metadata = (("authorization", f"Bearer {self.token}"),)
        return await method(request, metadata=metadata, timeout=SECONDS)


@dataclass(slots=True)
class ProvinceSystem(Person):
    """The province's system: no account, but a secret, and a token for two actions only."""

    async def sign_in(self) -> str:
        self.token = await sign_in_system(self.system.http, PROVINCE.client_id, PROVINCE.secret)
        return self.token


def _article(error: grpc.aio.AioRpcError) -> str:
    """The article of a refusal, from the details that every refusal carries."""
    for key, value in error.trailing_metadata() or ():
        if key == "grpc-status-details-bin":
            status = status_pb2.Status.FromString(value)
            info = error_details_pb2.ErrorInfo()
            for detail in status.details:
                if detail.Unpack(info):
                    return str(info.metadata.get("article", ""))
    return ""


async def read_text(url: str) -> str:
    """A public page, as anybody reads it."""
    async with httpx.AsyncClient(timeout=SECONDS) as http:
        answer = await http.get(url)
        answer.raise_for_status()
        return answer.text


async def read_json(url: str) -> Any:
    """A public document, as anybody reads it."""
    return json.loads(await read_text(url))
