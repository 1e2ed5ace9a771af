"""Starts, drains and stops one to four services in this process, and hands out the clock."""

from __future__ import annotations

import asyncio
import contextlib
import json
import os
import secrets
import signal
import socket
from collections.abc import AsyncIterator, Awaitable, Callable, Coroutine, Sequence
from contextlib import AsyncExitStack, asynccontextmanager, contextmanager
from dataclasses import asdict, dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any

import structlog
import uvicorn
from fastapi import FastAPI
from joserfc.jwk import ECKey

from services.common.runtime import (
    development,
    faults,
    http,
    migrations,
    relay,
    revocation,
    rpc,
    scheduler,
    trace,
)
from services.common.runtime.auth import Keys
from services.common.runtime.clock import Clock, DevelopmentClock, SystemClock
from services.common.runtime.database import Database
from services.common.runtime.documents import ContentStore
from services.common.runtime.kafka import Bus
from services.common.runtime.service import Blueprint, Service
from services.common.runtime.settings import Settings

log = structlog.get_logger()
RETRY_SECONDS = 0.25
JOB_POLL_SECONDS = 0.5
REVOCATION_POLL_SECONDS = 1.0
DRAIN_SECONDS = 5.0


@dataclass(frozen=True, slots=True)
class Addresses:
    """Where a running process answers; written to running.json for the commands that talk to it."""

    services: tuple[str, ...]
    http: str
    board: str
    grpc: str
    mode: str


@asynccontextmanager
async def running(blueprints: Sequence[Blueprint], settings: Settings) -> AsyncIterator[Addresses]:
    """The services of `blueprints` at work, from migrated databases to open ports; drained when left."""
    clock = _clock(settings)
    if settings.is_development:
        faults.arm(settings.fault)
    keys = (
        development_keys(settings.data_dir)
        if _needs_keys(settings)
        else Keys.load(settings.token_key_file, settings.token_public_key_file)
    )
    async with AsyncExitStack() as stack:
        stack.enter_context(trace.collected(settings, [blueprint.name for blueprint in blueprints]))
        services = [await _open(blueprint, settings, clock, stack) for blueprint in blueprints]
        server, grpc_port = await rpc.start_server(services, keys, f"{settings.host}:{settings.grpc_port}")
        office = http.office_app(services, keys)
        if isinstance(clock, DevelopmentClock):
            office.include_router(development.development_routes(services, clock))
        office_url = await stack.enter_async_context(_http(office, settings.host, settings.http_port))
        board_url = await stack.enter_async_context(
            _http(http.public_app(services), settings.host, settings.board_port)
        )
        work = await _background(services, settings, stack)
        addresses = Addresses(
            tuple(service.name for service in services),
            office_url,
            board_url,
            f"{settings.host}:{grpc_port}",
            settings.mode.value,
        )
        try:
            yield addresses
        finally:
            await server.stop(grace=DRAIN_SECONDS)
            await _drain(services, settings)
            for task in work:
                task.cancel()
            await asyncio.gather(*work, return_exceptions=True)


async def run_until_signal(
    blueprints: Sequence[Blueprint], settings: Settings, ready: Callable[[Addresses], Awaitable[None]]
) -> None:
    """Run until SIGTERM or SIGINT; `ready(addresses)` is awaited once all ports answer."""
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    for name in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(name, stop.set)
    async with running(blueprints, settings) as addresses:
        with _announced(addresses, settings):
            await ready(addresses)
            await stop.wait()


def running_addresses(data_dir: Path) -> list[Addresses]:
    """The processes that announced themselves under `data_dir`."""
    found = []
    for path in sorted((data_dir / "running").glob("*.json")):
        row = json.loads(path.read_text())
        found.append(Addresses(tuple(row["services"]), row["http"], row["board"], row["grpc"], row["mode"]))
    return found


def development_keys(data_dir: Path) -> Keys:
    """Signing keys of a development system, made once and kept in its data directory."""
    path = data_dir / "keys" / "token.pem"
    if not path.exists():
        key = ECKey.generate_key("P-256")
        write_secret(path, key.as_pem(private=True))
        write_secret(path.with_name("token.pub.pem"), key.as_pem(private=False))
    return Keys.load(path, None)


def write_secret(path: Path, content: bytes) -> None:
    """Write a key file only its owner can read; never over an existing one."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with contextlib.suppress(FileExistsError):
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(handle, "wb") as file:
            file.write(content)


def fresh_secret() -> bytes:
    """32 random bytes."""
    return secrets.token_bytes(32)


def inherited_environment() -> dict[str, str]:
    """This process's environment, for one that it starts."""
    return dict(os.environ)


