"""`jiuzhu ops …`: each command opens the databases, asks or acts, and prints what it found."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, NoReturn, TypeVar

import typer

from services.common.policy.law import Conflict, Invalid, Missing
from services.ops.audit import app as audit_app

if TYPE_CHECKING:
    from services.common.runtime.actor import Actor
    from services.common.runtime.service import Service
    from services.common.runtime.settings import Settings
    from services.ops.site import Services

T = TypeVar("T")
DATA = Path("data/embedded")
DataDir = Annotated[Path, typer.Option("--data", help="数据目录;设了 JIUZHU_DATABASE_URL 时以它为准")]
AsJson = Annotated[bool, typer.Option("--json", help="机器可读")]
By = Annotated[str, typer.Option("--by", help="由谁操作,记入审计")]

app = typer.Typer(help="运行维护。", no_args_is_help=True)
letters_app = typer.Typer(help="死信:放弃处理的事件。", no_args_is_help=True)
topics_app = typer.Typer(help="Kafka 主题。", no_args_is_help=True)
lanes_app = typer.Typer(help="通道:哪个乡镇走哪一条。", no_args_is_help=True)
app.add_typer(letters_app, name="dead-letters")
app.add_typer(topics_app, name="topics")
app.add_typer(lanes_app, name="lanes")
app.add_typer(audit_app, name="audit")


@app.command()
def status(data: DataDir = DATA, as_json: AsJson = False) -> None:
    """各进程是否就绪。"""
    import httpx

    from services.common.runtime import runner

    rows = []
    for process in runner.running_addresses(data):
        ready = httpx.get(f"{process.http}/readyz", timeout=10).json()
        rows.append({"services": process.services, "http": process.http, "grpc": process.grpc, **ready})
    if not rows:
        _fail(f"{data} 下没有运行中的系统。先运行 jiuzhu up")
    _print(rows, as_json, lambda row: f"{'、'.join(row['services'])}: {row['status']}")


@app.command()
def lag(data: DataDir = DATA, as_json: AsJson = False) -> None:
    """每个通道落后多少:Kafka 里没取的、数据库里等着的。"""
    from services.ops import lag as tool

    settings = _settings(data)

    async def look(services: Services) -> dict[str, Any]:
        behind = (
            await asyncio.to_thread(tool.partitions, settings, services) if settings.is_distributed else []
        )
        return {
            "partitions": [asdict(row) for row in behind],
            "total_lag": sum(row.lag for row in behind),
            "services": {name: asdict(await tool.waiting(service)) for name, service in services.items()},
        }

    found = _run(settings, look)
    if as_json:
        typer.echo(json.dumps(found, ensure_ascii=False))
        return
    for row in found["partitions"]:
        if row["lag"]:
            typer.echo(f"{row['group']}  {row['topic']}/{row['partition']}  落后 {row['lag']}")
    typer.echo(f"Kafka 合计落后 {found['total_lag']}")
    for name, row in found["services"].items():
        typer.echo(
            f"{name}: 未发出 {row['unsent']}  等前一事件 {row['gaps']}"
            f"  重试中 {row['failing']}  死信 {row['dead_letters']}"
        )


@letters_app.command("list")
def letters_list(
    data: DataDir = DATA,
    service: Annotated[str, typer.Option(help="只看一个服务")] = "",
    every: Annotated[bool, typer.Option("--all", help="也列已重放的")] = False,
    as_json: AsJson = False,
) -> None:
    """列出死信和原因。"""
    from services.ops import dead_letters

    async def look(services: Services) -> list[dict[str, Any]]:
        asked = [_of(services, service)] if service else services.values()
        return [letter.to_json() for letter in await dead_letters.waiting(asked, replayed=every)]

    rows = _run(_settings(data), look)
    _print(
        rows,
        as_json,
        lambda row: f"{row['service']} {row['seq']}  {row['type'] or '无法识别'}  {row['reason']}",
    )


@letters_app.command("show")
def letters_show(service: str, seq: int, data: DataDir = DATA) -> None:
    """显示一条死信的全部内容(JSON)。"""
    from services.ops import dead_letters

    found = _run(_settings(data), lambda services: dead_letters.envelope(_of(services, service), seq))
    typer.echo(json.dumps(found, ensure_ascii=False, indent=2))


@letters_app.command("replay")
def letters_replay(service: str, seq: int, data: DataDir = DATA, by: By = "operator") -> None:
    """排除原因之后,再处理一次;只能一次。"""
    from services.ops import dead_letters

    _run(
        _settings(data),
        lambda services: dead_letters.replay(_of(services, service), seq, _operator(by)),
    )
    typer.echo(f"{service} {seq}: 已处理")


@app.command()
def replay(
    service: str,
    publisher: Annotated[str, typer.Option(help="事件的发布者")],
    missing: Annotated[bool, typer.Option("--missing", help="只补发没收到的,不重建")] = False,
    data: DataDir = DATA,
    by: By = "operator",
) -> None:
    """用发布者的全部事件重建服务的派生数据;或补发没收到的事件。"""
    from services.ops import replay as tool

    async def act(services: Services) -> str:
        listener, source = _of(services, service), _of(services, publisher)
        if missing:
            return f"补发 {await tool.hand_missing(listener, source)} 个事件"
        written = await tool.rebuild(listener, source, _operator(by))
        return "已重建:" + "、".join(f"{table} {rows} 行" for table, rows in written.items())

    typer.echo(_run(_settings(data), act))


@topics_app.command("apply")
def topics_apply(
    townships: Annotated[Path, typer.Option("--file", help="通道配置")] = Path("deploy/townships.yaml"),
    dry_run: Annotated[bool, typer.Option("--dry-run", help="只显示差别")] = False,
    as_json: AsJson = False,
) -> None:
    """按 townships.yaml 建立和加宽主题;从不缩小。"""
    from services.ops import topics as tool

    settings = _distributed(DATA).model_copy(update={"townships_file": townships, "serve_lanes": "all"})

    async def act(services: Services) -> list[Any]:
        work = tool.compare if dry_run else tool.apply
        return [asdict(row) for row in await asyncio.to_thread(work, settings, services)]

    rows = _run(settings, act)
    _print(
        rows,
        as_json,
        lambda row: (
            f"{row['topic']}: {row['what']} {row['now']} → {row['wanted']}"
            + ("" if row["can_apply"] else "(不自动改)")
        ),
    )
    if not rows and not as_json:
        typer.echo("没有差别")


@lanes_app.command("plan")
def lanes_plan(
    townships: Annotated[Path, typer.Option("--file", help="通道配置")] = Path("deploy/townships.yaml"),
    data: DataDir = DATA,
    as_json: AsJson = False,
) -> None:
    """每个乡镇现在走哪条通道,配置要它走哪条。"""
    from services.ops import lanes as tool

    settings = _settings(data).model_copy(update={"townships_file": townships})

    async def look(services: Services) -> list[dict[str, Any]]:
        return [asdict(place) | {"differs": place.differs} for place in await tool.plan(settings, services)]

    rows = _run(settings, look)
    _print(
        rows,
        as_json,
        lambda row: (
            f"{row['township']} {row['service']}: {row['lane']}"
            + (f" → {row['wanted']}" if row["differs"] else "")
            + (f"(正移往 {row['moving_to']},再运行 move 完成)" if row["moving_to"] else "")
        ),
    )


@lanes_app.command("move")
def lanes_move(
    township: str,
    lane: str,
    data: DataDir = DATA,
    seconds: Annotated[float, typer.Option(help="每个服务最多等多久")] = 300.0,
    by: By = "operator",
) -> None:
    """移动一个乡镇:先排空,再切换,办理不停。"""
    from services.ops import lanes as tool

    settings = _distributed(data)
    _run(
        settings,
        lambda services: tool.move(
            settings, services, township, lane, actor=_operator(by), seconds=seconds, say=typer.echo
        ),
    )


def _run(settings: Settings, work: Callable[[Services], Awaitable[T]]) -> T:
    """Open the databases, work, and say in one sentence what went wrong."""

    from services.ops.site import opened

    async def go() -> T:
        async with opened(settings) as services:
            return await work(services)

    try:
        return asyncio.run(go())
    except (Invalid, Missing, Conflict, RuntimeError) as error:
        _fail(str(error))


def _settings(data: Path) -> Settings:
    from services.ops.site import settings_of

    return settings_of(data)


def _operator(name: str) -> Actor:
    from services.ops.site import operator

    return operator(name)


def _of(services: Services, name: str) -> Service:
    if name not in services:
        raise Missing(f"服务“{name}”。可选:{'、'.join(services)}")
    return services[name]


def _distributed(data: Path) -> Settings:
    settings = _settings(data)
    if not settings.is_distributed:
        _fail("没有设 JIUZHU_KAFKA_BOOTSTRAP。一体机部署没有 Kafka,也没有通道")
    return settings


def _print(rows: Sequence[Any], as_json: bool, line: Callable[[Any], str]) -> None:
    if as_json:
        typer.echo(json.dumps(rows, ensure_ascii=False, default=str))
        return
    for row in rows:
        typer.echo(line(row))


def _fail(message: str) -> NoReturn:
    typer.echo(message, err=True)
    raise typer.Exit(2)
