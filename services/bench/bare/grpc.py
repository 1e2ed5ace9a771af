"""Bare gRPC: grpc.aio on uvloop that answers each call with bytes of the asked size."""

from __future__ import annotations

import asyncio
import json
import sys
from typing import Any

import grpc
import uvloop

ECHO = "/bench.Echo/Echo"


async def main(size: int) -> None:
    """Serve until terminated."""
    answer = bytes(size)

    async def echo(request: bytes, context: Any) -> bytes:
        return answer

    server = grpc.aio.server(options=[("grpc.so_reuseport", 0)])
    handler: Any = grpc.unary_unary_rpc_method_handler(echo)
    server.add_generic_rpc_handlers((grpc.method_handlers_generic_handler("bench.Echo", {"Echo": handler}),))
    port = server.add_insecure_port("127.0.0.1:0")
    await server.start()
    print(json.dumps({"port": port}), flush=True)
    await asyncio.Event().wait()


if __name__ == "__main__":
    uvloop.run(main(int(sys.argv[1])))
