"""`jiuzhu bench NAME`: what the system does in a second, what that costs, how near it is to bare parts."""

from __future__ import annotations

import asyncio
import importlib
import json
from typing import Annotated, Any

import typer

app = typer.Typer(help="测速:打印JSON,含同一次运行中测得的基线与比值。", no_args_is_help=True)
SCALES = (1, 4, 16)
LONGEST_SECONDS = 120.0

Scale = Annotated[int, typer.Option(help="事先已有的数据量:1、4或16倍")]
Seconds = Annotated[float, typer.Option(help="每一格测多少秒", min=0.2, max=LONGEST_SECONDS)]


@app.command("ingest")
def run_ingest(scale: Scale = 1, seconds: Seconds = 8.0) -> None:
    """走访记录与照片的接收。"""
    _run("ingest", scale, seconds)


@app.command("events")
def run_events(scale: Scale = 1, seconds: Seconds = 8.0) -> None:
    """事件:发件箱→Kafka→收件箱提交。"""
    _run("events", scale, seconds)


@app.command("rpc")
def run_rpc(scale: Scale = 1, seconds: Seconds = 8.0) -> None:
    """gRPC读取:令牌、权限、一次查询。"""
    _run("rpc", scale, seconds)


@app.command("field")
def run_field(scale: Scale = 1, seconds: Seconds = 8.0) -> None:
    """平板:保存回答、同步50次走访、首次下载5000户。"""
    _run("field", scale, seconds)


@app.command("board")
def run_board(scale: Scale = 1, seconds: Seconds = 8.0) -> None:
    """公示栏:5万条长期公开的读取与撤下。"""
    _run("board", scale, seconds)


def _run(name: str, scale: int, seconds: float) -> None:
    if scale not in SCALES:
        raise typer.BadParameter("只能是1、4或16", param_hint="--scale")
    bench: Any = importlib.import_module(f"services.bench.{name}")
    found = asyncio.run(bench.measure(scale=scale, seconds=seconds))
    typer.echo(json.dumps(found, ensure_ascii=False, indent=1))