def _needs_keys(settings: Settings) -> bool:
    return settings.is_development and not (settings.token_key_file or settings.token_public_key_file)


def _clock(settings: Settings) -> Clock:
    if not settings.is_development:
        return SystemClock()
    return DevelopmentClock(timedelta(seconds=settings.clock_ahead_seconds), settings.data_dir / "clock")


async def _open(blueprint: Blueprint, settings: Settings, clock: Clock, stack: AsyncExitStack) -> Service:
    settings.data_dir.mkdir(parents=True, exist_ok=True)
    url = settings.url_of(blueprint.name)
    await asyncio.to_thread(migrations.upgrade, blueprint.name, url)
    database = Database(url)
    stack.push_async_callback(database.close)
    service = Service(
        blueprint, database, clock, settings, ContentStore.from_settings(settings, blueprint.name)
    )
    await service.load_policy()
    await revocation.reload(service)
    return service


async def _background(
    services: Sequence[Service], settings: Settings, stack: AsyncExitStack
) -> list[asyncio.Task[None]]:
    """The loops beside the ports: relays, retries, jobs, and the connection to Kafka."""
    loops: list[Coroutine[Any, Any, None]] = []
    for service in services:
        loops += [_retry(service), _jobs(service)]
        if settings.is_distributed:
            bus = Bus(service, settings)
            stack.push_async_callback(bus.close)
            loops += [_distribute(bus, service, lane) for lane in settings.all_lanes()]
            loops += [_bury(bus, service), _revocations(service)]
            loops.append(bus.connect())
        else:
            loops.append(relay.run(service, relay.to_services(service, services), settings.all_lanes()))
    return [asyncio.create_task(loop) for loop in loops]


async def _distribute(bus: Bus, service: Service, lane: str) -> None:
    await bus.connected.wait()
    await relay.run_alone(service, bus.deliver, lane)


async def _bury(bus: Bus, service: Service) -> None:
    await bus.connected.wait()
    while True:
        with _logged(service, "dead-letters"):
            await bus.deliver_dead_letters()
        await asyncio.sleep(1)


async def _retry(service: Service) -> None:
    while True:
        with _logged(service, "retry"):
            await service.retry()
        await asyncio.sleep(RETRY_SECONDS)


async def _revocations(service: Service) -> None:
    """Whichever process of the service took the event in, all refuse the tokens."""
    while True:
        with _logged(service, "revocations"):
            await revocation.reload(service)
        await asyncio.sleep(REVOCATION_POLL_SECONDS)


async def _jobs(service: Service) -> None:
    due = service.clock.now()
    while True:
        if service.clock.now() >= due:
            with _logged(service, "jobs"):
                await scheduler.run_due(service)
                due = scheduler.next_due(service) or service.clock.now()
        await asyncio.sleep(JOB_POLL_SECONDS)


@contextmanager
def _logged(service: Service, loop: str) -> Any:
    """A loop survives what goes wrong in one turn: it is logged, and the next turn tries again."""
    try:
        yield
    except Exception as error:
        log.warning("loop.failed", service=service.name, loop=loop, reason=f"{type(error).__name__}: {error}")


async def _drain(services: Sequence[Service], settings: Settings) -> None:
    """Give the relays a moment to hand on what is committed; what is left goes out at the next start."""
    with contextlib.suppress(TimeoutError):
        async with asyncio.timeout(DRAIN_SECONDS):
            for service in services:
                while await relay.unsent(service, settings.all_lanes()):  # noqa: ASYNC110 (rows, not events)
                    await asyncio.sleep(0.05)


class _Server(uvicorn.Server):
    """uvicorn without its own signal handling: the runner stops all servers together."""

    @contextlib.contextmanager
    def capture_signals(self) -> Any:
        yield


@asynccontextmanager
async def _http(app: FastAPI, host: str, port: int) -> AsyncIterator[str]:
    listening = socket.create_server((host, port), backlog=256)
    # asyncio sets this only where a socket names its protocol; without it each answer waits 40 ms for an ACK.
    listening.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    config = uvicorn.Config(
        app, log_config=None, access_log=False, server_header=False, timeout_graceful_shutdown=5
    )
    server = _Server(config)
    task = asyncio.create_task(server.serve(sockets=[listening]))
    while not server.started:
        if task.done():
            await task
        await asyncio.sleep(0.01)
    try:
        yield f"http://{host}:{listening.getsockname()[1]}"
    finally:
        server.should_exit = True
        await task


@contextmanager
def _announced(addresses: Addresses, settings: Settings) -> Any:
    folder = settings.data_dir / "running"
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"{'-'.join(addresses.services)}.json"
    path.write_text(json.dumps(asdict(addresses)))
    try:
        yield
    finally:
        path.unlink(missing_ok=True)
