"""Commands that act on a running system do so as anyone else does: signed in, over gRPC."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import Any

import grpc
import httpx

from services.common.contracts import intake
from services.common.contracts.intake.v1 import intake_pb2_grpc
from services.common.policy.law import Forbidden
from services.common.runtime import runner

SECONDS = 30.0


def import_holidays(data: Path, notice: str, account: str, password: str) -> Any | None:
    """Store a holiday notice in the system running under `data`; None if none is running."""
    offices = [process for process in runner.running_addresses(data) if "intake" in process.services]
    return asyncio.run(_import_holidays(offices[0], notice, account, password)) if offices else None


async def _import_holidays(office: runner.Addresses, notice: str, account: str, password: str) -> Any:
    token = await sign_in(office.http, account, password)
    async with grpc.aio.insecure_channel(office.grpc) as channel:
        stub = intake_pb2_grpc.IntakeServiceStub(channel)  # type: ignore[no-untyped-call]
        return await stub.ImportHolidays(
            intake.ImportHolidaysRequest(notice=notice),
            metadata=(("authorization", f"Bearer {token}"),),
            timeout=SECONDS,
        )


async def sign_in(http_url: str, account: str, password: str) -> str:
    """A token of five minutes for one account; Forbidden if account and password do not fit."""
    async with httpx.AsyncClient(timeout=SECONDS) as http:
        body = {"account": account, "password": password}
        answer = await http.post(f"{http_url}/intake/session", json=body)
    if answer.status_code != httpx.codes.OK:
        raise Forbidden(answer.json()["message"])
    return str(answer.json()["token"])
