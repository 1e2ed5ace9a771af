"""HTTP/1.1 as plainly as it can be spoken: a client that costs little beside the server it measures."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping


class Refused(RuntimeError):
    """The server answered with an error."""


class Line:
    """One kept-alive connection."""

    def __init__(self, host: str, port: int, headers: Mapping[str, str]) -> None:
        self._host, self._port = host, port
        self._headers = "".join(f"{name}: {value}\r\n" for name, value in headers.items())

    async def open(self) -> Line:
        self._reader, self._writer = await asyncio.open_connection(self._host, self._port, limit=1 << 20)
        return self

    async def ask(self, method: str, path: str, body: bytes = b"", headers: str = "") -> bytes:
        """The body of the answer; Refused for anything but success."""
        fields = f"host: bench\r\n{self._headers}{headers}content-length: {len(body)}\r\n"
        head = f"{method} {path} HTTP/1.1\r\n{fields}\r\n"
        self._writer.writelines((head.encode(), body))
        await self._writer.drain()
        status, length = await self._head()
        answer = await self._reader.readexactly(length) if length else b""
        if status >= 400:
            raise Refused(f"{method} {path.split('?')[0][:40]} → {status}: {answer.decode()[:300]}")
        return answer

    async def _head(self) -> tuple[int, int]:
        lines = (await self._reader.readuntil(b"\r\n\r\n")).split(b"\r\n")
        lengths = [int(line[15:]) for line in lines if line[:15].lower() == b"content-length:"]
        return int(lines[0][9:12]), lengths[0] if lengths else 0

    def close(self) -> None:
        self._writer.close()
