"""A line between tablet and office that can be cut at any byte, slowed, or answer by half."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

PIECE = 4_096


@dataclass(slots=True)
class Faults:
    """What the line does now. Counts of bytes are per direction and over all connections since `reset`."""

    down: bool = False
    up_limit: int | None = None
    answer_limit: int | None = None
    seconds_per_piece: float = 0.0
    sent: int = 0
    answered: int = 0
    open: set[asyncio.StreamWriter] = field(default_factory=set)

    def reset(self, **faults: object) -> None:
        """A good line again, but for these faults; connections of before are cut."""
        for writer in list(self.open):
            writer.transport.abort()
        self.down, self.up_limit, self.answer_limit, self.seconds_per_piece = False, None, None, 0.0
        self.sent = self.answered = 0
        for name, value in faults.items():
            setattr(self, name, value)


class Cut(Exception):
    """The line is gone."""


@asynccontextmanager
async def faulty(address: str) -> AsyncIterator[tuple[str, Faults]]:
    """The address of a proxy in front of `address`, and what it does."""
    host, _, port = address.removeprefix("http://").partition(":")
    faults = Faults()

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        if faults.down:
            writer.transport.abort()
            return
        faults.open.add(writer)
        office_reader, office_writer = await asyncio.open_connection(host, int(port))
        pipes = [
            asyncio.create_task(_pump(reader, office_writer, faults, up=True)),
            asyncio.create_task(_pump(office_reader, writer, faults, up=False)),
        ]
        await asyncio.wait(pipes, return_when=asyncio.FIRST_COMPLETED)
        for pipe in pipes:
            pipe.cancel()
        for end in (writer, office_writer):
            end.transport.abort() if any(_was_cut(pipe) for pipe in pipes) else end.close()
        faults.open.discard(writer)

    server = await asyncio.start_server(serve, "127.0.0.1", 0)
    async with server:
        port_here = server.sockets[0].getsockname()[1]
        yield f"http://127.0.0.1:{port_here}", faults


def _was_cut(pipe: asyncio.Task[None]) -> bool:
    return pipe.done() and not pipe.cancelled() and isinstance(pipe.exception(), Cut)


async def _pump(
    reader: asyncio.StreamReader, writer: asyncio.StreamWriter, faults: Faults, *, up: bool
) -> None:
    with contextlib.suppress(ConnectionError):
        while piece := await reader.read(PIECE):
            piece = _let_through(piece, faults, up=up)
            writer.write(piece)
            await writer.drain()
            if faults.seconds_per_piece:
                await asyncio.sleep(faults.seconds_per_piece)
            if (faults.up_limit == 0) if up else (faults.answer_limit == 0):
                raise Cut


def _let_through(piece: bytes, faults: Faults, *, up: bool) -> bytes:
    """As much of the piece as the line still lets through."""
    left = faults.up_limit if up else faults.answer_limit
    if left is not None:
        piece = piece[:left]
        if up:
            faults.up_limit = left - len(piece)
        else:
            faults.answer_limit = left - len(piece)
    if up:
        faults.sent += len(piece)
    else:
        faults.answered += len(piece)
    return piece
