"""How the story checks what it sees: a wrong fact ends it, naming what was expected."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from typing import TypeVar

import grpc

T = TypeVar("T")
PATIENCE_SECONDS = 30.0
LOOK_AGAIN_SECONDS = 0.05
# What a reader is told before the event that makes the thing has arrived.
NOT_YET = frozenset({grpc.StatusCode.NOT_FOUND, grpc.StatusCode.UNAVAILABLE})


class StoryFailed(Exception):
    """A fact is not what the regulation says it must be."""


def expect(what: str, found: object, expected: object) -> None:
    """End the story unless `found` is what was expected."""
    if found != expected:
        raise StoryFailed(f"{what}：应为 {expected!r}，实际是 {found!r}")


async def eventually(
    what: str,
    look: Callable[[], Awaitable[T]],
    holds: Callable[[T], bool],
    seconds: float = PATIENCE_SECONDS,
) -> T:
    """Look until it holds, for events take their time; end the story if it does not within `seconds`."""
    seen: object = "什么也没有"
    try:
        async with asyncio.timeout(seconds):
            while True:
                try:
                    seen = found = await look()
                    if holds(found):
                        return found
                except grpc.aio.AioRpcError as error:
                    if error.code() not in NOT_YET:
                        raise
                    seen = error.details()
                await asyncio.sleep(LOOK_AGAIN_SECONDS)
    except TimeoutError as error:
        raise StoryFailed(f"{what}：等了{seconds:g}秒仍未出现，最后看到 {seen!r}") from error
