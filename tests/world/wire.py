"""HTTP without a library: thousands of requests on a few connections, of which only the status counts."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from urllib.parse import urlsplit


class Lines:
    """Connections to one server that are used again; `status(…)` asks on whichever is free."""

    def __init__(self, host: str, port: int, free: asyncio.Queue[tuple]) -> None:  # type: ignore[type-arg]
        self._host, self._port, self._free = host, port, free

    async def status(self, method: str, target: str, headers: Mapping[str, str], body: bytes = b"") -> int:
        """The status of the answer, which is read to its end."""
        told = "".join(f"{name}: {value}\r\n" for name, value in headers.items())
        head = f"{method} {target} HTTP/1.1\r\nhost: {self._host}:{self._port}\r\n{told}"
        said = f"{head}content-length: {len(body)}\r\n\r\n".encode() + body
        line = await self._free.get()
        try:
            reader, writer = line or await asyncio.open_connection(self._host, self._port)
            used, line = line is not None, None
            try:
                writer.write(said)
                status, ends = await _answer(reader, bodiless=method == "HEAD")
            except (ConnectionError, asyncio.IncompleteReadError):
                if not used:
                    raise
                # The server had hung up on a line that lay idle: it has not read the request.
                writer.close()
                reader, writer = await asyncio.open_connection(self._host, self._port)
                writer.write(said)
                status, ends = await _answer(reader, bodiless=method == "HEAD")
            if ends:
                writer.close()
            else:
                line = (reader, writer)
            return status
        finally:
            self._free.put_nowait(line)  # type: ignore[arg-type]

    async def close(self) -> None:
        while not self._free.empty():
            if line := self._free.get_nowait():
                line[1].close()


@asynccontextmanager
async def lines(url: str, count: int) -> AsyncIterator[Lines]:
    """Up to `count` connections to the server at `url`."""
    parts = urlsplit(url)
    free: asyncio.Queue = asyncio.Queue()  # type: ignore[type-arg]
    for _ in range(count):
        free.put_nowait(None)
    opened = Lines(parts.hostname or "", parts.port or 80, free)
    try:
        yield opened
    finally:
        await opened.close()


async def _answer(reader: asyncio.StreamReader, *, bodiless: bool) -> tuple[int, bool]:
    """Status, and whether the server ends the connection."""
    first, *rest = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1").lower().split("\r\n")
    status = int(first.split()[1])
    headers = dict(line.split(": ", 1) for line in rest if ": " in line)
    if not bodiless and status not in (204, 304):
        if headers.get("transfer-encoding") == "chunked":
            while size := int(await reader.readline(), 16):
                await reader.readexactly(size + 2)
            await reader.readline()
        else:
            await reader.readexactly(int(headers.get("content-length", 0)))
    return status, headers.get("connection") == "close"
