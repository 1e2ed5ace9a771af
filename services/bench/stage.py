"""The system under test: PostgreSQL, Kafka and service processes of their own, in a folder that goes away."""

from __future__ import annotations

import asyncio
import json
import subprocess
import sys
import tempfile
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import ExitStack, asynccontextmanager, contextmanager
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType
from typing import Any

import httpx

from services.bench.meter import Meter
from services.common.policy.areas import DISTRICT
from services.common.policy.roles import Post, Role
from services.common.runtime import runner
from services.common.runtime.actor import Actor
from services.common.runtime.runner import Addresses
from services.common.runtime.settings import Mode
from services.demo.people import PROVINCE, member_of_staff
from services.local_servers import LocalKafka, LocalPostgres

START_SECONDS = 180.0
STOP_SECONDS = 15.0
SERVE = ("services", "serve")
TAPPED = ("services.bench.tap",)


@dataclass(frozen=True, slots=True)
class Stage:
    """What runs, and how to reach it."""

    folder: Path
    postgres: LocalPostgres
    kafka: LocalKafka
    addresses: Mapping[str, Addresses]
    pids: Mapping[str, int]

    def meter(self, **more: int) -> Meter:
        """Costs from now on, of servers, services and what the caller adds."""
        return Meter(
            {"postgres": self.postgres.pid, "kafka": self.kafka.pid, **self.pids, **more},
        )

    def token(self, account: str) -> str:
        """A token of five minutes: of a member of staff of the demonstration, or of the province's system."""
        keys = runner.development_keys(self.folder)
        return keys.issue(_province() if account == PROVINCE.client_id else _member(account))


def _member(account: str) -> Actor:
    person = member_of_staff(account)
    return Actor(person.staff_id, person.posts)


def _province() -> Actor:
    """As the registry lets it in: no member of staff, and only for what it was given."""
    posts = (Post(Role.EXTERNAL_SYSTEM, DISTRICT.code),)
    return Actor(PROVINCE.client_id, posts, scopes=frozenset(PROVINCE.scopes))


@asynccontextmanager
async def staged(
    services: Sequence[str], tapped: Sequence[str] = (), more: Mapping[str, str] = MappingProxyType({})
) -> AsyncIterator[Stage]:
    """The named services on fresh servers; those in `tapped` have the tap that benchmarks draw from."""
    with tempfile.TemporaryDirectory(prefix="jiuzhu-bench-") as name, ExitStack() as stack:
        folder = Path(name)
        postgres = stack.enter_context(LocalPostgres(folder / "postgres"))
        kafka = stack.enter_context(LocalKafka(folder / "kafka"))
        runner.development_keys(folder)
        pids = {}
        for service in services:
            settings = {
                "JIUZHU_MODE": Mode.DEVELOPMENT.value,
                "JIUZHU_DATA_DIR": str(folder),
                "JIUZHU_DATABASE_URL": postgres.create_database(service),
                "JIUZHU_KAFKA_BOOTSTRAP": kafka.bootstrap,
                "JIUZHU_KAFKA_PARTITIONS": "4",
                **more,
            }
            module = TAPPED if service in tapped else SERVE
            pids[service] = stack.enter_context(_process((*module, service), settings, folder / service))
        yield Stage(folder, postgres, kafka, await _ready(folder, services), pids)


@contextmanager
def module(*command: str, log: Path) -> Any:
    """`python -m COMMAND` that prints one JSON line once it answers; that line, with its process id."""
    with log.open("ab") as errors:
        process = subprocess.Popen(  # noqa: S603 (our own program)
            [sys.executable, "-m", *command], stdout=subprocess.PIPE, stderr=errors, text=True
        )
        try:
            line = process.stdout.readline() if process.stdout else ""
            if not line:
                raise RuntimeError(f"{command[0]} did not start: see {log.read_text()[-2000:]}")
            yield json.loads(line) | {"pid": process.pid}
        finally:
            process.terminate()
            process.wait(STOP_SECONDS)


async def drive(name: str, job: Mapping[str, Any]) -> dict[str, Any]:
    """Run a module of services.bench in a process of its own; what it found, its own costs included."""
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", f"services.bench.{name}", stdin=-1, stdout=-1
    )
    out, _ = await process.communicate(json.dumps(job).encode())
    if process.returncode:
        raise RuntimeError(f"the load {name} failed")
    found: dict[str, Any] = json.loads(out)
    return found


@contextmanager
def _process(command: Sequence[str], settings: Mapping[str, str], log: Path) -> Any:
    with log.with_suffix(".log").open("ab") as out:
        process = subprocess.Popen(  # noqa: S603 (our own program)
            [sys.executable, "-m", *command],
            env=runner.inherited_environment() | dict(settings),
            stdout=out,
            stderr=out,
        )
        try:
            yield process.pid
        finally:
            process.terminate()
            try:
                process.wait(STOP_SECONDS)
            except subprocess.TimeoutExpired:
                process.kill()


async def _ready(folder: Path, services: Sequence[str]) -> dict[str, Addresses]:
    async with asyncio.timeout(START_SECONDS), httpx.AsyncClient() as http:
        while True:
            found = {one.services[0]: one for one in runner.running_addresses(folder)}
            if len(found) == len(services) and all([await _is_ready(http, one) for one in found.values()]):
                return found
            await asyncio.sleep(0.2)


async def _is_ready(http: httpx.AsyncClient, process: Addresses) -> bool:
    try:
        answer = await http.get(f"{process.http}/readyz")
        return answer.status_code == 200 and answer.json()["status"] == "ready"
    except httpx.HTTPError:
        return False
