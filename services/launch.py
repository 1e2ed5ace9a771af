"""Brings the system up: four services in this process, or a process each on PostgreSQL and Kafka."""

from __future__ import annotations

import asyncio
import contextlib
import importlib
import subprocess
import sys
from collections.abc import AsyncIterator, Iterator, Sequence
from contextlib import ExitStack, asynccontextmanager, contextmanager
from datetime import datetime
from pathlib import Path

import httpx

from services.common.runtime import runner
from services.common.runtime.clock import system_now
from services.common.runtime.runner import Addresses
from services.common.runtime.service import Blueprint
from services.common.runtime.settings import Mode, Settings
from services.local_servers import LocalKafka, LocalPostgres

SERVICES = ("intake", "approval", "disclosure", "review")
START_SECONDS = 60.0
STOP_SECONDS = 15.0


def blueprints(names: Sequence[str] = SERVICES) -> list[Blueprint]:
    """The blueprints of the named services, from their main.py."""
    return [importlib.import_module(f"services.{name}.main").blueprint() for name in names]


def embedded_settings(
    data_dir: Path, port: int, clock: datetime | None, mode: Mode = Mode.DEVELOPMENT
) -> Settings:
    """Settings of the four services in one process: office on `port`, board and gRPC on the two after it."""
    return Settings(
        mode=mode,
        data_dir=data_dir,
        clock_ahead_seconds=seconds_ahead(clock),
        http_port=port,
        board_port=port and port + 1,
        grpc_port=port and port + 2,
    )


def seconds_ahead(clock: datetime | None) -> float:
    """How far a development clock that shall show `clock` is ahead of real time."""
    return (clock - system_now()).total_seconds() if clock else 0.0


@asynccontextmanager
async def distributed(data_dir: Path, clock: datetime | None) -> AsyncIterator[list[Addresses]]:
    """Four processes on a private PostgreSQL and a private Kafka; all of it ends when left."""
    with ExitStack() as stack:
        postgres = stack.enter_context(LocalPostgres(data_dir / "postgres"))
        kafka = stack.enter_context(LocalKafka(data_dir / "kafka"))
        runner.development_keys(data_dir)
        for name in SERVICES:
            own = {
                "JIUZHU_MODE": Mode.DEVELOPMENT.value,
                "JIUZHU_DATA_DIR": str(data_dir),
                "JIUZHU_DATABASE_URL": _database(postgres, name),
                "JIUZHU_KAFKA_BOOTSTRAP": kafka.bootstrap,
                "JIUZHU_KAFKA_PARTITIONS": "4",
                "JIUZHU_CLOCK_AHEAD_SECONDS": str(seconds_ahead(clock)),
            }
            stack.enter_context(_process(name, own, data_dir))
        yield await _announced(data_dir)


def _database(postgres: LocalPostgres, name: str) -> str:
    """The database of a service, made when the data directory is new."""
    known = postgres.sql("SELECT datname FROM pg_database").split()
    return postgres.url(name) if name in known else postgres.create_database(name)


@contextmanager
def _process(name: str, environment: dict[str, str], data_dir: Path) -> Iterator[None]:
    """`jiuzhu serve NAME` with its log beside its data; asked to stop when left, killed if it will not."""
    with (data_dir / f"{name}.log").open("ab") as log:
        process = subprocess.Popen(  # noqa: S603 (our own program)
            [sys.executable, "-m", "services", "serve", name],
            env=runner.inherited_environment() | environment,
            stderr=log,
            stdout=log,
        )
        try:
            yield
        finally:
            process.terminate()
            with contextlib.suppress(subprocess.TimeoutExpired):
                process.wait(STOP_SECONDS)
            process.kill()


async def _announced(data_dir: Path) -> list[Addresses]:
    """Wait until every process has announced itself and reports ready, Kafka included."""
    async with asyncio.timeout(START_SECONDS), httpx.AsyncClient() as http:
        while True:
            found = runner.running_addresses(data_dir)
            if len(found) == len(SERVICES) and all([await _is_ready(http, process) for process in found]):
                return found
            await asyncio.sleep(0.2)


async def _is_ready(http: httpx.AsyncClient, process: Addresses) -> bool:
    with contextlib.suppress(httpx.HTTPError):
        answer = await http.get(f"{process.http}/readyz")
        return answer.status_code == 200 and answer.json()["status"] == "ready"
    return False
