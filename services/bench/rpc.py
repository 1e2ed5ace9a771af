"""How fast questions are answered: token, access and query, against a bare gRPC echo of the same size."""

from __future__ import annotations

import base64
from collections.abc import Mapping, Sequence
from typing import Any

from google.protobuf.message import Message

from services.bench import fill
from services.bench.bare.grpc import ECHO
from services.bench.figures import machine, per_thousand, ratio
from services.bench.meter import Cost, Meter
from services.bench.stage import Stage, drive, module, staged
from services.common.contracts import intake
from services.demo import load as demo
from services.demo.district import QINGQUAN
from services.demo.people import PROVINCE

SERVICE = "/jiuzhu.intake.v1.IntakeService/"
HANDLER = "handler.zhaoxiaoyan"


async def measure(*, scale: int, seconds: float) -> dict[str, Any]:
    """A question of one query and the case page's question, at 1, 8 and 32 in flight."""
    at, rows = machine(), []
    async with staged(("intake",)) as stage:
        address = stage.addresses["intake"]
        await demo.load(address.grpc, address.http)
        cases = fill.cases(stage.postgres, QINGQUAN, scale)
        asked = (
            ("ListVerificationRequests", "one query, nothing found", PROVINCE.client_id,
             [intake.ListVerificationRequestsRequest(page_size=10)]),
            ("GetCase", "the case's place, recusal, and the case", HANDLER,
             [intake.GetCaseRequest(case_id=one) for one in cases]),
        )  # fmt: skip
        for method, what, account, requests in asked:
            await _call(stage, method, account, requests, 8, 0.5)
            for concurrency in (1, 8, 32):
                ours = await _call(stage, method, account, requests, concurrency, seconds)
                theirs = await _echo(stage, ours["size"], requests, concurrency, seconds)
                rows.append(_row(method, what, concurrency, ours, theirs))
        peaks = stage.meter().peaks_mib()
    return {
        "bench": "rpc", "scale": scale, "cases_before": fill.CASES * scale, "machine": at,
        "rows": rows, "peak_mib": peaks,
    }  # fmt: skip


async def _call(
    stage: Stage, method: str, account: str, requests: Sequence[Message], concurrency: int, seconds: float
) -> dict[str, Any]:
    job = _job(stage.addresses["intake"].grpc, SERVICE + method, requests, concurrency, seconds)
    meter = Meter({"intake": stage.pids["intake"], "postgres": stage.postgres.pid})
    found = await drive("load.rpc", job | {"token": stage.token(account)})
    return found | {"costs": meter.cost() | {"client": Cost(found["client_cpu"], 0)}}


async def _echo(
    stage: Stage, size: int, requests: Sequence[Message], concurrency: int, seconds: float
) -> dict[str, Any]:
    with module("services.bench.bare.grpc", str(size), log=stage.folder / "echo.log") as bare:
        job = _job(f"127.0.0.1:{bare['port']}", ECHO, requests, concurrency, seconds)
        meter = Meter({"bare": bare["pid"]})
        found = await drive("load.rpc", job | {"token": stage.token(HANDLER)})
        return found | {"costs": meter.cost() | {"client": Cost(found["client_cpu"], 0)}}


def _job(
    address: str, method: str, requests: Sequence[Message], concurrency: int, seconds: float
) -> dict[str, Any]:
    encoded = [base64.b64encode(one.SerializeToString()).decode() for one in requests]
    return {
        "address": address, "method": method, "requests": encoded,
        "concurrency": concurrency, "seconds": seconds,
    }  # fmt: skip


def _row(
    method: str, what: str, concurrency: int, ours: Mapping[str, Any], theirs: Mapping[str, Any]
) -> dict[str, Any]:
    rate, bare_rate = ours["count"] / ours["wall"], theirs["count"] / theirs["wall"]
    cpu, bare_cpu = per_thousand(ours["costs"], ours["count"]), per_thousand(theirs["costs"], theirs["count"])
    return {
        "kind": method,
        "what": what,
        "concurrency": concurrency,
        "answer_bytes": ours["size"],
        "per_second": round(rate),
        "latency_ms": ours["latency_ms"],
        "cpu_seconds_per_1000": cpu,
        "refused": ours["refused"],
        "baseline": {
            "what": "grpc.aio echo of the same size",
            "per_second": round(bare_rate),
            "latency_ms": theirs["latency_ms"],
            "cpu_seconds_per_1000": bare_cpu,
        },
        "ratio_of_throughput": ratio(rate, bare_rate),
    }
