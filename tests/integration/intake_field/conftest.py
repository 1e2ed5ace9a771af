"""Tablets of one village in front of a running intake, over ASGI and over a real socket."""

from __future__ import annotations

import asyncio
import socket
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import httpx
import pytest
import uvicorn
from fastapi import FastAPI

from mobile_app.core.client import FieldClient
from services.common.runtime.actor import Actor
from services.common.runtime.auth import Keys
from services.common.runtime.http import office_app
from services.intake.forms import SHIPPED
from services.intake.main import blueprint
from services.intake.storage.visits import save_form
from tests.world.applications import GRID_WORKER, OPERATOR, Village
from tests.world.field import published_form
from tests.world.services import TestClock, running, shanghai

KEYS = Keys.fresh()


@pytest.fixture
def clock() -> TestClock:
    return TestClock(shanghai("2026-09-14"))


@asynccontextmanager
async def opened(clock: TestClock, database_url: str = "") -> AsyncIterator[Village]:
    """An intake with one village and the district's forms."""
    async with running(blueprint(), clock, database_url=database_url) as service:
        village = Village(service)
        await village.open()
        async with service.transaction(OPERATOR) as tx:
            for form_id in SHIPPED:
                await save_form(tx, published_form(form_id))
        yield village


@pytest.fixture
async def village(clock: TestClock) -> AsyncIterator[Village]:
    async with opened(clock) as village:
        yield village


@pytest.fixture
def app(village: Village) -> FastAPI:
    return office_app([village.intake], KEYS)


def headers(actor: Actor) -> dict[str, str]:
    """As a tablet of this person sends them."""
    return {"authorization": f"Bearer {KEYS.issue(actor)}"}


@pytest.fixture
async def tablet(app: FastAPI) -> AsyncIterator[httpx.AsyncClient]:
    """The grid worker's tablet, without a socket in between."""
    transport = httpx.ASGITransport(app)
    async with httpx.AsyncClient(
        transport=transport, base_url="http://intake", headers=headers(GRID_WORKER)
    ) as client:
        yield client


@pytest.fixture
async def address(app: FastAPI) -> AsyncIterator[str]:
    """The same intake on a real port."""
    async with serving(app) as url:
        yield url


@asynccontextmanager
async def serving(app: FastAPI) -> AsyncIterator[str]:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        server = uvicorn.Server(uvicorn.Config(app, log_config=None, lifespan="off"))
        task = asyncio.create_task(server.serve(sockets=[listener]))
        while not server.started:  # noqa: ASYNC110 - uvicorn tells it in no other way
            await asyncio.sleep(0.01)
        try:
            yield f"http://127.0.0.1:{listener.getsockname()[1]}"
        finally:
            server.should_exit = True
            await task


@pytest.fixture
async def client(address: str) -> AsyncIterator[FieldClient]:
    """The library of the field app, as the grid worker; its calls block, so they run in threads."""
    client = FieldClient(address, KEYS.issue(GRID_WORKER), pause=lambda _: None)
    yield client
    client.close()
