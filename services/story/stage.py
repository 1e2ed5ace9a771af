"""Sets the stage: a fresh system of either deployment with the demonstration district on it."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager
from datetime import datetime
from pathlib import Path
from typing import Any

from services import launch
from services.common.runtime import development, runner
from services.common.runtime.runner import Addresses
from services.demo.load import load
from services.story.play import play
from services.story.scene import START
from services.story.system import System


async def tell(target: str, data_dir: Path, *, pause: float, say: Callable[[str], Any]) -> None:
    """Play the story on a fresh system of `target`, with `pause` seconds after each line for the listener."""
    async with _running(target, data_dir) as processes:
        system = _system(processes)
        loaded = await load(system.grpc["intake"], system.http)
        say(f"示范区：区划{loaded.areas}个，工作人员{loaded.staff}名，家庭{loaded.households}户")
        await play(system, say, pause=pause)
    say("\n全部事实核对无误。")


@asynccontextmanager
async def _running(target: str, data_dir: Path) -> AsyncIterator[Sequence[Addresses]]:
    if target == "distributed":
        async with launch.distributed(data_dir, START) as processes:
            yield processes
    else:
        settings = launch.embedded_settings(data_dir, 0, START)
        async with runner.running(launch.blueprints(), settings) as process:
            yield [process]


def _system(processes: Sequence[Addresses]) -> System:
    """Whichever processes there are: the office is where intake is, the board where disclosure is."""
    by_service = {service: process for process in processes for service in process.services}
    offices = [process.http for process in processes]

    async def advance(to: datetime) -> None:
        await development.advance(offices, to)

    return System(
        http=by_service["intake"].http,
        board=by_service["disclosure"].board,
        grpc={service: process.grpc for service, process in by_service.items()},
        advance=advance,
    )
