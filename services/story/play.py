"""The order of the story; each chapter checks what it sees."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from typing import Any

import grpc
import httpx

from mobile_app.core.client import SyncRefused
from services.story import afterwards, investigation, meeting, publicity, visit
from services.story.checks import StoryFailed
from services.story.scene import Scene
from services.story.system import System, calling

CHAPTERS = (
    visit.record,
    visit.arrives,
    investigation.accept,
    investigation.verify,
    investigation.order_survey,
    investigation.survey,
    investigation.opinion,
    publicity.post,
    publicity.meeting_comes_too_early,
    publicity.conclude,
    meeting.district_visits,
    meeting.decide,
    meeting.serve_notice,
    meeting.file_with_district,
    afterwards.listed,
    afterwards.enrolled,
    afterwards.clock_stopped,
    afterwards.told_again,
)


Chapter = Callable[[Scene], Awaitable[None]]


async def play(system: System, say: Callable[[str], Any], *, pause: float = 0.0) -> None:
    """Steps 1 to 8 for one new household on a running demonstration; StoryFailed where a fact is wrong.

    After each line the listener gets `pause` seconds.
    """
    lines: list[str] = []
    async with calling(system) as stubs:
        scene = Scene(system, stubs, lines.append)
        for chapter in CHAPTERS:
            try:
                await _through(chapter, scene)
            finally:
                await _read_out(lines, say, pause)


async def _through(chapter: Chapter, scene: Scene) -> None:
    """What nobody expected ends the story as well."""
    try:
        await chapter(scene)
    except grpc.aio.AioRpcError as error:
        raise StoryFailed(f"{chapter.__name__}：{error.code().name} {error.details()}") from error
    except (SyncRefused, httpx.HTTPError) as error:
        raise StoryFailed(f"{chapter.__name__}：{error}") from error


async def _read_out(lines: list[str], say: Callable[[str], Any], pause: float) -> None:
    for line in lines:
        say(line)
        await asyncio.sleep(pause)
    lines.clear()
