"""Bare intake: uvicorn takes bytes in, hashes them meanwhile, and has them on disk before it answers."""

from __future__ import annotations

import asyncio
import hashlib
import json
import os
import socket
import sys
from pathlib import Path
from typing import Any

import uvicorn
import uvloop


def app(folder: Path) -> Any:
    """Any request's body becomes a file; the answer is its hash."""

    async def take(scope: dict[str, Any], receive: Any, send: Any) -> None:
        if scope["type"] != "http":
            return
        digest = hashlib.sha256()
        path = folder / os.urandom(12).hex()
        with path.open("wb") as file:
            while True:
                message = await receive()
                piece = message.get("body", b"")
                digest.update(piece)
                file.write(piece)
                if not message.get("more_body"):
                    break
            file.flush()
            await asyncio.to_thread(os.fsync, file.fileno())
        answer = json.dumps({"sha256": digest.hexdigest()}).encode()
        headers = [(b"content-length", str(len(answer)).encode())]
        await send({"type": "http.response.start", "status": 201, "headers": headers})
        await send({"type": "http.response.body", "body": answer})

    return take


async def main(folder: Path) -> None:
    """Serve until terminated."""
    listening = socket.create_server(("127.0.0.1", 0), backlog=256)
    config = uvicorn.Config(app(folder), log_config=None, access_log=False, lifespan="off")
    print(json.dumps({"port": listening.getsockname()[1]}), flush=True)
    await uvicorn.Server(config).serve(sockets=[listening])


if __name__ == "__main__":
    Path(sys.argv[1]).mkdir(parents=True, exist_ok=True)
    uvloop.run(main(Path(sys.argv[1])))
